"""Events of a unit's rectification after an inspection's feedback, and of support for the inspection (LZ-20)."""

from contracts.events.base import NOTIFICATIONS, Event
from contracts.fields import Code, Day, Id


class RectificationPlanReceived(Event):
    """A unit filed its rectification plan."""

    TYPE = "inspection.rectification_plan_received"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LL-2.16", "XC-40.0b")

    plan_id: Id
    unit_id: Id
    round_id: Id


class RectificationAssessed(Event):
    """An item of rectification was checked."""

    TYPE = "inspection.rectification_assessed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-20.13", "HS-5.5", "GL-1.8")

    item_id: Id
    result_code: Code
    assessed_on: Day


class SupportProvided(Event):
    """An office gave the inspection body what its supervision knows of a unit."""

    TYPE = "inspection.support_provided"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-20.10",)

    round_id: Id
    office_id: Id
    provided_on: Day
