"""What inspection keeps of problems (问题) that daily supervision finds, until their correction is confirmed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class SupervisionProblem(SubjectColumns, InspectionBase):
    """A problem found by supervision, linked to where it was found.

    `source_kind`, `source_id`: the meeting, selection, ledger or spot check; `item_no`: the item of the
    meeting's agenda, 0 for none. `clause`: the row of the texts under which it was found.
    """

    __tablename__ = "supervision_problem"
    KIND: ClassVar[str] = "problem"
    ZH: ClassVar[str] = "监督发现的问题"
    EN: ClassVar[str] = "problem found by supervision"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "proposed": ("待确认", "to be confirmed"),
        "open": ("待整改", "to be corrected"),
        "corrected": ("已整改", "corrected"),
        "dismissed": ("不成立", "dismissed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "source_kind",
        "source_id",
        "item_no",
        "clause",
        "grade_code",
        "found_on",
        "corrected_on",
    )

    source_kind: Mapped[str] = mapped_column(CODE)
    source_id: Mapped[str] = mapped_column(ID)
    item_no: Mapped[int] = mapped_column(Integer, default=0)
    clause: Mapped[str] = mapped_column(CODE)
    grade_code: Mapped[str] = mapped_column(CODE)
    found_on: Mapped[date] = mapped_column(Date)
    corrected_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("supervision_problem_by_office", "office_id", "state", "opened_on", "id"),
        Index("supervision_problem_by_source", "source_id", "state"),
        Index("supervision_problem_by_date", "opened_on", "id"),
    )
