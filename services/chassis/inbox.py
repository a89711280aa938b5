"""From the bus into the service: stored first, applied exactly once, in the order of each subject.

What fails waits on a ladder in the database; what still fails is parked with its reason and can be released.
Nothing is requeued in a loop, nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import ColumnElement, and_, exists, or_, select, tuple_, update
from sqlalchemy.orm import Session

from contracts.envelope import DamagedMessage, Envelope
from contracts.events.base import Event, UnknownEventType, UnknownEventVersion
from contracts.refusals import Refusal
from services.chassis import effects
from services.chassis.arrivals import (
    APPLIED,
    AT_ONCE,
    LARGEST_EPOCH,
    LARGEST_SEQUENCE,
    Arrived,
    Stream,
    Unreadable,
    by_stream,
    insert_applied,
    keep,
    position_in,
    read,
)
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.clock import real_now
from services.chassis.outbox import announcements, control, send_again
from services.chassis.settings import SERVICES
from services.chassis.tables import Inbox, KnownAgain, StreamPosition
from services.chassis.work import Work

if TYPE_CHECKING:
    from services.chassis.runtime import Runtime

log = structlog.get_logger("dengwen.inbox")

LADDER = tuple(timedelta(seconds=s) for s in (1, 5, 30, 120, 600))
ASK_AGAIN = timedelta(seconds=2)
PAGE = 1_000
ARRIVING = timedelta(minutes=1)
"""How long the event before this one may still be under way: another consumer may be about to commit it."""

Reaction = Callable[[Work, Any, Envelope], None]
_PAST_SESSION = {"synchronize_session": False}
"""Rows that the session holds are not compared with the condition: for a batch that costs more than the query."""


class Reactions:
    """What a service does on other services' events: by event class, and `otherwise` for all that is only noted."""

    def __init__(self, on: dict[type[Event], Reaction], otherwise: Reaction | None = None) -> None:
        self.on, self.otherwise = on, otherwise

    def find(self, event: Event) -> Reaction | None:
        return self.on.get(type(event), self.otherwise)


def store(runtime: Runtime, deliveries: Sequence[Delivery]) -> None:
    """Keep what arrived, each event once; the caller acknowledges afterwards. Never raises for a bad message."""
    now = real_now()
    with runtime.db.write() as session:
        keep(session, [read(delivery, now) for delivery in deliveries])


def take(runtime: Runtime, deliveries: Sequence[Delivery]) -> bool:
    """As `store`, and what can take effect does so in the same commit; False: the rest waits for `apply_due`.

    What is new here and next for its subject is stored as applied. If one of them fails, or was here before, all are
    only stored.
    """
    now = real_now()
    with runtime.db.write() as session:
        arrived = [read(delivery, now) for delivery in deliveries]
        next_ones = effects.ready(
            session, sorted((one for one in arrived if isinstance(one, Arrived)), key=_number)
        )
        done: set[Arrived | Unreadable] = set()
        if next_ones and effects.together(
            runtime, session, next_ones, first=lambda: insert_applied(session, next_ones, now)
        ):
            done.update(next_ones)
            for stream, numbers in by_stream(next_ones).items():
                _wake_waiting(session, stream, numbers)
        keep(session, [one for one in arrived if one not in done], done)
    if done:
        runtime.wake_relay()
    return len(done) == len(arrived)


