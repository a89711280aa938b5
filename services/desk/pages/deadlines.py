"""The clocks of all services at a glance, by office and clause, with the items behind each number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.wrappers import Response

from contracts.clause import catalogue
from services.chassis.http import Route
from services.chassis.settings import SERVICES
from services.desk.pages.browser import page
from services.desk.pages.lists import address
from services.desk.pages.visit import NoSuchPage, Visit

WHEN = ("late", "week", "later")
ASKED = ("office", "clause", "when", "cursor")


def deadlines(visit: Visit) -> Response:
    """How many clocks are late, due within the week and later: a table for each office, the latest clause first."""
    answers, away = visit.ask_all("/clocks")
    by_office: dict[str, list[dict[str, Any]]] = {}
    for service in SERVICES:
        for line in answers.get(service, {}).get("lines", []):
            by_office.setdefault(line["office"], []).append(line | {"service": service})
    for lines in by_office.values():
        lines.sort(key=lambda line: (-line["late"], -line["week"], line["clause"]))
    offices = sorted(
        by_office.items(), key=lambda one: (-_sum(one[1], "late"), -_sum(one[1], "week"), one[0])
    )
    sums = {when: sum(_sum(lines, when) for _, lines in offices) for when in WHEN}
    most = max((sum(line[when] for when in WHEN) for _, lines in offices for line in lines), default=0)
    days = next(iter(answers.values()), {})
    titles = _titles(line["clause"] for _, lines in offices for line in lines)
    return visit.page(
        "deadlines.html",
        by_office=offices,
        sums=sums,
        most=most,
        until=days.get("until"),
        titles=titles,
        away=away,
    )


def behind(visit: Visit) -> Response:
    """The items behind one number, the earliest due first."""
    service = visit.context.path["service"]
    given = {name: visit.context.request.args.get(name, "")[:200] for name in ASKED}
    if given["when"] not in WHEN:
        raise NoSuchPage
    found = visit.get(service, "/clocks/behind", **{name: value for name, value in given.items() if value})
    items = [item | {"address": address(service, item)} for item in found["items"]]
    people = [item["clock"]["owed_person"] for item in items]
    return visit.page(
        "deadlines_behind.html", items=items, next=found["next"], asked=given, service=service,
        titles=_titles([given["clause"]]), people=people,
    )  # fmt: skip


def _sum(lines: list[dict[str, Any]], when: str) -> int:
    return sum(int(line[when]) for line in lines)


def _titles(clauses: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What a clause says, in Chinese and English."""
    known = catalogue().clauses
    return {clause: (known[clause].zh, known[clause].title) for clause in set(clauses) if clause in known}


ROUTES = (
    Route("GET", "/deadlines", page(deadlines), ("时限总览", "clocks at a glance")),
    Route("GET", "/deadlines/<service>", page(behind), ("时限明细", "the clocks behind a number")),
)
