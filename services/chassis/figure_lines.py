"""Figures as answers show them: what is counted and how, the value, the rows behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from contracts.clause import catalogue
from services.chassis.figures import UNIT_ZH, Asked, Counted, Figure, FigureBook, Source, shares
from services.chassis.rates import Span
from services.chassis.runtime import Kind
from services.chassis.work import Work

ONLY_KNOWN_ZH = "只统计您有权知悉的事项"
ONLY_KNOWN_EN = "counts only what you may know of"


def definition(figure: Figure) -> dict[str, Any]:
    """Population, filter, period and formula, in words: Chinese ours, English the catalogue's."""
    words = next(one for one in catalogue().contents.statistics if one.row == figure.clause)
    return {
        "id": figure.clause,
        "zh": figure.zh,
        "en": figure.en,
        "clauses": [figure.clause],
        "unit": figure.unit.value,
        "unit_zh": UNIT_ZH[figure.unit],
        "growth": figure.growth,
        "since": figure.since,
        "population_zh": figure.population_zh,
        "population_en": words.population,
        "rule_zh": figure.rule_zh,
        "filter": words.filter,
        "date_field": words.date_field,
        "aggregate": words.aggregate,
        "formula": words.formula,
        "sources": [{"code": one.code, "zh": one.zh, "en": one.en} for one in figure.sources],
    }


def value_of(counted: Counted, asked: Asked) -> dict[str, Any]:
    """The value with the period and the offices that it holds for; null where a rate is not applicable."""
    figure = counted.figure
    told: dict[str, Any] = {
        "period": period(asked.period),
        "reform_on": asked.since.isoformat() if asked.since else None,
        "offices": list(asked.offices),
        "value": counted.value,
        "applicable": counted.value is not None,
        "measures": measures(figure, counted.now),
        "known_zh": ONLY_KNOWN_ZH,
        "known_en": ONLY_KNOWN_EN,
    }
    if asked.before is not None:
        told["before"] = {"period": period(asked.before), "measures": measures(figure, counted.before)}
    return told


def measures(figure: Figure, values: Iterable[int]) -> list[dict[str, Any]]:
    return [
        {"unit": measure.unit.value, "unit_zh": UNIT_ZH[measure.unit], "value": value}
        for measure, value in zip(figure.measures, values, strict=True)
    ]


def period(span: Span) -> dict[str, str]:
    return {"from": span.first.isoformat(), "to": span.last.isoformat()}


def shares_of(work: Work, book: FigureBook, figure: Figure, asked: Asked) -> dict[str, Any]:
    if not figure.shares:
        return {}
    several = shares(work, book, figure, asked)
    return {
        "total": sum(value for _, value, _ in several),
        "shares": [
            {"id": one.clause, "zh": one.zh, "en": one.en, "value": value, "share": share}
            for one, value, share in several
        ],
    }


def lines(work: Work, counted: Iterable[Source], rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Rows of a figure as answers show them: references, codes and dates; one look a kind of item."""
    page = list(rows)
    sources = {one.code: one for one in counted}
    kinds = {code: work.runtime.kinds[one.model.KIND] for code, one in sources.items()}
    items: dict[tuple[str, str], Any] = {}
    for kind in {id(kind): kind for kind in kinds.values()}.values():
        ids = {row.item for row in page if kinds[row.source] is kind}
        query = select(kind.model).where(kind.model.id.in_(ids))
        items |= {(kind.path, item.id): item for item in work.session.scalars(query)}
    return [_line(sources[row.source], kinds[row.source], row, items) for row in page]


def _line(source: Source, kind: Kind, row: Any, items: dict[tuple[str, str], Any]) -> dict[str, Any]:
    item = items[kind.path, row.item]
    zh, en = item.STATES.get(item.state, (item.state, item.state))
    return {
        "span": row.span,
        "source": source.code,
        "source_zh": source.zh,
        "source_en": source.en,
        "entry": row.entry,
        "happened_on": row.happened_on.isoformat(),
        "counted": row.counted,
        "kind": item.KIND,
        "kind_zh": item.ZH,
        "path": kind.path,
        "id": item.id,
        "no": item.no,
        "office_id": item.office_id,
        "state_zh": zh,
        "state_en": en,
    }
