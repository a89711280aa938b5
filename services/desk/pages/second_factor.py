"""The second factor on the pages: the code as the second step of a sign-in, enrolment, recovery codes shown once."""

from __future__ import annotations

from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode, problem
from services.chassis.http import Context, Route
from services.desk import second_factor, signing_in
from services.desk.pages.browser import HOME, open_page, page, safe
from services.desk.pages.entrance import enrolment, entrance, signed_in
from services.desk.pages.qr_code import picture_of
from services.desk.pages.visit import Visit
from services.desk.pages.words import Language
from services.desk.second_factor import Offered
from services.desk.storage import Account

LONGEST_CODE, LONGEST_TICKET = 40, 2000


def give_code(context: Context, language: Language) -> Response:
    """The second step of a sign-in."""
    form = context.request.form
    ticket, target = form.get("ticket", "")[:LONGEST_TICKET], safe(form.get("next", HOME))
    try:
        opened = signing_in.sign_in_with_ticket(
            context.runtime, ticket, form.get("code", "")[:LONGEST_CODE], context.source()
        )
    except signing_in.MustChangePassword:
        return entrance(context, language, "change_password.html", must=True)
    except Refusal as refusal:
        if refusal.code in (RefusalCode.UNAUTHENTICATED, RefusalCode.TOKEN_EXPIRED):
            return entrance(context, language, "sign_in.html", refusal, next=target)
        return entrance(context, language, "sign_in_code.html", refusal, ticket=ticket, next=target)
    return signed_in(context, opened, target)


def enrol_at_sign_in(context: Context, language: Language) -> Response:
    """The end of a sign-in that had to wait for the enrolment."""
    form = context.request.form
    ticket, target = form.get("ticket", "")[:LONGEST_TICKET], safe(form.get("next", HOME))
    try:
        opened, codes = signing_in.enrol_and_sign_in(
            context.runtime, ticket, form.get("code", "")[:LONGEST_CODE], context.source()
        )
    except Refusal as refusal:
        try:
            offered = second_factor.offered_in(context.runtime.ring, ticket)
        except Refusal as over:
            return entrance(context, language, "sign_in.html", over, next=target)
        return enrolment(context, language, offered, target, refusal)
    onward = "/desk/post" if len(opened.posts) > 1 else target
    shown = entrance(context, language, "recovery_codes.html", codes=codes, next=onward)
    return signed_in(context, opened, target, shown)


def own_page(visit: Visit) -> Response:
    return _own(visit)


def own(visit: Visit) -> Response:
    """Of who is signed in: ask for a new second factor (with the password again), then confirm it."""
    form = visit.context.request.form
    code = form.get("code", "")[:LONGEST_CODE]
    if form.get("_do") == "confirm":
        return _confirmed(visit, form.get("ticket", "")[:LONGEST_TICKET], code)
    try:
        offered = signing_in.offer_second_factor(
            visit.context.runtime,
            visit.session.account_id,
            form.get("password", "")[:1000],
            code,
            visit.context.source(),
        )
    except Refusal as refusal:
        return _own(visit, refusal)
    return _own(visit, offered=offered)


def _confirmed(visit: Visit, ticket: str, code: str) -> Response:
    runtime = visit.context.runtime
    offered: Offered | None = None
    try:
        offered = second_factor.offered_in(runtime.ring, ticket)
        _, codes = signing_in.enrol_second_factor(runtime, ticket, code, visit.context.source())
    except Refusal as refusal:
        wrong = refusal.code is RefusalCode.SECOND_FACTOR_WRONG
        return _own(visit, refusal, offered if wrong else None)
    return visit.page("own_recovery_codes.html", codes=codes)


def _own(visit: Visit, refusal: Refusal | None = None, offered: Offered | None = None) -> Response:
    with visit.context.runtime.db.read() as session:
        enrolled = session.get_one(Account, visit.session.account_id).second_factor
        left = second_factor.recovery_codes_left(session, visit.session.account_id)
    return visit.page(
        "second_factor.html",
        status=refusal.code.status if refusal else 200,
        problem=problem(refusal) if refusal else None,
        enrolled=enrolled,
        left=left,
        offered=offered,
        picture=picture_of(offered.address) if offered else None,
    )


ROUTES = (
    Route("POST", "/sign-in/code", open_page(give_code), ("登录验证码", "code at sign-in"), signed_in=False),
    Route(
        "POST", "/enrol", open_page(enrol_at_sign_in), ("启用动态验证码", "enrol at sign-in"), signed_in=False
    ),
    Route("GET", "/second-factor", page(own_page), ("动态验证码", "one's second factor")),
    Route("POST", "/second-factor", page(own), ("更换动态验证码", "a new second factor of one's own")),
)
