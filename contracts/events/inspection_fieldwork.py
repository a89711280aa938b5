"""Events of the fieldwork and of its end (steps 13, 24, 27, 28)."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Code, Count, Day, Id, Instant


class PetitionEmergencyReported(Event):
    """A petition incident was reported to the office."""

    TYPE = "inspection.petition_emergency_reported"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-13.3b",)

    round_id: Id
    team_id: Id
    unit_id: Id
    incident_id: Id
    occurred_at: Instant


class MidtermReported(Event):
    """A team's mid-term report was heard."""

    TYPE = "inspection.midterm_reported"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-24.0a",)

    round_id: Id
    team_id: Id
    unit_id: Id
    held_on: Day


class MajorMatterReported(Event):
    """A major matter was reported upward; its facts stay in the report."""

    TYPE = "inspection.major_matter_reported"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-27.0a",)

    report_id: Id
    category: Code
    channel: Code
    reported_on: Day


class TeamWithdrawn(Event):
    """A team left the site; what is counted from its withdrawal begins."""

    TYPE = "inspection.team_withdrawn"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-28.3b",)

    round_id: Id
    team_id: Id
    unit_id: Id
    withdrawn_on: Day


class ZeroHoldingCompleted(Event):
    """Everybody of a team signed that they hold nothing any more."""

    TYPE = "inspection.zero_holding_completed"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("XC-28.3d",)

    round_id: Id
    team_id: Id
    signed_count: Count
    completed_on: Day
