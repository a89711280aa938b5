"""What inspection keeps of integrity talks (廉政谈话), interviews (约谈) and assessments of the key few (LZ-8)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class IntegrityTalk(SubjectColumns, InspectionBase):
    """A talk of a dispatched office with a person of a unit, or with several at once (廉政谈话).

    `person_id`: empty of a collective talk, whose `attendee_ids` are between commas. `speaker_role`: the post in
    which it was led. `post_talk_id`: the pre-post talk that it is, if any.
    """

    __tablename__ = "integrity_talk"
    KIND: ClassVar[str] = "integrity_talk"
    ZH: ClassVar[str] = "廉政谈话"
    EN: ClassVar[str] = "integrity talk"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "planned": ("已计划", "planned"),
        "held": ("已谈话,待归档", "held, to be filed"),
        "filed": ("已归档", "filed"),
        "called_off": ("已取消", "called off"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "talk_type",
        "person_id",
        "speaker_id",
        "speaker_role",
        "planned_on",
        "held_on",
        "attendee_ids",
    )

    talk_type: Mapped[str] = mapped_column(CODE)
    person_id: Mapped[str] = mapped_column(ID, default="")
    speaker_id: Mapped[str] = mapped_column(ID)
    speaker_role: Mapped[str] = mapped_column(CODE)
    planned_on: Mapped[date] = mapped_column(Date)
    held_on: Mapped[date | None] = mapped_column(Date)
    attendee_ids: Mapped[str] = mapped_column(Text, default="")
    post_talk_id: Mapped[str] = mapped_column(ID, default="")
    __table_args__ = (
        Index("integrity_talk_by_office", "office_id", "state", "opened_on", "id"),
        Index("integrity_talk_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("integrity_talk_by_day", "office_id", "held_on"),
        Index("integrity_talk_by_person", "person_id", "talk_type"),
        Index("integrity_talk_by_date", "opened_on", "id"),
    )


class TalkYear(SubjectColumns, InspectionBase):
    """An office's talks of a year (年度谈话覆盖): with whom they are owed and were held (LZ-8.4, LL-3.10).

    `key_post_ids`: who holds a key post, as the office named them. `roster_ids`: persons of LZ-8.3 on 31 December,
    fixed when the year is over. `covered_permille`: share of them who were talked to, in thousandths.
    """

    __tablename__ = "talk_year"
    KIND: ClassVar[str] = "talk_year"
    ZH: ClassVar[str] = "年度谈话覆盖"
    EN: ClassVar[str] = "coverage of talks in a year"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("进行中", "open"),
        "fixed": ("名单已固定,待关闭", "the year is over, to be closed"),
        "closed": ("已关闭", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "year",
        "key_post_ids",
        "roster_ids",
        "roster_count",
        "covered_count",
        "covered_permille",
        "missing_ids",
        "exception_ids",
        "checkpoint_on",
        "closed_on",
    )

    year: Mapped[int] = mapped_column(Integer)
    key_post_ids: Mapped[str] = mapped_column(Text, default="")
    roster_ids: Mapped[str] = mapped_column(Text, default="")
    roster_count: Mapped[int] = mapped_column(Integer, default=0)
    covered_count: Mapped[int] = mapped_column(Integer, default=0)
    covered_permille: Mapped[int] = mapped_column(Integer, default=0)
    missing_ids: Mapped[str] = mapped_column(Text, default="")
    exception_ids: Mapped[str] = mapped_column(Text, default="")
    checkpoint_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("office_id", "year", name="talk_year_of_office"),
        Index("talk_year_by_office", "office_id", "state", "opened_on", "id"),
        Index("talk_year_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("talk_year_by_date", "opened_on", "id"),
    )


class PostTalk(SubjectColumns, InspectionBase):
    """A pre-post talk that is owed: somebody was promoted or moved to a key post (任前廉政谈话, LZ-8.5)."""

    __tablename__ = "post_talk"
    KIND: ClassVar[str] = "post_talk"
    ZH: ClassVar[str] = "任前廉政谈话事项"
    EN: ClassVar[str] = "pre-post talk that is owed"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "awaited": ("待谈话", "awaited"),
        "done": ("已谈话", "done"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("person_id", "new_post", "adjusted_on", "talk_id", "talked_on")

    person_id: Mapped[str] = mapped_column(ID)
    new_post: Mapped[str] = mapped_column(CODE)
    adjusted_on: Mapped[date] = mapped_column(Date)
    talk_id: Mapped[str] = mapped_column(ID, default="")
    talked_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("person_id", "new_post", "adjusted_on", name="post_talk_of_change"),
        Index("post_talk_by_office", "office_id", "state", "opened_on", "id"),
        Index("post_talk_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("post_talk_by_date", "opened_on", "id"),
    )


class FormalInterview(SubjectColumns, InspectionBase):
    """An interview (约谈) with a person of a unit; of district-managed cadres only with the commission's approval.

    `needs_approval`: whether LZ-8.2 or the commission's own decision stands before it. `approval_ref`: the paper that
    the commission approved.
    """

    __tablename__ = "formal_interview"
    KIND: ClassVar[str] = "formal_interview"
    ZH: ClassVar[str] = "约谈"
    EN: ClassVar[str] = "interview of a cadre"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "planned": ("已计划", "planned"),
        "approved": ("已批准", "approved"),
        "held": ("已约谈", "held"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "ground_code",
        "person_id",
        "needs_approval",
        "approval_ref",
        "approved_on",
        "held_on",
    )

    ground_code: Mapped[str] = mapped_column(CODE)
    person_id: Mapped[str] = mapped_column(ID)
    needs_approval: Mapped[bool] = mapped_column(Boolean)
    approval_ref: Mapped[str] = mapped_column(ID, default="")
    approved_on: Mapped[date | None] = mapped_column(Date)
    held_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("formal_interview_by_office", "office_id", "state", "opened_on", "id"),
        Index("formal_interview_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("formal_interview_by_date", "opened_on", "id"),
    )


class KeyFewAssessment(SubjectColumns, InspectionBase):
    """An assessment of a member of the key few (关键少数) of a unit; what it says stands in its paper (HS-4.8)."""

    __tablename__ = "key_few_assessment"
    KIND: ClassVar[str] = "key_few_assessment"
    ZH: ClassVar[str] = "关键少数访谈评估"
    EN: ClassVar[str] = "assessment of the key few"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"assessed": ("已评估", "assessed")}
    SHOWN: ClassVar[tuple[str, ...]] = ("person_id", "assessed_on")

    person_id: Mapped[str] = mapped_column(ID)
    assessed_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        Index("key_few_assessment_by_office", "office_id", "state", "opened_on", "id"),
        Index("key_few_assessment_by_date", "opened_on", "id"),
    )
