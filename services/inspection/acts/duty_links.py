"""The five links of special-duty supervision, one after the other (GL-3.19): no link is passed before the last one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from contracts.events.inspection_supervising import SupervisionLinkPassed
from contracts.events.inspection_supervision import SupervisionOpinionIssued
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids, visible
from services.chassis.act import Act, Document, Fills, HandOn, Meets, Tells
from services.chassis.duties import void_duties
from services.chassis.perform import AnyAct, perform_as_service
from services.chassis.performance import Performance
from services.inspection.acts.opinions import lines_are_numbered
from services.inspection.acts.posts import ids_in, not_in_the_future
from services.inspection.acts.supervision_posts import IN_OFFICE, item_of, numbered, supervisor_of
from services.inspection.domain.duty_supervision_codes import DutyLink, DutyOutcome
from services.inspection.papers.duty_supervision import (
    LINKS,
    NODES,
    DutyAccountability,
    DutyClosing,
    DutyInterview,
    DutyOpinion,
    DutyRectification,
    DutyTracking,
    UnitsDutyOpinion,
)
from services.inspection.storage_duty_supervision import DutySupervision
from services.inspection.storage_meeting import SupervisionOpinion
from services.inspection.storage_talk import FormalInterview

AnyDuty = Performance[DutySupervision, Any]
Interviewing = Performance[DutySupervision, DutyInterview]


def passed(link: DutyLink, also: Callable[[AnyDuty], None] | None = None) -> Callable[[AnyDuty], None]:
    def effect(p: AnyDuty) -> None:
        p.subject.passed_links = listed_ids([*ids_in(p.subject.passed_links), link.value])
        p.facts |= {"link": link.value}
        if also is not None:
            also(p)

    return effect


def of_link(link: DutyLink, *, also: Callable[[AnyDuty], None] | None = None, **declared: Any) -> AnyAct:
    """An act that passes a link: its clock is met, its gap filled, and it is told that the link was passed."""
    return Act(
        clauses=(LINKS, NODES),
        on=DutySupervision,
        by=IN_OFFICE,
        effect=passed(link, also),
        meets=(Meets(NODES, to=lambda _: link.value),),
        fills=(Fills(NODES, lambda p: (link.value, *ids_in(p.subject.not_needed_links))),),
        hands_on=(
            HandOn(
                SupervisionLinkPassed,
                lambda p: SupervisionLinkPassed(
                    check_id=p.subject.id,
                    link=link.value,
                    node_date=p.met[0].counted_from,
                    passed_on=p.today,
                ),
            ),
        ),
        **declared,
    )


def spare(p: AnyDuty, links: tuple[DutyLink, ...]) -> None:
    """These links are not needed: their clocks are void."""
    p.subject.not_needed_links = listed_ids(link.value for link in links)
    for link in links:
        void_duties(p.work, p.subject, NODES, link.value)


def opened_for_the_unit(p: Performance[SupervisionOpinion, UnitsDutyOpinion]) -> SupervisionOpinion:
    """An opinion of no meeting."""
    coverage = supervisor_of(p, p.paper.unit_id)
    return SupervisionOpinion(
        **item_of(p, coverage, state="issued", no=numbered(p, "YJ", coverage.office_id)),
        meeting_id="",
        item_no=0,
        line_count=len(p.paper.lines),
        issued_on=p.today,
    )


OPEN_DUTY_OPINION = Act(
    name="open_duty_opinion",
    zh="专责监督意见送达",
    en="The opinion goes to the unit",
    clauses=(LINKS,),
    on=SupervisionOpinion,
    by=(),
    paper=UnitsDutyOpinion,
    new=opened_for_the_unit,
    becomes="issued",
    hands_on=(
        HandOn(
            SupervisionOpinionIssued,
            lambda p: SupervisionOpinionIssued(
                opinion_no=p.subject.no,
                unit_id=p.subject.unit_id,
                line_count=p.subject.line_count,
                issued_on=p.subject.issued_on,
            ),
        ),
    ),
    tells=(
        Tells("supervised_unit", "supervision_opinion_issued", LINKS, office=lambda p: p.subject.unit_id),
    ),
)


def send_to_the_unit(p: AnyDuty) -> None:
    """The unit reads and answers the opinion; of the supervision behind it the unit knows nothing."""
    filed = UnitsDutyOpinion(addressee=p.paper.addressee, lines=p.paper.lines, unit_id=p.subject.unit_id)
    p.subject.opinion_id = perform_as_service(p.work, OPEN_DUTY_OPINION, filed).subject.id


ISSUE_OPINION = of_link(
    DutyLink.OPINION,
    name="issue_duty_opinion",
    zh="提出专责监督意见",
    en="Issue the opinion",
    paper=DutyOpinion,
    when=("planned",),
    becomes="opinion_sent",
    documents=(Document("supervision_opinion", "监督意见书(盖章扫描)", LINKS, required=False),),
    guards=(lines_are_numbered,),
    also=send_to_the_unit,
)
RECORD_RECTIFICATION = of_link(
    DutyLink.RECTIFICATION,
    name="record_duty_rectification",
    zh="登记单位整改情况",
    en="Record the unit's rectification",
    paper=DutyRectification,
    when=("opinion_sent",),
    becomes="under_rectification",
    documents=(Document("rectification_report", "整改报告(扫描)", LINKS, required=False),),
    guards=(not_in_the_future("reported_on"),),
)


def judge_rectification(p: Performance[DutySupervision, DutyTracking]) -> None:
    """Rectified: what was to follow is not needed."""
    if p.paper.fully_rectified:
        p.subject.state = "rectified_at_tracking"
        spare(p, (DutyLink.INTERVIEW, DutyLink.ACCOUNTABILITY))
    else:
        p.subject.state = "unrectified"


TRACK_RECTIFICATION = of_link(
    DutyLink.TRACKING,
    name="track_duty_rectification",
    zh="跟踪核实整改",
    en="Track the rectification",
    paper=DutyTracking,
    when=("under_rectification",),
    guards=(not_in_the_future("tracked_on"),),
    also=judge_rectification,
)


def interview_was_held(p: Interviewing) -> None:
    """One of this unit that the actor may know of."""
    knows = p.work.runtime.kinds[FormalInterview.KIND].knows
    query = select(FormalInterview.id).where(
        FormalInterview.id == p.paper.interview_id,
        FormalInterview.unit_id == p.subject.unit_id,
        FormalInterview.state == "held",
        visible(FormalInterview, p.work.actor, knows),
    )
    if p.session.scalars(query).first() is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="interview_id", clauses=(LINKS,))


def keep_interview(p: Interviewing) -> None:
    p.subject.interview_id = p.paper.interview_id


RECORD_INTERVIEW = of_link(
    DutyLink.INTERVIEW,
    name="record_duty_interview",
    zh="登记约谈(专责监督)",
    en="Record the interview",
    paper=DutyInterview,
    when=("unrectified",),
    becomes="interviewed",
    guards=(interview_was_held,),
    also=keep_interview,
)
ASK_ACCOUNTABILITY = of_link(
    DutyLink.ACCOUNTABILITY,
    name="record_duty_accountability",
    zh="登记提请问责",
    en="Record that accountability was asked for",
    paper=DutyAccountability,
    when=("interviewed",),
    becomes="accountability_asked",
    guards=(not_in_the_future("proposed_on"),),
)


def outcome_follows_from_the_links(p: Performance[DutySupervision, DutyClosing]) -> None:
    """Held accountable is who was proposed for it; all else ends with the rectification."""
    asked = p.subject.state == "accountability_asked"
    if asked != (p.paper.outcome is DutyOutcome.ACCOUNTABLE):
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="outcome", clauses=(LINKS,))


def close(p: Performance[DutySupervision, DutyClosing]) -> None:
    """After an interview that was enough accountability is not needed."""
    spare(p, tuple(link for link in DutyLink if link.value not in ids_in(p.subject.passed_links)))
    p.subject.outcome_code, p.subject.closed_on = p.paper.outcome.value, p.today


CLOSE_DUTY = Act(
    name="close_duty_supervision",
    zh="专责监督办结",
    en="Close special-duty supervision",
    clauses=(LINKS,),
    on=DutySupervision,
    by=IN_OFFICE,
    paper=DutyClosing,
    when=("rectified_at_tracking", "interviewed", "accountability_asked"),
    becomes="closed",
    guards=(outcome_follows_from_the_links,),
    effect=close,
    fills=(Fills(NODES, lambda p: tuple(ids_in(p.subject.not_needed_links))),),
)
ACTS: tuple[Act[Any, Any], ...] = (
    OPEN_DUTY_OPINION,
    ISSUE_OPINION,
    RECORD_RECTIFICATION,
    TRACK_RECTIFICATION,
    RECORD_INTERVIEW,
    ASK_ACCOUNTABILITY,
    CLOSE_DUTY,
)
