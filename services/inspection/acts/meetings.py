"""A unit's meeting is announced, expected of a round, put off or cancelled; its agenda is delivered (LZ-6.6, LL-1)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from contracts.events.inspection_supervision import MeetingMaterialsReceived
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, HandOn, Tells, Warns
from services.chassis.clock import local_date
from services.chassis.duties import meet_duties, open_duty
from services.chassis.perform import perform_as_service
from services.chassis.performance import Performance
from services.chassis.reference import look_up
from services.chassis.tables import DirectoryCoverage
from services.inspection.acts.importants_list import boundaries_of, list_in_force
from services.inspection.acts.supervision_posts import (
    ANY_OFFICE,
    ANY_UNIT,
    AT_UNIT,
    HEAD,
    IN_OFFICE,
    coverage_of,
    covered,
    item_of,
    not_after_now,
    numbered,
    supervisor_of,
    unit_named,
)
from services.inspection.domain.boundaries import in_scope
from services.inspection.domain.meeting_codes import (
    DECIDING,
    OF_A_ROUND,
    WITH_AGENDA,
    MeetingKind,
)
from services.inspection.papers.meetings import (
    AgendaPack,
    ExpectedMeeting,
    MeetingCancellation,
    MeetingNotice,
    MeetingSchedule,
)
from services.inspection.storage_meeting import AgendaItem, Meeting

AnyMeeting = Performance[Meeting, Any]
Announcing = Performance[Meeting, MeetingNotice]
Delivering = Performance[Meeting, AgendaPack]
KINDS = ("LL-1.15", "LL-1.16", "LL-1.17", "LL-1.18", "LL-1.19", "LL-1.20")
OF_ALL_KINDS = ("LL-1.14", *KINDS)


def other_meetings_are_described(p: Announcing) -> None:
    if p.paper.kind is MeetingKind.OTHER and not p.paper.description:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="description", clauses=("LL-1.20",))


def numbers_are_single(p: Performance[Meeting, Any]) -> None:
    if len({line.no for line in p.paper.items}) < len(p.paper.items):
        raise p.refuse(RefusalCode.DUPLICATE, field="items.no")


def _of_unit(p: AnyMeeting, unit_id: str, kind: MeetingKind) -> list[Meeting]:
    query = select(Meeting).where(
        Meeting.unit_id == unit_id, Meeting.kind_code == kind.value, Meeting.state != "cancelled"
    )
    return list(p.session.scalars(query.order_by(Meeting.opened_on, Meeting.id)))


def is_not_expected_already(p: Announcing) -> None:
    """What a round expects is put on its day there, not announced beside it."""
    if p.paper.kind in OF_A_ROUND and any(
        one.state == "expected" for one in _of_unit(p, unit_named(p), p.paper.kind)
    ):
        raise p.refuse(RefusalCode.DUPLICATE, field="kind", clauses=("LL-1.16",))


def _feedback_follows(p: AnyMeeting, unit_id: str, kind: str, opens_at: datetime, round_id: str) -> None:
    """Within a round the feedback meeting comes after the mobilisation; without a round the latest one counts."""
    if kind not in (MeetingKind.FEEDBACK.value, MeetingKind.MOBILISATION.value):
        return
    is_feedback = kind == MeetingKind.FEEDBACK.value
    other = MeetingKind.MOBILISATION if is_feedback else MeetingKind.FEEDBACK
    dated = [one for one in _of_unit(p, unit_id, other) if one.opens_at and one.round_id == round_id]
    if not dated:
        return
    last = max(one.opens_at for one in dated if one.opens_at)
    if (opens_at < last) if is_feedback else (bool(round_id) and opens_at > last):
        raise p.refuse(RefusalCode.DATE_ORDER, field="opens_at", clauses=("LL-1.16",))


def feedback_follows_mobilisation(p: Announcing) -> None:
    _feedback_follows(p, unit_named(p), p.paper.kind.value, p.paper.opens_at, "")


def announced(p: Announcing) -> Meeting:
    coverage = coverage_of(p, unit_named(p))
    common = item_of(p, coverage, state="announced", no=numbered(p, "HY", coverage.office_id))
    return Meeting(**common, kind_code=p.paper.kind.value, opens_at=p.paper.opens_at)


def keep_agenda(p: Performance[Meeting, Any]) -> None:
    """The items of the paper take the place of those before them, classed by the unit's boundaries (LZ-6.2)."""
    item = p.subject
    p.session.flush()
    p.session.execute(delete(AgendaItem).where(AgendaItem.meeting_id == item.id))
    boundaries = boundaries_of(p.session, item.unit_id)
    scoped = []
    for line in p.paper.items:
        important = in_scope(line.kind, line.amount, line.area_no, boundaries)
        p.session.add(
            AgendaItem(
                meeting_id=item.id,
                no=line.no,
                kind_code=line.kind.value,
                amount=line.amount,
                in_scope=important,
            )
        )
        scoped += [str(line.no)] if important else []
    item.item_count, item.scoped_nos = len(p.paper.items), listed_ids(scoped)
    p.facts |= {"items": item.item_count, "important": len(scoped)}


