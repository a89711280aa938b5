"""Registers (台账): what there is of a kind, as a table in pages and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from werkzeug.wrappers import Response

from services.chassis.clock import local_date
from services.chassis.http import Route
from services.chassis.settings import SERVICES
from services.desk.pages.browser import page
from services.desk.pages.columns import chosen_columns, columns_of, people_of
from services.desk.pages.lists import address
from services.desk.pages.register_workbook import About, workbook_of
from services.desk.pages.render import secured
from services.desk.pages.visit import DECLARED, MOST_NAMES, NoSuchPage, Visit, segment
from services.desk.pages.words import named
from services.desk.register_choices import Place, columns_wanted, filters_kept

SEARCHED = {("intake", "petitions")}
"""Registers that have a search."""
IMPORTED = {("intake", "petitions"): "register_petition"}
"""Registers into which ledgers are imported, and the act that whoever may do so may do."""
FILTERS = ("state", "opened_from", "opened_to")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def registers(visit: Visit) -> Response:
    """The kinds of items that there are, by service."""
    answers, away = visit.ask_all(DECLARED)
    kinds = {
        (service, kind["path"]): (kind["zh"], kind["en"])
        for service in SERVICES
        for kind in answers.get(service, {}).get("kinds", [])
    }
    return visit.page("registers.html", kinds=kinds, away=away)


def register(visit: Visit) -> Response:
    """One register, newest first, in pages; only what the reader may know of is in it."""
    service, path = visit.context.path["service"], visit.context.path["path"]
    kind, acts = declared(visit)
    asked = filters_of(visit)
    cursor = visit.context.request.args.get("cursor", "")[:200]
    onward = {"cursor": cursor} if cursor else {}
    found = visit.get(service, f"/{segment(path)}", limit="50", **asked, **onward)
    items = [item | {"address": address(service, item | {"path": path})} for item in found["items"]]
    columns = shown_columns(visit, kind)
    role = visit.post.role if visit.post else ""
    creating = [a for a in acts if a["path"] == path and a["creates"] and role in a["roles"]]
    return visit.page(
        "register.html",
        service=service,
        path=path,
        kind=kind,
        items=items,
        columns=columns,
        all_columns=columns_of(kind),
        asked=asked,
        link=urlencode(asked),
        next=found.get("next"),
        creating=creating,
        imports=IMPORTED.get((service, path)) in [a["name"] for a in creating],
        searched=(service, path) in SEARCHED,
        kept=filters_kept(visit.context.runtime, place_of(visit)),
        key=uuid4().hex,
        people=people_of(items, columns),
    )


def export(visit: Visit) -> Response:
    """The register as a workbook, filter and columns as shown. The service gives the lines, and notes the export."""
    service, path = visit.context.path["service"], visit.context.path["path"]
    kind, _ = declared(visit)
    asked = filters_of(visit)
    items = visit.get(service, f"/exports/{segment(path)}", **asked)["items"]
    columns = shown_columns(visit, kind)
    now, _ = visit.time
    about = About(
        register=kind["zh"],
        filters=_told(kind, asked),
        exported_by=visit.names([visit.session.person_id])[visit.session.person_id],
        post=named(visit.post.role)[0] if visit.post else "",
        at=now,
    )
    names = _all_names(visit, people_of(items, columns))
    body = workbook_of(about, columns, items, names, visit.offices())
    return _download(body, kind["zh"], path, local_date(now))


def filters_of(visit: Visit) -> dict[str, str]:
    """What the register is narrowed to, from the address: a code of ours and days; the service judges them."""
    given = {name: visit.context.request.args.get(name, "")[:200] for name in FILTERS}
    return {name: value for name, value in given.items() if value}


def place_of(visit: Visit) -> Place:
    return Place(visit.session.account_id, visit.context.path["service"], visit.context.path["path"])


def shown_columns(visit: Visit, kind: dict[str, Any]) -> tuple[str, ...]:
    """Those that the reader chose, or the usual ones."""
    return chosen_columns(kind, columns_wanted(visit.context.runtime, place_of(visit)))


def declared(visit: Visit) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What the service declares of the register, and its acts; raises NoSuchPage."""
    service, path = visit.context.path["service"], visit.context.path["path"]
    told = visit.declared(service)
    for kind in told.get("kinds", []):
        if kind["path"] == path:
            return dict(kind), told["acts"]
    raise NoSuchPage


def _told(kind: dict[str, Any], asked: dict[str, str]) -> str:
    """The filter in words, for the sheet that says what the workbook is."""
    states = {state["code"]: str(state["zh"]) for state in kind["states"]}
    told = [f"状态：{states[asked['state']]}"] if asked.get("state") in states else []
    told += [f"登记日期自 {asked['opened_from']}"] if "opened_from" in asked else []
    told += [f"登记日期至 {asked['opened_to']}"] if "opened_to" in asked else []
    return "；".join(told) or "全部"


def _all_names(visit: Visit, people: Iterable[str]) -> dict[str, str]:
    """Names of however many there are, so many at a time as one question holds."""
    ids = list(people)
    found: dict[str, str] = {}
    for first in range(0, len(ids), MOST_NAMES):
        found |= visit.names(ids[first : first + MOST_NAMES])
    return found


def _download(body: bytes, zh: str, path: str, on: date) -> Response:
    response = Response(body, mimetype=XLSX)
    plain = f"{path}-{on.isoformat()}.xlsx"
    told = quote(f"{zh}-{on.isoformat()}.xlsx")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{told}"
    return secured(response)


REGISTER = "/registers/<service>/<path>"
ROUTES = (
    Route("GET", "/registers", page(registers), ("台账", "registers")),
    Route("GET", REGISTER, page(register), ("一类台账", "one register")),
    Route(
        "GET", f"{REGISTER}/export", page(export), ("导出台账（留痕）", "a register as a workbook; logged")
    ),
)
