"""Browsers: the session cookie, the token in every form, and what a page answers when something is refused."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from contracts.refusals import Refusal, RefusalCode, problem
from services.chassis.http import Context, Handler
from services.desk.pages.render import redirect, render
from services.desk.pages.visit import Away, NoSuchPage, Refused, Visit, segment
from services.desk.pages.words import Language
from services.desk.signing_in import session_by_secret, session_that_ran_out
from services.desk.storage import DeskSession

SESSION, BEFORE, LANGUAGE = "dengwen_session", "dengwen_before", "dengwen_language"
HOME = "/desk/"
SIGN_IN = "/desk/sign-in"
SIGNED_OUT = ("UNAUTHENTICATED", "TOKEN_EXPIRED", "SESSION_REVOKED")

PageHandler = Callable[[Visit], Response]


class ForeignForm(Exception):
    """A form that this session was not given: expired, or another site's."""


def page(handler: PageHandler, timed_out: Callable[[Context, DeskSession], str] | None = None) -> Handler:
    """A page for signed-in readers; whatever is refused or away becomes a page as well.

    `timed_out`: what to do with a form that came too late, in a session that only ran out of time; it answers where
    to go on after signing in again.
    """

    def handle(context: Context) -> Response:
        language = language_of(context.request)
        secret = context.request.cookies.get(SESSION, "")
        try:
            session = session_by_secret(context.runtime, secret)
        except Refusal as refusal:
            if timed_out and refusal.code == RefusalCode.TOKEN_EXPIRED and context.request.method == "POST":
                return _too_late(context, secret, timed_out)
            return to_sign_in(context.request)
        visit = Visit(context, session, language)
        try:
            if context.request.method == "POST":
                check_form(context.request, session.form_token)
            return handler(visit)
        except (ForeignForm, NoSuchPage, Away, Refused, Refusal, HTTPException) as reason:
            return _instead(visit, reason)
        finally:
            context.request.close()  # what was uploaded may stand in temporary files

    return handle


def _too_late(context: Context, secret: str, timed_out: Callable[[Context, DeskSession], str]) -> Response:
    try:
        session = session_that_ran_out(context.runtime, secret)
        check_form(context.request, session.form_token)
        back = timed_out(context, session)
    except (ForeignForm, Refusal, HTTPException):
        return to_sign_in(context.request)
    finally:
        context.request.close()
    return redirect(f"{SIGN_IN}?next={quote(safe(back))}")


def _instead(visit: Visit, reason: Exception) -> Response:
    """The page that is shown instead of the one that could not be made."""
    if isinstance(reason, ForeignForm):
        return visit.page("foreign_form.html", status=403)
    if isinstance(reason, NoSuchPage):
        return visit.page("no_such_page.html", status=404)
    if isinstance(reason, Away):
        return visit.page("away.html", status=503, service=reason.service)
    if isinstance(reason, HTTPException):
        reason = Refusal(RefusalCode.TOO_LARGE if reason.code == 413 else RefusalCode.MALFORMED)
    if isinstance(reason, Refusal):
        reason = Refused(reason.code.status, problem(reason))
    if not isinstance(reason, Refused):
        raise reason
    if reason.code in SIGNED_OUT:
        return to_sign_in(visit.context.request)
    return visit.page(
        "refused.html", status=reason.status, problem=reason.problem, back=_item_of(visit, reason)
    )


def _item_of(visit: Visit, reason: Refused) -> str:
    """The item that the page belongs to, to go on from there; empty where there is none for this reader."""
    path = visit.context.path
    if not {"service", "path", "id"} <= set(path) or reason.code == RefusalCode.UNKNOWN_REFERENCE:
        return ""
    return "/desk/items/" + "/".join(segment(path[part]) for part in ("service", "path", "id"))


def open_page(handler: Callable[[Context, Language], Response]) -> Handler:
    """A page that needs no sign-in: signing in itself."""

    def handle(context: Context) -> Response:
        language = language_of(context.request)
        try:
            if context.request.method == "POST":
                check_form(context.request, context.request.cookies.get(BEFORE, ""))
            return handler(context, language)
        except (ForeignForm, HTTPException):
            return render("foreign_form_outside.html", language, status=403)

    return handle


def check_form(request: Request, expected: str) -> None:
    """Raises ForeignForm unless the form carries this session's token and comes from one of our pages."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise ForeignForm
    given = request.form.get("_form", "")
    if not expected or not hmac.compare_digest(given.encode(), expected.encode()):
        raise ForeignForm


def to_sign_in(request: Request) -> Response:
    """To the sign-in page, and back afterwards to a page that was asked for by GET."""
    back = request.full_path.rstrip("?") if request.method == "GET" else HOME
    return redirect(f"{SIGN_IN}?next={quote(back)}" if safe(back) != HOME else SIGN_IN)


def safe(target: str) -> str:
    """The target if it is a page of the desk, else home: nobody is sent elsewhere by a link to us."""
    plain = target.startswith("/desk/") and "\\" not in target and not any(ord(c) < 33 for c in target)
    return target if plain and len(target) < 2000 else HOME


def language_of(request: Request) -> Language:
    return Language(request.cookies.get(LANGUAGE, "zh"))


def is_https(context: Context) -> bool:
    forwarded = context.request.headers.get("X-Forwarded-Proto", "")
    return context.request.is_secure or (context.runtime.settings.behind_gateway and forwarded == "https")


def set_cookie(
    context: Context,
    response: Response,
    name: str,
    value: str,
    path: str = "/desk",
    lasts: timedelta | None = None,
) -> None:
    """A cookie until the browser closes, or for as long as it `lasts`; for our pages alone; no script can read it."""
    response.set_cookie(
        name, value, path=path, httponly=True, samesite="Strict", secure=is_https(context), max_age=lasts
    )


def new_form_token() -> str:
    return secrets.token_urlsafe(24)
