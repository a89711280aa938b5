"""A round is opened, targets are asked for and proposed (XC-1.1a, XC-1.1b)."""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.inspection_rounds import TargetsConsultationRequested
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, HandOn
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.inspection.acts.posts import ANY_OFFICE, OFFICE, ids_in, not_in_the_future, units_known
from services.inspection.domain.codes import Consulted
from services.inspection.papers.round import CandidateTargetList, RoundOpening, TargetSuggestions
from services.inspection.storage_round import Round

Opening = Performance[Round, RoundOpening]
Suggesting = Performance[Round, TargetSuggestions]
Proposing = Performance[Round, CandidateTargetList]


def is_a_new_round(p: Opening) -> None:
    same = select(Round.id).where(
        Round.office_id == p.work.actor.office_id,
        Round.year == p.paper.year,
        Round.ordinal == p.paper.ordinal,
    )
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="ordinal")


def opened(p: Opening) -> Round:
    actor, paper = p.work.actor, p.paper
    return Round(
        id=p.work.new_id(), no=f"XC-{paper.year}-{paper.ordinal:02d}", state="opened", version=0, secrecy=NORMAL,
        office_id=actor.office_id, registrar_id=actor.person_id, handler_id=actor.person_id, unit_id="",
        liaison_office_id="", addressee_id="", opened_on=p.today, changed_at=p.work.now,
        year=paper.year, ordinal=paper.ordinal,
    )  # fmt: skip


OPEN_ROUND = Act(
    name="open_round",
    zh="启动巡察轮次",
    en="Open a round and ask for targets",
    clauses=("XC-1.1a", "XC-1.3d"),
    on=Round,
    by=ANY_OFFICE,
    paper=RoundOpening,
    new=opened,
    becomes="opened",
    guards=(is_a_new_round,),
    hands_on=(
        HandOn(
            TargetsConsultationRequested,
            lambda p: TargetsConsultationRequested(
                round_id=p.subject.id, addressees=tuple(one.value for one in Consulted), asked_on=p.today
            ),
        ),
    ),
)


def says_something(p: Suggesting) -> None:
    """Units, or that there are none: a nil reply counts."""
    if not p.paper.nil_return and not p.paper.unit_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="unit_ids")
    if p.paper.nil_return and p.paper.unit_ids:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="nil_return")
    units_known(p, p.paper.unit_ids)


def keep_reply(p: Suggesting) -> None:
    column = {
        Consulted.DISCIPLINE: "discipline_replied_on",
        Consulted.ORGANIZATION: "organization_replied_on",
    }[p.paper.suggesting_office]
    setattr(p.subject, column, p.paper.received_on)
    if p.filed is not None:
        p.subject.reply_refs = listed_ids([*ids_in(p.subject.reply_refs), p.filed.id])
    p.facts |= {"from": p.paper.suggesting_office.value, "nil": p.paper.nil_return}


RECORD_SUGGESTIONS = Act(
    name="record_suggestions",
    zh="登记对象建议",
    en="Record a reply on targets",
    clauses=("XC-1.1a",),
    on=Round,
    by=OFFICE,
    paper=TargetSuggestions,
    when=("opened",),
    documents=(Document("target_suggestions", "建议回函(扫描)", "XC-1.1a", required=False),),
    guards=(says_something, not_in_the_future("received_on")),
    effect=keep_reply,
)


def both_have_replied(p: Performance[Round, CandidateTargetList]) -> None:
    if p.subject.discipline_replied_on is None or p.subject.organization_replied_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-1.1a",))


def names_a_unit(p: Proposing) -> None:
    if not p.paper.unit_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="unit_ids", clauses=("XC-1.1b",))
    units_known(p, p.paper.unit_ids)


def keep_candidates(p: Proposing) -> None:
    p.subject.unit_ids = listed_ids(dict.fromkeys(p.paper.unit_ids))
    p.facts |= {"units": len(ids_in(p.subject.unit_ids)), "replies": len(ids_in(p.subject.reply_refs))}


PROPOSE_TARGETS = Act(
    name="propose_targets",
    zh="提出对象建议名单",
    en="Propose the targets",
    clauses=("XC-1.1b", "XC-1.1a"),
    on=Round,
    by=OFFICE,
    paper=CandidateTargetList,
    when=("opened",),
    becomes="targets_proposed",
    needs=(both_have_replied,),
    guards=(names_a_unit,),
    effect=keep_candidates,
)
ACTS = (OPEN_ROUND, RECORD_SUGGESTIONS, PROPOSE_TARGETS)
