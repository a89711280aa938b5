"""Events of the feedback to the inspected organisation (steps 33 to 36)."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Code, Day, Id


class FeedbackDraftsSubmitted(Event):
    """Draft feedback and problem list handed in."""

    TYPE = "inspection.feedback_drafts_submitted"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-33.1c",)

    round_id: Id
    unit_id: Id
    submitted_on: Day


class FeedbackServed(Event):
    """The receipt is signed by leader and principal."""

    TYPE = "inspection.feedback_served"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-34.2d",)

    round_id: Id
    unit_id: Id
    receipt_id: Id
    signed_on: Day


class FeedbackDelivered(Event):
    """Both feedback meetings are done; the feedback date starts the 10-working-day and 2-month clocks."""

    TYPE = "inspection.feedback_delivered"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-34.3a",)

    round_id: Id
    team_id: Id
    unit_id: Id
    feedback_date: Day
    issue_ids: tuple[Id, ...]


class ConductAssessed(Event):
    """The assessment of the team's conduct was reported; no answer, no score."""

    TYPE = "inspection.conduct_assessed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-34.4b",)

    round_id: Id
    team_id: Id
    unit_id: Id
    result_ref: Id


class FeedbackReleaseApproved(Event):
    """The feedback press release passed all gates; it may be published."""

    TYPE = "inspection.feedback_release_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-35.2a",)

    round_id: Id
    unit_id: Id
    text_ref: Id
    approvals: tuple[Id, ...]


class FeedbackCopied(Event):
    """The leadership opinion was copied to leaders and bodies; never the principal's."""

    TYPE = "inspection.feedback_copied"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-36.1a", "XC-36.2a", "XC-36.2b")

    round_id: Id
    unit_id: Id
    recipients: tuple[Code, ...]
    sent_on: Day
