"""What inspection keeps of a unit's important matters: its list, its meetings, opinions, reports on them (LZ-6)."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Boolean, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID, UtcDateTime
from services.chassis.subject import SubjectColumns
from services.inspection.storage import InspectionBase


class ImportantsList(SubjectColumns, InspectionBase):
    """A unit's list of its important matters (三重一大事项清单): one a unit, in versions (LZ-6.1).

    `boundaries`: amounts by kind and business area, as `domain.boundaries` writes them (LZ-6.2).
    """

    __tablename__ = "importants_list"
    KIND: ClassVar[str] = "importants_list"
    ZH: ClassVar[str] = "三重一大事项清单"
    EN: ClassVar[str] = "list of important matters"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "in_force": ("有效", "in force"),
        "withdrawn": ("已停用", "no longer in force"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("version_no", "effective_on", "boundaries")

    version_no: Mapped[int] = mapped_column(Integer)
    effective_on: Mapped[date] = mapped_column(Date)
    boundaries: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        Index("importants_list_by_office", "office_id", "state", "opened_on", "id"),
        Index("importants_list_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("importants_list_by_date", "opened_on", "id"),
    )


class Meeting(SubjectColumns, InspectionBase):
    """A meeting of a unit that its dispatched office attends, or from which it gets the minutes (LZ-6.3, LL-1.14).

    `opens_at`: empty while it is only expected. `scoped_nos`, `decided_nos`, `checked_nos`: numbers of the agenda's
    items that are important matters, that were decided, whose implementation was checked; each between commas.
    `supervised_items`: important matters of an attended meeting (GL-1.9). `unrecorded_on`, `minutes_asked_on`: when
    the office was warned that nothing, or no minutes, are on record.
    """

    __tablename__ = "meeting"
    KIND: ClassVar[str] = "meeting"
    ZH: ClassVar[str] = "单位会议"
    EN: ClassVar[str] = "meeting of a unit"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "expected": ("待通知", "expected, not announced"),
        "announced": ("已通知", "announced"),
        "attended": ("已参加(列席)", "attended"),
        "absent": ("未参加,已登记原因", "not attended, reason on record"),
        "decided": ("已作出决策", "decided"),
        "followed_up": ("已检查落实", "implementation checked"),
        "cancelled": ("已取消", "cancelled"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "kind_code",
        "opens_at",
        "round_id",
        "item_count",
        "scoped_nos",
        "materials_code",
        "capacity_code",
        "attended_on",
        "supervised_items",
        "minutes_on",
        "decided_nos",
        "checked_nos",
        "self_check_no",
    )

    kind_code: Mapped[str] = mapped_column(CODE)
    opens_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    round_id: Mapped[str] = mapped_column(ID, default="")
    item_count: Mapped[int] = mapped_column(Integer, default=0)
    scoped_nos: Mapped[str] = mapped_column(Text, default="")
    decided_nos: Mapped[str] = mapped_column(Text, default="")
    checked_nos: Mapped[str] = mapped_column(Text, default="")
    materials_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    materials_code: Mapped[str] = mapped_column(CODE, default="")
    attended_on: Mapped[date | None] = mapped_column(Date)
    attendee_id: Mapped[str] = mapped_column(ID, default="")
    capacity_code: Mapped[str] = mapped_column(CODE, default="")
    supervised_items: Mapped[int] = mapped_column(Integer, default=0)
    minutes_on: Mapped[date | None] = mapped_column(Date)
    self_check_no: Mapped[str] = mapped_column(CODE, default="")
    unrecorded_on: Mapped[date | None] = mapped_column(Date)
    minutes_asked_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("meeting_by_office", "office_id", "state", "opened_on", "id"),
        Index("meeting_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("meeting_by_state", "state", "opens_at"),
        Index("meeting_by_date", "opened_on", "id"),
    )


class AgendaItem(InspectionBase):
    """An item of a meeting's agenda. `amount`: yuan. `in_scope`: an important matter by the unit's own boundaries."""

    __tablename__ = "agenda_item"
    meeting_id: Mapped[str] = mapped_column(ID, primary_key=True)
    no: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind_code: Mapped[str] = mapped_column(CODE)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    in_scope: Mapped[bool] = mapped_column(Boolean)


class SupervisionOpinion(SubjectColumns, InspectionBase):
    """A supervision opinion (监督意见) on an item, which the unit answers (LZ-6.4). `line_count`: opinions in it."""

    __tablename__ = "supervision_opinion"
    KIND: ClassVar[str] = "supervision_opinion"
    ZH: ClassVar[str] = "监督意见"
    EN: ClassVar[str] = "supervision opinion"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "issued": ("已发出,待答复", "issued, to be answered"),
        "answered": ("已答复", "answered"),
        "withdrawn": ("已撤回", "withdrawn"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("meeting_id", "item_no", "line_count", "issued_on", "answered_on")

    meeting_id: Mapped[str] = mapped_column(ID, index=True)
    item_no: Mapped[int] = mapped_column(Integer)
    line_count: Mapped[int] = mapped_column(Integer)
    issued_on: Mapped[date] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("supervision_opinion_by_office", "office_id", "state", "opened_on", "id"),
        Index("supervision_opinion_by_unit", "unit_id", "state", "opened_on", "id"),
        Index("supervision_opinion_by_date", "opened_on", "id"),
    )


class ImportantsReport(SubjectColumns, InspectionBase):
    """A report on this supervision: through the liaison office, or of an urgent matter at once (LZ-6.11, LZ-6.12).

    `meeting_ids`: the meetings that it is on. `commission_id`: the commission's office once the report is before it.
    """

    __tablename__ = "importants_report"
    KIND: ClassVar[str] = "importants_report"
    ZH: ClassVar[str] = "三重一大监督情况报告"
    EN: ClassVar[str] = "report on the supervision of important matters"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "sent": ("已报联系室", "sent to the liaison office"),
        "received": ("联系室已签收", "received by the liaison office"),
        "forwarded": ("已报委", "forwarded to the commission"),
        "reported_directly": ("已直接报委", "reported directly"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "urgent",
        "meeting_ids",
        "discovered_at",
        "sent_on",
        "received_on",
        "forwarded_on",
    )

    urgent: Mapped[bool] = mapped_column(Boolean)
    commission_id: Mapped[str] = mapped_column(ID, default="")
    meeting_ids: Mapped[str] = mapped_column(Text, default="")
    discovered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_on: Mapped[date] = mapped_column(Date)
    received_on: Mapped[date | None] = mapped_column(Date)
    forwarded_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("importants_report_by_office", "office_id", "state", "opened_on", "id"),
        Index("importants_report_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("importants_report_by_commission", "commission_id", "state", "opened_on", "id"),
        Index("importants_report_by_date", "opened_on", "id"),
    )


class BusinessLedgerFiling(SubjectColumns, InspectionBase):
    """A ledger of a unit's own business for a period: approvals, penalties, projects, funds (LL-2.21)."""

    __tablename__ = "business_ledger"
    KIND: ClassVar[str] = "business_ledger"
    ZH: ClassVar[str] = "单位业务台账"
    EN: ClassVar[str] = "business ledger of a unit"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"filed": ("已提供", "filed")}
    SHOWN: ClassVar[tuple[str, ...]] = ("kind_code", "period_from", "period_to", "entry_count")

    kind_code: Mapped[str] = mapped_column(CODE)
    period_from: Mapped[date] = mapped_column(Date)
    period_to: Mapped[date] = mapped_column(Date)
    entry_count: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        Index("business_ledger_by_office", "office_id", "opened_on", "id"),
        Index("business_ledger_by_unit", "unit_id", "opened_on", "id"),
        Index("business_ledger_by_date", "opened_on", "id"),
    )


