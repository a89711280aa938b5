"""What is pointed out by the clock: unanswered proposals, quarters without supervision (GL-1.1, GL-1.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.tables import DirectoryCoverage
from services.chassis.work import Work, begin, look
from services.inspection.acts.improvements import NOTE_UNANSWERED
from services.inspection.acts.unit_quarters import CONTINUE_QUARTERS, NOTE_QUARTER_OVER
from services.inspection.domain.quarters import following, quarter_of
from services.inspection.papers.joint import UnitQuarterOpening
from services.inspection.risk_daily import overdue
from services.inspection.storage_joint import Improvement, UnitQuarter


def quarters_over(work: Work) -> list[str]:
    query = select(UnitQuarter.id).where(
        UnitQuarter.state == "running", UnitQuarter.quarter < quarter_of(work.today)
    )
    return list(work.session.scalars(query))


WATCHED: tuple[tuple[Callable[[Work], list[str]], AnyAct, Any], ...] = (
    (overdue(Improvement, "GL-1.8"), NOTE_UNANSWERED, Improvement),
    (quarters_over, NOTE_QUARTER_OVER, UnitQuarter),
)


def on_tick(runtime: Runtime) -> None:
    """Writes only where a quarter begins: a tick that finds nothing waits for nobody."""
    with look(runtime) as work:
        units = sorted(_behind(work))
    for unit_id in units:
        with begin(runtime) as work:
            _catch_up(work, unit_id)


def _behind(work: Work) -> dict[str, str]:
    """Units, still supervised, whose latest quarter is over, with that quarter."""
    latest = func.max(UnitQuarter.quarter)
    rows = work.session.execute(
        select(UnitQuarter.unit_id, latest)
        .join(DirectoryCoverage, DirectoryCoverage.unit_id == UnitQuarter.unit_id)
        .group_by(UnitQuarter.unit_id)
        .having(latest < quarter_of(work.today))
    )
    return {str(unit_id): str(quarter) for unit_id, quarter in rows}


def _catch_up(work: Work, unit_id: str) -> None:
    """Each quarter once, also those that passed while nothing ran; of several processes one alone comes through."""
    quarter = _behind(work).get(unit_id)
    while quarter is not None and quarter < quarter_of(work.today):
        quarter = following(quarter)
        perform_as_service(work, CONTINUE_QUARTERS, UnitQuarterOpening(unit_id=unit_id, quarter=quarter))
        work.session.flush()
