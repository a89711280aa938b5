"""Signing in, sessions and their tokens. Guessing is slowed down per account and per source, then locked out.

A try is counted before the password is looked at, so that tries at the same time gain nothing. An unknown account
gets the same answer, after the same work.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import Actor, Claims, load_actor
from services.chassis.auth import TOKEN_LIFE, issue_token
from services.chassis.clock import business_now, local_date, real_now
from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.tables import DirectoryAccount, DirectoryAssignment
from services.chassis.work import Work, begin
from services.desk.acts.accounts import CHANGE_PASSWORD, end_sessions
from services.desk.domain.session_life import IDLE, LONGEST, TOUCH, lives
from services.desk.domain.throttle import WITH_ACCOUNT, WITH_SOURCE, Patience
from services.desk.papers.account import PasswordChange
from services.desk.passwords import hash_password, is_right
from services.desk.private_keys import OPENED
from services.desk.storage import Account, DeskSession, FormUpload, SignInFailures


@dataclass(frozen=True)
class SignedIn:
    """A session as it was just opened; `secret` is told once and kept as a digest."""

    session: DeskSession
    secret: str
    posts: tuple[DirectoryAssignment, ...]


class MustChangePassword(Refusal):
    """The password is right, but has to be changed before anything else."""

    def __init__(self) -> None:
        super().__init__(
            RefusalCode.PRECONDITION_NOT_MET,
            field="password",
            detail_zh="请先更改初始口令。",
            detail_en="Change the initial password first.",
        )


def sign_in(runtime: Runtime, account: str, password: str, source: str, post: str = "") -> SignedIn:
    """Open a session in a post; raises Refusal(UNAUTHENTICATED | RATE_LIMITED | PRECONDITION_NOT_MET)."""
    _verify(runtime, account, password, source)
    try:
        return _open_session(runtime, account, post)
    except Refusal as refusal:
        _audit_refused(runtime, account, refusal.code)
        raise


def _open_session(runtime: Runtime, account: str, post: str) -> SignedIn:
    with begin(runtime) as work:
        row = work.session.get_one(Account, account)
        if row.must_change:
            raise MustChangePassword
        posts = posts_of(work.session, row)
        held = next((p for p in posts if not post or p.assignment_id == post), None)
        if held is None:
            raise Refusal(RefusalCode.WRONG_ROLE, field="post")
        secret = secrets.token_urlsafe(32)
        session = DeskSession(
            id=uuid4().hex,
            secret_digest=_digest(secret),
            form_token=secrets.token_urlsafe(32),
            account_id=row.id,
            person_id=row.person_id,
            assignment_id=held.assignment_id,
            started_at=work.real,
            seen_at=work.real,
            ended_at=None,
        )
        work.session.add(session)
        work.actor = load_actor(work.session, claims_of(session), work.today)
        work.audit("sign_in", "signed_in", subject=row, facts={"session": session.id})
        return SignedIn(session, secret, tuple(posts))


def change_password(runtime: Runtime, account: str, old: str, new: str, source: str) -> None:
    """Replace one's own password, given the old one; ends all sessions of the account."""
    _verify(runtime, account, old, source)
    if new == old:
        raise Refusal(
            RefusalCode.INVALID_FIELD,
            field="new_password",
            detail_zh="新口令须与旧口令不同。",
            detail_en="The new password must differ from the old one.",
        )
    paper = PasswordChange(password_hash=hash_password(new))
    with begin(runtime) as work:
        row = work.session.scalars(select(Account).where(Account.id == account).with_for_update()).one()
        work.actor = Actor(row.id, row.person_id, "", "", "", "", "")
        perform_as_service(work, CHANGE_PASSWORD, paper, row)


def session_by_secret(runtime: Runtime, secret: str) -> DeskSession:
    """The living session that the secret belongs to.

    Raises Refusal(UNAUTHENTICATED | SESSION_REVOKED | TOKEN_EXPIRED).
    """
    now = real_now()
    with runtime.db.read() as session:
        found = session.scalars(
            select(DeskSession).where(DeskSession.secret_digest == _digest(secret))
        ).one_or_none()
    if found is None:
        raise Refusal(RefusalCode.UNAUTHENTICATED)
    if found.ended_at is not None:
        raise Refusal(RefusalCode.SESSION_REVOKED)
    if not lives(found.started_at, found.seen_at, now):
        raise Refusal(RefusalCode.TOKEN_EXPIRED)
    if now - found.seen_at >= TOUCH:
        with runtime.db.write() as writing:
            writing.get_one(DeskSession, found.id).seen_at = now
    return found


def token_for(runtime: Runtime, session: DeskSession) -> str:
    """A token of a few minutes for the session's account, person and post in use."""
    return issue_token(runtime.ring.signing, runtime.ring.key_id, claims_of(session), real_now(), TOKEN_LIFE)


def claims_of(session: DeskSession) -> Claims:
    return Claims(session.account_id, session.person_id, session.id, session.assignment_id)


def actor_of(work: Work, session: DeskSession) -> Actor:
    """The session's actor as the directory has them now; raises Refusal(UNAUTHENTICATED)."""
    return load_actor(work.session, claims_of(session), work.today)


