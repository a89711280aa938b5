"""Months of an analysis."""

from __future__ import annotations

from datetime import date, timedelta

LOOKED_BACK = 6
"""Months of a trend, the analysed one included."""


def months_up_to(month: str, count: int = LOOKED_BACK) -> list[str]:
    """`YYYY-MM` of the months that end with this one, the earliest first."""
    year, number = int(month[:4]), int(month[5:])
    found = []
    for _ in range(count):
        found.append(f"{year:04}-{number:02}")
        year, number = (year - 1, 12) if number == 1 else (year, number - 1)
    return found[::-1]


def first_day(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    return (first_day(month) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
