"""A register as its reader wants it: columns chosen, filters kept under names of one's own, and taken away again."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode
from services.chassis.http import Route
from services.desk import register_choices
from services.desk.pages.browser import page
from services.desk.pages.columns import columns_of
from services.desk.pages.registers import FILTERS, REGISTER, declared, place_of
from services.desk.pages.render import redirect
from services.desk.pages.visit import Visit, segment

_KEY = re.compile(r"[0-9a-f]{32}")


def choose_columns(visit: Visit) -> Response:
    """The columns ticked, in the register's order; 恢复默认: the usual ones again."""
    kind, _ = declared(visit)
    form = visit.context.request.form
    ticked = set(form.getlist("column")) if form.get("_do") != "usual" else set()
    wanted = [column for column in columns_of(kind) if column in ticked]
    register_choices.want_columns(visit.context.runtime, place_of(visit), wanted)
    return _back(visit, _filter(kind, visit))


def keep_filter(visit: Visit) -> Response:
    kind, _ = declared(visit)
    form = visit.context.request.form
    asked = _filter(kind, visit)
    key = form.get("_key", "")
    if not _KEY.fullmatch(key):
        raise Refusal(RefusalCode.MALFORMED)
    register_choices.keep_filter(
        visit.context.runtime, place_of(visit), key, form.get("name", "").strip(), asked
    )
    return _back(visit, asked)


def remove_filter(visit: Visit) -> Response:
    kind, _ = declared(visit)
    register_choices.remove_filter(
        visit.context.runtime, visit.session.account_id, visit.context.path["filter"]
    )
    return _back(visit, _filter(kind, visit))


def _filter(kind: dict[str, Any], visit: Visit) -> dict[str, str]:
    """The filter that the page was shown with; raises Refusal(INVALID_FIELD) for what is no filter of the register."""
    given = {name: visit.context.request.form.get(name, "") for name in FILTERS}
    if given["state"] and given["state"] not in {state["code"] for state in kind["states"]}:
        raise Refusal(RefusalCode.INVALID_FIELD, field="state")
    for name in ("opened_from", "opened_to"):
        try:
            given[name] = date.fromisoformat(given[name]).isoformat() if given[name] else ""
        except ValueError:
            raise Refusal(RefusalCode.INVALID_FIELD, field=name) from None
    return {name: value for name, value in given.items() if value}


def _back(visit: Visit, asked: dict[str, str]) -> Response:
    path = visit.context.path
    place = f"/desk/registers/{segment(path['service'])}/{segment(path['path'])}"
    return redirect(f"{place}?{urlencode(asked)}" if asked else place)


ROUTES = (
    Route("POST", f"{REGISTER}/columns", page(choose_columns), ("选择栏目", "choose columns")),
    Route("POST", f"{REGISTER}/filters", page(keep_filter), ("保存筛选", "keep a filter")),
    Route(
        "POST", f"{REGISTER}/filters/<filter>/remove", page(remove_filter), ("删去筛选", "remove a filter")
    ),
)
