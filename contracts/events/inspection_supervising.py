"""Events of the five supervisions, of special supervision and of the supervision of offices themselves (GL-1, GL-3)."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Code, Count, Day, Id, Period


class SpecialSupervisionOpened(Event):
    """A special supervision was opened. `type`: of which kind it is."""

    TYPE = "inspection.special_supervision_opened"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-11.1", "GL-1.6", "GL-1.14", "GL-1.19", "GL-3.14", "LL-3.14")

    check_id: Id
    office_id: Id
    unit_id: Id
    type: Code
    opened_on: Day


class IntegrityAnalysed(Event):
    """Integrity was analysed for a unit. `meeting_id`: the meeting, or the record in which the analysis stands."""

    TYPE = "inspection.integrity_analysed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("GL-1.22", "GL-3.8", "GL-3.16")

    unit_id: Id
    period: Period
    meeting_id: Id


class SupervisionLinkPassed(Event):
    """A link of special-duty supervision was passed; `node_date` is the plan's day for it."""

    TYPE = "inspection.supervision_link_passed"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("GL-3.19", "GL-3.20")

    check_id: Id
    link: Code
    node_date: Day
    passed_on: Day


class OfficeSupervisionPlanned(Event):
    """A round of supervision over dispatched offices was planned."""

    TYPE = "inspection.office_supervision_planned"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("GL-3.21", "GL-3.22")

    round_id: Id
    quarter: Period
    team_count: Count


class OfficeSupervised(Event):
    """A dispatched office was supervised. `round_id`: the round, or the record or opinion outside of a round."""

    TYPE = "inspection.office_supervised"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("GL-3.12", "GL-3.23", "GL-3.24", "GL-3.25", "LZ-22.14")

    round_id: Id
    office_id: Id
    result_code: Code
    checked_on: Day
