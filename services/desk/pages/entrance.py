"""Signing in and out, changing one's password, choosing the post in use and the language."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, problem
from services.chassis.http import Context, Route
from services.chassis.tables import DirectoryAssignment
from services.desk import signing_in
from services.desk.pages.browser import (
    BEFORE,
    HOME,
    LANGUAGE,
    SESSION,
    SIGN_IN,
    new_form_token,
    open_page,
    page,
    safe,
    set_cookie,
)
from services.desk.pages.qr_code import picture_of
from services.desk.pages.render import HERE, redirect, render
from services.desk.pages.visit import Visit
from services.desk.pages.words import Language
from services.desk.second_factor import Offered
from services.desk.storage import Account

STATIC = {
    "desk.css": "text/css",
    "drafts.js": "text/javascript",
    "htmx.min.js": "text/javascript",
    "keys.js": "text/javascript",
}
"""Files that every page may ask for, by their types; no other file of the folder is given out."""
FILES = {name: (HERE / "static" / name).read_bytes() for name in STATIC}


def sign_in_page(context: Context, language: Language) -> Response:
    return entrance(context, language, "sign_in.html", next=safe(context.query("next", HOME, longest=2000)))


def sign_in(context: Context, language: Language) -> Response:
    form = context.request.form
    target = safe(form.get("next", HOME))
    account = form.get("account", "").strip()[:100]
    try:
        opened = signing_in.sign_in(
            context.runtime, account, form.get("password", "")[:1000], context.source()
        )
    except signing_in.MustChangePassword:
        return entrance(context, language, "change_password.html", account=account, must=True)
    except signing_in.CodeAsked as asked:
        return entrance(context, language, "sign_in_code.html", ticket=asked.ticket, next=target)
    except signing_in.EnrolmentAsked as asked:
        return enrolment(context, language, asked.offered, target)
    except Refusal as refusal:
        return entrance(context, language, "sign_in.html", refusal, next=target, account=account)
    return signed_in(context, opened, target)


def signed_in(
    context: Context, opened: signing_in.SignedIn, target: str, shown: Response | None = None
) -> Response:
    """On to where the reader wanted to go, or to a page that is `shown` first; with the session's cookie."""
    response = shown or redirect("/desk/post" if len(opened.posts) > 1 else target)
    set_cookie(context, response, SESSION, opened.secret)
    response.delete_cookie(BEFORE, path="/desk")
    return response


def change_password_page(context: Context, language: Language) -> Response:
    return entrance(context, language, "change_password.html")


def change_password(context: Context, language: Language) -> Response:
    form = context.request.form
    account, new = form.get("account", "").strip()[:100], form.get("new_password", "")[:1000]
    try:
        if new != form.get("again", ""):
            return entrance(context, language, "change_password.html", account=account, differ=True)
        signing_in.change_password(
            context.runtime,
            account,
            form.get("old_password", "")[:1000],
            new,
            context.source(),
            form.get("code", "")[:40],
        )
    except Refusal as refusal:
        return entrance(context, language, "change_password.html", refusal, account=account)
    return entrance(context, language, "sign_in.html", changed=True, account=account, next=HOME)


def sign_out(visit: Visit) -> Response:
    with suppress(Refusal):  # the post may have ended meanwhile; the cookie goes all the same
        signing_in.sign_out(visit.context.runtime, signing_in.claims_of(visit.session))
    response = redirect(SIGN_IN)
    response.delete_cookie(SESSION, path="/desk")
    return response


def choose_post_page(visit: Visit) -> Response:
    return visit.page("choose_post.html", posts=_posts(visit))


def choose_post(visit: Visit) -> Response:
    signing_in.use_post(visit.context.runtime, visit.session, visit.context.request.form.get("post", "")[:64])
    return redirect(HOME)


def choose_language(context: Context) -> Response:
    code = "en" if context.path["code"] == "en" else "zh"
    response = redirect(safe(context.query("next", HOME, longest=2000)))
    set_cookie(context, response, LANGUAGE, code)
    return response


def static_file(context: Context) -> Response:
    name = context.path["file"]
    if name not in FILES:
        raise Refusal(RefusalCode.NOT_FOUND_ROUTE)
    response = Response(FILES[name], mimetype=STATIC[name])
    response.headers["Cache-Control"] = "max-age=300"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def home(_: Context) -> Response:
    return redirect(HOME)


def entrance(
    context: Context, language: Language, template: str, refusal: Refusal | None = None, **values: Any
) -> Response:
    """A page for who is not signed in, with the token that its form sends back."""
    token = context.request.cookies.get(BEFORE) or new_form_token()
    response = render(
        template,
        language,
        status=refusal.code.status if refusal else 200,
        problem=problem(refusal) if refusal else None,
        form_token=token,
        single_sign_on=context.runtime.settings.single_sign_on is not None,
        **values,
    )
    set_cookie(context, response, BEFORE, token)
    return response


def enrolment(
    context: Context, language: Language, offered: Offered, target: str, refusal: Refusal | None = None
) -> Response:
    """The page on which who is not signed in yet enrols a second factor."""
    picture = picture_of(offered.address)
    return entrance(context, language, "enrol.html", refusal, offered=offered, picture=picture, next=target)


def _posts(visit: Visit) -> list[DirectoryAssignment]:
    with visit.context.runtime.db.read() as session:
        return signing_in.posts_of(session, session.get_one(Account, visit.session.account_id))


ROUTES = (
    Route("GET", "/", home, ("首页", "home"), signed_in=False, absolute=True),
    Route("GET", "/sign-in", open_page(sign_in_page), ("登录页", "sign-in page"), signed_in=False),
    Route("POST", "/sign-in", open_page(sign_in), ("登录", "sign in"), signed_in=False),
    Route(
        "GET",
        "/change-password",
        open_page(change_password_page),
        ("更改口令", "change password"),
        signed_in=False,
    ),
    Route(
        "POST",
        "/change-password",
        open_page(change_password),
        ("更改口令", "change password"),
        signed_in=False,
    ),
    Route("POST", "/sign-out", page(sign_out), ("退出", "sign out")),
    Route("GET", "/post", page(choose_post_page), ("选择岗位", "choose a post")),
    Route("POST", "/post", page(choose_post), ("选择岗位", "choose a post")),
    Route("GET", "/language/<code>", choose_language, ("语言", "language"), signed_in=False),
    Route("GET", "/static/<file>", static_file, ("样式和脚本", "style sheet and scripts"), signed_in=False),
)
