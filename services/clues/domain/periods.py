"""Months as events write them, `2026-03`; quarters are in `measures`."""

from __future__ import annotations

from datetime import date, timedelta


def month_of(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def first_of_month(period: str) -> date:
    return date(int(period[:4]), int(period[5:]), 1)


def next_month(period: str) -> str:
    return month_of(first_of_month(period) + timedelta(days=31))


def last_of_month(period: str) -> date:
    return first_of_month(next_month(period)) - timedelta(days=1)


def differing(entered: dict[str, int], counted: dict[str, int]) -> list[str]:
    """The totals that are not the same on both sides, by name (LZ-12.26)."""
    return [name for name, amount in entered.items() if amount != counted[name]]
