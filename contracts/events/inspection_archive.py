"""Events of a round's archive (steps 46 and 47): what the team hands over, and what it destroys."""

from contracts.events.base import ARCHIVE, NOTIFICATIONS, Event
from contracts.fields import Count, Day, Id


class ArchiveHandedOver(Event):
    """A team handed its archive of a unit to the office. `complete`: numbers of the categories that are complete."""

    TYPE = "inspection.archive_handed_over"
    CONSUMERS = (ARCHIVE, NOTIFICATIONS)
    CLAUSES = ("XC-47.0a",)

    round_id: Id
    team_id: Id
    unit_id: Id
    office_id: Id
    catalogue_ref: Id
    handed_over_on: Day
    late_days: Count
    complete: tuple[Count, ...]


class ResidueDestroyed(Event):
    """Classified material that was not archived was destroyed and listed."""

    TYPE = "inspection.residue_destroyed"
    CONSUMERS = (ARCHIVE,)
    CLAUSES = ("XC-47.0c",)

    round_id: Id
    team_id: Id
    catalogue_ref: Id
    destruction_list_id: Id
    destroyed_on: Day
