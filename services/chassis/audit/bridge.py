"""The bridge over a rollback: a service whose trail was put back to an older size says so, signed, and goes on.

The witnesses keep it. Heads that were signed before it belong to the trail as it was, those after it to the trail as
it goes on, which begins with the head that the bridge names; the two are never compared with each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from services.chassis.audit.entry import instant
from services.chassis.audit.tables import AuditHead, TrailBridge, WitnessedHead
from services.chassis.audit.trail import lease
from services.chassis.audit.tree import EMPTY_ROOT
from services.chassis.audit.witness import Verdict, settle

OPEN_EPOCH = "open_epoch"
"""The act of which the trail must have an entry, with the epoch as a fact, for a bridge to count."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """What a service states: it goes on from `size` leaves with `root`, in this epoch, since `signed_at` (UTC)."""

    producer: str
    epoch: int
    size: int
    root: bytes
    signed_at: datetime
    key_id: str
    signature: bytes = bytes(64)

    @property
    def statement(self) -> bytes:
        """The bytes that are signed."""
        lines = ("dengwen trail bridge v1", self.producer, self.key_id, str(self.epoch), str(self.size))
        return "\n".join((*lines, self.root.hex(), instant(self.signed_at), "")).encode()

    def is_signed_by(self, verify_keys: Mapping[str, VerifyKey]) -> bool | None:
        """Whether its key signed it; None if that key is not among those given."""
        key = verify_keys.get(self.key_id)
        if key is None:
            return None
        try:
            key.verify(self.statement, self.signature)
        except (BadSignatureError, ValueError):
            return False
        return True


def declare(
    session: Session, producer: str, epoch: int, key: SigningKey, key_id: str, now: datetime
) -> Bridge:
    """Sign and keep the bridge from the last head that this database has signed (0 leaves: none)."""
    last = session.scalars(select(AuditHead).order_by(AuditHead.size.desc()).limit(1)).first()
    size, root = (last.size, last.root) if last else (0, EMPTY_ROOT)
    unsigned = Bridge(producer, epoch, size, root, now.astimezone(UTC), key_id)
    signature = key.sign(unsigned.statement).signature
    bridge = Bridge(producer, epoch, size, root, unsigned.signed_at, key_id, signature)
    _keep(session, bridge, from_size=size, now=now)
    return bridge


def cross(session: Session, bridge: Bridge, verify_keys: Mapping[str, VerifyKey], now: datetime) -> Verdict:
    """A witness's judgement of another's bridge, at real time `now`; what it accepts it keeps, and judges by it.

    `same`: known already. Alarms are those of heads: an unknown key, a bad signature, or a root that is not that of
    the head which this witness accepted at that size.
    """
    lease(session, f"witness of {bridge.producer}")
    signed = bridge.is_signed_by(verify_keys)
    if not signed:
        return Verdict.UNKNOWN_KEY if signed is None else Verdict.BAD_SIGNATURE
    known = session.get(TrailBridge, (bridge.producer, bridge.epoch))
    if known is not None:
        return Verdict.SAME if known.signature == bridge.signature else Verdict.INCONSISTENT
    newest = newest_bridge(session, bridge.producer)
    if newest is not None and (bridge.epoch < newest.epoch or bridge.signed_at <= newest.signed_at):
        return Verdict.STALE
    trail_so_far = _accepted(bridge.producer, newest)
    at_size = select(WitnessedHead.root).where(*trail_so_far, WitnessedHead.size == bridge.size)
    if any(root != bridge.root for root in session.scalars(at_size)):
        return Verdict.INCONSISTENT
    seen = session.scalar(select(func.max(WitnessedHead.size)).where(*trail_so_far)) or 0
    _keep(session, bridge, from_size=max(seen, bridge.size), now=now)
    settle(session, bridge.producer, verify_keys, now)
    return Verdict.ACCEPTED


def newest_bridge(session: Session, producer: str) -> TrailBridge | None:
    """The last bridge of a service that is kept here."""
    rows = select(TrailBridge).where(TrailBridge.producer == producer).order_by(TrailBridge.signed_at.desc())
    return session.scalars(rows.limit(1)).first()


def bridge_of(row: TrailBridge) -> Bridge:
    """The statement that a row holds."""
    return Bridge(row.producer, row.epoch, row.size, row.root, row.signed_at, row.key_id, row.signature)


def _accepted(producer: str, since: TrailBridge | None) -> list[ColumnElement[bool]]:
    where = [WitnessedHead.producer == producer, WitnessedHead.verdict == Verdict.ACCEPTED]
    return where if since is None else [*where, WitnessedHead.signed_at > since.signed_at]


def _keep(session: Session, bridge: Bridge, *, from_size: int, now: datetime) -> None:
    session.add(
        TrailBridge(
            producer=bridge.producer,
            epoch=bridge.epoch,
            size=bridge.size,
            root=bridge.root,
            signed_at=bridge.signed_at,
            key_id=bridge.key_id,
            signature=bridge.signature,
            from_size=from_size,
            seen_at=now,
        )
    )
    session.flush()
