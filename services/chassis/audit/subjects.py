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

Recompute = Callable[[Session, str, Mapping[str, bytes]], Mapping[str, str]]
"""Gives `salted_digest(salt, state)` of subjects' rows as they are, by their ids, for a kind and salts by id.

What has no rows is not in it. Raises whatever it likes for what cannot be read; it is then asked one by one.
"""

_BATCH = 500
_Subject = tuple[str, str]


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
        self._last: dict[_Subject, _Commitment] = {}

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
            batch = dict(items[start : start + _BATCH])
            stored = self._salts([commitment.entry_id for commitment in batch.values()])
            salts = {subject: stored.get(commitment.entry_id) for subject, commitment in batch.items()}
            counts.shredded += sum(salt is None for salt in salts.values())
            known = {subject: salt for subject, salt in salts.items() if salt is not None}
            digests = self._digests(self._recompute, known)
            for subject in known:
                self._compare(subject, batch[subject], digests[subject])

    def _digests(
        self, recompute: Recompute, salts: Mapping[_Subject, str]
    ) -> Mapping[_Subject, str | Exception | None]:
        """The digests of a page of subjects, None where there are no rows; if one cannot be read, each for itself."""
        try:
            return self._recomputed(recompute, salts)
        except Exception:
            return {subject: self._alone(recompute, subject, salt) for subject, salt in salts.items()}

    def _alone(self, recompute: Recompute, subject: _Subject, salt: str) -> str | Exception | None:
        try:
            return self._recomputed(recompute, {subject: salt})[subject]
        except Exception as error:  # rows or salts that cannot be read are what is looked for
            return error

    def _recomputed(
        self, recompute: Recompute, salts: Mapping[_Subject, str]
    ) -> dict[_Subject, str | Exception | None]:
        by_kind: dict[str, dict[str, bytes]] = {}
        for (kind, item), salt in salts.items():
            by_kind.setdefault(kind, {})[item] = bytes.fromhex(json.loads(salt)[STATE])
        found = {kind: recompute(self._session, kind, of_kind) for kind, of_kind in by_kind.items()}
        return {(kind, item): found[kind].get(item) for kind, item in salts}

    def _salts(self, entry_ids: Sequence[str]) -> dict[str, str | None]:
        rows = select(AuditEntry.id, AuditEntry.salts).where(AuditEntry.id.in_(entry_ids))
        return {row.id: row.salts for row in self._session.execute(rows)}

    def _compare(self, subject: _Subject, commitment: _Commitment, digest: str | Exception | None) -> None:
        fault: Fault | None = None
        if isinstance(digest, Exception):
            fault = Fault.UNREADABLE
        elif digest is None:
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
