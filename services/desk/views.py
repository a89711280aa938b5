"""The desk's API beside its items: sessions and passwords. The pages are in `pages/`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from werkzeug.wrappers import Response

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import load_actor
from services.chassis.auth import TOKEN_LIFE
from services.chassis.clock import real_now
from services.chassis.http import Context, Route, json_response
from services.chassis.tables import DirectoryAssignment
from services.chassis.work import begin, look
from services.desk import signing_in
from services.desk.domain.session_life import ends_at
from services.desk.open_sessions import end_one, end_others, open_sessions
from services.desk.passwords import hash_password
from services.desk.storage import DeskSession


def open_session(context: Context) -> Response:
    """Sign in: `{"account", "password", "post"?, "code"?}`. The token is short-lived; `refresh` gets the next one.

    `code`: of the authenticator, or a recovery code; without it who has a second factor gets SECOND_FACTOR_REQUIRED.
    """
    given = _texts(context, ("account", "password"), ("post", "code"))
    opened = signing_in.sign_in(
        context.runtime, given["account"], given["password"], context.source(), given["post"], given["code"]
    )
    posts = [_post(post) for post in opened.posts]
    return json_response(
        _told(context, opened.session) | {"refresh": opened.secret, "posts": posts}, status=201
    )


def refresh_session(context: Context) -> Response:
    """The next token: `{"refresh", "post"?}`; with `post`, in another post that the person holds."""
    given = _texts(context, ("refresh",), ("post",))
    session = signing_in.session_by_secret(context.runtime, given["refresh"])
    if given["post"] and given["post"] != session.assignment_id:
        session = signing_in.use_post(context.runtime, session, given["post"])
    return json_response(_told(context, session))


def end_session(context: Context) -> Response:
    """Sign out: the token's session ends, and with it every token of it."""
    signing_in.sign_out(context.runtime, context.claims())
    return Response(status=204)


def list_sessions(context: Context) -> Any:
    """One's own open sessions, the one used last first. `source`: an address without its last part."""
    claims = context.claims()
    with look(context.runtime) as work:
        load_actor(work.session, claims, work.today)
        rows = open_sessions(work.session, claims.account_id, work.real)
        return {"items": [session_line(row, claims.session_id) for row in rows]}


def session_line(row: DeskSession, here: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "post": row.assignment_id,
        "since": row.started_at.isoformat(),
        "last_used": row.seen_at.isoformat(),
        "source": row.source,
        "proven_by": row.proven_by,
        "this": row.id == here,
    }


def end_a_session(context: Context) -> Response:
    """End one of one's own sessions: its tokens are void everywhere."""
    end_one(context.runtime, context.claims(), context.path["id"])
    return Response(status=204)


def end_other_sessions(context: Context) -> Any:
    """End all of one's own sessions but this one."""
    return {"ended": end_others(context.runtime, context.claims())}


def change_password(context: Context) -> Response:
    """Change one's own password: `{"account", "old_password", "new_password", "code"?}`. All sessions end."""
    given = _texts(context, ("account", "old_password", "new_password"), ("code",))
    signing_in.change_password(
        context.runtime,
        given["account"],
        given["old_password"],
        given["new_password"],
        context.source(),
        given["code"],
    )
    return Response(status=204)


def offer_second_factor(context: Context) -> Response:
    """A new second factor: `{"account", "password", "code"?}` → `{"secret", "address", "ticket"}`.

    `code`: of the second factor that there is already. Nothing is changed until the new one is confirmed.
    """
    given = _texts(context, ("account", "password"), ("code",))
    offered = signing_in.offer_second_factor(
        context.runtime, given["account"], given["password"], given["code"], context.source()
    )
    return json_response({"secret": offered.secret, "address": offered.address, "ticket": offered.ticket})


def confirm_second_factor(context: Context) -> Response:
    """Take it into use: `{"ticket", "code"}`, its first code → `{"recovery_codes"}`, which are told this once."""
    given = _texts(context, ("ticket", "code"), ())
    _, codes = signing_in.enrol_second_factor(
        context.runtime, given["ticket"], given["code"], context.source()
    )
    return json_response({"recovery_codes": codes}, status=201)


def make_hash(context: Context) -> Response:
    """The Argon2id hash that the papers of accounts ask for: `{"password"}`. For the system administrator."""
    claims = context.claims()
    with begin(context.runtime) as work:
        if load_actor(work.session, claims, work.today).role != "system_administrator":
            raise Refusal(RefusalCode.WRONG_ROLE)
    return json_response({"password_hash": hash_password(_texts(context, ("password",), ())["password"])})


def _told(context: Context, session: DeskSession) -> dict[str, Any]:
    now: datetime = real_now()
    return {
        "token": signing_in.token_for(context.runtime, session),
        "token_expires_at": (now + TOKEN_LIFE).isoformat(),
        "session": session.id,
        "session_ends_at": ends_at(session.started_at, now).isoformat(),
        "account": session.account_id,
        "person_id": session.person_id,
        "post": session.assignment_id,
    }


def _post(post: DirectoryAssignment) -> dict[str, str]:
    return {"id": post.assignment_id, "role": post.role, "office_id": post.office_id, "unit_id": post.unit_id}


def _texts(context: Context, required: tuple[str, ...], optional: tuple[str, ...]) -> dict[str, str]:
    """The body's texts by name; raises Refusal(UNKNOWN_FIELD | MISSING_FIELD | INVALID_FIELD)."""
    body = context.json()
    if set(body) - {*required, *optional}:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    for name in (*required, *optional):
        value = body.setdefault(name, "")
        if not isinstance(value, str) or len(value) > 1000 or "\x00" in value:
            raise Refusal(RefusalCode.INVALID_FIELD, field=name)
        if name in required and not value:
            raise Refusal(RefusalCode.MISSING_FIELD, field=name)
    return {name: body[name] for name in (*required, *optional)}


VIEWS = (
    Route("POST", "/session", open_session, ("登录", "sign in"), signed_in=False),
    Route("POST", "/session/refresh", refresh_session, ("续期", "the next token"), signed_in=False),
    Route("DELETE", "/session", end_session, ("退出", "sign out"), gives=""),
    Route(
        "POST", "/password", change_password, ("更改口令", "change one's password"), signed_in=False, gives=""
    ),
    Route("GET", "/sessions", list_sessions, ("本人的会话", "one's own sessions")),
    Route("DELETE", "/sessions", end_other_sessions, ("结束其他会话", "end one's other sessions")),
    Route("DELETE", "/sessions/<id>", end_a_session, ("结束一个会话", "end one of one's sessions"), gives=""),
    Route(
        "POST",
        "/second_factor",
        offer_second_factor,
        ("申请动态验证码", "a new second factor"),
        signed_in=False,
    ),
    Route(
        "POST",
        "/second_factor/confirm",
        confirm_second_factor,
        ("启用动态验证码", "take a second factor into use"),
        signed_in=False,
    ),
    Route("POST", "/password_hashes", make_hash, ("口令散列", "hash of a password")),
)
