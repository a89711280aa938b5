"""What clues does at the start of a month and of a quarter: its periodic duties go on, nil returns included.

The ledgers of measures (LZ-16.14), the reconciliations (LZ-12.26) and the liaison office's checks (LZ-12.28).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin, look
from services.clues.acts.ledger_check import CONTINUE_INSPECTION, CONTINUE_RECONCILIATION
from services.clues.acts.measures_ledger import continue_ledger
from services.clues.domain.measures import next_quarter, quarter_of
from services.clues.domain.periods import month_of, next_month
from services.clues.papers.ledger_check import PeriodOfOffice
from services.clues.storage_ledger_check import ClueInspection, LedgerReconciliation
from services.clues.storage_measure import MeasuresLedger


@dataclass(frozen=True)
class Periodic:
    """One kind of item that every office has once in a period. `column`: of the period, whose names sort by time."""

    column: Any
    office: Any
    period_of: Callable[[date], str]
    following: Callable[[str], str]
    open: Callable[[Work, str, str], None]


def _reconciliation(work: Work, office_id: str, period: str) -> None:
    perform_as_service(work, CONTINUE_RECONCILIATION, PeriodOfOffice(office_id=office_id, period=period))


def _inspection(work: Work, office_id: str, period: str) -> None:
    perform_as_service(work, CONTINUE_INSPECTION, PeriodOfOffice(office_id=office_id, period=period))


PERIODIC = (
    Periodic(MeasuresLedger.quarter, MeasuresLedger.office_id, quarter_of, next_quarter, continue_ledger),
    Periodic(
        LedgerReconciliation.period, LedgerReconciliation.office_id, month_of, next_month, _reconciliation
    ),
    Periodic(ClueInspection.period, ClueInspection.office_id, quarter_of, next_quarter, _inspection),
)


def open_new_periods(runtime: Runtime) -> None:
    """Also those that passed unseen while nothing ran: what was not done in them is overdue all the same."""
    with look(runtime) as work:
        behind = [(one, office_id) for one in PERIODIC for office_id, _ in _behind(work, one)]
    for one, office_id in behind:
        with begin(runtime) as work:
            _catch_up(work, one, office_id)


def _catch_up(work: Work, one: Periodic, office_id: str) -> None:
    """Each period once, whichever of several processes comes first: the others fail on the unique period."""
    for _, latest in (found for found in _behind(work, one) if found[0] == office_id):
        period, now = latest, one.period_of(work.today)
        while period < now:
            period = one.following(period)
            one.open(work, office_id, period)
            work.session.flush()


def _behind(work: Work, one: Periodic) -> list[tuple[str, str]]:
    """Offices whose latest item is of an earlier period, with that period."""
    rows = work.session.execute(select(one.office, func.max(one.column)).group_by(one.office))
    return [(office_id, latest) for office_id, latest in rows if latest < one.period_of(work.today)]
