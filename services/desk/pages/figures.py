"""Figures (统计): all of a period as one table, and one with its definition and the items behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.desk.pages.browser import page
from services.desk.pages.visit import Away, Refused, Visit, segment

COUNTED_BY = ("clues", "inspection")
"""Services that have figures."""
ASKED = ("from", "to", "offices", "reform_on")


def figures(visit: Visit) -> Response:
    """The definitions; with a period and offices in the address, the values too."""
    asked = asked_of(visit)
    complete = bool(asked["to"] and asked["offices"])
    lines: list[dict[str, Any]] = []
    may_ask, away = False, list[str]()
    for service in COUNTED_BY:
        try:
            defined = visit.get(service, "/figures")
        except Away:
            away.append(service)
            continue
        may_ask = may_ask or bool(defined["may_ask"])
        counts = complete and bool(defined["may_ask"])
        for one in defined["figures"]:
            figure = one | {"service": service}
            lines.append({"figure": figure, **(value_of(visit, figure, asked) if counts else {})})
    return visit.page(
        "figures.html", lines=lines, asked=asked, may_ask=may_ask, counted=may_ask and complete, away=away,
        link=query(asked),
    )  # fmt: skip


def figure(visit: Visit) -> Response:
    """One figure: what it counts and how, its value, and the items behind it in pages; each reading is logged."""
    service, clause = visit.context.path["service"], visit.context.path["id"]
    asked = asked_of(visit)
    place = f"/figures/{segment(clause)}"
    told = visit.get(service, place, **asked)
    cursor = visit.context.request.args.get("cursor", "")[:200]
    found = visit.get(service, f"{place}/items", **asked, **({"cursor": cursor} if cursor else {}))
    return visit.page(
        "figure.html",
        figure=told,
        items=found["items"],
        next=found["next"],
        asked=asked,
        link=query(asked),
        service=service,
        people=[item["counted"] for item in found["items"]],
    )


def asked_of(visit: Visit) -> dict[str, str]:
    """What the address asks: days and ids of offices, never a name."""
    given = visit.context.request.args
    several = [one for one in given.getlist("offices") if one]
    asked = {name: given.get(name, "")[:40].strip() for name in ASKED if name != "offices"}
    return asked | {"offices": ",".join(several)[:2000]}


def query(asked: Mapping[str, str]) -> str:
    return urlencode({name: value for name, value in asked.items() if value})


def value_of(visit: Visit, one: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    """The value in a table's line; what is refused is told there, and the other lines go on."""
    try:
        return {"told": visit.get(one["service"], f"/figures/{segment(str(one['id']))}", **asked)}
    except Refused as refused:
        if refused.status in (401, 403):
            raise
        return {"problem": refused.problem}


ROUTES = (
    Route("GET", "/figures", page(figures), ("统计", "figures")),
    Route(
        "GET",
        "/figures/<service>/<id>",
        page(figure),
        ("一项统计指标（留痕）", "one figure; the reading is logged"),
    ),
)
