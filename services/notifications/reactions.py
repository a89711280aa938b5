"""What notifications does on every service's events: clocks, notices to deliver, and a note of each hand-off."""

from __future__ import annotations

import json

from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.events.every_service import (
    DUTY_MET,
    DUTY_OPENED,
    DUTY_RECUSED,
    DUTY_RESCHEDULED,
    DUTY_VOIDED,
    NOTICE_DUE,
    DutyMet,
    DutyOpened,
    DutyRecused,
    DutyRescheduled,
    DutyVoided,
    NoticeDue,
)
from services.chassis.db import table_of
from services.chassis.directory import everywhere
from services.chassis.inbox import Reaction, Reactions
from services.chassis.work import Work
from services.notifications.placing import place_or_wait
from services.notifications.reminders import ask_for_digest, note_lateness, schedule
from services.notifications.storage import Handoff, ServiceDuty

OWN = "/notifications"
_HANDOFF = table_of(Handoff)


class DutyUnknown(LookupError):
    """The duty's opening has not arrived; it comes first in its stream, so this one waits."""


def on_opened(work: Work, event: DutyOpened, envelope: Envelope) -> None:
    duty = ServiceDuty(
        duty_id=event.duty_id, producer=_producer(envelope), clause=event.clause, subject_ref=event.subject_ref,
        office_id=event.office_id, owed_role=event.owed_role, owed_person=event.owed_person,
        addressee_person=event.addressee_person, recipient=event.recipient,
        recused=_listed(event.recused), opened_on=event.opened_on,
        due_at=event.due_at, warn=_days(event.warn), warned_roles=",".join(event.warned_roles),
        provisional=event.provisional, sealed=event.sealed, digest_only=event.digest_only, status="open",
        met_at=None, late=False, reached_at=None, overdue_steps=0, next_at=None,
    )  # fmt: skip
    work.session.add(duty)
    schedule(duty)
    if duty.digest_only:
        ask_for_digest(work, duty)


def on_rescheduled(work: Work, event: DutyRescheduled, _: Envelope) -> None:
    duty = _duty(work, event.duty_id)
    duty.due_at, duty.provisional, duty.warn = event.due_at, event.provisional, _days(event.warn)
    schedule(duty)


def on_met(work: Work, event: DutyMet, _: Envelope) -> None:
    duty = _duty(work, event.duty_id)
    duty.status, duty.met_at, duty.late = "met", event.met_at, event.late
    schedule(duty)
    note_lateness(work, duty)


def on_voided(work: Work, event: DutyVoided, _: Envelope) -> None:
    duty = _duty(work, event.duty_id)
    duty.status, duty.met_at = "voided", event.voided_at
    schedule(duty)


def on_recused(work: Work, event: DutyRecused, _: Envelope) -> None:
    """Whoever came to stand close to a person reported is left out of the next reminder already."""
    _duty(work, event.duty_id).recused = _listed(event.recused)


def on_notice_due(work: Work, event: NoticeDue, envelope: Envelope) -> None:
    place_or_wait(work, event, _producer(envelope))


def note_handoff(work: Work, _: Event, envelope: Envelope) -> None:
    """Keep that the hand-off was made: type, item, clauses, office, time."""
    if envelope.source == OWN:
        return
    row = {
        "event_id": envelope.id, "type": envelope.event_type, "subject": envelope.subject,
        "subject_ref": envelope.subject.partition("/")[2], "clauses": envelope.dwclauses,
        "office_id": envelope.dwoffice, "at": envelope.time,
    }  # fmt: skip
    work.insert(_HANDOFF, [row])


def _producer(envelope: Envelope) -> str:
    return envelope.source.strip("/")


def _duty(work: Work, duty_id: str) -> ServiceDuty:
    duty = work.session.get(ServiceDuty, duty_id, with_for_update=True)
    if duty is None:
        raise DutyUnknown
    return duty


def _listed(persons: tuple[str, ...]) -> str:
    """With a comma on both sides of each, so that one id is never found inside another."""
    return "".join(f",{person}" for person in persons) + ","


def _days(days: tuple[object, ...]) -> str:
    return json.dumps([str(day) for day in days])


def _of_every_service() -> dict[type[Event], Reaction]:
    shapes: tuple[tuple[object, Reaction], ...] = (
        (DUTY_OPENED, on_opened), (DUTY_RESCHEDULED, on_rescheduled), (DUTY_MET, on_met),
        (DUTY_VOIDED, on_voided), (DUTY_RECUSED, on_recused), (NOTICE_DUE, on_notice_due),
    )  # fmt: skip
    return {cls: reaction for family, reaction in shapes for cls in family.values()}  # type: ignore[attr-defined]


REACTIONS = Reactions(everywhere("notifications") | _of_every_service(), otherwise=note_handoff)
