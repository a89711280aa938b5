"""Events of archive on the files of inspection rounds (steps 4 and 47)."""

from contracts.events.base import INSPECTION, NOTIFICATIONS, Event
from contracts.fields import Count, Day, Id, YesNo


class HandoverAccepted(Event):
    """The archive of a unit was checked against the 17 categories and accepted."""

    TYPE = "archive.handover_accepted"
    CONSUMERS = (INSPECTION, NOTIFICATIONS)
    CLAUSES = ("XC-47.0b",)

    round_id: Id
    team_id: Id
    catalogue_ref: Id
    file_no: Id
    accepted_on: Day


class HandoverRejected(Event):
    """The archive of a unit is incomplete and was returned with the categories that are missing."""

    TYPE = "archive.handover_rejected"
    CONSUMERS = (INSPECTION, NOTIFICATIONS)
    CLAUSES = ("XC-47.0b",)

    round_id: Id
    team_id: Id
    catalogue_ref: Id
    missing_categories: tuple[Count, ...]
    rejected_on: Day


class PriorMaterialsProvided(Event):
    """What the archive has of the unit from an earlier round was released to the team that inspects it now.

    `items`: the three papers, by the file's number; none where the unit is inspected for the first time.
    """

    TYPE = "archive.prior_materials_provided"
    CONSUMERS = (INSPECTION,)
    CLAUSES = ("XC-4.3b",)

    round_id: Id
    team_id: Id
    unit_id: Id
    items: tuple[Id, ...]
    first_inspection: YesNo
