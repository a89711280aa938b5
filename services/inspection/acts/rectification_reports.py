"""The two rectification reports: two months, three copies each, reviewed together and answered once (step 42)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_after_feedback import (
    RectificationReportReviewRequested,
    RectificationReportsReceived,
    RectificationReportsReplied,
)
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, After, Document, HandOn, Meets, Tells
from services.chassis.duties import meet_duties
from services.chassis.performance import Performance
from services.inspection.acts.posts import OFFICE, ids_in
from services.inspection.acts.rectification_opening import (
    SECTION_OR_OFFICE,
    UNIT_OR_OFFICE,
    AnyRectification,
    late_by,
    listed_numbers,
    move_issues,
    numbers_in,
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
from services.inspection.domain.after_feedback_codes import ReportKind, ReviewResult
from services.inspection.domain.rectification import strange_number
from services.inspection.papers.after_feedback import (
    DualReport,
    DualReportReviewForm,
    ReviewReply,
    ReviewRequest,
    SolvedProblem,
)
from services.inspection.storage_after_feedback import Rectification

Reporting = Performance[Rectification, DualReport]
Solving = Performance[Rectification, SolvedProblem]
BOTH = {kind.value for kind in ReportKind}
UNDER_WAY = (
    "rectifying", "reports_received", "rectification_returned", "rectification_accepted", "disclosed", "summarised",
    "followed_up",
)  # fmt: skip
"""Some problems take longer than the two months: each has the limit of the plan (XC-40.0a)."""


def numbers_are_of_the_list(p: Reporting) -> None:
    if strange_number(p.subject.issue_count, p.paper.rectified_nos) is not None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="rectified_nos")


def comes_once(p: Reporting) -> None:
    """A new version is asked for by the office's reply."""
    if p.paper.report_kind.value in ids_in(p.subject.report_kinds):
        raise p.refuse(RefusalCode.DUPLICATE, field="report_kind")


def put_right(item: Rectification, numbers: set[int]) -> None:
    item.solved_nos = listed_numbers(numbers_in(item.solved_nos) | numbers)
    item.unsolved = listed_numbers(numbers_in(item.unsolved) - numbers)


def note_report(p: Reporting) -> None:
    """Two reports in, and they are reviewed together; what the unit says it has put right stops its clock."""
    item = p.subject
    p.known["late_days"] = late_by(p, "XC-42.1a", p.paper.report_kind.value)
    item.report_kinds = listed_ids([*ids_in(item.report_kinds), p.paper.report_kind.value])
    put_right(item, set(p.paper.rectified_nos))
    for number in p.paper.rectified_nos:
        p.met += meet_duties(p.work, item, "XC-40.0a", f"problem-{number}")
    if set(ids_in(item.report_kinds)) == BOTH:
        item.state = "reports_received"
        begin_anew(item)
        move_issues(p, "result_reported")


SUBMIT_REPORT = Act(
    name="submit_rectification_report",
    zh="报送巡察整改报告",
    en="Submit a rectification report",
    clauses=("XC-42.1a", "XC-42.1b"),
    on=Rectification,
    by=UNIT_OR_OFFICE,
    paper=DualReport,
    when=("rectifying", "rectification_returned"),
    documents=(Document("rectification_report", "整改报告(扫描)", "XC-42.1a"),),
    guards=(copies_are_in("XC-42.1b"), comes_once, numbers_are_of_the_list),
    effect=note_report,
    meets=(Meets("XC-42.1a", to=lambda p: p.paper.report_kind.value),),
    hands_on=(
        HandOn(
            RectificationReportsReceived,
            lambda p: RectificationReportsReceived(
                unit_id=p.subject.unit_id,
                report_kind=p.paper.report_kind.value,
                received_on=p.today,
                copies=p.paper.copies,
                late_days=p.known["late_days"],
            ),
        ),
    ),
)


