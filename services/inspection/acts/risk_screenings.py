"""A unit's risk screening is closed with the points and measures of its register counted (GL-3.10)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from contracts.refusals import RefusalCode
from services.chassis.act import Act, Document
from services.chassis.performance import Performance
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import ANY_OFFICE, ANY_UNIT, coverage_of, item_of, numbered
from services.inspection.papers.office_rules import SCREENED, ScreeningClosing
from services.inspection.storage_office_rules import RiskScreening
from services.inspection.storage_risk import ControlMeasure, RiskPoint

Closing = Performance[RiskScreening, ScreeningClosing]


def unit_is_the_actors(p: Closing) -> None:
    coverage_of(p, p.paper.unit_id)


def period_is_in_order(p: Closing) -> None:
    if p.paper.screened_to < p.paper.screened_from:
        raise p.refuse(RefusalCode.DATE_ORDER, field="screened_to", clauses=(SCREENED,))


def in_period(p: Closing, model: Any, day: Any, *also: Any) -> int:
    """Entries of the unit's register that the unit may know of: it reads the counts."""
    query = select(func.count()).where(
        model.shown_unit_id == p.paper.unit_id, day.between(p.paper.screened_from, p.paper.screened_to), *also
    )
    return p.session.scalar(query) or 0


def counted(p: Closing) -> RiskScreening:
    coverage = coverage_of(p, p.paper.unit_id)
    return RiskScreening(
        **item_of(p, coverage, state="closed", no=numbered(p, "PC", coverage.office_id)),
        screened_from=p.paper.screened_from,
        screened_to=p.paper.screened_to,
        point_count=in_period(p, RiskPoint, RiskPoint.registered_on, RiskPoint.state != "merged"),
        measure_count=in_period(p, ControlMeasure, ControlMeasure.set_on),
    )


CLOSE_SCREENING = Act(
    name="close_risk_screening",
    zh="登记廉政风险排查结果",
    en="Close a risk screening",
    clauses=(SCREENED, "GL-1.12", "GL-1.13"),
    on=RiskScreening,
    by=(*ANY_OFFICE, *ANY_UNIT),
    paper=ScreeningClosing,
    new=counted,
    becomes="closed",
    documents=(Document("risk_register", "廉政风险排查表(扫描)", SCREENED, required=False),),
    guards=(unit_is_the_actors, period_is_in_order, not_in_the_future("screened_to")),
)
ACTS: tuple[Act[Any, Any], ...] = (CLOSE_SCREENING,)
