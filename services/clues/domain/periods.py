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


def calendar_period(first: date, last: date) -> str:
    """The calendar period that the days fill (`2026-03`, `2026-Q1`, `2026-H1`); else the year of the last day."""
    months = {month_of(first): 1, month_of(last): 1}
    if first.day != 1 or last != last_of_month(month_of(last)) or first.year != last.year:
        return str(last.year)
    if len(months) == 1:
        return month_of(first)
    if (first.month - 1) % 3 == 0 and last.month == first.month + 2:
        return f"{first.year}-Q{last.month // 3}"
    if (first.month - 1) % 6 == 0 and last.month == first.month + 5:
        return f"{first.year}-H{last.month // 6}"
    return str(last.year)
