"""Events of main responsibility: self-checks of units, the hearing at the start of a year (LZ-4.5, LZ-5.4, LZ-5.5)."""

from contracts.events.base import NOTIFICATIONS, Event
from contracts.fields import Code, Day, Id, Period


class SelfCheckSubmitted(Event):
    """A unit submitted a self-check of its political ecology, on the occasion of a meeting."""

    TYPE = "inspection.self_check_submitted"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-4.5",)

    unit_id: Id
    meeting_id: Id
    submitted_on: Day


class YearStartHearingHeld(Event):
    """A part of the yearly joint hearing was held: of members of the leadership, or of next-level organisations."""

    TYPE = "inspection.year_start_hearing_held"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-5.4", "LZ-5.5")

    unit_id: Id
    year: Period
    part: Code
    held_on: Day