def number_is_of_the_list(p: Solving) -> None:
    if p.paper.issue_no > p.subject.issue_count:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="issue_no")
    if p.paper.issue_no in numbers_in(p.subject.solved_nos):
        raise p.refuse(RefusalCode.DUPLICATE, field="issue_no")


REPORT_SOLVED = Act(
    name="report_problem_solved",
    zh="报告问题已整改到位",
    en="Report that a problem has been put right",
    clauses=("XC-40.0a",),
    on=Rectification,
    by=UNIT_OR_OFFICE,
    paper=SolvedProblem,
    when=UNDER_WAY,
    anytime=True,
    guards=(number_is_of_the_list,),
    effect=lambda p: put_right(p.subject, {p.paper.issue_no}),
    meets=(Meets("XC-40.0a", to=lambda p: f"problem-{p.paper.issue_no}"),),
)
ASK_REPORT_REVIEW = Act(
    name="ask_report_review",
    zh="征求双报告审核意见",
    en="Ask the sections to review both reports",
    clauses=("XC-42.2a",),
    on=Rectification,
    by=OFFICE,
    paper=ReviewRequest,
    when=("reports_received",),
    otherwise={
        "rectifying": RefusalCode.MISSING_DOCUMENT,
        "rectification_returned": RefusalCode.MISSING_DOCUMENT,
    },
    effect=ask_sections,
    hands_on=(
        HandOn(
            RectificationReportReviewRequested,
            lambda p: RectificationReportReviewRequested(**asked_event(p)),
        ),
    ),
)
RETURN_REPORT_FORM = Act(
    name="return_report_review_form",
    zh="报送双报告审核单",
    en="Return the review form for both reports",
    clauses=("XC-42.2b",),
    on=Rectification,
    by=SECTION_OR_OFFICE,
    paper=DualReportReviewForm,
    when=("reports_received",),
    guards=FORM_GUARDS,
    effect=take_form,
)


def replied(p: AnyRectification, result: ReviewResult) -> RectificationReportsReplied:
    return RectificationReportsReplied(unit_id=p.subject.unit_id, result=result.value, sent_on=p.today)


TOLD = (Tells("local_party_head", "rectification_replied", "XC-42.2c", office=lambda p: p.subject.unit_id),)


def accept(p: AnyRectification) -> None:
    begin_anew(p.subject)
    move_issues(p, "result_accepted")


ACCEPT_REPORTS = Act(
    name="accept_rectification_reports",
    zh="认可双报告",
    en="Accept both reports in one reply",
    clauses=("XC-42.2c", "XC-41.1a"),
    on=Rectification,
    by=OFFICE,
    paper=ReviewReply,
    when=("reports_received",),
    becomes="rectification_accepted",
    needs=(heard_from_both("XC-42.2a", "XC-42.2c"),),
    after=(After("hold_life_meeting", "XC-41.1a"), After("report_life_meeting", "XC-41.1c")),
    effect=accept,
    hands_on=(HandOn(RectificationReportsReplied, lambda p: replied(p, ReviewResult.ACCEPT)),),
    tells=TOLD,
)


def send_back(p: AnyRectification) -> None:
    begin_anew(p.subject)
    p.subject.report_kinds = ""
    move_issues(p, "rectifying")


RETURN_REPORTS = Act(
    name="return_rectification_reports",
    zh="退回双报告",
    en="Return both reports in one reply",
    clauses=("XC-42.2c",),
    on=Rectification,
    by=OFFICE,
    paper=ReviewReply,
    when=("reports_received",),
    becomes="rectification_returned",
    needs=(heard_from_both("XC-42.2a", "XC-42.2c"),),
    effect=send_back,
    hands_on=(HandOn(RectificationReportsReplied, lambda p: replied(p, ReviewResult.REVISE)),),
    tells=TOLD,
)
ACTS: tuple[Act[Any, Any], ...] = (
    SUBMIT_REPORT,
    REPORT_SOLVED,
    ASK_REPORT_REVIEW,
    RETURN_REPORT_FORM,
    ACCEPT_REPORTS,
    RETURN_REPORTS,
)
