"""Events of notifications: the reminder ladder, notices with proof, the directory of offices."""

from contracts.events.base import ARCHIVE, CLUES, INSPECTION, INTAKE, NOTIFICATIONS, SERVICES, Event
from contracts.fields import ClauseId, Code, CodeOrEmpty, Count, Day, Digest, Id, IdOrEmpty, Instant, Version


class DeadlineWarned(Event):
    """A clock is near its end (sealed clocks: delivered to intake only)."""

    TYPE = "notifications.deadline_warned"
    CONSUMERS = (INTAKE, CLUES, INSPECTION, NOTIFICATIONS, ARCHIVE)

    duty_id: Id
    clause: ClauseId
    subject_ref: Id
    due_on: Day
    warned_roles: tuple[Code, ...]
    warned_on: Day


class DeadlineOverdue(Event):
    """A clock ended without its stop event (sealed clocks: delivered to intake only)."""

    TYPE = "notifications.deadline_overdue"
    CONSUMERS = (INTAKE, CLUES, INSPECTION, NOTIFICATIONS, ARCHIVE)

    duty_id: Id
    clause: ClauseId
    subject_ref: Id
    due_on: Day
    warned_roles: tuple[Code, ...]
    step: Count


class NoticeSent(Event):
    """Written notice, letter or report between office and unit sent."""

    TYPE = "notifications.notice_sent"
    CONSUMERS = (ARCHIVE,)
    CLAUSES = (
        "GL-1.3",
        "HS-2.3",
        "HS-2.5",
        "HS-5.1",
        "LL-1.1",
        "LL-1.2",
        "LL-1.3",
        "LL-1.4",
        "LL-1.5",
        "LL-1.6",
        "LL-1.7",
        "LL-1.8",
        "LL-1.11",
        "LL-1.12",
        "LL-1.13",
        "LL-2.1",
        "LL-2.2",
        "LL-2.4",
        "LL-2.5",
        "LL-2.6",
        "LL-2.9",
        "LL-2.10",
        "LL-2.11",
        "LL-2.12",
        "LL-2.13",
        "LL-3.4",
        "LL-3.6",
        "LL-3.7",
        "LZ-2.1",
        "LZ-4.6",
        "LZ-5.2",
        "LZ-9.6",
        "LZ-20.1",
        "LZ-20.11",
        "LZ-21.2",
        "LZ-21.4",
        "LZ-21.5",
    )

    notice_id: Id
    template: Code
    clause: ClauseId
    subject_ref: Id
    channel: Code
    recipient_role: CodeOrEmpty
    recipient_person: IdOrEmpty
    sent_at: Instant


class NoticeDelivered(Event):
    """A notice reached its recipient; the digest binds the proof kept by notifications."""

    TYPE = "notifications.notice_delivered"
    CONSUMERS = (INTAKE, CLUES, INSPECTION, ARCHIVE)

    notice_id: Id
    subject_ref: Id
    channel: Code
    recipient_person: IdOrEmpty
    proof_digest: Digest
    delivered_at: Instant


class NoticeAcknowledged(Event):
    """Recipient acknowledged or answered."""

    TYPE = "notifications.notice_acknowledged"
    CONSUMERS = (INTAKE, CLUES, INSPECTION, NOTIFICATIONS, ARCHIVE)
    CLAUSES = ("LL-3.9",)

    notice_id: Id
    subject_ref: Id
    recipient_person: IdOrEmpty
    acknowledged_on: Day


class OfficeRegistered(Event):
    """An office or unit was registered or changed."""

    TYPE = "notifications.office_registered"
    CONSUMERS = SERVICES
    CLAUSES = ("GL-0.1", "GL-3.1", "HS-0.2", "LL-0.2", "LZ-23.1")

    office_id: Id
    kind: Code
    parent_office_id: IdOrEmpty
    liaison_office_id: IdOrEmpty
    status: Code
    valid_from: Day
    version: Version


class CoverageChanged(Event):
    """The assignment of a unit to its offices changed; routing follows."""

    TYPE = "notifications.coverage_changed"
    CONSUMERS = SERVICES
    CLAUSES = ("GL-3.2",)

    unit_id: Id
    office_id: Id
    liaison_office_id: Id
    status: Code
    valid_from: Day
    version: Version


class RectificationFailed(Event):
    """Assessment found a ground for double accountability; the first unit leads, the others cooperate."""

    TYPE = "notifications.rectification_failed"
    CONSUMERS = (CLUES,)
    CLAUSES = ("HS-3.11", "HS-3.12")

    item_id: Id
    ground_code: Code
    units: tuple[Id, ...]
    assessed_on: Day


class SuggestionProposed(Event):
    """A formal suggestion is wanted after consultation or talk; clues decides and issues."""

    TYPE = "notifications.suggestion_proposed"
    CONSUMERS = (CLUES,)
    CLAUSES = ("HS-2.13", "HS-3.7")

    proposal_id: Id
    item_id: Id
    kind: Code
    unit_id: Id
