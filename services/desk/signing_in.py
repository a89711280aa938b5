"""Signing in, sessions and their tokens.

A try is counted before the password is looked at, so that tries at the same time gain nothing (`guessing.py`). An
unknown account gets the same answer, after the same work.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import Actor, Claims, load_actor
from services.chassis.auth import TOKEN_LIFE, issue_token
from services.chassis.clock import business_now, local_date, real_now
from services.chassis.perform import perform_as_service
from services.chassis.runtime import Runtime
from services.chassis.tables import DirectoryAccount, DirectoryAssignment
from services.chassis.work import Work, begin
from services.desk import drafts, guessing, second_factor
from services.desk.acts.accounts import CHANGE_PASSWORD, end_sessions
from services.desk.domain.session_life import IDLE, LONGEST, TOUCH, lives, shortened
from services.desk.papers.account import PasswordChange
from services.desk.passwords import hash_password, is_right
from services.desk.private_keys import OPENED
from services.desk.storage import Account, DeskSession, FormUpload, SignInFailures

PASSWORD = "password"  # noqa: S105 - what signed in, no secret
SINGLE_SIGN_ON = "single_sign_on"
ONE_FACTOR = (PASSWORD, SINGLE_SIGN_ON)


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


class CodeAsked(Refusal):
    """The password is right and a code is missing; `ticket` stands for the password in the next step."""

    def __init__(self, ticket: str) -> None:
        super().__init__(RefusalCode.SECOND_FACTOR_REQUIRED, field="code")
        self.ticket = ticket


class EnrolmentAsked(Refusal):
    """The password is right and a post of the account needs a second factor, which there is none of yet."""

    def __init__(self, offered: second_factor.Offered) -> None:
        super().__init__(RefusalCode.SECOND_FACTOR_NOT_ENROLLED, field="code")
        self.offered = offered


def sign_in(
    runtime: Runtime, account: str, password: str, source: str, post: str = "", code: str = ""
) -> SignedIn:
    """Open a session in a post.

    Raises Refusal(UNAUTHENTICATED | RATE_LIMITED | SECOND_FACTOR_… | PRECONDITION_NOT_MET | WRONG_ROLE).
    """
    tried = _verify(runtime, account, password, source)
    with _settling(runtime, account, tried), begin(runtime) as work:
        return _open_session(work, work.session.get_one(Account, account), source, post, code)


def sign_in_with_ticket(runtime: Runtime, ticket: str, code: str, source: str) -> SignedIn:
    """The second step of a sign-in: the ticket stands for the right password, the code is looked at here."""
    given = second_factor.open_ticket(runtime.ring, ticket, to_enrol=False)
    tried = _counted(runtime, given.account_id, source)
    with _settling(runtime, given.account_id, tried), begin(runtime) as work:
        return _open_session(work, _account_of(work, given), source, "", code, given.by)


def sign_in_by_identity(runtime: Runtime, issuer: str, subject: str, source: str) -> SignedIn:
    """Open a session for whom the issuer vouches, if an account is bound to the subject; none is ever opened for it.

    Nothing is guessed here, so no try is counted. Raises Refusal as `sign_in`, but for the initial password.
    """
    with runtime.db.read() as session:
        bound = (Account.oidc_issuer == issuer, Account.oidc_subject == subject, Account.state == "active")
        account = session.scalars(select(Account.id).where(*bound)).one_or_none()
    if account is None:
        audit_foreign_refusal(runtime)
        raise Refusal(
            RefusalCode.UNAUTHENTICATED,
            detail_zh="该统一身份没有绑定账号，或账号已锁定，请联系系统管理员。",
            detail_en="No account is bound to this identity, or it is locked: ask the system administrator.",
        )
    try:
        with begin(runtime) as work:
            return _open_session(work, work.session.get_one(Account, account), source, "", "", SINGLE_SIGN_ON)
    except Refusal as refusal:
        _audit_refused(runtime, account, refusal.code)
        raise


def audit_foreign_refusal(runtime: Runtime) -> None:
    """A refused single sign-on of nobody that is known."""
    _audit_refused(runtime, "", RefusalCode.UNAUTHENTICATED)


def offer_second_factor(
    runtime: Runtime, account: str, password: str, code: str, source: str
) -> second_factor.Offered:
    """A new second factor for who gives the password and, where there is one already, a code of that."""
    tried = _verify(runtime, account, password, source)
    with _settling(runtime, account, tried), begin(runtime) as work:
        row = work.session.get_one(Account, account)
        if row.second_factor:
            second_factor.prove(work, row, code)
        if row.must_change:
            raise MustChangePassword
        return second_factor.offer(runtime.ring, row)


def enrol_second_factor(runtime: Runtime, ticket: str, code: str, source: str) -> tuple[str, tuple[str, ...]]:
    """Take an offered second factor into use with its first code; returns the account and the recovery codes."""
    given = second_factor.open_ticket(runtime.ring, ticket, to_enrol=True)
    tried = _counted(runtime, given.account_id, source)
    with _settling(runtime, given.account_id, tried), begin(runtime) as work:
        return given.account_id, second_factor.enrol(work, _account_of(work, given), given, code)


def enrol_and_sign_in(
    runtime: Runtime, ticket: str, code: str, source: str
) -> tuple[SignedIn, tuple[str, ...]]:
    """The same as the end of a sign-in that had to wait for it: the first code counts for both."""
    given = second_factor.open_ticket(runtime.ring, ticket, to_enrol=True)
    tried = _counted(runtime, given.account_id, source)
    with _settling(runtime, given.account_id, tried), begin(runtime) as work:
        account = _account_of(work, given)
        codes = second_factor.enrol(work, account, given, code)
        return _session_in(work, account, source, "", _both(given.by, second_factor.CODE)), codes


def _account_of(work: Work, ticket: second_factor.Ticket) -> Account:
    row = work.session.scalars(
        select(Account).where(Account.id == ticket.account_id).with_for_update()
    ).one_or_none()
    if row is None or not second_factor.still_holds(ticket, row):
        raise Refusal(RefusalCode.UNAUTHENTICATED, field="ticket")
    return row


def _open_session(
    work: Work, account: Account, source: str, post: str, code: str, by: str = PASSWORD
) -> SignedIn:
    """`by`: the first factor, as it was proven. Who has not used the initial password need not change it."""
    proven_by = by
    if account.second_factor:
        if not code:
            raise CodeAsked(second_factor.new_ticket(work.runtime.ring, account, by=by))
        proven_by = _both(by, second_factor.prove(work, account, code))
    if account.must_change and by == PASSWORD:
        raise MustChangePassword
    roles = [held.role for held in posts_of(work.session, account)]
    if proven_by in ONE_FACTOR and second_factor.is_asked_of(roles, work.runtime.settings.second_factor):
        raise EnrolmentAsked(second_factor.offer(work.runtime.ring, account, by))
    return _session_in(work, account, source, post, proven_by)


def _both(by: str, second: str) -> str:
    """What signed in: a password and a code is called by the code alone, since before there was anything else."""
    return second if by == PASSWORD else f"{by}_{second}"


def _session_in(work: Work, account: Account, source: str, post: str, proven_by: str) -> SignedIn:
    posts = posts_of(work.session, account)
    held = next((p for p in posts if not post or p.assignment_id == post), None)
    if held is None:
        raise Refusal(RefusalCode.WRONG_ROLE, field="post")
    secret = secrets.token_urlsafe(32)
    session = DeskSession(
        id=uuid4().hex,
        secret_digest=_digest(secret),
        form_token=secrets.token_urlsafe(32),
        account_id=account.id,
        person_id=account.person_id,
        assignment_id=held.assignment_id,
        started_at=work.real,
        seen_at=work.real,
        ended_at=None,
        proven_by=proven_by,
        source=shortened(source),
    )
    work.session.add(session)
    work.actor = load_actor(work.session, claims_of(session), work.today)
    work.audit("sign_in", "signed_in", subject=account, facts={"session": session.id, "by": proven_by})
    return SignedIn(session, secret, tuple(posts))


def change_password(runtime: Runtime, account: str, old: str, new: str, source: str, code: str = "") -> None:
    """Replace one's own password, given the old one and a code where there is a second factor; ends all sessions."""
    tried = _verify(runtime, account, old, source)
    with _settling(runtime, account, tried):
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
            if row.second_factor:
                second_factor.prove(work, row, code)
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


