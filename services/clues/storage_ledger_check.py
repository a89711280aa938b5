"""What clues keeps of looking over its own ledger: monthly reconciliations, the liaison office's quarterly checks."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Date, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.db import CODE
from services.chassis.subject import SubjectColumns
from services.clues.storage import CluesBase


class LedgerReconciliation(SubjectColumns, CluesBase):
    """An office's clues of one month, totalled and held against petitions, filings and cases (LZ-12.26).

    `period`: `2026-03`. `difference_count`: how many of the totals differ.
    """

    __tablename__ = "ledger_reconciliation"
    KIND: ClassVar[str] = "ledger_reconciliation"
    ZH: ClassVar[str] = "线索台账汇总核对"
    EN: ClassVar[str] = "reconciliation of the clue ledger"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("待核对", "to be reconciled"),
        "reconciled": ("已核对", "reconciled"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("period", "reconciled_on", "difference_count")

    period: Mapped[str] = mapped_column(CODE)
    reconciled_on: Mapped[date | None] = mapped_column(Date)
    difference_count: Mapped[int] = mapped_column(Integer, default=0)
    __table_args__ = (
        UniqueConstraint("office_id", "period", name="ledger_reconciliation_of_month"),
        Index("ledger_reconciliation_by_office", "office_id", "state", "opened_on", "id"),
        Index("ledger_reconciliation_by_date", "opened_on", "id"),
    )


class ClueInspection(SubjectColumns, CluesBase):
    """The liaison office's check of how an office disposed of its clues in a quarter (LZ-12.28)."""

    __tablename__ = "clue_inspection"
    KIND: ClassVar[str] = "clue_inspection"
    ZH: ClassVar[str] = "线索处置检查"
    EN: ClassVar[str] = "check of clue dispositions"
    STATES: ClassVar[dict[str, tuple[str, str]]] = {
        "open": ("待检查", "to be checked"),
        "answer_due": ("待派驻机构答复", "findings to be answered"),
        "done": ("已完成", "done"),
    }
    SHOWN: ClassVar[tuple[str, ...]] = ("period", "inspected_on", "finding_count", "answered_on")

    period: Mapped[str] = mapped_column(CODE)
    inspected_on: Mapped[date | None] = mapped_column(Date)
    finding_count: Mapped[int] = mapped_column(Integer, default=0)
    answered_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (
        UniqueConstraint("office_id", "period", name="clue_inspection_of_quarter"),
        Index("clue_inspection_by_office", "office_id", "state", "opened_on", "id"),
        Index("clue_inspection_by_liaison", "liaison_office_id", "state", "opened_on", "id"),
        Index("clue_inspection_by_state", "state", "opened_on", "id"),
        Index("clue_inspection_by_date", "opened_on", "id"),
    )
