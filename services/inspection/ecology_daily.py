"""The study of a unit's political ecology follows by the clock each year once it was begun (LZ-20.4)."""

from __future__ import annotations

from sqlalchemy import func, select

from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.tables import DirectoryCoverage
from services.chassis.work import Work, begin, look
from services.inspection.acts.ecology_years import CONTINUE_STUDIES
from services.inspection.papers.ecology import EcologyYearOfUnit
from services.inspection.storage_ecology import EcologyStudy


def on_tick(runtime: Runtime) -> None:
    """Writes only where a year begins: a tick that finds nothing waits for nobody."""
    with look(runtime) as work:
        units = sorted(_units_behind(work))
    for unit_id in units:
        with begin(runtime) as work:
            _study_again(work, unit_id)


def _units_behind(work: Work) -> dict[str, int]:
    """Units, still supervised, whose latest study is owed for an earlier year, with that year."""
    latest = func.max(EcologyStudy.year)
    rows = work.session.execute(
        select(EcologyStudy.unit_id, latest)
        .join(DirectoryCoverage, DirectoryCoverage.unit_id == EcologyStudy.unit_id)
        .group_by(EcologyStudy.unit_id)
        .having(latest < work.today.year)
    )
    return {str(of): int(year) for of, year in rows}


def _study_again(work: Work, unit_id: str) -> None:
    """Each year once, also those that passed while nothing ran; of several processes one alone comes through."""
    latest = _units_behind(work).get(unit_id, work.today.year)
    for year in range(latest + 1, work.today.year + 1):
        perform_as_service(work, CONTINUE_STUDIES, EcologyYearOfUnit(unit_id=unit_id, year=year))
        work.session.flush()
