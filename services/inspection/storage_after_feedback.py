"""What inspection keeps of rectification after a feedback, and of the report on it to the county committee."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class Rectification(SubjectColumns, InspectionBase):
    """How one unit puts right what was fed back to it (巡察整改): from the feedback to the end of its disclosure.

    `issue_ids`: the problems, in the order of their numbers. `before_roles`: sections that were asked and may know.
    `asked`, `forms`: sections asked, and heard, on what waits for the office's reply now. `report_kinds`: reports that
    have come in since the last reply; `solved_nos`, `unsolved`: numbers of problems; each between commas. `plan_on` is
    the first plan's arrival, which stays the one measured; `late_days` working days by which it was late.
    """

    __tablename__ = "rectification"
    KIND: ClassVar[str] = "rectification"
    ZH: ClassVar[str] = "巡察整改"
    EN: ClassVar[str] = "rectification after a feedback"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "feedback_delivered": ("已反馈,待报整改方案", "fed back, plan awaited"),
        "plan_received": ("整改方案已收", "plan received"),
        "plan_returned": ("整改方案已退回修改", "plan returned"),
        "rectifying": ("整改中", "being put right"),
        "reports_received": ("双报告已收", "both reports received"),
        "rectification_returned": ("双报告已退回修改", "reports returned"),
        "rectification_accepted": ("双报告已认可", "reports accepted"),
        "disclosed": ("整改情况已公开", "disclosed"),
        "summarised": ("已列入报县委的报告", "in the report to the county committee"),
        "followed_up": ("已跟踪回访", "followed up"),
        "closed": ("已办结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "engagement_id",
        "feedback_on",
        "issue_count",
        "plan_on",
        "late_days",
        "plan_version",
        "asked",
        "forms",
        "speaker_ids",
        "life_held_on",
        "life_reported_on",
        "report_kinds",
        "solved_nos",
        "unsolved",
        "disclose_by",
        "circles",
        "visit_on",
    )

    engagement_id: Mapped[str] = mapped_column(ID)
    round_id: Mapped[str] = mapped_column(ID, index=True)
    feedback_on: Mapped[date] = mapped_column(Date)
    issue_ids: Mapped[str] = mapped_column(Text)
    issue_count: Mapped[int] = mapped_column(Integer)
    before_roles: Mapped[str] = mapped_column(Text, default="")
    plan_on: Mapped[date | None] = mapped_column(Date)
    late_days: Mapped[int] = mapped_column(Integer, default=0)
    plan_version: Mapped[int] = mapped_column(Integer, default=0)
    asked: Mapped[str] = mapped_column(Text, default="")
    forms: Mapped[str] = mapped_column(Text, default="")
    speaker_ids: Mapped[str] = mapped_column(Text, default="")
    life_held_on: Mapped[date | None] = mapped_column(Date)
    life_reported_on: Mapped[date | None] = mapped_column(Date)
    report_kinds: Mapped[str] = mapped_column(Text, default="")
    solved_nos: Mapped[str] = mapped_column(Text, default="")
    unsolved: Mapped[str] = mapped_column(Text, default="")
    disclose_by: Mapped[date | None] = mapped_column(Date)
    circles: Mapped[str] = mapped_column(Text, default="")
    visit_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("engagement_id", name="rectification_of_engagement"),
        Index("rectification_by_office", "office_id", "state", "opened_on", "id"),
        Index("rectification_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("rectification_by_state", "state", "opened_on", "id"),
        Index("rectification_by_date", "opened_on", "id"),
    )


class RectificationSummary(SubjectColumns, InspectionBase):
    """A round's report to the county committee (XC-44.0a): drafted by the office, sent in the leading group's name.

    `failed_units`: units that failed their duty, as pairs `unit/code` between commas.
    """

    __tablename__ = "rectification_summary"
    KIND: ClassVar[str] = "rectification_summary"
    ZH: ClassVar[str] = "整改情况报告"
    EN: ClassVar[str] = "report on a round's rectification"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("已起草", "drafted"),
        "reported": ("已报县委", "before the county committee"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "unit_count",
        "clues_total",
        "clues_closed",
        "reported_on",
    )

    round_id: Mapped[str] = mapped_column(ID, index=True)
    unit_count: Mapped[int] = mapped_column(Integer)
    failed_units: Mapped[str] = mapped_column(Text, default="")
    clues_total: Mapped[int] = mapped_column(Integer)
    clues_closed: Mapped[int] = mapped_column(Integer)
    before_roles: Mapped[str] = mapped_column(Text, default="")
    reported_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("rectification_summary_by_state", "state", "opened_on", "id"),
        Index("rectification_summary_by_date", "opened_on", "id"),
    )


class AccountabilityProposal(SubjectColumns, InspectionBase):
    """The leading group's proposal to hold a unit to account (问责建议, XC-44.0b): not the office's to read."""

    __tablename__ = "accountability_proposal"
    KIND: ClassVar[str] = "accountability_proposal"
    ZH: ClassVar[str] = "问责建议"
    EN: ClassVar[str] = "proposal to hold to account"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "drafted": ("已拟定", "drafted"),
        "proposed": ("已随报告提出", "proposed with the report"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "failed_duty")

    round_id: Mapped[str] = mapped_column(ID)
    failed_duty: Mapped[str] = mapped_column(CODE)
    before_roles: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        UniqueConstraint("round_id", "unit_id", name="accountability_of_unit"),
        Index("accountability_proposal_by_date", "opened_on", "id"),
    )
