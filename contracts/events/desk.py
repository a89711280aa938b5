"""Events of desk: accounts, sessions, keys, the installation's clock, the state of the directory."""

from contracts.events.base import SERVICES, Event
from contracts.fields import Code, Count, Digest, Id, Instant, Version


class AccountChanged(Event):
    """An account was opened, locked or closed."""

    TYPE = "desk.account_changed"
    CONSUMERS = SERVICES

    account_id: Id
    person_id: Id
    status: Code
    version: Version


class PersonKeyChanged(Event):
    """A person's public key for sealed items is in force or withdrawn."""

    TYPE = "desk.person_key_changed"
    CONSUMERS = SERVICES

    person_id: Id
    key_id: Id
    public_key: Digest
    status: Code
    version: Version


class SessionRevoked(Event):
    """A session ended before its time; its tokens are void."""

    TYPE = "desk.session_revoked"
    CONSUMERS = SERVICES

    session_id: Id
    account_id: Id
    revoked_at: Instant


class TimeAdvanced(Event):
    """The simulated clock of the installation moved forward."""

    TYPE = "desk.time_advanced"
    CONSUMERS = SERVICES

    now: Instant


class DirectoryPublished(Event):
    """How many directory records there are; a service that has fewer is not ready."""

    TYPE = "desk.directory_published"
    CONSUMERS = SERVICES

    version: Version
    persons: Count
    assignments: Count
    offices: Count
    coverages: Count
    accounts: Count


class EpochApproved(Event):
    """Two administrators open a new epoch for a service that was put back to an older state: for this restore only."""

    TYPE = "desk.epoch_approved"
    CONSUMERS = SERVICES

    service: Code
    restore_id: Id
