"""Risk points of a unit: registered, merged, closed, and pointed out while nothing controls them (GL-1.25, LL-3.16)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import Actor, Relation, listed_ids, post
from services.chassis.act import Act, Fills, Meets, Opens, Tells, Warns
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.posts import ids_in
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    ANY_UNIT,
    HEAD,
    IN_OFFICE,
    UNIT_ROLES,
    coverage_of,
    covered,
    item_of,
    numbered,
    unit_named,
)
from services.inspection.domain.risk_codes import STANDING
from services.inspection.papers.meetings import Reminder
from services.inspection.papers.risks import MeasureLink, RiskClosing, RiskEntry, RiskMerger
from services.inspection.storage_risk import ControlMeasure, RiskPoint
from services.inspection.storage_risk_search import RiskSearch

AnyPoint = Performance[RiskPoint, Any]
Registering = Performance[RiskPoint, RiskEntry]
SHOWN_UNIT = Relation("shown_unit_id", "unit_id")
AT_SHOWN_UNIT = (post(*UNIT_ROLES, at=SHOWN_UNIT),)
CONTROL_CLOCK = Opens("GL-1.25", "control_within", "dispatched_office", lambda p: p.subject.registered_on)


def nothing_of_a_case_is_open(p: Registering) -> None:
    """Whoever reads the open register learns nothing of a case; a unit keeps no entry from itself (GL-1.23)."""
    if p.paper.case_details and not p.paper.restricted:
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="case_details", clauses=("GL-1.23",))
    if p.paper.restricted and p.work.actor.unit_id:
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="restricted")


def is_found_by_a_search(p: Registering) -> None:
    """One of the same unit that is under way, and of the office alone: units know of none."""
    if not p.paper.search_id:
        return
    search = p.session.get(RiskSearch, p.paper.search_id, with_for_update=True)
    mine = search is not None and search.office_id == p.work.actor.office_id
    if search is None or not mine or search.state != "searching" or search.unit_id != unit_named(p):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="search_id", clauses=("LL-3.17",))


def registered(p: Registering) -> RiskPoint:
    coverage = coverage_of(p, unit_named(p))
    return RiskPoint(
        **item_of(p, coverage, state="registered", no=""),
        area_code=p.paper.area.value,
        level_code=p.paper.level.value,
        registered_on=p.today,
        shown_unit_id="" if p.paper.restricted else coverage.unit_id,
        search_id=p.paper.search_id,
    )


def take_number(p: AnyPoint) -> None:
    """Restricted entries have a series of their own: the unit reads no gap in the open one."""
    p.subject.no = numbered(p, "FX" if p.subject.shown_unit_id else "FXN", p.subject.office_id)


REGISTER_RISK_POINT = Act(
    name="register_risk_point",
    zh="登记廉政风险点",
    en="Register a risk point",
    clauses=("GL-1.25", "LL-3.16", "GL-1.12", "GL-1.23"),
    on=RiskPoint,
    by=(*ANY_OFFICE, *ANY_UNIT),
    paper=RiskEntry,
    new=registered,
    becomes="registered",
    guards=(covered, nothing_of_a_case_is_open, is_found_by_a_search),
    effect=take_number,
    opens=(CONTROL_CLOCK,),
)


def note_controlled(p: AnyPoint) -> None:
    p.subject.controlled_on = p.subject.controlled_on or p.today


NOTE_RISK_CONTROLLED = Act(
    name="note_risk_controlled",
    zh="风险点已有防控措施",
    en="A measure controls the risk point",
    clauses=("GL-1.25",),
    on=RiskPoint,
    by=(),
    paper=MeasureLink,
    when=STANDING,
    becomes="controlled",
    effect=note_controlled,
    meets=(Meets("GL-1.25"),),
    fills=(Fills("GL-1.25"),),
)


def _note_warned(p: AnyPoint) -> None:
    p.subject.warned_on = p.today


NOTE_RISK_UNCONTROLLED = Act(
    name="note_risk_uncontrolled",
    zh="风险点到期无防控措施",
    en="No measure controls the risk point in time",
    clauses=("GL-1.25",),
    on=RiskPoint,
    by=(),
    paper=Reminder,
    when=("registered",),
    effect=_note_warned,
    keeps_paper=False,
    warns=(Warns("GL-1.25", lambda _: ("",)),),
    tells=(Tells(HEAD, "risk_uncontrolled", "GL-1.25", office=lambda p: p.subject.office_id),),
)


def point_known(p: Performance[Any, Any], point_id: str, field: str) -> RiskPoint:
    """A point of the register that stands and that the actor may know of; raises Refusal(UNKNOWN_REFERENCE)."""
    query = select(RiskPoint).where(RiskPoint.id == point_id).with_for_update()
    found = p.session.scalars(query).one_or_none()
    if found is None or found.state not in STANDING or not _may_know(p.work.actor, found):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field=field)
    return found


def _may_know(actor: Actor, point: RiskPoint) -> bool:
    if actor.unit_id:
        return point.shown_unit_id == actor.unit_id
    return point.office_id == actor.office_id


def merges_into_another(p: Performance[RiskPoint, RiskMerger]) -> None:
    """One of the same unit; an entry that the unit reads is not merged into one that it does not know of."""
    other = point_known(p, p.paper.into_id, "into_id")
    if other.id == p.subject.id or other.unit_id != p.subject.unit_id:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="into_id")
    if p.subject.shown_unit_id and not other.shown_unit_id:
        raise p.refuse(RefusalCode.ACCESS_DENIED, field="into_id")


def merge(p: Performance[RiskPoint, RiskMerger]) -> None:
    """What controls the point controls from now on the one that it is part of."""
    p.subject.merged_into = p.paper.into_id
    p.void("GL-1.25")
    other = point_known(p, p.paper.into_id, "into_id")
    mine = ControlMeasure.point_ids.contains(listed_ids([p.subject.id]), autoescape=True)
    for measure in p.session.scalars(select(ControlMeasure).where(mine).order_by(ControlMeasure.id)).all():
        if other.id not in ids_in(measure.point_ids):
            perform_as_service(p.work, NOTE_RISK_CONTROLLED, MeasureLink(measure_id=measure.id), other)


MERGE_RISK_POINT = Act(
    name="merge_risk_point",
    zh="合并风险点",
    en="Merge into another risk point",
    clauses=("GL-1.12", "GL-1.25"),
    on=RiskPoint,
    by=IN_OFFICE,
    paper=RiskMerger,
    when=STANDING,
    becomes="merged",
    guards=(merges_into_another,),
    effect=merge,
    fills=(Fills("GL-1.25"),),
    anytime=True,
)


def _note_closed(p: AnyPoint) -> None:
    p.subject.closed_on = p.today


CLOSE_RISK_POINT = Act(
    name="close_risk_point",
    zh="风险点销号",
    en="Close a risk point",
    clauses=("GL-1.25",),
    on=RiskPoint,
    by=IN_OFFICE,
    paper=RiskClosing,
    when=("controlled",),
    becomes="closed",
    effect=_note_closed,
    anytime=True,
)
NOTE_RISK_DROPPED = Act(
    name="note_risk_dropped",
    zh="风险点不予保留",
    en="The risk point is dropped",
    clauses=("LL-3.17",),
    on=RiskPoint,
    by=(),
    paper=Reminder,
    when=STANDING,
    becomes="dropped",
    effect=lambda p: p.void("GL-1.25"),
    keeps_paper=False,
    fills=(Fills("GL-1.25"),),
)
ACTS: tuple[Act[Any, Any], ...] = (
    REGISTER_RISK_POINT,
    NOTE_RISK_CONTROLLED,
    NOTE_RISK_UNCONTROLLED,
    MERGE_RISK_POINT,
    CLOSE_RISK_POINT,
    NOTE_RISK_DROPPED,
)
