"""The office may send people to look again; what they find unsolved is put right once more (step 45)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_after_feedback import FollowUpOrdered
from contracts.refusals import RefusalCode
from services.chassis.act import Act, HandOn, Tells
from services.chassis.performance import Performance
from services.inspection.acts.posts import OFFICE, not_in_the_future, persons_known
from services.inspection.acts.rectification_opening import listed_numbers, move_issues, numbers_in
from services.inspection.domain.rectification import strange_number
from services.inspection.papers.after_feedback import FollowUpOrder, FollowUpVisit
from services.inspection.storage_after_feedback import Rectification

Visiting = Performance[Rectification, FollowUpVisit]
AFTER_DISCLOSURE = ("disclosed", "summarised", "followed_up")


def visitors_are_known(p: Performance[Rectification, FollowUpOrder]) -> None:
    persons_known(p, p.paper.visitor_ids, "visitor_ids")
    if p.paper.visit_on < p.today:
        raise p.refuse(RefusalCode.DATE_ORDER, field="visit_on")


def note_order(p: Performance[Rectification, FollowUpOrder]) -> None:
    p.subject.visit_on = p.paper.visit_on


ORDER_FOLLOW_UP = Act(
    name="order_follow_up",
    zh="安排跟踪回访",
    en="Order a follow-up visit",
    clauses=("XC-45.0a",),
    on=Rectification,
    by=OFFICE,
    paper=FollowUpOrder,
    when=AFTER_DISCLOSURE,
    anytime=True,
    guards=(visitors_are_known,),
    effect=note_order,
    hands_on=(
        HandOn(
            FollowUpOrdered,
            lambda p: FollowUpOrdered(unit_id=p.subject.unit_id, visit_date=p.paper.visit_on),
        ),
    ),
    tells=(Tells("local_party_head", "follow_up_ordered", "XC-45.0a", office=lambda p: p.subject.unit_id),),
)


def was_ordered(p: Visiting) -> None:
    if p.subject.visit_on is None:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET, clauses=("XC-45.0a",))


def problems_are_of_the_list(p: Visiting) -> None:
    if strange_number(p.subject.issue_count, p.paper.unsolved_nos) is not None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="unsolved_nos", clauses=("XC-45.0a",))


def note_visit(p: Visiting) -> None:
    """What is unsolved goes through reports, review and disclosure again; of nothing unsolved the state goes on."""
    item, unsolved = p.subject, set(p.paper.unsolved_nos)
    item.visit_on = None
    if not unsolved:
        item.state = "followed_up" if item.state == "summarised" else item.state
        return
    item.state, item.report_kinds, item.circles = "rectifying", "", ""
    item.unsolved = listed_numbers(numbers_in(item.unsolved) | unsolved)
    item.solved_nos = listed_numbers(numbers_in(item.solved_nos) - unsolved)
    move_issues(p, "rectifying", unsolved)


RECORD_VISIT = Act(
    name="record_follow_up",
    zh="登记跟踪回访",
    en="Record the follow-up visit",
    clauses=("XC-45.0a",),
    on=Rectification,
    by=OFFICE,
    paper=FollowUpVisit,
    when=AFTER_DISCLOSURE,
    needs=(was_ordered,),
    guards=(not_in_the_future("visited_on"), problems_are_of_the_list),
    effect=note_visit,
)
ACTS: tuple[Act[Any, Any], ...] = (ORDER_FOLLOW_UP, RECORD_VISIT)
