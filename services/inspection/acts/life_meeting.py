"""The leadership's special democratic life meeting on what was fed back: materials, meeting, report (step 41)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_after_feedback import DemocraticLifeMeetingReported
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, After, Document, HandOn, Warns
from services.chassis.performance import Performance
from services.inspection.acts.posts import OFFICE, ids_in, leadership_of, not_in_the_future, persons_known
from services.inspection.acts.rectification_opening import UNIT_OR_OFFICE, AnyRectification
from services.inspection.domain.after_feedback_codes import INVITED, SILENT
from services.inspection.papers.after_feedback import (
    LifeMeeting,
    LifeMeetingMaterials,
    LifeMeetingReport,
    MaterialsReview,
)
from services.inspection.storage_after_feedback import Rectification

Reporting = Performance[Rectification, LifeMeetingReport]
BEFORE_ACCEPTANCE = (
    "feedback_delivered", "plan_received", "plan_returned", "rectifying", "reports_received", "rectification_returned",
)  # fmt: skip
"""The text gives no day; both reports are not accepted without it (XC-41.1a)."""


def speakers_are_known(p: Performance[Rectification, LifeMeetingMaterials]) -> None:
    persons_known(p, tuple(one.member_id for one in p.paper.speeches), "speeches.member_id")


def note_materials(p: Performance[Rectification, LifeMeetingMaterials]) -> None:
    p.subject.speaker_ids = listed_ids(dict.fromkeys(one.member_id for one in p.paper.speeches))


HAND_IN_MATERIALS = Act(
    name="hand_in_life_meeting_materials",
    zh="报送民主生活会材料",
    en="Hand in self-examination and speeches",
    clauses=("XC-41.1a", "XC-41.1b"),
    on=Rectification,
    by=UNIT_OR_OFFICE,
    paper=LifeMeetingMaterials,
    when=BEFORE_ACCEPTANCE,
    documents=(
        Document("self_examination_material", "领导班子对照检查材料(扫描)", "XC-41.1a", required=False),
    ),
    guards=(speakers_are_known,),
    effect=note_materials,
    anytime=True,
)


def every_member_speaks(p: Performance[Rectification, MaterialsReview]) -> None:
    """By the directory of today."""
    silent = leadership_of(p, p.subject.unit_id) - set(ids_in(p.subject.speaker_ids))
    if silent:
        refusal = p.refuse(RefusalCode.MISSING_DOCUMENT, clauses=("XC-41.1b",))
        refusal.detail_zh = f"尚缺班子成员发言材料{len(silent)}份"
        refusal.detail_en = f"speeches of {len(silent)} members of the leadership are missing"
        raise refusal


def each_point_is_confirmed(p: Performance[Rectification, MaterialsReview]) -> None:
    for field in ("duty_included", "work_included", "self_included"):
        if not getattr(p.paper, field):
            raise p.refuse(RefusalCode.MISSING_FIELD, field=field, clauses=("XC-41.1b",))


REVIEW_MATERIALS = Act(
    name="review_life_meeting_materials",
    zh="审核民主生活会材料",
    en="Review the materials",
    clauses=("XC-41.1b",),
    on=Rectification,
    by=OFFICE,
    paper=MaterialsReview,
    when=BEFORE_ACCEPTANCE,
    after=(After("hand_in_life_meeting_materials", "XC-41.1b", RefusalCode.MISSING_DOCUMENT),),
    guards=(every_member_speaks, each_point_is_confirmed),
)


def not_yet_reviewed(p: AnyRectification) -> tuple[str, ...]:
    return () if REVIEW_MATERIALS.name in p.standing.done else ("",)


def held_after_the_feedback(p: Performance[Rectification, LifeMeeting]) -> None:
    if p.paper.held_on < p.subject.feedback_on:
        raise p.refuse(RefusalCode.DATE_ORDER, field="held_on", clauses=("XC-41.1a",))


def note_meeting(p: Performance[Rectification, LifeMeeting]) -> None:
    p.subject.life_held_on = p.paper.held_on


HOLD_MEETING = Act(
    name="hold_life_meeting",
    zh="登记专题民主生活会",
    en="Record the life meeting",
    clauses=("XC-41.1a",),
    on=Rectification,
    by=UNIT_OR_OFFICE,
    paper=LifeMeeting,
    when=BEFORE_ACCEPTANCE,
    once=True,
    guards=(not_in_the_future("held_on"), held_after_the_feedback),
    effect=note_meeting,
    warns=(Warns("XC-41.1a", not_yet_reviewed),),
)


def both_are_invited(p: Reporting) -> None:
    """Invited is enough: who does not come is no fault of the unit's."""
    if not set(p.paper.invited) >= INVITED:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="invited", clauses=("XC-41.2b",))


def inspectors_are_silent(p: Reporting) -> None:
    if any(one.body in SILENT and one.appraisal for one in p.paper.observers):
        raise p.refuse(RefusalCode.CONTENT_RULE, field="observers.appraisal", clauses=("XC-41.2a",))


def note_report(p: Reporting) -> None:
    p.subject.life_reported_on = p.today


REPORT_MEETING = Act(
    name="report_life_meeting",
    zh="报送民主生活会情况",
    en="Report how the life meeting went",
    clauses=("XC-41.1c", "XC-41.2a", "XC-41.2b"),
    on=Rectification,
    by=UNIT_OR_OFFICE,
    paper=LifeMeetingReport,
    when=BEFORE_ACCEPTANCE,
    once=True,
    after=(After("hold_life_meeting", "XC-41.1a"),),
    guards=(both_are_invited, inspectors_are_silent),
    effect=note_report,
    hands_on=(
        HandOn(
            DemocraticLifeMeetingReported,
            lambda p: DemocraticLifeMeetingReported(
                unit_id=p.subject.unit_id, held_on=p.subject.life_held_on, filed_on=p.today
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (HAND_IN_MATERIALS, REVIEW_MATERIALS, HOLD_MEETING, REPORT_MEETING)
