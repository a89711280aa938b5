"""Comparing the databases of an installation: what was sent with what has arrived, stream by stream."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.reconciling import Forgotten, Stream, compare, received_from, sent_to
from services.chassis.tables import Inbox, Installation, Outbox

__all__ = ["Forgotten", "Stream", "held", "reconcile"]


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
            compare(producer, consumer, sent_to(session, consumer), received_from(parts[consumer], producer))
            for consumer in sorted(told | heard)
        ]
    return streams


def held(parts: Mapping[str, Session]) -> dict[str, str]:
    """The services that were put back and wait for their new epoch, each with its restore's id."""
    found = {name: session.scalars(select(Installation.restore_id)).one() for name, session in parts.items()}
    return {name: restore_id for name, restore_id in found.items() if restore_id}
