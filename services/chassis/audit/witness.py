"""Witnessing: what a service makes of another's signed head.

The heads that a service accepted from a producer form a chain by size. A head joins it when a proof
connects it with its neighbour: the newest accepted head, or, for one that comes late, the accepted head
that was proven to extend it. A head whose proof starts at a head that has not come yet *waits*; nobody is
to blame, and it is judged again when the missing one arrives, or by `bridge` with a proof that the
producer was asked for. What no honest producer can send is an alarm: a second root for a size, a proof
that fails, a head that passes over an accepted one, a smaller tree signed later than a larger one.

Where a service declared that its trail was put back (`bridge`), the heads signed since then form a chain of their own,
which begins with the head that the bridge names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from nacl.signing import VerifyKey
from sqlalchemy import ColumnElement, UnaryExpression, and_, exists, select
from sqlalchemy.orm import Session, aliased

from services.chassis.audit.heads import SignedHead, is_signed_by
from services.chassis.audit.tables import TrailBridge, WitnessedHead
from services.chassis.audit.trail import lease
from services.chassis.audit.tree import proves_consistency


class Verdict(StrEnum):
    """`same`: accepted before. `waiting`: signed, but not yet connected. The rest, but `accepted`: alarms."""

    ACCEPTED = "accepted"
    SAME = "same"
    WAITING = "waiting"
    STALE = "stale"
    INCONSISTENT = "inconsistent"
    BAD_SIGNATURE = "bad_signature"
    UNKNOWN_KEY = "unknown_key"

    @property
    def alarm(self) -> bool:
        """Whether a person has to look; the head is stored and never accepted."""
        return self in ALARMS


ALARMS = (Verdict.STALE, Verdict.INCONSISTENT, Verdict.BAD_SIGNATURE, Verdict.UNKNOWN_KEY)
_OPEN = (Verdict.WAITING, Verdict.UNKNOWN_KEY)


def witness(
    session: Session,
    producer: str,
    head: SignedHead,
    proof: Sequence[bytes],
    verify_keys: Mapping[str, VerifyKey],
    *,
    now: datetime,
) -> Verdict:
    """Judges a head with its proof from `head.previous_size` and stores the verdict, at real time `now`.

    Never raises for what the producer sent. The same head twice changes nothing. Settles the heads that
    waited for this one; an alarm among them is the answer, since it must not stay unseen.
    """
    lease(session, f"witness of {producer}")
    verdict = _judge(session, producer, head, proof, verify_keys)
    _store(session, producer, head, proof, verdict, now=now)
    settled = settle(session, producer, verify_keys, now) if verdict is Verdict.ACCEPTED else []
    return next((late for late in settled if late.alarm), verdict)


def settle(
    session: Session, producer: str, verify_keys: Mapping[str, VerifyKey], now: datetime
) -> list[Verdict]:
    """Judges again the heads that wait or whose key was unknown; gives the new verdicts."""
    lease(session, f"witness of {producer}")
    verdicts: list[Verdict] = []
    moved = True
    while moved:
        moved = False
        for row in waiting(session, producer):
            head, proof = head_of(row), proof_of(row)
            verdict = _judge(session, producer, head, proof, verify_keys)
            if verdict != row.verdict and _store(session, producer, head, proof, verdict, now=now):
                verdicts.append(verdict)
                moved = True
    return verdicts


def bridge(
    session: Session, producer: str, old_size: int, new_size: int, proof: Sequence[bytes], *, now: datetime
) -> Verdict:
    """Connects a waiting head with its accepted neighbour, by a proof that the producer was asked for.

    The sizes are those of `missing_proof`. `waiting` means: the heads have moved on, ask again. Call
    `settle` after an acceptance.
    """
    lease(session, f"witness of {producer}")
    for row in waiting(session, producer):
        neighbour = _neighbour(session, producer, row)
        if row.verdict != Verdict.WAITING or neighbour is None:
            continue
        old, new = (row, neighbour) if row.size < neighbour.size else (neighbour, row)
        if (old.size, new.size) == (old_size, new_size):
            connected = proves_consistency(old.size, old.root, new.size, new.root, proof)
            verdict = Verdict.ACCEPTED if connected else Verdict.INCONSISTENT
            _store(session, producer, head_of(row), proof_of(row), verdict, now=now)
            return verdict
    return Verdict.WAITING


def missing_proof(session: Session, producer: str) -> tuple[int, int] | None:
    """The sizes (old, new) to ask the producer a consistency proof for; None if no head waits."""
    for row in waiting(session, producer):
        neighbour = _neighbour(session, producer, row)
        if neighbour is not None and row.verdict == Verdict.WAITING:
            return min(row.size, neighbour.size), max(row.size, neighbour.size)
    return None


def alarms(session: Session) -> list[WitnessedHead]:
    """The heads that were refused, of all producers, oldest first."""
    rows = select(WitnessedHead).where(WitnessedHead.verdict.in_(ALARMS)).order_by(WitnessedHead.seen_at)
    return list(session.scalars(rows))


def waiting(session: Session, producer: str) -> list[WitnessedHead]:
    """The heads not yet decided (waiting, or their key unknown), by size; for a gauge, and for `settle`."""
    later = aliased(WitnessedHead)
    same_head = later.head == WitnessedHead.head
    same_tree = and_(
        later.producer == producer,
        later.verdict == Verdict.ACCEPTED,
        later.size == WitnessedHead.size,
        later.root == WitnessedHead.root,
    )
    rows = (
        select(WitnessedHead)
        .where(WitnessedHead.producer == producer, WitnessedHead.verdict.in_(_OPEN))
        .where(~exists().where(same_head, later.verdict.not_in(_OPEN)), ~exists().where(same_tree))
        .order_by(WitnessedHead.size, WitnessedHead.id)
    )
    return list(session.scalars(rows))


def head_of(row: WitnessedHead) -> SignedHead:
    """The signed head that a row holds."""
    return SignedHead(row.size, row.root, row.signed_at, row.key_id, row.signature, row.previous_size)


def proof_of(row: WitnessedHead) -> list[bytes]:
    """The hashes of the proof that came with it."""
    return [row.proof[at : at + 32] for at in range(0, len(row.proof), 32)]


def _judge(
    session: Session,
    producer: str,
    head: SignedHead,
    proof: Sequence[bytes],
    verify_keys: Mapping[str, VerifyKey],
) -> Verdict:
    signed = is_signed_by(head, verify_keys)
    if not signed:
        return Verdict.UNKNOWN_KEY if signed is None else Verdict.BAD_SIGNATURE
    chain = _chain(session, producer, head.signed_at)
    newest = _accepted(session, chain, WitnessedHead.size.desc()) or chain.base
    if newest is None:  # trusted on first use: there is nothing yet that it could contradict
        return Verdict.ACCEPTED
    if head.size > newest.size:
        return _judge_newer(newest, head, proof)
    return _judge_older(session, chain, head, proof)


@dataclass(frozen=True, slots=True)
class _Chain:
    """The heads of one producer between two bridges. `base`: the bridge that it begins with (None: the trail's own)."""

    base: TrailBridge | None
    heads: tuple[ColumnElement[bool], ...]


def _chain(session: Session, producer: str, signed_at: datetime) -> _Chain:
    bridges = select(TrailBridge).where(TrailBridge.producer == producer).order_by(TrailBridge.signed_at)
    before: TrailBridge | None = None
    heads = [WitnessedHead.producer == producer, WitnessedHead.verdict == Verdict.ACCEPTED]
    for each in session.scalars(bridges):
        if each.signed_at >= signed_at:
            heads.append(WitnessedHead.signed_at <= each.signed_at)
            break
        before = each
    if before is not None:
        heads.append(WitnessedHead.signed_at > before.signed_at)
    return _Chain(before, tuple(heads))


def _judge_newer(newest: WitnessedHead | TrailBridge, head: SignedHead, proof: Sequence[bytes]) -> Verdict:
    if head.signed_at <= newest.signed_at or head.previous_size < newest.size:
        return Verdict.INCONSISTENT  # its producer has forgotten a head that it signed
    if head.previous_size > newest.size:
        return Verdict.WAITING
    extends = proves_consistency(newest.size, newest.root, head.size, head.root, proof)
    return Verdict.ACCEPTED if extends else Verdict.INCONSISTENT


def _judge_older(session: Session, chain: _Chain, head: SignedHead, proof: Sequence[bytes]) -> Verdict:
    size = WitnessedHead.size
    if chain.base is not None and head.size <= chain.base.size:
        return Verdict.INCONSISTENT  # signed after the bridge, and smaller than what that goes on from
    above = _accepted(session, chain, size.asc(), size >= head.size)
    if above is None:
        raise LookupError("an older head lies below an accepted one")
    if above.size == head.size:
        return Verdict.SAME if above.root == head.root else Verdict.INCONSISTENT
    if head.signed_at >= above.signed_at:
        return Verdict.STALE
    if above.previous_size == head.size:
        extended = proves_consistency(head.size, head.root, above.size, above.root, proof_of(above))
        return Verdict.ACCEPTED if extended else Verdict.INCONSISTENT
    below = _accepted(session, chain, size.asc(), size == head.previous_size)
    if below and not proves_consistency(below.size, below.root, head.size, head.root, proof):
        return Verdict.INCONSISTENT
    return Verdict.WAITING


def _accepted(
    session: Session, chain: _Chain, order: UnaryExpression[int], *where: ColumnElement[bool]
) -> WitnessedHead | None:
    return session.scalars(select(WitnessedHead).where(*chain.heads, *where).order_by(order).limit(1)).first()


def _neighbour(session: Session, producer: str, row: WitnessedHead) -> WitnessedHead | TrailBridge | None:
    """The accepted head that proves the most about a head: next above it, else the newest, else the chain's base."""
    chain = _chain(session, producer, row.signed_at)
    above = _accepted(session, chain, WitnessedHead.size.asc(), WitnessedHead.size > row.size)
    return above or _accepted(session, chain, WitnessedHead.size.desc()) or chain.base


def _store(
    session: Session,
    producer: str,
    head: SignedHead,
    proof: Sequence[bytes],
    verdict: Verdict,
    *,
    now: datetime,
) -> bool:
    if verdict is Verdict.SAME:
        return False
    joined = b"".join(proof)
    parts = (producer.encode(), head.statement, head.signature, str(head.previous_size).encode(), joined)
    digest = sha256(b"".join(len(part).to_bytes(8, "big") + part for part in parts)).hexdigest()
    row_id = sha256(f"{digest} {verdict}".encode()).hexdigest()
    if session.get(WitnessedHead, row_id) is not None:
        return False
    session.add(
        WitnessedHead(
            id=row_id,
            head=digest,
            producer=producer,
            size=head.size,
            root=head.root,
            signed_at=head.signed_at,
            key_id=head.key_id,
            signature=head.signature,
            previous_size=head.previous_size,
            proof=joined,
            verdict=verdict.value,
            seen_at=now,
        )
    )
    session.flush()
    return True
