"""The feedback is drafted, reviewed and passed: two opinions and a list of problems (XC-33.1, XC-33.3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from contracts.events.inspection_feedback import FeedbackDraftsSubmitted
from contracts.refusals import RefusalCode
from services.chassis.access import parties_of, visible
from services.chassis.act import Act, Document, HandOn, Meets, Opens, Tells
from services.chassis.performance import Performance
from services.inspection.acts.posts import LEADING_GROUP, OFFICE, TEAM, is_principal
from services.inspection.papers.feedback import (
    DraftsPassing,
    DraftsReview,
    FeedbackDrafts,
    FeedbackParagraph,
    FeedbackSpeech,
)
from services.inspection.storage_feedback import FeedbackProblem, FeedbackReceipt
from services.inspection.storage_field import FoundClue, Issue
from services.inspection.storage_round import Team
from services.inspection.storage_unit import Engagement

AnyEngagement = Performance[Engagement, Any]
Drafting = Performance[Engagement, FeedbackDrafts]
BEFORE_THE_MEETINGS = (
    "withdrawal_prepared", "withdrawn", "reports_submitted", "reports_reviewed", "leading_group_heard",
)  # fmt: skip
"""States in which secretary and standing committee have not both heard the results."""
DRAFTABLE = ("results_reported", "feedback_drafted", "feedback_passed")
LISTABLE = ("paper_signed", "reported")


def both_opinions_are_there(p: Drafting) -> None:
    for field in ("to_principal", "to_leadership"):
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.MISSING_DOCUMENT, field=field, clauses=("XC-33.1a",))
    if not p.paper.problems:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="problems", clauses=("XC-33.1b",))


def nobody_has_signed_for_them(p: AnyEngagement) -> None:
    """Texts that somebody has signed for are not changed any more."""
    receipt = select(FeedbackReceipt.signer_ids).where(FeedbackReceipt.engagement_id == p.subject.id)
    if p.session.scalars(receipt).first():
        raise p.refuse(RefusalCode.WRONG_STATE, clauses=("XC-34.2d",))


def _clues(p: Drafting, paragraphs: Sequence[FeedbackParagraph], field: str) -> list[FoundClue]:
    """Raises Refusal(UNKNOWN_REFERENCE) for a clue that is not of this unit, or that the actor may not know of."""
    wanted = {clue for paragraph in paragraphs for clue in paragraph.found_clue_ids}
    knows = p.work.runtime.kinds[FoundClue.KIND].knows
    query = select(FoundClue).where(
        FoundClue.id.in_(wanted),
        FoundClue.engagement_id == p.subject.id,
        visible(FoundClue, p.work.actor, knows),
    )
    found = list(p.session.scalars(query))
    if {clue.id for clue in found} != wanted:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=f"{field}.found_clue_ids")
    return found


def principal_reads_nothing_of_himself(p: Drafting) -> None:
    """Problems of the other members in outline; what is reported on the principal is not for the principal."""
    unit, paragraphs = p.subject.unit_id, p.paper.to_principal
    on = {one for clue in _clues(p, paragraphs, "to_principal") for one in parties_of(p.session, clue)}
    named = {person for paragraph in paragraphs for person in paragraph.person_ids}
    for field, persons in (("found_clue_ids", on), ("person_ids", named)):
        if any(is_principal(p, person, unit) for person in persons):
            raise p.refuse(RefusalCode.CONTENT_RULE, field=f"to_principal.{field}", clauses=("XC-33.1d",))


def leadership_reads_no_clue_and_no_name(p: Drafting) -> None:
    """Not by reference, and not by a number of the team's register that stands in the text, whether taken or not."""
    paragraphs, field = p.paper.to_leadership, "to_leadership"
    if any(paragraph.person_ids for paragraph in paragraphs):
        raise p.refuse(RefusalCode.CONTENT_RULE, field=f"{field}.person_ids", clauses=("XC-33.1e",))
    if any(paragraph.found_clue_ids for paragraph in paragraphs):
        raise p.refuse(RefusalCode.CONTENT_RULE, field=f"{field}.found_clue_ids", clauses=("XC-33.1e",))
    series = f"{p.session.get_one(Team, p.subject.team_id).no}-X"
    if any(series in paragraph.text for paragraph in paragraphs):
        raise p.refuse(RefusalCode.CONTENT_RULE, field=f"{field}.text", clauses=("XC-33.1e",))


def problems_have_papers(p: Drafting) -> None:
    """Findings of this unit, each once, each with its signed working paper."""
    listed = [line.issue_id for line in p.paper.problems]
    left_out = [line.issue_id for line in p.paper.not_fed_back]
    if len({*listed, *left_out}) != len(listed) + len(left_out):
        raise p.refuse(RefusalCode.DUPLICATE, field="problems.issue_id", clauses=("XC-33.1b",))
    query = select(Issue).where(Issue.id.in_([*listed, *left_out]), Issue.engagement_id == p.subject.id)
    states = {issue.id: issue.state for issue in p.session.scalars(query)}
    for field, ids in (("problems", listed), ("not_fed_back", left_out)):
        if set(ids) - states.keys():
            raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=f"{field}.issue_id")
    if any(states[one] not in LISTABLE for one in listed):
        raise p.refuse(RefusalCode.MISSING_DOCUMENT, field="problems.issue_id", clauses=("XC-33.1b",))


