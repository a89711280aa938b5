"""Proving that everything sent has arrived: produced − (applied ∪ parked) = ∅, for each consumer.

After a service was put back to an older state and its new epoch is open, its peers' inboxes know more than its outbox:
that is *forgotten*, and named. As long as no epoch was opened, the same is *foreign*, and not whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from services.chassis.tables import Inbox, Installation, KnownAgain, Outbox


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


def reconcile(parts: Mapping[str, Session]) -> list[Stream]:
    """Compare every producer's outbox with its consumers' inboxes; `parts` are read sessions by service."""
    streams = []
    for producer, session in parts.items():
        told = set(session.scalars(select(Outbox.consumer).distinct()))
        heard = {
            name
            for name, other in parts.items()
            if other.scalars(select(Inbox.epoch).where(Inbox.producer == producer).limit(1)).first()
        }
        streams += [
            _compare(producer, consumer, session, parts[consumer]) for consumer in sorted(told | heard)
        ]
    return streams


def held(parts: Mapping[str, Session]) -> dict[str, str]:
    """The services that were put back and wait for their new epoch, each with its restore's id."""
    found = {name: session.scalars(select(Installation.restore_id)).one() for name, session in parts.items()}
    return {name: restore_id for name, restore_id in found.items() if restore_id}


def _compare(producer: str, consumer: str, sender: Session, receiver: Session) -> Stream:
    sent = {
        (row.epoch, row.sequence): row.event_id
        for row in sender.execute(
            select(Outbox.epoch, Outbox.sequence, Outbox.event_id).where(
                Outbox.consumer == consumer, Outbox.sequence.is_not(None)
            )
        )
    }
    unsent = sender.scalar(
        select(func.count()).where(Outbox.consumer == consumer, Outbox.status != "sent").select_from(Outbox)
    )
    got = {
        (row.epoch, row.sequence): row
        for row in receiver.execute(
            select(
                Inbox.epoch, Inbox.sequence, Inbox.event_id, Inbox.status, Inbox.type, Inbox.subject
            ).where(Inbox.producer == producer)
        )
    }
    again = {
        (row.epoch, row.sequence): row.event_id
        for row in receiver.execute(
            select(KnownAgain.epoch, KnownAgain.sequence, KnownAgain.event_id).where(
                KnownAgain.producer == producer
            )
        )
    }
    statuses = [row.status for row in got.values()]
    missing = sorted(number for number in sent if number not in got and again.get(number) != sent[number])
    epoch = sender.scalars(select(Installation.epoch)).one()
    unknown = [number for number, row in got.items() if sent.get(number) != row.event_id]
    known = set(sent.values())
    forgotten = [n for n in unknown if n[0] < epoch and n not in sent]
    return Stream(
        producer,
        consumer,
        len(sent),
        unsent or 0,
        statuses.count("applied"),
        statuses.count("received"),
        statuses.count("parked"),
        tuple(number for _, number in missing[:10]),
        len(unknown) - len(forgotten),
        tuple(_forgotten(producer, consumer, got[n]) for n in forgotten if got[n].event_id not in known),
        len(again),
        statuses.count("lapsed"),
    )


def _forgotten(producer: str, consumer: str, row: Row[int, int, str, str, str, str]) -> Forgotten:
    return Forgotten(producer, consumer, row.event_id, row.type, row.subject, row.status)
