"""The office attends a unit's meeting or records why not; what it finds there (LZ-6.3, LZ-6.7, LL-1.14 to LL-1.20)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.inspection_supervision import MeetingAbsenceRecorded, MeetingAttended
from contracts.refusals import RefusalCode
from services.chassis.access import ROLE_GROUPS
from services.chassis.act import Act, Document, Fills, HandOn, Tells, Warns
from services.chassis.clock import local_date
from services.chassis.duties import open_duty
from services.chassis.performance import Performance
from services.chassis.tables import DirectoryAssignment
from services.inspection.acts.meetings import KINDS, OF_ALL_KINDS, AnyMeeting
from services.inspection.acts.posts import ids_in
from services.inspection.acts.problems import find_problem
from services.inspection.acts.supervision_posts import HEAD, IN_OFFICE
from services.inspection.domain.meeting_codes import CLAUSE_OF, DECIDING, MeetingKind
from services.inspection.papers.meetings import (
    AbsenceRecord,
    AttendanceRecord,
    ProblemEntry,
    Reminder,
    SelfCheckLink,
)
from services.inspection.storage_meeting import AgendaItem, Meeting

Attending = Performance[Meeting, AttendanceRecord]
NOT_DATED = {"expected": RefusalCode.MISSING_FIELD}
"""A meeting without its day has no attendance yet."""


def has_begun(p: AnyMeeting) -> None:
    if p.subject.opens_at is not None and p.subject.opens_at > p.work.now:
        raise p.refuse(RefusalCode.DATE_ORDER)


def is_of_the_office(p: Attending) -> None:
    """Somebody with a post in the office that supervises the unit, on the day of the meeting."""
    held_on = local_date(p.subject.opens_at) if p.subject.opens_at else p.today
    held = p.session.scalars(
        select(DirectoryAssignment).where(
            DirectoryAssignment.person_id == p.paper.attendee_id,
            DirectoryAssignment.office_id == p.subject.office_id,
            DirectoryAssignment.role.in_(ROLE_GROUPS["dispatched_office"]),
        )
    )
    if not any(one.valid_from <= held_on <= (one.valid_to or held_on) for one in held):
        raise p.refuse(RefusalCode.WRONG_ROLE, field="attendee_id")


def note_attendance(p: Attending) -> None:
    item = p.subject
    item.attended_on = local_date(item.opens_at) if item.opens_at else p.today
    item.attendee_id, item.capacity_code = p.paper.attendee_id, p.paper.capacity.value
    item.supervised_items = len(ids_in(item.scoped_nos))
    p.facts |= {"capacity": item.capacity_code, "supervised_items": item.supervised_items}


RECORD_ATTENDANCE = Act(
    name="record_attendance",
    zh="登记参加(列席)会议",
    en="Record attendance",
    clauses=("LZ-6.3", *OF_ALL_KINDS),
    on=Meeting,
    by=IN_OFFICE,
    paper=AttendanceRecord,
    when=("announced",),
    otherwise=NOT_DATED,
    becomes="attended",
    guards=(has_begun, is_of_the_office),
    effect=note_attendance,
    fills=(Fills("LZ-6.7"),),
    hands_on=(
        HandOn(
            MeetingAttended,
            lambda p: MeetingAttended(
                meeting_id=p.subject.id,
                capacity=p.subject.capacity_code,
                item_count=p.subject.supervised_items,
                attended_on=p.subject.attended_on,
            ),
        ),
    ),
)


def minutes_are_owed(p: AnyMeeting) -> None:
    """After an absence from a meeting that decides, the unit sends the minutes of its own accord (LZ-6.8)."""
    item = p.subject
    if item.kind_code not in DECIDING or item.opens_at is None:
        return
    p.opened.append(
        open_duty(
            p.work,
            item,
            clause="LZ-6.8",
            value="file_within",
            owed_by="supervised_unit",
            owed_office=item.unit_id,
            counted_from=max(local_date(item.opens_at), p.today),
        )
    )


RECORD_ABSENCE = Act(
    name="record_absence",
    zh="登记无法参加(列席)",
    en="Record absence",
    clauses=("LZ-6.7", "LZ-6.8", *OF_ALL_KINDS),
    on=Meeting,
    by=IN_OFFICE,
    paper=AbsenceRecord,
    when=("announced",),
    otherwise=NOT_DATED,
    becomes="absent",
    effect=minutes_are_owed,
    fills=(Fills("LZ-6.7"),),
    hands_on=(
        HandOn(
            MeetingAbsenceRecorded,
            lambda p: MeetingAbsenceRecorded(
                meeting_id=p.subject.id,
                reason_code="on_record",
                meeting_on=local_date(p.subject.opens_at),
            ),
        ),
    ),
)


def _note_unrecorded(p: AnyMeeting) -> None:
    p.subject.unrecorded_on = p.today


NOTE_UNRECORDED = Act(
    name="note_unrecorded",
    zh="会议已过,参会情况未登记",
    en="The meeting is over and nothing is on record",
    clauses=("LZ-6.7", "LL-1.14"),
    on=Meeting,
    by=(),
    paper=Reminder,
    when=("announced",),
    effect=_note_unrecorded,
    keeps_paper=False,
    warns=(Warns("LZ-6.7", lambda _: ("",)),),
    tells=(Tells(HEAD, "meeting_unrecorded", "LZ-6.7", office=lambda p: p.subject.office_id),),
)


def is_an_integrity_meeting(p: Performance[Meeting, SelfCheckLink]) -> None:
    if p.subject.kind_code != MeetingKind.INTEGRITY_WORK.value:
        raise p.refuse(RefusalCode.WRONG_STATE)


LINK_SELF_CHECK = Act(
    name="link_self_check",
    zh="关联年度自查",
    en="Link the meeting to the yearly self-check",
    clauses=("LL-1.18",),
    on=Meeting,
    by=IN_OFFICE,
    paper=SelfCheckLink,
    when=("attended", "absent"),
    needs=(is_an_integrity_meeting,),
    sets=("self_check_no",),
    anytime=True,
)


def is_on_the_agenda(p: Performance[Meeting, Any], number: int) -> None:
    """Raises Refusal(UNKNOWN_REFERENCE) for a number that the agenda does not have."""
    if number not in agenda_numbers(p):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="item_no")


def agenda_numbers(p: AnyMeeting) -> set[int]:
    from_agenda = select(AgendaItem.no).where(AgendaItem.meeting_id == p.subject.id)
    return set(p.session.scalars(from_agenda))


def item_is_known(p: Performance[Meeting, ProblemEntry]) -> None:
    if p.paper.item_no:
        is_on_the_agenda(p, p.paper.item_no)


def enter_problem(p: Performance[Meeting, ProblemEntry]) -> None:
    clause = CLAUSE_OF[MeetingKind(p.subject.kind_code)]
    find_problem(p, clause, p.paper.grade, item_no=p.paper.item_no)


ENTER_PROBLEM = Act(
    name="enter_problem",
    zh="登记会议发现的问题",
    en="Enter a problem found at the meeting",
    clauses=KINDS,
    on=Meeting,
    by=IN_OFFICE,
    paper=ProblemEntry,
    when=("attended", "decided", "followed_up"),
    documents=(Document("problem_evidence", "问题佐证材料", "LL-1.19", required=False),),
    guards=(item_is_known,),
    effect=enter_problem,
    anytime=True,
)
ACTS: tuple[Act[Any, Any], ...] = (
    RECORD_ATTENDANCE,
    RECORD_ABSENCE,
    NOTE_UNRECORDED,
    LINK_SELF_CHECK,
    ENTER_PROBLEM,
)
