"""Recording, sequencing and signing: acts record, one sequencer per service gives leaves and signs heads.

`record` joins the act's transaction. `sequence` and `sign_head` run in transactions of their own (on SQLite
begun for writing), before publishing, and hold a lease in the database, so any replica may call them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_bytes
from typing import Any
from uuid import uuid4

from nacl.signing import SigningKey
from sqlalchemy import Row, delete, exists, func, insert, literal, select, tuple_
from sqlalchemy.orm import Session

from services.chassis.audit import tree
from services.chassis.audit.entry import SALT_BYTES, Entry, canonical_json, known_id, leaf_content
from services.chassis.audit.heads import LATE_COMMIT_SECONDS, SignedHead, sign
from services.chassis.audit.tables import AuditEntry, AuditHead, AuditLeaf, AuditNode, AuditUnsequenced
from services.chassis.db import table_of

_SEQUENCER = "audit sequencer"
_INTO_ENTRIES, _INTO_UNSEQUENCED = insert(table_of(AuditEntry)), insert(table_of(AuditUnsequenced))


class TrailDamaged(Exception):
    """What is stored of the trail does not fit together: stop signing and run `dengwen audit verify`."""


class NotSequenced(LookupError):
    """The entry has no leaf (yet): wait for the sequencer."""


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Shows that an entry is in the tree of `size` leaves; checked with `tree.proves_inclusion`."""

    leaf_index: int
    leaf: bytes
    size: int
    root: bytes
    path: list[bytes]


def record(session: Session, entry: Entry) -> str:
    """Writes an entry and queues it for its leaf: two INSERTs in the caller's transaction. Gives its id.

    Raises ValueError for a field that is no id, code, date or figure (see `entry.leaf_content`).
    """
    return record_all(session, (entry,))[0]


def record_all(session: Session, entries: Iterable[Entry]) -> list[str]:
    """As `record` for each, in their order, with two INSERTs for all of them; gives their ids."""
    rows = [_row(entry) for entry in entries]
    if rows:
        connection = session.connection()
        connection.execute(_INTO_ENTRIES, rows)
        connection.execute(_INTO_UNSEQUENCED, [{"entry_id": row["id"]} for row in rows])
    return [str(row["id"]) for row in rows]


def _row(entry: Entry) -> dict[str, Any]:
    entry_id = uuid4().hex
    salts = {name: token_bytes(SALT_BYTES) for name in entry.digests}
    return {
        "id": entry_id,
        "at": entry.at,
        "recorded_at": entry.recorded_at,
        "subject_kind": entry.subject_kind,
        "subject_id": known_id(entry.subject_id),
        "act": entry.act,
        "outcome": entry.outcome,
        "code": entry.code,
        "actor_person": entry.actor.person,
        "body": leaf_content(entry_id, entry, salts),
        "salts": canonical_json({name: salt.hex() for name, salt in salts.items()}) if salts else None,
    }


def sequence(session: Session, limit: int = 500) -> int:
    """Gives up to `limit` waiting entries their leaves, in order; returns how many (0: none waits).

    Raises TrailDamaged if a waiting entry is gone or the stored tree is incomplete.
    """
    lease(session, _SEQUENCER)
    waiting = _waiting(session, limit)
    if not waiting:
        return 0
    frontier = _frontier(session, tree_size(session))
    leaves: list[dict[str, object]] = []
    nodes: list[dict[str, object]] = []
    for row in waiting:
        if row.body is None:
            raise TrailDamaged(f"entry {row.entry_id} waits for its leaf and is gone")
        leaf = tree.leaf_hash(row.body.encode())
        leaves.append({"leaf_index": frontier.size, "entry_id": row.entry_id, "hash": leaf})
        nodes += ({"level": node[0], "index": node[1], "hash": node[2]} for node in frontier.append(leaf))
    session.execute(insert(AuditLeaf), leaves)
    if nodes:
        session.execute(insert(AuditNode), nodes)
    positions = [row.position for row in waiting]
    session.execute(delete(AuditUnsequenced).where(AuditUnsequenced.position.in_(positions)))
    return len(waiting)


def sign_head(session: Session, key: SigningKey, key_id: str, now: datetime) -> SignedHead | None:
    """Signs the tree as it stands at real time `now`; None if it has not grown since the last head.

    None also while an entry recorded more than ten minutes before `now` has no leaf yet: a head states
    that what is older is in the tree. Raises TrailDamaged if the tree does not extend the last head.
    """
    lease(session, _SEQUENCER)
    size = tree_size(session)
    last = session.scalars(select(AuditHead).order_by(AuditHead.size.desc()).limit(1)).first()
    if size == (last.size if last else 0) or _backlog_before(session, now):
        return None
    if last is not None and (last.size > size or root_at(session, last.size) != last.root):
        raise TrailDamaged(f"the tree no longer extends the head of {last.size} leaves that was signed")
    signed_at = now if last is None else max(now, last.signed_at + timedelta(microseconds=1))
    head = sign(size, root_at(session, size), signed_at, key, key_id, previous_size=last.size if last else 0)
    session.add(
        AuditHead(
            size=size, root=head.root, signed_at=head.signed_at, key_id=key_id, signature=head.signature
        )
    )
    session.flush()
    return head