def use_post(runtime: Runtime, session: DeskSession, post: str) -> DeskSession:
    """Go on in another post that the person holds; raises Refusal(WRONG_ROLE)."""
    with begin(runtime) as work:
        row = work.session.get_one(DeskSession, session.id)
        account = work.session.get_one(Account, row.account_id)
        if post not in {p.assignment_id for p in posts_of(work.session, account)}:
            raise Refusal(RefusalCode.WRONG_ROLE, field="post")
        row.assignment_id = post
        work.actor = load_actor(work.session, claims_of(row), work.today)
        work.audit("use_post", "accepted", subject=account, facts={"session": row.id})
        return row


def sign_out(runtime: Runtime, claims: Claims) -> None:
    """End a session; every service hears that its tokens are void."""
    with begin(runtime) as work:
        work.actor = load_actor(work.session, claims, work.today)
        end_sessions(work, claims.account_id, only=claims.session_id)
        work.audit(
            "sign_out",
            "accepted",
            subject_kind="account",
            subject_id=claims.account_id,
            facts={"session": claims.session_id},
        )
    OPENED.forget(claims.session_id)


def posts_of(session: Session, account: Account) -> list[DirectoryAssignment]:
    """Posts that the account's person holds today, in a stable order; none before the account is in the directory."""
    known = session.get(DirectoryAccount, account.id)
    if known is None or known.status != "active":
        return []
    today = local_date(business_now(session)[0])
    query = select(DirectoryAssignment).where(
        DirectoryAssignment.person_id == account.person_id,
        DirectoryAssignment.valid_from <= today,
        or_(DirectoryAssignment.valid_to.is_(None), DirectoryAssignment.valid_to >= today),
    )
    return list(session.scalars(query.order_by(DirectoryAssignment.assignment_id)))


def forget_old(runtime: Runtime) -> None:
    """Remove what no longer counts: failures, uploads of forms, sessions a day after their end."""
    now = real_now()
    OPENED.forget_old(now)
    with runtime.db.write() as session:
        session.execute(delete(SignInFailures).where(SignInFailures.last_at < now - LONGEST))
        session.execute(delete(FormUpload).where(FormUpload.made_at < now - 2 * LONGEST))
        session.execute(delete(DeskSession).where(DeskSession.seen_at < now - 2 * LONGEST - IDLE))


def _verify(runtime: Runtime, account: str, password: str, source: str) -> None:
    keys = _throttle_keys(account, source)
    try:
        with runtime.db.write() as session:
            for key, patience in keys.items():
                _count_a_try(session, key, patience, real_now())
            row = session.get(Account, account)
    except Refusal as refusal:
        _audit_refused(runtime, account, refusal.code)
        raise
    right = is_right(password, row.password_hash if row else "")
    if not right or row is None or row.state != "active":
        _audit_refused(runtime, account, RefusalCode.UNAUTHENTICATED)
        raise Refusal(
            RefusalCode.UNAUTHENTICATED,
            detail_zh="账号或口令不正确，或账号已锁定。",
            detail_en="The account or password is wrong, or the account is locked.",
        )
    with runtime.db.write() as session:
        _take_back(session, keys)


def _take_back(session: Session, keys: Mapping[bytes, Patience]) -> None:
    """After a right password the account starts anew; the source gets back the one try that it was charged."""
    of_account, of_source = keys
    session.execute(delete(SignInFailures).where(SignInFailures.key == of_account))
    session.execute(
        update(SignInFailures)
        .where(SignInFailures.key == of_source, SignInFailures.count > 0)
        .values(count=SignInFailures.count - 1)
    )


def _throttle_keys(account: str, source: str) -> dict[bytes, Patience]:
    return {_digest(f"account:{account}"): WITH_ACCOUNT, _digest(f"source:{source}"): WITH_SOURCE}


def _count_a_try(session: Session, key: bytes, patience: Patience, now: datetime) -> None:
    _ensure_row(session, key, now)
    row = session.scalars(select(SignInFailures).where(SignInFailures.key == key).with_for_update()).one()
    if row.count and patience.forgotten(row.last_at, now):
        row.count = 0
    if row.count and now < patience.wait_until(row.count, row.last_at):
        raise Refusal(RefusalCode.RATE_LIMITED)
    row.count += 1
    row.last_at = now


def _ensure_row(session: Session, key: bytes, now: datetime) -> None:
    row = {"key": key, "count": 0, "last_at": now}
    if session.get_bind().dialect.name == "postgresql":
        session.execute(postgresql.insert(SignInFailures).values(**row).on_conflict_do_nothing())
    else:
        session.execute(sqlite.insert(SignInFailures).values(**row).on_conflict_do_nothing())


def _audit_refused(runtime: Runtime, account: str, code: RefusalCode) -> None:
    """What was typed stands in no entry unless it is an account: people type passwords into the wrong field."""
    with begin(runtime) as work:
        known = work.session.get(Account, account)
        work.audit("sign_in", "refused", subject=known, subject_kind="account", code=code.value)


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
