"""Events of political ecology (LZ-20.4, GL-1.15, GL-1.31)."""

from contracts.events.base import NOTIFICATIONS, Event
from contracts.fields import Day, Id, Period


class PoliticalEcologyJudged(Event):
    """The political ecology of a unit was judged: by the year's joint study, or in a portrait."""

    TYPE = "inspection.political_ecology_judged"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-20.4", "GL-1.15", "GL-1.31")

    unit_id: Id
    year: Period
    judged_on: Day
