"""What an inspection fed back to a unit, and the unit's plan of how it puts it right (LL-2.16)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_rectification import RectificationPlanReceived
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, Fills, HandOn, Tells, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.posts import ids_in, not_in_the_future, persons_known
from services.inspection.acts.rectification_items import INSPECTION, OPEN_ITEM
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    ANY_UNIT,
    AT_UNIT,
    HEAD,
    coverage_of,
    item_of,
    supervisor_of,
)
from services.inspection.papers.rectification import (
    FeedbackRegistration,
    ItemFedBack,
    RectificationPlanFiling,
    RectificationPlanRevision,
)
from services.inspection.storage_rectification import FeedbackList, RectificationPlan
from services.inspection.storage_round import Round

Registering = Performance[FeedbackList, FeedbackRegistration]
AnyPlan = Performance[RectificationPlan, Any]
Filing = Performance[RectificationPlan, RectificationPlanFiling]
UNIT = "supervised_unit"


def is_of_a_round_on_the_unit(p: Registering) -> None:
    """An office registers for its own units; the inspection office for any that an office supervises."""
    if p.work.actor.role.startswith("dispatched"):
        coverage_of(p, p.paper.unit_id)
    supervisor_of(p, p.paper.unit_id)
    of = p.session.get(Round, p.paper.round_id)
    if of is None or p.paper.unit_id not in ids_in(of.unit_ids):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="round_id")


def problems_are_numbered(p: Registering) -> None:
    if [line.no for line in p.paper.items] != list(range(1, len(p.paper.items) + 1)):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="items.no")


def once_a_round(p: Registering) -> None:
    same = select(FeedbackList.id).where(
        FeedbackList.unit_id == p.paper.unit_id, FeedbackList.round_id == p.paper.round_id
    )
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="round_id")


def registered(p: Registering) -> FeedbackList:
    coverage = supervisor_of(p, p.paper.unit_id)
    return FeedbackList(
        **item_of(p, coverage, state="registered", no=f"XCFK-{coverage.unit_id}-{p.paper.feedback_on.year}"),
        round_id=p.paper.round_id,
        feedback_on=p.paper.feedback_on,
        item_count=len(p.paper.items),
    )


def open_items(p: Registering) -> None:
    p.session.flush()
    for line in p.paper.items:
        paper = ItemFedBack(feedback_id=p.subject.id, item_no=line.no)
        perform_as_service(p.work, OPEN_ITEM, paper)


REGISTER_FEEDBACK = Act(
    name="register_feedback_list",
    zh="登记巡察反馈问题清单",
    en="Register what an inspection fed back",
    clauses=("LL-2.16", "LZ-20.13"),
    on=FeedbackList,
    by=(*ANY_OFFICE, INSPECTION),
    paper=FeedbackRegistration,
    new=registered,
    becomes="registered",
    documents=(Document("feedback_leadership", "巡察反馈意见(扫描)", "LL-2.16", required=False),),
    guards=(
        is_of_a_round_on_the_unit,
        problems_are_numbered,
        once_a_round,
        not_in_the_future("feedback_on"),
    ),
    effect=open_items,
    tells=(Tells(UNIT, "rectification_plan_owed", "LL-2.16", office=lambda p: p.subject.unit_id),),
)


def feedback_of(p: Filing) -> FeedbackList:
    """Raises Refusal(UNKNOWN_REFERENCE) for any but a list of the actor's own unit."""
    found = p.session.get(FeedbackList, p.paper.feedback_id)
    if found is None or found.unit_id != p.work.actor.unit_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="feedback_id")
    return found


def is_the_first(p: Filing) -> None:
    """Later versions are revisions of the plan that was filed."""
    of = feedback_of(p)
    same = select(RectificationPlan.id).where(RectificationPlan.feedback_id == of.id)
    if p.session.scalars(same).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="feedback_id")


def lines_are_of_the_list(p: AnyPlan) -> None:
    """Each line on an item that was fed back, each of them once; owners are known, limits lie ahead of the feedback."""
    feedback_id = p.subject.feedback_id if not p.act.creates else p.paper.feedback_id
    of, numbers = p.session.get_one(FeedbackList, feedback_id), [line.item_no for line in p.paper.lines]
    if max(numbers) > of.item_count:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="lines.item_no")
    if len(set(numbers)) < len(numbers):
        raise p.refuse(RefusalCode.DUPLICATE, field="lines.item_no")
    persons_known(p, tuple(line.owner_id for line in p.paper.lines), "lines.owner_id")
    if any(line.due_on < of.feedback_on for line in p.paper.lines):
        raise p.refuse(RefusalCode.DATE_ORDER, field="lines.due_on")


def filed(p: Filing) -> RectificationPlan:
    of = feedback_of(p)
    return RectificationPlan(
        **item_of(p, of, state="filed", no=f"{of.no}-FA"),
        feedback_id=of.id,
        round_id=of.round_id,
        version_no=1,
        planned_nos=_numbers(p),
    )


def _numbers(p: AnyPlan) -> str:
    return listed_ids(str(number) for number in sorted(line.item_no for line in p.paper.lines))


def not_planned(p: AnyPlan) -> tuple[str, ...]:
    """Numbers of the items that were fed back and that no line is on."""
    of, planned = p.session.get_one(FeedbackList, p.subject.feedback_id), ids_in(p.subject.planned_nos)
    return tuple(str(no) for no in range(1, of.item_count + 1) if str(no) not in planned)


FILE_PLAN = Act(
    name="file_rectification_plan",
    zh="报送巡察整改方案",
    en="File the rectification plan",
    clauses=("LL-2.16",),
    on=RectificationPlan,
    by=ANY_UNIT,
    paper=RectificationPlanFiling,
    new=filed,
    becomes="filed",
    documents=(Document("rectification_plan", "整改方案(盖章扫描)", "LL-2.16"),),
    guards=(is_the_first, lines_are_of_the_list),
    warns=(Warns("LL-2.16", not_planned),),
    hands_on=(
        HandOn(
            RectificationPlanReceived,
            lambda p: RectificationPlanReceived(
                plan_id=p.subject.id, unit_id=p.subject.unit_id, round_id=p.subject.round_id
            ),
        ),
    ),
    tells=(Tells(HEAD, "rectification_plan_filed", "LL-2.16", office=lambda p: p.subject.office_id),),
)


def next_version(p: AnyPlan) -> None:
    p.subject.version_no += 1
    p.subject.planned_nos = _numbers(p)


REVISE_PLAN = Act(
    name="revise_rectification_plan",
    zh="修订巡察整改方案",
    en="Revise the rectification plan",
    clauses=("LL-2.16",),
    on=RectificationPlan,
    by=AT_UNIT,
    paper=RectificationPlanRevision,
    when=("filed",),
    documents=(Document("rectification_plan", "整改方案(盖章扫描)", "LL-2.16"),),
    guards=(lines_are_of_the_list,),
    effect=next_version,
    warns=(Warns("LL-2.16", not_planned),),
    fills=(Fills("LL-2.16", lambda p: ids_in(p.subject.planned_nos)),),
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (REGISTER_FEEDBACK, FILE_PLAN, REVISE_PLAN)
