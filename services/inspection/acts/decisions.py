"""What a meeting decided, by its minutes or the office's own record, and whether it is carried out (LZ-6.5, LZ-6.8)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from contracts.events.inspection_supervision import MinutesFiled
from contracts.refusals import RefusalCode
from services.chassis.access import listed_ids
from services.chassis.act import Act, Document, Fills, HandOn, Meets, Opens, Tells, Warns
from services.chassis.clock import local_date
from services.chassis.performance import Performance
from services.inspection.acts.attendance import agenda_numbers, is_on_the_agenda
from services.inspection.acts.meetings import AnyMeeting
from services.inspection.acts.posts import ids_in, not_in_the_future
from services.inspection.acts.problems import find_problem
from services.inspection.acts.supervision_posts import AT_UNIT, HEAD, IN_OFFICE
from services.inspection.papers.meetings import (
    DecisionLine,
    DecisionRecord,
    ImplementationCheck,
    Minutes,
    Reminder,
)
from services.inspection.storage_meeting import Meeting

Filing = Performance[Meeting, Minutes]
Checking = Performance[Meeting, ImplementationCheck]
HELD = ("attended", "absent", "decided", "followed_up")


def decisions_are_on_the_agenda(p: Performance[Meeting, Any]) -> None:
    if {line.item_no for line in p.paper.decisions} - agenda_numbers(p):
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="decisions.item_no")


def not_before_the_meeting(field: str) -> Any:
    """A guard: the paper's date is no earlier than the meeting's day."""

    def guard(p: AnyMeeting) -> None:
        held_at = p.subject.opens_at
        if held_at is not None and getattr(p.paper, field) < local_date(held_at):
            raise p.refuse(RefusalCode.DATE_ORDER, field=field)

    return guard


def keep_decisions(p: AnyMeeting, lines: Iterable[DecisionLine]) -> None:
    item = p.subject
    decided = {int(one) for one in ids_in(item.decided_nos)} | {line.item_no for line in lines}
    item.decided_nos = listed_ids(str(number) for number in sorted(decided))
    if decided:
        item.state = "decided"


def keep_minutes(p: Filing) -> None:
    p.subject.minutes_on = p.paper.filed_on
    keep_decisions(p, p.paper.decisions)


FILE_MINUTES = Act(
    name="file_minutes",
    zh="报送会议纪要",
    en="File the minutes",
    clauses=("LZ-6.8", "LL-2.18"),
    on=Meeting,
    by=(*AT_UNIT, *IN_OFFICE),
    paper=Minutes,
    when=HELD,
    documents=(Document("meeting_minutes", "会议纪要", "LZ-6.8"),),
    once=True,
    guards=(
        not_in_the_future("filed_on"),
        not_before_the_meeting("filed_on"),
        decisions_are_on_the_agenda,
    ),
    effect=keep_minutes,
    meets=(Meets("LZ-6.8"),),
    fills=(Fills("LZ-6.8"),),
    hands_on=(
        HandOn(
            MinutesFiled,
            lambda p: MinutesFiled(meeting_id=p.subject.id, filed_on=p.paper.filed_on),
        ),
    ),
)


def _note_minutes_asked(p: AnyMeeting) -> None:
    p.subject.minutes_asked_on = p.today


NOTE_MINUTES_OUTSTANDING = Act(
    name="note_minutes_outstanding",
    zh="会议纪要逾期未报送",
    en="The minutes have not come",
    clauses=("LZ-6.8",),
    on=Meeting,
    by=(),
    paper=Reminder,
    when=HELD,
    effect=_note_minutes_asked,
    keeps_paper=False,
    warns=(Warns("LZ-6.8", lambda _: ("",)),),
    tells=(
        Tells("supervised_unit", "minutes_outstanding", "LZ-6.8", office=lambda p: p.subject.unit_id),
        Tells(HEAD, "minutes_outstanding", "LZ-6.8", office=lambda p: p.subject.office_id),
    ),
)
RECORD_DECISION = Act(
    name="record_decision",
    zh="登记决策结果",
    en="Record what was decided",
    clauses=("LZ-6.5",),
    on=Meeting,
    by=IN_OFFICE,
    paper=DecisionRecord,
    when=("attended", "absent", "decided"),
    guards=(
        not_in_the_future("decided_on"),
        not_before_the_meeting("decided_on"),
        decisions_are_on_the_agenda,
    ),
    effect=lambda p: keep_decisions(p, p.paper.decisions),
    anytime=True,
)


def item_was_decided(p: Checking) -> None:
    is_on_the_agenda(p, p.paper.item_no)
    if str(p.paper.item_no) not in ids_in(p.subject.decided_nos):
        raise p.refuse(RefusalCode.WRONG_STATE, field="item_no")


def a_deviation_is_graded(p: Checking) -> None:
    if p.paper.deviates and p.paper.grade is None:
        raise p.refuse(RefusalCode.MISSING_FIELD, field="grade")


def keep_check(p: Checking) -> None:
    """A deviation opens a problem that is linked to the item."""
    item = p.subject
    checked = {int(one) for one in ids_in(item.checked_nos)} | {p.paper.item_no}
    item.checked_nos = listed_ids(str(number) for number in sorted(checked))
    if checked >= {int(one) for one in ids_in(item.decided_nos)}:
        item.state = "followed_up"
    if p.paper.deviates and p.paper.grade is not None:
        find_problem(p, "LZ-6.5", p.paper.grade, item_no=p.paper.item_no)


CHECK_IMPLEMENTATION = Act(
    name="check_implementation",
    zh="检查决策落实",
    en="Check how a decision is carried out",
    clauses=("LZ-6.5",),
    on=Meeting,
    by=IN_OFFICE,
    paper=ImplementationCheck,
    when=("decided", "followed_up"),
    guards=(
        not_in_the_future("checked_on"),
        not_before_the_meeting("checked_on"),
        item_was_decided,
        a_deviation_is_graded,
    ),
    effect=keep_check,
    opens=(
        Opens(
            "LZ-6.11",
            "act_within",
            "dispatched_office",
            lambda p: p.today,
            only_if=lambda p: not p.standing.clock_is_open("LZ-6.11"),
        ),
    ),
)
"""What it finds is a result of the supervision, which is reported promptly (LZ-6.11)."""

ACTS: tuple[Act[Any, Any], ...] = (
    FILE_MINUTES,
    NOTE_MINUTES_OUTSTANDING,
    RECORD_DECISION,
    CHECK_IMPLEMENTATION,
)
