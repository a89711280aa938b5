"""What arrives: read, and kept once; how far each stream is here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Select, select, tuple_, union_all
from sqlalchemy.orm import Session

from contracts.envelope import DamagedMessage, parse
from services.chassis.bus.message import Delivery
from services.chassis.clock import real_now
from services.chassis.db import insert_or_ignore
from services.chassis.settings import SERVICES
from services.chassis.tables import Damaged, Inbox, KnownAgain, StreamPosition

AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""When a new row is due: whatever the machine's clock says now or is set back to."""
LARGEST_EPOCH, LARGEST_SEQUENCE = 2**31 - 1, 2**63 - 1
"""What a database can hold."""
APPLIED = {"status": "applied", "reason": ""}

Stream = tuple[str, int]
"""Producer and epoch."""


class KnownAlready(Exception):
    """An event was here before this delivery of it."""


def read(delivery: Delivery, now: datetime) -> Inbox | Damaged:
    """The row to keep of a message that arrived `now`; in no session yet."""
    headers = delivery.headers
    producer = str(headers.get("dw-producer", ""))[:64]
    try:
        envelope = parse(delivery.body)
        epoch, sequence, previous = _place(headers)
        if envelope.source != f"/{producer}":
            raise ValueError  # numbered in another's stream it would stand in the way of that one's events
    except (DamagedMessage, KeyError, ValueError) as error:
        reason = error.reason.value if isinstance(error, DamagedMessage) else "headers"
        return Damaged(
            digest=sha256(delivery.body).digest(),
            reason=reason,
            size=len(delivery.body),
            producer=producer if producer in SERVICES else "unknown",
            received_at=now,
        )
    return Inbox(
        producer=producer,
        epoch=epoch,
        sequence=sequence,
        previous=previous,
        event_id=envelope.id,
        type=envelope.type,
        subject=envelope.subject,
        body=delivery.body,
        status="received",
        reason="",
        attempts=0,
        next_try_at=AT_ONCE,
        received_at=now,
    )


def _place(headers: Mapping[str, object]) -> tuple[int, int, int]:
    """Epoch, number, the subject's previous number; raises KeyError or ValueError for no place in a stream."""
    epoch, sequence, previous = (
        int(str(headers[f"dw-{name}"])) for name in ("epoch", "sequence", "previous")
    )
    if not (0 < epoch <= LARGEST_EPOCH and 0 <= previous < sequence <= LARGEST_SEQUENCE):
        raise ValueError
    return epoch, sequence, previous


def keep(
    session: Session, arrived: Sequence[Inbox | Damaged], stored: Iterable[Inbox | Damaged] = ()
) -> None:
    """Keep what arrived, beside what of it is `stored` already, and move the streams on."""
    whole = [row for row in arrived if isinstance(row, Inbox)]
    _insert_once(session, Inbox, whole)
    _insert_once(session, Damaged, [row for row in arrived if isinstance(row, Damaged)])
    _note_known_again(session, whole)
    for producer, epoch in sorted(by_stream(row for row in (*whole, *stored) if isinstance(row, Inbox))):
        _advance(session, producer, epoch)


def insert_applied(session: Session, rows: Sequence[Inbox], now: datetime) -> None:
    """Insert rows that take effect in this very transaction; raises KnownAlready if one of them was here."""
    names = [column.name for column in Inbox.__table__.columns]
    values = [{name: getattr(row, name) for name in names} | APPLIED | {"applied_at": now} for row in rows]
    insert = insert_or_ignore(session, Inbox.__table__).returning(Inbox.__table__.c.sequence)
    if len(session.execute(insert, values).all()) < len(rows):
        raise KnownAlready


def position_in(session: Session, producer: str, epoch: int) -> StreamPosition:
    """How far a producer's stream of that epoch is here; made when it is first heard of."""
    position = session.get(StreamPosition, (producer, epoch))
    if position is None:
        position = StreamPosition(producer=producer, epoch=epoch, sequence=0, announced=0, asked_at=None)
        session.add(position)
    return position


def by_stream(rows: Iterable[Inbox]) -> dict[Stream, set[int]]:
    """The numbers of events, by their streams."""
    numbers: dict[Stream, set[int]] = {}
    for row in rows:
        numbers.setdefault((row.producer, row.epoch), set()).add(row.sequence)
    return numbers


def _insert_once(
    session: Session,
    model: type[Inbox | Damaged | KnownAgain],
    rows: Sequence[Inbox | Damaged | KnownAgain],
) -> None:
    """Insert those that are not there yet, with one statement."""
    if rows:
        names = [column.name for column in model.__table__.columns]
        values = [{name: getattr(row, name) for name in names} for row in rows]
        session.execute(insert_or_ignore(session, model), values)


def _note_known_again(session: Session, rows: Sequence[Inbox]) -> None:
    """Take the numbers of later epochs under which events came that are known under an earlier number."""
    again = {row.event_id: row for row in rows if row.epoch > 1}
    if not again:
        return
    known = select(Inbox.event_id, Inbox.producer, Inbox.epoch).where(
        tuple_(Inbox.producer, Inbox.event_id).in_([(row.producer, row.event_id) for row in again.values()])
    )
    taken = [
        KnownAgain(producer=row.producer, epoch=row.epoch, sequence=row.sequence, event_id=row.event_id)
        for event_id, producer, epoch in session.execute(known)
        if (row := again[event_id]).producer == producer and epoch < row.epoch
    ]
    _insert_once(session, KnownAgain, taken)


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
