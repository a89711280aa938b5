"""Events of rectification after a feedback (steps 40 to 45): plan, reviews, reports, disclosure, report upward."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Code, Count, Day, Id


class RectificationPlanReviewRequested(Event):
    """Sections of the commission and the organisation department were asked to review the plan."""

    TYPE = "inspection.rectification_plan_review_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-40.0c",)

    unit_id: Id
    plan_version: Count
    sections: tuple[Code, ...]
    asked_on: Day


class RectificationPlanReplied(Event):
    """The one reply on the plan went to the unit; `result`: accept or revise."""

    TYPE = "inspection.rectification_plan_replied"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-40.0e",)

    unit_id: Id
    plan_version: Count
    result: Code


class DemocraticLifeMeetingReported(Event):
    """How the special democratic life meeting went was reported."""

    TYPE = "inspection.democratic_life_meeting_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-41.1c",)

    unit_id: Id
    held_on: Day
    filed_on: Day


class RectificationReportsReceived(Event):
    """One of the two rectification reports arrived; `late_days` after its limit."""

    TYPE = "inspection.rectification_reports_received"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-42.1a",)

    unit_id: Id
    report_kind: Code
    received_on: Day
    copies: Count
    late_days: Count


class RectificationReportReviewRequested(Event):
    """Sections of the commission and the organisation department were asked to review both reports."""

    TYPE = "inspection.rectification_report_review_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-42.2a",)

    unit_id: Id
    sections: tuple[Code, ...]
    asked_on: Day


class RectificationReportsReplied(Event):
    """The one reply on both reports went to the unit; `result`: accept or revise."""

    TYPE = "inspection.rectification_reports_replied"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-42.2c",)

    unit_id: Id
    result: Code
    sent_on: Day


class DisclosureNoticeIssued(Event):
    """The unit was told to disclose its rectification: how, what, and by when."""

    TYPE = "inspection.disclosure_notice_issued"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-43.0a",)

    unit_id: Id
    manner: tuple[Code, ...]
    content: tuple[Code, ...]
    time_limit: Day


class RectificationSummaryReported(Event):
    """The report on rectification and on the handling of clues went to the county committee."""

    TYPE = "inspection.rectification_summary_reported"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-44.0a",)

    round_id: Id
    reported_on: Day


class AccountabilityProposed(Event):
    """With the report it was proposed to hold a unit to account."""

    TYPE = "inspection.accountability_proposed"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-44.0b",)

    round_id: Id
    unit_id: Id
    behaviour: Code


class FollowUpOrdered(Event):
    """A follow-up visit to a unit was ordered."""

    TYPE = "inspection.follow_up_ordered"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-45.0a",)

    unit_id: Id
    visit_date: Day
