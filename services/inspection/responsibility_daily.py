"""What follows by the clock each year: the hearings of units, the special check of offices (LZ-5.4, LZ-11.1)."""

from __future__ import annotations

from sqlalchemy import func, select

from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.tables import DirectoryCoverage
from services.chassis.work import Work, begin, look
from services.inspection.acts.special_supervision_years import CONTINUE_SPECIAL_YEAR
from services.inspection.acts.year_start_hearings import CONTINUE_HEARINGS
from services.inspection.papers.responsibility import HearingOfUnit
from services.inspection.papers.special_supervision import SpecialYearOfOffice
from services.inspection.storage_responsibility import YearStartHearing
from services.inspection.storage_special_supervision import SpecialSupervisionYear


def on_tick(runtime: Runtime) -> None:
    """Writes only where a year begins: a tick that finds nothing waits for nobody."""
    with look(runtime) as work:
        units, offices = sorted(_units_behind(work)), sorted(_offices_behind(work))
    for unit_id in units:
        with begin(runtime) as work:
            _hear_again(work, unit_id)
    for office_id in offices:
        with begin(runtime) as work:
            _check_again(work, office_id)


def _units_behind(work: Work) -> dict[str, int]:
    """Units, still supervised, whose latest hearing is of an earlier year, with that year."""
    latest = func.max(YearStartHearing.year)
    rows = work.session.execute(
        select(YearStartHearing.unit_id, latest)
        .join(DirectoryCoverage, DirectoryCoverage.unit_id == YearStartHearing.unit_id)
        .group_by(YearStartHearing.unit_id)
        .having(latest < work.today.year)
    )
    return {str(of): int(year) for of, year in rows}


def _hear_again(work: Work, unit_id: str) -> None:
    """Each year once, also those that passed while nothing ran; of several processes one alone comes through."""
    latest = _units_behind(work).get(unit_id, work.today.year)
    count = work.session.scalar(
        select(YearStartHearing.next_level_count).where(
            YearStartHearing.unit_id == unit_id, YearStartHearing.year == latest
        )
    )
    for year in range(latest + 1, work.today.year + 1):
        paper = HearingOfUnit(unit_id=unit_id, year=year, next_level_count=count or 0)
        perform_as_service(work, CONTINUE_HEARINGS, paper)
        work.session.flush()


def _offices_behind(work: Work) -> dict[str, int]:
    """Offices whose latest year of special supervision is over."""
    latest = func.max(SpecialSupervisionYear.year)
    rows = work.session.execute(
        select(SpecialSupervisionYear.office_id, latest)
        .group_by(SpecialSupervisionYear.office_id)
        .having(latest < work.today.year)
    )
    return {str(of): int(year) for of, year in rows}


def _check_again(work: Work, office_id: str) -> None:
    latest = _offices_behind(work).get(office_id, work.today.year)
    for year in range(latest + 1, work.today.year + 1):
        perform_as_service(work, CONTINUE_SPECIAL_YEAR, SpecialYearOfOffice(office_id=office_id, year=year))
        work.session.flush()
