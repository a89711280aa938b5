"""What arrives: read, and kept once; how far each stream is here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, Table, select, tuple_, union_all
from sqlalchemy.orm import Session

from contracts.envelope import DamagedMessage, Envelope, parse
from services.chassis.bus.message import Delivery
from services.chassis.clock import real_now
from services.chassis.db import insert_or_ignore, table_of
from services.chassis.settings import SERVICES
from services.chassis.tables import Damaged, Inbox, KnownAgain, StreamPosition

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When a new row is due: whatever the machine's clock says now or is set back to."""
LARGEST_EPOCH, LARGEST_SEQUENCE = 2**31 - 1, 2**63 - 1
"""What a database can hold."""
APPLIED = {"status": "applied", "reason": ""}

Stream = tuple[str, int]
"""Producer and epoch."""


_INBOX, _DAMAGED, _KNOWN_AGAIN = table_of(Inbox), table_of(Damaged), table_of(KnownAgain)


@dataclass(frozen=True, slots=True, eq=False)
class Arrived:
    """An event that came and is no row yet: its place in its producer's stream, and what it says."""

    producer: str
    epoch: int
    sequence: int
    previous: int
    body: bytes
    envelope: Envelope
    received_at: datetime

    def row(self) -> dict[str, Any]:
        """Its row of the inbox, to be applied at once."""
        return {
            "producer": self.producer,
            "epoch": self.epoch,
            "sequence": self.sequence,
            "previous": self.previous,
            "event_id": self.envelope.id,
            "type": self.envelope.type,
            "subject": self.envelope.subject,
            "body": self.body,
            "status": "received",
            "reason": "",
            "attempts": 0,
            "next_try_at": AT_ONCE,
            "received_at": self.received_at,
            "applied_at": None,
        }


@dataclass(frozen=True, slots=True, eq=False)
class Unreadable:
    """A message that is no event, or has no place in a stream: why, and nothing of what it says."""

    digest: bytes
    reason: str
    size: int
    producer: str
    received_at: datetime

    def row(self) -> dict[str, Any]:
        return {
            "digest": self.digest,
            "reason": self.reason,
            "size": self.size,
            "producer": self.producer,
            "received_at": self.received_at,
        }


class KnownAlready(Exception):
    """An event was here before this delivery of it."""


def read(delivery: Delivery, now: datetime) -> Arrived | Unreadable:
    """A message that arrived `now`, as it is to be kept."""
    headers = delivery.headers
    producer = str(headers.get("dw-producer", ""))[:64]
    try:
        envelope = parse(delivery.body)
        epoch, sequence, previous = _place(headers)
        if envelope.source != f"/{producer}":
            raise ValueError  # numbered in another's stream it would stand in the way of that one's events
    except (DamagedMessage, KeyError, ValueError) as error:
        return Unreadable(
            digest=sha256(delivery.body).digest(),
            reason=error.reason.value if isinstance(error, DamagedMessage) else "headers",
            size=len(delivery.body),
            producer=producer if producer in SERVICES else "unknown",
            received_at=now,
        )
    return Arrived(producer, epoch, sequence, previous, delivery.body, envelope, now)


def _place(headers: Mapping[str, object]) -> tuple[int, int, int]:
    """Epoch, number, the subject's previous number; raises KeyError or ValueError for no place in a stream."""
    epoch, sequence, previous = (
        int(str(headers[f"dw-{name}"])) for name in ("epoch", "sequence", "previous")
    )
    if not (0 < epoch <= LARGEST_EPOCH and 0 <= previous < sequence <= LARGEST_SEQUENCE):
        raise ValueError
    return epoch, sequence, previous


def keep(
    session: Session, arrived: Sequence[Arrived | Unreadable], stored: Iterable[Arrived | Unreadable] = ()
) -> None:
    """Keep what arrived, beside what of it is `stored` already, and move the streams on."""
    whole = [one for one in arrived if isinstance(one, Arrived)]
    _insert_once(session, _INBOX, [one.row() for one in whole])
    _insert_once(session, _DAMAGED, [one.row() for one in arrived if isinstance(one, Unreadable)])
    _note_known_again(session, whole)
    for producer, epoch in sorted(by_stream(one for one in (*whole, *stored) if isinstance(one, Arrived))):
        _advance(session, producer, epoch)


def insert_applied(session: Session, arrived: Sequence[Arrived], now: datetime) -> None:
    """Insert events that take effect in this very transaction; raises KnownAlready if one of them was here."""
    values = [one.row() | APPLIED | {"applied_at": now} for one in arrived]
    insert = insert_or_ignore(session, _INBOX).returning(_INBOX.c.sequence)
    if len(session.execute(insert, values).all()) < len(arrived):
        raise KnownAlready


def position_in(session: Session, producer: str, epoch: int) -> StreamPosition:
    """How far a producer's stream of that epoch is here; made when it is first heard of."""
    position = session.get(StreamPosition, (producer, epoch))
    if position is None:
        position = StreamPosition(producer=producer, epoch=epoch, sequence=0, announced=0, asked_at=None)
        session.add(position)
    return position


def by_stream(events: Iterable[Arrived | Inbox]) -> dict[Stream, set[int]]:
    """The numbers of events, by their streams."""
    numbers: dict[Stream, set[int]] = {}
    for one in events:
        numbers.setdefault((one.producer, one.epoch), set()).add(one.sequence)
    return numbers


def _insert_once(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those that are not there yet, with one statement."""
    if rows:
        session.execute(insert_or_ignore(session, table), rows)


def _note_known_again(session: Session, arrived: Sequence[Arrived]) -> None:
    """Take the numbers of later epochs under which events came that are known under an earlier number."""
    again = {one.envelope.id: one for one in arrived if one.epoch > 1}
    if not again:
        return
    known = select(Inbox.event_id, Inbox.producer, Inbox.epoch).where(
        tuple_(Inbox.producer, Inbox.event_id).in_(
            [(one.producer, event_id) for event_id, one in again.items()]
        )
    )
    taken = [
        {"producer": one.producer, "epoch": one.epoch, "sequence": one.sequence, "event_id": event_id}
        for event_id, producer, epoch in session.execute(known)
        if (one := again[event_id]).producer == producer and epoch < one.epoch
    ]
    _insert_once(session, _KNOWN_AGAIN, taken)


def _advance(session: Session, producer: str, epoch: int) -> None:
    position = position_in(session, producer, epoch)
    stored = session.scalars(_numbers(Inbox, position).order_by(Inbox.sequence))
    if epoch > 1:
        both = union_all(_numbers(Inbox, position), _numbers(KnownAgain, position))
        stored = session.scalars(both.order_by("sequence"))
    before = highest = position.sequence
    contiguous = True
    for number in stored:
        contiguous = contiguous and number == position.sequence + 1
        if contiguous:
            position.sequence = number
        highest = number
    position.announced = max(position.announced, highest)
    if position.sequence > before:
        position.asked_at = real_now()  # what is announced and not here yet is on its way


def _numbers(model: type[Inbox | KnownAgain], position: StreamPosition) -> Select[int]:
    return select(model.sequence).where(
        model.producer == position.producer,
        model.epoch == position.epoch,
        model.sequence > position.sequence,
    )