def keep_list(p: Drafting) -> None:
    """The list of the last drafts; whatever was reviewed or passed before was another one."""
    unit = p.subject.id
    p.session.execute(delete(FeedbackProblem).where(FeedbackProblem.engagement_id == unit))
    numbered = [(line.issue_id, number) for number, line in enumerate(p.paper.problems, 1)]
    numbered += [(line.issue_id, 0) for line in p.paper.not_fed_back]
    p.session.add_all(
        FeedbackProblem(engagement_id=unit, issue_id=issue, list_no=number) for issue, number in numbered
    )
    p.subject.drafts_reviewed_on = None


SUBMIT_DRAFTS = Act(
    name="submit_feedback_drafts",
    zh="报送反馈意见和问题清单",
    en="Hand in the feedback drafts and the problem list",
    clauses=("XC-33.1a", "XC-33.1b", "XC-33.1c", "XC-33.1d", "XC-33.1e"),
    on=Engagement,
    by=TEAM,
    paper=FeedbackDrafts,
    when=DRAFTABLE,
    otherwise=dict.fromkeys(BEFORE_THE_MEETINGS, RefusalCode.PRECONDITION_NOT_MET),
    becomes="feedback_drafted",
    documents=(
        Document("feedback_principal", "关于向主要负责人的反馈意见(送审稿)", "XC-33.1a"),
        Document("feedback_leadership", "关于被巡察党组织的反馈意见(送审稿)", "XC-33.1a"),
        Document("feedback_problem_list", "向被巡察党组织反馈问题清单(送审稿)", "XC-33.1c"),
    ),
    guards=(
        nobody_has_signed_for_them,
        both_opinions_are_there,
        problems_have_papers,
        principal_reads_nothing_of_himself,
        leadership_reads_no_clue_and_no_name,
    ),
    effect=keep_list,
    meets=(Meets("XC-33.1c"),),
    hands_on=(
        HandOn(
            FeedbackDraftsSubmitted,
            lambda p: FeedbackDraftsSubmitted(
                round_id=p.subject.round_id, unit_id=p.subject.unit_id, submitted_on=p.today
            ),
        ),
    ),
    tells=(
        Tells(
            "inspection_office", "feedback_drafts_to_review", "XC-33.1f", office=lambda p: p.subject.office_id
        ),
    ),
)


def not_reviewed_yet(p: AnyEngagement) -> None:
    if p.subject.drafts_reviewed_on is not None:
        raise p.refuse(RefusalCode.DUPLICATE)


def note_review(p: AnyEngagement) -> None:
    p.subject.drafts_reviewed_on = p.today


REVIEW_DRAFTS = Act(
    name="review_feedback_drafts",
    zh="审核反馈意见",
    en="Review the feedback drafts",
    clauses=("XC-33.1f",),
    on=Engagement,
    by=OFFICE,
    paper=DraftsReview,
    when=("feedback_drafted",),
    needs=(not_reviewed_yet,),
    effect=note_review,
    tells=(Tells("leading_group_head", "feedback_drafts_to_pass", "XC-33.1f"),),
)


def are_reviewed(p: AnyEngagement) -> None:
    if p.subject.drafts_reviewed_on is None:
        raise p.refuse(RefusalCode.APPROVAL_ORDER, clauses=("XC-33.1f",))


PASS_DRAFTS = Act(
    name="pass_feedback_drafts",
    zh="审定反馈意见",
    en="Pass the feedback drafts",
    clauses=("XC-33.1f",),
    on=Engagement,
    by=(LEADING_GROUP,),
    paper=DraftsPassing,
    when=("feedback_drafted",),
    becomes="feedback_passed",
    needs=(are_reviewed,),
    opens=(
        Opens(
            "XC-34.1a",
            "act_within",
            "inspection_team",
            lambda p: p.today,
            owed_person=lambda p: p.subject.leader_id,
            only_if=lambda p: "agree_feedback_plan" not in p.standing.done,
        ),
    ),
    tells=(Tells("", "feedback_drafts_passed", "XC-34.1a", person=lambda p: p.subject.leader_id),),
)
FILE_SPEECH = Act(
    name="file_feedback_speech",
    zh="提供反馈会议讲话通稿",
    en="Provide the speech for the feedback meeting",
    clauses=("XC-33.3a",),
    on=Engagement,
    by=OFFICE,
    paper=FeedbackSpeech,
    when=DRAFTABLE,
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (SUBMIT_DRAFTS, REVIEW_DRAFTS, PASS_DRAFTS, FILE_SPEECH)


def list_of(p: Performance[Any, Any], engagement_id: str) -> list[FeedbackProblem]:
    """The problems fed back to a unit, by their numbers; those left out are not among them."""
    query = select(FeedbackProblem).where(
        FeedbackProblem.engagement_id == engagement_id, FeedbackProblem.list_no > 0
    )
    return list(p.session.scalars(query.order_by(FeedbackProblem.list_no)))
