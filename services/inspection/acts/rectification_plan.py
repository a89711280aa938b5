"""The unit's rectification plan: three lists, three copies, ten working days; reviewed and answered once (step 40)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_after_feedback import (
    RectificationPlanReplied,
    RectificationPlanReviewRequested,
)
from contracts.events.inspection_rectification import RectificationPlanReceived
from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document, HandOn, Meets, Tells, Warns
from services.chassis.papers import papers_of, read_paper
from services.chassis.performance import Performance
from services.inspection.acts.feedback_copies import RECORD_CIRCULAR
from services.inspection.acts.posts import OFFICE, persons_known
from services.inspection.acts.rectification_opening import (
    SECTION_OR_OFFICE,
    UNIT_OR_OFFICE,
    AnyRectification,
    late_by,
    move_issues,
    owed_by_the_unit,
)
from services.inspection.acts.rectification_review import (
    FORM_GUARDS,
    ask_sections,
    asked_event,
    begin_anew,
    copies_are_in,
    heard_from_both,
    take_form,
)
from services.inspection.acts.stages import rectification_begins
from services.inspection.domain.after_feedback_codes import ReviewResult
from services.inspection.domain.rectification import first_lacking, strange_number
from services.inspection.papers.after_feedback import (
    PlannedProblem,
    PlanReviewForm,
    RectificationWorkPlan,
    ReviewReply,
    ReviewRequest,
)
from services.inspection.storage_after_feedback import Rectification
from services.inspection.storage_unit import Engagement

Planning = Performance[Rectification, RectificationWorkPlan]


def every_problem_is_planned(p: Planning) -> None:
    """Each number of the feedback with its task, measure, limit and who answers for it; the number is named."""
    numbers = (line.issue_no for line in p.paper.problems)
    if strange_number(p.subject.issue_count, numbers) is not None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="problems.issue_no", clauses=("XC-40.0a",))
    lacking = first_lacking(p.subject.issue_count, p.paper.problems)
    if lacking is not None:
        number, field = lacking
        refusal = p.refuse(RefusalCode.MISSING_FIELD, field=f"problems.{field}", clauses=("XC-40.0a",))
        refusal.detail_zh = f"第{number}个反馈问题缺少此项"
        refusal.detail_en = f"problem {number} of the feedback lacks it"
        raise refusal


def limits_follow_the_feedback(p: Planning) -> None:
    leaders = tuple(one.responsible_leader_id for one in p.paper.problems)
    persons_known(p, leaders, "problems.responsible_leader_id")
    if any(one.time_limit and one.time_limit < p.subject.feedback_on for one in p.paper.problems):
        raise p.refuse(RefusalCode.DATE_ORDER, field="problems.time_limit", clauses=("XC-40.0a",))


def note_plan(p: Planning) -> None:
    """The first one's day stays the one measured, however often it is sent back."""
    item = p.subject
    if item.plan_on is None:
        item.plan_on, item.late_days = p.today, late_by(p, "XC-40.0b")
    item.plan_version += 1
    begin_anew(item)
    move_issues(p, "planned")
    rectification_begins(p.work, item.round_id)


SUBMIT_PLAN = Act(
    name="submit_rectification_plan",
    zh="报送整改工作方案",
    en="Submit the rectification plan",
    clauses=("XC-40.0a", "XC-40.0b", "XC-40.0f"),
    on=Rectification,
    by=UNIT_OR_OFFICE,
    paper=RectificationWorkPlan,
    when=("feedback_delivered", "plan_returned"),
    becomes="plan_received",
    documents=(Document("inspection_rectification_plan", "整改工作方案(扫描)", "XC-40.0a"),),
    guards=(copies_are_in("XC-40.0f"), every_problem_is_planned, limits_follow_the_feedback),
    effect=note_plan,
    meets=(Meets("XC-40.0b"),),
    hands_on=(
        HandOn(
            RectificationPlanReceived,
            lambda p: RectificationPlanReceived(
                plan_id=p.filed.id if p.filed else p.subject.id,
                unit_id=p.subject.unit_id,
                round_id=p.subject.round_id,
            ),
        ),
    ),
)


