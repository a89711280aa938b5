"""What the administrators see of accounts: posts, what is missing, keys, sessions, second factors. No business data.

The system administrator sees accounts with their posts, the security administrator keys, sessions and second factors.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.http import Context, Route
from services.chassis.lists import reading
from services.chassis.tables import DirectoryAccount, DirectoryAssignment
from services.chassis.work import Work
from services.desk import second_factor
from services.desk.domain.session_life import IDLE, LONGEST
from services.desk.storage import Account, DeskSession, PersonKey

CHUNK = 200
MOST_WITHOUT_ACCOUNT = 50

Posts = dict[str, list[DirectoryAssignment]]
"""By person, the post that begins last first."""


def accounts_overview(context: Context, work: Work) -> Any:
    """Accounts by name with their posts, from–to, and what is missing; `missing=1`: those alone where something is.

    `q`: how the account's name begins. `without_account`: persons who hold a post and cannot sign in.
    """
    _only(work, "system_administrator")
    page, following = _page(context, work, account_line)
    configured = work.runtime.settings.single_sign_on is not None
    found = {"items": page, "next": following, "single_sign_on": configured}
    return found if context.query("cursor") else found | {"without_account": _without_account(work)}


def security_overview(context: Context, work: Work) -> Any:
    """Accounts by name with the person's key, open sessions and second factor, and the counts of all of them."""
    _only(work, "security_administrator")
    page, following = _page(context, work, security_line)
    found = {"items": page, "next": following}
    return found if context.query("cursor") else found | {"counts": _counts(work)}


def account_line(work: Work, rows: Sequence[Account]) -> list[dict[str, Any]]:
    posts = posts_by_person(work.session, [row.person_id for row in rows])
    return [
        _line(work, row, posts)
        | {
            "opened_on": row.opened_on.isoformat(),
            "posts": [_post(work, post) for post in posts[row.person_id]],
        }
        for row in rows
    ]


def security_line(work: Work, rows: Sequence[Account]) -> list[dict[str, Any]]:
    persons = [row.person_id for row in rows]
    posts = posts_by_person(work.session, persons)
    keys = {
        key.person_id: key.opened_on.isoformat()
        for key in work.session.scalars(select(PersonKey).where(PersonKey.person_id.in_(persons)))
    }
    open_now = sessions_by_account(work.session, work.real, [row.id for row in rows])
    return [
        _line(work, row, posts) | {"key_since": keys.get(row.person_id, ""), "sessions": open_now[row.id]}
        for row in rows
    ]


def posts_by_person(session: Session, persons: Iterable[str]) -> Posts:
    """All posts that these persons held, hold or will hold."""
    found: Posts = defaultdict(list)
    query = select(DirectoryAssignment).where(DirectoryAssignment.person_id.in_(list(persons)))
    order = (DirectoryAssignment.valid_from.desc(), DirectoryAssignment.assignment_id)
    for post in session.scalars(query.order_by(*order)):
        found[post.person_id].append(post)
    return found


def sessions_by_account(session: Session, now: datetime, accounts: list[str] | None = None) -> Counter[str]:
    """How many sessions of each account may still be used."""
    query = select(DeskSession.account_id, func.count()).where(
        DeskSession.ended_at.is_(None),
        DeskSession.seen_at > now - IDLE,
        DeskSession.started_at > now - LONGEST,
    )
    if accounts is not None:
        query = query.where(DeskSession.account_id.in_(accounts))
    rows = session.execute(query.group_by(DeskSession.account_id))
    return Counter({row[0]: row[1] for row in rows})


def _line(work: Work, row: Account, posts: Posts) -> dict[str, Any]:
    held = [post.role for post in posts[row.person_id] if _in_force(work, post)]
    asked = second_factor.is_asked_of(held, work.runtime.settings.second_factor)
    return {
        "id": row.id,
        "person_id": row.person_id,
        "state": row.state,
        "second_factor": row.second_factor,
        "single_sign_on": row.single_sign_on,
        "second_factor_asked": asked,
        "missing": [
            code
            for code, lacks in (
                ("post", not held),
                ("own_password", row.must_change),
                ("second_factor", asked and not row.second_factor),
            )
            if lacks and row.state == "active"
        ],
    }


def _page(context: Context, work: Work, lines: Any) -> tuple[list[dict[str, Any]], str | None]:
    """A page of lines; past accounts that are not asked for it reads on, in chunks."""
    limit, after = context.limit(), context.query("cursor", longest=64)
    begins, missing = context.query("q", longest=64), context.query("missing") == "1"
    found: list[dict[str, Any]] = []
    while len(found) <= limit:
        query = select(Account).where(Account.id > after)
        if begins:
            query = query.where(Account.id.startswith(begins, autoescape=True))
        rows = work.session.scalars(query.order_by(Account.id).limit(CHUNK)).all()
        found += [line for line in lines(work, rows) if line["missing"] or not missing]
        if len(rows) < CHUNK:
            break
        after = rows[-1].id
    return found[:limit], found[limit - 1]["id"] if len(found) > limit else None


def _without_account(work: Work) -> list[dict[str, Any]]:
    known = select(DirectoryAccount.person_id)
    query = select(DirectoryAssignment).where(
        DirectoryAssignment.person_id.not_in(known), DirectoryAssignment.valid_from <= work.today
    )
    rows = work.session.scalars(
        query.order_by(DirectoryAssignment.person_id, DirectoryAssignment.assignment_id)
    )
    posts = [row for row in rows if _in_force(work, row)]
    return [{"person_id": post.person_id} | _post(work, post) for post in posts[:MOST_WITHOUT_ACCOUNT]]


def _counts(work: Work) -> dict[str, int]:
    session = work.session
    rows = list(session.scalars(select(Account)))
    lines = account_line(work, rows)
    return {
        "accounts": len(rows),
        "locked": sum(row.state == "locked" for row in rows),
        "sessions": sessions_by_account(session, work.real).total(),
        "keys": session.scalar(select(func.count()).select_from(PersonKey)) or 0,
        "second_factors": sum(row.second_factor for row in rows),
        "second_factors_missing": sum("second_factor" in line["missing"] for line in lines),
    }


def _post(work: Work, post: DirectoryAssignment) -> dict[str, Any]:
    return {
        "role": post.role,
        "place": post.office_id or post.unit_id,
        "from": post.valid_from.isoformat(),
        "to": post.valid_to.isoformat() if post.valid_to else "",
        "now": _in_force(work, post),
    }


def _in_force(work: Work, post: DirectoryAssignment) -> bool:
    return post.valid_from <= work.today and (post.valid_to is None or post.valid_to >= work.today)


def _only(work: Work, role: str) -> None:
    if work.actor.role != role:
        raise Refusal(RefusalCode.WRONG_ROLE)


ROUTES = (
    Route(
        "GET",
        "/accounts-overview",
        reading(accounts_overview),
        ("账号与岗位", "accounts and posts"),
        query=("limit", "cursor", "q", "missing"),
    ),
    Route(
        "GET",
        "/security-overview",
        reading(security_overview),
        ("密钥、会话与验证码", "keys, sessions, second factors"),
        query=("limit", "cursor", "q", "missing"),
    ),
)
