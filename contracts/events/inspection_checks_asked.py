"""Events of what a team has others check (steps 14, 21, 22)."""

from contracts.events.base import NOTIFICATIONS, Event
from contracts.fields import Code, Day, Id


class SpotCheckApproved(Event):
    """A list of cadres to be spot-checked was approved and sent to the organisation department."""

    TYPE = "inspection.spot_check_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-14.2a",)

    round_id: Id
    team_id: Id
    list_id: Id
    approved_by: Id
    approved_on: Day


class SpotCheckReturned(Event):
    """A result form came back through the office."""

    TYPE = "inspection.spot_check_returned"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-14.2b",)

    list_id: Id
    form_id: Id
    returned_on: Day


class SpecialCheckOrdered(Event):
    """The county committee ordered a special check."""

    TYPE = "inspection.special_check_ordered"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-22.0a",)

    round_id: Id
    unit_id: Id
    topic: Code
