"""Counts over time (走势): charts with their tables, what is behind a bar, and the printable report of a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from werkzeug.wrappers import Response

from contracts.refusals import RefusalCode
from services.chassis.http import Route
from services.desk.pages import figures
from services.desk.pages.bar_chart import Bar, bar_chart
from services.desk.pages.browser import page
from services.desk.pages.visit import Away, Refused, Visit, segment

COUNTED_BY = ("intake", "clues")
"""Services that have counts over time."""
STEPS = ("month", "quarter")


def charts(visit: Visit) -> Response:
    """With a period and offices in the address, every count over time that the reader may ask for."""
    asked = _asked(visit)
    found, problem, away, may_ask = _trends(visit, asked)
    return visit.page(
        "charts.html", trends=found, asked=asked, problem=problem, away=away, may_ask=may_ask, link=_query(asked)
    )  # fmt: skip


def report(visit: Visit) -> Response:
    """The period's report on paper: the figures with their definitions, then the counts over time."""
    asked = _asked(visit)
    found, problem, away, may_ask = _trends(visit, asked)
    lines = []
    complete = bool(asked["from"] and asked["to"] and asked["offices"]) and problem is None
    for service in figures.COUNTED_BY if complete else ():
        try:
            defined = visit.get(service, "/figures")
        except Away:
            away.append(service)
            continue
        given = {name: asked[name] for name in ("from", "to", "offices")}
        for one in defined["figures"] if defined["may_ask"] else ():
            figure = one | {"service": service}
            lines.append({"figure": figure, **figures.value_of(visit, figure, given)})
    return visit.page(
        "period_report.html", trends=found, lines=lines, asked=asked, problem=problem, away=away, may_ask=may_ask,
        link=_query(asked),
    )  # fmt: skip


def behind(visit: Visit) -> Response:
    """The items behind a bar, in pages; the reading is logged."""
    service, trend = visit.context.path["service"], visit.context.path["id"]
    asked = {
        name: visit.context.request.args.get(name, "")[:2000] for name in ("from", "to", "offices", "series")
    }
    cursor = visit.context.request.args.get("cursor", "")[:200]
    given = {name: value for name, value in {**asked, "cursor": cursor}.items() if value}
    found = visit.get(service, f"/trends/{segment(trend)}/items", **given)
    link = _query(asked)
    return visit.page(
        "charts_behind.html", found=found, service=service, link=link, people=[one["counted"] for one in found["items"]]
    )  # fmt: skip


def _asked(visit: Visit) -> dict[str, str]:
    given = figures.asked_of(visit)
    step = visit.context.request.args.get("step", "month")
    asked = {name: given[name] for name in ("from", "to", "offices")}
    return asked | {"step": step if step in STEPS else "month"}


def _query(asked: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in asked.items() if value})


def _trends(
    visit: Visit, asked: Mapping[str, str]
) -> tuple[list[dict[str, Any]], dict[str, Any] | None, list[str], bool]:
    """The counts, what is wrong with what was asked, services that are away, and whether the post may ask at all."""
    found: list[dict[str, Any]] = []
    away: list[str] = []
    may_ask = False
    complete = bool(asked["from"] and asked["to"] and asked["offices"])
    numbers = count(1)
    for service in COUNTED_BY:
        try:
            defined = visit.get(service, "/trends")
            may_ask = may_ask or bool(defined["may_ask"])
            for one in defined["trends"] if complete and defined["may_ask"] else ():
                told = visit.get(service, f"/trends/{segment(one['id'])}", **asked)
                found.append(
                    told | {"service": service, "charts": _charts(visit, service, told, asked, numbers)}
                )
        except Away:
            away.append(service)
        except Refused as refused:
            if refused.status in (401, 403) or refused.code == RefusalCode.UNAUTHENTICATED:
                raise
            return [], refused.problem, away, may_ask
    return found, None, away, may_ask


def _charts(
    visit: Visit, service: str, told: Mapping[str, Any], asked: Mapping[str, str], numbers: Any
) -> list[dict[str, Any]]:
    """One chart for each series that has something; all of a count on the same scale."""
    most = max((n for one in told["series"] for n in one["counts"] if n), default=1)
    drawn = []
    for one in told["series"]:
        links = [_link(service, told, asked, period, one["code"]) for period in told["periods"]]
        if any(n is None or n for n in one["counts"]):
            drawn.append({"of": one, "svg": _drawn(visit, told, one, links, most, f"chart-{next(numbers)}")})
        one["links"] = links
    return drawn


def _drawn(
    visit: Visit,
    told: Mapping[str, Any],
    one: Mapping[str, Any],
    links: Sequence[str],
    most: int,
    chart_id: str,
) -> Markup:
    name = visit.language.plain(one["zh"], one["en"])
    bars = [
        Bar(
            period_name(period), f"{period['from'][:7]} {name} {'*' if n is None else n}", n, link
        )
        for period, n, link in zip(told["periods"], one["counts"], links, strict=True)
    ]  # fmt: skip
    title = visit.language.plain(f"{told['zh']}：{one['zh']}", f"{told['en']}: {one['en']}")
    described = visit.language.plain(
        "各期数值见下表；* 为不公布的小数", "The table has the numbers; * is a small one, not told"
    )
    return bar_chart(chart_id, title, described, bars, most=most)


def period_name(period: Mapping[str, str]) -> str:
    """What stands below a bar: `26/3` for a month, `26Q1` for what is longer."""
    year, month = period["from"][2:4], int(period["from"][5:7])
    same_month = period["from"][:7] == period["to"][:7]
    return f"{year}/{month}" if same_month else f"{year}Q{(month + 2) // 3}"


def _link(
    service: str, told: Mapping[str, Any], asked: Mapping[str, str], period: Mapping[str, str], series: str
) -> str:
    query = _query({**period, "offices": asked["offices"], "series": series})
    return f"/desk/charts/{service}/{segment(str(told['id']))}?{query}"


ROUTES = (
    Route("GET", "/charts", page(charts), ("走势", "counts over time")),
    Route(
        "GET",
        "/charts/<service>/<id>",
        page(behind),
        ("走势的明细（留痕）", "the items behind a bar; logged"),
    ),
    Route("GET", "/period-report", page(report), ("期间统计报告", "printable report of a period")),
)
