"""An item: state, clocks, proposals, papers, attachments, timeline, and the acts that the reader may do now."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from werkzeug.wrappers import Response

from contracts.refusals import RefusalCode
from services.chassis.http import Route
from services.desk.pages.acting import act_of
from services.desk.pages.browser import page
from services.desk.pages.procedure import procedure
from services.desk.pages.references import ELSEWHERE, REFERENCES, holds_persons
from services.desk.pages.render import redirect, secured
from services.desk.pages.visit import Refused, Visit, answer_of, segment

_ID = re.compile(r"[0-9a-f]{32}")
SHOWN_IN_HEAD = (
    "kind",
    "id",
    "no",
    "state",
    "state_zh",
    "state_en",
    "version",
    "secrecy",
    "office_id",
    "unit_id",
    "handler_id",
    "opened_on",
    "changed_at",
    "kind_zh",
    "kind_en",
    "duties",
    "papers",
    "attachments",
    "proposals",
    "timeline",
    "acts",
    "not_now",
    "beside",
    "gaps",
)


def show(visit: Visit) -> Response:
    service, path, _ = _place(visit)
    return _show(visit, done=_just_done(visit, service, path))


def _show(
    visit: Visit,
    *,
    done: tuple[str, str] | None = None,
    refused: Refused | None = None,
    proposal: str = "",
    reason: str = "",
) -> Response:
    """The page of an item; `refused` is about the decision on `proposal`, for which `reason` was typed."""
    service, path, place = _place(visit)
    try:
        item = visit.get(service, place)
    except Refused as hidden:
        if done and hidden.code == RefusalCode.UNKNOWN_REFERENCE:
            return visit.page("done_and_gone.html", done=done)
        raise
    base = f"/desk/items/{service}/{segment(path)}/{segment(item['id'])}"
    return visit.page(
        "item.html",
        status=refused.status if refused else 200,
        here=base,
        item=item,
        service=service,
        path=path,
        base=base,
        key=uuid4().hex,
        done=done,
        problem=refused.problem if refused else None,
        decided=proposal,
        reason=reason,
        others=_others(visit, service, path, item),
        procedure=procedure(item, visit.declared(service), path),
        people=_people(item),
    )


def _others(visit: Visit, service: str, path: str, item: dict[str, Any]) -> dict[str, Any]:
    """What else the item shows, by column."""
    columns = {
        name: value for name, value in item.items() if name not in SHOWN_IN_HEAD and value not in ("", None)
    }
    refers = REFERENCES.get(service, {})
    ids = [value for name, value in columns.items() if name in refers and isinstance(value, str)]
    known = {one["id"]: one for one in visit.whereabouts(service, ids)}
    shown = {name: _shown(visit, service, path, item, name, known) for name in columns}
    return {name: value for name, value in shown.items() if value is not None}


def _shown(
    visit: Visit, service: str, path: str, item: dict[str, Any], name: str, known: dict[str, dict[str, str]]
) -> Any:
    """A column's value: a paper or another item as a link with its name or number, and anything else as it is.

    `known`: where the items are that the reader may know of. None: one that they may not.
    """
    value = item[name]
    if not isinstance(value, str) or not _ID.fullmatch(value):
        return value
    for paper in item["papers"]:
        if paper["id"] == value and not paper["sealed"]:
            address = f"/desk/items/{service}/{segment(path)}/{segment(item['id'])}/papers/{segment(value)}"
            return {"address": address, "no": visit.language.plain(paper["zh"], paper["en"])}
    if (service, name) in ELSEWHERE:
        other, zh, en = ELSEWHERE[service, name]
        address = f"/desk/find/{segment(str(item.get('source_service') or other))}/{segment(value)}"
        return {"address": address, "no": visit.language.plain(zh, en)}
    if name not in REFERENCES.get(service, {}):
        return value
    there = known.get(value)
    if there is None:
        return None
    address = f"/desk/items/{service}/{segment(there['path'])}/{segment(value)}"
    return {"address": address, "no": there["no"] or value[:12]}


def show_paper(visit: Visit) -> Response:
    service, path, place = _place(visit)
    paper = visit.get(service, f"{place}/papers/{segment(visit.context.path['paper'])}")
    form: dict[str, Any] = paper.get("form") or {}
    back = f"/desk/items/{service}/{segment(path)}/{segment(visit.context.path['id'])}"
    return visit.page(
        "paper.html", paper=paper, form=form, back=back, people=[*people_in(form), paper.get("by")]
    )


def show_attachment(visit: Visit) -> Response:
    """A scan or recording, as a download: nothing that was uploaded is run or drawn on our pages."""
    service, _, place = _place(visit)
    attachment = visit.context.path["attachment"]
    answer = visit.call(service, "GET", f"{place}/attachments/{segment(attachment)}")
    if answer.status != 200:
        answer_of(service, answer)
    return download(answer.body, answer.media_type, attachment)


def download(body: bytes, media_type: str, name: str) -> Response:
    response = Response(body, mimetype=media_type)
    plain = "".join(c for c in name if c.isascii() and c.isalnum())
    ending = media_type.rpartition("/")[2]
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{plain}.{ending if ending.isalnum() else "bin"}"'
    )
    return secured(response)


def decide(visit: Visit) -> Response:
    """Approve a proposal or return it; the digest binds the decision to what the page showed."""
    service, path, place = _place(visit)
    form = visit.context.request.form
    word = "return" if form.get("_do") == "return" else "approve"
    proposal = segment(visit.context.path["proposal"])
    reason = form.get("reason", "").strip()
    answer = visit.call(
        service,
        "POST",
        f"{place}/proposals/{proposal}/{word}",
        body={"digest": form.get("digest", ""), "reason": reason},
        headers={"Idempotency-Key": form.get("_key", "") or uuid4().hex},
    )
    try:
        answer_of(service, answer)
    except Refused as refused:
        if refused.status in (401, 404):
            raise
        return _show(visit, refused=refused, proposal=proposal, reason=reason)
    item = segment(visit.context.path["id"])
    outcome = "returned" if word == "return" else "approved"
    return redirect(f"/desk/items/{service}/{segment(path)}/{item}?{outcome}=1")


def people_in(form: Any, name: str = "") -> list[str]:
    """Ids in the fields of a paper that hold persons; no other text of it leaves this page."""
    if isinstance(form, dict):
        return [person for key, value in form.items() for person in people_in(value, str(key))]
    if isinstance(form, list):
        return [person for value in form for person in people_in(value, name)]
    return [form] if isinstance(form, str) and holds_persons(name) else []


def _place(visit: Visit) -> tuple[str, str, str]:
    service, path = visit.context.path["service"], visit.context.path["path"]
    return service, path, f"/{segment(path)}/{segment(visit.context.path['id'])}"


def _just_done(visit: Visit, service: str, path: str) -> tuple[str, str] | None:
    """What to say of the act that led here; the texts are ours or the act's own, never the address's."""
    query = visit.context.request.args
    if "approved" in query:
        return "已批准", "approved"
    if "returned" in query:
        return "已退回", "returned"
    for outcome, zh, en in (("proposed", "已提请审批", "waits for approval"), ("done", "已办理", "done")):
        if outcome in query:
            act = act_of(visit, service, path, query[outcome][:64])
            return f"{zh}：{act['zh']}", f"{act['en']}: {en}"
    return None


def _people(item: dict[str, Any]) -> list[Any]:
    people = [item.get("handler_id"), item.get("person_id")]
    people += [line["person"] for line in item.get("timeline", [])]
    people += [paper["by"] for paper in item.get("papers", [])]
    people += [gap["about"] for gap in item.get("gaps", [])]
    shown = {name: value for name, value in item.items() if name not in SHOWN_IN_HEAD}
    people += [one for listed in people_in(shown) for one in listed.split(",")]
    people += [duty["owed_person"] for duty in item.get("duties", [])]
    for proposal in item.get("proposals", []):
        people += [proposal["proposed_by"], *(d["person"] for d in proposal["decisions"])]
    return people


ITEM = "/items/<service>/<path>/<id>"
ROUTES = (
    Route("GET", ITEM, page(show), ("事项页", "an item's page")),
    Route(
        "GET",
        f"{ITEM}/papers/<paper>",
        page(show_paper),
        ("文书页（阅览留痕）", "a paper; the reading is logged"),
    ),
    Route(
        "GET",
        f"{ITEM}/attachments/<attachment>",
        page(show_attachment),
        ("附件（阅览留痕）", "an attachment; the reading is logged"),
    ),
    Route("POST", f"{ITEM}/proposals/<proposal>", page(decide), ("审批", "decide on a proposal")),
)
