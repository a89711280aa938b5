"""What inspection keeps of a unit's rectification after the feedback, and of the office's support (LZ-20, LL-2.16)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class FeedbackList(SubjectColumns, InspectionBase):
    """The problems of an inspection's feedback to a unit (巡察反馈问题清单), numbered from one."""

    __tablename__ = "feedback_list"
    KIND: ClassVar[str] = "feedback_list"
    ZH: ClassVar[str] = "巡察反馈问题清单"
    EN: ClassVar[str] = "list of an inspection's feedback"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"registered": ("已登记", "registered")}
    SHOWN: ClassVar[tuple[str, ...]] = ("round_id", "feedback_on", "item_count", "closed_count")

    round_id: Mapped[str] = mapped_column(ID)
    feedback_on: Mapped[date] = mapped_column(Date)
    item_count: Mapped[int] = mapped_column(Integer)
    closed_count: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        UniqueConstraint("unit_id", "round_id", name="feedback_list_of_round"),
        Index("feedback_list_by_office", "office_id", "state", "opened_on", "id"),
        Index("feedback_list_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("feedback_list_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("feedback_list_by_date", "opened_on", "id"),
    )


class RectificationPlan(SubjectColumns, InspectionBase):
    """The unit's plan of how it puts right what was fed back (整改方案). `planned_nos`: items that it covers."""

    __tablename__ = "rectification_plan"
    KIND: ClassVar[str] = "rectification_plan"
    ZH: ClassVar[str] = "巡察整改方案"
    EN: ClassVar[str] = "rectification plan"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"filed": ("已报送", "filed")}
    SHOWN: ClassVar[tuple[str, ...]] = ("feedback_id", "round_id", "version_no", "planned_nos")

    feedback_id: Mapped[str] = mapped_column(ID, unique=True)
    round_id: Mapped[str] = mapped_column(ID)
    version_no: Mapped[int] = mapped_column(Integer, default=1)
    planned_nos: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("rectification_plan_by_office", "office_id", "state", "opened_on", "id"),
        Index("rectification_plan_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("rectification_plan_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("rectification_plan_by_date", "opened_on", "id"),
    )


class RectificationItem(SubjectColumns, InspectionBase):
    """One problem of the feedback on its way to being put right.

    `unit_ledger_no`, `office_ledger_no`: its numbers in the ledgers of main responsibility and of supervision, in both
    of which every check of it stands. `check_code`: what the office's check of what was reported last found.
    """

    __tablename__ = "rectification_item"
    KIND: ClassVar[str] = "rectification_item"
    ZH: ClassVar[str] = "巡察整改事项"
    EN: ClassVar[str] = "item of rectification"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("整改中", "open"),
        "reported": ("单位已报完成", "reported as done by the unit"),
        "closed": ("已销号", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "feedback_id",
        "item_no",
        "unit_ledger_no",
        "office_ledger_no",
        "reported_on",
        "check_code",
        "check_count",
        "checked_on",
        "closed_on",
    )

    feedback_id: Mapped[str] = mapped_column(ID, index=True)
    item_no: Mapped[int] = mapped_column(Integer)
    unit_ledger_no: Mapped[str] = mapped_column(CODE)
    office_ledger_no: Mapped[str] = mapped_column(CODE)
    reported_on: Mapped[date | None] = mapped_column(Date)
    check_code: Mapped[str] = mapped_column(CODE, default="")
    check_count: Mapped[int] = mapped_column(Integer, default=0)
    checked_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("rectification_item_by_office", "office_id", "state", "opened_on", "id"),
        Index("rectification_item_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("rectification_item_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("rectification_item_by_date", "opened_on", "id"),
    )


class InspectionSupport(SubjectColumns, InspectionBase):
    """What an office tells the inspection body of a unit to be inspected (配合巡察情况材料), from the notice on.

    `staff_ids`: the team's people at the unit, once it is given to the team. `warned_on`: when the office was warned
    that the team had entered and nothing was there.
    """

    __tablename__ = "inspection_support"
    KIND: ClassVar[str] = "inspection_support"
    ZH: ClassVar[str] = "配合巡察情况材料"
    EN: ClassVar[str] = "note in support of an inspection"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "awaited": ("待提供", "awaited"),
        "provided": ("已提供", "provided"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "round_id", "given_to", "provided_on")

    engagement_id: Mapped[str] = mapped_column(ID, unique=True)
    round_id: Mapped[str] = mapped_column(ID)
    team_id: Mapped[str] = mapped_column(ID)
    given_to: Mapped[str] = mapped_column(CODE, default="")
    staff_ids: Mapped[str] = mapped_column(Text, default="")
    provided_on: Mapped[date | None] = mapped_column(Date)
    warned_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("inspection_support_by_office", "office_id", "state", "opened_on", "id"),
        Index("inspection_support_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("inspection_support_by_state", "state", "opened_on", "id"),
        Index("inspection_support_by_date", "opened_on", "id"),
    )
