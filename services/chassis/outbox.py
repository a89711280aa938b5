"""From the outbox to the bus: numbering, publishing, announcing, re-sending.

Numbers are given by one sequencer per service, in a transaction of its own, before publishing: gapless in each
stream producer → consumer, and never changed. Nothing here knows nameko or eventlet.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from sqlalchemy import func, or_, select, text, update
from sqlalchemy.orm import Session

from services.chassis.audit import trail
from services.chassis.bus.message import OutMessage
from services.chassis.clock import monotonic, real_now
from services.chassis.papers import forget_unbound
from services.chassis.settings import SERVICES
from services.chassis.tables import Installation, Outbox, StreamHead

if TYPE_CHECKING:
    from services.chassis.runtime import Runtime

log = structlog.get_logger("dengwen.relay")

CLAIM = timedelta(seconds=30)
BATCH = 500
KEEP_UNBOUND = timedelta(days=2)
"""How long an upload waits for the act that cites it; a form that was left open longer asks for the file again."""
SWEEP_EVERY = 600.0


class Publisher(Protocol):
    def publish(self, messages: Sequence[OutMessage]) -> None: ...
    def publish_control(self, messages: Sequence[OutMessage]) -> None: ...


def number_new(session: Session, limit: int = BATCH) -> int:
    """Give new outbox rows their numbers; returns how many. Only one sequencer works at a time."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(742001)"))
    rows = session.execute(
        select(Outbox.id, Outbox.consumer, Outbox.subject)
        .where(Outbox.status == "new")
        .order_by(Outbox.id)
        .limit(limit)
    ).all()
    if not rows:
        return 0
    installation = session.execute(select(Installation.epoch, Installation.restore_id)).one()
    if installation.restore_id:
        return 0  # numbers of the epoch that this service was put back to are taken by what it has forgotten
    epoch = installation.epoch
    numbered = []
    by_consumer = sorted(rows, key=lambda row: (row.consumer, row.id))
    for consumer, group in groupby(by_consumer, key=lambda row: row.consumer):
        mine = list(group)
        head = session.get(StreamHead, (consumer, epoch)) or StreamHead(
            consumer=consumer, epoch=epoch, sequence=0
        )
        last = _last_numbers(session, consumer, epoch, {row.subject for row in mine})
        for row in mine:
            head.sequence += 1
            numbered.append(
                {
                    "id": row.id,
                    "status": "numbered",
                    "epoch": epoch,
                    "sequence": head.sequence,
                    "previous": last.get(row.subject, 0),
                }
            )
            last[row.subject] = head.sequence
        session.merge(head)
    session.execute(update(Outbox), numbered)
    return len(numbered)


def _last_numbers(session: Session, consumer: str, epoch: int, subjects: set[str]) -> dict[str, int]:
    rows = session.execute(
        select(Outbox.subject, func.max(Outbox.sequence))
        .where(
            Outbox.consumer == consumer,
            Outbox.epoch == epoch,
            Outbox.subject.in_(subjects),
            Outbox.sequence.is_not(None),
        )
        .group_by(Outbox.subject)
    ).all()
    return {row[0]: row[1] or 0 for row in rows}


def publish_due(runtime: Runtime, publisher: Publisher, limit: int = BATCH) -> int:
    """Claim numbered rows, publish them confirmed, mark them sent. A death in between sends again, never loses."""
    now = real_now()
    with runtime.db.write() as session:
        claimed = list(
            session.scalars(
                select(Outbox)
                .where(
                    Outbox.status == "numbered",
                    or_(
                        Outbox.claimed_until.is_(None),
                        Outbox.claimed_until < now,
                        Outbox.claimed_until > now + CLAIM,  # the machine's clock was set back
                    ),
                )
                .order_by(Outbox.id)
                .limit(limit)
                .with_for_update(skip_locked=True)
            )
        )
        ids = [row.id for row in claimed]
        session.execute(update(Outbox).where(Outbox.id.in_(ids)).values(claimed_until=now + CLAIM))
    if not claimed:
        return 0
    try:
        publisher.publish([_message(runtime.name, row) for row in claimed])
    except Exception:
        with runtime.db.write() as session:
            session.execute(update(Outbox).where(Outbox.id.in_(ids)).values(claimed_until=None))
        raise
    with runtime.db.write() as session:
        session.execute(
            update(Outbox)
            .where(Outbox.id.in_(ids))
            .values(status="sent", sent_at=real_now(), claimed_until=None)
        )
    return len(claimed)


