"""Core powers of a unit and their key links are sorted out and linked to the risks that they bear (GL-1.21)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, listed_ids, post
from services.chassis.act import Act, Fills, Warns
from services.chassis.performance import Performance
from services.inspection.acts.ecology_years import LIAISON_OFFICE_POST, is_of_either_office
from services.inspection.acts.posts import ids_in, not_in_the_future
from services.inspection.acts.supervision_posts import ANY_OFFICE, IN_OFFICE, item_of, numbered, supervisor_of
from services.inspection.domain.risk_codes import STANDING
from services.inspection.papers.risk_searches import POWERS, PowerMap, PowerReview, PowerRisks
from services.inspection.storage_risk import RiskPoint
from services.inspection.storage_risk_search import CorePower

AnyPower = Performance[CorePower, Any]
OF_EITHER = (*IN_OFFICE, post(LIAISON_OFFICE_POST, at=LIAISON_OFFICE))


def _stands(p: AnyPower, point_id: str, unit_id: str) -> bool:
    point = p.session.get(RiskPoint, point_id)
    return point is not None and point.unit_id == unit_id and point.state in STANDING


def points_are_of_the_unit(p: AnyPower) -> None:
    """Points that stand in the unit's register; both offices know of all of them."""
    unit_id = p.paper.unit_id if p.act.creates else p.subject.unit_id
    if not all(_stands(p, one, unit_id) for one in p.paper.point_ids):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="point_ids")


def has_its_holder(p: Performance[CorePower, PowerMap]) -> None:
    if not p.paper.holder_post:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="holder_post")


def mapped(p: Performance[CorePower, PowerMap]) -> CorePower:
    coverage = supervisor_of(p, p.paper.unit_id)
    return CorePower(
        **item_of(p, coverage, state="mapped", no=numbered(p, "HXQL", coverage.office_id)),
        point_ids=listed_ids(dict.fromkeys(p.paper.point_ids)),
    )


MAP_POWER = Act(
    name="map_core_power",
    zh="梳理核心权力",
    en="Map a core power",
    clauses=(POWERS,),
    on=CorePower,
    by=(*ANY_OFFICE, post(LIAISON_OFFICE_POST, at=None)),
    paper=PowerMap,
    new=mapped,
    becomes="mapped",
    guards=(is_of_either_office, has_its_holder, points_are_of_the_unit),
)


def add_points(p: Performance[CorePower, PowerRisks]) -> None:
    p.subject.point_ids = listed_ids(dict.fromkeys([*ids_in(p.subject.point_ids), *p.paper.point_ids]))


LINK_RISKS = Act(
    name="link_power_risks",
    zh="关联廉政风险点",
    en="Link the power to risk points",
    clauses=(POWERS,),
    on=CorePower,
    by=OF_EITHER,
    paper=PowerRisks,
    guards=(points_are_of_the_unit,),
    effect=add_points,
    fills=(Fills(POWERS),),
    anytime=True,
)


def without_risk(p: AnyPower) -> tuple[str, ...]:
    linked = any(_stands(p, one, p.subject.unit_id) for one in ids_in(p.subject.point_ids))
    return () if linked else ("",)


REVIEW_POWER = Act(
    name="review_core_power",
    zh="复核核心权力",
    en="Review a core power",
    clauses=(POWERS,),
    on=CorePower,
    by=OF_EITHER,
    paper=PowerReview,
    becomes="reviewed",
    guards=(not_in_the_future("reviewed_on"),),
    sets=("reviewed_on",),
    warns=(Warns(POWERS, without_risk),),
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (MAP_POWER, LINK_RISKS, REVIEW_POWER)
