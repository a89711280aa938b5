"""Notices, and the way from one to its item."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from werkzeug.wrappers import Response

from services.chassis.http import Route
from services.desk.pages.browser import page
from services.desk.pages.render import redirect
from services.desk.pages.visit import Away, NoSuchPage, Refused, Visit, answer_of, segment


def inbox(visit: Visit) -> Response:
    """The reader's notices, newest first, with what is to be acknowledged."""
    cursor = visit.context.request.args.get("cursor", "")[:200]
    found = visit.get("notifications", "/inbox", limit="50", **({"cursor": cursor} if cursor else {}))
    notices = _with_numbers(visit, found.get("items", []))
    return visit.page("inbox.html", notices=notices, next=found.get("cursor"), key=uuid4().hex)


def _with_numbers(visit: Visit, notices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Notices with the item's number in place of its id, as far as the reader's own registers tell it."""
    numbers: dict[str, str] = {}
    for service in sorted({str(n["service"]) for n in notices if n.get("service") and n.get("subject_ref")}):
        numbers |= _numbers_of(visit, service)
    shown = []
    for notice in notices:
        ref = str(notice.get("subject_ref") or "")
        number = numbers.get(ref) or f"{ref[:8]}…"
        texts = {
            k: str(notice[k]).replace(ref, number) for k in ("body_zh", "body_en") if ref and notice.get(k)
        }
        shown.append(notice | texts)
    return shown


def _numbers_of(visit: Visit, service: str) -> dict[str, str]:
    """Numbers by id of the newest items of a service that the reader may know of; a list leaves no refusals behind."""
    found: dict[str, str] = {}
    try:
        for path in dict.fromkeys(act["path"] for act in visit.get(service, "/acts").get("acts", [])):
            items = visit.get(service, f"/{segment(path)}", limit="200").get("items", [])
            found |= {str(item["id"]): str(item["no"]) for item in items if item["no"]}
    except (Away, Refused, NoSuchPage):
        pass
    return found


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
    for path in dict.fromkeys(act["path"] for act in visit.get(service, "/acts").get("acts", [])):
        try:
            visit.get(service, f"/{segment(path)}/{item}")
        except (Refused, NoSuchPage):
            continue
        return redirect(f"/desk/items/{service}/{segment(path)}/{item}")
    raise NoSuchPage


ROUTES = (
    Route("GET", "/find/<service>/<id>", page(find), ("按编号打开", "open an item by its id")),
    Route("GET", "/inbox", page(inbox), ("通知", "notices")),
    Route("POST", "/inbox/<id>/acknowledge", page(acknowledge), ("签收", "acknowledge a notice")),
)
