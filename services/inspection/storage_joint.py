"""What inspection keeps of joint supervision, improvements, judicial screenings and quarters of supervision (GL-1)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class JointSupervision(SubjectColumns, InspectionBase):
    """Supervision by a team of several bodies (联合监督): embedded, led by the liaison office, or of a field.

    `office_id`: who leads; `body_ids`: all bodies of the team, the lead among them; `unit_ids`: where it checks;
    `checker_ids`: its members; `exempt_ids`: members of the body under check, with a reason; `taken_steps`: steps of
    the method that were taken or do not apply; each between commas.
    """

    __tablename__ = "joint_supervision"
    KIND: ClassVar[str] = "joint_supervision"
    ZH: ClassVar[str] = "联合监督"
    EN: ClassVar[str] = "joint supervision"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "opened": ("检查中", "under way"),
        "concluded": ("已结束,待报告", "concluded, to be reported"),
        "reported": ("已报告", "reported"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "joint_type",
        "unit_ids",
        "body_ids",
        "checker_ids",
        "exempt_ids",
        "taken_steps",
        "field_code",
        "outstanding_code",
        "concluded_on",
        "reported_on",
    )

    joint_type: Mapped[str] = mapped_column(CODE)
    unit_ids: Mapped[str] = mapped_column(Text)
    body_ids: Mapped[str] = mapped_column(Text)
    checker_ids: Mapped[str] = mapped_column(Text, default="")
    exempt_ids: Mapped[str] = mapped_column(Text, default="")
    taken_steps: Mapped[str] = mapped_column(Text, default="")
    field_code: Mapped[str] = mapped_column(CODE, default="")
    outstanding_code: Mapped[str] = mapped_column(CODE, default="")
    concluded_on: Mapped[date | None] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("joint_supervision_by_office", "office_id", "state", "opened_on", "id"),
        Index("joint_supervision_by_date", "opened_on", "id"),
    )


class Improvement(SubjectColumns, InspectionBase):
    """A proposal of a joint supervision, by which the body that was checked improves its work (规范提升, GL-1.8)."""

    __tablename__ = "improvement"
    KIND: ClassVar[str] = "improvement"
    ZH: ClassVar[str] = "规范提升事项"
    EN: ClassVar[str] = "improvement"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "proposed": ("待答复", "to be answered"),
        "answered": ("规范提升中", "being improved"),
        "closed": ("已办结", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("proposed_on", "answered_on", "closed_on")

    supervision_id: Mapped[str] = mapped_column(ID)
    proposed_on: Mapped[date] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    warned_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("improvement_by_office", "office_id", "state", "opened_on", "id"),
        Index("improvement_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("improvement_by_date", "opened_on", "id"),
    )


class JudicialScreening(SubjectColumns, InspectionBase):
    """A case of a court or procuratorate that was changed or protested against, screened for signs (GL-1.24)."""

    __tablename__ = "judicial_screening"
    KIND: ClassVar[str] = "judicial_screening"
    ZH: ClassVar[str] = "改判抗诉案件排查"
    EN: ClassVar[str] = "screening of a changed or protested case"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "screened": ("已排查", "screened"),
        "clue_referred": ("已移送线索", "handed on as a clue"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("case_ref", "screened_kind", "sign_code", "screened_on")

    case_ref: Mapped[str] = mapped_column(ID)
    screened_kind: Mapped[str] = mapped_column(CODE)
    sign_code: Mapped[str] = mapped_column(CODE)
    screened_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        Index("judicial_screening_by_office", "office_id", "state", "opened_on", "id"),
        Index("judicial_screening_by_date", "opened_on", "id"),
    )


class UnitQuarter(SubjectColumns, InspectionBase):
    """What an office did at a unit in a quarter; a quarter without anything is an absence (缺位, GL-1.1)."""

    __tablename__ = "unit_quarter"
    KIND: ClassVar[str] = "unit_quarter"
    ZH: ClassVar[str] = "单位季度履职记录"
    EN: ClassVar[str] = "quarter of a unit's supervision"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "running": ("进行中", "running"),
        "over": ("已结束", "over"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("quarter", "act_count")

    quarter: Mapped[str] = mapped_column(CODE)
    act_count: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        UniqueConstraint("unit_id", "quarter", name="unit_quarter_of_unit"),
        Index("unit_quarter_by_office", "office_id", "state", "opened_on", "id"),
        Index("unit_quarter_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("unit_quarter_by_date", "opened_on", "id"),
    )
