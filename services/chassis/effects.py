"""What an event does in the service that receives it: one at a time, or a batch at once.

A batch costs what its effects cost: one savepoint, one look at the time, one flush, one insert of all that goes out.
If any of its events fails, the whole batch is undone, and its events are tried one by one, each in its own savepoint.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from contracts.events import event_in
from services.chassis.arrivals import Arrived
from services.chassis.clock import business_now, real_now
from services.chassis.tables import Inbox
from services.chassis.work import TimeMode, Work, finish_all

if TYPE_CHECKING:
    from datetime import datetime

    from services.chassis.runtime import Runtime

    Moment = tuple[datetime, TimeMode]

R = TypeVar("R", bound=Callable[..., None])
E = TypeVar("E", Inbox, Arrived)
Place = tuple[str, int, int]
"""Producer, epoch, number."""


class SetAside(Exception):
    """Raised by a reaction for an event that no waiting would mend: it is parked at once.

    `reason`: a code, shown to the system administrator. `alarm`: whom else to tell, in the same commit.
    """

    def __init__(self, reason: str, alarm: Callable[[Work], None]) -> None:
        super().__init__(reason)
        self.reason, self.alarm = reason, alarm


_ASKED_FOR_AS_STORED: set[Callable[..., None]] = set()


def stored_at_once(reaction: R) -> R:
    """For a reaction on the directory, values or the time: other effects ask for these without flushing before."""
    _ASKED_FOR_AS_STORED.add(reaction)
    return reaction


def alone(runtime: Runtime, session: Session, event: Inbox) -> None:
    """Let one event take effect; raises whatever its reaction raises."""
    finish_all(session, [react(runtime, session, event, business_now(session))])


def together(
    runtime: Runtime,
    session: Session,
    events: Sequence[Inbox] | Sequence[Arrived],
    first: Callable[[], None] = lambda: None,
) -> bool:
    """Let all these events take effect, in their order; False if none of them did, because one failed.

    What `first` does before them belongs to them: it is undone with them, and may fail.
    """
    try:
        with session.begin_nested():
            first()
            moment, works = business_now(session), []
            for event in events:
                work = react(runtime, session, event, moment)
                works.append(work)
                if work.stored_at_once:
                    session.flush()
                    moment = business_now(session)
            finish_all(session, works)
    except Exception:
        return False  # which one it was, and why, is found out one by one
    return True


def raise_alarm(runtime: Runtime, session: Session, event: Inbox, rejected: SetAside) -> None:
    """Tell of an event that was set aside: its effects were undone, this is not."""
    now, mode = business_now(session)
    work = Work(runtime, session, now, real_now(), mode, traceparent=event.envelope.traceparent)
    rejected.alarm(work)
    finish_all(session, [work])


def react(runtime: Runtime, session: Session, arrived: Inbox | Arrived, moment: Moment) -> Work:
    """Do what the service does on this event; what follows from it is not written yet."""
    envelope = arrived.envelope
    event = event_in(envelope)
    work = Work(
        runtime,
        session,
        moment[0],
        real_now(),
        moment[1],
        cause=envelope.id,
        traceparent=envelope.traceparent,
    )
    reaction = runtime.definition.reactions.find(event)
    if reaction is not None:
        reaction(work, event, envelope)
        work.stored_at_once = reaction in _ASKED_FOR_AS_STORED
    return work


def ready(session: Session, events: Sequence[E]) -> list[E]:
    """Those of the first epoch whose subject's event before them is applied, or comes before them in this batch."""
    here = {(one.producer, one.epoch, one.sequence) for one in events}
    before = {(one.producer, one.epoch, one.previous) for one in events if one.previous} - here
    applied = _applied(session, before) if before else set()
    chosen: list[E] = []
    for one in events:
        if one.epoch == 1 and (not one.previous or (one.producer, one.epoch, one.previous) in applied):
            chosen.append(one)
            applied.add((one.producer, one.epoch, one.sequence))
    return chosen


def _applied(session: Session, places: Collection[Place]) -> set[Place]:
    number = tuple_(Inbox.producer, Inbox.epoch, Inbox.sequence)
    query = select(Inbox.producer, Inbox.epoch, Inbox.sequence).where(
        number.in_(sorted(places)), Inbox.status == "applied"
    )
    return {(row.producer, row.epoch, row.sequence) for row in session.execute(query)}
