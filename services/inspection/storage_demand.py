"""What a team demands of the unit while it is there: that a problem be put right at once (XC-25.0a)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class RectificationDemand(SubjectColumns, InspectionBase):
    """A handling proposal with its limit (处置建议), from the team to the unit, and the unit's result."""

    __tablename__ = "rectification_demand"
    KIND: ClassVar[str] = "rectification_demand"
    ZH: ClassVar[str] = "立行立改处置建议"
    EN: ClassVar[str] = "demand of immediate rectification"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "issued": ("已提出,待整改", "issued"),
        "reported": ("单位已报结果", "result reported by the unit"),
        "closed": ("已认定结果", "result settled"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "issue_id", "due_on", "reported_on", "outcome_code")

    engagement_id: Mapped[str] = mapped_column(ID, index=True)
    team_id: Mapped[str] = mapped_column(ID)
    leader_id: Mapped[str] = mapped_column(ID)
    deputy_ids: Mapped[str] = mapped_column(Text, default="")
    staff_ids: Mapped[str] = mapped_column(Text)
    issue_id: Mapped[str] = mapped_column(ID)
    due_on: Mapped[date] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date)
    outcome_code: Mapped[str] = mapped_column(CODE, default="")
    __table_args__ = (
        Index("rectification_demand_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("rectification_demand_by_leader", "leader_id", "state", "opened_on", "id"),
        Index("rectification_demand_by_office", "office_id", "state", "opened_on", "id"),
        Index("rectification_demand_by_date", "opened_on", "id"),
    )
