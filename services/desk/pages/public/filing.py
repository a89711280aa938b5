"""Filing a report without an account: its form, and the receipt code that is shown once."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode
from services.desk.pages.public.tries import FILINGS
from services.desk.pages.public.visiting import Citizen, as_refused, new_key, public_route, rows
from services.desk.pages.visit import Refused

POSITIONS = {
    "unit_leader": ("单位领导班子成员（含主要负责人）", "a member of the unit's leadership"),
    "district_managed": ("其他区管干部", "another official managed by the district"),
    "discipline_office": (
        "派驻纪检监察机构的负责人或工作人员",
        "head or staff of a dispatched discipline office",
    ),
    "other": ("单位其他工作人员", "other staff of the unit"),
    "unknown": ("不清楚", "not known"),
}
NAMINGS = {
    "anonymous": ("匿名", "anonymous"),
    "named": ("实名", "under my name"),
    "pseudonymous": ("化名", "under a pseudonym"),
}
ROWS = 3
_KEY = re.compile(r"[0-9a-f]{32}")


def home(citizen: Citizen) -> Response:
    return citizen.page("public/home.html")


def privacy(citizen: Citizen) -> Response:
    return citizen.page("public/privacy.html")


def form_page(citizen: Citizen) -> Response:
    return _form(citizen)


def file_report(citizen: Citizen) -> Response:
    """File it, and show its code. What was refused is shown at its field, all as typed but for the files."""
    key = citizen.context.request.form.get("_key", "")
    try:
        if not _KEY.fullmatch(key):
            raise Refusal(RefusalCode.MALFORMED)
        report, files = _report(citizen), citizen.files()
        citizen.count(FILINGS)
        filed = citizen.ask("intake", "POST", "/online/reports", {"report": report, "files": files}, key)
    except (Refused, Refusal) as reason:
        refused = as_refused(reason)
        reused = refused.code == RefusalCode.IDEMPOTENCY_KEY_REUSED
        return _form(citizen, refused, new_key() if reused else key)
    return citizen.page("public/receipt.html", code=filed["code"])


def _report(citizen: Citizen) -> dict[str, Any]:
    form = citizen.context.request.form
    if not citizen.typed("unit_id", 64):
        raise Refusal(RefusalCode.MISSING_FIELD, field="unit_id")
    if citizen.typed("position", 64) not in POSITIONS:
        raise Refusal(RefusalCode.MISSING_FIELD, field="position")
    reported = rows(form.getlist("reported_name")[:10], form.getlist("reported_post")[:10])
    identity = {name: citizen.typed(name, 200) for name in ("name", "contact", "address")}
    if any(identity.values()) and not identity["name"]:
        raise Refusal(RefusalCode.MISSING_FIELD, field="name")
    return {
        "unit_id": citizen.typed("unit_id"),
        "reported": [{"name": name, "post": post} for name, post in reported],
        "position": citizen.typed("position"),
        "summary": citizen.typed("summary"),
        "naming": citizen.typed("naming") or "anonymous",
        "petitioners": [identity] if identity["name"] else [],
    }


def _form(citizen: Citizen, refused: Refused | None = None, key: str = "") -> Response:
    units = citizen.ask("notifications", "GET", "/public_units")["units"]
    form = citizen.context.request.form
    reported = list(zip(form.getlist("reported_name"), form.getlist("reported_post"), strict=False))[:10]
    return citizen.page(
        "public/report.html",
        refused=refused,
        form=True,
        units=units,
        positions=POSITIONS,
        namings=NAMINGS,
        typed=form,
        reported=(reported + [("", "")] * ROWS)[: max(ROWS, len(reported))],
        key=key or new_key(),
    )


ROUTES = (
    public_route("GET", "", home, ("公众页", "public page")),
    public_route("GET", "/privacy", privacy, ("隐私说明", "what is kept")),
    public_route("GET", "/report", form_page, ("举报表", "form of a report")),
    public_route("POST", "/report", file_report, ("提交举报", "file a report")),
)
