"""Duties (时限): opened, met and voided by acts, in the service whose act opens them (ruling 12)."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from contracts.clause import DatedValue
from contracts.working_days import Due, Unit, due, due_before, published_calendar
from services.chassis.access import recused_from
from services.chassis.clock import local_date
from services.chassis.remembered import opened_item
from services.chassis.subject import SEALED, UNCLASSED, SubjectColumns
from services.chassis.tables import Duty
from services.chassis.values import value_in_force
from services.chassis.work import Work


def open_duty(
    work: Work,
    subject: SubjectColumns,
    *,
    clause: str,
    value: str,
    owed_by: str,
    counted_from: date,
    owed_person: str = "",
    recipient: str = "",
    owed_office: str = "",
    taken_over: bool = False,
    warn_before: tuple[int, ...] = (),
    event_at: datetime | None = None,
) -> Duty:
    """Open a clock by the value in force today and tell `notifications`. Sealed items open content-free clocks.

    `owed_office`: the office or unit that owes it, if that is not the item's own. `taken_over`: the item comes
    from an older ledger; a clock that is overdue from the start asks for no reminders one by one. `warn_before`: days
    before the due day, for clocks of whole periods, which count no days. `event_at`: what it is to be done before; the
    days are counted back from there, and only after it began is it late.
    """
    duty = new_duty(
        work,
        subject,
        value_in_force(work.session, clause, value, work.today),
        owed_by=owed_by,
        counted_from=counted_from,
        owed_person=owed_person,
        recipient=recipient,
        owed_office=owed_office,
        taken_over=taken_over,
        warn_before=warn_before,
        event_at=event_at,
    )
    work.session.add(duty)
    return duty


def new_duty(
    work: Work,
    subject: SubjectColumns,
    dated: DatedValue,
    *,
    owed_by: str,
    counted_from: date,
    owed_person: str = "",
    recipient: str = "",
    owed_office: str = "",
    taken_over: bool = False,
    warn_before: tuple[int, ...] = (),
    event_at: datetime | None = None,
) -> Duty:
    """As `open_duty`, for whoever stores the row: the event is on its way with this unit of work."""
    clause = dated.clause
    if event_at is None:
        ends = due(counted_from, int(dated.amount), cast(Unit, dated.unit), published_calendar())
    else:
        ends = due_before(event_at, int(dated.amount), published_calendar())
    sealed = subject.secrecy in (SEALED, UNCLASSED)
    duty = Duty(
        id=work.new_id(),
        clause=clause,
        value_name=dated.name,
        value_version=dated.version,
        subject_kind=subject.KIND,
        subject_id=subject.id,
        office_id=owed_office or subject.office_id,
        owed_role=owed_by,
        owed_person=owed_person,
        recipient=recipient,
        counted_from=counted_from,
        opened_at=work.now,
        due_at=ends.due_at,
        counted=json.dumps([d.isoformat() for d in ends.counted]),
        calendar_version=ends.calendar_version,
        provisional=ends.provisional,
        sealed=sealed,
        status="open",
        met_at=None,
        late=False,
    )
    event = work.own_event(
        "duty_opened",
        duty_id=duty.id,
        clause=clause,
        subject_ref=subject.id,
        office_id=duty.office_id,
        owed_role=owed_by,
        owed_person=owed_person,
        recipient=recipient,
        opened_on=counted_from,
        due_at=ends.due_at,
        provisional=ends.provisional,
        warn=_warn_on(ends, warn_before),
        warned_roles=() if sealed else (owed_by,),
        sealed=sealed,
        digest_only=taken_over and work.now > ends.due_at,
        addressee_person=subject.addressee_id if sealed else "",
        recused=recused_from(work.session, subject),
    )
    work.emit(event, subject.ref, subject.version, (clause,))
    return duty


def meet_duties(
    work: Work, subject: SubjectColumns, clause: str, recipient: str = "", *, at: datetime | None = None
) -> list[Duty]:
    """Meet the open clocks of a clause (for one recipient); late is flagged, never refused (ruling 1).

    `at`: when it was done, if an act records what others did before.
    """
    met, done_at = _open_ones(work, subject, clause, recipient), at or work.now
    for duty in met:
        duty.status, duty.met_at, duty.late = "met", done_at, _breaches(work, duty, done_at)
        event = work.own_event("duty_met", duty_id=duty.id, met_at=done_at, late=duty.late)
        work.emit(event, subject.ref, subject.version, (clause,))
    return met


def _breaches(work: Work, duty: Duty, done_at: datetime) -> bool:
    """Whether it was done late; a clock that is ours and not the text's (effect `warning`) is never breached."""
    if done_at <= duty.due_at:
        return False
    opened_on = local_date(duty.opened_at)
    return value_in_force(work.session, duty.clause, duty.value_name, opened_on).effect != "warning"


def late_by(work: Work, duty: Duty) -> int:
    """By how many days it was met after its due day: working days for a limit in working days; 0 in time."""
    if duty.met_at is None or not duty.late:
        return 0
    due_on, met_on = local_date(duty.due_at), local_date(duty.met_at)
    unit = value_in_force(work.session, duty.clause, duty.value_name, local_date(duty.opened_at)).unit
    after = (due_on + timedelta(days=n) for n in range(1, (met_on - due_on).days + 1))
    return sum(unit != "working_day" or published_calendar().is_working_day(day) for day in after)


def void_duties(work: Work, subject: SubjectColumns, clause: str, recipient: str | None = None) -> None:
    """Void the open clocks of a clause (for one recipient): what they were for no longer applies."""
    for duty in _open_ones(work, subject, clause, recipient):
        duty.status, duty.met_at = "voided", work.now
        work.emit(
            work.own_event("duty_voided", duty_id=duty.id, voided_at=work.now, reason_code="superseded"),
            subject.ref,
            subject.version,
            (clause,),
        )


def duties_of(session: Session, subject: SubjectColumns) -> list[Duty]:
    """All clocks of an item, by their ids."""
    item = opened_item(session, subject.id)
    if item is not None:
        return sorted(item.duties, key=lambda duty: duty.id)
    query = select(Duty).where(Duty.subject_kind == subject.KIND, Duty.subject_id == subject.id)
    return list(session.scalars(query.order_by(Duty.id)))


def _warn_on(ends: Due, before: tuple[int, ...]) -> tuple[date, ...]:
    """Reminders on the days asked for, or at the start of the day before the last and of the last day.

    Which they are is clocks.yaml's; no text asks for warnings.
    """
    if before:
        return tuple(ends.due_on - timedelta(days=days) for days in sorted(before, reverse=True))
    return ends.counted[-2:] if len(ends.counted) > 1 else ()


def _open_ones(work: Work, subject: SubjectColumns, clause: str, recipient: str | None) -> list[Duty]:
    query = select(Duty).where(
        Duty.subject_kind == subject.KIND,
        Duty.subject_id == subject.id,
        Duty.clause == clause,
        Duty.status == "open",
    )
    if recipient:
        query = query.where(Duty.recipient == recipient)
    return list(work.session.scalars(query.order_by(Duty.id)))
