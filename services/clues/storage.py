"""What clues keeps: the ledger of clues, letters, talks and explanations, and preliminary verifications."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from services.chassis.db import CODE, ID, UtcDateTime
from services.chassis.subject import SubjectColumns


class CluesBase(DeclarativeBase):
    """Tables of clues."""


class Clue(SubjectColumns, CluesBase):
    """A clue (问题线索): an entry of the central ledger (LZ-12.24), from its registration to its end.

    `form_code`: which of the four forms its handling counts to; a sanction has one of its own. `ended_on`: the day
    of that handling, or of its case's end.
    """

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
        "verification": ("初步核实中", "under preliminary verification"),
        "close_proposed": ("拟了结(已批准)", "closing approved, to be reported"),
        "handling_proposed": ("拟处理(已批准)", "handling approved, to be reported"),
        "filing_proposed": ("拟立案", "filing of a case proposed"),
        "referral_proposed": ("拟移送", "referral proposed"),
        "case_opened": ("已转案件办理", "a case is opened"),
        "closed": ("已了结", "closed"),
        "handled": ("已处理", "handled"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "source",
        "petition_id",
        "subject_level",
        "disposition_code",
        "letter_no",
        "outcome_code",
        "form_code",
        "reported_on",
    )
    ADDED: ClassVar[dict[str, object]] = {"form_code": "", "ended_on": None}

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
    form_code: Mapped[str] = mapped_column(CODE, default="")
    ended_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("source", "source_ref", name="clue_source"),
        Index("clue_by_office", "office_id", "state", "opened_on", "id"),
        Index("clue_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("clue_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("clue_by_state", "state", "opened_on", "id"),
        Index("clue_by_date", "opened_on", "id"),
        Index("clue_by_no", "no"),
        Index("clue_by_end", "office_id", "ended_on"),
    )


class InquiryLetter(CluesBase):
    """An inquiry letter (函询) as issued: to whom, with a copy to whom (LZ-13.8, LZ-13.9). Its text is a paper."""

    __tablename__ = "inquiry_letter"
    letter_no: Mapped[str] = mapped_column(CODE, primary_key=True)
    clue_id: Mapped[str] = mapped_column(ID, index=True)
    subject_id: Mapped[str] = mapped_column(ID)
    issued_on: Mapped[date] = mapped_column(Date, index=True)
    copy_person_id: Mapped[str] = mapped_column(ID)
    copy_role: Mapped[str] = mapped_column(CODE)
    copy_substituted: Mapped[bool] = mapped_column(Boolean)


class Talk(CluesBase):
    """A disposition talk (谈话) as held: with whom, by whom (LZ-13.5). What was said is a paper."""

    __tablename__ = "talk"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    clue_id: Mapped[str] = mapped_column(ID, index=True)
    subject_id: Mapped[str] = mapped_column(ID)
    held_on: Mapped[date] = mapped_column(Date, index=True)
    speaker_id: Mapped[str] = mapped_column(ID)
    speaker_role: Mapped[str] = mapped_column(CODE)


class Entrustment(CluesBase):
    """A talk entrusted to a unit's Party head, with approval; `held_on`: once the talk was held (LZ-13.7)."""

    __tablename__ = "entrustment"
    talk_id: Mapped[str] = mapped_column(ID, primary_key=True)
    clue_id: Mapped[str] = mapped_column(ID, index=True)
    entrusted_id: Mapped[str] = mapped_column(ID)
    entrusted_on: Mapped[date] = mapped_column(Date)
    held_on: Mapped[date | None] = mapped_column(Date)


class Explanation(CluesBase):
    """An explanation (说明材料) as filed: one of the population of its year's spot check (LZ-13.10, LZ-13.11)."""

    __tablename__ = "explanation"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    clue_id: Mapped[str] = mapped_column(ID, index=True)
    office_id: Mapped[str] = mapped_column(ID)
    received_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (Index("explanation_by_office", "office_id", "received_on"),)


class SpotCheck(SubjectColumns, CluesBase):
    """The spot check of an office's explanations of one year (抽查核实, LZ-13.11).

    `seed`: of every draw of the year, in hex; `drawn`: how many are drawn. `received`, `verified`, `required`: the
    figures as the last checkpoint or the closing counted them.
    """

    __tablename__ = "spot_check"
    KIND: ClassVar[str] = "spot_check"
    ZH: ClassVar[str] = "说明材料年度抽查"
    EN: ClassVar[str] = "spot check of a year"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("进行中", "open"),
        "closed": ("已结项", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("year", "seed", "drawn", "received", "verified", "required")

    year: Mapped[int] = mapped_column(Integer)
    seed: Mapped[str] = mapped_column(CODE, default="")
    drawn: Mapped[int] = mapped_column(Integer, default=0)
    received: Mapped[int] = mapped_column(Integer, default=0)
    verified: Mapped[int] = mapped_column(Integer, default=0)
    required: Mapped[int] = mapped_column(Integer, default=0)
    checkpoint_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("office_id", "year", name="spot_check_of_year"),
        Index("spot_check_by_office", "office_id", "state", "opened_on", "id"),
        Index("spot_check_by_date", "opened_on", "id"),
    )


