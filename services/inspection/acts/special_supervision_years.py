"""An office owes at least one special supervision check in each calendar year (LZ-11.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Opens
from services.chassis.duties import meet_duties
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryOffice
from services.chassis.values import value_in_force
from services.inspection.acts.officials import noon_of
from services.inspection.acts.supervision_posts import HEAD, item_of
from services.inspection.papers.special_supervision import (
    SpecialCheckReported,
    SpecialYearOfOffice,
    SpecialYearOpening,
)
from services.inspection.storage_special_supervision import SpecialSupervision, SpecialSupervisionYear

AnyYear = Performance[SpecialSupervisionYear, Any]


class OfficeItself:
    """An office without a unit, as items of its own begin with it."""

    def __init__(self, p: Performance[Any, Any], office_id: str) -> None:
        office = look_up(p.session, DirectoryOffice, office_id)
        self.unit_id, self.office_id = "", office_id
        self.liaison_office_id = office.liaison_office_id if office else ""


def _of_year(p: AnyYear, office_id: str) -> SpecialSupervisionYear:
    common = item_of(p, OfficeItself(p, office_id), state="open", no=f"ZXND-{office_id}-{p.paper.year}")
    return SpecialSupervisionYear(**common, year=p.paper.year, reported_count=0)


def by_a_leader(p: AnyYear) -> SpecialSupervisionYear:
    return _of_year(p, p.work.actor.office_id)


def by_the_clock(p: AnyYear) -> SpecialSupervisionYear:
    return _of_year(p, p.paper.office_id)


def year_has_begun(p: AnyYear) -> None:
    if p.paper.year > p.today.year:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="year")


def year_of(p: Performance[Any, Any], office_id: str, year: int) -> SpecialSupervisionYear | None:
    """An office's year, locked."""
    query = select(SpecialSupervisionYear).where(
        SpecialSupervisionYear.office_id == office_id, SpecialSupervisionYear.year == year
    )
    return p.session.scalars(query.with_for_update()).one_or_none()


def once_a_year(p: AnyYear) -> None:
    if year_of(p, p.work.actor.office_id, p.paper.year) is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="year")


def warned_before(year: int) -> tuple[int, ...]:
    """Days before 31 December that are the first of October, November and December (clocks.yaml)."""
    return tuple((date(year, 12, 31) - date(year, month, 1)).days for month in (10, 11, 12))


YEARS_CLOCK = Opens(
    "LZ-11.1",
    "check_within",
    HEAD,
    lambda p: date(p.subject.year, 1, 1),
    warn_before=warned_before(2026),  # from October on every year has the same days
)
OPEN_SPECIAL_YEAR = Act(
    name="open_special_supervision_year",
    zh="启动年度专项监督检查",
    en="Open a year of special supervision",
    clauses=("LZ-11.1",),
    on=SpecialSupervisionYear,
    by=(post("dispatched_office_leader", at=None),),
    paper=SpecialYearOpening,
    new=by_a_leader,
    becomes="open",
    guards=(year_has_begun, once_a_year),
    opens=(YEARS_CLOCK,),
)
CONTINUE_SPECIAL_YEAR = Act(
    name="continue_special_supervision_year",
    zh="年度专项监督检查(续)",
    en="The next year of special supervision",
    clauses=("LZ-11.1",),
    on=SpecialSupervisionYear,
    by=(),
    paper=SpecialYearOfOffice,
    new=by_the_clock,
    becomes="open",
    opens=(YEARS_CLOCK,),
)


def count_check(p: Performance[SpecialSupervisionYear, SpecialCheckReported]) -> None:
    """As many as the clause asks for meet the year's clock, by the day on which the last of them was concluded."""
    item = p.subject
    item.reported_count += 1
    if item.reported_count >= value_in_force(p.session, "LZ-11.1", "least_count", p.today).amount:
        item.state = "met"
        p.met += meet_duties(p.work, item, "LZ-11.1", at=noon_of(p.paper.concluded_on, p.work.now))


NOTE_SPECIAL_CHECK = Act(
    name="note_special_check_reported",
    zh="专项监督检查已报告",
    en="A special check of the year was reported",
    clauses=("LZ-11.1",),
    on=SpecialSupervisionYear,
    by=(),
    paper=SpecialCheckReported,
    effect=count_check,
)


def note_reported(p: Performance[SpecialSupervision, Any]) -> None:
    """A check counts in the year in which it was concluded."""
    item = p.subject
    if item.concluded_on is None:
        raise LookupError("a check that was not concluded is not reported")
    year = year_of(p, item.office_id, item.concluded_on.year)
    if year is not None:
        paper = SpecialCheckReported(check_id=item.id, concluded_on=item.concluded_on)
        perform_as_service(p.work, NOTE_SPECIAL_CHECK, paper, year)


ACTS: tuple[Act[Any, Any], ...] = (OPEN_SPECIAL_YEAR, CONTINUE_SPECIAL_YEAR, NOTE_SPECIAL_CHECK)
