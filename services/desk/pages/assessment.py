"""Assessment of an office (履职考核): what it did by supervision stands first, its cases after that (GL-1.38)."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.desk.pages.browser import page
from services.desk.pages.figures import asked_of, query, value_of
from services.desk.pages.visit import Visit

SECTIONS = (
    ("inspection", "一、监督", "1. Supervision"),
    ("clues", "二、线索和案件", "2. Clues and cases"),
)
"""An office is not measured by its big cases: in this order, whatever is asked."""


def assessment(visit: Visit) -> Response:
    """One office's figures of a period; without both, the form alone."""
    asked = asked_of(visit)
    asked["offices"] = asked["offices"].partition(",")[0]
    wanted = bool(asked["to"] and asked["offices"])
    sections = []
    may_ask = False
    for service, zh, en in SECTIONS:
        defined = visit.get(service, "/figures")
        may_ask = may_ask or bool(defined["may_ask"])
        found = [one | {"service": service} for one in defined["figures"]]
        counted = wanted and bool(defined["may_ask"])
        lines = [_line(visit, one, asked, counted=counted) for one in found]
        sections.append({"zh": zh, "en": en, "lines": lines})
    return visit.page(
        "assessment.html", sections=sections, asked=asked, may_ask=may_ask, counted=wanted, link=query(asked)
    )


def _line(visit: Visit, one: dict[str, Any], asked: dict[str, str], *, counted: bool) -> dict[str, Any]:
    return {"figure": one, **(value_of(visit, one, asked) if counted else {})}


ROUTES = (Route("GET", "/assessment", page(assessment), ("履职考核", "assessment of an office")),)
