"""The administrators' pages: accounts and posts, security, audit. Made of what the services answer to each."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.chassis.settings import SERVICES
from services.desk.pages.browser import page
from services.desk.pages.items import download
from services.desk.pages.lists import address, urgency
from services.desk.pages.visit import Visit

ASKED = ("cursor", "q", "missing")
ON_SUBJECT = ("service", "kind", "id")


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


def audit(visit: Visit) -> Response:
    """For the audit administrator: how each trail stands, who has witnessed it, and the entries on one subject."""
    answers, away = visit.ask_all("/audit/trail")
    trails = {service: answers[service] for service in SERVICES if service in answers}
    given = {name: visit.context.request.args.get(name, "").strip()[:64] for name in ON_SUBJECT}
    entries = None
    if given["service"] and given["kind"] and given["id"]:
        cursor = visit.context.request.args.get("cursor", "")[:200]
        asked = {name: given[name] for name in ("kind", "id")} | ({"cursor": cursor} if cursor else {})
        entries = visit.get(given["service"], "/audit/entries", limit="50", **asked)
    return visit.page(
        "audit.html", trails=trails, away=away, witnesses=_witnesses(trails), given=given, entries=entries
    )


def _witnesses(trails: dict[str, dict[str, Any]]) -> dict[str, dict[str, dict[str, Any]]]:
    """Of each service what the others hold of its trail, by witness."""
    return {
        service: {
            witness: line
            for witness, trail in trails.items()
            for line in trail["witnessed"]
            if line["producer"] == service
        }
        for service in trails
    }


def evidence(visit: Visit) -> Response:
    """The signed heads of a service as a file, to be kept elsewhere."""
    service = visit.context.path["service"]
    heads = visit.get(service, "/audit/evidence")
    body = json.dumps(heads, indent=1).encode()
    return download(body, "application/json", f"{service}-heads.json")


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
    Route("GET", "/administration/audit", page(audit), ("审计", "audit")),
    Route(
        "GET",
        "/administration/audit/evidence/<service>",
        page(evidence),
        ("导出审计日志签名", "signed heads of a trail"),
    ),
)
