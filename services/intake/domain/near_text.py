"""Which petitions say nearly the same (LZ-12.6): marks by which they are found, and how alike two texts are.

A text is the set of its runs of three characters. One-permutation MinHash (Li, Owen, Zhang 2012) draws 32 values from
it, in eight bands of four: texts that share most of their runs share a band with near certainty, others hardly ever.
"""

from __future__ import annotations

from collections.abc import Callable

RUN = 3
BINS, BANDS = 32, 8
MOST_CHARACTERS = 4000
LIKE_ENOUGH = 0.5
"""Shared runs of all runs, from which on two texts are shown as near-equal."""

_ROWS = BINS // BANDS
_EMPTY = -1


def runs(text: str) -> set[str]:
    """The runs of three of a text that was brought to one spelling (`telling_text`)."""
    cut = text[:MOST_CHARACTERS]
    return {cut[at : at + RUN] for at in range(len(cut) - RUN + 1)}


def likeness(one: str, other: str) -> float:
    """Jaccard's index of two texts' runs: 1 for equal texts, 0 for texts without a common run."""
    first, second = runs(one), runs(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def bands(text: str, number: Callable[[bytes], int]) -> list[bytes]:
    """What a text is found by; `number` gives 64 keyed bits of a run. None of a text without runs."""
    lowest = [_EMPTY] * BINS
    for run in runs(text):
        value = number(run.encode())
        where, rest = value % BINS, value // BINS
        if lowest[where] == _EMPTY or rest < lowest[where]:
            lowest[where] = rest
    if all(value == _EMPTY for value in lowest):
        return []
    full = _filled(lowest)
    return [
        b"|".join(str(value).encode() for value in (band, *full[band * _ROWS : (band + 1) * _ROWS]))
        for band in range(BANDS)
    ]


def _filled(lowest: list[int]) -> list[int]:
    """A bin that no run fell into takes the next one's value, and says from how far away."""
    full = []
    for at in range(BINS):
        away = next(step for step in range(BINS) if lowest[(at + step) % BINS] != _EMPTY)
        full.append(lowest[(at + away) % BINS] * BINS + away)
    return full
