"""What a volume must hold before it can be archived (LZ-22.7, LZ-22.12)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

MANDATORY: dict[str, tuple[tuple[str, ...], ...]] = {
    "petition": (("PetitionRegisterEntry", "LedgerEntry"), ("ClosureReview",)),
}
"""Papers by kind of item; of the papers named together one is enough (a petition may come from a ledger)."""


@dataclass(frozen=True)
class Shortage:
    """What is missing: papers by kind, and whether the officers are."""

    documents: tuple[str, ...] = ()
    officers: bool = field(default=False)


def shortage(kind: str, documents: Collection[str], officers: Collection[object]) -> Shortage | None:
    """What a volume of this kind lacks, or None. A volume without any document lacks everything."""
    wanted = MANDATORY.get(kind, ())
    missing = tuple(group[0] for group in wanted if not set(group) & set(documents))
    if not documents and not missing:
        missing = (kind,)
    return Shortage(missing, not officers) if missing or not officers else None
