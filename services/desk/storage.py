"""What the desk keeps: accounts, sessions, keys of persons, steps of the simulated clock. No business data."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.db import CODE, ID, SHA256, UtcDateTime
from services.chassis.subject import SubjectColumns


class DeskBase(DeclarativeBase):
    """Tables of the desk."""


class Account(SubjectColumns, DeskBase):
    """A sign-in account (账号) of one person. `id` is the account's name; an empty hash lets nobody in."""

    __tablename__ = "account"
    KIND: ClassVar[str] = "account"
    ZH: ClassVar[str] = "账号"
    EN: ClassVar[str] = "account"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "active": ("启用", "active"),
        "locked": ("已锁定", "locked"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("person_id", "must_change", "second_factor", "single_sign_on")
    ADDED: ClassVar[dict[str, object]] = {"second_factor": False, "oidc_issuer": None, "oidc_subject": None}

    person_id: Mapped[str] = mapped_column(ID, index=True)
    password_hash: Mapped[str] = mapped_column(String(128), default="")
    must_change: Mapped[bool] = mapped_column(Boolean, default=False)
    second_factor: Mapped[bool] = mapped_column(Boolean, default=False)
    oidc_issuer: Mapped[str | None] = mapped_column(String(255))
    oidc_subject: Mapped[str | None] = mapped_column(String(255))
    __table_args__ = (
        Index("account_by_date", "opened_on", "id"),
        UniqueConstraint("oidc_issuer", "oidc_subject", name="account_identity"),
    )

    @property
    def single_sign_on(self) -> bool:
        """Whether an identity is bound; which one, the pages do not tell."""
        return self.oidc_subject is not None


class PersonKey(SubjectColumns, DeskBase):
    """A person's key pair for sealed items (密件密钥). The private key is wrapped under the person's passphrase."""

    __tablename__ = "person_key"
    KIND: ClassVar[str] = "person_key"
    ZH: ClassVar[str] = "密件密钥"
    EN: ClassVar[str] = "key for sealed items"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"active": ("启用", "active")}
    SHOWN: ClassVar[tuple[str, ...]] = ("person_id", "public_key")

    person_id: Mapped[str] = mapped_column(ID, unique=True)
    public_key: Mapped[str] = mapped_column(CODE)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    passes: Mapped[int] = mapped_column(Integer)
    memory: Mapped[int] = mapped_column(Integer)


class TimeAdvance(SubjectColumns, DeskBase):
    """One step forward of the simulated clock (推进时间)."""

    __tablename__ = "time_advance"
    KIND: ClassVar[str] = "time_advance"
    ZH: ClassVar[str] = "推进时间"
    EN: ClassVar[str] = "step of the simulated clock"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"done": ("已推进", "done")}
    SHOWN: ClassVar[tuple[str, ...]] = ("moved_to_text",)

    moved_to: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def moved_to_text(self) -> str:
        return self.moved_to.isoformat()


