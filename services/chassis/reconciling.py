"""Proving that everything sent has arrived: produced − (applied ∪ parked) = ∅, for each stream.

What a service has sent and received, and the comparison of the two. `dengwen reconcile` compares databases; the desk
compares what the services answer (`reconciling_views`): digests of blocks of numbers, and the blocks that differ.

After a service was put back to an older state and its new epoch is open, its peers' inboxes know more than its outbox:
that is *forgotten*, and named. As long as no epoch was opened, the same is *foreign*, and not whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.tables import Inbox, Installation, KnownAgain, Outbox

Number = tuple[int, int]
"""Epoch and sequence."""


@dataclass(frozen=True)
class Forgotten:
    """An event that its consumer has and its producer, put back to an older state, does not know any more."""

    producer: str
    consumer: str
    event_id: str
    type: str
    subject: str
    status: str


@dataclass(frozen=True)
class Stream:
    """One stream producer → consumer. `missing`: the first numbers that the consumer does not have.

    `again`: sent a second time after a restore, and known as the same; `lapsed`: waits for what nobody has any more.
    """

    producer: str
    consumer: str
    produced: int
    unsent: int
    applied: int
    waiting: int
    parked: int
    missing: tuple[int, ...]
    foreign: int
    forgotten: tuple[Forgotten, ...] = ()
    again: int = 0
    lapsed: int = 0

    @property
    def whole(self) -> bool:
        return not self.missing and not self.unsent and not self.waiting and not self.foreign


@dataclass(frozen=True)
class Sent:
    """A producer's events for a consumer: ids by number. `epoch`: its present one; `unsent`: not on the bus yet."""

    epoch: int
    unsent: int
    numbers: Mapping[Number, str]


@dataclass(frozen=True)
class Got:
    """An event in an inbox."""

    event_id: str
    status: str
    type: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Received:
    """What a consumer has of a producer; `again`: the numbers under which known events came a second time."""

    numbers: Mapping[Number, Got]
    again: Mapping[Number, str]


def sent_to(session: Session, consumer: str) -> Sent:
    """All that the outbox has for a consumer."""
    numbered = select(Outbox.epoch, Outbox.sequence, Outbox.event_id).where(
        Outbox.consumer == consumer, Outbox.sequence.is_not(None)
    )
    numbers = {(row.epoch or 0, row.sequence or 0): row.event_id for row in session.execute(numbered)}
    return Sent(epoch_of(session), unsent_to(session).get(consumer, 0), numbers)


def epoch_of(session: Session) -> int:
    return session.scalars(select(Installation.epoch)).one()


def unsent_to(session: Session) -> dict[str, int]:
    """How many events wait for the bus, by consumer."""
    query = select(Outbox.consumer, func.count()).where(Outbox.status != "sent").group_by(Outbox.consumer)
    return {row[0]: row[1] for row in session.execute(query)}


def received_from(session: Session, producer: str) -> Received:
    """All that the inbox has of a producer."""
    kept = select(Inbox.epoch, Inbox.sequence, Inbox.event_id, Inbox.status, Inbox.type, Inbox.subject).where(
        Inbox.producer == producer
    )
    known = select(KnownAgain.epoch, KnownAgain.sequence, KnownAgain.event_id).where(
        KnownAgain.producer == producer
    )
    return Received(
        {(r.epoch, r.sequence): Got(r.event_id, r.status, r.type, r.subject) for r in session.execute(kept)},
        {(r.epoch, r.sequence): r.event_id for r in session.execute(known)},
    )


def compare(
    producer: str, consumer: str, sent: Sent, received: Received, later: Sent | None = None
) -> Stream:
    """Compare the two sides of a stream.

    `later`: what the producer had after the consumer was looked at, where that was not the same moment: what came in
    between is not foreign.
    """
    got, again, known_to_producer = received.numbers, received.again, (later or sent).numbers
    missing = sorted(n for n in sent.numbers if n not in got and again.get(n) != sent.numbers[n])
    unknown = [number for number, row in got.items() if known_to_producer.get(number) != row.event_id]
    known = {*known_to_producer.values(), *again.values()}
    forgotten = [n for n in unknown if n[0] < sent.epoch and n not in known_to_producer]
    statuses = Counter(row.status for row in got.values())
    return Stream(
        producer,
        consumer,
        len(sent.numbers),
        sent.unsent,
        statuses["applied"],
        statuses["received"],
        statuses["parked"],
        tuple(number for _, number in missing[:10]),
        len(unknown) - len(forgotten),
        tuple(_forgotten(producer, consumer, got[n]) for n in forgotten if got[n].event_id not in known),
        len(again),
        statuses["lapsed"],
    )


def _forgotten(producer: str, consumer: str, row: Got) -> Forgotten:
    return Forgotten(producer, consumer, row.event_id, row.type, row.subject, row.status)
