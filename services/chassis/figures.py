"""Figures (统计指标): numbers that the texts name, each declared once and counted by one statement.

A figure counts rows of its sources. Each row stands beside an item, and who may not know of the item does not count
it: a reader's figure is that of an installation without what is hidden from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    distinct,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)

from services.chassis.access import visible
from services.chassis.rates import Span, growth_in_tenths, in_words, share_in_tenths
from services.chassis.work import Work

NOW, BEFORE = "now", "before"


class Unit(StrEnum):
    """What a measure counts in."""

    PERSONS = "persons"
    PERSON_TIMES = "person_times"
    ORGANISATIONS = "organisations"
    LISTS = "lists"
    DECISIONS = "decisions"
    SANCTIONS = "sanctions"
    CLUES = "clues"
    CASES = "cases"
    PETITIONS = "petitions"
    ITEMS = "items"
    LINES = "lines"
    POINTS = "points"
    PERCENT = "percent"


UNIT_ZH = {
    Unit.PERSONS: "人",
    Unit.PERSON_TIMES: "人次",
    Unit.ORGANISATIONS: "个",
    Unit.LISTS: "个",
    Unit.DECISIONS: "次",
    Unit.SANCTIONS: "个处分",
    Unit.CLUES: "件",
    Unit.CASES: "件",
    Unit.PETITIONS: "件",
    Unit.ITEMS: "次",
    Unit.LINES: "条",
    Unit.POINTS: "个",
    Unit.PERCENT: "%",
}


class Counting(StrEnum):
    """`DISTINCT`: whom or what was counted, once however often. `TIMES`: every row. `WEIGHT`: what the rows weigh."""

    DISTINCT = "distinct"
    TIMES = "times"
    WEIGHT = "weight"


@dataclass(frozen=True, eq=False)
class Source:
    """Rows that figures count: one for each time that something happened.

    `model`: the kind of item by which a reader may know of the row, joined by `item_id`; `rows`: the row's table, the
    item's own if left out. `entry` identifies the row, `counted` is whom or what it counts. `joined`: tables beside it.
    `office_id`: the office as an index has it beside the day; the item's if left out.
    """

    code: str
    zh: str
    en: str
    model: Any
    item_id: Any
    entry: Any
    counted: Any
    happened_on: Any
    rows: Any = None
    office_id: Any = None
    weight: ColumnElement[int] | Any = 1
    joined: tuple[tuple[Any, ColumnElement[bool]], ...] = ()
    only: tuple[ColumnElement[bool], ...] = ()


@dataclass(frozen=True)
class Measure:
    unit: Unit
    counting: Counting


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure by its clause, which names it. The first measure is its value; the others stand beside it.

    `population_zh`, `rule_zh`: what is counted and how, in words; the English is the catalogue's. `growth`: the
    value is the rate against the same months a year earlier. `since`: counted from a day that the asker names (the
    reform), and nothing before it. `shares`: clauses of the figures of whose total each is a share.
    """

    clause: str
    zh: str
    en: str
    sources: tuple[Source, ...]
    measures: tuple[Measure, ...]
    population_zh: str
    rule_zh: str
    growth: bool = False
    since: bool = False
    shares: tuple[str, ...] = ()

    @property
    def unit(self) -> Unit:
        return Unit.PERCENT if self.growth else self.measures[0].unit


@dataclass(frozen=True, eq=False)
class FigureBook:
    """The figures of a service, and the posts that may ask for them."""

    figures: Mapping[str, Figure]
    readers: frozenset[str]


@dataclass(frozen=True)
class Asked:
    """A figure is never without its period and its set of offices; `before`: what growth is measured against."""

    period: Span
    offices: tuple[str, ...]
    before: Span | None = None
    since: date | None = None

    @property
    def spans(self) -> tuple[tuple[str, Span], ...]:
        return ((NOW, self.period), *(((BEFORE, self.before),) if self.before else ()))


@dataclass(frozen=True)
class Counted:
    """The measures of a figure, in their order, in the period and before it."""

    figure: Figure
    now: tuple[int, ...]
    before: tuple[int, ...] = ()

    @property
    def tenths(self) -> int | None:
        return growth_in_tenths(self.now[0], self.before[0]) if self.before else None

    @property
    def value(self) -> int | str | None:
        """A count, or a rate such as `260.0`; None: not applicable."""
        return in_words(self.tenths) if self.figure.growth else self.now[0]


def count(work: Work, figure: Figure, asked: Asked) -> Counted:
    """Count what the actor may know of, in one statement."""
    found = entries_of(work, figure, asked).subquery()
    measured = [
        _measured(found, measure, span).label(f"{span}_{number}")
        for span, _ in asked.spans
        for number, measure in enumerate(figure.measures)
    ]
    numbers = [int(number) for number in work.session.execute(select(*measured)).one()]
    size = len(figure.measures)
    return Counted(figure, tuple(numbers[:size]), tuple(numbers[size:]))


def shares(
    work: Work, book: FigureBook, figure: Figure, asked: Asked
) -> list[tuple[Figure, int, str | None]]:
    """Of the figures that it is compared with: each, its value, and its share of their total (None: there is none)."""
    several = [
        (book.figures[clause], count(work, book.figures[clause], asked).now[0]) for clause in figure.shares
    ]
    total = sum(value for _, value in several)
    return [(one, value, in_words(share_in_tenths(value, total))) for one, value in several]


def entries_of(work: Work, figure: Figure, asked: Asked) -> Any:
    """The rows behind a figure that the actor may know of: span, source, entry, item, counted, happened_on, weight."""
    return union_all(
        *(
            rows_of(work, source, span, period, asked.offices)
            for span, period in asked.spans
            for source in figure.sources
        )
    )


def rows_of(work: Work, source: Source, name: str, span: Span, offices: Sequence[str]) -> Select[Any]:
    """The rows of one source that the actor may know of, marked with the span's `name`."""
    model = source.model
    query = select(
        literal(name).label("span"),
        literal(source.code).label("source"),
        source.entry.label("entry"),
        model.id.label("item"),
        source.counted.label("counted"),
        source.happened_on.label("happened_on"),
        (literal(source.weight) if isinstance(source.weight, int) else source.weight).label("weight"),
    )
    query = query.select_from(model if source.rows is None else source.rows)
    if source.rows is not None and source.rows is not model:
        query = query.join(model, model.id == source.item_id)
    for table, condition in source.joined:
        query = query.join(table, condition)
    return query.where(
        source.happened_on.between(span.first, span.last),
        (model.office_id if source.office_id is None else source.office_id).in_(offices),
        *source.only,
        visible(model, work.actor, work.runtime.kinds[model.KIND].knows),
    )


def _measured(found: Any, measure: Measure, span: str) -> Any:
    """An aggregate over the rows of one span; those of the other count for nothing."""
    of_span = found.c.span == span
    if measure.counting is Counting.DISTINCT:
        return func.count(distinct(case((of_span, found.c.counted))))
    if measure.counting is Counting.TIMES:
        return func.count(case((of_span, found.c.entry)))
    return func.coalesce(func.sum(case((of_span, found.c.weight), else_=0)), 0)


def after(found: Any, happened_on: date, source: str, entry: str) -> ColumnElement[bool]:
    """What follows a row in the order of the pages: the youngest first."""
    same_day = and_(
        found.c.happened_on == happened_on, tuple_(found.c.source, found.c.entry) > (source, entry)
    )
    return or_(found.c.happened_on < happened_on, same_day)