class EpochOpening(SubjectColumns, DeskBase):
    """The decision that a service which was put back to an older state goes on under a new epoch (开启新纪元)."""

    __tablename__ = "epoch_opening"
    KIND: ClassVar[str] = "epoch_opening"
    ZH: ClassVar[str] = "恢复后开启新纪元"
    EN: ClassVar[str] = "new epoch of a restored service"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "proposed": ("待审批", "proposed"),
        "opened": ("已批准", "approved"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("service", "restore_id")

    service: Mapped[str] = mapped_column(CODE)
    restore_id: Mapped[str] = mapped_column(ID)


class SecondFactor(DeskBase):
    """An account's second factor. `secret` is encrypted under the desk's key; `step`: the last one that signed in."""

    __tablename__ = "second_factor"
    account_id: Mapped[str] = mapped_column(ID, primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    step: Mapped[int] = mapped_column(BigInteger)


class RecoveryCode(DeskBase):
    """One of an account's recovery codes, as a keyed digest; `used_at`: when it signed in, real time."""

    __tablename__ = "recovery_code"
    account_id: Mapped[str] = mapped_column(ID, primary_key=True)
    digest: Mapped[bytes] = mapped_column(SHA256, primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DeskSession(DeskBase):
    """A signed-in session. `id` stands in tokens and events; of the secret only its digest is kept. Real time.

    `proven_by`: what signed in (`password`, `one_time_code`, `recovery_code`). `source`: whence, shortened.
    """

    __tablename__ = "desk_session"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    secret_digest: Mapped[bytes] = mapped_column(SHA256, unique=True)
    form_token: Mapped[str] = mapped_column(CODE)
    account_id: Mapped[str] = mapped_column(ID, index=True)
    person_id: Mapped[str] = mapped_column(ID)
    assignment_id: Mapped[str] = mapped_column(ID)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proven_by: Mapped[str] = mapped_column(CODE, default="password")
    source: Mapped[str] = mapped_column(CODE, default="")


class UsedSignOn(DeskBase):
    """An attempt at single sign-on that was answered, by a digest: its answer counts once. Real time."""

    __tablename__ = "used_sign_on"
    digest: Mapped[bytes] = mapped_column(SHA256, primary_key=True)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInFailures(DeskBase):
    """Failed sign-ins of one account or one source; `key` is a digest, so that nothing typed is kept. Real time."""

    __tablename__ = "sign_in_failures"
    key: Mapped[bytes] = mapped_column(SHA256, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class DirectoryEdition(DeskBase):
    """One row: the counts of directory records that were last published."""

    __tablename__ = "directory_edition"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    persons: Mapped[int] = mapped_column(Integer)
    assignments: Mapped[int] = mapped_column(Integer)
    offices: Mapped[int] = mapped_column(Integer)
    coverages: Mapped[int] = mapped_column(Integer)
    accounts: Mapped[int] = mapped_column(Integer)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FormUpload(DeskBase):
    """An upload that a form made, by its digest: a second click finds it instead of uploading again."""

    __tablename__ = "form_upload"
    form_key: Mapped[str] = mapped_column(ID, primary_key=True)
    account_id: Mapped[str] = mapped_column(ID, primary_key=True)
    document: Mapped[str] = mapped_column(CODE, primary_key=True)
    digest: Mapped[bytes] = mapped_column(SHA256, primary_key=True)
    attachment_id: Mapped[str] = mapped_column(ID)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class RegisterColumns(DeskBase):
    """The columns of a register that somebody wants to see: codes with commas between, nothing that was typed."""

    __tablename__ = "register_columns"
    account_id: Mapped[str] = mapped_column(ID, primary_key=True)
    service: Mapped[str] = mapped_column(CODE, primary_key=True)
    path: Mapped[str] = mapped_column(CODE, primary_key=True)
    columns: Mapped[str] = mapped_column(String(2000))


class SavedFilter(DeskBase):
    """A filter of a register that somebody keeps. `id`: the form's key, so a double click keeps it once.

    `name` is the owner's own text, encrypted under a key of the account.
    """

    __tablename__ = "saved_filter"
    account_id: Mapped[str] = mapped_column(ID, primary_key=True)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    service: Mapped[str] = mapped_column(CODE)
    path: Mapped[str] = mapped_column(CODE)
    name: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(CODE, default="")
    opened_from: Mapped[str] = mapped_column(CODE, default="")
    opened_to: Mapped[str] = mapped_column(CODE, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FormDraft(DeskBase):
    """What somebody typed into a form and has not sent yet. Real time.

    `place`: a keyed digest of browser, account and form, so that no row tells of which item it is. `content` is
    encrypted under a key that the database and the service's keys do not make without the browser's part; empty once
    the form with `form_key` was carried out.
    """

    __tablename__ = "form_draft"
    place: Mapped[bytes] = mapped_column(SHA256, primary_key=True)
    account_id: Mapped[str] = mapped_column(ID, index=True)
    form_key: Mapped[str] = mapped_column(ID)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
