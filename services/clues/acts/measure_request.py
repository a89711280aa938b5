"""Asking for a measure: from a clue, a verification or a case, at a stage that has it (LZ-16.1 to LZ-16.3).

What is asked for becomes an entry of the register at once (LZ-16.13); nothing may be done on it before it is approved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import HANDLER, By, Relation, anyone, listed_ids, parties_of, post
from services.chassis.act import Act, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryPerson
from services.clues.acts.filing import INVESTIGATING
from services.clues.acts.ledger import HANDLING
from services.clues.acts.measures_ledger import keep_a_ledger
from services.clues.acts.measures_rule import rule_in_force
from services.clues.acts.reported import head_is_free, own_matter
from services.clues.acts.verification import VERIFYING
from services.clues.domain.measures import (
    DAILY_STATES,
    MEASURES,
    STAGE_CLAUSE,
    Stage,
    first_clause,
    stage_of,
    within_reach,
)
from services.clues.papers.measure import MeasureRequest, MeasureWithdrawal, OpenedMeasure
from services.clues.storage import Clue, Verification
from services.clues.storage_case import UNDER_INVESTIGATION, Case
from services.clues.storage_measure import Measure

AnyMeasure = Performance[Measure, Any]
Asking = Performance[Any, MeasureRequest]
"""On a clue, a verification or a case."""

IN_GROUP = Relation("group_ids", "person_id", listed=True)
REQUESTER = Relation("requester_id", "person_id")
REQUESTING = (anyone(REQUESTER), anyone(HANDLER), post("dispatched_office_leader"))
"""Who carries a measure on: who asked for it, who handles the clue, the leaders of the office."""
VERIFICATION_GOES_ON = ("approved", "in_progress")
CASE_GOES_ON = (*UNDER_INVESTIGATION, "returned_to_investigation")


def of_request(p: Performance[Measure, OpenedMeasure]) -> Measure:
    """The clue's office, handler and liaison office are taken over: who may know of it is who may know of the clue."""
    clue, paper = p.session.get_one(Clue, p.paper.clue_id), p.paper
    return Measure(
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
        verification_id=paper.verification_id,
        case_id=paper.case_id,
        measure_code=paper.measure_code.value,
        stage_code=paper.stage_code.value,
        target_id=paper.target_id,
        communication_data=bool(paper.communication_data),
        property_data=bool(paper.property_data),
        requester_id=p.work.actor.person_id,
        group_ids=listed_ids(paper.group_ids),
        approver_role="",
        receipt_no="",
        passed_to="",
        document_no="",
        issuer_code="",
        executor_code="",
    )


def number_and_parties(p: Performance[Measure, OpenedMeasure]) -> None:
    """Whom the clue is about and at whom the measure is aimed: neither they nor their line learn of it."""
    item = p.subject
    aimed_at = [item.target_id] if item.target_id else []
    for person_id in dict.fromkeys(
        [*parties_of(p.session, p.session.get_one(Clue, item.clue_id)), *aimed_at]
    ):
        p.add_party(person_id)
    if head_is_free(p):  # a ledger that began with it would tell a head who may not know of it
        keep_a_ledger(p.work, item.office_id)
    year = item.opened_on.year
    item.no = f"CS-{item.office_id}-{year}-{p.work.next_number(f'measure/{item.office_id}/{year}'):05d}"


def no_rule_in_force(p: AnyMeasure) -> bool:
    return not rule_in_force(p.session, p.subject.office_id, p.today)


OPEN_MEASURE = Act(
    name="open_measure",
    zh="措施使用登记",
    en="Enter a measure in the register",
    clauses=("LZ-16.4", "LZ-16.13", "LZ-16.12"),
    on=Measure,
    by=(),
    paper=OpenedMeasure,
    new=of_request,
    becomes="requested",
    effect=number_and_parties,
    tells=(
        Tells(
            "dispatched_office_head",
            "measures_rule_missing",
            "LZ-16.12",
            office=lambda p: p.subject.office_id,
            only_if=no_rule_in_force,
        ),
        Tells(
            "liaison_discipline_office",
            "measures_rule_missing",
            "LZ-16.12",
            office=lambda p: p.subject.liaison_office_id,
            only_if=no_rule_in_force,
        ),
    ),
)


def clue_of(p: Asking) -> Clue:
    clue: Clue = p.subject if isinstance(p.subject, Clue) else p.session.get_one(Clue, p.subject.clue_id)
    return clue


def verification_going_on(p: Asking) -> Verification | None:
    """The clue's verification that is approved and goes on."""
    if isinstance(p.subject, Verification):
        return p.subject
    return p.session.scalars(
        select(Verification)
        .where(Verification.clue_id == clue_of(p).id, Verification.state.in_(VERIFICATION_GOES_ON))
        .order_by(Verification.opened_on.desc(), Verification.id)
    ).first()


