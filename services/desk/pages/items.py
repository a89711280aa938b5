"""An item: state, clocks, proposals, papers, attachments, timeline, and the acts that the reader may do now."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from werkzeug.wrappers import Response

from contracts.refusals import RefusalCode
from services.chassis.http import Route
from services.desk.pages.acting import act_of
from services.desk.pages.browser import page
from services.desk.pages.render import redirect, secured
from services.desk.pages.visit import Refused, Visit, answer_of, segment

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
)


def show(visit: Visit) -> Response:
    service, path, place = _place(visit)
    just_done = _just_done(visit, service, path)
    try:
        item = visit.get(service, place)
    except Refused as refused:
        if just_done and refused.code == RefusalCode.UNKNOWN_REFERENCE:
            return visit.page("done_and_gone.html", done=just_done)
        raise
    return visit.page(
        "item.html",
        item=item,
        service=service,
        path=path,
        base=f"/desk/items/{service}/{segment(path)}/{segment(item['id'])}",
        key=uuid4().hex,
        done=just_done,
        others={k: v for k, v in item.items() if k not in SHOWN_IN_HEAD and v not in ("", None)},
        people=_people(item),
    )


def show_paper(visit: Visit) -> Response:
    service, path, place = _place(visit)
    paper = visit.get(service, f"{place}/papers/{segment(visit.context.path['paper'])}")
    form: dict[str, Any] = paper.get("form") or {}
    people = [v for values in form.values() for v in (values if isinstance(values, list) else [values])]
    people = [v for v in people if isinstance(v, str) and v.isascii() and 0 < len(v) <= 64]
    back = f"/desk/items/{service}/{segment(path)}/{segment(visit.context.path['id'])}"
    return visit.page("paper.html", paper=paper, form=form, back=back, people=[*people, paper.get("by")])


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
    answer = visit.call(
        service,
        "POST",
        f"{place}/proposals/{proposal}/{word}",
        body={"digest": form.get("digest", ""), "reason": form.get("reason", "").strip()},
        headers={"Idempotency-Key": form.get("_key", "") or uuid4().hex},
    )
    answer_of(service, answer)
    item = segment(visit.context.path["id"])
    return redirect(
        f"/desk/items/{service}/{segment(path)}/{item}?{word}d=1"
        if word == "approve"
        else f"/desk/items/{service}/{segment(path)}/{item}?returned=1"
    )


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