def start_agenda_clock(p: AnyMeeting) -> None:
    """The agenda is owed by the unit before the meeting opens (LZ-6.6)."""
    item = p.subject
    if item.opens_at is None or item.kind_code not in WITH_AGENDA or item.materials_at is not None:
        return
    p.session.flush()
    p.opened.append(
        open_duty(
            p.work,
            item,
            clause="LZ-6.6",
            value="deliver_before",
            owed_by="supervised_unit",
            owed_office=item.unit_id,
            counted_from=p.today,
            event_at=item.opens_at,
        )
    )


def begin_meeting(p: Announcing) -> None:
    keep_agenda(p)
    start_agenda_clock(p)


def no_list(p: AnyMeeting) -> tuple[str, ...]:
    """Whether the unit decides important matters without a list in force of what they are."""
    missing = p.subject.kind_code in DECIDING and list_in_force(p.session, p.subject.unit_id) is None
    return ("",) if missing else ()


ANNOUNCE_MEETING = Act(
    name="announce_meeting",
    zh="通知会议",
    en="Announce a meeting",
    clauses=(*OF_ALL_KINDS, "LZ-6.1", "LZ-6.2", "LZ-6.6"),
    on=Meeting,
    by=(*ANY_OFFICE, *ANY_UNIT),
    paper=MeetingNotice,
    new=announced,
    becomes="announced",
    guards=(
        covered,
        other_meetings_are_described,
        numbers_are_single,
        is_not_expected_already,
        feedback_follows_mobilisation,
    ),
    effect=begin_meeting,
    warns=(Warns("LZ-6.1", no_list),),
    tells=(
        Tells(
            HEAD,
            "importants_list_missing",
            "LZ-6.1",
            office=lambda p: p.subject.office_id,
            only_if=lambda p: bool(no_list(p)),
        ),
    ),
)


def expected(p: Performance[Meeting, ExpectedMeeting]) -> Meeting:
    coverage = supervisor_of(p, p.paper.unit_id)
    common = item_of(p, coverage, state="expected", no=numbered(p, "HY", coverage.office_id))
    return Meeting(**common, kind_code=p.paper.kind.value, round_id=p.paper.round_id)


EXPECT_MEETING = Act(
    name="expect_meeting",
    zh="预告巡察会议",
    en="A meeting of a round is expected",
    clauses=("LL-1.16",),
    on=Meeting,
    by=(),
    paper=ExpectedMeeting,
    new=expected,
    becomes="expected",
)


def expect_meetings(p: Performance[Any, Any], unit_id: str, round_id: str) -> None:
    """A round at the unit brings two meetings that its office attends; without an office there are none."""
    if look_up(p.session, DirectoryCoverage, unit_id) is None:
        return
    for kind in OF_A_ROUND:
        paper = ExpectedMeeting(unit_id=unit_id, kind=kind, round_id=round_id)
        perform_as_service(p.work, EXPECT_MEETING, paper)


