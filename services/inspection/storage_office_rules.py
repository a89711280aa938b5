"""What inspection keeps of rules that offices work by: assignments, docking meetings, screenings (GL-1.29, GL-3)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class UnitAssignment(SubjectColumns, InspectionBase):
    """Who of an office works with a unit (联系单位分工, GL-1.29)."""

    __tablename__ = "unit_assignment"
    KIND: ClassVar[str] = "unit_assignment"
    ZH: ClassVar[str] = "联系单位分工"
    EN: ClassVar[str] = "assignment to a unit"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "assigned": ("已确定", "assigned"),
        "declaration_asked": ("待申报利益冲突", "declaration asked for"),
        "declared": ("已申报,待确认", "declared, to be confirmed"),
        "conflict_declared": ("申报有应当回避的情形", "conflict declared"),
        "ended": ("已终止", "ended"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("person_id", "assigned_on", "ended_on")

    person_id: Mapped[str] = mapped_column(ID)
    assigned_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("unit_assignment_by_office", "office_id", "state", "opened_on", "id"),
        Index("unit_assignment_by_person", "person_id", "unit_id", "state"),
        Index("unit_assignment_by_date", "opened_on", "id"),
    )


class DockingMeeting(SubjectColumns, InspectionBase):
    """Offices meet on a unit's integrity: a dispatched one and one of the commission (廉情分析对接会, GL-3.8).

    Or an office's own analysis meeting (廉情分析会, GL-1.22), with the liaison office as the other side.
    `reported_on`: the day on which the report was drawn from the minutes.
    """

    __tablename__ = "docking_meeting"
    KIND: ClassVar[str] = "docking_meeting"
    ZH: ClassVar[str] = "廉情分析(对接)会"
    EN: ClassVar[str] = "analysis or docking meeting on integrity"
    ADDED: ClassVar[dict[str, object]] = {"participant_ids": "", "reported_on": None}
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "held": ("已召开", "held"),
        "reported": ("已形成报告", "report drawn"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "commission_office_id",
        "period",
        "held_on",
        "participant_ids",
        "reported_on",
    )

    commission_office_id: Mapped[str] = mapped_column(ID)
    period: Mapped[str] = mapped_column(CODE)
    held_on: Mapped[date] = mapped_column(Date)
    participant_ids: Mapped[str] = mapped_column(Text, default="")
    reported_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("docking_meeting_by_office", "office_id", "state", "opened_on", "id"),
        Index("docking_meeting_by_other_side", "commission_office_id", "state", "opened_on", "id"),
        Index("docking_meeting_by_date", "opened_on", "id"),
    )


class RiskScreening(SubjectColumns, InspectionBase):
    """A unit's screening of its integrity risks, closed with what stood in its register (GL-3.10).

    `point_count`, `measure_count`: of the period, what the unit may know of.
    """

    __tablename__ = "risk_screening"
    KIND: ClassVar[str] = "risk_screening"
    ZH: ClassVar[str] = "廉政风险排查"
    EN: ClassVar[str] = "risk screening"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"closed": ("已完成", "closed")}
    SHOWN: ClassVar[tuple[str, ...]] = ("screened_from", "screened_to", "point_count", "measure_count")

    screened_from: Mapped[date] = mapped_column(Date)
    screened_to: Mapped[date] = mapped_column(Date)
    point_count: Mapped[int] = mapped_column(Integer)
    measure_count: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        Index("risk_screening_by_office", "office_id", "state", "opened_on", "id"),
        Index("risk_screening_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("risk_screening_by_date", "opened_on", "id"),
    )
