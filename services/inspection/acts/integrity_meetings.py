"""An office's meetings that analyse a unit's integrity, and the report that is drawn from the minutes (GL-1.22)."""

from __future__ import annotations

from typing import Any

from contracts.events.inspection_supervising import IntegrityAnalysed
from contracts.refusals import RefusalCode
from services.chassis.access import LIAISON_OFFICE, listed_ids, post
from services.chassis.act import Act, Document, HandOn
from services.chassis.performance import Performance
from services.inspection.acts.ecology_years import LIAISON_OFFICE_POST, is_of_either_office
from services.inspection.acts.posts import not_in_the_future, persons_known
from services.inspection.acts.supervision_posts import ANY_OFFICE, IN_OFFICE, item_of, numbered, supervisor_of
from services.inspection.domain.quarters import quarter_of
from services.inspection.papers.ecology import ANALYSED, IntegrityMinutes, IntegrityReport
from services.inspection.storage_office_rules import DockingMeeting

Recording = Performance[DockingMeeting, IntegrityMinutes]


def participants_are_named(p: Recording) -> None:
    if not p.paper.participant_ids:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="participant_ids")
    persons_known(p, p.paper.participant_ids, "participant_ids")


def period_has_begun(p: Recording) -> None:
    if p.paper.period > quarter_of(p.paper.held_on):
        raise p.refuse(RefusalCode.DATE_ORDER, field="period")


def held(p: Recording) -> DockingMeeting:
    coverage = supervisor_of(p, p.paper.unit_id)
    return DockingMeeting(
        **item_of(p, coverage, state="held", no=numbered(p, "LQ", coverage.office_id)),
        commission_office_id=coverage.liaison_office_id,
        period=p.paper.period,
        held_on=p.paper.held_on,
        participant_ids=listed_ids(dict.fromkeys(p.paper.participant_ids)),
    )


RECORD_MEETING = Act(
    name="record_integrity_meeting",
    zh="登记廉情分析会",
    en="Record an integrity analysis meeting",
    clauses=(ANALYSED,),
    on=DockingMeeting,
    by=(*ANY_OFFICE, post(LIAISON_OFFICE_POST, at=None)),
    paper=IntegrityMinutes,
    new=held,
    becomes="held",
    documents=(Document("integrity_minutes", "会议纪要(扫描)", ANALYSED, required=False),),
    guards=(is_of_either_office, participants_are_named, not_in_the_future("held_on"), period_has_begun),
    hands_on=(
        HandOn(
            IntegrityAnalysed,
            lambda p: IntegrityAnalysed(
                unit_id=p.subject.unit_id, period=p.subject.period, meeting_id=p.subject.id
            ),
        ),
    ),
)


def has_suggestions(p: Performance[DockingMeeting, IntegrityReport]) -> None:
    if not p.paper.suggestions:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="suggestions")


def note_drawn(p: Performance[DockingMeeting, IntegrityReport]) -> None:
    p.subject.reported_on = p.today


DRAW_REPORT = Act(
    name="draw_integrity_report",
    zh="形成廉情分析报告",
    en="Draw the integrity analysis report",
    clauses=(ANALYSED,),
    on=DockingMeeting,
    by=(*IN_OFFICE, post(LIAISON_OFFICE_POST, at=LIAISON_OFFICE)),
    paper=IntegrityReport,
    when=("held",),
    becomes="reported",
    guards=(has_suggestions,),
    effect=note_drawn,
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (RECORD_MEETING, DRAW_REPORT)
