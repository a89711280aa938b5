"""Proving that everything sent has arrived: produced − (applied ∪ parked) = ∅, for each consumer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.chassis.tables import Inbox, Outbox


@dataclass(frozen=True)
class Stream:
    """One stream producer → consumer. `missing`: the first numbers that the consumer does not have."""

    producer: str
    consumer: str
    produced: int
    unsent: int
    applied: int
    waiting: int
    parked: int
    missing: tuple[int, ...]
    foreign: int

    @property
    def whole(self) -> bool:
        return not self.missing and not self.unsent and not self.waiting and not self.foreign


def reconcile(parts: Mapping[str, Session]) -> list[Stream]:
    """Compare every producer's outbox with its consumers' inboxes; `parts` are read sessions by service."""
    streams = []
    for producer, session in parts.items():
        consumers = session.scalars(select(Outbox.consumer).distinct().order_by(Outbox.consumer)).all()
        streams += [_compare(producer, consumer, session, parts[consumer]) for consumer in consumers]
    return streams


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
        (row.epoch, row.sequence): (row.event_id, row.status)
        for row in receiver.execute(
            select(Inbox.epoch, Inbox.sequence, Inbox.event_id, Inbox.status).where(
                Inbox.producer == producer
            )
        )
    }
    statuses = [status for _, status in got.values()]
    missing = sorted(number for number in sent if number not in got)
    foreign = sum(1 for number, (event_id, _) in got.items() if sent.get(number) != event_id)
    return Stream(
        producer,
        consumer,
        len(sent),
        unsent or 0,
        statuses.count("applied"),
        statuses.count("received"),
        statuses.count("parked"),
        tuple(number for _, number in missing[:10]),
        foreign,
    )
