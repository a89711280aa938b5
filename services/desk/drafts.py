"""Drafts of forms: what was typed survives a time-out, a closed browser, a service that is away.

The key of a draft is made from two parts: one of the desk's, and one that lies in a cookie of the browser alone. Who
has the database and the desk's keys opens none; nor does their owner at another browser. A draft is there until its
form was carried out, it is thrown away, or KEPT_FOR is over. Real time.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.clock import real_now
from services.chassis.db import insert_or_ignore
from services.chassis.keys import CannotOpen, decrypt, encrypt
from services.chassis.runtime import Runtime
from services.desk.storage import FormDraft

KEPT_FOR = timedelta(days=7)
LARGEST = 200_000
"""Bytes of one draft."""
MOST = 50
"""Drafts of one account; the oldest goes."""

Typed = tuple[tuple[str, str], ...]
"""Names and values as a browser sends them, a name as often as it has values."""


def browser_part() -> str:
    """A browser's part of the keys of its drafts."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True)
class FormPlace:
    """A form at one browser. `item` is empty for a form that opens one."""

    account_id: str
    browser: str
    service: str
    path: str
    item: str
    act: str


@dataclass(frozen=True)
class Draft:
    typed: Typed
    kept_at: datetime


def keep(runtime: Runtime, place: FormPlace, form_key: str, typed: Iterable[tuple[str, str]]) -> None:
    """Keep what is typed now in place of what was. A form that was carried out keeps nothing more.

    Raises Refusal(TOO_LARGE).
    """
    plain = json.dumps([*typed], ensure_ascii=False).encode("utf-8", "replace")
    if len(plain) > LARGEST:
        raise Refusal(RefusalCode.TOO_LARGE)
    key, binding = _key(runtime, place)
    row = {"place": binding, "account_id": place.account_id, "form_key": form_key, "content": b"x"}
    with runtime.db.write() as session:
        session.execute(insert_or_ignore(session, FormDraft).values(**row, kept_at=real_now()))
        kept = session.get_one(FormDraft, binding)
        if kept.form_key == form_key and not kept.content:
            return  # a late save of a form that was sent meanwhile
        kept.form_key, kept.content, kept.kept_at = form_key, encrypt(key, plain, binding.hex()), real_now()
        session.flush()
        _not_too_many(session, place.account_id)


def find(runtime: Runtime, place: FormPlace) -> Draft | None:
    key, binding = _key(runtime, place)
    with runtime.db.read() as session:
        row = session.get(FormDraft, binding)
        if row is None or not row.content or row.kept_at < real_now() - KEPT_FOR:
            return None
        try:
            typed = json.loads(decrypt(key, row.content, binding.hex()))
        except CannotOpen:
            return None
        return Draft(tuple((name, value) for name, value in typed), row.kept_at)


def carried_out(runtime: Runtime, place: FormPlace, form_key: str) -> None:
    """Empty the draft of a form that was carried out; another form's in the same place stays."""
    with runtime.db.write() as session:
        row = session.get(FormDraft, _key(runtime, place)[1])
        if row is not None and row.form_key == form_key:
            row.content = b""


def throw_away(runtime: Runtime, place: FormPlace) -> None:
    with runtime.db.write() as session:
        session.execute(delete(FormDraft).where(FormDraft.place == _key(runtime, place)[1]))


def forget_old(session: Session, now: datetime) -> None:
    session.execute(delete(FormDraft).where(FormDraft.kept_at < now - KEPT_FOR))


def _not_too_many(session: Session, account_id: str) -> None:
    mine = FormDraft.account_id == account_id
    over = (session.scalar(select(func.count()).select_from(FormDraft).where(mine)) or 0) - MOST
    if over > 0:
        oldest = select(FormDraft).where(mine).order_by(FormDraft.kept_at, FormDraft.place).limit(over)
        for row in session.scalars(oldest):
            session.delete(row)


def _key(runtime: Runtime, place: FormPlace) -> tuple[bytes, bytes]:
    """The key of a draft, and the name of its row: neither tells the other, nor of which form it is."""
    form = [place.account_id, place.browser, place.service, place.path, place.item, place.act]
    told = json.dumps(form).encode()
    return runtime.ring.mark("drafts", told), runtime.ring.mark("places of drafts", told)
