"""A ledger through the browser: kept for its uploader alone, its columns agreed on, its rows sent batch by batch.

Nothing runs by itself: each batch is sent by a request of its own, in one transaction with its record here, so
whoever comes back after a cut, a closed browser or a restart goes on where it was. What the rows become is the
business of `import_rows`, natural keys included. Until `done` the file lies here under a key of its own; a sent
batch is emptied, and what nobody comes back for is erased after KEPT_FOR. `reader.py` reads the file, in a child
process.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import func, select
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, concealed
from services.chassis import keys
from services.chassis.access import Claims
from services.chassis.answers import remember, replayed
from services.chassis.audit.trail import lease
from services.chassis.clock import real_now
from services.chassis.http import Context, Route, json_response, signed_in
from services.chassis.perform import Request, audited
from services.chassis.runtime import Runtime
from services.chassis.scanning import look_through
from services.chassis.tables import CaseKey
from services.chassis.work import Work
from services.chassis.worker import Worker
from services.intake.acts.import_rows import IMPORT_PETITION, check_may_import, import_batch
from services.intake.ledgers.asked import columns_chosen, file_name, only, place_of_header, too_large, year_of
from services.intake.ledgers.keeping import (
    as_file,
    closed,
    content_of,
    dumped,
    empty_batches,
    forget,
    key_of,
    opened,
    own,
    problems_of,
    put_rows,
    unsent,
    vault_of,
)
from services.intake.ledgers.showing import KEPT_FOR, line_of, shown
from services.intake.papers.ledger import MOST_ROWS
from services.intake.storage import KeptBatch, KeptLedger

T = TypeVar("T")
MOST_KEPT = 5
"""Ledgers of one person at a time."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_READER = Path(__file__).with_name("reader.py")
_IMPORT = sha256(b"/intake/petitions/import_rows").hexdigest()


@dataclass(frozen=True)
class Asks:
    """Who asks, and on whose trace."""

    claims: Claims
    traceparent: str | None


def list_ledgers(_: Context, work: Work) -> Any:
    """The reader's own kept ledgers, the newest first, and the most bytes of a file."""
    check_may_import(work)
    own = (KeptLedger.person_id == work.actor.person_id, KeptLedger.office_id == work.actor.office_id)
    rows = work.session.scalars(
        select(KeptLedger).where(*own).order_by(KeptLedger.kept_at.desc(), KeptLedger.id)
    )
    return {"items": [line_of(work, row) for row in rows], "most_bytes": _most_bytes(work.runtime)}


def show_ledger(context: Context, work: Work) -> Any:
    """One of them: its columns with what stands in them, the counts of its rows, how far it was sent."""
    return shown(work, own(work, context.path["id"]))


def keep_ledger(context: Context) -> Any:
    """Keep the file that is the raw body; its name, percent-encoded, in the header `X-File-Name`.

    Raises Refusal: TOO_LARGE, UNSUPPORTED_MEDIA, BROKEN_FILE, MISSING_FIELD (no header found), MALWARE_FOUND.
    """
    claims, key, body = context.claims(), context.key(), context.request.get_data()

    def before(work: Work) -> tuple[str, bytes, dict[str, Any] | None]:
        check_may_import(work)
        name = file_name(context)
        if len(body) > _most_bytes(work.runtime):
            raise too_large()
        look_through(work.runtime.settings.malware_scanner, body)
        digest = sha256(sha256(body).digest() + name.encode()).digest()
        return name, digest, replayed(work, "keep_ledger", context.place(), key, digest)

    name, digest, told = _in_turn(context, claims, before)
    if told is None:
        kind = "csv" if name.lower().endswith(".csv") else "xlsx"
        asked = {"do": "columns", "sheet": None, "header_row": None} | as_file(kind, body)
        found = _read(context, claims, asked)
        told = _in_turn(
            context, claims, lambda work: _keep(work, context, (key, digest), name, kind, body, found)
        )
    return json_response(told, status=200 if told.get("replayed") else 201)


def look_again(context: Context) -> Any:
    """Look for the header in another `sheet` or `header_row`; the columns are proposed anew."""
    claims = context.claims()

    def what_to_read(work: Work) -> dict[str, Any]:
        row = unsent(work, context.path["id"])
        sheet, header_row = place_of_header(context.json())
        return {"do": "columns", "sheet": sheet, "header_row": header_row} | content_of(work, row)

    found = _read(context, claims, _in_turn(context, claims, what_to_read))

    def put(work: Work) -> dict[str, Any]:
        row = unsent(work, context.path["id"])
        row.state, row.about = "columns", closed(work, row, {"name": opened(work, row)["name"], **found})
        empty_batches(work.session, row.id)
        return shown(work, row)

    return _in_turn(context, claims, put)


