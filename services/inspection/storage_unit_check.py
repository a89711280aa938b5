"""What inspection keeps of supervision checks (监督检查) and of units' lists of main responsibility (LZ-4, LZ-5)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class UnitCheck(SubjectColumns, InspectionBase):
    """A check of a unit by its office; what it found stands in its paper.

    `focus_code`: the focal point of a check on leading cadres. `list_id`, `task_no`: the task of a list of main
    responsibility that was checked, with `result_code`. `problem_id`: the problem that was found, if any.
    """

    __tablename__ = "unit_check"
    KIND: ClassVar[str] = "unit_check"
    ZH: ClassVar[str] = "单位监督检查"
    EN: ClassVar[str] = "check of a unit"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"recorded": ("已记录", "recorded")}
    SHOWN: ClassVar[tuple[str, ...]] = (
        "check_type",
        "focus_code",
        "checked_on",
        "list_id",
        "task_no",
        "result_code",
        "problem_id",
    )

    check_type: Mapped[str] = mapped_column(CODE)
    focus_code: Mapped[str] = mapped_column(CODE, default="")
    checked_on: Mapped[date] = mapped_column(Date)
    list_id: Mapped[str] = mapped_column(ID, default="")
    task_no: Mapped[int] = mapped_column(Integer, default=0)
    result_code: Mapped[str] = mapped_column(CODE, default="")
    problem_id: Mapped[str] = mapped_column(ID, default="")
    __table_args__ = (
        Index("unit_check_by_office", "office_id", "state", "opened_on", "id"),
        Index("unit_check_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("unit_check_by_unit", "unit_id", "checked_on"),
        Index("unit_check_by_date", "opened_on", "id"),
    )


class ResponsibilityList(SubjectColumns, InspectionBase):
    """A list of main responsibility (主体责任清单) of a unit, in its versions (LZ-5.1).

    `owner_scope`: whose it is; a unit may have several. `drawn_up_on`: from when its first version held; that of the
    version in force is `effective_on`. `task_count`, `checked_count`: tasks, and how many of them were checked.
    """

    __tablename__ = "responsibility_list"
    KIND: ClassVar[str] = "responsibility_list"
    ZH: ClassVar[str] = "主体责任清单"
    EN: ClassVar[str] = "list of main responsibility"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "in_force": ("执行中", "in force"),
        "withdrawn": ("已停用", "no longer in force"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "owner_scope",
        "version_no",
        "drawn_up_on",
        "effective_on",
        "task_count",
        "checked_count",
    )

    owner_scope: Mapped[str] = mapped_column(CODE)
    version_no: Mapped[int] = mapped_column(Integer, default=1)
    drawn_up_on: Mapped[date] = mapped_column(Date)
    effective_on: Mapped[date] = mapped_column(Date)
    task_count: Mapped[int] = mapped_column(Integer)
    checked_count: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        Index("responsibility_list_by_office", "office_id", "state", "opened_on", "id"),
        Index("responsibility_list_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("responsibility_list_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("responsibility_list_by_day", "office_id", "drawn_up_on"),
        Index("responsibility_list_by_date", "opened_on", "id"),
    )


class ResponsibilityTask(InspectionBase):
    """A task of the version of a list that is in force: its owner, how far it is, what its last check found."""

    __tablename__ = "responsibility_task"
    list_id: Mapped[str] = mapped_column(ID, primary_key=True)
    no: Mapped[int] = mapped_column(Integer, primary_key=True)
    owner_id: Mapped[str] = mapped_column(ID)
    status_code: Mapped[str] = mapped_column(CODE)
    checked_on: Mapped[date | None] = mapped_column(Date)
    result_code: Mapped[str] = mapped_column(CODE, default="")
