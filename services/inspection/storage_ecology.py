"""What inspection keeps of a unit's political ecology (政治生态): the yearly joint study, portraits."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class EcologyStudy(SubjectColumns, InspectionBase):
    """A unit's political ecology is studied once a year by its office and the liaison office together (LZ-20.4).

    `drafter_office_id`: who wrote down the study that waits for the other office; `basis_attached`: whether its basis
    came with it; `study_count`: studies of the year that both have made.
    """

    __tablename__ = "ecology_study"
    KIND: ClassVar[str] = "ecology_study"
    ZH: ClassVar[str] = "政治生态研判"
    EN: ClassVar[str] = "study of political ecology"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "awaited": ("待研判", "awaited"),
        "drafted": ("待对方确认", "to be confirmed by the other office"),
        "judged": ("已研判", "judged"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "year",
        "drafter_office_id",
        "studied_on",
        "source_codes",
        "ecology_grade",
        "study_count",
    )

    year: Mapped[int] = mapped_column(Integer)
    drafter_office_id: Mapped[str] = mapped_column(ID, default="")
    studied_on: Mapped[date | None] = mapped_column(Date)
    source_codes: Mapped[str] = mapped_column(Text, default="")
    ecology_grade: Mapped[str] = mapped_column(CODE, default="")
    basis_attached: Mapped[int] = mapped_column(Integer, default=0)
    study_count: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        UniqueConstraint("unit_id", "year", name="ecology_study_of_unit"),
        Index("ecology_study_by_office", "office_id", "state", "opened_on", "id"),
        Index("ecology_study_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("ecology_study_by_date", "opened_on", "id"),
    )


class EcologyPortrait(SubjectColumns, InspectionBase):
    """A portrait of a unit's political ecology over a period, with what its sources had on the day (GL-1.31).

    `shown_unit_id`: the unit, of a portrait for its eyes. Counts that such a portrait leaves out are empty.
    """

    __tablename__ = "ecology_portrait"
    KIND: ClassVar[str] = "ecology_portrait"
    ZH: ClassVar[str] = "政治生态画像"
    EN: ClassVar[str] = "portrait of political ecology"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"drawn": ("已形成", "drawn")}
    SHOWN: ClassVar[tuple[str, ...]] = (
        "portrayed_from",
        "portrayed_to",
        "source_codes",
        "check_count",
        "problem_count",
        "risk_point_count",
        "control_measure_count",
    )

    portrayed_from: Mapped[date] = mapped_column(Date)
    portrayed_to: Mapped[date] = mapped_column(Date)
    source_codes: Mapped[str] = mapped_column(Text)
    shown_unit_id: Mapped[str] = mapped_column(ID, default="")
    check_count: Mapped[int | None] = mapped_column(Integer)
    problem_count: Mapped[int | None] = mapped_column(Integer)
    risk_point_count: Mapped[int] = mapped_column(Integer)
    control_measure_count: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        Index("ecology_portrait_by_office", "office_id", "state", "opened_on", "id"),
        Index("ecology_portrait_by_unit", "shown_unit_id", "opened_on", "id"),
        Index("ecology_portrait_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("ecology_portrait_by_date", "opened_on", "id"),
    )
