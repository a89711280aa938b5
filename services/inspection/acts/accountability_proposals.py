"""The leading group proposes to hold a unit to account that fails its duty to rectify (XC-44.0b)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_after_feedback import AccountabilityProposed
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, HandOn
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.inspection.acts.posts import LEADING_GROUP, round_of
from services.inspection.papers.rectification_summary import AccountabilityDraft, SentNote
from services.inspection.storage_after_feedback import AccountabilityProposal, Rectification

Proposing = Performance[AccountabilityProposal, AccountabilityDraft]
COMMITTEE = "county_committee"


def unit_was_fed_back(p: Proposing) -> None:
    of = round_of(p, p.paper.round_id).id
    query = select(Rectification.id).where(
        Rectification.round_id == of, Rectification.unit_id == p.paper.unit_id
    )
    if p.session.scalars(query).first() is None:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id", clauses=("XC-44.0b",))


def is_the_first(p: Proposing) -> None:
    same = select(AccountabilityProposal.id).where(
        AccountabilityProposal.round_id == p.paper.round_id, AccountabilityProposal.unit_id == p.paper.unit_id
    )
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="unit_id")


def put_down(p: Proposing) -> AccountabilityProposal:
    paper, actor = p.paper, p.work.actor
    return AccountabilityProposal(
        id=p.work.new_id(), no="", state="drafted", version=0, secrecy=RESTRICTED, office_id=actor.office_id,
        unit_id=paper.unit_id, registrar_id=actor.person_id, handler_id="", liaison_office_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, round_id=paper.round_id, failed_duty=paper.failed_duty.value,
    )  # fmt: skip


PROPOSE_ACCOUNTABILITY = Act(
    name="propose_accountability",
    zh="拟定问责建议",
    en="Propose to hold a unit to account",
    clauses=("XC-44.0b",),
    on=AccountabilityProposal,
    by=(LEADING_GROUP,),
    paper=AccountabilityDraft,
    new=put_down,
    becomes="drafted",
    guards=(unit_was_fed_back, is_the_first),
)


def lay_before_the_committee(p: Performance[AccountabilityProposal, SentNote]) -> None:
    p.subject.before_roles = listed_ids([COMMITTEE])


PROPOSE_WITH_REPORT = Act(
    name="propose_with_report",
    zh="随报告提出问责建议",
    en="It is proposed with the report",
    clauses=("XC-44.0b",),
    on=AccountabilityProposal,
    by=(),
    paper=SentNote,
    when=("drafted",),
    becomes="proposed",
    effect=lay_before_the_committee,
    keeps_paper=False,
    hands_on=(
        HandOn(
            AccountabilityProposed,
            lambda p: AccountabilityProposed(
                round_id=p.subject.round_id, unit_id=p.subject.unit_id, behaviour=p.subject.failed_duty
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (PROPOSE_ACCOUNTABILITY, PROPOSE_WITH_REPORT)
