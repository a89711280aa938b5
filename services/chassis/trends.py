"""Counts over time (走势): what happened, by month or quarter and by one code of each row.

As with figures, each row stands beside an item, and who may not know of the item does not count it. Small counts are
not told: what is printed and passed on should not point at one person. Whoever may open the items still can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import func, literal, select, union_all

from services.chassis.figures import NOW, Source, Unit, rows_of
from services.chassis.rates import Span
from services.chassis.work import Work

FEWEST = 5
"""The smallest count but nought that is told."""
MOST_PERIODS = 40
OTHER = "other_codes"
"""The series of rows whose code has none of its own."""
OTHER_NAMES = ("其他", "other")


class Step(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, eq=False)
class Line:
    """Rows, and the series that they count to: a column of codes, or the one code of all."""

    source: Source
    series: Any


@dataclass(frozen=True, eq=False)
class Trend:
    """A count over time. `series`: by code its names, Chinese and English, in the order in which they are shown."""

    code: str
    zh: str
    en: str
    unit: Unit
    lines: tuple[Line, ...]
    series: Mapping[str, tuple[str, str]]
    rule_zh: str
    rule_en: str

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(line.source for line in self.lines)


@dataclass(frozen=True, eq=False)
class TrendBook:
    """The counts over time of a service, and the posts that may ask for them."""

    trends: Mapping[str, Trend]
    readers: frozenset[str]


@dataclass(frozen=True)
class Told:
    """Of each period the counts of the series in their order, and the sum; None: small, or it would tell what is."""

    counts: tuple[tuple[int | None, ...], ...]
    totals: tuple[int | None, ...]


def periods(span: Span, step: Step) -> list[Span]:
    """The calendar months or quarters of a span, the first and the last cut to it."""
    months = 1 if step is Step.MONTH else 3
    found: list[Span] = []
    first = span.first
    while first <= span.last and len(found) <= MOST_PERIODS:
        begins = (first.year * 12 + first.month - 1) // months * months + months
        following = date(begins // 12, begins % 12 + 1, 1)
        found.append(Span(first, min(span.last, following - timedelta(days=1))))
        first = following
    return found


def rows_over_time(work: Work, trend: Trend, span: Span, offices: Sequence[str], of: str = "") -> Any:
    """The rows that the actor may know of, with their `series` (of one alone, where `of` names it)."""
    parts = []
    for line in trend.lines:
        series = literal(line.series) if isinstance(line.series, str) else line.series
        query = rows_of(work, line.source, NOW, span, offices).add_columns(series.label("series"))
        if of:
            query = query.where(series.not_in(list(trend.series)) if of == OTHER else series == of)
        parts.append(query)
    return union_all(*parts)


def count_over_time(
    work: Work, trend: Trend, spans: Sequence[Span], offices: Sequence[str]
) -> list[dict[str, int]]:
    """Of each period the rows by series, in one statement."""
    found = rows_over_time(work, trend, Span(spans[0].first, spans[-1].last), offices).subquery()
    key = (found.c.happened_on, found.c.series)
    counts = [Counter[str]() for _ in spans]
    number = 0
    for day, series, times in work.session.execute(
        select(*key, func.count()).group_by(*key).order_by(key[0])
    ):
        while day > spans[number].last:
            number += 1
        counts[number][series if series in trend.series else OTHER] += times
    return [dict(one) for one in counts]


def told(counts: Sequence[Sequence[int]]) -> Told:
    """What of the counts of each period is told."""
    hidden = [_hidden(row) for row in counts]
    return Told(
        tuple(
            tuple(None if number in hidden_here else count for number, count in enumerate(row))
            for row, hidden_here in zip(counts, hidden, strict=True)
        ),
        tuple(None if _tells(row, here) else sum(row) for row, here in zip(counts, hidden, strict=True)),
    )


def _hidden(row: Sequence[int]) -> set[int]:
    """The small ones, and as many of the next larger as it takes that the sum does not tell them."""
    hidden = {number for number, count in enumerate(row) if 0 < count < FEWEST}
    larger = sorted((count, number) for number, count in enumerate(row) if count >= FEWEST)
    while hidden and larger and _tells(row, hidden):
        hidden.add(larger.pop(0)[1])
    return hidden


def _tells(row: Sequence[int], hidden: set[int]) -> bool:
    """Whether the sum would tell what is hidden: it is one count alone, or each of them is one."""
    sum_of_hidden = sum(row[number] for number in hidden)
    return bool(hidden) and (len(hidden) == 1 or sum_of_hidden == len(hidden) or sum(row) < FEWEST)
