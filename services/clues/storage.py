"""What clues keeps: the ledger of clues, the inquiry letters and talks, and the explanations to them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns


class CluesBase(DeclarativeBase):
    """Tables of clues."""


class Clue(SubjectColumns, CluesBase):
    """A clue (问题线索): an entry of the central ledger (LZ-12.24), from its registration to its end."""

    __tablename__ = "clue"
    KIND: ClassVar[str] = "clue"
    ZH: ClassVar[str] = "问题线索"
    EN: ClassVar[str] = "clue"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "registered": ("已登记", "registered"),
        "submission_approved": ("报送已批准", "submission approved"),
        "submitted": ("已报送案管室", "submitted to the case supervision office"),
        "disposition_approved": ("处置已批准", "disposition approved"),
        "inquiry_issued": ("已发函询", "inquiry letter issued"),
        "talk_held": ("已谈话", "talk held"),
        "explanation_received": ("已收到说明", "explanation received"),
        "close_proposed": ("拟了结(已批准)", "closing approved, to be reported"),
        "closed": ("已了结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "source",
        "petition_id",
        "subject_level",
        "disposition_code",
        "letter_no",
        "outcome_code",
        "reported_on",
    )

    source: Mapped[str] = mapped_column(CODE)
    source_ref: Mapped[str] = mapped_column(ID)
    petition_id: Mapped[str | None] = mapped_column(ID, unique=True)
    subject_level: Mapped[str] = mapped_column(CODE, default="")
    disposition_code: Mapped[str] = mapped_column(CODE, default="")
    approved_on: Mapped[date | None] = mapped_column(Date)
    letter_no: Mapped[str] = mapped_column(CODE, default="")
    asked_on: Mapped[date | None] = mapped_column(Date)
    outcome_code: Mapped[str] = mapped_column(CODE, default="")
    reported_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("source", "source_ref", name="clue_source"),
        Index("clue_by_office", "office_id", "state", "opened_on", "id"),
        Index("clue_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("clue_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("clue_by_state", "state", "opened_on", "id"),
        Index("clue_by_date", "opened_on", "id"),
    )


class InquiryLetter(CluesBase):
    """An inquiry letter (函询) as issued: to whom, with a copy to whom (LZ-13.8, LZ-13.9). Its text is a paper."""

    __tablename__ = "inquiry_letter"
    letter_no: Mapped[str] = mapped_column(CODE, primary_key=True)
    clue_id: Mapped[str] = mapped_column(ID, index=True)
    subject_id: Mapped[str] = mapped_column(ID)
    issued_on: Mapped[date] = mapped_column(Date)
    copy_person_id: Mapped[str] = mapped_column(ID)
    copy_role: Mapped[str] = mapped_column(CODE)
    copy_substituted: Mapped[bool] = mapped_column(Boolean)


class Talk(CluesBase):
    """A disposition talk (谈话) as held: with whom, by whom (LZ-13.5). What was said is a paper."""

    __tablename__ = "talk"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    clue_id: Mapped[str] = mapped_column(ID, index=True)
    subject_id: Mapped[str] = mapped_column(ID)
    held_on: Mapped[date] = mapped_column(Date)
    speaker_id: Mapped[str] = mapped_column(ID)
    speaker_role: Mapped[str] = mapped_column(CODE)


class Explanation(CluesBase):
    """An explanation (说明材料) as filed: one of the population of its year's spot check (LZ-13.10, LZ-13.11)."""

    __tablename__ = "explanation"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    clue_id: Mapped[str] = mapped_column(ID, index=True)
    office_id: Mapped[str] = mapped_column(ID)
    received_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (Index("explanation_by_office", "office_id", "received_on"),)
