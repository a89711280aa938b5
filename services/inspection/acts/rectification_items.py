"""What an inspection fed back is put right item by item, checked and closed (LZ-20.13, HS-5.5)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_rectification import RectificationAssessed
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, post
from services.chassis.act import Act, Document, HandOn, Tells
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import AT_UNIT, HEAD, IN_OFFICE, item_of
from services.inspection.domain.rectification_codes import CheckResult
from services.inspection.papers.rectification import (
    ItemClosed,
    ItemClosing,
    ItemFedBack,
    RectificationEvaluation,
    RectificationReport,
)
from services.inspection.storage_rectification import FeedbackList, RectificationItem

AnyItem = Performance[RectificationItem, Any]
Checking = Performance[RectificationItem, RectificationEvaluation]
UNIT = "supervised_unit"
LIAISON = post("liaison_discipline_office", at=LIAISON_OFFICE)
INSPECTION = post("inspection_office", at=None)
LEADER = post("commission_leader", at=None)
CHECKED = ("LZ-20.13", "HS-5.5")


def of_list(p: Performance[RectificationItem, ItemFedBack]) -> RectificationItem:
    """Numbered in the ledger of the unit and in that of its office: every check of it stands in both."""
    of, number = p.session.get_one(FeedbackList, p.paper.feedback_id), p.paper.item_no
    return RectificationItem(
        **item_of(p, of, state="open", no=f"{of.no}-{number:03d}"),
        feedback_id=of.id,
        item_no=number,
        unit_ledger_no=f"ZT-{of.unit_id}-{number:03d}",
        office_ledger_no=f"JD-{of.office_id}-{number:03d}",
    )


OPEN_ITEM = Act(
    name="open_rectification_item",
    zh="登记整改事项",
    en="An item of rectification is opened",
    clauses=("LZ-20.13",),
    on=RectificationItem,
    by=(),
    paper=ItemFedBack,
    new=of_list,
    becomes="open",
)


def keep_report(p: AnyItem) -> None:
    """What was checked before says nothing of what is reported now."""
    p.subject.reported_on, p.subject.check_code = p.paper.reported_on, ""


REPORT_ITEM = Act(
    name="report_item_rectified",
    zh="报告整改完成",
    en="Report an item as done",
    clauses=("LZ-20.13",),
    on=RectificationItem,
    by=AT_UNIT,
    paper=RectificationReport,
    when=("open",),
    becomes="reported",
    documents=(Document("rectification_proof", "整改佐证材料", "LZ-20.13"),),
    guards=(not_in_the_future("reported_on"),),
    effect=keep_report,
    tells=(Tells(HEAD, "rectification_to_check", "LZ-20.13", office=lambda p: p.subject.office_id),),
)


def not_before_the_report(p: Checking) -> None:
    reported = p.subject.reported_on
    if p.subject.state == "reported" and reported is not None and p.paper.checked_on < reported:
        raise p.refuse(RefusalCode.DATE_ORDER, field="checked_on")


def keep_check(p: Checking) -> None:
    """The office's own check decides; those of the others stand beside it.

    What is not put right goes back to the unit.
    """
    item = p.subject
    item.checked_on, item.check_count = p.paper.checked_on, item.check_count + 1
    p.facts |= {"unit_ledger": item.unit_ledger_no, "office_ledger": item.office_ledger_no}
    if p.work.actor.office_id == item.office_id and item.state == "reported":
        item.check_code = p.paper.result.value
    if p.paper.result is not CheckResult.VERIFIED and item.state == "reported":
        item.state = "open"


CHECK_ITEM = Act(
    name="check_rectification_item",
    zh="检查评估整改事项",
    en="Check an item of rectification",
    clauses=CHECKED,
    on=RectificationItem,
    by=(*IN_OFFICE, LIAISON, INSPECTION, LEADER),
    paper=RectificationEvaluation,
    when=("open", "reported"),
    documents=(Document("rectification_evaluation", "巡察整改评估表(扫描)", "LZ-20.13", required=False),),
    guards=(not_in_the_future("checked_on"), not_before_the_report),
    effect=keep_check,
    hands_on=(
        HandOn(
            RectificationAssessed,
            lambda p: RectificationAssessed(
                item_id=p.subject.id, result_code=p.paper.result.value, assessed_on=p.paper.checked_on
            ),
        ),
    ),
    tells=(
        Tells(
            UNIT,
            "rectification_falls_short",
            "LZ-20.13",
            office=lambda p: p.subject.unit_id,
            only_if=lambda p: p.paper.result is not CheckResult.VERIFIED,
        ),
    ),
)


def was_verified(p: AnyItem) -> None:
    if p.subject.check_code != CheckResult.VERIFIED.value:
        raise p.refuse(RefusalCode.NOT_VERIFIED)


def keep_closing(p: AnyItem) -> None:
    p.subject.closed_on = p.today
    of = p.session.get_one(FeedbackList, p.subject.feedback_id, with_for_update=True)
    perform_as_service(p.work, NOTE_ITEM_CLOSED, ItemClosed(item_no=p.subject.item_no), of)


CLOSE_ITEM = Act(
    name="close_rectification_item",
    zh="整改事项销号",
    en="Close an item of rectification",
    clauses=("LZ-20.13",),
    on=RectificationItem,
    by=IN_OFFICE,
    paper=ItemClosing,
    when=("reported",),
    becomes="closed",
    guards=(was_verified,),
    effect=keep_closing,
)


def count_closed(p: Performance[FeedbackList, ItemClosed]) -> None:
    p.subject.closed_count += 1


NOTE_ITEM_CLOSED = Act(
    name="note_item_closed",
    zh="整改事项已销号",
    en="An item of the list was closed",
    clauses=("LZ-20.13",),
    on=FeedbackList,
    by=(),
    paper=ItemClosed,
    effect=count_closed,
)
ACTS: tuple[Act[Any, Any], ...] = (OPEN_ITEM, REPORT_ITEM, CHECK_ITEM, CLOSE_ITEM, NOTE_ITEM_CLOSED)
