"""Years counted back from a day, that day included (XC-9.1c)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def years_before(day: date, years: int) -> date:
    """The same day of the month so many years earlier; 29 February becomes the 28th."""
    last = monthrange(day.year - years, day.month)[1]
    return date(day.year - years, day.month, min(day.day, last))


def left_within(left_on: date, held_on: date, years: int) -> bool:
    """Whether somebody left no longer than so many years before; to the day counts."""
    return years_before(held_on, years) <= left_on <= held_on
