"""Dispatched offices and the commission's offices meet on a unit's integrity: both sides are named (GL-3.8)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_supervising import IntegrityAnalysed
from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Document, HandOn
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryOffice
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import ANY_OFFICE, item_of, numbered, supervisor_of
from services.inspection.domain.office_codes import DOCKING_SIDES
from services.inspection.papers.office_rules import DOCKED, DockingMinutes
from services.inspection.storage_office_rules import DockingMeeting

Docking = Performance[DockingMeeting, DockingMinutes]
LIAISON = "liaison_discipline_office"


def office_covers_the_unit(p: Docking) -> None:
    coverage = supervisor_of(p, p.paper.unit_id)
    if coverage.office_id != p.paper.office_id:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="unit_id", clauses=(DOCKED,))


def the_other_side_is_of_the_commission(p: Docking) -> None:
    """An office of the commission, and no dispatched one, unit or administrator's office."""
    other = look_up(p.session, DirectoryOffice, p.paper.commission_office_id)
    if other is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="commission_office_id")
    if other.kind not in DOCKING_SIDES:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="commission_office_id", clauses=(DOCKED,))


def the_actor_is_of_one_side(p: Docking) -> None:
    if p.work.actor.office_id not in (p.paper.office_id, p.paper.commission_office_id):
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="office_id", clauses=(DOCKED,))


def held(p: Docking) -> DockingMeeting:
    coverage = supervisor_of(p, p.paper.unit_id)
    return DockingMeeting(
        **item_of(p, coverage, state="held", no=numbered(p, "DJ", coverage.office_id)),
        commission_office_id=p.paper.commission_office_id,
        period=p.paper.period,
        held_on=p.paper.held_on,
    )


RECORD_DOCKING = Act(
    name="record_docking_meeting",
    zh="登记廉情分析对接会",
    en="Record a docking meeting",
    clauses=(DOCKED,),
    on=DockingMeeting,
    by=(*ANY_OFFICE, post(LIAISON, at=None)),
    paper=DockingMinutes,
    new=held,
    becomes="held",
    documents=(Document("integrity_analysis_report", "对接会纪要(扫描)", DOCKED, required=False),),
    guards=(
        office_covers_the_unit,
        the_other_side_is_of_the_commission,
        the_actor_is_of_one_side,
        not_in_the_future("held_on"),
    ),
    hands_on=(
        HandOn(
            IntegrityAnalysed,
            lambda p: IntegrityAnalysed(
                unit_id=p.subject.unit_id, period=p.subject.period, meeting_id=p.subject.id
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (RECORD_DOCKING,)
