"""Figures over HTTP: what there are, the value of one, the items behind it. Each answer says what it counted."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import func, select

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis.act import PLAUSIBLE_YEARS
from services.chassis.figure_lines import definition, lines, shares_of, value_of
from services.chassis.figures import Asked, Figure, FigureBook, after, count, entries_of
from services.chassis.http import Context, Route, signed_in
from services.chassis.rates import Span, year_earlier
from services.chassis.tables import DirectoryOffice
from services.chassis.work import Work

ASKED = ("from", "to", "offices", "before_from", "before_to", "reform_on")
MOST_OFFICES = 100
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def figure_routes(book: FigureBook) -> tuple[Route, ...]:
    """The routes of a service's figures."""
    return (
        Route(
            "GET", "/figures", signed_in(partial(list_figures, book=book)), ("统计指标", "figures"),
            answer="Figures",
        ),
        Route(
            "GET",
            "/figures/<id>",
            signed_in(partial(show_figure, book=book)),
            ("一项统计指标（计算，留痕）", "one figure, computed; the reading is logged"),
            query=tuple(f"figure_{name}" for name in ASKED),
            clauses=tuple(book.figures),
            answer="Figure",
        ),
        Route(
            "GET",
            "/figures/<id>/items",
            signed_in(partial(list_entries, book=book)),
            ("统计指标的明细（留痕）", "the entries behind a figure; the reading is logged"),
            query=(*(f"figure_{name}" for name in ASKED), "limit", "cursor"),
            clauses=tuple(book.figures),
            answer="FigureEntries",
        ),
    )  # fmt: skip


def list_figures(_: Context, work: Work, *, book: FigureBook) -> Any:
    """Every figure with its definition, and whether the post in use may ask for it."""
    may = work.actor.role in book.readers
    return {"may_ask": may, "figures": [definition(figure) for figure in book.figures.values()]}


def show_figure(context: Context, work: Work, *, book: FigureBook) -> Any:
    figure, asked = _asked(context, work, book)
    counted = count(work, figure, asked)
    work.audit(
        "read_figure", "read", subject_kind="figure", subject_id=figure.clause, clauses=(figure.clause,)
    )
    return definition(figure) | value_of(counted, asked) | shares_of(work, book, figure, asked)


def list_entries(context: Context, work: Work, *, book: FigureBook) -> Any:
    """The rows behind a figure, the youngest first, each with its item; growth has those of the period before too."""
    figure, asked = _asked(context, work, book)
    limit, cursor = context.limit(), context.query("cursor")
    found = entries_of(work, figure, asked).subquery()
    query = select(found).order_by(found.c.happened_on.desc(), found.c.source, found.c.entry).limit(limit + 1)
    if cursor:
        query = query.where(after(found, *_uncursor(cursor)))
    rows = work.session.execute(query).all()
    page, more = rows[:limit], len(rows) > limit
    facts = {"rows": len(page)}
    work.audit(
        "read_figure_items", "read", subject_kind="figure", subject_id=figure.clause,
        clauses=(figure.clause,), facts=facts,
    )  # fmt: skip
    return {
        "id": figure.clause,
        "clauses": [figure.clause],
        "items": lines(work, figure.sources, page),
        "next": _cursor(page[-1]) if more else None,
    }


def _asked(context: Context, work: Work, book: FigureBook) -> tuple[Figure, Asked]:
    """The figure of the path and what is asked of it; refused to posts that have no need to know, which is audited."""
    figure = book.figures.get(context.path["id"])
    if figure is None:
        raise concealed()
    if work.actor.role not in book.readers:
        code, kind, clause = RefusalCode.WRONG_ROLE, "figure", figure.clause
        work.audit(
            "read_figure", "refused", subject_kind=kind, subject_id=clause, code=code.value, clauses=(clause,)
        )
        work.session.commit()
        raise Refusal(code, clauses=(clause,))
    return figure, asked_in(work, figure, {name: context.query(name, longest=2000) for name in ASKED})


def asked_in(work: Work, figure: Figure, given: Mapping[str, str]) -> Asked:
    """From a query: `from`, `to`, `offices` (ids between commas), `reform_on`, `before_from`, `before_to`.

    Raises Refusal(MISSING_FIELD) without a period, an office set, or the day of the reform where that is asked for.
    """
    days = {
        name: _day(figure, name, given) for name in ("from", "to", "before_from", "before_to", "reform_on")
    }
    offices = [one.strip() for one in given.get("offices", "").split(",") if one.strip()]
    first = days["from"] or (days["reform_on"] if figure.since else None)
    if first is None:
        raise _refused(figure, RefusalCode.MISSING_FIELD, "from")
    if days["to"] is None:
        raise _refused(figure, RefusalCode.MISSING_FIELD, "to")
    before = (days["before_from"], days["before_to"])
    return asked_for(work, figure, Span(first, days["to"]), offices, before, days["reform_on"])


def asked_for(
    work: Work,
    figure: Figure,
    period: Span,
    offices: Sequence[str],
    before: tuple[date | None, date | None],
    reform_on: date | None,
) -> Asked:
    """What is asked, if it can be answered; raises Refusal with the figure's clause."""
    if not offices:
        raise _refused(figure, RefusalCode.MISSING_FIELD, "offices")
    offices = tuple(dict.fromkeys(offices))
    _known(work, figure, offices)
    if period.last < period.first:
        raise _refused(figure, RefusalCode.DATE_ORDER, "to")
    if figure.since:
        period = _since(figure, period, reform_on)
    return Asked(period, tuple(offices), _before(figure, period, before), reform_on if figure.since else None)


def _since(figure: Figure, period: Span, reform_on: date | None) -> Span:
    """What happened before the reform is not counted, whatever period is asked for."""
    if reform_on is None:
        raise _refused(figure, RefusalCode.MISSING_FIELD, "reform_on")
    if period.last < reform_on:
        raise _refused(figure, RefusalCode.DATE_ORDER, "reform_on")
    return Span(max(period.first, reform_on), period.last)


def _before(figure: Figure, period: Span, given: tuple[date | None, date | None]) -> Span | None:
    """The same months a year earlier; another period that somebody names is not the same months."""
    if not figure.growth:
        return None
    earlier = year_earlier(period)
    for name, day, due in zip(
        ("before_from", "before_to"), given, (earlier.first, earlier.last), strict=True
    ):
        if day is not None and day != due:
            raise _refused(figure, RefusalCode.OUT_OF_RANGE, name)
    return earlier


def _known(work: Work, figure: Figure, offices: Sequence[str]) -> None:
    if len(offices) > MOST_OFFICES:
        raise _refused(figure, RefusalCode.OUT_OF_RANGE, "offices")
    query = select(func.count()).where(DirectoryOffice.office_id.in_(offices))
    if work.session.scalar(query) != len(offices):
        raise _refused(figure, RefusalCode.UNKNOWN_REFERENCE, "offices")


def _day(figure: Figure, name: str, given: Mapping[str, str]) -> date | None:
    text = given.get(name, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in PLAUSIBLE_YEARS:
        raise _refused(figure, RefusalCode.INVALID_FIELD, name)
    return day


def _refused(figure: Figure, code: RefusalCode, field: str) -> Refusal:
    return Refusal(code, field=field, clauses=(figure.clause,))


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
