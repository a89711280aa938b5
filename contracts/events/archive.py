"""Events of archive: persons and posts, values in force, archived volumes."""

from contracts.events.base import CLUES, INSPECTION, INTAKE, NOTIFICATIONS, SERVICES, Event
from contracts.fields import ClauseId, Code, Count, Day, Digest, Id, IdOrEmpty, Instant, Version, YesNo


class PersonChanged(Event):
    """A person's post, level, superior, relatives or status changed; one event per version."""

    TYPE = "archive.person_changed"
    CONSUMERS = SERVICES

    person_id: Id
    level: Code
    managing_authority: Code
    unit_id: IdOrEmpty
    office_id: IdOrEmpty
    post_code: Code
    post_rank: Count
    superior_person_id: IdOrEmpty
    relatives: tuple[Id, ...]
    leadership_member: YesNo
    party_head: YesNo
    valid_from: Day
    valid_to: Day | None = None
    status: Code
    version: Version


class AssignmentChanged(Event):
    """A person holds, or no longer holds, a role at an office or unit."""

    TYPE = "archive.assignment_changed"
    CONSUMERS = SERVICES

    assignment_id: Id
    person_id: Id
    role: Code
    office_id: IdOrEmpty
    unit_id: IdOrEmpty
    valid_from: Day
    valid_to: Day | None = None
    status: Code
    version: Version


class PostChanged(Event):
    """A cadre was promoted or moved to another post; to a key post, it may start the clock of a pre-post talk."""

    TYPE = "archive.post_changed"
    CONSUMERS = (INSPECTION, NOTIFICATIONS)
    CLAUSES = ("LL-2.7", "LZ-8.5", "LZ-9.9")

    person_id: Id
    old_post: Code
    new_post: Code
    adjusted_on: Day
    key_post: YesNo


class InterpretationPublished(Event):
    """A dated value or reading of a clause was set for this installation."""

    TYPE = "archive.interpretation_published"
    CONSUMERS = SERVICES
    CLAUSES = ("GL-3.3", "LZ-24.1", "LZ-25.1", "LZ-25.2")

    interpretation_id: Id
    clause: ClauseId
    name: Code
    amount: Count
    unit: Code
    bound: Code
    effective_from: Day
    version: Version


class FileArchived(Event):
    """Petition or case file archived."""

    TYPE = "archive.file_archived"
    CONSUMERS = (INTAKE, CLUES)
    CLAUSES = ("LZ-22.7",)

    file_id: Id
    source_ref: Id
    package_digest: Digest
    archived_on: Day


class OpinionRequested(Event):
    """Integrity opinion requested; clue search needed."""

    TYPE = "archive.opinion_requested"
    CONSUMERS = (CLUES, NOTIFICATIONS)
    CLAUSES = ("LZ-10.2",)

    request_id: Id
    unit_id: Id
    person_ids: tuple[Id, ...]
    purpose_code: Code


class OpinionReplied(Event):
    """Integrity opinion given."""

    TYPE = "archive.opinion_replied"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("GL-1.18", "LL-1.10", "LZ-10.1", "LZ-10.3")

    request_id: Id
    reply_no: Id
    replied_on: Day


class AccessDenied(Event):
    """Access without need refused; alert."""

    TYPE = "archive.access_denied"
    CONSUMERS = (NOTIFICATIONS,)
    CLAUSES = ("LZ-22.9",)

    actor_id: Id
    object_ref: Id
    denied_at: Instant