def circular_missing(p: AnyRectification) -> tuple[str, ...]:
    """The unit issues what was fed back inside the Party; the team sees to it (XC-35.1a)."""
    of = p.session.get_one(Engagement, p.subject.engagement_id)
    recorded = any(one.act == RECORD_CIRCULAR.name for one in papers_of(p.session, of))
    return () if recorded else ("",)


ASK_PLAN_REVIEW = Act(
    name="ask_plan_review",
    zh="征求整改方案审核意见",
    en="Ask the sections to review the plan",
    clauses=("XC-40.0c", "XC-35.1a"),
    on=Rectification,
    by=OFFICE,
    paper=ReviewRequest,
    when=("plan_received",),
    effect=ask_sections,
    warns=(Warns("XC-35.1a", circular_missing),),
    hands_on=(
        HandOn(
            RectificationPlanReviewRequested,
            lambda p: RectificationPlanReviewRequested(plan_version=p.subject.plan_version, **asked_event(p)),
        ),
    ),
)
RETURN_PLAN_FORM = Act(
    name="return_plan_review_form",
    zh="报送整改方案审核单",
    en="Return the review form for the plan",
    clauses=("XC-40.0d",),
    on=Rectification,
    by=SECTION_OR_OFFICE,
    paper=PlanReviewForm,
    when=("plan_received",),
    guards=FORM_GUARDS,
    effect=take_form,
)


def replied(p: AnyRectification, result: ReviewResult) -> RectificationPlanReplied:
    return RectificationPlanReplied(
        unit_id=p.subject.unit_id, plan_version=p.subject.plan_version, result=result.value
    )


TOLD = (Tells("local_party_head", "rectification_replied", "XC-40.0e", office=lambda p: p.subject.unit_id),)


def latest_plan(p: AnyRectification) -> tuple[PlannedProblem, ...]:
    """The lines of the version that is replied to."""
    filed = [one for one in papers_of(p.session, p.subject) if one.act == SUBMIT_PLAN.name]
    latest = read_paper(p.session, p.work.runtime.ring, max(filed, key=lambda one: one.at))
    return RectificationWorkPlan.model_validate(latest["form"]).problems


def start_rectifying(p: AnyRectification) -> None:
    """Each problem has the limit that the plan sets for it."""
    begin_anew(p.subject)
    move_issues(p, "rectifying")
    for line in latest_plan(p):
        named = f"problem-{line.issue_no}"
        owed_by_the_unit(p, "XC-40.0a", "rectify_by", counted_from=line.time_limit, recipient=named)


ACCEPT_PLAN = Act(
    name="accept_rectification_plan",
    zh="认可整改工作方案",
    en="Accept the plan in one reply",
    clauses=("XC-40.0e", "XC-40.0c"),
    on=Rectification,
    by=OFFICE,
    paper=ReviewReply,
    when=("plan_received",),
    becomes="rectifying",
    needs=(heard_from_both("XC-40.0c", "XC-40.0e"),),
    effect=start_rectifying,
    hands_on=(HandOn(RectificationPlanReplied, lambda p: replied(p, ReviewResult.ACCEPT)),),
    tells=TOLD,
)


def send_back(p: AnyRectification) -> None:
    begin_anew(p.subject)
    move_issues(p, "fed_back")


RETURN_PLAN = Act(
    name="return_rectification_plan",
    zh="退回整改工作方案",
    en="Return the plan in one reply",
    clauses=("XC-40.0e", "XC-40.0c"),
    on=Rectification,
    by=OFFICE,
    paper=ReviewReply,
    when=("plan_received",),
    becomes="plan_returned",
    needs=(heard_from_both("XC-40.0c", "XC-40.0e"),),
    effect=send_back,
    hands_on=(HandOn(RectificationPlanReplied, lambda p: replied(p, ReviewResult.REVISE)),),
    tells=TOLD,
)
ACTS: tuple[Act[Any, Any], ...] = (SUBMIT_PLAN, ASK_PLAN_REVIEW, RETURN_PLAN_FORM, ACCEPT_PLAN, RETURN_PLAN)
