"""What inspection keeps of main responsibility at work: self-checks, yearly hearings, duty records (LZ-4.5, LZ-5)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class SelfCheck(SubjectColumns, InspectionBase):
    """A unit's own check of its political ecology (政治生态自查); what it found stands in its paper."""

    __tablename__ = "self_check"
    KIND: ClassVar[str] = "self_check"
    ZH: ClassVar[str] = "政治生态自查"
    EN: ClassVar[str] = "self-check of political ecology"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"submitted": ("已报送", "submitted")}
    SHOWN: ClassVar[tuple[str, ...]] = ("meeting_id", "checked_on", "submitted_on")

    meeting_id: Mapped[str] = mapped_column(ID)
    checked_on: Mapped[date] = mapped_column(Date)
    submitted_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        Index("self_check_by_office", "office_id", "state", "opened_on", "id"),
        Index("self_check_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("self_check_by_date", "opened_on", "id"),
    )


class YearStartHearing(SubjectColumns, InspectionBase):
    """The joint hearing of a unit at the start of a year, on the year before (年初听取履责报告).

    `next_level_count`: next-level Party organisations that the unit has; `next_level_heard`: how many were heard.
    `member_ids`: members of the leadership who were heard, between commas. `unit_signer_id`, `office_signer_id`: who
    signed the record as it stands.
    """

    __tablename__ = "year_start_hearing"
    KIND: ClassVar[str] = "year_start_hearing"
    ZH: ClassVar[str] = "年初听取履责报告"
    EN: ClassVar[str] = "hearing at the start of the year"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "awaited": ("待听取", "awaited"),
        "recorded": ("已记录,待双方签字", "recorded, to be signed by both"),
        "held": ("已完成", "completed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "year",
        "next_level_count",
        "held_on",
        "member_ids",
        "next_level_heard",
        "none_code",
        "unit_signer_id",
        "office_signer_id",
    )

    year: Mapped[int] = mapped_column(Integer)
    next_level_count: Mapped[int] = mapped_column(Integer)
    held_on: Mapped[date | None] = mapped_column(Date)
    member_ids: Mapped[str] = mapped_column(Text, default="")
    next_level_heard: Mapped[int] = mapped_column(Integer, default=0)
    none_code: Mapped[str] = mapped_column(CODE, default="")
    unit_signer_id: Mapped[str] = mapped_column(ID, default="")
    office_signer_id: Mapped[str] = mapped_column(ID, default="")
    __table_args__ = (
        UniqueConstraint("unit_id", "year", name="year_start_hearing_of_unit"),
        Index("year_start_hearing_by_office", "office_id", "state", "opened_on", "id"),
        Index("year_start_hearing_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("year_start_hearing_by_date", "opened_on", "id"),
    )


class DutyRecord(SubjectColumns, InspectionBase):
    """An entry of the running record of duty performance (履责记实).

    `person_id`: the member of the leadership whose entry it is; empty for the leadership as a whole.
    """

    __tablename__ = "duty_record"
    KIND: ClassVar[str] = "duty_record"
    ZH: ClassVar[str] = "履责记实"
    EN: ClassVar[str] = "record of duty performance"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"kept": ("已记实", "kept")}
    SHOWN: ClassVar[tuple[str, ...]] = ("person_id", "performed_on")

    person_id: Mapped[str] = mapped_column(ID, default="")
    performed_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        Index("duty_record_by_office", "office_id", "state", "opened_on", "id"),
        Index("duty_record_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("duty_record_by_day", "unit_id", "performed_on"),
        Index("duty_record_by_date", "opened_on", "id"),
    )


class DutyRecordReview(SubjectColumns, InspectionBase):
    """The office looked through a unit's duty records of a period, and urged whoever kept none (LZ-5.6).

    `team_count`: members of the leadership; `kept_count`: those with an entry in the period; `missing_ids`: the others.
    """

    __tablename__ = "duty_record_review"
    KIND: ClassVar[str] = "duty_record_review"
    ZH: ClassVar[str] = "履责记实检查"
    EN: ClassVar[str] = "review of duty records"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"reviewed": ("已检查", "reviewed")}
    SHOWN: ClassVar[tuple[str, ...]] = (
        "period_from",
        "period_to",
        "team_count",
        "kept_count",
        "missing_ids",
    )

    period_from: Mapped[date] = mapped_column(Date)
    period_to: Mapped[date] = mapped_column(Date)
    team_count: Mapped[int] = mapped_column(Integer)
    kept_count: Mapped[int] = mapped_column(Integer)
    missing_ids: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("duty_record_review_by_office", "office_id", "state", "opened_on", "id"),
        Index("duty_record_review_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("duty_record_review_by_date", "opened_on", "id"),
    )
