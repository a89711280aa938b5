"""The chassis's own tables, the same in every service's database."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Date, Index, Integer, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from contracts.envelope import Envelope, parse
from services.chassis.db import CODE, ID, SHA256, ChassisBase, UtcDateTime

_NOT_APPLIED = text("status <> 'applied'")


class Installation(ChassisBase):
    """One row: what this installation is. `now` is set in a simulated installation only.

    `restore_id`: this service was put back to an older state, and hands nothing on until two administrators have
    opened a new epoch for that restore; empty otherwise. `epoch_floor`: the highest epoch that anyone knows of it.
    `reference_edition`: how often the directory and the published values have changed here.
    """

    __tablename__ = "installation"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    time_mode: Mapped[str] = mapped_column(CODE)
    now: Mapped[datetime | None] = mapped_column(UtcDateTime)
    epoch: Mapped[int] = mapped_column(Integer, default=1)
    restore_id: Mapped[str] = mapped_column(ID, default="")
    epoch_floor: Mapped[int] = mapped_column(Integer, default=0)
    reference_edition: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Duty(ChassisBase):
    """A clock that an act opened (时限). Late is a flag, never a refusal."""

    __tablename__ = "duty"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    clause: Mapped[str] = mapped_column(CODE)
    value_name: Mapped[str] = mapped_column(CODE)
    value_version: Mapped[str] = mapped_column(CODE)
    subject_kind: Mapped[str] = mapped_column(CODE)
    subject_id: Mapped[str] = mapped_column(ID)
    office_id: Mapped[str] = mapped_column(ID)
    owed_role: Mapped[str] = mapped_column(CODE)
    owed_person: Mapped[str] = mapped_column(ID, default="")
    recipient: Mapped[str] = mapped_column(CODE, default="")
    counted_from: Mapped[date] = mapped_column(Date)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    counted: Mapped[str] = mapped_column(Text)
    calendar_version: Mapped[str] = mapped_column(CODE)
    provisional: Mapped[bool] = mapped_column(Boolean)
    sealed: Mapped[bool] = mapped_column(Boolean, default=False)
    status: Mapped[str] = mapped_column(CODE, default="open")
    met_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (
        Index("duty_of_subject", "subject_kind", "subject_id"),
        Index("duty_by_office", "office_id", "status", "due_at"),
        Index("duty_by_person", "owed_person", "status", "due_at"),
        # PostgreSQL: of the open ones only. SQLite would not use such a one.
        Index("duty_by_clause", "clause", "status", "subject_id", postgresql_where=text("status = 'open'")),
    )


class Paper(ChassisBase):
    """A paper (文书) filed by an act. `body` is encrypted under the case key, or to its addressee."""

    __tablename__ = "paper"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(CODE)
    subject_id: Mapped[str] = mapped_column(ID)
    act: Mapped[str] = mapped_column(CODE)
    kind: Mapped[str] = mapped_column(CODE)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_person: Mapped[str] = mapped_column(ID)
    digest: Mapped[bytes] = mapped_column(SHA256)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_to: Mapped[str] = mapped_column(ID, default="")
    __table_args__ = (Index("paper_of_subject", "subject_kind", "subject_id", "at"),)


class Attachment(ChassisBase):
    """A scan or recording. Uploaded first (unbound, its uploader's alone), bound by the act that cites it."""

    __tablename__ = "attachment"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    uploaded_by: Mapped[str] = mapped_column(ID)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    subject_kind: Mapped[str] = mapped_column(CODE, default="")
    subject_id: Mapped[str] = mapped_column(ID, default="")
    paper_id: Mapped[str] = mapped_column(ID, default="")
    media_type: Mapped[str] = mapped_column(CODE)
    size: Mapped[int] = mapped_column(Integer)
    digest: Mapped[bytes] = mapped_column(SHA256)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_to: Mapped[str] = mapped_column(ID, default="")
    __table_args__ = (Index("attachment_of_subject", "subject_kind", "subject_id"),)


class CaseKey(ChassisBase):
    """The key of one case, wrapped by the service's key. Deleting the row erases the case's content."""

    __tablename__ = "case_key"
    subject_id: Mapped[str] = mapped_column(ID, primary_key=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)


class Party(ChassisBase):
    """A person whom an item is about, by id of the roster. Drives recusal."""

    __tablename__ = "party"
    subject_kind: Mapped[str] = mapped_column(CODE, primary_key=True)
    subject_id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ID, primary_key=True)
    capacity: Mapped[str] = mapped_column(CODE, default="reported")
    __table_args__ = (Index("party_by_person", "person_id"),)


