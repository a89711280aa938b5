"""What inspection keeps of a unit's integrity risks (廉政风险) and of the measures that control them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class RiskPoint(SubjectColumns, InspectionBase):
    """A risk point in a unit's register (GL-1.25, LL-3.16); what it is stands in its paper.

    `shown_unit_id`: the unit, where it may know of the entry; empty for one that bears something of a case.
    `search_id`: the search that found it, `typical_case_id`: the case whose loophole it is, if any.
    """

    __tablename__ = "risk_point"
    KIND: ClassVar[str] = "risk_point"
    ZH: ClassVar[str] = "廉政风险点"
    EN: ClassVar[str] = "integrity risk point"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "registered": ("已登记,待防控", "registered, to be controlled"),
        "controlled": ("已有防控措施", "controlled"),
        "merged": ("已合并", "merged"),
        "dropped": ("不予保留", "dropped"),
        "closed": ("已销号", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "area_code",
        "level_code",
        "registered_on",
        "controlled_on",
        "merged_into",
        "closed_on",
    )

    area_code: Mapped[str] = mapped_column(CODE)
    level_code: Mapped[str] = mapped_column(CODE)
    registered_on: Mapped[date] = mapped_column(Date)
    shown_unit_id: Mapped[str] = mapped_column(ID, default="")
    search_id: Mapped[str] = mapped_column(ID, default="")
    typical_case_id: Mapped[str] = mapped_column(ID, default="")
    controlled_on: Mapped[date | None] = mapped_column(Date)
    merged_into: Mapped[str] = mapped_column(ID, default="")
    closed_on: Mapped[date | None] = mapped_column(Date)
    warned_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("risk_point_by_office", "office_id", "state", "opened_on", "id"),
        Index("risk_point_by_unit", "shown_unit_id", "opened_on", "id"),
        Index("risk_point_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("risk_point_by_day", "office_id", "registered_on"),
        Index("risk_point_by_search", "search_id"),
        Index("risk_point_by_date", "opened_on", "id"),
    )


class ControlMeasure(SubjectColumns, InspectionBase):
    """A measure that controls one risk point or several (防控措施, GL-1.13). `point_ids`: each between commas."""

    __tablename__ = "control_measure"
    KIND: ClassVar[str] = "control_measure"
    ZH: ClassVar[str] = "防控措施"
    EN: ClassVar[str] = "control measure"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"set": ("已制定", "set")}
    SHOWN: ClassVar[tuple[str, ...]] = ("point_ids", "set_on")

    point_ids: Mapped[str] = mapped_column(Text)
    set_on: Mapped[date] = mapped_column(Date)
    shown_unit_id: Mapped[str] = mapped_column(ID, default="")
    __table_args__ = (
        Index("control_measure_by_office", "office_id", "state", "opened_on", "id"),
        Index("control_measure_by_unit", "shown_unit_id", "opened_on", "id"),
        Index("control_measure_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("control_measure_by_day", "office_id", "set_on"),
        Index("control_measure_by_date", "opened_on", "id"),
    )
