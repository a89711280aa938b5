"""Following a report by its receipt code, and adding to it. The code travels in forms alone, never in an address."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode
from services.desk.pages.public.tries import CODES, FILINGS
from services.desk.pages.public.visiting import Citizen, as_refused, new_key, public_route
from services.desk.pages.visit import Refused

ANSWERS = {
    "acknowledged": ("受理告知", "taken up"),
    "outcome": ("办理结果", "outcome"),
    "answer": ("答复", "answer"),
}


def follow_page(citizen: Citizen) -> Response:
    return citizen.page("public/follow.html", form=True)


def follow(citizen: Citizen) -> Response:
    """How far it is, and what was answered; a code that is none is counted like a wrong password."""
    try:
        code = _code(citizen)
        found = _looked_up(citizen, code)
    except (Refused, Refusal) as reason:
        return citizen.page("public/follow.html", refused=as_refused(reason), form=True)
    return _followed(citizen, code, found)


def add(citizen: Citizen) -> Response:
    """Put more to a report; a double click adds once."""
    try:
        code = _code(citizen)
        found = _looked_up(citizen, code)
    except (Refused, Refusal) as reason:
        return citizen.page("public/follow.html", refused=as_refused(reason), form=True)
    key = citizen.typed("_key", 64)
    try:
        body = {"code": code, "addition": {"text": citizen.typed("text")}, "files": citizen.files()}
        citizen.count(FILINGS)
        citizen.ask("intake", "POST", "/online/additions", body, key)
    except (Refused, Refusal) as reason:
        return _followed(citizen, code, found, as_refused(reason), text=citizen.typed("text"), key=key)
    return _followed(citizen, code, found, added=True)


def _code(citizen: Citizen) -> str:
    code = citizen.typed("code", 100)
    if not code:
        raise Refusal(RefusalCode.MISSING_FIELD, field="code")
    return code


def _looked_up(citizen: Citizen, code: str) -> dict[str, Any]:
    citizen.count(CODES)
    found = citizen.ask("intake", "POST", "/online/followed", {"code": code})
    citizen.take_back(CODES)
    return found


def _followed(
    citizen: Citizen, code: str, found: dict[str, Any], refused: Refused | None = None, **more: Any
) -> Response:
    values: dict[str, Any] = {"text": "", "added": False, "key": new_key()} | more
    return citizen.page(
        "public/followed.html", refused=refused, form=True, code=code, found=found, kinds=ANSWERS, **values
    )


ROUTES = (
    public_route("GET", "/follow", follow_page, ("查询进度", "follow a report")),
    public_route("POST", "/follow", follow, ("查询进度", "follow a report")),
    public_route("POST", "/add", add, ("补充举报", "add to a report")),
)
