"""What inspection keeps of how the unit's people found a team's conduct (step 34)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class ConductAssessment(SubjectColumns, InspectionBase):
    """How the unit's people found the team's conduct (作风纪律测评): never the team's to read (XC-34.4)."""

    __tablename__ = "conduct_assessment"
    KIND: ClassVar[str] = "conduct_assessment"
    ZH: ClassVar[str] = "巡察组作风纪律测评"
    EN: ClassVar[str] = "assessment of a team's conduct"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "assessed": ("已测评,待报告", "done, to be reported"),
        "reported": ("已报领导小组", "reported to the leading group"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("engagement_id", "round_id", "team_id", "assessed_on", "reported_on")

    engagement_id: Mapped[str] = mapped_column(ID, unique=True)
    round_id: Mapped[str] = mapped_column(ID, index=True)
    team_id: Mapped[str] = mapped_column(ID)
    assessed_on: Mapped[date] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("conduct_assessment_by_office", "office_id", "state", "opened_on", "id"),
        Index("conduct_assessment_by_state", "state", "opened_on", "id"),
        Index("conduct_assessment_by_date", "opened_on", "id"),
    )
