"""The signed heads of one service, wherever they are kept: by itself, by its witnesses, by an auditor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from nacl.signing import VerifyKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.audit.bridge import OPEN_EPOCH, Bridge, bridge_of
from services.chassis.audit.findings import Fault, Finding, Report, Settled
from services.chassis.audit.heads import SignedHead, is_signed_by
from services.chassis.audit.tables import AuditHead, TrailBridge, WitnessedHead
from services.chassis.audit.walk import Mark
from services.chassis.audit.witness import Verdict

AUDITOR = "auditor"
_FIRST = 100


class Evidence:
    """Reads heads by range of size, checks their signatures, and gives those that hold as marks."""

    def __init__(
        self,
        service: str,
        session: Session,
        others: Mapping[str, Session],
        keys: Mapping[str, VerifyKey],
        report: Report,
        *,
        known: Sequence[SignedHead] = (),
        as_of: datetime | None = None,
    ) -> None:
        self._service = service
        self._session = session
        self._others = others
        self._keys = keys
        self._known = known
        self._as_of = as_of
        self._report = report
        self.counts = report.counts[service]
        self.newest_signed = 0
        self._last_signed: datetime | None = None
        self._missing_told: set[str] = set()
        self._acts: dict[int, str] = {}
        self._furthest: dict[int, int] = {}
        self._bridges = self._read_bridges()

    def marks(self, low: int, high: int) -> dict[int, list[Mark]]:
        """The heads of low < size <= high that are really signed, by size, the service's own first."""
        found: dict[int, list[Mark]] = {}
        for mark in [*self._own(low, high), *self._foreign(low, high), *self._crossed(low, high)]:
            found.setdefault(mark.head.size, []).append(mark)
        for size, marks in found.items():
            for mark in marks:
                if (
                    mark.dated
                    and mark.witness
                    and marks[0].witness
                    and mark.witness not in self._missing_told
                ):
                    self._missing_told.add(mark.witness)
                    self._fault(Fault.HEAD_MISSING, size, mark.witness)
        return found

    def beyond(self, size: int) -> list[Mark]:
        """The first head of each keeper that covers more leaves than there are."""
        first: dict[str, Mark] = {}
        top = 1 << 62
        for mark in [*self._own(size, top, _FIRST), *self._foreign(size, top, _FIRST)]:
            first.setdefault(mark.witness, mark)
        return list(first.values())

    def note(self, entry_id: str, content: Mapping[str, Any]) -> None:
        """Takes an entry of the trail: the acts that opened an epoch are what a bridge stands on."""
        if content.get("act") == OPEN_EPOCH and content.get("outcome") == "accepted":
            facts = content.get("facts")
            epoch = facts.get("epoch") if isinstance(facts, dict) else None
            if isinstance(epoch, int):
                self._acts[epoch] = entry_id

    def settle(self) -> None:
        """Tells each bridge, once the whole trail was noted: as settled, or as one that no act stands behind."""
        for bridge in self._bridges:
            if bridge.epoch not in self._acts and not self._lost_later(bridge):
                self._fault(Fault.BRIDGE_WITHOUT_ACT, bridge.size)
                continue
            self._report.settled.append(
                Settled(
                    service=self._service,
                    epoch=bridge.epoch,
                    from_size=self._furthest.get(bridge.epoch, bridge.size),
                    to_size=bridge.size,
                    signed_at=bridge.signed_at,
                    entry_id=self._acts.get(bridge.epoch, ""),
                )
            )

    def _read_bridges(self) -> list[Bridge]:
        """All that this service signed, whoever keeps them, by epoch."""
        found: dict[int, Bridge] = {}
        for name, session in {"": self._session, **self._others}.items():
            for row in session.scalars(select(TrailBridge).where(TrailBridge.producer == self._service)):
                bridge = bridge_of(row)
                if not bridge.is_signed_by(self._keys):
                    self._fault(Fault.BRIDGE_SIGNATURE, row.size, name)
                    continue
                found.setdefault(bridge.epoch, bridge)
                self._furthest[bridge.epoch] = max(self._furthest.get(bridge.epoch, 0), row.from_size)
        return [found[epoch] for epoch in sorted(found)]

    def _lost(self, head: SignedHead) -> bool:
        """Whether a head covers leaves that were lost when the trail was put back; a bridge accounts for it."""
        lost = False
        for bridge in self._bridges:
            if head.size > bridge.size and head.signed_at < bridge.signed_at:
                self._furthest[bridge.epoch] = max(self._furthest.get(bridge.epoch, 0), head.size)
                lost = True
        return lost

    def _lost_later(self, bridge: Bridge) -> bool:
        """Whether the trail was put back once more, and a later bridge with its act accounts for this one's as well."""
        return any(b.signed_at > bridge.signed_at and b.epoch in self._acts for b in self._bridges)

    def _crossed(self, low: int, high: int) -> Iterable[Mark]:
        """The trees that bridges go on from: they too must be as they were signed."""
        for bridge in self._bridges:
            shorter = any(b.signed_at > bridge.signed_at and b.size < bridge.size for b in self._bridges)
            if low < bridge.size <= high and not shorter:
                head = SignedHead(bridge.size, bridge.root, bridge.signed_at, bridge.key_id, bridge.signature)
                yield Mark(head, dated=False)

    def _own(self, low: int, high: int, limit: int | None = None) -> Iterable[Mark]:
        rows = select(AuditHead).where(AuditHead.size > low, AuditHead.size <= high).order_by(AuditHead.size)
        for row in self._session.scalars(rows.limit(limit)):
            self.counts.heads += 1
            head = _head(row)
            signed = head and is_signed_by(head, self._keys)
            if head is None or not signed:
                self._fault(Fault.HEAD_KEY if head and signed is None else Fault.HEAD_SIGNATURE, row.size)
                continue
            if self._last_signed is not None and head.signed_at <= self._last_signed:
                self._fault(Fault.HEAD_TIME, head.size)
            self._last_signed = head.signed_at
            self.newest_signed = head.size
            yield Mark(head)

    def _foreign(self, low: int, high: int, limit: int | None = None) -> Iterable[Mark]:
        for name, session in self._others.items():
            rows = (
                select(WitnessedHead)
                .where(WitnessedHead.producer == self._service, WitnessedHead.verdict.in_(list(Verdict)))
                .where(WitnessedHead.size > low, WitnessedHead.size <= high)
                .order_by(WitnessedHead.size)
                .limit(None if self._bridges else limit)
            )
            if self._as_of is not None:
                rows = rows.where(WitnessedHead.seen_at <= self._as_of)
            for row in session.scalars(rows):
                mark = self._witnessed(name, row)
                if mark is not None and not self._lost(mark.head):
                    yield mark
        known = (head for head in self._known if low < head.size <= high and not self._lost(head))
        yield from (Mark(head, AUDITOR) for head in known)

    def _witnessed(self, witness: str, row: WitnessedHead) -> Mark | None:
        head = _head(row)
        accepted = row.verdict == Verdict.ACCEPTED
        if head is None or not is_signed_by(head, self._keys):
            if accepted:
                self._fault(Fault.WITNESS_ROW, row.size, witness)
            else:
                self.counts.notices += 1
            return None
        if accepted:
            self.counts.witnessed[witness] = max(self.counts.witnessed.get(witness, 0), row.size)
        elif row.verdict != Verdict.WAITING:
            self.counts.notices += 1
        return Mark(head, witness, dated=accepted)

    def _fault(self, fault: Fault, size: int, witness: str = "") -> None:
        self._report.add(
            Finding(fault=fault, service=self._service, leaf=max(size - 1, 0), head=size, witness=witness)
        )


def _head(row: AuditHead | WitnessedHead) -> SignedHead | None:
    try:
        return SignedHead(row.size, row.root, row.signed_at, row.key_id, row.signature)
    except (ValueError, TypeError):
        return None
