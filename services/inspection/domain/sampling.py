"""Drawing filings for a spot check: the same seed always draws the same (LZ-6.10)."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256


def drawn(seed: str, population: Collection[str], size: int) -> list[str]:
    """`size` of the ids: those whose SHA-256 of `<seed>:<id>` comes first in hex; in that order."""
    return sorted(set(population), key=lambda one: sha256(f"{seed}:{one}".encode()).hexdigest())[:size]
