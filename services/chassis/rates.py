"""Arithmetic of figures: periods, growth and shares. Pure; rounded half up to one decimal, exactly."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """A period, both of its days included."""

    first: date
    last: date


def year_earlier(span: Span) -> Span:
    """The same months a year earlier (同比); a month's last day stays its last day."""
    return Span(_earlier(span.first, last=False), _earlier(span.last, last=True))


def _earlier(day: date, *, last: bool) -> date:
    length = monthrange(day.year - 1, day.month)[1]
    ends = last and day.day == monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, length if ends else min(day.day, length))


def growth_in_tenths(now: int, before: int) -> int | None:
    """(now - before) / before x 100, in tenths of a percent; None: not applicable, for there was nothing before."""
    return _tenths_of_percent(now - before, before) if before else None


def share_in_tenths(part: int, total: int) -> int | None:
    """The part of a total x 100, in tenths of a percent; None: not applicable, for there is no total."""
    return _tenths_of_percent(part, total) if total else None


def _tenths_of_percent(part: int, whole: int) -> int:
    """In whole numbers: a decimal quotient is rounded twice. Of a fall the amount is rounded half up."""
    rounded = (abs(part) * 2000 + whole) // (2 * whole)
    return rounded if part >= 0 else -rounded


def in_words(tenths: int | None) -> str | None:
    """`260.0`, `-12.5`; None where it is not applicable."""
    if tenths is None:
        return None
    whole, rest = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}.{rest}"