def session_that_ran_out(runtime: Runtime, secret: str) -> DeskSession:
    """The session that the secret belonged to, if nothing but time ended it; raises Refusal(UNAUTHENTICATED).

    It lets nobody in: what was typed in it is kept for its account, and asked for again after signing in.
    """
    with runtime.db.read() as session:
        found = session.scalars(
            select(DeskSession).where(DeskSession.secret_digest == _digest(secret))
        ).one_or_none()
    if found is None or found.ended_at is not None:
        raise Refusal(RefusalCode.UNAUTHENTICATED)
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
        held = next((p for p in posts_of(work.session, account) if p.assignment_id == post), None)
        if held is None:
            raise Refusal(RefusalCode.WRONG_ROLE, field="post")
        asked = second_factor.is_asked_of([held.role], runtime.settings.second_factor)
        if asked and row.proven_by in ONE_FACTOR:  # the post is younger than the session
            raise Refusal(RefusalCode.SECOND_FACTOR_REQUIRED, field="post")
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
    """Remove what no longer counts: failures, uploads and drafts of forms, sessions a day after their end."""
    now = real_now()
    OPENED.forget_old(now)
    with runtime.db.write() as session:
        session.execute(delete(SignInFailures).where(SignInFailures.last_at < now - LONGEST))
        session.execute(delete(FormUpload).where(FormUpload.made_at < now - 2 * LONGEST))
        drafts.forget_old(session, now)
        session.execute(delete(DeskSession).where(DeskSession.seen_at < now - 2 * LONGEST - IDLE))