class SpotCheckDraw(CluesBase):
    """One draw: `population` holds the ids drawn from, each between commas; with the year's seed it is repeated."""

    __tablename__ = "spot_check_draw"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    spot_check_id: Mapped[str] = mapped_column(ID, index=True)
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    population: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)


class ExplanationCheck(SubjectColumns, CluesBase):
    """An explanation that was drawn, and what its check found (LZ-13.12). Its handler is the checker."""

    __tablename__ = "explanation_check"
    KIND: ClassVar[str] = "explanation_check"
    ZH: ClassVar[str] = "说明材料抽查核实"
    EN: ClassVar[str] = "check of an explanation"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drawn": ("已抽中", "drawn"),
        "assigned": ("核实中", "being verified"),
        "checked": ("已核实", "verified"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("clue_id", "explanation_id", "result_code", "checked_at")

    spot_check_id: Mapped[str] = mapped_column(ID, index=True)
    explanation_id: Mapped[str] = mapped_column(ID, unique=True)
    clue_id: Mapped[str] = mapped_column(ID, index=True)
    result_code: Mapped[str] = mapped_column(CODE, default="")
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        Index("explanation_check_by_office", "office_id", "state", "opened_on", "id"),
        Index("explanation_check_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("explanation_check_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("explanation_check_by_state", "state", "opened_on", "id"),
        Index("explanation_check_by_date", "opened_on", "id"),
    )


class Verification(SubjectColumns, CluesBase):
    """A preliminary verification (初步核实) of a clue (LZ-14.1 to LZ-14.10).

    `group_ids`: the group as its plan in force names it, the lead among them. `reported_at`, `liaison_received_at`,
    `commission_received_at`: when the report left the office, and when it came to each of its two readers.
    `answers`: how often the commission returned it and the liaison office passed that back. `eight_point`: it found a
    suspected breach of the eight-point rules, so that handling is pre-checked (LZ-19.5).
    """

    __tablename__ = "verification"
    KIND: ClassVar[str] = "verification"
    ZH: ClassVar[str] = "初步核实"
    EN: ClassVar[str] = "preliminary verification"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "opened": ("待拟方案", "to be planned"),
        "planned": ("方案已拟", "planned, not approved"),
        "approved": ("已批准", "approved"),
        "in_progress": ("核实中", "in progress"),
        "studied": ("已集体研究", "collectively studied"),
        "report_approved": ("报告已批准", "report approved by the head"),
        "reported": ("已报联系室", "submitted through the liaison office"),
        "at_liaison": ("联系室已收", "received by the liaison office"),
        "commission_approved": ("监委已批准", "approved by the commission"),
        "concluded": ("已结束", "concluded"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "clue_id",
        "capacity",
        "plan_version",
        "lead_id",
        "approved_on",
        "proposal_code",
        "outcome_code",
        "eight_point",
        "reported_at",
        "liaison_received_at",
        "commission_received_at",
    )
    ADDED: ClassVar[dict[str, object]] = {"eight_point": False}

    clue_id: Mapped[str] = mapped_column(ID, index=True)
    capacity: Mapped[str] = mapped_column(CODE, default="")
    plan_version: Mapped[int] = mapped_column(Integer, default=0)
    lead_id: Mapped[str] = mapped_column(ID, default="")
    group_ids: Mapped[str] = mapped_column(Text, default="")
    approved_on: Mapped[date | None] = mapped_column(Date)
    started_on: Mapped[date | None] = mapped_column(Date)
    studied_on: Mapped[date | None] = mapped_column(Date)
    report_paper: Mapped[str] = mapped_column(ID, default="")
    proposal_code: Mapped[str] = mapped_column(CODE, default="")
    outcome_code: Mapped[str] = mapped_column(CODE, default="")
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    liaison_received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    commission_received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answers: Mapped[int] = mapped_column(Integer, default=0)
    eight_point: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (
        Index("verification_by_office", "office_id", "state", "opened_on", "id"),
        Index("verification_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("verification_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("verification_by_state", "state", "opened_on", "id"),
        Index("verification_by_date", "opened_on", "id"),
    )
