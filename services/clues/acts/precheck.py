"""Pre-checks: handling and sanctions in eight-point matters are looked at beforehand (LZ-19.5, LZ-19.6)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.clues_cases import PrecheckDecided, PrecheckRequested
from contracts.refusals import RefusalCode
from services.chassis.access import Relation, listed_ids, parties_of, post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.values import value_in_force
from services.clues.acts.group import ids_in
from services.clues.acts.ledger import HANDLING
from services.clues.acts.reported import AnyItem
from services.clues.domain.precheck import PrecheckKind, PrecheckOffice, PrecheckResult, may_go_to
from services.clues.domain.verification import Proposed
from services.clues.papers.precheck import OpenedPrecheck, PrecheckOpinion, PrecheckRequest
from services.clues.storage import Clue, Verification
from services.clues.storage_case import Case
from services.clues.storage_sanction import Precheck

AnyPrecheck = Performance[Precheck, Any]
Asking = Performance[Any, PrecheckRequest]
"""On a verification or a case."""
Answering = Performance[Precheck, PrecheckOpinion]
CLAUSE = {PrecheckKind.HANDLING: "LZ-19.5", PrecheckKind.SANCTION: "LZ-19.6"}
ASKED = Relation("recipient_role", "role")
IN_GROUP = Relation("group_ids", "person_id", listed=True)


def latest_of(p: AnyItem, matter_ref: str) -> Precheck | None:
    query = select(Precheck).where(Precheck.matter_ref == matter_ref)
    return p.session.scalars(query.order_by(Precheck.opened_on.desc(), Precheck.no.desc()).limit(1)).first()


def is_precheck_needed(p: AnyItem, kind: PrecheckKind, *, eight_point: bool) -> bool:
    """Whether the text asks for one; by a parameter every sanction needs it, not those of eight-point cases alone."""
    if kind is PrecheckKind.SANCTION:
        every = value_in_force(p.session, "LZ-19.6", "every_sanction", p.today).amount
        return eight_point or bool(every)
    return eight_point


def refuse_without_precheck(p: AnyItem, kind: PrecheckKind, matter_ref: str, *, eight_point: bool) -> None:
    """Raises Refusal(OPINION_OUTSTANDING) where the latest pre-check of the matter is not a consent."""
    if not is_precheck_needed(p, kind, eight_point=eight_point):
        return
    latest = latest_of(p, matter_ref)
    if latest is None or latest.state != "consented":
        raise p.refuse(RefusalCode.OPINION_OUTSTANDING, clauses=(CLAUSE[kind],))


def handling_is_prechecked(p: Performance[Verification, Any]) -> None:
    item = p.subject
    if item.proposal_code == Proposed.HANDLE:
        refuse_without_precheck(p, PrecheckKind.HANDLING, item.id, eight_point=item.eight_point)


def handling_of_clue_is_prechecked(p: Performance[Clue, Any]) -> None:
    """As for its verification: what was proposed there is what takes effect here."""
    query = select(Verification).where(Verification.clue_id == p.subject.id)
    verified = p.session.scalars(
        query.order_by(Verification.opened_on.desc(), Verification.no.desc())
    ).first()
    if verified is not None:
        refuse_without_precheck(p, PrecheckKind.HANDLING, verified.id, eight_point=verified.eight_point)


def sanction_is_prechecked(p: Performance[Case, Any]) -> None:
    refuse_without_precheck(p, PrecheckKind.SANCTION, p.subject.id, eight_point=p.subject.eight_point)


def of_matter(p: Performance[Precheck, OpenedPrecheck]) -> Precheck:
    """The clue's office, handler and liaison office are taken over, and the persons reported with them."""
    clue, paper = p.session.get_one(Clue, p.paper.clue_id), p.paper
    return Precheck(
        id=p.work.new_id(),
        no="",
        state="requested",
        version=0,
        secrecy=RESTRICTED,
        office_id=clue.office_id,
        liaison_office_id=clue.liaison_office_id,
        unit_id=clue.unit_id,
        registrar_id=clue.registrar_id,
        handler_id=clue.handler_id,
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        clue_id=clue.id,
        matter_ref=paper.matter_ref,
        group_ids=listed_ids(paper.group_ids),
        kind_code=paper.kind_code.value,
        recipient_role=paper.recipient_role.value,
    )


def number_and_parties(p: Performance[Precheck, OpenedPrecheck]) -> None:
    for person_id in parties_of(p.session, p.session.get_one(Clue, p.paper.clue_id)):
        p.add_party(person_id)
    item, year = p.subject, p.today.year
    item.no = f"YS-{item.office_id}-{year}-{p.work.next_number(f'precheck/{item.office_id}/{year}'):05d}"


def requested_event(p: AnyPrecheck) -> PrecheckRequested:
    item = p.subject
    return PrecheckRequested(
        precheck_id=item.id,
        kind=item.kind_code,
        recipient_role=item.recipient_role,
        requested_on=item.opened_on,
    )


def _tells(office: PrecheckOffice) -> Tells:
    return Tells(
        office.value,
        "precheck_requested",
        "LZ-19.5",
        only_if=lambda p: p.subject.recipient_role == office,
    )


