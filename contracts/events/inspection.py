"""Events of inspection that other services act on."""

from contracts.events.base import ARCHIVE, CLUES, INTAKE, NOTIFICATIONS, Event
from contracts.fields import ClauseId, Code, Day, Id, IdOrEmpty


class ProblemFound(Event):
    """A problem was found by supervision."""

    TYPE = "inspection.problem_found"
    CONSUMERS = (NOTIFICATIONS, CLUES)
    CLAUSES = (
        "GL-1.4",
        "GL-2.24",
        "GL-3.9",
        "GL-4.1",
        "LZ-4.1",
        "LZ-4.2",
        "LZ-4.3",
        "LZ-5.3",
        "LZ-6.5",
        "LZ-6.10",
        "LZ-7.3",
        "LZ-22.3",
    )

    problem_id: Id
    unit_id: Id
    clause: ClauseId
    grade: Code
    found_on: Day


class ClueFound(Event):
    """Supervision found a suspected breach."""

    TYPE = "inspection.clue_found"
    CONSUMERS = (CLUES,)
    CLAUSES = ("GL-1.24",)

    finding_id: Id
    subject_ref: Id
    unit_id: Id
    office_id: Id
    found_on: Day


class ClueHandedOver(Event):
    """Inspection round hands a clue to a dispatched office (from the inspection texts)."""

    TYPE = "inspection.clue_handed_over"
    CONSUMERS = (CLUES,)

    handover_id: Id
    round_id: Id
    unit_id: Id
    office_id: Id
    subject_ids: tuple[Id, ...]
    handed_on: Day


class ClueTransferred(Event):
    """Clue handed over; route tells regular (`final`), immediate rectification or immediate investigation.

    The persons' ids are with it so that recusal holds at the receiver from the first moment.
    """

    TYPE = "inspection.clue_transferred"
    CONSUMERS = (CLUES, NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-25.0d", "XC-26.0c", "XC-37.3b")

    clue_no: Id
    batch_id: Id
    route: Code
    receiver: Code
    form_id: IdOrEmpty
    consent_ref: IdOrEmpty
    handover_sheet_id: IdOrEmpty
    unit_id: Id
    subject_ids: tuple[Id, ...]
    transferred_on: Day


class PetitionsReferred(Event):
    """Batch of out-of-scope petitions handed to the DC petition office."""

    TYPE = "inspection.petitions_referred"
    CONSUMERS = (INTAKE, NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("XC-39.0c",)

    batch_id: Id
    petition_serials: tuple[Id, ...]
    referral_form_ids: tuple[Id, ...]
    referred_on: Day
