"""Which of the petitions that a unit lists were never transferred (LL-2.8, LZ-12.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date


def not_transferred(listed: Iterable[date], transferred: Iterable[date]) -> list[tuple[date, int]]:
    """Days of receipt by the unit that are listed more often than transferred; `(day, which of that day)` each.

    Units keep no numbers of their own, so that a petition is found by the day on which the unit received it.
    """
    came = Counter(transferred)
    gaps = []
    for day, count in sorted(Counter(listed).items()):
        gaps += [(day, which) for which in range(came[day] + 1, count + 1)]
    return gaps