def _verify(runtime: Runtime, account: str, password: str, source: str) -> guessing.Try:
    """Count a try and look at the password; who goes on settles the try. Raises Refusal."""
    tried = _counted(runtime, account, source)
    with runtime.db.read() as session:
        row = session.get(Account, account)
    right = is_right(password, row.password_hash if row else "")
    if not right or row is None or row.state != "active":
        _audit_refused(runtime, account, RefusalCode.UNAUTHENTICATED)
        raise Refusal(
            RefusalCode.UNAUTHENTICATED,
            detail_zh="账号或口令不正确，或账号已锁定。",
            detail_en="The account or password is wrong, or the account is locked.",
        )
    return tried


def _counted(runtime: Runtime, account: str, source: str) -> guessing.Try:
    try:
        with runtime.db.write() as session:
            return guessing.count_a_try(session, account, source)
    except Refusal as refusal:
        _audit_refused(runtime, account, refusal.code)
        raise


@contextmanager
def _settling(runtime: Runtime, account: str, tried: guessing.Try) -> Iterator[None]:
    """What follows a right password. A wrong code stays counted; a code that was not given is no try at all.

    Failures of the account are forgotten only when everything was right: else who knows the password could guess
    codes for ever.
    """
    try:
        yield
    except Refusal as refusal:
        _audit_refused(runtime, account, refusal.code)
        with runtime.db.write() as session:
            if refusal.code is RefusalCode.SECOND_FACTOR_REQUIRED:
                guessing.uncount(session, tried)
            elif refusal.code is not RefusalCode.SECOND_FACTOR_WRONG:
                guessing.take_back(session, tried)
        raise
    with runtime.db.write() as session:
        guessing.take_back(session, tried)


def _audit_refused(runtime: Runtime, account: str, code: RefusalCode) -> None:
    """What was typed stands in no entry unless it is an account: people type passwords into the wrong field."""
    with begin(runtime) as work:
        known = work.session.get(Account, account)
        work.audit("sign_in", "refused", subject=known, subject_kind="account", code=code.value)


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
