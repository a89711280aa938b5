"""Sealed items: the person's key is unlocked for the session, and what was sealed to it opened in memory."""

from __future__ import annotations

import base64
import json
from typing import Any

from nacl.public import PrivateKey
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode
from services.chassis.clock import real_now
from services.chassis.http import Route
from services.chassis.keys import CannotOpen, unseal
from services.chassis.media import media_type_of
from services.chassis.work import begin
from services.desk import private_keys
from services.desk.domain.session_life import ends_at
from services.desk.pages.browser import HOME, page, safe
from services.desk.pages.items import download, people_in
from services.desk.pages.render import redirect
from services.desk.pages.visit import NoSuchPage, Refused, Visit, segment
from services.desk.private_keys import OPENED
from services.desk.signing_in import actor_of


def unlock_page(visit: Visit) -> Response:
    return _unlock_page(visit)


def unlock(visit: Visit) -> Response:
    """Make the person's key at first use, open it for this session, or change its passphrase."""
    form = visit.context.request.form
    passphrase = form.get("passphrase", "")[:1000]
    try:
        if form.get("_do") == "register":
            _same(passphrase, form.get("again", ""))
            _register(visit, passphrase)
        elif form.get("_do") == "change":
            _same(form.get("new_passphrase", ""), form.get("again", ""))
            _change(visit, passphrase, form.get("new_passphrase", "")[:1000])
        elif form.get("_do") == "forget":
            OPENED.forget(visit.session.id)
        else:
            _open(visit, passphrase)
    except Refusal as refusal:
        return _unlock_page(visit, refusal)
    return redirect(safe(form.get("next", HOME)))


def show(visit: Visit) -> Response:
    """A delivered petition, opened for its addressee. The reading is logged by intake."""
    key = OPENED.find(visit.session.id, real_now())
    place = visit.context.path["id"]
    if key is None:
        return redirect(f"/desk/unlock?next=/desk/sealed/{segment(place)}")
    parts = _parts(visit, key)
    contents: list[dict[str, Any]] = [json.loads(body) for body in parts if _holds_papers(body)]
    attachments = [
        {"number": n, "size": len(body)} for n, body in enumerate(parts) if not _holds_papers(body)
    ]
    papers = [
        {"kind": p.get("kind"), "at": p.get("at"), "form": p.get("paper", {}).get("form", {})}
        for content in contents
        for p in content.get("papers", [])
    ]
    people = people_in([paper["form"] for paper in papers])
    return visit.page("sealed.html", papers=papers, attachments=attachments, id=place, people=people)


def _holds_papers(body: bytes) -> bool:
    """The first part, and what a petitioner added online since; no attachment begins so (`media_type_of`)."""
    return body.startswith(b'{"papers":')


def show_part(visit: Visit) -> Response:
    key = OPENED.find(visit.session.id, real_now())
    number = visit.context.path["part"]
    if key is None or not (number.isascii() and number.isdigit()):
        raise NoSuchPage
    parts = _parts(visit, key)
    if not 0 < int(number) < len(parts) or _holds_papers(parts[int(number)]):
        raise NoSuchPage
    body = parts[int(number)]
    return download(body, media_type_of(body), f"sealed{number}")


def _parts(visit: Visit, key: PrivateKey) -> list[bytes]:
    sealed = visit.get("intake", f"/petitions/{segment(visit.context.path['id'])}/sealed")
    try:
        return [unseal(key, base64.b64decode(part)) for part in sealed["parts"]]
    except CannotOpen:
        raise Refused(
            409,
            {
                "code": "SEALED_ITEM",
                "detail": "该密件不是用您现用的密钥封装的。",
                "clauses": ["LZ-12.3"],
                "detail_en": "This item was sealed to another key than yours.",
            },
        ) from None


def _unlock_page(visit: Visit, refusal: Refusal | None = None) -> Response:
    request = visit.context.request
    with visit.context.runtime.db.read() as session:
        key = private_keys.key_of(session, visit.session.person_id)
    return visit.page(
        "unlock.html",
        status=refusal.code.status if refusal else 200,
        has_key=key is not None,
        opened=OPENED.find(visit.session.id, real_now()) is not None,
        refusal=refusal,
        next=safe(request.values.get("next", "/desk/unlock")),
    )


def _register(visit: Visit, passphrase: str) -> None:
    paper = private_keys.new_registration(visit.session.person_id, passphrase)
    with begin(visit.context.runtime) as work:
        work.actor = actor_of(work, visit.session)
        private_keys.register(work, paper)
    _open(visit, passphrase)


def _open(visit: Visit, passphrase: str) -> PrivateKey:
    with visit.context.runtime.db.read() as session:
        row = private_keys.key_of(session, visit.session.person_id)
    if row is None:
        raise Refusal(
            RefusalCode.PRECONDITION_NOT_MET, detail_zh="尚未启用密件密钥。", detail_en="There is no key yet."
        )
    key = private_keys.opened(row, passphrase)
    now = real_now()
    OPENED.keep(visit.session.id, key, ends_at(visit.session.started_at, now))
    return key


def _change(visit: Visit, passphrase: str, new: str) -> None:
    key = _open(visit, passphrase)
    paper = private_keys.new_wrapping(key, visit.session.person_id, new)
    with begin(visit.context.runtime) as work:
        work.actor = actor_of(work, visit.session)
        row = private_keys.key_of(work.session, visit.session.person_id)
        if row is not None:
            private_keys.change_passphrase(work, row, paper)


def _same(one: str, other: str) -> None:
    if one != other:
        raise Refusal(
            RefusalCode.INVALID_FIELD,
            field="again",
            detail_zh="两次输入不一致。",
            detail_en="The two entries differ.",
        )


ROUTES = (
    Route("GET", "/unlock", page(unlock_page), ("密件密钥", "key for sealed items")),
    Route("POST", "/unlock", page(unlock), ("解锁密钥", "unlock the key")),
    Route(
        "GET",
        "/sealed/<id>",
        page(show),
        ("密件（仅收件人）", "a sealed item, for its addressee"),
        clauses=("LZ-12.3",),
        counted_as="/items/<service>/<path>/<id>",
    ),
    Route(
        "GET",
        "/sealed/<id>/parts/<part>",
        page(show_part),
        ("密件附件", "an attachment of a sealed item"),
        clauses=("LZ-12.3",),
        counted_as="/items/<service>/<path>/<id>/attachments/<attachment>",
    ),
)