def _message(producer: str, row: Outbox) -> OutMessage:
    headers: dict[str, str | int] = {
        "dw-producer": producer,
        "dw-epoch": row.epoch or 0,
        "dw-sequence": row.sequence or 0,
        "dw-previous": row.previous or 0,
    }
    return OutMessage(f"{row.consumer}.{row.type}", row.body, row.event_id, headers)


def send_again(session: Session, consumer: str, epoch: int, after: int, limit: int = BATCH) -> int:
    """Queue a page of a stream to be sent again, with the same numbers; returns how many rows."""
    result = session.execute(
        update(Outbox)
        .where(
            Outbox.consumer == consumer,
            Outbox.epoch == epoch,
            Outbox.sequence > after,
            Outbox.sequence <= after + limit,
            Outbox.status == "sent",
        )
        .values(status="numbered", claimed_until=None)
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def control(service: str, message: dict[str, Any]) -> OutMessage:
    """A control message: lossy, repeated, never business."""
    return OutMessage(f"control.{service}", json.dumps(message, sort_keys=True).encode(), "control", {})


def announcements(session: Session, producer: str) -> list[OutMessage]:
    """The heads of this service's streams, for their consumers: who is behind asks for what is missing."""
    return [
        control(
            head.consumer,
            {"kind": "head", "producer": producer, "epoch": head.epoch, "sequence": head.sequence},
        )
        for head in session.scalars(select(StreamHead))
    ]


class Relay:
    """The loop of one service's relay. Several may run at once: claims and the sequencer's lock keep them apart."""

    def __init__(self, runtime: Runtime, publisher: Publisher) -> None:
        self.runtime, self.publisher = runtime, publisher
        self.wakeup = threading.Event()
        self.stopping = False
        self._announced_at = float("-inf")
        self._signed_at = float("-inf")
        self._swept_at = float("-inf")

    def run(self) -> None:
        """Work until stopped; an unreachable broker or database is waited for."""
        pause = 0.2
        self._guarded(
            lambda: self.publisher.publish_control(
                [control(s, {"kind": "hello", "consumer": self.runtime.name}) for s in SERVICES]
            )
        )
        while not self.stopping:
            self.wakeup.clear()
            done = self._guarded(self.turn)
            if done is None:
                self.wakeup.wait(pause)
                pause = min(pause * 2, 5.0)
                continue
            pause = 0.2
            if done == 0 and not self.stopping:
                self.wakeup.wait(self.runtime.settings.poll_every)

    def stop(self) -> None:
        self.stopping = True
        self.wakeup.set()

    def turn(self) -> int:
        """One turn: sequence the audit trail, number, publish, announce. Returns how much was done."""
        with self.runtime.db.write() as session:
            done = trail.sequence(session) + number_new(session)
        self._sign_when_due()
        self._sweep_when_due()
        done += publish_due(self.runtime, self.publisher)
        if monotonic() - self._announced_at >= self.runtime.settings.announce_every:
            with self.runtime.db.read() as session:
                messages = announcements(session, self.runtime.name)
            self.publisher.publish_control(messages)
            self._announced_at = monotonic()
        return done

    def _sign_when_due(self) -> None:
        if monotonic() - self._signed_at < self.runtime.settings.announce_every:
            return
        self.runtime.sign_head()
        self._signed_at = monotonic()

    def _sweep_when_due(self) -> None:
        if monotonic() - self._swept_at < SWEEP_EVERY:
            return
        with self.runtime.db.write() as session:
            forget_unbound(session, real_now() - KEEP_UNBOUND)
        self._swept_at = monotonic()

    def _guarded(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Exception as error:
            log.warning("relay_waits", service=self.runtime.name, error=type(error).__name__)
            return None
