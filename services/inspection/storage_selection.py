"""What inspection keeps of the supervision of a unit's selection procedures (选人用人监督)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class Selection(SubjectColumns, InspectionBase):
    """The supervision file of one selection procedure of a unit's Party committee (LZ-7.1).

    `stages`: those of the procedure; `opinions`: stages at which the head was heard; `communicated`: what the
    personnel department has communicated, `communicated_late`: which of it after the meeting had begun. Each
    between commas.
    """

    __tablename__ = "selection"
    KIND: ClassVar[str] = "selection"
    ZH: ClassVar[str] = "选人用人监督卷"
    EN: ClassVar[str] = "supervision file of a selection procedure"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "analysis": ("分析研判", "analysis"),
        "motion": ("酝酿动议", "motion"),
        "plan": ("工作方案", "plan"),
        "candidates": ("考察人选", "candidates"),
        "appointment": ("任用", "appointment"),
        "closed": ("监督结束", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "procedure_no",
        "stages",
        "opinions",
        "communicated",
        "communicated_late",
        "closed_on",
        "closed_by",
    )

    procedure_no: Mapped[str] = mapped_column(CODE)
    stages: Mapped[str] = mapped_column(Text)
    opinions: Mapped[str] = mapped_column(Text, default="")
    communicated: Mapped[str] = mapped_column(Text, default="")
    communicated_late: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None] = mapped_column(Date)
    closed_by: Mapped[str] = mapped_column(ID, default="")
    __table_args__ = (
        Index("selection_by_office", "office_id", "state", "opened_on", "id"),
        Index("selection_by_unit", "unit_id", "procedure_no"),
        Index("selection_by_date", "opened_on", "id"),
    )