class FilingQuarter(SubjectColumns, InspectionBase):
    """What a second-level unit owes for one quarter: its meetings filed, or that there were none (LZ-6.9)."""

    __tablename__ = "filing_quarter"
    KIND: ClassVar[str] = "filing_quarter"
    ZH: ClassVar[str] = "二级单位季度报备"
    EN: ClassVar[str] = "filing of a second-level unit's quarter"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "awaited": ("待报备", "awaited"),
        "filed": ("已报备", "filed"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("quarter", "filed_on")

    quarter: Mapped[str] = mapped_column(CODE)
    filed_on: Mapped[date | None] = mapped_column(Date)
    reminded_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("unit_id", "quarter", name="filing_quarter_of_unit"),
        Index("filing_quarter_by_office", "office_id", "state", "opened_on", "id"),
        Index("filing_quarter_by_date", "opened_on", "id"),
    )


class SubunitFiling(SubjectColumns, InspectionBase):
    """What a second-level unit filed of the meetings that it held in a period (二级单位报备, LZ-6.9)."""

    __tablename__ = "subunit_filing"
    KIND: ClassVar[str] = "subunit_filing"
    ZH: ClassVar[str] = "二级单位报备"
    EN: ClassVar[str] = "filing of a second-level unit"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"filed": ("已报备", "filed")}
    SHOWN: ClassVar[tuple[str, ...]] = ("period_from", "period_to", "nil", "meeting_count", "item_count")

    period_from: Mapped[date] = mapped_column(Date)
    period_to: Mapped[date] = mapped_column(Date)
    nil: Mapped[bool] = mapped_column(Boolean)
    meeting_count: Mapped[int] = mapped_column(Integer)
    item_count: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        Index("subunit_filing_by_office", "office_id", "period_to", "id"),
        Index("subunit_filing_by_unit", "unit_id", "period_to", "id"),
        Index("subunit_filing_by_date", "opened_on", "id"),
    )


class FilingCheck(SubjectColumns, InspectionBase):
    """An office's spot check of a quarter's filings (报备抽查, LZ-6.10): drawn once, by a seed that is kept."""

    __tablename__ = "filing_check"
    KIND: ClassVar[str] = "filing_check"
    ZH: ClassVar[str] = "报备抽查"
    EN: ClassVar[str] = "spot check of filings"
    HAS_GAPS: ClassVar[bool] = True
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("待抽取", "to be drawn"),
        "drawn": ("已抽取,待检查", "drawn, to be checked"),
        "checked": ("已检查", "checked"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "quarter",
        "population_ids",
        "sample_ids",
        "seed",
        "drawn_by",
        "drawn_on",
        "checked_on",
        "problem_count",
    )

    quarter: Mapped[str] = mapped_column(CODE)
    population_ids: Mapped[str] = mapped_column(Text, default="")
    sample_ids: Mapped[str] = mapped_column(Text, default="")
    seed: Mapped[str] = mapped_column(CODE, default="")
    drawn_by: Mapped[str] = mapped_column(ID, default="")
    drawn_on: Mapped[date | None] = mapped_column(Date)
    checked_on: Mapped[date | None] = mapped_column(Date)
    problem_count: Mapped[int] = mapped_column(Integer, default=0)
    warned_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("office_id", "quarter", name="filing_check_of_quarter"),
        Index("filing_check_by_office", "office_id", "state", "opened_on", "id"),
        Index("filing_check_by_date", "opened_on", "id"),
    )
