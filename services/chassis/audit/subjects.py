"""The subjects' rows against the salted digest that the last entry of each committed to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.audit.entry import STATE
from services.chassis.audit.findings import Fault, Finding, Report
from services.chassis.audit.tables import AuditEntry
from services.chassis.audit.walk import digest_in

Recompute = Callable[[Session, str, str, bytes], str | None]
"""Gives `salted_digest(salt, state)` of a subject's rows as they are, by kind, id and salt; None: no rows."""

_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Commitment:
    version: int
    entry_id: str
    leaf: int | None
    digest: str


class Subjects:
    """Collects each subject's last commitment while the trail is walked, then recomputes them all."""

    def __init__(self, service: str, session: Session, recompute: Recompute | None, report: Report) -> None:
        self._service = service
        self._session = session
        self._recompute = recompute
        self._report = report
        self._last: dict[tuple[str, str], _Commitment] = {}

    def note(self, content: Mapping[str, Any], leaf: int | None) -> None:
        """Takes an entry, in the order of the trail; the highest version of the subject counts."""
        digest = digest_in(content, STATE)
        if digest is None:
            return
        subject = (str(content.get("subject_kind")), str(content.get("subject_id")))
        found = content.get("subject_version")
        version = found if isinstance(found, int) else 0
        last = self._last.get(subject)
        if last is None or version >= last.version:
            self._last[subject] = _Commitment(version, str(content.get("id")), leaf, digest)

    def check(self) -> None:
        """Recomputes every subject; shredded salts and a missing `recompute` are counted, no fault."""
        counts = self._report.counts[self._service]
        counts.subjects = len(self._last)
        if self._recompute is None:
            counts.not_recomputed = len(self._last)
            return
        items = sorted(self._last.items(), key=lambda item: (item[1].leaf is None, item[1].leaf))
        for start in range(0, len(items), _BATCH):
            batch = items[start : start + _BATCH]
            salts = self._salts([commitment.entry_id for _, commitment in batch])
            for subject, commitment in batch:
                found = salts.get(commitment.entry_id)
                if found is None:
                    counts.shredded += 1
                    continue
                self._compare(self._recompute, subject, commitment, found)

    def _salts(self, entry_ids: Sequence[str]) -> dict[str, str | None]:
        rows = select(AuditEntry.id, AuditEntry.salts).where(AuditEntry.id.in_(entry_ids))
        return {row.id: row.salts for row in self._session.execute(rows)}

    def _compare(
        self, recompute: Recompute, subject: tuple[str, str], commitment: _Commitment, salts: str
    ) -> None:
        fault: Fault | None = None
        try:
            digest = recompute(self._session, *subject, bytes.fromhex(json.loads(salts)[STATE]))
        except Exception:  # rows or salts that cannot be read are what is looked for
            fault = Fault.UNREADABLE
        else:
            if digest is None:
                fault = Fault.STATE_MISSING
            elif digest != commitment.digest:
                fault = Fault.STATE_CHANGED
        if fault is not None:
            self._report.add(
                Finding(
                    fault=fault,
                    service=self._service,
                    leaf=commitment.leaf,
                    entry_id=commitment.entry_id,
                    subject="/".join(subject),
                )
            )
