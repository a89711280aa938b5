"""What archive keeps of integrity files: one for each person, and its entries, which nothing overwrites (LZ-9.2)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.archive.storage import ArchiveBase
from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns


class IntegrityFile(SubjectColumns, ArchiveBase):
    """The integrity file (廉政档案) of one person; its office is the one that supervised their unit when it was opened.

    `entries`: how many facts are in it; `latest_on`: the day of the last of them.
    """

    __tablename__ = "integrity_file"
    KIND: ClassVar[str] = "integrity_file"
    ZH: ClassVar[str] = "廉政档案"
    EN: ClassVar[str] = "integrity file"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"open": ("在用", "open")}
    SHOWN: ClassVar[tuple[str, ...]] = ("person_id", "entries", "latest_on")

    person_id: Mapped[str] = mapped_column(ID, unique=True)
    entries: Mapped[int] = mapped_column(Integer, default=0)
    latest_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("integrity_file_by_office", "office_id", "opened_on", "id"),
        Index("integrity_file_by_date", "opened_on", "id"),
    )


class IntegrityEntry(ArchiveBase):
    """One fact: its kind, the item that it comes from, and its code; the same fact is entered once."""

    __tablename__ = "integrity_entry"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    file_id: Mapped[str] = mapped_column(ID)
    kind_code: Mapped[str] = mapped_column(CODE)
    source_ref: Mapped[str] = mapped_column(ID, index=True)
    code: Mapped[str] = mapped_column(CODE, default="")
    form_code: Mapped[str] = mapped_column(CODE, default="")
    decided_by: Mapped[str] = mapped_column(CODE, default="")
    happened_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("file_id", "kind_code", "source_ref", "code", name="integrity_entry_of_fact"),
    )
