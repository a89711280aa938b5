"""Importing a ledger (台账): upload, which column is what, check, import with its progress, what is given back.

Everything is kept and done by intake (`services/intake/ledgers`); a page sends batches for a moment and shows how far
it is, so that whoever leaves and comes back goes on where it was.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, problem
from services.chassis.clock import monotonic
from services.chassis.http import Route
from services.desk.pages.browser import page
from services.desk.pages.render import redirect, secured
from services.desk.pages.visit import Refused, Visit, answer_of, segment

SERVICE, HOME = "intake", "/desk/ledgers"
AT_ONCE = 0.7
"""Seconds for which one request sends batches, at least one."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ledgers(visit: Visit) -> Response:
    """The reader's own ledgers under way, and the form for another one."""
    return _list(visit)


def upload(visit: Visit) -> Response:
    """Keep the file; the form's key makes a double click one upload."""
    file = visit.context.request.files.get("file")
    body = file.read() if file else b""
    name = (file.filename or "") if file else ""
    key = visit.context.request.form.get("_key", "")[:64]
    headers = {"Idempotency-Key": key, "X-File-Name": quote(name)}
    try:
        if not name:
            raise Refused(422, problem(Refusal(RefusalCode.MISSING_DOCUMENT)))
        told = answer_of(SERVICE, visit.call(SERVICE, "POST", "/ledgers", raw=body, headers=headers))
    except Refused as refused:
        return _list(visit, refused)
    return redirect(f"{HOME}/{segment(told['id'])}")


def ledger(visit: Visit) -> Response:
    """One ledger, as far as it is; `?columns=1` before it is sent: its columns once more."""
    return _page(visit, visit.get(SERVICE, _path(visit)))


def look_again(visit: Visit) -> Response:
    """The header in another sheet or row."""
    form = visit.context.request.form
    row = form.get("header_row", "")
    asked = {"sheet": form.get("sheet") or None, "header_row": int(row) if _is_number(row) else None}
    return _post(visit, "/header", asked)


def choose(visit: Visit) -> Response:
    """What each column of the ledger is, and its year; then every row is checked."""
    form = visit.context.request.form
    chosen = {name.removeprefix("column."): form[name] for name in form if name.startswith("column.")}
    fields = [field for field in chosen.values() if field]
    told = visit.get(SERVICE, _path(visit))
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice is not None:
        title = next((one for one in told["fields"] if one["field"] == twice), {"zh": "", "en": ""})
        refusal = Refusal(
            RefusalCode.DUPLICATE,
            detail_zh=f"“{title['zh']}”选了不止一列，请只留一列。",
            detail_en=f"More than one column is “{title['en']}”: choose one.",
        )
        return _page(visit, told, Refused(422, problem(refusal)), chosen)
    columns = {one["field"]: None for one in told["fields"]} | {
        field: at for at, field in chosen.items() if field
    }
    year = form.get("year", "").strip()
    asked = {"columns": columns, "year": (int(year) if _is_number(year) else -1) if year else None}
    return _post(visit, "/columns", asked, told, chosen)


def send(visit: Visit) -> Response:
    """Send batches for a moment, then show how far it is; the page asks again by itself, or by its button."""
    until = monotonic() + AT_ONCE
    told = visit.get(SERVICE, _path(visit))
    while told["state"] == "checked":
        following = {"batch": told["progress"]["next"] or 0}
        try:
            told = answer_of(SERVICE, visit.call(SERVICE, "POST", f"{_path(visit)}/batches", body=following))
        except Refused as refused:
            return _page(visit, told, refused)
        if monotonic() > until:
            break
    return redirect(f"{HOME}/{segment(visit.context.path['ledger'])}")


def remove(visit: Visit) -> Response:
    answer_of(SERVICE, visit.call(SERVICE, "DELETE", _path(visit)))
    return redirect(HOME)


def given_back(visit: Visit) -> Response:
    """The rows that were not taken, as a workbook: correct them there and import it."""
    told = visit.get(SERVICE, _path(visit))
    answer = visit.call(SERVICE, "GET", f"{_path(visit)}/given-back")
    if answer.status != 200:
        answer_of(SERVICE, answer)
    response = Response(answer.body, mimetype=XLSX)
    name = quote(f"{told['name'].rpartition('.')[0]}-退回.xlsx")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"given-back.xlsx\"; filename*=UTF-8''{name}"
    )
    return secured(response)


def _list(visit: Visit, refused: Refused | None = None) -> Response:
    told = visit.get(SERVICE, "/ledgers")
    return visit.page(
        "ledgers.html", status=refused.status if refused else 200, items=told["items"],
        most=told["most_bytes"] // 1_000_000, key=uuid4().hex, problem=refused.problem if refused else None, here=HOME,
    )  # fmt: skip


def _post(
    visit: Visit,
    path: str,
    asked: dict[str, Any],
    told: dict[str, Any] | None = None,
    chosen: dict[str, str] | None = None,
) -> Response:
    try:
        answer_of(SERVICE, visit.call(SERVICE, "POST", f"{_path(visit)}{path}", body=asked))
    except Refused as refused:
        if refused.code == RefusalCode.UNKNOWN_REFERENCE and not refused.problem.get("field"):
            raise  # the ledger, not something in it
        return _page(visit, told or visit.get(SERVICE, _path(visit)), refused, chosen)
    return redirect(f"{HOME}/{segment(visit.context.path['ledger'])}")


def _page(
    visit: Visit, told: dict[str, Any], refused: Refused | None = None, chosen: dict[str, str] | None = None
) -> Response:
    kept = {one["column"]: one["field"] for one in told["fields"] if one["column"]}
    chosen = kept if chosen is None else {letter: field for letter, field in chosen.items() if field}
    again = ("columns" in visit.context.request.args or chosen != kept) and not told["progress"]["sent"]
    address = f"{HOME}/{segment(visit.context.path['ledger'])}"
    return visit.page(
        "ledger.html",
        status=refused.status if refused else 200,
        ledger=told,
        address=address,
        mapping=told["state"] == "columns" or again,
        chosen=chosen,
        fields={one["field"]: one for one in told["fields"]},
        typed_year=visit.context.request.form.get("year") or told["year"] or "",
        problem=refused.problem if refused else None,
        here=address,
    )


def _path(visit: Visit) -> str:
    return f"/ledgers/{segment(visit.context.path['ledger'])}"


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 6


LEDGER = "/ledgers/<ledger>"
ROUTES = (
    Route("GET", "/ledgers", page(ledgers), ("导入台账", "import a ledger")),
    Route("POST", "/ledgers", page(upload), ("上传台账文件", "upload a ledger")),
    Route("GET", LEDGER, page(ledger), ("一份台账的导入", "one ledger's import")),
    Route("POST", f"{LEDGER}/header", page(look_again), ("另指台账表头", "another header of a ledger")),
    Route("POST", f"{LEDGER}/columns", page(choose), ("台账各列是什么", "what the columns of a ledger are")),
    Route("POST", LEDGER, page(send), ("继续导入台账", "go on importing a ledger")),
    Route("POST", f"{LEDGER}/remove", page(remove), ("删去台账", "forget a ledger")),
    Route("GET", f"{LEDGER}/given-back", page(given_back), ("下载退回的行", "rows given back")),
)
