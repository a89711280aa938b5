"""What notifications keeps: the register of offices, notices with their proof, the clocks of all services."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.db import CODE, ID, UtcDateTime
from services.chassis.subject import SubjectColumns

NAME = String(200)
DESK, MAIL = "desk", "mail"


class NotificationsBase(DeclarativeBase):
    """Tables of notifications."""


class Office(SubjectColumns, NotificationsBase):
    """An office or unit of the register; its id is its code. Names stay here, for display."""

    __tablename__ = "office"
    KIND: ClassVar[str] = "office"
    ZH: ClassVar[str] = "机构"
    EN: ClassVar[str] = "office"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "active": ("在用", "active"), "removed": ("撤销", "removed"),
    }  # fmt: skip
    SHOWN: ClassVar[tuple[str, ...]] = ("office_kind", "name_zh", "name_en", "parent_id", "liaison_office_id")

    office_kind: Mapped[str] = mapped_column(CODE)
    name_zh: Mapped[str] = mapped_column(NAME)
    name_en: Mapped[str] = mapped_column(NAME, default="")
    parent_id: Mapped[str] = mapped_column(ID, default="")
    valid_from: Mapped[date] = mapped_column(Date)


class Coverage(SubjectColumns, NotificationsBase):
    """Which dispatched office supervises a unit; its id is the unit's code."""

    __tablename__ = "coverage"
    KIND: ClassVar[str] = "coverage"
    ZH: ClassVar[str] = "监督单位归口"
    EN: ClassVar[str] = "coverage of a unit"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"in_force": ("有效", "in force")}
    SHOWN: ClassVar[tuple[str, ...]] = ("liaison_office_id",)

    valid_from: Mapped[date] = mapped_column(Date)


class Notice(SubjectColumns, NotificationsBase):
    """One notice (通知) to one person on one channel, from `due` to its proof."""

    __tablename__ = "notice"
    KIND: ClassVar[str] = "notice"
    ZH: ClassVar[str] = "通知"
    EN: ClassVar[str] = "notice"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "due": ("待送达", "to be delivered"),
        "sending": ("正在送出", "being handed to the mail server"),
        "delivered": ("已送达", "delivered"),
        "unknown": ("结果不明", "not known whether delivered"),
        "failed": ("未能送达", "could not be delivered"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("channel", "sent", "delivered", "read", "answered")

    notice_id: Mapped[str] = mapped_column(ID)
    template: Mapped[str] = mapped_column(CODE)
    clause: Mapped[str] = mapped_column(CODE)
    producer: Mapped[str] = mapped_column(CODE)
    subject_ref: Mapped[str] = mapped_column(ID)
    role: Mapped[str] = mapped_column(CODE, default="")
    channel: Mapped[str] = mapped_column(CODE)
    sealed: Mapped[bool] = mapped_column(Boolean)
    due_on: Mapped[date | None] = mapped_column(Date)
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    response_digest: Mapped[str] = mapped_column(CODE, default="")
    queue_code: Mapped[str] = mapped_column(CODE, default="")
    proof: Mapped[str] = mapped_column(CODE, default="")
    __table_args__ = (
        UniqueConstraint("notice_id", "addressee_id", "channel", name="notice_once"),
        Index("notice_inbox", "addressee_id", "channel", "placed_at", "id"),
        Index("notice_of_item", "subject_ref", "addressee_id"),
        Index("notice_by_state", "channel", "state", "placed_at"),
    )

    @property
    def sent(self) -> str | None:
        """When it was put on the desk, or handed to the mail server."""
        return _iso(self.placed_at if self.channel == DESK else self.delivered_at)

    @property
    def delivered(self) -> str | None:
        return _iso(self.delivered_at)

    @property
    def read(self) -> str | None:
        return _iso(self.shown_at)

    @property
    def answered(self) -> str | None:
        return _iso(self.acknowledged_at)


class MailJob(NotificationsBase):
    """The work of sending one mail: attempts and lease, in real time. Gone once the mail's end is known."""

    __tablename__ = "mail_job"
    notice: Mapped[str] = mapped_column(ID, primary_key=True)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    claim: Mapped[str] = mapped_column(ID, default="")
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    content_begun: Mapped[bool] = mapped_column(Boolean, default=False)


class MailAddress(NotificationsBase):
    """Where an account's mail goes; loaded with the account, and never in an event."""

    __tablename__ = "mail_address"
    account_id: Mapped[str] = mapped_column(ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(ID, index=True)
    address: Mapped[str] = mapped_column(String(320))


class WaitingNotice(NotificationsBase):
    """A notice that nobody could be found for (a vacant post): looked at again until somebody holds it."""

    __tablename__ = "waiting_notice"
    notice_id: Mapped[str] = mapped_column(ID, primary_key=True)
    producer: Mapped[str] = mapped_column(CODE)
    body: Mapped[str] = mapped_column(Text)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class ServiceDuty(NotificationsBase):
    """A clock of some service, as its events tell it. Times are business time; `next_at`: the ladder's next step."""

    __tablename__ = "service_duty"
    duty_id: Mapped[str] = mapped_column(ID, primary_key=True)
    producer: Mapped[str] = mapped_column(CODE)
    clause: Mapped[str] = mapped_column(CODE)
    subject_ref: Mapped[str] = mapped_column(ID, index=True)
    office_id: Mapped[str] = mapped_column(ID)
    owed_role: Mapped[str] = mapped_column(CODE)
    owed_person: Mapped[str] = mapped_column(ID, default="")
    addressee_person: Mapped[str] = mapped_column(ID, default="")
    recipient: Mapped[str] = mapped_column(CODE, default="")
    recused: Mapped[str] = mapped_column(Text, default="")
    opened_on: Mapped[date] = mapped_column(Date)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    warn: Mapped[str] = mapped_column(Text)
    warned_roles: Mapped[str] = mapped_column(Text, default="")
    provisional: Mapped[bool] = mapped_column(Boolean)
    sealed: Mapped[bool] = mapped_column(Boolean)
    digest_only: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[str] = mapped_column(CODE, default="open")
    met_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late: Mapped[bool] = mapped_column(Boolean, default=False)
    reached_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    overdue_steps: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        Index("service_duty_next", "next_at", "duty_id"),
        Index("service_duty_by_office", "office_id", "status", "due_at", "duty_id"),
        Index("service_duty_by_person", "owed_person", "status", "due_at", "duty_id"),
        Index("service_duty_digest", "digest_only", "status", "office_id", "due_at"),
    )

    @property
    def recused_persons(self) -> frozenset[str]:
        return frozenset(filter(None, self.recused.split(",")))


class OfficeDigest(NotificationsBase):
    """When an office's (or, of sealed rows, a handler's) next digest of overdue imported rows is due."""

    __tablename__ = "office_digest"
    office_id: Mapped[str] = mapped_column(ID, primary_key=True)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Handoff(NotificationsBase):
    """A hand-off between services that was seen here: references only."""

    __tablename__ = "handoff"
    event_id: Mapped[str] = mapped_column(ID, primary_key=True)
    type: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str] = mapped_column(String(128))
    subject_ref: Mapped[str] = mapped_column(ID)
    clauses: Mapped[str] = mapped_column(Text)
    office_id: Mapped[str] = mapped_column(ID)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = (Index("handoff_of_item", "subject_ref", "at"), Index("handoff_by_type", "type"))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
