"""Events of intake: a petition from its registration to its closing."""

from contracts.events.base import ARCHIVE, CLUES, INSPECTION, NOTIFICATIONS, Event
from contracts.fields import Code, Count, Day, Digest, Id, Period, YesNo


class PetitionReceived(Event):
    """A petition was registered at a dispatched office; starts its clock (LZ-12.1, LZ-12.3)."""

    TYPE = "intake.petition_received"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.1", "LZ-12.2", "LZ-12.6")

    petition_id: Id
    office_id: Id
    received_on: Day
    source: Code
    class_code: Code


class PetitionForwarded(Event):
    """Petition reported to the petition office; stops the clock."""

    TYPE = "intake.petition_forwarded"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.1", "LZ-12.7")

    petition_id: Id
    office_id: Id
    recipient_role: Code
    forwarded_on: Day


class RestrictedPetitionEscalated(Event):
    """Original delivered to the petition office head; the petition office head must act."""

    TYPE = "intake.restricted_petition_escalated"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.3", "LZ-12.4")

    petition_id: Id
    class_code: Code
    receipt_no: Id
    delivered_on: Day


class PetitionTransferredByUnit(Event):
    """Unit transferred a petition to the office; measures the 2-working-day duty of the unit."""

    TYPE = "intake.petition_transferred_by_unit"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LL-2.8", "LL-2.17", "LL-4.5", "LZ-12.5")

    petition_id: Id
    unit_id: Id
    unit_received_on: Day
    transferred_on: Day


class PetitionJudged(Event):
    """Petition office returned its opinion; the office must route the petition."""

    TYPE = "intake.petition_judged"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.8",)

    petition_id: Id
    office_id: Id
    in_scope: YesNo
    level: Code
    judged_on: Day


class PetitionReferredAsClue(Event):
    """In-scope petition to be handled as a clue."""

    TYPE = "intake.petition_referred_as_clue"
    CONSUMERS = (CLUES, NOTIFICATIONS)
    CLAUSES = ("LZ-12.11",)

    petition_id: Id
    subject_ids: tuple[Id, ...]
    unit_id: Id
    office_id: Id
    liaison_office_id: Id
    handler_id: Id
    class_code: Code
    referred_on: Day


class PetitionTransferredOut(Event):
    """Out-of-scope petition sent to a competent department."""

    TYPE = "intake.petition_transferred_out"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.13",)

    petition_id: Id
    office_id: Id
    department_id: Id
    letter_no: Id
    sent_on: Day


class PetitionReplyReceived(Event):
    """Completion reply came back; starts the 3-working-day clock."""

    TYPE = "intake.petition_reply_received"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.14",)

    petition_id: Id
    office_id: Id
    reply_received_on: Day


class PetitionResultRecorded(Event):
    """Outcome entered in the platform; stops the entry clock."""

    TYPE = "intake.petition_result_recorded"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.14",)

    petition_id: Id
    office_id: Id
    platform_no: Id
    recorded_on: Day


class PetitionClosureSubmitted(Event):
    """Petition submitted for closure; stops the submission clock, petition office must act."""

    TYPE = "intake.petition_closure_submitted"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.15",)

    petition_id: Id
    office_id: Id
    submitted_on: Day


class PetitionClosed(Event):
    """Petition office closed the petition."""

    TYPE = "intake.petition_closed"
    CONSUMERS = (NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("LZ-12.16",)

    petition_id: Id
    office_id: Id
    outcome_code: Code
    package_digest: Digest
    closed_on: Day


class PetitionReturned(Event):
    """Petition office sent the closure back; the office must act."""

    TYPE = "intake.petition_returned"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-12.16",)

    petition_id: Id
    office_id: Id
    reason_code: Code
    returned_on: Day


class PetitionAnalysed(Event):
    """Aggregate petition analysis of a unit (numbers only)."""

    TYPE = "intake.petition_analysed"
    CONSUMERS = (NOTIFICATIONS, INSPECTION)
    CLAUSES = ("GL-3.13",)

    unit_id: Id
    period: Period
    class_codes: tuple[Code, ...]
    counts: tuple[Count, ...]


class ReferralReceived(Event):
    """Petition office receipted the batch."""

    TYPE = "intake.referral_received"
    CONSUMERS = (INSPECTION,)
    CLAUSES = ("XC-39.0d",)

    batch_id: Id
    received_on: Day
    intake_nos: tuple[Id, ...]
