"""Events of what a team does at a unit beside interviews and papers (steps 13, 15, 21, 25)."""

from contracts.events.base import NOTIFICATIONS, Event
from contracts.fields import Day, Id


class ImmediateRectificationDemanded(Event):
    """The unit was told to put a problem right at once, with a date."""

    TYPE = "inspection.immediate_rectification_demanded"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-25.0a",)

    proposal_id: Id
    unit_id: Id
    issue_id: Id
    due_on: Day
