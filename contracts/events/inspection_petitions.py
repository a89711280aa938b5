"""Events of a team's petitions (step 13): serials, days and codes, never a subject or a text."""

from contracts.events.base import NOTIFICATIONS, Event
from contracts.fields import Code, Day, Id


class ImportantPetitionSubmitted(Event):
    """The slip of an important petition waits for the leader's instruction."""

    TYPE = "inspection.important_petition_submitted"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-13.1c",)

    petition_serial: Id
    slip_id: Id
    submitted_on: Day


class PetitionHandedToDepartment(Event):
    """A petition that the team only receives went to the department concerned."""

    TYPE = "inspection.petition_handed_to_department"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-13.1e",)

    petition_serial: Id
    department: Code
    sent_on: Day


class PetitionDirectDelivered(Event):
    """A leader of the leading group has signed for a sealed item; neither subject nor unit."""

    TYPE = "inspection.petition_direct_delivered"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-13.2d",)

    slip_id: Id
    seal_no: Id
    addressee_role: Code
    delivered_on: Day
