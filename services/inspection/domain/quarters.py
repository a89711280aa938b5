"""Quarters as events write them, `2026-Q1`."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def following(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[-1])
    return f"{year + 1}-Q1" if number == 4 else f"{year}-Q{number + 1}"


def first_day_of(quarter: str) -> date:
    return date(int(quarter[:4]), int(quarter[-1]) * 3 - 2, 1)


def last_day_of(quarter: str) -> date:
    year, month = int(quarter[:4]), int(quarter[-1]) * 3
    return date(year, month, monthrange(year, month)[1])


def quarters_in(first: date, last: date) -> list[str]:
    """The quarters that a period reaches into, in order."""
    found = [quarter_of(first)]
    while found[-1] < quarter_of(last):
        found.append(following(found[-1]))
    return found
