"""What clues does at the start of a quarter: every ledger of measures goes on, nil returns included (LZ-16.14)."""

from __future__ import annotations

from sqlalchemy import func, select

from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin, look
from services.clues.acts.measures_ledger import continue_ledger, latest_quarter
from services.clues.domain.measures import next_quarter, quarter_of
from services.clues.storage_measure import MeasuresLedger


def open_new_quarters(runtime: Runtime) -> None:
    """Also those that passed unseen while nothing ran: what was not filed is overdue all the same."""
    with look(runtime) as work:
        behind = _behind(work)
    for office_id in behind:
        with begin(runtime) as work:
            catch_up(work, office_id)


def catch_up(work: Work, office_id: str) -> None:
    """Each quarter once, whichever of several processes comes first: the others fail on the unique quarter."""
    latest, now = latest_quarter(work.session, office_id), quarter_of(work.today)
    while latest < now:
        latest = next_quarter(latest)
        continue_ledger(work, office_id, latest)
        work.session.flush()


def _behind(work: Work) -> list[str]:
    """Offices whose latest ledger is of an earlier quarter."""
    rows = work.session.execute(
        select(MeasuresLedger.office_id, func.max(MeasuresLedger.quarter)).group_by(MeasuresLedger.office_id)
    )
    return [office_id for office_id, latest in rows if latest < quarter_of(work.today)]
