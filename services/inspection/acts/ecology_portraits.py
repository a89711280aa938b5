"""Portraits of a unit's political ecology over a period, with their sources (GL-1.31)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, func, select

from contracts.events.inspection_ecology import PoliticalEcologyJudged
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, HandOn
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL, RESTRICTED
from services.chassis.tables import Party
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import ANY_OFFICE, coverage_of, item_of, numbered
from services.inspection.domain.ecology_codes import RESTRICTED_STREAMS
from services.inspection.papers.ecology import PORTRAYED, PortraitPaper
from services.inspection.storage_ecology import EcologyPortrait
from services.inspection.storage_problem import SupervisionProblem
from services.inspection.storage_risk import ControlMeasure, RiskPoint
from services.inspection.storage_unit_check import UnitCheck

Drawing = Performance[EcologyPortrait, PortraitPaper]


def unit_is_the_offices(p: Drawing) -> None:
    coverage_of(p, p.paper.unit_id)


def period_is_in_order(p: Drawing) -> None:
    if p.paper.portrayed_to < p.paper.portrayed_from:
        raise p.refuse(RefusalCode.DATE_ORDER, field="portrayed_to")


def nothing_restricted_for_the_unit(p: Drawing) -> None:
    if not p.paper.for_unit:
        return
    if p.paper.clue_facts:
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="clue_facts")
    if RESTRICTED_STREAMS & set(p.paper.sources):
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="sources")


def counted(p: Drawing, model: Any, day: Any, *also: Any) -> int:
    """Entries on the unit within the period; for its eyes, those alone that it may know of.

    What names a person is left out: of the portrait's readers some may not know of it.
    """
    query = select(func.count()).where(
        model.unit_id == p.paper.unit_id,
        day.between(p.paper.portrayed_from, p.paper.portrayed_to),
        ~exists().where(Party.subject_kind == model.KIND, Party.subject_id == model.id),
        *also,
    )
    if p.paper.for_unit:
        query = query.where(model.shown_unit_id == p.paper.unit_id)
    return p.session.scalar(query) or 0


def drawn(p: Drawing) -> EcologyPortrait:
    coverage, paper = coverage_of(p, p.paper.unit_id), p.paper
    series, secrecy = ("HX", NORMAL) if paper.for_unit else ("HXN", RESTRICTED)
    common = item_of(p, coverage, state="drawn", no=numbered(p, series, coverage.office_id), secrecy=secrecy)
    return EcologyPortrait(
        **common,
        portrayed_from=paper.portrayed_from,
        portrayed_to=paper.portrayed_to,
        source_codes=listed_ids(dict.fromkeys(one.value for one in paper.sources)),
        shown_unit_id=coverage.unit_id if paper.for_unit else "",
        check_count=None if paper.for_unit else counted(p, UnitCheck, UnitCheck.checked_on),
        problem_count=None if paper.for_unit else counted(p, SupervisionProblem, SupervisionProblem.found_on),
        risk_point_count=counted(p, RiskPoint, RiskPoint.registered_on, RiskPoint.state != "merged"),
        control_measure_count=counted(p, ControlMeasure, ControlMeasure.set_on),
    )


DRAW_PORTRAIT = Act(
    name="draw_ecology_portrait",
    zh="形成政治生态画像",
    en="Draw a portrait of a unit's political ecology",
    clauses=(PORTRAYED,),
    on=EcologyPortrait,
    by=ANY_OFFICE,
    paper=PortraitPaper,
    new=drawn,
    becomes="drawn",
    guards=(
        unit_is_the_offices,
        period_is_in_order,
        not_in_the_future("portrayed_to"),
        nothing_restricted_for_the_unit,
    ),
    hands_on=(
        HandOn(
            PoliticalEcologyJudged,
            lambda p: PoliticalEcologyJudged(
                unit_id=p.subject.unit_id, year=str(p.subject.portrayed_to.year), judged_on=p.today
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (DRAW_PORTRAIT,)