def consistency(session: Session, old_size: int, new_size: int) -> list[bytes]:
    """The proof that the tree of `new_size` leaves extends that of `old_size`. Raises ValueError outside."""
    if new_size > tree_size(session):
        raise ValueError(f"the tree has not {new_size} leaves")
    return _with_nodes(session, lambda read: tree.consistency_proof(old_size, new_size, read))


def inclusion(session: Session, entry_id: str, size: int | None = None) -> InclusionProof:
    """The proof that an entry is in the tree: in the last signed head that has it, else in the tree as it is.

    Raises NotSequenced if it has no leaf, ValueError if a `size` is given that does not reach it.
    """
    leaf = session.scalars(select(AuditLeaf).where(AuditLeaf.entry_id == entry_id)).one_or_none()
    if leaf is None:
        raise NotSequenced(entry_id)
    if size is None:
        signed = session.scalar(select(func.max(AuditHead.size))) or 0
        size = signed if signed > leaf.leaf_index else tree_size(session)
    index, upto = leaf.leaf_index, size
    path = _with_nodes(session, lambda read: tree.inclusion_proof(index, upto, read))
    return InclusionProof(index, leaf.hash, upto, root_at(session, upto), path)


def tree_size(session: Session) -> int:
    """How many leaves the tree has."""
    last = session.scalar(select(func.max(AuditLeaf.leaf_index)))
    return 0 if last is None else last + 1


def root_at(session: Session, size: int) -> bytes:
    """The root at `size` leaves, from the stored nodes. Raises TrailDamaged if one is missing."""
    return _frontier(session, size).root()


def lease(session: Session, purpose: str) -> None:
    """Holds `purpose` alone until the transaction ends. On SQLite the write transaction is the lease."""
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(sha256(purpose.encode()).digest()[:8], "big", signed=True)
        session.execute(select(func.pg_advisory_xact_lock(number)))


def _waiting(session: Session, limit: int) -> list[Row[int, str, str]]:
    queue = AuditUnsequenced
    rows = (
        select(queue.position, queue.entry_id, AuditEntry.body)
        .outerjoin(AuditEntry, AuditEntry.id == queue.entry_id)
        .order_by(queue.position)
        .limit(limit)
    )
    return list(session.execute(rows))


def _backlog_before(session: Session, now: datetime) -> bool:
    # Half the bound is left to an entry that is committed, but not yet seen here.
    oldest = now - timedelta(seconds=LATE_COMMIT_SECONDS / 2)
    waiting = exists(literal(1)).where(
        AuditEntry.id == AuditUnsequenced.entry_id, AuditEntry.recorded_at < oldest
    )
    return bool(session.scalar(select(waiting)))


def _frontier(session: Session, size: int) -> tree.Frontier:
    wanted = tree.frontier_nodes(size)
    found = _nodes(session, wanted)
    return tree.Frontier(size, [found[place] for place in wanted])


def _with_nodes(session: Session, proof: Callable[[tree.ReadNode], list[bytes]]) -> list[bytes]:
    """Runs a proof twice: first to see which nodes it wants, then with all of them from one query."""
    wanted: list[tuple[int, int]] = []

    def note(level: int, index: int) -> bytes:
        wanted.append((level, index))
        return bytes(32)

    proof(note)
    found = _nodes(session, wanted)
    return proof(lambda level, index: found[level, index])


def _nodes(session: Session, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    inner = [place for place in wanted if place[0] > 0]
    leaves = [index for level, index in wanted if level == 0]
    found: dict[tuple[int, int], bytes] = {}
    if inner:
        rows = select(AuditNode).where(tuple_(AuditNode.level, AuditNode.index).in_(inner))
        found = {(row.level, row.index): row.hash for row in session.scalars(rows)}
    if leaves:
        hashes = select(AuditLeaf.leaf_index, AuditLeaf.hash).where(AuditLeaf.leaf_index.in_(leaves))
        found |= {(0, index): digest for index, digest in session.execute(hashes)}
    missing = [place for place in wanted if place not in found]
    if missing:
        raise TrailDamaged(f"the tree lacks its node {missing[0]} (level, index)")
    return found
