"""Walking a trail from its first leaf: content, numbering, times and every signed root on the way.

Pure; `verify` feeds it from a database, `export` from a bundle.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from services.chassis.audit import tree
from services.chassis.audit.entry import instant
from services.chassis.audit.findings import Fault, Finding, Report
from services.chassis.audit.heads import CLOCK_SKEW_SECONDS, LATE_COMMIT_SECONDS, SignedHead


@dataclass(frozen=True, slots=True)
class Mark:
    """A head whose signature holds. `witness` keeps it (empty: the service itself).

    `dated` is False for a head that its witness refused: its time says nothing about the entries.
    """

    head: SignedHead
    witness: str = ""
    dated: bool = True


class Walk:
    """One walk. Call `leaf` for each leaf in order and `mark` after the leaf that completes a head's size.

    `proven` is, for each keeper of heads, the size of its last that held: what lies below is as it was, as
    far as that keeper can tell. A head of the service itself proves nothing once its key is stolen.
    """

    def __init__(self, service: str, report: Report) -> None:
        self.service = service
        self.report = report
        self.frontier = tree.Frontier()
        self.broken = False
        self.proven: dict[str, int] = {}
        self._floor = ""
        self._latest = ("", 0, "")
        self._contradicted: set[tuple[str, Fault]] = set()

    @property
    def size(self) -> int:
        return self.frontier.size

    def leaf(self, entry_id: str, digest: bytes, body: object) -> tuple[list[tree.Node], dict[str, Any]]:
        """Checks an entry against its leaf; gives the nodes it finishes and its content ({}: none)."""
        index = self.size
        nodes = self.frontier.append(digest)
        if body is None:
            self.fault(Fault.ENTRY_MISSING, index, entry_id)
            return nodes, {}
        if not isinstance(body, str) or tree.leaf_hash(body.encode()) != digest:
            self.fault(Fault.ENTRY_CHANGED, index, entry_id)
            return nodes, {}
        content = read_content(body)
        if content is None:
            self.fault(Fault.UNREADABLE, index, entry_id)
            return nodes, {}
        if content.get("id") != entry_id:
            self.fault(Fault.ENTRY_MISPLACED, index, entry_id)
        self._dated(index, entry_id, str(content.get("recorded_at")))
        return nodes, content

    def gap(self, until: int, fault: Fault = Fault.LEAF_MISSING) -> None:
        """Leaves from here up to, not including, `until` cannot be had: no root can be computed any more."""
        self.fault(fault, self.size, until=until - 1)
        self.broken = True
        self.frontier = tree.Frontier(until, [bytes(32)] * until.bit_count())

    def mark(self, mark: Mark) -> None:
        """Compares a head with the tree as it stands after this many leaves."""
        head = mark.head
        if not self.broken and head.root != self.frontier.root():
            self.contradiction(mark, Fault.HEAD_ROOT if mark.dated else Fault.FORK, head.size - 1)
            return
        if not self.broken:
            self.proven[mark.witness] = head.size
        if mark.dated:
            recorded_at, index, entry_id = self._latest
            if recorded_at > instant(head.signed_at + timedelta(seconds=CLOCK_SKEW_SECONDS)):
                self.fault(Fault.POSTDATED, index, entry_id)
            self._latest = ("", 0, "")
            late = instant(head.signed_at - timedelta(seconds=LATE_COMMIT_SECONDS))
            self._floor = max(self._floor, late)

    def contradiction(self, mark: Mark, fault: Fault, until: int | None) -> None:
        """A head that does not fit; told once for each holder, since all later ones follow from it."""
        if (mark.witness, fault) in self._contradicted:
            return
        self._contradicted.add((mark.witness, fault))
        low = self.size if fault is Fault.HEAD_BEYOND else self.proven.get(mark.witness, 0)
        self.report.add(
            Finding(
                fault=fault,
                service=self.service,
                leaf=low,
                leaf_until=until,
                head=mark.head.size,
                witness=mark.witness,
            )
        )

    def is_backdated(self, recorded_at: str) -> bool:
        """Whether an instant lies before what the heads so far allow for an entry that they do not cover."""
        return recorded_at < self._floor

    def fault(self, fault: Fault, index: int, entry_id: str = "", *, until: int | None = None) -> None:
        self.report.add(
            Finding(fault=fault, service=self.service, leaf=index, leaf_until=until, entry_id=entry_id)
        )

    def _dated(self, index: int, entry_id: str, recorded_at: str) -> None:
        if self.is_backdated(recorded_at):
            self.fault(Fault.BACKDATED, index, entry_id)
        self._latest = max(self._latest, (recorded_at, index, entry_id))


def read_content(body: str) -> dict[str, Any] | None:
    """An entry's content; None if it is no JSON object."""
    try:
        content = json.loads(body)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def digest_in(content: Mapping[str, Any], name: str) -> str | None:
    """A named digest of an entry's content; None if it has none."""
    digests = content.get("digests")
    found = digests.get(name) if isinstance(digests, dict) else None
    return found if isinstance(found, str) else None
