"""What inspection keeps so far: clues that an inspection team hands over."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns


class InspectionBase(DeclarativeBase):
    """Tables of inspection."""


class ClueHandover(SubjectColumns, InspectionBase):
    """A clue (问题线索) that a round's team found and the inspection office hands to the receiving office.

    `office_id` is the inspection office that keeps the entry, `receiver_id` the office that gets the clue.
    `found_key` keeps a clue of a round from being handed over twice.
    """

    __tablename__ = "clue_handover"
    KIND: ClassVar[str] = "clue_handover"
    ZH: ClassVar[str] = "巡察移交线索"
    EN: ClassVar[str] = "clue handed over by inspection"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"handed_over": ("已移交", "handed over")}
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "clue_no", "receiver_id", "handed_on")

    round_id: Mapped[str] = mapped_column(ID)
    clue_no: Mapped[str] = mapped_column(CODE)
    receiver_id: Mapped[str] = mapped_column(ID)
    handed_on: Mapped[date] = mapped_column(Date)
    found_key: Mapped[str] = mapped_column(Text, unique=True)
    __table_args__ = (Index("clue_handover_by_office", "office_id", "opened_on", "id"),)