def case_going_on(p: Asking) -> Case | None:
    """The clue's case that is filed and under investigation."""
    if isinstance(p.subject, Case):
        return p.subject
    return p.session.scalars(
        select(Case)
        .where(Case.clue_id == clue_of(p).id, Case.state.in_(CASE_GOES_ON))
        .order_by(Case.opened_on.desc(), Case.id)
    ).first()


def stage(p: Asking) -> Stage | None:
    verified, filed = verification_going_on(p) is not None, case_going_on(p) is not None
    return stage_of(clue_of(p).state, verification_approved=verified, case_filed=filed)


def there_is_it_at_this_stage(p: Asking) -> None:
    """By the table alone; detention and technical measures are out of an office's reach at every stage."""
    code, now = p.paper.measure_code, stage(p)
    if not within_reach(code):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="measure_code", clauses=("LZ-16.3",))
    if now is None and clue_of(p).state == "verification" and Stage.DAILY in MEASURES[code].stages:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("LZ-14.3", "LZ-16.2"))
    if now not in MEASURES[code].stages:
        clauses = (*([STAGE_CLAUSE[now]] if now else []), first_clause(code))
        raise p.refuse(RefusalCode.WRONG_STATE, field="measure_code", clauses=tuple(dict.fromkeys(clauses)))


def request_is_complete(p: Asking) -> None:
    """What decides about the approver is said, yes or no; an empty flag is no answer (LZ-16.7, LZ-16.8)."""
    for field, clause in MEASURES[p.paper.measure_code].asks.items():
        if getattr(p.paper, field) is None:
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=(clause,))


def target_is_known(p: Asking) -> None:
    if p.paper.target_id and look_up(p.session, DirectoryPerson, p.paper.target_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="target_id", clauses=("LZ-16.13",))


def plan_is_approved(p: Asking) -> None:
    """After filing nothing is used that no approved plan stands behind (LZ-15.6); a judgement's case has no plan."""
    case = case_going_on(p)
    if case is not None and case.filed_on is not None and case.plan_approved_on is None:
        raise p.refuse(RefusalCode.APPROVAL_REQUIRED, clauses=("LZ-15.6",))


def enter_in_the_register(p: Asking) -> None:
    now, verification, case = stage(p), verification_going_on(p), case_going_on(p)
    under = case or verification
    p.session.flush()
    paper = OpenedMeasure(
        **p.paper.model_dump(),
        clue_id=clue_of(p).id,
        stage_code=now or Stage.DAILY,
        verification_id=verification.id if verification else "",
        case_id=case.id if case else "",
        group_ids=tuple(filter(None, under.group_ids.split(","))) if under else (),
    )
    p.facts |= {"measure": perform_as_service(p.work, OPEN_MEASURE, paper).subject.id}


def _request(
    on: Any, where: str, by: tuple[By, ...], when: tuple[str, ...], clauses: tuple[str, ...]
) -> Act[Any, MeasureRequest]:
    """The same request, from each kind of item under which there are measures."""
    return Act(
        name=f"request_measure{where}",
        zh="提出使用措施",
        en="Ask for a measure",
        clauses=(*clauses, "LZ-16.4", "LZ-16.13"),
        on=on,
        by=by,
        paper=MeasureRequest,
        when=when,
        otherwise=NOT_UNDER_IT[on],
        needs=(own_matter,) if on is Clue else (),
        guards=(there_is_it_at_this_stage, plan_is_approved, request_is_complete, target_is_known),
        effect=enter_in_the_register,
        keeps_paper=False,
        anytime=True,
    )


NOT_UNDER_IT: Mapping[Any, Mapping[str, RefusalCode]] = {
    Clue: {"submission_approved": RefusalCode.OUT_OF_SCOPE, "submitted": RefusalCode.OUT_OF_SCOPE},
    Verification: {"opened": RefusalCode.APPROVAL_REQUIRED, "planned": RefusalCode.APPROVAL_REQUIRED},
    Case: {},
}
"""States in which there is no measure, with the answer where it is another than WRONG_STATE (LZ-14.3, LZ-12.18)."""

REQUEST_MEASURE = _request(
    Clue,
    "",
    HANDLING,
    (*DAILY_STATES, "verification", "filing_proposed", "case_opened"),
    ("LZ-16.1", "LZ-16.2", "LZ-16.3"),
)
REQUEST_MEASURE_IN_VERIFICATION = _request(
    Verification, "_in_verification", VERIFYING, VERIFICATION_GOES_ON, ("LZ-14.3", "LZ-16.2")
)
REQUEST_MEASURE_IN_CASE = _request(Case, "_in_case", INVESTIGATING, CASE_GOES_ON, ("LZ-16.3", "LZ-15.6"))

WITHDRAW_MEASURE = Act(
    name="withdraw_measure",
    zh="撤回措施",
    en="Withdraw a measure",
    clauses=("LZ-16.13",),
    on=Measure,
    by=REQUESTING,
    paper=MeasureWithdrawal,
    when=("requested", "submitted", "received", "passed_up", "approved", "document_issued"),
    becomes="withdrawn",
    anytime=True,
)
"""What was asked for and never carried out: the entry stays, and says so (ours)."""
