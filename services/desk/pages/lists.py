"""What waits for the reader, and what may be opened new."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.chassis.settings import SERVICES
from services.desk.pages.browser import page
from services.desk.pages.visit import Visit, segment

LIGHTS = {"red": 0, "amber": 1, "green": 2, "grey": 3}


def today(visit: Visit) -> Response:
    """The worklists of all services as one, the most urgent first."""
    answers, away = visit.ask_all("/worklist")
    lines: list[dict[str, Any]] = [
        item | {"service": service, "address": address(service, item)}
        for service in SERVICES
        for item in answers.get(service, {}).get("items", [])
    ]
    lines.sort(key=urgency)
    people = [line["handler_id"] for line in lines]
    people += [p["proposed_by"] for line in lines for p in line["to_decide"]]
    return visit.page("today.html", lines=lines, away=away, people=people)


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
    answers, away = visit.ask_all("/acts")
    acts = [
        act | {"service": service} for service in SERVICES for act in answers.get(service, {}).get("acts", [])
    ]
    return acts, away


ROUTES = (
    Route("GET", "/", page(today), ("今日", "today")),
    Route("GET", "/new", page(new), ("新办", "new items")),
)
