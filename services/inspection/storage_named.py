"""What the meetings set going: the ledger of what the secretary named (XC-32.5b)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class KeyIssue(SubjectColumns, InspectionBase):
    """A person or matter that the secretary named (书记点人点事), tracked by the inspection office until it is settled.

    A person named is a party: they and their line never know of it. `handler_id`: its owner once it is in the ledger.
    """

    __tablename__ = "key_issue"
    KIND: ClassVar[str] = "key_issue"
    ZH: ClassVar[str] = "书记点人点事"
    EN: ClassVar[str] = "person or matter that the secretary named"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "named": ("已点名,待建台账", "named, to be entered in the ledger"),
        "tracked": ("跟踪督办中", "tracked"),
        "closed": ("已销号", "settled"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "named_code", "progress_on", "closed_on")

    round_id: Mapped[str] = mapped_column(ID)
    named_code: Mapped[str] = mapped_column(CODE)
    progress_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("key_issue_by_office", "office_id", "state", "opened_on", "id"),
        Index("key_issue_of_round", "round_id", "state"),
        Index("key_issue_by_date", "opened_on", "id"),
    )
