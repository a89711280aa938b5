"""A unit's political ecology is owed a study each year, by its office and the liaison office (LZ-20.4).

Begun for a unit once, then by the clock each year (`ecology_daily.py`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act
from services.chassis.duties import open_duty
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.subject import RESTRICTED
from services.chassis.tables import DirectoryCoverage
from services.inspection.acts.special_supervision_years import warned_before
from services.inspection.acts.supervision_posts import HEAD, item_of, supervisor_of
from services.inspection.papers.ecology import STUDIED, EcologyYearOfUnit, EcologyYearsBeginning
from services.inspection.storage_ecology import EcologyStudy

AnyStudy = Performance[EcologyStudy, Any]
LIAISON_OFFICE_POST = "liaison_discipline_office"
EITHER = (post("dispatched_office_leader", at=None), post(LIAISON_OFFICE_POST, at=None))


def is_of_either_office(p: Performance[Any, Any]) -> None:
    """The unit's own dispatched office, or the liaison office that it has; raises Refusal(OUT_OF_SCOPE)."""
    coverage = look_up(p.session, DirectoryCoverage, p.paper.unit_id)
    mine = p.work.actor.office_id
    if coverage is None or mine not in (coverage.office_id, coverage.liaison_office_id):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id")


def years_not_begun(p: AnyStudy) -> None:
    query = select(EcologyStudy.id).where(EcologyStudy.unit_id == p.paper.unit_id)
    if p.session.scalars(query).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="unit_id")


def of_year(p: AnyStudy) -> EcologyStudy:
    coverage, year = supervisor_of(p, p.paper.unit_id), getattr(p.paper, "year", p.today.year)
    common = item_of(p, coverage, state="awaited", no=f"ZS-{coverage.unit_id}-{year}")
    return EcologyStudy(**(common | {"secrecy": RESTRICTED}), year=year, basis_attached=0, study_count=0)


def start_clocks(p: AnyStudy) -> None:
    """Both offices owe it: each is warned on the first of October, November and December (clocks.yaml)."""
    item = p.subject
    p.session.flush()
    for role, office in ((HEAD, item.office_id), (LIAISON_OFFICE_POST, item.liaison_office_id)):
        p.opened.append(
            open_duty(
                p.work,
                item,
                clause=STUDIED,
                value="study_within",
                owed_by=role,
                owed_office=office,
                recipient=role,
                counted_from=date(item.year, 1, 1),
                warn_before=warned_before(item.year),
            )
        )


BEGIN_STUDIES = Act(
    name="begin_ecology_studies",
    zh="启动年度政治生态研判",
    en="Begin the yearly studies of a unit's political ecology",
    clauses=(STUDIED,),
    on=EcologyStudy,
    by=EITHER,
    paper=EcologyYearsBeginning,
    new=of_year,
    becomes="awaited",
    guards=(is_of_either_office, years_not_begun),
    effect=start_clocks,
)
CONTINUE_STUDIES = Act(
    name="continue_ecology_studies",
    zh="年度政治生态研判(续)",
    en="The next yearly study of a unit",
    clauses=(STUDIED,),
    on=EcologyStudy,
    by=(),
    paper=EcologyYearOfUnit,
    new=of_year,
    becomes="awaited",
    effect=start_clocks,
)
ACTS: tuple[Act[Any, Any], ...] = (BEGIN_STUDIES, CONTINUE_STUDIES)
