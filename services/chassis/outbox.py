"""From the outbox to the bus: numbering, publishing, announcing, re-sending.

Numbers are given by one sequencer per service, in a transaction of its own, before publishing: gapless in each
stream producer → consumer, and never changed. Nothing here knows nameko or eventlet.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from sqlalchemy import bindparam, func, or_, select, text, update
from sqlalchemy.orm import Session

from services.chassis.audit import trail
from services.chassis.bus.message import OutMessage
from services.chassis.clock import monotonic, real_now
from services.chassis.db import UtcDateTime
from services.chassis.papers import forget_unbound
from services.chassis.settings import SERVICES
from services.chassis.tables import Installation, Outbox, StreamHead

if TYPE_CHECKING:
    from services.chassis.runtime import Runtime

log = structlog.get_logger("dengwen.relay")

CLAIM = timedelta(seconds=30)
BATCH = 500
_SENT = (Outbox.id, Outbox.consumer, Outbox.type, Outbox.event_id, Outbox.body)
_NEW = select(*_SENT, Outbox.subject).where(Outbox.status == "new").order_by(Outbox.id)
_NUMBER_ALL = text(
    "UPDATE outbox SET status = 'numbered', epoch = :epoch_, claimed_until = :claimed_until_,"
    " sequence = n.sequence, previous = n.previous FROM unnest(CAST(:id_ AS bigint[]),"
    " CAST(:sequence_ AS bigint[]), CAST(:previous_ AS bigint[])) AS n(id, sequence, previous)"
    " WHERE outbox.id = n.id"
).bindparams(bindparam("claimed_until_", type_=UtcDateTime))
"""PostgreSQL: all at once; as many single updates, it would plan each."""
_PAST_SESSION = {"synchronize_session": False}
KEEP_UNBOUND = timedelta(days=2)
"""How long an upload waits for the act that cites it; a form that was left open longer asks for the file again."""
SWEEP_EVERY = 600.0


class Publisher(Protocol):
    def publish(self, messages: Sequence[OutMessage]) -> None: ...
    def publish_control(self, messages: Sequence[OutMessage]) -> None: ...


@dataclass(frozen=True)
class Claimed:
    """An outbox row that this relay is to publish."""

    id: int
    routing_key: str
    body: bytes
    event_id: str
    epoch: int
    sequence: int
    previous: int


def number_new(session: Session, limit: int = BATCH, claimed_until: datetime | None = None) -> list[Claimed]:
    """Give new outbox rows their numbers, and claim them; one sequencer works at a time.

    Without `claimed_until` they are numbered only.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(742001)"))
    rows = session.execute(_NEW.limit(limit)).all()
    if not rows:
        return []
    installation = session.execute(select(Installation.epoch, Installation.restore_id)).one()
    if installation.restore_id:
        return []  # numbers of the epoch that this service was put back to are taken by what it has forgotten
    places: dict[int, tuple[int, int]] = {}
    for consumer in sorted({row.consumer for row in rows}):
        places |= _places(
            session, consumer, installation.epoch, [row for row in rows if row.consumer == consumer]
        )
    _write_numbers(session, installation.epoch, places, claimed_until)
    return [_claimed(row, installation.epoch, *places[row.id]) for row in rows]


def _places(session: Session, consumer: str, epoch: int, rows: Sequence[Any]) -> dict[int, tuple[int, int]]:
    """The next numbers of a stream, each with the number of its subject's event before it, by the rows' ids."""
    head = session.get(StreamHead, (consumer, epoch)) or StreamHead(
        consumer=consumer, epoch=epoch, sequence=0
    )
    last = _last_numbers(session, consumer, epoch, {row.subject for row in rows})
    places = {}
    for row in rows:
        head.sequence += 1
        places[row.id] = head.sequence, last.get(row.subject, 0)
        last[row.subject] = head.sequence
    session.merge(head)
    return places


def _write_numbers(
    session: Session, epoch: int, places: Mapping[int, tuple[int, int]], claimed_until: datetime | None
) -> None:
    numbered = [
        {"id": row_id, "status": "numbered", "epoch": epoch, "sequence": sequence, "previous": previous,
         "claimed_until": claimed_until}
        for row_id, (sequence, previous) in places.items()
    ]  # fmt: skip
    if session.get_bind().dialect.name != "postgresql":
        session.execute(update(Outbox), numbered)
        return
    columns = {f"{name}_": [row[name] for row in numbered] for name in ("id", "sequence", "previous")}
    session.execute(_NUMBER_ALL, columns | {"epoch_": epoch, "claimed_until_": claimed_until})


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


def claim(session: Session, limit: int = BATCH) -> list[Claimed]:
    """Number what is new and claim it, after what was numbered before and nobody is publishing."""
    now = real_now()
    waiting = (
        select(*_SENT, Outbox.epoch, Outbox.sequence, Outbox.previous)
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
    left = [_claimed(row, row.epoch, row.sequence, row.previous) for row in session.execute(waiting)]
    if left:
        mine = update(Outbox).where(Outbox.id.in_([one.id for one in left]))
        session.execute(mine.values(claimed_until=now + CLAIM), execution_options=_PAST_SESSION)
    return left + number_new(session, limit, now + CLAIM)


def publish(runtime: Runtime, publisher: Publisher, claimed: Sequence[Claimed]) -> int:
    """Publish what was claimed, confirmed, and mark it sent. A death in between sends again, never loses."""
    if not claimed:
        return 0
    mine = update(Outbox).where(Outbox.id.in_([one.id for one in claimed]))
    try:
        publisher.publish([_message(runtime.name, one) for one in claimed])
    except Exception:
        with runtime.db.write() as session:
            session.execute(mine.values(claimed_until=None), execution_options=_PAST_SESSION)
        raise
    with runtime.db.write() as session:
        sent = mine.values(status="sent", sent_at=real_now(), claimed_until=None)
        session.execute(sent, execution_options=_PAST_SESSION)
    return len(claimed)


def publish_due(runtime: Runtime, publisher: Publisher, limit: int = BATCH) -> int:
    """Number, claim, publish: one turn of a relay, as far as events go."""
    with runtime.db.write() as session:
        claimed = claim(session, limit)
    return publish(runtime, publisher, claimed)


def _claimed(row: Any, epoch: int, sequence: int, previous: int) -> Claimed:
    return Claimed(row.id, f"{row.consumer}.{row.type}", row.body, row.event_id, epoch, sequence, previous)


def _message(producer: str, row: Claimed) -> OutMessage:
    headers: dict[str, str | int] = {
        "dw-producer": producer,
        "dw-epoch": row.epoch,
        "dw-sequence": row.sequence,
        "dw-previous": row.previous,
    }
    return OutMessage(row.routing_key, row.body, row.event_id, headers)


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
            if done < BATCH and not self.stopping:  # whoever adds more wakes it
                self.wakeup.wait(self.runtime.settings.poll_every)

    def stop(self) -> None:
        self.stopping = True
        self.wakeup.set()

    def turn(self) -> int:
        """One turn: sequence the audit trail, number, publish, sign, announce. Returns how much was done."""
        with self.runtime.db.write() as session:
            done = trail.sequence(session)
            claimed = claim(session)
        done += publish(self.runtime, self.publisher, claimed)
        self._sign_when_due()
        self._sweep_when_due()
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
