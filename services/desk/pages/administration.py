"""The administrators' pages: accounts and posts, security. Made of what the services answer to each of the three."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.chassis.settings import SERVICES
from services.desk.pages.browser import page
from services.desk.pages.lists import address, urgency
from services.desk.pages.visit import Visit

ASKED = ("cursor", "q", "missing")


def accounts(visit: Visit) -> Response:
    """For the system administrator: who may sign in, in which posts, and what is missing to it."""
    found, asked = _overview(visit, "/accounts-overview")
    people = [line["person_id"] for line in (*found["items"], *found.get("without_account", ()))]
    return visit.page("accounts.html", found=found, asked=asked, people=people)


def security(visit: Visit) -> Response:
    """For the security administrator: keys, sessions, second factors, and what waits for an approval."""
    found, asked = _overview(visit, "/security-overview")
    waiting, away = _waiting(visit)
    people = [line["person_id"] for line in found["items"]]
    people += [proposal["proposed_by"] for line in waiting for proposal in line["to_decide"]]
    return visit.page("security.html", found=found, asked=asked, waiting=waiting, away=away, people=people)


def _overview(visit: Visit, path: str) -> tuple[dict[str, Any], dict[str, str]]:
    given = {name: visit.context.request.args.get(name, "").strip()[:64] for name in ASKED}
    asked = {name: value for name, value in given.items() if value}
    return visit.get("desk", path, limit="50", **asked), given


def _waiting(visit: Visit) -> tuple[list[dict[str, Any]], list[str]]:
    """Items with a proposal that this reader decides on, the most urgent first; and services that are away."""
    answers, away = visit.ask_all("/worklist")
    lines = [
        item | {"service": service, "address": address(service, item)}
        for service in SERVICES
        for item in answers.get(service, {}).get("items", [])
        if item["to_decide"]
    ]
    return sorted(lines, key=urgency), away


ROUTES = (
    Route("GET", "/administration/accounts", page(accounts), ("账号与岗位", "accounts and posts")),
    Route("GET", "/administration/security", page(security), ("安全保密", "security")),
)
