"""What waits for the reader, and what may be opened new."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.chassis.settings import SERVICES
from services.desk.pages.browser import page
from services.desk.pages.visit import DECLARED, Visit, segment

LIGHTS = {"red": 0, "amber": 1, "green": 2, "grey": 3}


def _with_light(light: str) -> Callable[[dict[str, Any]], bool]:
    return lambda line: any(clock["light"] == light for clock in line["clocks"])


ONLY: dict[str, Callable[[dict[str, Any]], bool]] = {
    "decide": lambda line: bool(line["to_decide"]),
    "red": _with_light("red"),
    "amber": _with_light("amber"),
}
"""What the worklist can be narrowed to: what waits for approval, what is late, what is due soon."""


def today(visit: Visit) -> Response:
    """The worklists of all services as one, the most urgent first."""
    answers, away = visit.ask_all("/worklist")
    lines: list[dict[str, Any]] = [
        item | {"service": service, "address": address(service, item)}
        for service in SERVICES
        for item in answers.get(service, {}).get("items", [])
    ]
    only = visit.context.request.args.get("only", "")
    only = only if only in ONLY else ""
    count, lines = len(lines), [line for line in lines if not only or ONLY[only](line)]
    lines.sort(key=urgency)
    people = [line["handler_id"] for line in lines]
    people += [p["proposed_by"] for line in lines for p in line["to_decide"]]
    return visit.page("today.html", lines=lines, away=away, people=people, only=only, count=count)


def urgency(line: dict[str, Any]) -> tuple[int, str, str]:
    """By the worst light, then the earliest due moment, then age."""
    clocks = line["clocks"]
    worst = min((LIGHTS.get(clock["light"], 3) for clock in clocks), default=4)
    return worst, min((clock["due_at"] for clock in clocks), default="9"), line["opened_on"]


def address(service: str, item: dict[str, Any]) -> str:
    return f"/desk/items/{service}/{segment(item['path'])}/{segment(item['id'])}"


def new(visit: Visit) -> Response:
    """Acts that open an item and that the post in use may do."""
    role = visit.post.role if visit.post else ""
    acts, away = _acts(visit)
    mine = [a for a in acts if a["creates"] and (not a["roles"] or role in a["roles"])]
    return visit.page("new.html", acts=mine, away=away)


def _acts(visit: Visit) -> tuple[list[dict[str, Any]], list[str]]:
    answers, away = visit.ask_all(DECLARED)
    acts = [
        act | {"service": service} for service in SERVICES for act in answers.get(service, {}).get("acts", [])
    ]
    return acts, away


ROUTES = (
    Route("GET", "/", page(today), ("今日", "today")),
    Route("GET", "/new", page(new), ("新办", "new items")),
)
