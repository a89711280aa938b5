"""The yearly coverage of talks: when it is looked at, and its share (LZ-8.4, LL-3.10)."""

from __future__ import annotations

from datetime import date

CHECKPOINTS = ((10, 1), (11, 1), (12, 1))
"""Month and day on which what is open is warned of (clocks.yaml); the texts name none."""


def last_checkpoint(year: int, today: date) -> date | None:
    """The latest checkpoint of the year that has come; None before the first."""
    passed = [day for day in (date(year, *one) for one in CHECKPOINTS) if day <= today]
    return max(passed, default=None)


def permille(covered: int, roster: int) -> int:
    """The share in thousandths, rounded down, so that only everybody makes 1000; 1000 of an empty roster."""
    return covered * 1000 // roster if roster else 1000


def is_short(covered: int, roster: int, percent: int) -> bool:
    """Whether fewer than so many percent were talked to."""
    return covered * 100 < roster * percent
