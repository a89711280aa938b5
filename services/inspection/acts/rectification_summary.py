"""After the two months the leading group reports to the county committee, with what it proposes (step 44)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from contracts.events.inspection_after_feedback import RectificationSummaryReported
from contracts.refusals import RefusalCode
from contracts.working_days import due, published_calendar
from services.chassis.access import listed_ids
from services.chassis.act import Act, HandOn
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.subject import RESTRICTED
from services.chassis.values import value_in_force
from services.inspection.acts.accountability_proposals import COMMITTEE, PROPOSE_WITH_REPORT
from services.inspection.acts.posts import ANY_OFFICE, LEADING_GROUP, ids_in, round_of
from services.inspection.acts.rectification_opening import move_issues
from services.inspection.papers.rectification_summary import SentNote, SummaryDraft, SummaryIssue
from services.inspection.storage_after_feedback import (
    AccountabilityProposal,
    Rectification,
    RectificationSummary,
)
from services.inspection.storage_round import Round
from services.inspection.storage_transfer import ClueTransfer

Drafting = Performance[RectificationSummary, SummaryDraft]
Sending = Performance[RectificationSummary, SummaryIssue]
ENDED = ("concluded", "publicised")


def rectifications_of(p: Performance[Any, Any], round_id: str) -> Sequence[Rectification]:
    query = select(Rectification).where(Rectification.round_id == round_id).order_by(Rectification.id)
    return p.session.scalars(query.with_for_update()).all()


def every_unit_is_in_it(p: Drafting) -> None:
    round_of(p, p.paper.round_id)
    units = {one.unit_id: one for one in rectifications_of(p, p.paper.round_id)}
    if sorted(one.unit_id for one in p.paper.units) != sorted(units):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="units.unit_id", clauses=("XC-44.0a",))
    if any(one.issues_rectified > units[one.unit_id].issue_count for one in p.paper.units):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="units.issues_rectified", clauses=("XC-44.0a",))


def drafted(p: Drafting) -> RectificationSummary:
    paper, actor = p.paper, p.work.actor
    failed = [f"{one.unit_id}/{one.failed_duty.value}" for one in paper.units if one.failed_duty]
    return RectificationSummary(
        id=p.work.new_id(), no="", state="drafted", version=0, secrecy=RESTRICTED, office_id=actor.office_id,
        unit_id="", registrar_id=actor.person_id, handler_id="", liaison_office_id="", addressee_id="",
        opened_on=p.today, changed_at=p.work.now, round_id=paper.round_id, unit_count=len(paper.units),
        failed_units=listed_ids(failed), clues_total=paper.clues_total, clues_closed=paper.clues_closed,
    )  # fmt: skip


DRAFT_SUMMARY = Act(
    name="draft_rectification_summary",
    zh="起草整改和线索办理情况报告",
    en="Draft the report to the county committee",
    clauses=("XC-44.0a", "XC-44.0b"),
    on=RectificationSummary,
    by=ANY_OFFICE,
    paper=SummaryDraft,
    new=drafted,
    becomes="drafted",
    guards=(every_unit_is_in_it,),
)


def two_months_are_over(p: Sending) -> None:
    """For each unit of the round; one that has had no feedback yet holds it up too."""
    months = int(value_in_force(p.session, "XC-44.0a", "report_after", p.today).amount)
    units = rectifications_of(p, p.subject.round_id)
    ends = [due(one.feedback_on, months, "month", published_calendar()).due_at for one in units]
    all_fed_back = p.session.get_one(Round, p.subject.round_id).state in ("feedback_delivered", "rectifying")
    if not all_fed_back or any(p.work.now <= end for end in ends):
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-44.0a",))


def clues_agree_with_the_ledger(p: Sending) -> None:
    """With the office's own ledger as it stands when the report is sent."""
    query = select(ClueTransfer.state).where(ClueTransfer.round_id == p.subject.round_id)
    states = p.session.scalars(query).all()
    closed = sum(1 for state in states if state in ENDED)
    if (p.subject.clues_total, p.subject.clues_closed) != (len(states), closed):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="clues_total", clauses=("XC-44.0a",))


def proposals_of(p: Sending) -> Sequence[AccountabilityProposal]:
    query = select(AccountabilityProposal).where(AccountabilityProposal.round_id == p.subject.round_id)
    return p.session.scalars(query.order_by(AccountabilityProposal.id).with_for_update()).all()


def who_failed_is_held_to_account(p: Sending) -> None:
    proposed = {one.unit_id for one in proposals_of(p)}
    failed = {one.partition("/")[0] for one in ids_in(p.subject.failed_units)}
    if failed - proposed:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="proposals", clauses=("XC-44.0b",))


def send(p: Sending) -> None:
    item, note = p.subject, SentNote(summary_id=p.subject.id)
    item.reported_on, item.before_roles = p.today, listed_ids([COMMITTEE])
    perform_as_service(p.work, NOTE_SUMMARISED, note, p.session.get_one(Round, item.round_id))
    for one in rectifications_of(p, item.round_id):
        if one.state == "disclosed":  # who is later goes on from where it is (`close_disclosure`)
            perform_as_service(p.work, SUMMARISE, note, one)
    for proposal in proposals_of(p):
        if proposal.state == "drafted":
            perform_as_service(p.work, PROPOSE_WITH_REPORT, note, proposal)


ISSUE_SUMMARY = Act(
    name="issue_rectification_summary",
    zh="以领导小组名义报县委",
    en="Send the report in the leading group's name",
    clauses=("XC-44.0a", "XC-44.0b"),
    on=RectificationSummary,
    by=(LEADING_GROUP,),
    paper=SummaryIssue,
    when=("drafted",),
    becomes="reported",
    guards=(two_months_are_over, clues_agree_with_the_ledger, who_failed_is_held_to_account),
    effect=send,
    hands_on=(
        HandOn(
            RectificationSummaryReported,
            lambda p: RectificationSummaryReported(round_id=p.subject.round_id, reported_on=p.today),
        ),
    ),
)


def _noted(model: type[Any], name: str, zh: str, en: str, **words: Any) -> Act[Any, Any]:
    return Act(
        name=name,
        zh=zh,
        en=en,
        clauses=("XC-44.0a",),
        on=model,
        by=(),
        paper=SentNote,
        becomes="summarised",
        keeps_paper=False,
        **words,
    )


SUMMARISE = _noted(
    Rectification,
    "note_in_summary",
    "已列入报县委的报告",
    "It is in the report",
    effect=lambda p: move_issues(p, "closed"),
)
NOTE_SUMMARISED = _noted(Round, "note_summarised", "整改情况已报县委", "Its rectification is reported")
ACTS: tuple[Act[Any, Any], ...] = (DRAFT_SUMMARY, ISSUE_SUMMARY, SUMMARISE, NOTE_SUMMARISED)
