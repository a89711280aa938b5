"""Notices, and the way from one to its item."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.desk.pages.browser import page
from services.desk.pages.render import redirect
from services.desk.pages.visit import NoSuchPage, Visit, answer_of, segment


def inbox(visit: Visit) -> Response:
    """The reader's notices, newest first, with what is to be acknowledged."""
    cursor = visit.context.request.args.get("cursor", "")[:200]
    found = visit.get("notifications", "/inbox", limit="50", **({"cursor": cursor} if cursor else {}))
    notices = _with_numbers(visit, found.get("items", []))
    return visit.page("inbox.html", notices=notices, next=found.get("cursor"), key=uuid4().hex)


def _with_numbers(visit: Visit, notices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Notices with the item's number in place of its id, as far as the reader's own registers tell it."""
    asked: dict[str, dict[str, None]] = {}
    for notice in notices:
        if notice.get("service") and notice.get("subject_ref"):
            asked.setdefault(str(notice["service"]), {})[str(notice["subject_ref"])] = None
    numbers: dict[str, str] = {}
    for service, ids in asked.items():
        numbers |= {one["id"]: one["no"] for one in visit.whereabouts(service, ids) if one["no"]}
    shown = []
    for notice in notices:
        ref = str(notice.get("subject_ref") or "")
        number = numbers.get(ref) or f"{ref[:8]}…"
        texts = {
            k: str(notice[k]).replace(ref, number) for k in ("body_zh", "body_en") if ref and notice.get(k)
        }
        shown.append(notice | texts)
    return shown


def acknowledge(visit: Visit) -> Response:
    form = visit.context.request.form
    answer = visit.call(
        "notifications",
        "POST",
        f"/notices/{segment(visit.context.path['id'])}/acknowledge",
        body={},
        headers={"Idempotency-Key": form.get("_key", "") or uuid4().hex},
    )
    answer_of("notifications", answer)
    return redirect("/desk/inbox")


def find(visit: Visit) -> Response:
    """To the item of a service that a notice speaks of: it names the id and not the kind."""
    service, item = visit.context.path["service"], segment(visit.context.path["id"])
    for one in visit.get(service, "/whereabouts", ids=item)["items"]:
        return redirect(f"/desk/items/{service}/{segment(one['path'])}/{item}")
    raise NoSuchPage


ROUTES = (
    Route("GET", "/find/<service>/<id>", page(find), ("按编号打开", "open an item by its id")),
    Route("GET", "/inbox", page(inbox), ("通知", "notices")),
    Route("POST", "/inbox/<id>/acknowledge", page(acknowledge), ("签收", "acknowledge a notice")),
)
