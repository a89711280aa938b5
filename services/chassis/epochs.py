"""Epochs: how a service that was put back to an older state hands on again without taking numbers that are taken.

After the restore it is *held*: it receives and applies what it missed, and works, but numbers nothing and signs no
head. Two administrators open the epoch (an act of the desk, or `dengwen restore`), for this restore and no other.
"""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.every_service import EPOCH_OPENED
from services.chassis.audit.bridge import OPEN_EPOCH, declare
from services.chassis.inbox import close_epochs
from services.chassis.settings import SERVICES
from services.chassis.tables import Installation, StreamHead
from services.chassis.work import Work

Fact = str | int | bool


class NotHeld(Exception):
    """The service was not put back, or its epoch is open already."""


def hold(work: Work, restore_id: str, *, epoch_floor: int, facts: dict[str, Fact]) -> None:
    """Say that this database was put back: from now on it hands nothing on until an epoch is opened for it."""
    installation = work.session.scalars(select(Installation)).one()
    installation.restore_id = restore_id
    installation.epoch_floor = max(installation.epoch_floor, epoch_floor)
    work.audit(
        "restore_service",
        "system",
        subject_kind="installation",
        subject_id=installation.id,
        facts={"restore": restore_id, "epoch": installation.epoch, **facts},
    )


def open_epoch(work: Work, *, by: str, facts: dict[str, Fact] | None = None) -> int:
    """Go on under a new epoch, which no one has seen, and tell every consumer; gives its number. Raises NotHeld.

    `by` says who decided: `two_administrators` by an act of the desk (its event is the entry's cause), or
    `command_line` with their accounts among the facts.
    """
    installation = work.session.scalars(select(Installation).with_for_update()).one()
    if not installation.restore_id:
        raise NotHeld(work.runtime.name)
    epoch = max(installation.epoch, installation.epoch_floor) + 1
    bridge = declare(
        work.session, work.runtime.name, epoch, work.runtime.ring.signing, work.runtime.ring.key_id, work.real
    )
    work.audit(
        OPEN_EPOCH,
        "accepted",
        subject_kind="installation",
        subject_id=installation.id,
        facts={
            "epoch": epoch,
            "size": bridge.size,
            "root": bridge.root.hex(),
            "restore": installation.restore_id,
            "by": by,
            **(facts or {}),
        },
    )
    heads = list(work.session.scalars(select(StreamHead).order_by(StreamHead.epoch)))
    known = sorted({head.epoch for head in heads} | {installation.epoch})
    for consumer in SERVICES:
        last = dict.fromkeys(known, 0) | {h.epoch: h.sequence for h in heads if h.consumer == consumer}
        if consumer == work.runtime.name:
            close_epochs(work.session, consumer, epoch, last)
            continue
        event = EPOCH_OPENED[work.runtime.name](
            epoch=epoch,
            closed=tuple(known),
            last=tuple(last[each] for each in known),
            size=bridge.size,
            root=bridge.root.hex(),
            signed_at=bridge.signed_at,
            key_id=bridge.key_id,
            signature=bridge.signature.hex(),
        )
        work.emit(event, f"audit_head/{work.runtime.name}", 0, to=(consumer,))
    installation.epoch, installation.restore_id = epoch, ""
    return epoch
