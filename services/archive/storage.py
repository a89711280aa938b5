"""What archive keeps: persons and posts, volumes with their sealed packages, values set for this installation."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.db import CODE, ID, UtcDateTime
from services.chassis.subject import SubjectColumns


class ArchiveBase(DeclarativeBase):
    """Tables of archive."""


class Person(SubjectColumns, ArchiveBase):
    """A person of the roster (名册): an official, or staff of an office. Rows are never deleted (LZ-22.12).

    `name` is encrypted under the person's case key. `keeper` is the post that keeps the entry. `relatives`:
    ids, comma-separated and sorted; kept the same both ways.
    """

    __tablename__ = "person"
    KIND: ClassVar[str] = "person"
    ZH: ClassVar[str] = "名册人员"
    EN: ClassVar[str] = "person of the roster"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "active": ("在册", "on the roster"),
        "left": ("已离任", "left"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("level", "post_code", "post_title", "superior_id", "keeper")

    name: Mapped[bytes] = mapped_column(LargeBinary)
    level: Mapped[str] = mapped_column(CODE)
    managing_authority: Mapped[str] = mapped_column(CODE)
    post_code: Mapped[str] = mapped_column(CODE)
    post_title: Mapped[str] = mapped_column(CODE, default="")
    post_rank: Mapped[int] = mapped_column(Integer, default=0)
    superior_id: Mapped[str] = mapped_column(ID, default="")
    relatives: Mapped[str] = mapped_column(Text, default="")
    leadership_member: Mapped[bool] = mapped_column(Boolean, default=False)
    party_head: Mapped[bool] = mapped_column(Boolean, default=False)
    keeper: Mapped[str] = mapped_column(CODE)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("person_by_unit", "unit_id", "id"),
        Index("person_by_keeper", "keeper", "opened_on", "id"),
    )


class NamePair(ArchiveBase):
    """Two characters of a person's name that stand side by side, as a keyed digest: the search index.

    Who has the database without the key sees which persons share a pair, and how often; no single character is
    indexed, because surnames are few enough to be told by their frequency.
    """

    __tablename__ = "name_pair"
    pair: Mapped[str] = mapped_column(CODE, primary_key=True)
    person_id: Mapped[str] = mapped_column(ID, primary_key=True, index=True)


class Assignment(SubjectColumns, ArchiveBase):
    """A post (任职): who holds which role where, from when to when (both days included)."""

    __tablename__ = "assignment"
    KIND: ClassVar[str] = "assignment"
    ZH: ClassVar[str] = "任职"
    EN: ClassVar[str] = "post held"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "proposed": ("待审批", "proposed"),
        "held": ("在任", "held"),
        "ended": ("已免", "ended"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("person_id", "role")

    person_id: Mapped[str] = mapped_column(ID, index=True)
    role: Mapped[str] = mapped_column(CODE)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    held_key: Mapped[str | None] = mapped_column(Text, unique=True)


class Volume(SubjectColumns, ArchiveBase):
    """A volume (案卷): the sealed package of a closed item, stored as it came (LZ-22.7)."""

    __tablename__ = "volume"
    KIND: ClassVar[str] = "volume"
    ZH: ClassVar[str] = "案卷"
    EN: ClassVar[str] = "volume"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "expected": ("待接收", "expected"),
        "damaged": ("移交包损坏", "package damaged"),
        "received": ("已接收", "received"),
        "incomplete": ("材料不全", "incomplete"),
        "archived": ("已归档", "archived"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "source_service", "source_kind", "source_ref", "package_digest", "retention", "archived_on", "retain_until",
        "paper_count", "attachment_count", "entries", "size",
    )  # fmt: skip

    source_service: Mapped[str] = mapped_column(CODE)
    source_kind: Mapped[str] = mapped_column(CODE)
    source_ref: Mapped[str] = mapped_column(ID, index=True)
    package_digest: Mapped[str] = mapped_column(CODE, unique=True)
    retention: Mapped[str] = mapped_column(CODE)
    closed_on: Mapped[date] = mapped_column(Date)
    archived_on: Mapped[date | None] = mapped_column(Date)
    retain_until: Mapped[date | None] = mapped_column(Date)
    paper_count: Mapped[int] = mapped_column("papers", Integer, default=0)
    attachment_count: Mapped[int] = mapped_column("attachments", Integer, default=0)
    entries: Mapped[int] = mapped_column(Integer, default=0)
    size: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        Index("volume_by_state", "state", "opened_on", "id"),
        Index("volume_by_office", "office_id", "opened_on", "id"),
    )


class SealedPackage(ArchiveBase):
    """The ciphertext of a volume, as it was fetched; its SHA-256 is the volume's `package_digest`."""

    __tablename__ = "sealed_package"
    volume_id: Mapped[str] = mapped_column(ID, primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Fetch(ArchiveBase):
    """A package that is still to be fetched: its lease and its ladder (real time). Deleted once it is here."""

    __tablename__ = "fetch"
    volume_id: Mapped[str] = mapped_column(ID, primary_key=True)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    was_damaged: Mapped[bool] = mapped_column(Boolean, default=False)


class Interpretation(SubjectColumns, ArchiveBase):
    """A value of a clause that this installation sets for itself, with its citation (LZ-24.1).

    `text_version` names the clause's text as it stood; `published_key` keeps two values from one day.
    """

    __tablename__ = "interpretation"
    KIND: ClassVar[str] = "interpretation"
    ZH: ClassVar[str] = "解释及生效说明"
    EN: ClassVar[str] = "value in force"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "proposed": ("待审批", "proposed"),
        "published": ("已公布", "published"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "clause", "name", "amount", "unit", "effective_from", "citation", "number", "text_version", "published_on",
    )  # fmt: skip

    clause: Mapped[str] = mapped_column(CODE, index=True)
    name: Mapped[str] = mapped_column(CODE)
    amount: Mapped[int] = mapped_column(Integer)
    unit: Mapped[str] = mapped_column(CODE)
    bound: Mapped[str] = mapped_column(CODE)
    effective_from: Mapped[date] = mapped_column(Date)
    citation: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(Integer, default=0)
    text_version: Mapped[str] = mapped_column(CODE)
    published_on: Mapped[date | None] = mapped_column(Date)
    published_key: Mapped[str | None] = mapped_column(Text, unique=True)
