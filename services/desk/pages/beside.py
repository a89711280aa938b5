"""What a service shows beside an item, and the search of a register: drawn from the answer, whatever it holds."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.desk.pages.browser import page
from services.desk.pages.items import ITEM, people_in
from services.desk.pages.lists import address
from services.desk.pages.visit import NoSuchPage, Refused, Visit, answer_of, segment

SEARCHED = ("q", "no", "unit_id", "from", "to", "cursor")


def show_beside(visit: Visit) -> Response:
    """One of the views that the item itself names."""
    service, path, name = (visit.context.path[key] for key in ("service", "path", "name"))
    place = f"/{segment(path)}/{segment(visit.context.path['id'])}"
    item = visit.get(service, place)
    view = next((one for one in item.get("beside", []) if one["name"] == name), None)
    if view is None:
        raise NoSuchPage
    answer = visit.get(service, f"{place}/{segment(name)}")
    facts = {
        key: value for key, value in answer.items() if not isinstance(value, list | dict) and key != "id"
    }
    tables = {key: value for key, value in answer.items() if isinstance(value, list) and key != "clauses"}
    return visit.page(
        "beside.html",
        view=view,
        item=item,
        back=f"/desk/items/{service}{place}",
        facts=facts,
        tables={key: _columns(rows) for key, rows in tables.items()},
        rows=tables,
        service=service,
        coded=CODED,
        clauses=answer.get("clauses", []),
        people=[*people_in(answer), *_people_of(tables)],
    )


CLOCK = ("item", "clause", "due_on", "light", "owed_role", "owed_person")
"""What a table of clocks shows of each."""
SHOWN_WITH = {"item": {"no", "path"}, "zh": {"en"}}
"""Fields that stand in another one's column."""


CODED = {
    "lacks": "Speciality",
    "part": "TeamPart",
    "reasons": "TeamReason",
    "specialities": "Speciality",
    "speciality_code": "Speciality",
    "system_code": "CadreSystem",
    "why": "Why",
    "wishes": "TeamWish",
}
"""Columns with codes of an enumeration, which go by other names elsewhere."""


def _columns(rows: list[Any]) -> list[str]:
    """The fields of a table's lines that have a column, in the order in which they come."""
    names = dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row)
    if set(CLOCK) <= set(names):
        return list(CLOCK)
    within = {other for name in names for other in SHOWN_WITH.get(name, ())}
    return [name for name in names if name not in within]


def _people_of(tables: dict[str, list[Any]]) -> list[Any]:
    """Whom clocks are owed by, and whom gaps are about."""
    rows = [row for lines in tables.values() for row in lines if isinstance(row, dict)]
    return [row[name] for row in rows for name in ("about", "owed_person") if row.get(name)]


def search(visit: Visit) -> Response:
    """The search of a register. What is sought is sent in the body: addresses are logged on the way."""
    service, path = visit.context.path["service"], visit.context.path["path"]
    form = visit.context.request.form
    asked = {name: form.get(name, "").strip()[:100] for name in SEARCHED}
    found: dict[str, Any] = {}
    problem: dict[str, Any] | None = None
    if any(asked.values()):
        try:
            body = {name: value for name, value in asked.items() if value}
            found = answer_of(service, visit.call(service, "POST", f"/{segment(path)}/search", body=body))
        except Refused as refused:
            if refused.status in (401, 404):
                raise
            problem = refused.problem
    items = [item | {"address": address(service, item | {"path": path})} for item in found.get("items", [])]
    return visit.page(
        "search.html",
        status=problem.get("status", 422) if problem else 200,
        service=service,
        path=path,
        asked=asked,
        items=items,
        tried=any(asked.values()),
        next=found.get("next"),
        problem=problem,
        people=[item["handler_id"] for item in items],
    )


ROUTES = (
    Route("GET", f"{ITEM}/beside/<name>", page(show_beside), ("事项附表", "what is shown beside an item")),
    Route("GET", "/search/<service>/<path>", page(search), ("查找", "search a register")),
    Route("POST", "/search/<service>/<path>", page(search), ("查找结果", "what a search found")),
)
