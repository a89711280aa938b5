"""What an office does at a unit, quarter by quarter: nothing that is the unit's own, and not nothing (GL-1.1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.refusals import RefusalCode
from services.chassis.access import post
from services.chassis.act import Act, Fills, Tells, Warns
from services.chassis.performance import Performance
from services.inspection.acts.posts import not_in_the_future
from services.inspection.acts.supervision_posts import HEAD, IN_OFFICE, covered, item_of, supervisor_of
from services.inspection.domain.joint_codes import OF_THE_UNIT
from services.inspection.domain.quarters import first_day_of, last_day_of, quarter_of
from services.inspection.papers.joint import SCOPE, OfficeActRecord, QuartersBeginning, UnitQuarterOpening
from services.inspection.papers.meetings import Reminder
from services.inspection.storage_five_supervisions import SupervisionRecord
from services.inspection.storage_joint import UnitQuarter
from services.inspection.storage_meeting import Meeting, SupervisionOpinion
from services.inspection.storage_unit_check import UnitCheck

AnyQuarter = Performance[UnitQuarter, Any]
ABSENCE = "absence"


def not_begun(p: AnyQuarter) -> None:
    query = select(UnitQuarter.id).where(UnitQuarter.unit_id == p.paper.unit_id)
    if p.session.scalars(query).first() is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="unit_id")


def of_quarter(p: AnyQuarter) -> UnitQuarter:
    coverage = supervisor_of(p, p.paper.unit_id)
    quarter = getattr(p.paper, "quarter", quarter_of(p.today))
    common = item_of(p, coverage, state="running", no=f"LZ-{coverage.unit_id}-{quarter}")
    return UnitQuarter(**common, quarter=quarter, act_count=0)


BEGIN_QUARTERS = Act(
    name="begin_unit_quarters",
    zh="启动季度履职记录",
    en="Begin the quarters of a unit's supervision",
    clauses=(SCOPE,),
    on=UnitQuarter,
    by=(post("dispatched_office_leader", at=None),),
    paper=QuartersBeginning,
    new=of_quarter,
    becomes="running",
    guards=(covered, not_begun),
)
CONTINUE_QUARTERS = Act(
    name="continue_unit_quarters",
    zh="季度履职记录(续)",
    en="The next quarter of a unit's supervision",
    clauses=(SCOPE,),
    on=UnitQuarter,
    by=(),
    paper=UnitQuarterOpening,
    new=of_quarter,
    becomes="running",
)


def is_an_offices_act(p: Performance[UnitQuarter, OfficeActRecord]) -> None:
    """Neither take over the unit's work nor leave one's own (不越位、不错位、不缺位)."""
    if p.paper.activity in OF_THE_UNIT:
        raise p.refuse(RefusalCode.OUT_OF_SCOPE, field="activity")


def is_of_the_quarter(p: Performance[UnitQuarter, OfficeActRecord]) -> None:
    quarter = p.subject.quarter
    if not first_day_of(quarter) <= p.paper.taken_on <= last_day_of(quarter):
        raise p.refuse(RefusalCode.DATE_ORDER, field="taken_on")


def count_act(p: AnyQuarter) -> None:
    p.subject.act_count += 1


RECORD_ACT = Act(
    name="record_office_act",
    zh="登记履职事项",
    en="Record an act of the office",
    clauses=(SCOPE,),
    on=UnitQuarter,
    by=IN_OFFICE,
    paper=OfficeActRecord,
    guards=(is_an_offices_act, not_in_the_future("taken_on"), is_of_the_quarter),
    effect=count_act,
    fills=(Fills(SCOPE, lambda _: (ABSENCE,)),),
    anytime=True,
)


def nothing_was_done(p: AnyQuarter) -> bool:
    """Neither here nor in the other records of supervision that everybody of the office may read."""
    item = p.subject
    first, last = first_day_of(item.quarter), last_day_of(item.quarter)
    days = (
        (UnitCheck, UnitCheck.checked_on, ()),
        (Meeting, Meeting.attended_on, ()),
        (SupervisionOpinion, SupervisionOpinion.issued_on, ()),
        (SupervisionRecord, SupervisionRecord.supervised_on, (SupervisionRecord.open_office_id != "",)),
    )
    return not item.act_count and not any(
        p.session.scalars(
            select(model.id).where(model.unit_id == item.unit_id, day.between(first, last), *also).limit(1)
        ).first()
        for model, day, also in days
    )


def note_absence(p: AnyQuarter) -> None:
    p.known[ABSENCE] = nothing_was_done(p)


NOTE_QUARTER_OVER = Act(
    name="note_unit_quarter_over",
    zh="季度结束",
    en="The quarter is over",
    clauses=(SCOPE,),
    on=UnitQuarter,
    by=(),
    paper=Reminder,
    when=("running",),
    becomes="over",
    effect=note_absence,
    keeps_paper=False,
    warns=(Warns(SCOPE, lambda p: (ABSENCE,) if p.known[ABSENCE] else ()),),
    tells=(
        Tells(
            HEAD,
            "supervision_absent",
            SCOPE,
            office=lambda p: p.subject.office_id,
            only_if=lambda p: bool(p.known[ABSENCE]),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (BEGIN_QUARTERS, CONTINUE_QUARTERS, RECORD_ACT, NOTE_QUARTER_OVER)
