"""Single sign-on on the pages: to the issuer, and back with an answer that becomes a session, or a page that says no.

The cookie between the two is `Lax`: the answer comes by a link from another site. The session's is `Strict`, and would
not be sent along on a redirection from there: so the reader gets a page of ours, and goes on from that.
"""

from __future__ import annotations

from functools import cache

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode
from services.chassis.clock import real_now
from services.chassis.http import Context, Route
from services.chassis.runtime import Runtime
from services.chassis.settings import SingleSignOn
from services.desk import signing_in
from services.desk.pages.browser import HOME, is_https, open_page, safe
from services.desk.pages.entrance import enrolment, entrance, signed_in
from services.desk.pages.render import redirect, render
from services.desk.pages.words import Language
from services.desk.single_sign_on import (
    ATTEMPT_LIFE,
    Attempt,
    Identity,
    NotSignedOn,
    Provider,
    new_attempt,
    opened,
    sealed,
)
from services.desk.storage import UsedSignOn

COOKIE, PLACE = "dengwen_sign_on", "/desk/single-sign-on"
LONGEST = 4000
log = structlog.get_logger("dengwen.single_sign_on")


@cache
def provider_of(settings: SingleSignOn) -> Provider:
    return Provider(settings)


def begin(context: Context, language: Language) -> Response:
    """To the issuer, with what it takes to know the answer again."""
    attempt = new_attempt(safe(context.query("next", HOME, longest=2000)))
    try:
        response = redirect(_provider(context).address(attempt))
    except NotSignedOn as why:
        return _refused(context, language, why)
    response.set_cookie(
        COOKIE, sealed(context.runtime.ring, attempt), path=PLACE, httponly=True, samesite="Lax",
        secure=is_https(context), max_age=int(ATTEMPT_LIFE.total_seconds()),
    )  # fmt: skip
    return response


def come_back(context: Context, language: Language) -> Response:
    """From the issuer: one answer to each attempt, in the browser that began it."""
    given = {name: context.request.args.get(name, "")[:LONGEST] for name in ("code", "state", "iss", "error")}
    try:
        attempt = opened(context.runtime.ring, context.request.cookies.get(COOKIE, "")[:LONGEST])
        provider = _provider(context)
        _use_up(context.runtime, attempt)
        identity = provider.identity(attempt, given)
        response = _signed_on(context, language, identity, attempt.target)
    except NotSignedOn as why:
        signing_in.audit_foreign_refusal(context.runtime)
        response = _refused(context, language, why)
    response.delete_cookie(COOKIE, path=PLACE)
    return response


def _signed_on(context: Context, language: Language, identity: Identity, target: str) -> Response:
    try:
        found = signing_in.sign_in_by_identity(
            context.runtime, identity.issuer, identity.subject, context.source()
        )
    except signing_in.CodeAsked as asked:
        return entrance(context, language, "sign_in_code.html", ticket=asked.ticket, next=target)
    except signing_in.EnrolmentAsked as asked:
        return enrolment(context, language, asked.offered, target)
    except Refusal as refusal:
        return entrance(context, language, "sign_in.html", refusal, next=target)
    onward = "/desk/post" if len(found.posts) > 1 else target
    return signed_in(context, found, target, render("signed_on.html", language, target=onward))


def _provider(context: Context) -> Provider:
    settings = context.runtime.settings.single_sign_on
    if settings is None:
        raise NotSignedOn("not_configured")
    return provider_of(settings)


def _use_up(runtime: Runtime, attempt: Attempt) -> None:
    """An attempt counts once, on any desk process; raises NotSignedOn for the second time."""
    try:
        with runtime.db.write() as session:
            session.execute(delete(UsedSignOn).where(UsedSignOn.used_at < real_now() - 2 * ATTEMPT_LIFE))
            session.add(UsedSignOn(digest=attempt.digest, used_at=real_now()))
    except IntegrityError:
        raise NotSignedOn("attempt_used") from None


def _refused(context: Context, language: Language, why: NotSignedOn) -> Response:
    """One page for whatever was wrong; the log has the code."""
    log.warning("not_signed_on", service=context.runtime.name, reason=why.reason)
    refusal = Refusal(
        RefusalCode.UNAUTHENTICATED,
        detail_zh="单点登录未完成，请重试或者用口令登录。",
        detail_en="Single sign-on did not succeed: try again, or use your password.",
    )
    return entrance(context, language, "sign_in.html", refusal, next=HOME)


ROUTES = (
    Route("GET", "/single-sign-on", open_page(begin), ("单点登录", "single sign-on"), signed_in=False),
    Route(
        "GET", "/single-sign-on/return", open_page(come_back), ("单点登录返回", "back from single sign-on"),
        signed_in=False,
    ),
)  # fmt: skip
