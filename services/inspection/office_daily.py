"""What becomes of the supervision of offices by the clock: a quarter ends, the next one begins (GL-3.25)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin, look
from services.inspection.acts.office_quarters import NOTE_QUARTER_OVER, OPEN_QUARTER, standing_group
from services.inspection.domain.quarters import following, quarter_of
from services.inspection.papers.offices import QuarterOfOffices
from services.inspection.storage_office import OfficeQuarter


def quarters_over(work: Work) -> list[str]:
    query = select(OfficeQuarter.id).where(
        OfficeQuarter.state == "running", OfficeQuarter.quarter < quarter_of(work.today)
    )
    return list(work.session.scalars(query))


WATCHED: tuple[tuple[Callable[[Work], list[str]], AnyAct, Any], ...] = (
    (quarters_over, NOTE_QUARTER_OVER, OfficeQuarter),
)


def on_tick(runtime: Runtime) -> None:
    """Each quarter since the latest one, while a group stands; of several processes one alone comes through."""
    with look(runtime) as work:
        latest = _latest(work)
    while latest is not None and latest < quarter_of(work.today):
        latest = following(latest)
        with begin(runtime) as work:
            perform_as_service(work, OPEN_QUARTER, QuarterOfOffices(quarter=latest))


def _latest(work: Work) -> str | None:
    """The latest quarter that began; None while no group stands."""
    if standing_group(work.session) is None:
        return None
    return work.session.scalar(select(func.max(OfficeQuarter.quarter)))
