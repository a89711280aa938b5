"""The ladder at work: what is due by the installation's clock is emitted and told, each step once.

A step and its mark on the clock's row commit together, under the row's lock: whatever dies, and however many
replicas run, no step is taken twice; steps that time jumped over are taken as one, the latest.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

from sqlalchemy import select

from contracts.events.base import Event
from contracts.events.notifications import DeadlineOverdue, DeadlineWarned
from services.chassis.clock import business_now, local_date
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin
from services.notifications import recipients
from services.notifications.domain.ladder import Step, day_begins, latest_reached, next_step_at
from services.notifications.placing import place_for
from services.notifications.storage import Notice, OfficeDigest, ServiceDuty

BATCH = 100
_MOMENT = timedelta(seconds=1)
_PERSON = "person:"
"""Before a handler's id where an office's digest has the office's: nobody else may know of sealed rows."""


def remind(runtime: Runtime) -> int:
    """Take every step that is reached; returns how many."""
    taken = 0
    while ids := _reached(runtime):
        with begin(runtime) as work:
            rows = work.session.scalars(
                select(ServiceDuty)
                .where(ServiceDuty.duty_id.in_(ids), ServiceDuty.status == "open",
                       ServiceDuty.next_at <= work.now)
                .order_by(ServiceDuty.duty_id)
                .with_for_update(skip_locked=True)
            ).all()  # fmt: skip
            for duty in rows:
                climb(work, duty)
        taken += len(rows)
        if not rows:  # another replica has them
            break
    return taken


def _reached(runtime: Runtime) -> list[str]:
    with runtime.db.read() as session:
        now, _ = business_now(session)
        due = select(ServiceDuty.duty_id).where(ServiceDuty.next_at <= now)
        return list(session.scalars(due.order_by(ServiceDuty.next_at, ServiceDuty.duty_id).limit(BATCH)))


def schedule(duty: ServiceDuty) -> None:
    """Set when the ladder's next step is reached; imported rows have a digest instead."""
    on_ladder = duty.status == "open" and not duty.digest_only
    duty.next_at = next_step_at(duty.reached_at, _warn(duty), duty.due_at) if on_ladder else None


def climb(work: Work, duty: ServiceDuty) -> None:
    """Take the latest step that is reached: its event, its audit entry, its notices."""
    step = latest_reached(work.now, _warn(duty), duty.due_at)
    if step is not None and (duty.reached_at is None or step.at > duty.reached_at):
        duty.reached_at = step.at
        if step.kind == "overdue":
            duty.overdue_steps = step.number
        announce(work, duty, step)
        place_for(
            work, recipients.of_duty(work.session, duty, work.today),
            notice_id=f"{duty.duty_id}.{step.kind}{step.number}", template=f"deadline_{_PAST[step.kind]}",
            clause=duty.clause, subject_ref=duty.subject_ref, producer=duty.producer, sealed=duty.sealed,
            role=duty.owed_role, due_on=local_date(duty.due_at),
        )  # fmt: skip
    schedule(duty)


_PAST = {"warn": "warned", "overdue": "overdue"}


def announce(work: Work, duty: ServiceDuty, step: Step) -> None:
    """Emit the step's event; of a sealed clock only the service that owns it hears."""
    event: Event
    due_on = local_date(duty.due_at)
    roles = tuple(filter(None, duty.warned_roles.split(",")))
    if step.kind == "warn":
        event = DeadlineWarned(duty_id=duty.duty_id, clause=duty.clause, subject_ref=duty.subject_ref,
                               due_on=due_on, warned_roles=roles, warned_on=local_date(step.at))  # fmt: skip
    else:
        event = DeadlineOverdue(duty_id=duty.duty_id, clause=duty.clause, subject_ref=duty.subject_ref,
                                due_on=due_on, warned_roles=roles, step=step.number)  # fmt: skip
    work.emit(
        event, f"duty/{duty.duty_id}", step.number, (duty.clause,), (duty.producer,) if duty.sealed else None
    )
    work.audit(f"deadline_{_PAST[step.kind]}", "system", subject_kind="duty", subject_id=duty.duty_id,
               clauses=(duty.clause,), facts={"step": step.number})  # fmt: skip


