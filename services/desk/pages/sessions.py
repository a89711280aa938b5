"""Where one is signed in: the open sessions of one's own account, and ending them."""

from __future__ import annotations

from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode
from services.chassis.clock import real_now
from services.chassis.http import Route
from services.desk.open_sessions import end_one, end_others, open_sessions
from services.desk.pages.browser import page
from services.desk.pages.entrance import sign_out
from services.desk.pages.render import redirect
from services.desk.pages.visit import Visit
from services.desk.signing_in import claims_of, posts_of
from services.desk.storage import Account

HERE = "/desk/my-sessions"


def my_sessions(visit: Visit) -> Response:
    with visit.context.runtime.db.read() as session:
        rows = open_sessions(session, visit.session.account_id, real_now())
        held = posts_of(session, session.get_one(Account, visit.session.account_id))
    posts = {post.assignment_id: post for post in held}
    return visit.page("sessions.html", rows=rows, posts=posts)


def end(visit: Visit) -> Response:
    """End all others, or one; one that is over meanwhile is what was wanted. This one: as signing out."""
    which = visit.context.request.form.get("_do", "")[:64]
    runtime, claims = visit.context.runtime, claims_of(visit.session)
    if which == visit.session.id:
        return sign_out(visit)
    if which == "others":
        end_others(runtime, claims)
        return redirect(HERE)
    try:
        end_one(runtime, claims, which)
    except Refusal as refusal:
        if refusal.code is not RefusalCode.UNKNOWN_REFERENCE:
            raise
    return redirect(HERE)


ROUTES = (
    Route("GET", "/my-sessions", page(my_sessions), ("本人的会话", "one's own sessions")),
    Route("POST", "/my-sessions", page(end), ("结束会话", "end sessions of one's own")),
)
