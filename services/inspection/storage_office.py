"""What inspection keeps of the supervision of dispatched offices themselves (督查派驻机构, GL-3.21 to GL-3.25)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class SupervisionGroup(SubjectColumns, InspectionBase):
    """The leading group (督查工作领导小组, GL-3.21). `standing_key`: the same for all that stand, so that one does."""

    __tablename__ = "supervision_group"
    KIND: ClassVar[str] = "supervision_group"
    ZH: ClassVar[str] = "督查工作领导小组"
    EN: ClassVar[str] = "leading group for supervising offices"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "standing": ("已成立", "set up"),
        "dissolved": ("已撤销", "dissolved"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("head_id", "member_ids", "set_up_on")

    head_id: Mapped[str] = mapped_column(ID)
    member_ids: Mapped[str] = mapped_column(Text, default="")
    set_up_on: Mapped[date] = mapped_column(Date)
    standing_key: Mapped[str | None] = mapped_column(CODE)
    __table_args__ = (
        UniqueConstraint("standing_key", name="supervision_group_stands_once"),
        Index("supervision_group_by_date", "opened_on", "id"),
    )


class OfficeQuarter(SubjectColumns, InspectionBase):
    """A quarter's supervision of all offices (季度督查, GL-3.25): a clock for each, its id the clock's recipient.

    `checked_ids`: offices that were checked in the quarter, each once.
    """

    __tablename__ = "office_quarter"
    KIND: ClassVar[str] = "office_quarter"
    ZH: ClassVar[str] = "季度督查"
    EN: ClassVar[str] = "supervision of a quarter"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "running": ("进行中", "running"),
        "over": ("季度已结束", "the quarter is over"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("quarter", "office_ids", "checked_ids", "checked_count")

    quarter: Mapped[str] = mapped_column(CODE)
    office_ids: Mapped[str] = mapped_column(Text, default="")
    checked_ids: Mapped[str] = mapped_column(Text, default="")
    checked_count: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        UniqueConstraint("quarter", name="office_quarter_once"),
        Index("office_quarter_by_date", "opened_on", "id"),
    )


class OfficeRound(SubjectColumns, InspectionBase):
    """A round of supervision of offices (督查轮次). `staff_ids`: everybody of its teams."""

    __tablename__ = "office_round"
    KIND: ClassVar[str] = "office_round"
    ZH: ClassVar[str] = "督查轮次"
    EN: ClassVar[str] = "round of supervision of offices"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "planned": ("已部署", "planned"),
        "cancelled": ("已取消", "cancelled"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("quarter", "team_count", "staff_ids")

    quarter: Mapped[str] = mapped_column(CODE)
    team_count: Mapped[int] = mapped_column(Integer)
    staff_ids: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("office_round_by_quarter", "quarter", "state"),
        Index("office_round_by_date", "opened_on", "id"),
    )


class OfficeTeam(InspectionBase):
    """A team of a round, and the offices that it checks."""

    __tablename__ = "office_team"
    round_id: Mapped[str] = mapped_column(ID, primary_key=True)
    no: Mapped[int] = mapped_column(Integer, primary_key=True)
    staff_ids: Mapped[str] = mapped_column(Text)
    cleared_ids: Mapped[str] = mapped_column(Text, default="")
    office_ids: Mapped[str] = mapped_column(Text)


class OfficeCheck(SubjectColumns, InspectionBase):
    """What a team found at an office (派驻机构督查记录); `office_id` is the office that was checked."""

    __tablename__ = "office_check"
    KIND: ClassVar[str] = "office_check"
    ZH: ClassVar[str] = "派驻机构督查记录"
    EN: ClassVar[str] = "record of supervision of an office"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "recorded": ("已登记,待答复", "recorded, to be answered"),
        "answered": ("已答复", "answered"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "round_id",
        "team_no",
        "method_codes",
        "result_code",
        "checked_on",
        "answered_on",
    )

    round_id: Mapped[str] = mapped_column(ID, index=True)
    team_no: Mapped[int] = mapped_column(Integer)
    staff_ids: Mapped[str] = mapped_column(Text)
    method_codes: Mapped[str] = mapped_column(Text)
    result_code: Mapped[str] = mapped_column(CODE)
    checked_on: Mapped[date] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("office_check_by_office", "office_id", "state", "opened_on", "id"),
        Index("office_check_by_date", "opened_on", "id"),
    )


class OfficeOpinion(SubjectColumns, InspectionBase):
    """An opinion on an office through one of five channels, answered and traced (LZ-22.14).

    `unit_id`: the unit that gave it, if it came from one through the system.
    """

    __tablename__ = "office_opinion"
    KIND: ClassVar[str] = "office_opinion"
    ZH: ClassVar[str] = "对派驻机构的意见"
    EN: ClassVar[str] = "opinion on an office"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "received": ("待答复", "to be answered"),
        "answered": ("已答复,待回访", "answered, to be traced"),
        "traced": ("已回访", "traced"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "channel_code",
        "received_on",
        "answered_on",
        "accepted",
        "traced_on",
        "carried_out",
    )

    channel_code: Mapped[str] = mapped_column(CODE)
    received_on: Mapped[date] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    accepted: Mapped[bool | None] = mapped_column(Boolean)
    traced_on: Mapped[date | None] = mapped_column(Date)
    carried_out: Mapped[bool | None] = mapped_column(Boolean)
    __table_args__ = (
        Index("office_opinion_by_office", "office_id", "state", "opened_on", "id"),
        Index("office_opinion_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("office_opinion_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("office_opinion_by_date", "opened_on", "id"),
    )