def note_lateness(work: Work, duty: ServiceDuty) -> None:
    """A clock met late was overdue, though nobody was reminded in time: the event is owed all the same."""
    if duty.late and duty.overdue_steps == 0 and not duty.digest_only:
        duty.overdue_steps = 1
        announce(work, duty, Step("overdue", 1, duty.due_at + _MOMENT))


def ask_for_digest(work: Work, duty: ServiceDuty) -> None:
    """Have a digest made once this imported row is overdue: the office's, or of a sealed one its handler's own."""
    at = max(work.now, duty.due_at + _MOMENT)
    place = f"{_PERSON}{duty.owed_person}" if duty.sealed else duty.office_id
    row = work.session.get(OfficeDigest, place)
    if row is None:
        work.session.add(OfficeDigest(office_id=place, next_at=at))
        work.session.flush()
    elif at < row.next_at and not _had_one_on(work, place, local_date(at)):
        row.next_at = at


def digest(runtime: Runtime) -> int:
    """One digest a day to each office, and to each handler of sealed ones, with overdue imported rows.

    Returns how many were due.
    """
    with runtime.db.read() as session:
        now, _ = business_now(session)
        offices = session.scalars(select(OfficeDigest.office_id).where(OfficeDigest.next_at <= now)).all()
    for office_id in offices:
        with begin(runtime) as work:
            row = work.session.scalars(
                select(OfficeDigest)
                .where(OfficeDigest.office_id == office_id, OfficeDigest.next_at <= work.now)
                .with_for_update(skip_locked=True)
            ).one_or_none()
            if row is not None:
                _digest_of(work, row)
    return len(offices)


def _digest_of(work: Work, row: OfficeDigest) -> None:
    person = row.office_id.removeprefix(_PERSON) if row.office_id.startswith(_PERSON) else ""
    whose = (
        (ServiceDuty.sealed, ServiceDuty.owed_person == person)
        if person
        else (~ServiceDuty.sealed, ServiceDuty.office_id == row.office_id)
    )
    imported = (ServiceDuty.digest_only, ServiceDuty.status == "open", *whose)
    first = work.session.scalars(
        select(ServiceDuty).where(*imported).order_by(ServiceDuty.due_at).limit(1)
    ).first()
    if first is None:
        work.session.delete(row)
        return
    if first.due_at >= work.now:
        row.next_at = first.due_at + _MOMENT
        return
    owing = work.session.scalars(
        select(ServiceDuty.owed_person).where(*imported, ServiceDuty.due_at < work.now).distinct()
    )
    heads = [] if person else recipients.heads_of(work.session, row.office_id, work.today)
    persons = dict.fromkeys((*heads, *filter(None, owing)))
    place_for(
        work, list(persons), notice_id=_digest_id(row.office_id, work.today), template="overdue_digest",
        clause=first.clause, subject_ref=row.office_id, producer=first.producer,
    )  # fmt: skip
    work.audit(
        "overdue_digest", "system", subject_kind="office", subject_id=row.office_id, clauses=(first.clause,)
    )
    row.next_at = day_begins(work.today + timedelta(days=1))


def _had_one_on(work: Work, office_id: str, day: date) -> bool:
    query = select(Notice.id).where(Notice.notice_id == _digest_id(office_id, day)).limit(1)
    return work.session.scalars(query).first() is not None


def _digest_id(office_id: str, day: date) -> str:
    return f"digest.{office_id}.{day.isoformat()}"


def _warn(duty: ServiceDuty) -> list[date]:
    return [date.fromisoformat(day) for day in json.loads(duty.warn)]
