"""Verifying a whole installation, offline; nothing is written.

Every entry, leaf, node and head, what the others witnessed, and the subjects' rows against what their last
act committed to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from nacl.signing import VerifyKey
from sqlalchemy import Row, String, and_, func, or_, select, text, type_coerce
from sqlalchemy.orm import Session

from services.chassis.audit.evidence import Evidence
from services.chassis.audit.findings import Counts, Fault, Finding, Report
from services.chassis.audit.heads import SignedHead
from services.chassis.audit.subjects import Recompute, Subjects
from services.chassis.audit.tables import AuditEntry, AuditLeaf, AuditNode, AuditUnsequenced
from services.chassis.audit.trail import tree_size
from services.chassis.audit.tree import Node
from services.chassis.audit.walk import Walk, read_content

Progress = Callable[[str, int, int], None]
"""Told the service, the leaves done and the leaves there are."""

_AnyRow: TypeAlias = Row[*tuple[Any, ...]]

CHUNK = 4096  # a power of two: the nodes of a chunk are then a range on each level
_REPEATED = ("subject_kind", "subject_id", "act", "outcome", "code", "person", "at", "recorded_at")
_COLUMNS = (
    AuditEntry.id,
    AuditEntry.body,
    AuditEntry.subject_kind,
    AuditEntry.subject_id,
    AuditEntry.act,
    AuditEntry.outcome,
    AuditEntry.code,
    AuditEntry.actor_person.label("person"),
    # As the driver gives them: an instant that cannot be read is a finding, not a crash.
    type_coerce(AuditEntry.at, String).label("at"),
    type_coerce(AuditEntry.recorded_at, String).label("recorded_at"),
)


def verify_installation(
    parts: Mapping[str, Session],
    trust: Mapping[str, Mapping[str, VerifyKey]],
    recompute: Mapping[str, Recompute],
    progress: Progress | None = None,
    *,
    as_of: datetime | None = None,
    known: Mapping[str, Sequence[SignedHead]] | None = None,
) -> Report:
    """Checks all services' trails against each other; `parts` are fresh sessions for reading, by service.

    For a running installation give `as_of`, the real time before the sessions were opened: heads that a
    witness saw later are left out, since the other session may not see their entries. `known` are heads
    kept outside the installation (from bundles): they protect where all witnesses were rewritten.
    A service that `recompute` lacks has its subjects counted as not recomputed.
    """
    report = Report(counts={service: Counts() for service in parts})
    for session in parts.values():
        _snapshot(session)
    _shared_keys(trust, report)
    for service, session in parts.items():
        others = {name: other for name, other in parts.items() if name != service}
        outside = (known or {}).get(service, ())
        keys = trust.get(service, {})
        evidence = Evidence(service, session, others, keys, report, known=outside, as_of=as_of)
        subjects = Subjects(service, session, recompute.get(service), report)
        _Verification(session, evidence, subjects, Walk(service, report)).run(progress)
    return report


def _snapshot(session: Session) -> None:
    if session.get_bind().dialect.name == "postgresql" and not session.in_transaction():
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    session.execute(text("SELECT 1"))


def _shared_keys(trust: Mapping[str, Mapping[str, VerifyKey]], report: Report) -> None:
    owners: dict[bytes, str] = {}
    for service, keys in trust.items():
        for key in keys.values():
            if owners.setdefault(bytes(key), service) != service:
                report.add(Finding(fault=Fault.SHARED_KEY, service=service, witness=owners[bytes(key)]))


@dataclass
class _Verification:
    """One service's."""

    session: Session
    evidence: Evidence
    subjects: Subjects
    walk: Walk

    def run(self, progress: Progress | None) -> None:
        size = tree_size(self.session)
        for low in range(0, size, CHUNK):
            high = min(low + CHUNK, size)
            try:
                self._chunk(low, high)
            except (ValueError, TypeError):  # a driver cannot decode what somebody put into a column
                self.walk.gap(high, Fault.UNREADABLE)
            if progress:
                progress(self.walk.service, high, size)
        self._beyond(size)
        self._strays(size)
        self._unsequenced()
        self.evidence.settle()
        self.subjects.check()

    def _chunk(self, low: int, high: int) -> None:
        marks = self.evidence.marks(low, high)
        nodes: list[Node] = []
        for row in self._leaves(low, high):
            if row.leaf_index > self.walk.size:
                self.walk.gap(row.leaf_index)
            finished, content = self.walk.leaf(row.entry_id, row.hash, row.body)
            nodes += finished
            self._entry(row, content, row.leaf_index)
            for mark in marks.get(self.walk.size, ()):
                self.walk.mark(mark)
        if self.walk.size < high:
            self.walk.gap(high)
        if not self.walk.broken:
            self._nodes(nodes, low, high)

    def _leaves(self, low: int, high: int) -> Sequence[_AnyRow]:
        leaf = AuditLeaf
        rows = (
            select(leaf.leaf_index, leaf.entry_id, leaf.hash, *_COLUMNS)
            .outerjoin(AuditEntry, AuditEntry.id == leaf.entry_id)
            .where(leaf.leaf_index >= low, leaf.leaf_index < high)
            .order_by(leaf.leaf_index)
        )
        return self.session.execute(rows).all()

    def _entry(self, row: _AnyRow, content: Mapping[str, Any], leaf: int | None) -> None:
        """An entry's columns against its content ({}: told already), and its commitment to rows."""
        if not content:
            return
        self.evidence.counts.entries += 1
        found = (*row._mapping.values(),)[-8:]  # noqa: SLF001  the public name of a row's columns
        columns = (*found[:6], _instant(found[6]), _instant(found[7]))
        if columns != tuple(content.get(name) for name in _REPEATED):
            self._fault(Fault.COLUMNS_DIFFER, leaf, row.id)
        self.subjects.note(content, leaf)
        self.evidence.note(row.id, content)

    def _nodes(self, computed: Sequence[Node], low: int, high: int) -> None:
        node = AuditNode
        levels = range(1, high.bit_length())
        ranges = [
            and_(node.level == level, node.index >= low >> level, node.index < high >> level)
            for level in levels
        ]
        if not ranges:
            return
        rows = self.session.execute(select(node.level, node.index, node.hash).where(or_(*ranges)))
        stored = {(level, index): digest for level, index, digest in rows}
        bad: set[tuple[int, int]] = set()
        for level, index, digest in computed:
            if stored.get((level, index)) == digest:
                continue
            if not bad & {(level - 1, 2 * index), (level - 1, 2 * index + 1)}:
                self.walk.fault(Fault.NODE_CHANGED, index << level, until=((index + 1) << level) - 1)
            bad.add((level, index))

    def _beyond(self, size: int) -> None:
        for mark in self.evidence.beyond(size):
            self.walk.contradiction(mark, Fault.HEAD_BEYOND, None)
        counts = self.evidence.counts
        counts.not_yet_signed = size - min(size, self.evidence.newest_signed)
        counts.not_yet_witnessed = size - min(size, max(counts.witnessed.values(), default=0))

    def _strays(self, size: int) -> None:
        expected = sum(size >> level for level in range(1, size.bit_length()))
        if self.session.scalar(select(func.count()).select_from(AuditNode)) not in {expected, None}:
            self._fault(Fault.NODE_STRAY, None if self.walk.broken else size)
        if (self.session.scalar(select(func.min(AuditLeaf.leaf_index))) or 0) < 0:
            self._fault(Fault.LEAF_STRAY, None)

    def _unsequenced(self) -> None:
        queue = AuditUnsequenced
        rows = (
            select(queue.position, *_COLUMNS)
            .select_from(AuditEntry)
            .outerjoin(AuditLeaf, AuditLeaf.entry_id == AuditEntry.id)
            .outerjoin(queue, queue.entry_id == AuditEntry.id)
            .where(AuditLeaf.leaf_index.is_(None))
            .order_by(queue.position)
        )
        for row in self.session.execute(rows.execution_options(yield_per=1000)):
            if row.position is None:
                self._fault(Fault.ENTRY_LOST, None, row.id)
                continue
            self.evidence.counts.not_yet_sequenced += 1
            content = read_content(row.body)
            if content is None:
                self._fault(Fault.UNREADABLE, None, row.id)
                continue
            self._entry(row, content, None)
            if self.walk.is_backdated(str(content.get("recorded_at"))):
                self._fault(Fault.BACKDATED, None, row.id)
        gone = select(queue.entry_id).outerjoin(AuditEntry, AuditEntry.id == queue.entry_id)
        for entry_id in self.session.scalars(gone.where(AuditEntry.id.is_(None))):
            self._fault(Fault.ENTRY_MISSING, None, entry_id)

    def _fault(self, fault: Fault, leaf: int | None, entry_id: str = "") -> None:
        service = self.walk.service
        self.walk.report.add(Finding(fault=fault, service=service, leaf=leaf, entry_id=entry_id))


def _instant(stored: object) -> str:
    """An instant as the entry's content spells it, from what either driver gives."""
    if isinstance(stored, datetime):
        return stored.isoformat(timespec="microseconds") + "Z"
    return str(stored).replace(" ", "T") + "Z"
