"""Which forms keep a draft, and at which browser: the pages' side of `services/desk/drafts.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from services.chassis.http import Context
from services.chassis.subject import SEALED
from services.desk import drafts
from services.desk.drafts import FormPlace
from services.desk.pages.browser import set_cookie
from services.desk.pages.fields import Field, Typed
from services.desk.storage import DeskSession

COOKIE = "dengwen_drafts"
COOKIE_LIFE = timedelta(days=30)
KEEPABLE = "_draft"
"""The form's own word that a draft may be kept of it: there when the act's declaration cannot be asked for."""
NOT_TYPED = ("_form", "_do")


def may_be_kept(fields: Iterable[Field], item: Mapping[str, Any] | None) -> bool:
    """Not of forms on sealed items: nothing of those lies anywhere but sealed. Not of forms with passwords."""
    if item is not None and item.get("secrecy") == SEALED:
        return False
    return not any(one.kind == "password" for one in _all(fields))


def place_of(context: Context, session: DeskSession) -> FormPlace | None:
    """None at a browser that has no part of a key yet."""
    part = context.request.cookies.get(COOKIE, "")
    if not 20 <= len(part) <= 64:
        return None
    path = context.path
    return FormPlace(session.account_id, part, path["service"], path["path"], path.get("id", ""), path["act"])


def give_part(context: Context, response: Response) -> None:
    """The browser's part of the key, where it has none: no script reads it."""
    if not 20 <= len(context.request.cookies.get(COOKIE, "")) <= 64:
        set_cookie(context, response, COOKIE, drafts.browser_part(), lasts=COOKIE_LIFE)


def keep(context: Context, session: DeskSession, typed: Typed) -> None:
    """Keep what stands in a form that may be kept; raises Refusal(TOO_LARGE)."""
    place, key = place_of(context, session), typed.get("_key", "")[:64]
    if place is not None and key and KEEPABLE in typed:
        lines = [(name, value) for name, value in typed.items(multi=True) if name not in NOT_TYPED]
        drafts.keep(context.runtime, place, key, lines)


def found(context: Context, session: DeskSession) -> drafts.Draft | None:
    place = place_of(context, session)
    return drafts.find(context.runtime, place) if place else None


def carried_out(context: Context, session: DeskSession, key: str) -> None:
    place = place_of(context, session)
    if place is not None:
        drafts.carried_out(context.runtime, place, key)


def throw_away(context: Context, session: DeskSession) -> None:
    place = place_of(context, session)
    if place is not None:
        drafts.throw_away(context.runtime, place)


def typed_again(draft: drafts.Draft) -> Typed:
    return MultiDict(draft.typed)


def _all(fields: Iterable[Field]) -> Iterator[Field]:
    for one in fields:
        yield one
        yield from _all(one.children)
