"""What inspection keeps of full searches for risks, special matters and core powers (LL-3.14 to LL-3.18, GL-1.21)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class RiskSearch(SubjectColumns, InspectionBase):
    """A full search of a unit for risks (全方位排查, LL-3.17), or for the loopholes of a typical case (GL-1.23).

    `source_ref`: the complaint or case by the number that its register has.
    """

    __tablename__ = "risk_search"
    KIND: ClassVar[str] = "risk_search"
    ZH: ClassVar[str] = "廉政风险全面排查"
    EN: ClassVar[str] = "full search for risks"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "case_marked": ("典型个案,待办结", "typical case, not closed yet"),
        "called_for": ("待排查", "called for"),
        "searching": ("排查中", "searching"),
        "concluded": ("已办结", "concluded"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "search_ground",
        "source_ref",
        "called_on",
        "began_on",
        "case_closed_on",
        "concluded_on",
    )

    search_ground: Mapped[str] = mapped_column(CODE)
    source_ref: Mapped[str] = mapped_column(ID, default="")
    called_on: Mapped[date] = mapped_column(Date)
    began_on: Mapped[date | None] = mapped_column(Date)
    case_closed_on: Mapped[date | None] = mapped_column(Date)
    concluded_on: Mapped[date | None] = mapped_column(Date)
    warned_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("risk_search_by_office", "office_id", "state", "opened_on", "id"),
        Index("risk_search_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("risk_search_by_date", "opened_on", "id"),
    )


class SpecialMatter(SubjectColumns, InspectionBase):
    """A matter on the list of special matters (专题监督事项清单, LL-3.18).

    `source_kinds`, `source_ids`: what it was drawn from, one for one, each between commas (LL-3.15). `check_ids`:
    the special supervisions of it.
    """

    __tablename__ = "special_matter"
    KIND: ClassVar[str] = "special_matter"
    ZH: ClassVar[str] = "专题监督事项"
    EN: ClassVar[str] = "special matter"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "listed": ("已列入清单,待监督", "listed, to be supervised"),
        "supervised": ("监督中", "under supervision"),
        "closed": ("已销号", "closed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "listed_on",
        "source_kinds",
        "source_ids",
        "check_ids",
        "closed_on",
    )

    listed_on: Mapped[date] = mapped_column(Date)
    source_kinds: Mapped[str] = mapped_column(Text)
    source_ids: Mapped[str] = mapped_column(Text)
    check_ids: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None] = mapped_column(Date)
    warned_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("special_matter_by_office", "office_id", "state", "opened_on", "id"),
        Index("special_matter_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("special_matter_by_date", "opened_on", "id"),
    )


class CorePower(SubjectColumns, InspectionBase):
    """A core power of a unit with its key links (核心权力、关键环节, GL-1.21).

    `point_ids`: risk points of the unit's register that it is linked to, between commas.
    """

    __tablename__ = "core_power"
    KIND: ClassVar[str] = "core_power"
    ZH: ClassVar[str] = "核心权力"
    EN: ClassVar[str] = "core power"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "mapped": ("已梳理", "mapped"),
        "reviewed": ("已复核", "reviewed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("point_ids", "reviewed_on")

    point_ids: Mapped[str] = mapped_column(Text, default="")
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("core_power_by_office", "office_id", "state", "opened_on", "id"),
        Index("core_power_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("core_power_by_date", "opened_on", "id"),
    )
