"""Events of a team's petitions, of questioning and of assistance (steps 13, 15, 21): never a subject or a text."""

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


class DetaineeInquiryApproved(Event):
    """The leading group agreed that a detained person is questioned; the commission arranges it."""

    TYPE = "inspection.detainee_inquiry_approved"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-15.2b",)

    inquiry_id: Id
    consent_on: Day


class AssistanceRequested(Event):
    """Help on a technical question is asked for: never the clue, nor its subject."""

    TYPE = "inspection.assistance_requested"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("XC-21.0a",)

    round_id: Id
    team_id: Id
    channel: Code
    stated_topic: Code