def apply_due(runtime: Runtime, limit: int = 100) -> int:
    """Apply what is due; returns how many events took effect. Call until it returns 0."""
    now = real_now()
    with runtime.db.write() as session:
        rows = session.scalars(
            select(Inbox)
            .where(Inbox.status == "received", Inbox.next_try_at <= now)
            .order_by(Inbox.producer, Inbox.epoch, Inbox.sequence)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        first = effects.ready(session, rows)
        done = set(first) if len(first) > 1 and effects.together(runtime, session, first) else set()
        applied = by_stream(done)
        for row in rows:
            if row not in done and _apply(runtime, session, row, now, applied):
                applied.setdefault((row.producer, row.epoch), set()).add(row.sequence)
        for stream, numbers in applied.items():
            _note_applied(session, stream, numbers, now)
    if applied:
        runtime.wake_relay()
    return sum(len(numbers) for numbers in applied.values())


class ControlMessage(BaseModel):
    """What a control queue may bring; anything else is unreadable. Numbers are those that a database can hold."""

    model_config = ConfigDict(strict=True, frozen=True)
    kind: Literal["head", "replay", "hello"]
    producer: Literal["", *SERVICES] = ""  # type: ignore[valid-type]
    consumer: Literal["", *SERVICES] = ""  # type: ignore[valid-type]
    epoch: int = Field(0, ge=0, le=LARGEST_EPOCH)
    sequence: int = Field(0, ge=0, le=LARGEST_SEQUENCE)
    after: int = Field(0, ge=0, le=LARGEST_SEQUENCE - PAGE)


def on_control(runtime: Runtime, deliveries: Sequence[Delivery]) -> list[OutMessage]:
    """Heads, replay requests and greetings of other services; returns the control messages to send.

    Never raises for a bad message: one that raised would be handed over again for ever.
    """
    answers: list[OutMessage] = []
    for delivery in deliveries:
        try:
            message = ControlMessage.model_validate_json(delivery.body)
        except ValidationError:
            log.warning("control_unreadable", service=runtime.name)
            continue
        with runtime.db.write() as session:
            if message.kind == "head" and message.producer:
                _announced(session, message.producer, message.epoch, message.sequence)
            elif message.kind == "replay":
                send_again(session, message.consumer, message.epoch, message.after, PAGE)
                runtime.wake_relay()
            elif message.kind == "hello":
                mine = announcements(session, runtime.name)
                answers += [m for m in mine if m.routing_key == f"control.{message.consumer}"]
    return answers + ask_for_missing(runtime)


def ask_for_missing(runtime: Runtime) -> list[OutMessage]:
    """Replay requests for every stream with a gap that has not moved on for ASK_AGAIN, in bounded pages."""
    now, questions = real_now(), []
    with runtime.db.write() as session:
        behind = session.scalars(
            select(StreamPosition).where(
                StreamPosition.announced > StreamPosition.sequence,
                or_(StreamPosition.closed_at.is_(None), StreamPosition.closed_at > StreamPosition.sequence),
            )
        )
        for position in behind.all():
            if position.asked_at is not None and abs(now - position.asked_at) < ASK_AGAIN:
                continue
            position.asked_at = now
            questions.append(
                control(
                    position.producer,
                    {
                        "kind": "replay",
                        "consumer": runtime.name,
                        "epoch": position.epoch,
                        "after": position.sequence,
                    },
                )
            )
    return questions


def release(session: Session, producer: str, epoch: int, sequence: int) -> None:
    """Put a parked event back on the ladder's first step."""
    session.execute(
        update(Inbox)
        .where(
            Inbox.producer == producer,
            Inbox.epoch == epoch,
            Inbox.sequence == sequence,
            Inbox.status == "parked",
        )
        .values(status="received", attempts=0, reason="", next_try_at=AT_ONCE)
    )


def close_epochs(session: Session, producer: str, epoch: int, last: Mapping[int, int]) -> None:
    """A producer goes on under `epoch`; of each epoch before it still has what stands up to the number in `last`.

    What waits for something that it has not any more lapses when it is looked at next; the rest is applied, before
    anything of the new epoch.
    """
    for known in last:
        position_in(session, producer, known)
    session.flush()
    earlier = select(StreamPosition).where(StreamPosition.producer == producer, StreamPosition.epoch < epoch)
    for position in session.scalars(earlier):
        position.closed_at = last.get(position.epoch, 0)
        position.announced = max(position.announced, position.closed_at)
    waiting = update(Inbox).where(Inbox.producer == producer, Inbox.status == "received")
    session.execute(waiting.values(next_try_at=AT_ONCE), execution_options=_PAST_SESSION)


def _number(event: Arrived) -> tuple[str, int, int]:
    return event.producer, event.epoch, event.sequence


def _announced(session: Session, producer: str, epoch: int, sequence: int) -> None:
    position = position_in(session, producer, epoch)
    position.announced = max(position.announced, sequence)


def _apply(
    runtime: Runtime, session: Session, row: Inbox, now: datetime, applied: Mapping[Stream, set[int]]
) -> bool:
    """Whether the event took effect; `applied` are the numbers of those that did so in this batch before it."""
    before = applied.get((row.producer, row.epoch), ())
    if row.previous and row.previous not in before and not _is_applied(session, row):
        if _lapses(session, row):
            row.status, row.reason = "lapsed", "forgotten"
        # Woken when the earlier one takes effect; if another consumer is just at it, it may not see this one wait.
        row.next_try_at = now + (LADDER[0] if _is_at_work(session, row, now) else LADDER[-1])
        return False
    if row.epoch > 1 and _waits_for_earlier_epochs(session, row):
        row.next_try_at = now + runtime.ladder[0]
        return False
    try:
        with session.begin_nested():
            effects.alone(runtime, session, row)
    except (UnknownEventType, UnknownEventVersion, ValidationError, DamagedMessage) as error:
        _park(row, type(error).__name__)
        return False
    except effects.SetAside as rejected:
        _park(row, rejected.reason)
        effects.raise_alarm(runtime, session, row, rejected)
        return False
    except Exception as error:
        _climb(runtime, row, error, now)
        return False
    return True


def _note_applied(session: Session, stream: Stream, numbers: set[int], now: datetime) -> None:
    """Mark events of a stream as applied, and wake those that waited for one of them."""
    marked = update(Inbox).where(*_of(stream), Inbox.sequence.in_(numbers))
    session.execute(marked.values(APPLIED | {"applied_at": now}), execution_options=_PAST_SESSION)
    _wake_waiting(session, stream, numbers)


def _wake_waiting(session: Session, stream: Stream, numbers: set[int]) -> None:
    waiting = update(Inbox).where(*_of(stream), Inbox.previous.in_(numbers), Inbox.status == "received")
    session.execute(waiting.values(next_try_at=AT_ONCE), execution_options=_PAST_SESSION)


def _of(stream: Stream) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Inbox.producer == stream[0], Inbox.epoch == stream[1]


def _is_applied(session: Session, row: Inbox) -> bool:
    earlier = session.get(Inbox, (row.producer, row.epoch, row.previous))
    if earlier is None and row.epoch > 1:
        known = select(Inbox).join(
            KnownAgain, and_(KnownAgain.producer == Inbox.producer, KnownAgain.event_id == Inbox.event_id)
        )
        place = (row.producer, row.epoch, row.previous)
        number = tuple_(KnownAgain.producer, KnownAgain.epoch, KnownAgain.sequence)
        earlier = session.scalars(known.where(number == place)).first()
    return earlier is not None and earlier.status == "applied"


def _is_at_work(session: Session, row: Inbox, now: datetime) -> bool:
    """Whether another consumer of this service may be applying the subject's event before this one."""
    place = (row.producer, row.epoch, row.previous)
    earlier = select(Inbox.status).where(tuple_(Inbox.producer, Inbox.epoch, Inbox.sequence) == place)
    status = session.scalars(earlier).first()
    if status is None:
        return (
            abs(now - row.received_at) < ARRIVING
        )  # stored and applied at once, it shows when it is committed
    if status != "received":
        return status == "applied"  # meanwhile
    return session.scalars(earlier.with_for_update(skip_locked=True)).first() is None


def _lapses(session: Session, row: Inbox) -> bool:
    """Whether it waits for an event that its producer has forgotten and that never came here."""
    position = session.get(StreamPosition, (row.producer, row.epoch))
    if position is None or position.closed_at is None or row.previous <= position.closed_at:
        return False
    earlier = session.get(Inbox, (row.producer, row.epoch, row.previous))
    return earlier is None or earlier.status == "lapsed"


def _waits_for_earlier_epochs(session: Session, row: Inbox) -> bool:
    """The first event of a subject in an epoch waits until the earlier ones are closed, here in full, and applied."""
    if row.previous or row.type.startswith(f"{row.producer}.epoch_opened."):
        return False
    earlier = select(StreamPosition).where(
        StreamPosition.producer == row.producer, StreamPosition.epoch < row.epoch
    )
    positions = session.scalars(earlier).all()
    if not positions or any(p.closed_at is None or p.sequence < p.closed_at for p in positions):
        return True
    same_subject = exists().where(
        Inbox.producer == row.producer,
        Inbox.subject == row.subject,
        Inbox.epoch < row.epoch,
        Inbox.status.in_(("received", "parked")),
    )
    return bool(session.scalar(select(same_subject)))


def _climb(runtime: Runtime, row: Inbox, error: Exception, now: datetime) -> None:
    reason = error.code.value if isinstance(error, Refusal) else type(error).__name__
    row.attempts += 1
    row.reason = reason[:64]
    ladder = runtime.ladder
    if row.attempts > len(ladder):
        _park(row, reason)
    else:
        row.next_try_at = now + ladder[row.attempts - 1]
    log.warning(
        "event_waits",
        service=runtime.name,
        producer=row.producer,
        type=row.type,
        sequence=row.sequence,
        attempts=row.attempts,
        reason=row.reason,
    )


def _park(row: Inbox, reason: str) -> None:
    row.status, row.reason = "parked", reason[:64]
    log.error("event_parked", producer=row.producer, type=row.type, sequence=row.sequence, reason=row.reason)
