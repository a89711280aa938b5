"""Counts over time over HTTP: what there are, one of them for a period and offices, the items behind a bar."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import func, select

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.act import PLAUSIBLE_YEARS
from services.chassis.figure_lines import ONLY_KNOWN_EN, ONLY_KNOWN_ZH, lines, period
from services.chassis.figures import UNIT_ZH, after
from services.chassis.http import Context, Route, signed_in
from services.chassis.rates import Span
from services.chassis.tables import DirectoryOffice
from services.chassis.trends import (
    FEWEST,
    MOST_PERIODS,
    OTHER,
    OTHER_NAMES,
    Step,
    Trend,
    TrendBook,
    count_over_time,
    periods,
    rows_over_time,
    told,
)
from services.chassis.work import Work

MOST_OFFICES = 100
READ, READ_ITEMS = "read_trend", "read_trend_items"


def trend_routes(book: TrendBook) -> tuple[Route, ...]:
    """The routes of a service's counts over time."""
    asked = ("figure_from", "figure_to", "figure_offices")
    return (
        Route("GET", "/trends", signed_in(partial(list_trends, book=book)), ("走势统计", "counts over time")),
        Route(
            "GET", "/trends/<id>", signed_in(partial(show_trend, book=book)),
            ("一项走势统计（留痕）", "one count over time; the reading is logged"), query=(*asked, "step"),
        ),
        Route(
            "GET", "/trends/<id>/items", signed_in(partial(list_behind, book=book)),
            ("走势统计的明细（留痕）", "the entries behind a bar; the reading is logged"),
            query=(*asked, "series", "limit", "cursor"),
        ),
    )  # fmt: skip


def list_trends(_: Context, work: Work, *, book: TrendBook) -> Any:
    """Every count over time with its rule, and whether the post in use may ask for it."""
    return {
        "may_ask": work.actor.role in book.readers,
        "trends": [definition(trend) for trend in book.trends.values()],
    }


def definition(trend: Trend) -> dict[str, Any]:
    return {
        "id": trend.code,
        "zh": trend.zh,
        "en": trend.en,
        "unit": trend.unit.value,
        "unit_zh": UNIT_ZH[trend.unit],
        "rule_zh": trend.rule_zh,
        "rule_en": trend.rule_en,
        "fewest": FEWEST,
        "known_zh": ONLY_KNOWN_ZH,
        "known_en": ONLY_KNOWN_EN,
    }


def show_trend(context: Context, work: Work, *, book: TrendBook) -> Any:
    """`{periods, series: [{code, zh, en, counts}], totals}`; null: small, or it would tell what is."""
    trend = _trend(context, work, book, READ)
    span, offices = _asked(context, work)
    spans = periods(span, _step(context))
    if len(spans) > MOST_PERIODS:
        raise Refusal(RefusalCode.OUT_OF_RANGE, field="to")
    counted = count_over_time(work, trend, spans, offices)
    names: Mapping[str, tuple[str, str]] = trend.series
    if any(OTHER in one for one in counted):
        names = {**names, OTHER: OTHER_NAMES}
    found = told([[one.get(code, 0) for code in names] for one in counted])
    work.audit(READ, "read", subject_kind="trend", subject_id=trend.code)
    return definition(trend) | {
        "period": period(span),
        "offices": list(offices),
        "periods": [period(one) for one in spans],
        "series": [
            {"code": code, "zh": zh, "en": en, "counts": [row[number] for row in found.counts]}
            for number, (code, (zh, en)) in enumerate(names.items())
        ],
        "totals": list(found.totals),
    }


def list_behind(context: Context, work: Work, *, book: TrendBook) -> Any:
    """The rows of a period, of one series where that is asked for, the youngest first, each with its item."""
    trend = _trend(context, work, book, READ_ITEMS)
    span, offices = _asked(context, work)
    of, limit, cursor = context.query("series"), context.limit(), context.query("cursor")
    if of and of not in (*trend.series, OTHER):
        raise Refusal(RefusalCode.UNKNOWN_REFERENCE, field="series")
    found = rows_over_time(work, trend, span, offices, of).subquery()
    query = select(found).order_by(found.c.happened_on.desc(), found.c.source, found.c.entry).limit(limit + 1)
    if cursor:
        query = query.where(after(found, *_uncursor(cursor)))
    rows = work.session.execute(query).all()
    page = rows[:limit]
    work.audit(
        READ_ITEMS, "read", subject_kind="trend", subject_id=trend.code, facts={"rows": len(page), "series": of}
    )  # fmt: skip
    names = {**trend.series, OTHER: OTHER_NAMES}
    return definition(trend) | {
        "period": period(span),
        "of": {"code": of, "zh": names[of][0], "en": names[of][1]} if of else None,
        "items": lines(work, trend.sources, page),
        "next": _cursor(page[-1]) if len(rows) > limit else None,
    }


def _trend(context: Context, work: Work, book: TrendBook, asked: str) -> Trend:
    """That of the path; refused to posts that have no need to know, which is audited."""
    trend = book.trends.get(context.path["id"])
    if trend is None:
        raise concealed()
    if work.actor.role not in book.readers:
        code = RefusalCode.WRONG_ROLE
        work.audit(asked, "refused", subject_kind="trend", subject_id=trend.code, code=code.value)
        work.session.commit()
        raise Refusal(code)
    return trend


def _asked(context: Context, work: Work) -> tuple[Span, tuple[str, ...]]:
    """`from`, `to`, `offices` (ids between commas); raises Refusal with the field."""
    first, last = _day(context, "from"), _day(context, "to")
    given = context.query("offices", longest=2000).split(",")
    offices = tuple(dict.fromkeys(one.strip() for one in given if one.strip()))
    if not offices:
        raise Refusal(RefusalCode.MISSING_FIELD, field="offices")
    if last < first:
        raise Refusal(RefusalCode.DATE_ORDER, field="to")
    known = select(func.count()).where(DirectoryOffice.office_id.in_(offices[:MOST_OFFICES]))
    if work.session.scalar(known) != len(offices):
        raise Refusal(RefusalCode.UNKNOWN_REFERENCE, field="offices")
    return Span(first, last), offices


def _day(context: Context, name: str) -> date:
    text = context.query(name)
    if not text:
        raise Refusal(RefusalCode.MISSING_FIELD, field=name)
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or day.year not in PLAUSIBLE_YEARS:
        raise Refusal(RefusalCode.INVALID_FIELD, field=name)
    return day


def _step(context: Context) -> Step:
    try:
        return Step(context.query("step", Step.MONTH.value))
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field="step") from None


def _cursor(row: Any) -> str:
    text = f"{row.happened_on.isoformat()}|{row.source}|{row.entry}"
    return base64.urlsafe_b64encode(text.encode()).decode()


def _uncursor(cursor: str) -> tuple[date, str, str]:
    try:
        day, source, entry = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
        if "\x00" in source + entry:
            raise ValueError
        return date.fromisoformat(day), source, entry
    except ValueError:
        raise Refusal(RefusalCode.INVALID_FIELD, field="cursor") from None
