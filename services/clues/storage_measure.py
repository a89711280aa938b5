"""What clues keeps of measures (措施): each use with its approval and document, the quarters' ledgers, the rules."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE, ID
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class Measure(SubjectColumns, CluesBase):
    """One use of a measure (LZ-16.1 to LZ-16.13): the entry of the register, from its request to its end.

    `verification_id`, `case_id`: under which it was asked for, empty in daily supervision. `group_ids`: that
    verification's or case's group on that day. `communication_data`, `property_data`: what is obtained or queried,
    where it decides who approves. `approver_role`: whose approval it has. `assistance_asked_on`,
    `assistance_answered_on`: the case supervision office's help with a query (GL-2.22).
    """

    __tablename__ = "measure"
    KIND: ClassVar[str] = "measure"
    ZH: ClassVar[str] = "措施使用"
    EN: ClassVar[str] = "use of a measure"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "requested": ("已提出", "requested"),
        "submitted": ("已送对口联系室", "submitted to the liaison office"),
        "received": ("联系室已受理", "received by the liaison office"),
        "passed_up": ("已转报", "passed on to the approving commission"),
        "approved": ("已批准", "approved"),
        "refused": ("未批准", "refused"),
        "document_issued": ("文书已出具", "document issued"),
        "executed": ("已执行", "executed"),
        "ended": ("已结束", "ended"),
        "withdrawn": ("已撤回", "withdrawn"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "clue_id",
        "measure_code",
        "stage_code",
        "target_id",
        "approver_role",
        "approved_on",
        "receipt_no",
        "document_no",
        "executed_on",
        "ended_on",
        "assistance_asked_on",
        "assistance_answered_on",
    )
    ADDED: ClassVar[dict[str, object]] = {"assistance_asked_on": None, "assistance_answered_on": None}

    clue_id: Mapped[str] = mapped_column(ID, index=True)
    verification_id: Mapped[str] = mapped_column(ID, default="")
    case_id: Mapped[str] = mapped_column(ID, default="")
    measure_code: Mapped[str] = mapped_column(CODE)
    stage_code: Mapped[str] = mapped_column(CODE)
    target_id: Mapped[str] = mapped_column(ID, default="")
    communication_data: Mapped[bool] = mapped_column(Boolean, default=False)
    property_data: Mapped[bool] = mapped_column(Boolean, default=False)
    requester_id: Mapped[str] = mapped_column(ID)
    group_ids: Mapped[str] = mapped_column(Text, default="")
    approver_role: Mapped[str] = mapped_column(CODE, default="")
    approved_on: Mapped[date | None] = mapped_column(Date)
    receipt_no: Mapped[str] = mapped_column(CODE, default="")
    received_on: Mapped[date | None] = mapped_column(Date)
    passed_to: Mapped[str] = mapped_column(CODE, default="")
    passed_on: Mapped[date | None] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    document_no: Mapped[str] = mapped_column(CODE, default="", index=True)
    issuer_code: Mapped[str] = mapped_column(CODE, default="")
    issued_on: Mapped[date | None] = mapped_column(Date)
    executed_on: Mapped[date | None] = mapped_column(Date)
    executor_code: Mapped[str] = mapped_column(CODE, default="")
    ended_on: Mapped[date | None] = mapped_column(Date)
    help_approved_on: Mapped[date | None] = mapped_column(Date)
    help_sent_on: Mapped[date | None] = mapped_column(Date)
    assistance_asked_on: Mapped[date | None] = mapped_column(Date)
    assistance_answered_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        Index("measure_by_office", "office_id", "state", "opened_on", "id"),
        Index("measure_by_handler", "handler_id", "state", "opened_on", "id"),
        Index("measure_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("measure_by_requester", "requester_id", "state", "opened_on", "id"),
        Index("measure_by_execution", "office_id", "executed_on", "id"),
        Index("measure_by_state", "state", "opened_on", "id"),
        Index("measure_by_date", "opened_on", "id"),
    )


class MeasuresLedger(SubjectColumns, CluesBase):
    """An office's measures of one quarter, as filed with its liaison office (LZ-16.14), nil returns included.

    `quarter`: `2026-Q1`. `row_count`: of the latest filing, as its head knows of them, so it is shown to nobody;
    `filings`: how many, the supplementary ones included.
    `checks`, `finding_count`: the liaison office's checks, and what the latest found (LZ-16.15).
    """

    __tablename__ = "measures_ledger"
    KIND: ClassVar[str] = "measures_ledger"
    ZH: ClassVar[str] = "措施使用季度台账"
    EN: ClassVar[str] = "measures ledger of a quarter"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("待备案", "to be filed"),
        "filed": ("已备案", "filed"),
        "supplement_due": ("待补充备案", "supplementary filing due"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = (
        "quarter",
        "filings",
        "filed_on",
        "checked_on",
        "finding_count",
        "reported_on",
    )

    quarter: Mapped[str] = mapped_column(CODE)
    row_count: Mapped[int] = mapped_column(Integer, default=0)
    filings: Mapped[int] = mapped_column(Integer, default=0)
    filed_on: Mapped[date | None] = mapped_column(Date)
    checks: Mapped[int] = mapped_column(Integer, default=0)
    checked_on: Mapped[date | None] = mapped_column(Date)
    finding_count: Mapped[int] = mapped_column(Integer, default=0)
    reported_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("office_id", "quarter", name="measures_ledger_of_quarter"),
        Index("measures_ledger_by_office", "office_id", "state", "opened_on", "id"),
        Index("measures_ledger_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("measures_ledger_by_state", "state", "opened_on", "id"),
        Index("measures_ledger_by_date", "opened_on", "id"),
    )


class MeasuresRule(SubjectColumns, CluesBase):
    """An office's internal rule on the use of measures (LZ-16.12); the latest that has begun is in force."""

    __tablename__ = "measures_rule"
    KIND: ClassVar[str] = "measures_rule"
    ZH: ClassVar[str] = "措施使用内部监督管理制度"
    EN: ClassVar[str] = "internal rule on measures"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {"filed": ("已存档", "on file")}
    SHOWN: ClassVar[tuple[str, ...]] = ("version_code", "effective_on")

    version_code: Mapped[str] = mapped_column(CODE)
    effective_on: Mapped[date] = mapped_column(Date)
    __table_args__ = (
        Index("measures_rule_by_office", "office_id", "state", "opened_on", "id"),
        Index("measures_rule_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("measures_rule_by_date", "opened_on", "id"),
    )
