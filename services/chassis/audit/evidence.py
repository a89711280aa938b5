"""The signed heads of one service, wherever they are kept: by itself, by its witnesses, by an auditor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from nacl.signing import VerifyKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.audit.findings import Fault, Finding, Report
from services.chassis.audit.heads import SignedHead, is_signed_by
from services.chassis.audit.tables import AuditHead, WitnessedHead
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

    def marks(self, low: int, high: int) -> dict[int, list[Mark]]:
        """The heads of low < size <= high that are really signed, by size, the service's own first."""
        found: dict[int, list[Mark]] = {}
        for mark in [*self._own(low, high), *self._foreign(low, high)]:
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
                .limit(limit)
            )
            if self._as_of is not None:
                rows = rows.where(WitnessedHead.seen_at <= self._as_of)
            for row in session.scalars(rows):
                mark = self._witnessed(name, row)
                if mark is not None:
                    yield mark
        yield from (Mark(head, AUDITOR) for head in self._known if low < head.size <= high)

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