def choose_columns(context: Context) -> Any:
    """Say which column (its letter, or null) each field is, and the ledger's year; the whole file is then read.

    Raises Refusal: MISSING_FIELD for a required field without a column, DUPLICATE for a column of two fields.
    """
    claims = context.claims()

    def what_to_read(work: Work) -> dict[str, Any]:
        row = unsent(work, context.path["id"])
        asked = only(context.json(), {"columns", "year"})
        return content_of(work, row) | {
            "do": "rows", "layout": opened(work, row)["layout"], "digest": row.digest,
            "columns": columns_chosen(asked.get("columns")), "year": year_of(asked.get("year")),
            "today": work.today.isoformat(), "most_rows": MOST_ROWS,
        }  # fmt: skip

    asked = _in_turn(context, claims, what_to_read)
    found = _read(context, claims, asked)

    def put(work: Work) -> dict[str, Any]:
        row = unsent(work, context.path["id"])
        put_rows(work, row, asked["year"], found)
        return shown(work, row)

    return _in_turn(context, claims, put)


def send_batch(context: Context) -> Any:
    """Send the batch with the number `batch` (from 0), if it was not sent yet; tells how far the ledger is.

    With all sent, any number ends the ledger: what was not taken is put into a workbook, and the file is forgotten.
    """
    claims = context.claims()
    request = Request(claims, IMPORT_PETITION, _IMPORT, "-", traceparent=context.traceparent)
    told: dict[str, Any] = audited(
        context.runtime, request, lambda work: _send(work, context, request), IMPORT_PETITION, None
    )
    progress = told["progress"]
    if told["state"] == "checked" and progress["sent"] == progress["batches"]:
        return _finish(context, claims)
    return told


def given_back(context: Context) -> Response:
    """The rows that were not taken, with the reasons, as a workbook; the export is on record."""
    claims = context.claims()

    def what_to_give(work: Work) -> tuple[bytes, dict[str, Any]]:
        row = own(work, context.path["id"])
        if row.state == "columns":
            raise Refusal(RefusalCode.WRONG_STATE)
        work.audit(
            "give_back_rows", "exported", subject_kind="ledger", subject_id=row.digest,
            clauses=IMPORT_PETITION.clauses, facts={"rows": len(problems_of(work, row))},
        )  # fmt: skip
        if row.state == "done":
            return keys.decrypt(key_of(work, row), row.given_back, row.id) if row.given_back else b"", {}
        return b"", _to_give_back(work, row)

    ready, asked = _in_turn(context, claims, what_to_give)
    if asked:
        ready = b64decode(_read(context, claims, asked)["workbook"])
    if not ready:
        raise concealed()
    response = Response(ready, mimetype=XLSX)
    response.headers["Cache-Control"] = "no-store"
    return response


def drop_ledger(context: Context) -> Response:
    """Forget a kept ledger: its key is erased. What was imported stays."""

    def drop(work: Work) -> None:
        row = own(work, context.path["id"])
        work.audit(
            "drop_ledger",
            "accepted",
            subject_kind="ledger",
            subject_id=row.digest,
            clauses=IMPORT_PETITION.clauses,
        )
        forget(work.session, [row.id])

    _in_turn(context, context.claims(), drop)
    return Response(status=204)


def on_tick(runtime: Runtime) -> None:
    """Erase what nobody came back for."""
    with runtime.db.read() as session:
        old = list(session.scalars(select(KeptLedger.id).where(KeptLedger.kept_at < real_now() - KEPT_FOR)))
    if old:
        with runtime.db.write() as session:
            forget(session, old)


def _in_turn(context: Context, claims: Claims, run: Callable[[Work], T]) -> T:
    """In a unit of work of its own; a refusal is on record."""
    return audited(context.runtime, Asks(claims, context.traceparent), run, IMPORT_PETITION, None)  # type: ignore[return-value, arg-type]