class Proposal(ChassisBase):
    """An act that waits for approvals (审批). They bind to `digest`: to this content and no other."""

    __tablename__ = "proposal"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(CODE)
    subject_id: Mapped[str] = mapped_column(ID)
    act: Mapped[str] = mapped_column(CODE)
    paper_id: Mapped[str] = mapped_column(ID)
    digest: Mapped[bytes] = mapped_column(SHA256)
    proposed_by: Mapped[str] = mapped_column(ID)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(CODE, default="pending")
    step: Mapped[int] = mapped_column(Integer, default=0)
    office_id: Mapped[str] = mapped_column(ID)
    __table_args__ = (
        Index("proposal_of_subject", "subject_kind", "subject_id", "status"),
        Index("proposal_by_office", "office_id", "status", "proposed_at"),
        Index("proposal_by_act", "status", "subject_kind", "act", "proposed_at"),
    )


class Approval(ChassisBase):
    """One decision on one step of a proposal."""

    __tablename__ = "approval"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    proposal_id: Mapped[str] = mapped_column(ID, index=True)
    step: Mapped[int] = mapped_column(Integer)
    person_id: Mapped[str] = mapped_column(ID)
    role: Mapped[str] = mapped_column(CODE)
    decision: Mapped[str] = mapped_column(CODE)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    self_initiated: Mapped[bool] = mapped_column(Boolean, default=False)


