"""What clues keeps of its work with units: cases that law enforcement opened, checks, opinions asked for."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class EnforcementCase(SubjectColumns, CluesBase):
    """A case that law enforcement opened on a leading cadre of a unit, and its report to two offices (LZ-12.23).

    `known_on`: the day on which the dispatched office learned of it; its clock counts from there.
    """

    __tablename__ = "enforcement_case"
    KIND: ClassVar[str] = "enforcement_case"
    ZH: ClassVar[str] = "执法机关立案情况"
    EN: ClassVar[str] = "case opened by law enforcement"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "known": ("待报送", "to be reported"),
        "reported": ("已报送", "reported"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("known_on", "reported_on")

    known_on: Mapped[date] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("enforcement_case_by_office", "office_id", "state", "opened_on", "id"),
        Index("enforcement_case_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("enforcement_case_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("enforcement_case_by_state", "state", "opened_on", "id"),
        Index("enforcement_case_by_date", "opened_on", "id"),
    )


class UnitOrgCheck(SubjectColumns, CluesBase):
    """Guidance to, or a check of, a unit's discipline organisation, and its answer to the findings (LZ-21.7)."""

    __tablename__ = "unit_org_check"
    KIND: ClassVar[str] = "unit_org_check"
    ZH: ClassVar[str] = "机关纪检组织指导检查"
    EN: ClassVar[str] = "check of a unit's discipline organisation"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "answer_due": ("待机关纪检组织答复", "findings to be answered"),
        "done": ("已完成", "done"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("lever", "held_on", "finding_count", "answered_on")

    lever: Mapped[str] = mapped_column(CODE)
    held_on: Mapped[date] = mapped_column(Date)
    finding_count: Mapped[int] = mapped_column(Integer, default=0)
    answered_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("unit_org_check_by_office", "office_id", "state", "opened_on", "id"),
        Index("unit_org_check_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("unit_org_check_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("unit_org_check_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("unit_org_check_by_state", "state", "opened_on", "id"),
        Index("unit_org_check_by_date", "opened_on", "id"),
    )


class UnitOrgOpinion(SubjectColumns, CluesBase):
    """What a unit's discipline organisation asks the office before it concludes a matter of its own (LZ-21.8)."""

    __tablename__ = "unit_org_opinion"
    KIND: ClassVar[str] = "unit_org_opinion"
    ZH: ClassVar[str] = "单位处理意见征求意见"
    EN: ClassVar[str] = "opinion asked by a unit's discipline organisation"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "asked": ("待派驻机构答复", "asked"),
        "given": ("已答复", "opinion given"),
        "handled": ("已作出处理", "handling recorded"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("matter_code", "asked_on", "opinion_code", "given_on", "handled_on")

    matter_code: Mapped[str] = mapped_column(CODE)
    asked_on: Mapped[date] = mapped_column(Date)
    opinion_code: Mapped[str] = mapped_column(CODE, default="")
    given_on: Mapped[date | None] = mapped_column(Date)
    handled_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("unit_org_opinion_by_office", "office_id", "state", "opened_on", "id"),
        Index("unit_org_opinion_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("unit_org_opinion_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("unit_org_opinion_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("unit_org_opinion_by_state", "state", "opened_on", "id"),
        Index("unit_org_opinion_by_date", "opened_on", "id"),
    )
