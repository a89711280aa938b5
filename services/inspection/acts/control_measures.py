"""Measures that control risk points, drawn up by the office or the unit (GL-1.13, GL-1.25)."""

from __future__ import annotations

from typing import Any

from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.risk_points import NOTE_RISK_CONTROLLED, point_known
from services.inspection.acts.supervision_posts import ANY_OFFICE, ANY_UNIT, item_of, numbered
from services.inspection.papers.risks import MeasureEntry, MeasureLink
from services.inspection.storage_risk import ControlMeasure, RiskPoint

Setting = Performance[ControlMeasure, MeasureEntry]


def points_of(p: Setting) -> list[RiskPoint]:
    """Each once, in the order of their ids: whoever locks several locks them so."""
    return [point_known(p, one, "point_ids") for one in sorted(set(p.paper.point_ids))]


def controls_points_of_one_unit(p: Setting) -> None:
    points = points_of(p)
    if not points or len({one.unit_id for one in points}) > 1:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="point_ids", clauses=("GL-1.13",))


def set_(p: Setting) -> ControlMeasure:
    points = points_of(p)
    return ControlMeasure(
        **item_of(p, points[0], state="set"),
        point_ids=listed_ids(one.id for one in points),
        set_on=p.paper.set_on,
        shown_unit_id=points[0].unit_id if all(one.shown_unit_id for one in points) else "",
    )


def control(p: Setting) -> None:
    item = p.subject
    item.no = numbered(p, "FK" if item.shown_unit_id else "FKN", item.office_id)
    p.session.flush()
    for point in points_of(p):
        perform_as_service(p.work, NOTE_RISK_CONTROLLED, MeasureLink(measure_id=item.id), point)


SET_MEASURE = Act(
    name="set_control_measure",
    zh="制定防控措施",
    en="Draw up a control measure",
    clauses=("GL-1.13", "GL-1.25"),
    on=ControlMeasure,
    by=(*ANY_OFFICE, *ANY_UNIT),
    paper=MeasureEntry,
    new=set_,
    becomes="set",
    guards=(controls_points_of_one_unit, not_in_the_future("set_on")),
    effect=control,
)
ACTS: tuple[Act[Any, Any], ...] = (SET_MEASURE,)