OPEN_PRECHECK = Act(
    name="open_precheck",
    zh="预审登记",
    en="Register a pre-check",
    clauses=("LZ-19.5", "LZ-19.6"),
    on=Precheck,
    by=(),
    paper=OpenedPrecheck,
    new=of_matter,
    becomes="requested",
    effect=number_and_parties,
    hands_on=(HandOn(PrecheckRequested, requested_event),),
    tells=(_tells(PrecheckOffice.PARTY_CONDUCT), _tells(PrecheckOffice.CASE_REVIEW)),
)


def kind_of(p: Asking) -> PrecheckKind:
    return PrecheckKind.SANCTION if isinstance(p.subject, Case) else PrecheckKind.HANDLING


def goes_to_the_right_office(p: Asking) -> None:
    kind = kind_of(p)
    either = bool(value_in_force(p.session, CLAUSE[kind], "either_office", p.today).amount)
    if p.paper.recipient_role not in may_go_to(kind, either=either):
        raise p.refuse(RefusalCode.WRONG_ROUTE, field="recipient_role", clauses=(CLAUSE[kind],))


def none_is_waiting_or_consented(p: Asking) -> None:
    """One after the other: after a return it is asked for anew."""
    latest = latest_of(p, p.subject.id)
    if latest is not None and latest.state != "returned":
        raise p.refuse(RefusalCode.DUPLICATE, clauses=(CLAUSE[kind_of(p)],))


def handling_is_proposed(p: Performance[Verification, Any]) -> None:
    if p.subject.proposal_code != Proposed.HANDLE:
        raise p.refuse(RefusalCode.WRONG_STATE)


def open_precheck(p: Asking) -> None:
    p.session.flush()
    paper = OpenedPrecheck(
        clue_id=p.subject.clue_id,
        matter_ref=p.subject.id,
        group_ids=tuple(ids_in(p.subject.group_ids)),
        kind_code=kind_of(p),
        recipient_role=p.paper.recipient_role,
        facts=p.paper.facts,
        proposal=p.paper.proposal,
    )
    p.facts |= {"precheck": perform_as_service(p.work, OPEN_PRECHECK, paper).subject.id}


REQUEST = Document("precheck_request", "预审报告(盖章扫描)", "LZ-19.5", required=False)
FACTS_ESTABLISHED = ("completed", "proposed", "agreed", "not_agreed", "returned", "consented", "notified")
"""States of a case whose facts a finished review has established (LZ-19.6)."""

REQUEST_HANDLING_PRECHECK = Act(
    name="request_handling_precheck",
    zh="报请预审(组织处理)",
    en="Ask for the pre-check of handling",
    clauses=("LZ-19.5",),
    on=Verification,
    by=HANDLING,
    paper=PrecheckRequest,
    when=("report_approved", "commission_approved", "concluded"),
    documents=(REQUEST,),
    needs=(handling_is_proposed,),
    guards=(goes_to_the_right_office, none_is_waiting_or_consented),
    effect=open_precheck,
    anytime=True,
)

REQUEST_SANCTION_PRECHECK = Act(
    name="request_sanction_precheck",
    zh="报请预审(党纪政务处分)",
    en="Ask for the pre-check of a sanction",
    clauses=("LZ-19.6",),
    on=Case,
    by=HANDLING,
    paper=PrecheckRequest,
    when=FACTS_ESTABLISHED,
    documents=(REQUEST,),
    guards=(goes_to_the_right_office, none_is_waiting_or_consented),
    effect=open_precheck,
    anytime=True,
)


def return_is_reasoned(p: Answering) -> None:
    if p.paper.result_code is PrecheckResult.RETURN and not p.paper.opinion:
        raise p.refuse(RefusalCode.MISSING_REASON, field="opinion")


def note_opinion(p: Answering) -> None:
    p.subject.decided_on = p.today
    if p.paper.result_code is PrecheckResult.RETURN:
        p.subject.state = "returned"


GIVE_PRECHECK_OPINION = Act(
    name="give_precheck_opinion",
    zh="出具预审意见",
    en="Give the opinion of a pre-check",
    clauses=("LZ-19.5", "LZ-19.6"),
    on=Precheck,
    by=(post(PrecheckOffice.PARTY_CONDUCT, PrecheckOffice.CASE_REVIEW, at=ASKED),),
    paper=PrecheckOpinion,
    when=("requested",),
    becomes="consented",
    documents=(Document("precheck_opinion", "预审意见(盖章扫描)", "LZ-19.5"),),
    guards=(return_is_reasoned,),
    effect=note_opinion,
    hands_on=(
        HandOn(
            PrecheckDecided,
            lambda p: PrecheckDecided(
                precheck_id=p.subject.id, result_code=p.paper.result_code.value, decided_on=p.today
            ),
        ),
    ),
    tells=(Tells("", "precheck_decided", "LZ-19.5", person=lambda p: p.subject.handler_id),),
)

PRECHECK_ACTS: tuple[Act[Any, Any], ...] = (
    REQUEST_HANDLING_PRECHECK,
    REQUEST_SANCTION_PRECHECK,
    OPEN_PRECHECK,
    GIVE_PRECHECK_OPINION,
)