def lies_in_order(p: Performance[Meeting, MeetingSchedule]) -> None:
    item = p.subject
    _feedback_follows(p, item.unit_id, item.kind_code, p.paper.opens_at, item.round_id)


def put_on_its_day(p: Performance[Meeting, MeetingSchedule]) -> None:
    """A clock that was counted from another day is void; what was delivered already stays delivered."""
    p.void("LZ-6.6")
    p.subject.opens_at = p.paper.opens_at
    start_agenda_clock(p)


SCHEDULE_MEETING = Act(
    name="schedule_meeting",
    zh="确定(变更)会议时间",
    en="Put the meeting on its day, or on another",
    clauses=("LL-1.16", "LZ-6.6"),
    on=Meeting,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=MeetingSchedule,
    when=("expected", "announced"),
    becomes="announced",
    guards=(lies_in_order,),
    effect=put_on_its_day,
)
CANCEL_MEETING = Act(
    name="cancel_meeting",
    zh="取消会议",
    en="Cancel a meeting",
    clauses=("LL-1.14",),
    on=Meeting,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=MeetingCancellation,
    when=("expected", "announced"),
    becomes="cancelled",
    effect=lambda p: p.void("LZ-6.6"),
    anytime=True,
)


def delivered_at(p: Delivering) -> datetime:
    """A unit delivers when it files; the office records what came on paper."""
    given = None if p.work.actor.unit_id else p.paper.delivered_at
    return given or p.work.now


def agenda_is_of_the_meeting(p: Delivering) -> None:
    not_after_now(p, delivered_at(p), "delivered_at")
    if p.subject.opens_at is not None and p.paper.agenda_on != local_date(p.subject.opens_at):
        raise p.refuse(RefusalCode.DATE_ORDER, field="agenda_on")
    if p.paper.items and p.subject.state != "announced":
        raise p.refuse(RefusalCode.IMMUTABLE, field="items")


def keep_materials(p: Delivering) -> None:
    """In good time, at short notice, or after the meeting had opened (late); stored whichever it is."""
    item, at = p.subject, delivered_at(p)
    ends = [duty for duty in p.standing.open_clocks if duty.clause == "LZ-6.6"]
    p.met += meet_duties(p.work, item, "LZ-6.6", at=at)
    item.materials_at = at
    item.materials_code = _timeliness(at, item.opens_at, ends[0].counted if ends else "[]")
    if p.paper.items:
        keep_agenda(p)


def _timeliness(at: datetime, opens_at: datetime | None, counted: str) -> str:
    if opens_at is not None and at > opens_at:
        return "after_opening"
    in_good_time = local_date(at).isoformat() <= min(json.loads(counted), default="9999-12-31")
    return "in_time" if in_good_time else "short_notice"


DELIVER_MATERIALS = Act(
    name="deliver_materials",
    zh="送达议题和相关材料",
    en="Deliver agenda and papers",
    clauses=("LZ-6.6", "LL-2.3"),
    on=Meeting,
    by=(*IN_OFFICE, *AT_UNIT),
    paper=AgendaPack,
    when=("announced", "attended", "absent", "decided", "followed_up"),
    documents=(
        Document("meeting_agenda", "会议议题", "LZ-6.6"),
        Document("meeting_papers", "议题材料", "LZ-6.6", required=False),
    ),
    once=True,
    guards=(numbers_are_single, agenda_is_of_the_meeting),
    effect=keep_materials,
    warns=(Warns("LZ-6.6", lambda p: ("",) if p.subject.materials_code == "short_notice" else ()),),
    hands_on=(
        HandOn(
            MeetingMaterialsReceived,
            lambda p: MeetingMaterialsReceived(
                meeting_id=p.subject.id,
                unit_id=p.subject.unit_id,
                received_on=local_date(p.subject.materials_at),
                late=p.subject.materials_code == "after_opening",
            ),
        ),
    ),
)
ACTS: tuple[Act[Any, Any], ...] = (
    ANNOUNCE_MEETING,
    EXPECT_MEETING,
    SCHEDULE_MEETING,
    CANCEL_MEETING,
    DELIVER_MATERIALS,
)