class AcceptedAct(ChassisBase):
    """An accepted act by its idempotency key; `answer` holds references only, never content."""

    __tablename__ = "accepted_act"
    account_id: Mapped[str] = mapped_column(ID, primary_key=True)
    act: Mapped[str] = mapped_column(CODE, primary_key=True)
    path: Mapped[str] = mapped_column(CODE, primary_key=True)
    key: Mapped[str] = mapped_column(CODE, primary_key=True)
    request_digest: Mapped[bytes] = mapped_column(SHA256)
    subject_kind: Mapped[str] = mapped_column(CODE)
    subject_id: Mapped[str] = mapped_column(ID)
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Gap(ChassisBase):
    """What a text asks for and nobody recorded (COMPLIANCE_GAP): a warning. `about`: id or code of what lacks it."""

    __tablename__ = "gap"
    subject_kind: Mapped[str] = mapped_column(CODE, primary_key=True)
    subject_id: Mapped[str] = mapped_column(ID, primary_key=True)
    clause: Mapped[str] = mapped_column(CODE, primary_key=True)
    about: Mapped[str] = mapped_column(ID, primary_key=True)
    act: Mapped[str] = mapped_column(CODE)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NumberSeries(ChassisBase):
    """The last number given in a series such as `petition/office-1/2026`."""

    __tablename__ = "number_series"
    series: Mapped[str] = mapped_column(CODE, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


class Outbox(ChassisBase):
    """One event for one contracted consumer. `status`: new, numbered, sent. Numbers never change."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    event_id: Mapped[str] = mapped_column(ID)
    consumer: Mapped[str] = mapped_column(CODE)
    type: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str] = mapped_column(CODE)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(CODE, default="new")
    epoch: Mapped[int | None] = mapped_column(Integer)
    sequence: Mapped[int | None] = mapped_column(BigInteger)
    previous: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        UniqueConstraint("event_id", "consumer", name="outbox_event"),
        UniqueConstraint("consumer", "epoch", "sequence", name="outbox_number"),
        Index("outbox_status", "status", "id"),
        Index("outbox_subject", "consumer", "subject", "sequence"),
    )


class StreamHead(ChassisBase):
    """Producer side: the last number given in the stream to `consumer`."""

    __tablename__ = "stream_head"
    consumer: Mapped[str] = mapped_column(CODE, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)


class Inbox(ChassisBase):
    """Consumer side: every event once.

    `status`: received, applied, parked; lapsed: it waits for an event of a closed epoch that nobody has any more.
    """

    __tablename__ = "inbox"
    producer: Mapped[str] = mapped_column(CODE, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    previous: Mapped[int] = mapped_column(BigInteger)
    event_id: Mapped[str] = mapped_column(ID)
    type: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str] = mapped_column(CODE)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(CODE, default="received")
    reason: Mapped[str] = mapped_column(CODE, default="")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        UniqueConstraint("producer", "event_id", name="inbox_event"),
        # PostgreSQL: they cost an event nothing that takes effect at once. SQLite would not use such a one.
        Index("inbox_due", "status", "next_try_at", postgresql_where=_NOT_APPLIED),
        Index("inbox_previous", "producer", "epoch", "previous", postgresql_where=_NOT_APPLIED),
    )

    @property
    def envelope(self) -> Envelope:
        """What it says; raises DamagedMessage if somebody has changed its bytes."""
        return parse(self.body)


class KnownAgain(ChassisBase):
    """Consumer side: a number of a later epoch under which an event came that is in the inbox already.

    Its producer was put back to an older state and said it a second time. The number is taken, nothing is done.
    """

    __tablename__ = "known_again"
    producer: Mapped[str] = mapped_column(CODE, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    event_id: Mapped[str] = mapped_column(ID)


class Damaged(ChassisBase):
    """A message that could not be read: its digest and size, never its content."""

    __tablename__ = "damaged_message"
    digest: Mapped[bytes] = mapped_column(SHA256, primary_key=True)
    reason: Mapped[str] = mapped_column(CODE)
    size: Mapped[int] = mapped_column(Integer)
    producer: Mapped[str] = mapped_column(CODE)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StreamPosition(ChassisBase):
    """Consumer side: everything up to `sequence` has been stored; `announced` is the producer's head.

    `closed_at`: a new epoch was opened, and of this one the producer has nothing after this number any more.
    `asked_at`: when it last moved on, or the producer was last asked for what is missing.
    """

    __tablename__ = "stream_position"
    producer: Mapped[str] = mapped_column(CODE, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    announced: Mapped[int] = mapped_column(BigInteger, default=0)
    closed_at: Mapped[int | None] = mapped_column(BigInteger)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DirectoryPerson(ChassisBase):
    """Projection of the roster: ids and codes, never a name."""

    __tablename__ = "directory_person"
    person_id: Mapped[str] = mapped_column(ID, primary_key=True)
    level: Mapped[str] = mapped_column(CODE)
    managing_authority: Mapped[str] = mapped_column(CODE)
    unit_id: Mapped[str] = mapped_column(ID)
    office_id: Mapped[str] = mapped_column(ID)
    superior_id: Mapped[str] = mapped_column(ID, index=True)
    relatives: Mapped[str] = mapped_column(Text, default="")
    leadership_member: Mapped[bool] = mapped_column(Boolean)
    party_head: Mapped[bool] = mapped_column(Boolean)
    box_key: Mapped[str] = mapped_column(CODE, default="")
    version: Mapped[int] = mapped_column(Integer)


class DirectoryAssignment(ChassisBase):
    """Projection of posts: who holds which role where, from when to when."""

    __tablename__ = "directory_assignment"
    assignment_id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ID, index=True)
    role: Mapped[str] = mapped_column(CODE)
    office_id: Mapped[str] = mapped_column(ID)
    unit_id: Mapped[str] = mapped_column(ID)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer)
    __table_args__ = (Index("directory_assignment_role", "role", "office_id"),)


class DirectoryOffice(ChassisBase):
    """Projection of offices and units."""

    __tablename__ = "directory_office"
    office_id: Mapped[str] = mapped_column(ID, primary_key=True)
    kind: Mapped[str] = mapped_column(CODE)
    liaison_office_id: Mapped[str] = mapped_column(ID)
    status: Mapped[str] = mapped_column(CODE)
    version: Mapped[int] = mapped_column(Integer)


class DirectoryCoverage(ChassisBase):
    """Projection: which dispatched office supervises which unit."""

    __tablename__ = "directory_coverage"
    unit_id: Mapped[str] = mapped_column(ID, primary_key=True)
    office_id: Mapped[str] = mapped_column(ID)
    liaison_office_id: Mapped[str] = mapped_column(ID)
    version: Mapped[int] = mapped_column(Integer)


class DirectoryAccount(ChassisBase):
    """Projection of accounts and of what was revoked."""

    __tablename__ = "directory_account"
    account_id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ID)
    status: Mapped[str] = mapped_column(CODE)
    version: Mapped[int] = mapped_column(Integer)


class PublishedValue(ChassisBase):
    """A value that this installation set by an act in `archive`, as it arrived here."""

    __tablename__ = "published_value"
    clause: Mapped[str] = mapped_column(CODE, primary_key=True)
    name: Mapped[str] = mapped_column(CODE, primary_key=True)
    effective_from: Mapped[date] = mapped_column(Date, primary_key=True)
    amount: Mapped[int] = mapped_column(Integer)
    unit: Mapped[str] = mapped_column(CODE)
    version: Mapped[str] = mapped_column(CODE)


class RevokedSession(ChassisBase):
    __tablename__ = "revoked_session"
    session_id: Mapped[str] = mapped_column(ID, primary_key=True)


class DirectoryState(ChassisBase):
    """One row: which edition of the directory is complete here, and when its owner last confirmed it."""

    __tablename__ = "directory_state"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    expected: Mapped[int] = mapped_column(Integer)
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