def _read(context: Context, claims: Claims, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the child process finds, in a process of its own: no ledger meets another one's."""
    reader = Worker(_READER)
    try:
        found = reader.ask(asked)
    finally:
        reader.close()
    if "refused" not in found:
        return found
    code, zh, en, field = found["refused"]
    known = (
        RefusalCode.BROKEN_FILE,
        RefusalCode.UNSUPPORTED_MEDIA,
        RefusalCode.MISSING_FIELD,
        RefusalCode.UNKNOWN_REFERENCE,
        RefusalCode.DUPLICATE,
        RefusalCode.TOO_LARGE,
    )
    told = next(one for one in known if one.value == code)
    refusal = Refusal(told, detail_zh=zh, detail_en=en, field=field or "file")
    if told is RefusalCode.TOO_LARGE:
        refusal = too_large()

    def refuse(_: Work) -> dict[str, Any]:
        raise refusal

    return _in_turn(context, claims, refuse)


def _keep(
    work: Work,
    context: Context,
    asked: tuple[str, bytes],
    name: str,
    kind: str,
    body: bytes,
    found: dict[str, Any],
) -> dict[str, Any]:
    check_may_import(work)
    own = (KeptLedger.person_id == work.actor.person_id,)
    if (work.session.scalar(select(func.count()).select_from(KeptLedger).where(*own)) or 0) >= MOST_KEPT:
        raise Refusal(
            RefusalCode.TOO_LARGE,
            detail_zh=f"您有{MOST_KEPT}份台账尚未处理完，请先导入完毕或删去。",
            detail_en=f"You have {MOST_KEPT} ledgers under way; finish or remove one first.",
        )
    row = KeptLedger(
        id=uuid4().hex, person_id=work.actor.person_id, office_id=work.actor.office_id, digest=found["digest"],
        kind=kind, state="columns", year=None, content=b"", about=b"", problems=b"", given_back=b"",
        kept_at=work.real,
    )  # fmt: skip
    vault = vault_of(row.id)
    key = keys.new_case_key()
    work.session.add(CaseKey(subject_id=vault, wrapped=work.runtime.ring.wrap_case_key(key, vault)))
    row.content, row.about = (
        keys.encrypt(key, body, row.id),
        keys.encrypt(key, dumped({"name": name, **found}), row.id),
    )
    work.session.add(row)
    work.session.flush()
    entry = work.audit(
        "keep_ledger", "accepted", subject_kind="ledger", subject_id=row.digest, clauses=IMPORT_PETITION.clauses,
        facts={"bytes": len(body)},
    )  # fmt: skip
    answer = {"id": row.id, "audit_entry": entry}
    remember(work, "keep_ledger", context.place(), *asked, ("ledger", row.digest), answer)
    return answer


def _send(work: Work, context: Context, request: Request) -> dict[str, Any]:
    check_may_import(work)
    lease(work.session, f"import {work.actor.office_id}")
    row = own(work, context.path["id"])
    number = only(context.json(), {"batch"}).get("batch")
    if type(number) is not int or not 0 <= number < 1_000_000:
        raise Refusal(RefusalCode.INVALID_FIELD, field="batch")
    if row.state == "columns":
        raise Refusal(RefusalCode.WRONG_STATE)
    batch = work.session.get(KeptBatch, (row.id, number))
    if row.state == "done" or batch is None or batch.sent:
        return shown(work, row)
    body = json.loads(keys.decrypt(key_of(work, row), batch.body, row.id))
    answer = import_batch(work, replace(request, key=batch.key, paper=body))
    lines = answer["rows"]
    now = 0 if answer.get("replayed") else sum(line["status"] == "imported" for line in lines)
    refused = [_problem(line) for line in lines if line["status"] == "refused"]
    batch.sent, batch.body, batch.imported = True, b"", now
    batch.already, batch.refused = len(lines) - now - len(refused), closed(work, row, refused)
    row.kept_at = work.real
    work.session.flush()
    return shown(work, row)


def _finish(context: Context, claims: Claims) -> dict[str, Any]:
    """All batches are sent: the workbook of what was not taken, and away with the file."""
    asked = _in_turn(context, claims, lambda work: _to_give_back(work, own(work, context.path["id"])))
    made = b64decode(_read(context, claims, asked)["workbook"]) if asked else b""

    def put(work: Work) -> dict[str, Any]:
        row = own(work, context.path["id"])
        if row.state != "done":
            row.state, row.content = "done", b""
            row.given_back = keys.encrypt(key_of(work, row), made, row.id) if made else b""
        work.session.flush()
        return shown(work, row)

    return _in_turn(context, claims, put)


def _to_give_back(work: Work, row: KeptLedger) -> dict[str, Any]:
    problems = problems_of(work, row)
    if not problems or row.state == "done":
        return {}
    told = {
        "layout": opened(work, row)["layout"],
        "digest": row.digest,
        "year": row.year,
        "problems": problems,
    }
    return {"do": "give back"} | told | content_of(work, row)


def _problem(line: Mapping[str, Any]) -> dict[str, Any]:
    names = ("field", "code", "reason_zh", "reason_en")
    return {"number": line["row"], **{name: line.get(name) for name in names}}


def _most_bytes(runtime: Runtime) -> int:
    return runtime.settings.max_attachment


def _route(method: str, path: str, handler: Any, zh: str, en: str, **more: Any) -> Route:
    return Route(method, path, handler, (zh, en), clauses=IMPORT_PETITION.clauses, **more)


ROUTES = (
    _route("GET", "/ledgers", signed_in(list_ledgers), "正在导入的台账", "one's ledgers under way"),
    _route(
        "POST", "/ledgers", keep_ledger, "上传台账", "keep a ledger for its import", keyed=True,
        takes="application/octet-stream", query=("FileName",),
    ),
    _route("GET", "/ledgers/<id>", signed_in(show_ledger), "台账导入进度", "a ledger's columns and progress"),
    _route(
        "POST", "/ledgers/<id>/header", look_again, "另指表头", "look for the header elsewhere", takes="LedgerHeader"
    ),
    _route(
        "POST", "/ledgers/<id>/columns", choose_columns, "确定列对应关系并核对", "choose columns, check all rows",
        takes="LedgerColumns",
    ),
    _route("POST", "/ledgers/<id>/batches", send_batch, "导入一批", "send one batch", takes="LedgerBatch"),
    _route("GET", "/ledgers/<id>/given-back", given_back, "退回的行（留痕）", "rows given back; logged", gives=XLSX),
    _route("DELETE", "/ledgers/<id>", drop_ledger, "不再导入", "forget a ledger", gives=""),
)  # fmt: skip
