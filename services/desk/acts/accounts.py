"""Opening, locking and unlocking accounts; passwords. Who is locked out loses the sessions that are open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from contracts.events.desk import AccountChanged, SessionRevoked
from contracts.refusals import RefusalCode
from services.chassis.access import SYSTEM, post
from services.chassis.act import Act, HandOn, Tells
from services.chassis.performance import Performance
from services.chassis.subject import NORMAL
from services.chassis.tables import DirectoryPerson
from services.chassis.work import Work
from services.desk.papers.account import (
    AccountLock,
    AccountOpening,
    AccountUnlock,
    PasswordChange,
    PasswordReset,
    SecondFactorEnrolment,
    SecondFactorReset,
    SessionsEnd,
)
from services.desk.storage import Account, DeskSession, RecoveryCode, SecondFactor

ADMINISTRATOR = (post("system_administrator", at=None),)

AnyAccount = Performance[Account, Any]


def account_is_new(p: Performance[Account, AccountOpening]) -> None:
    if p.session.get(Account, p.paper.account_id) is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="account_id")


def first_password_is_changed(p: Performance[Account, AccountOpening]) -> None:
    """Only set-up opens accounts with passwords that last: those of the example authority."""
    if p.work.actor is not SYSTEM and not p.paper.must_change:
        raise p.refuse(RefusalCode.OUT_OF_RANGE, field="must_change")


def person_is_known(p: Performance[Account, AccountOpening]) -> None:
    """Set-up opens accounts before the roster has arrived; everybody else names a person of the directory."""
    if p.work.actor is not SYSTEM and p.session.get(DirectoryPerson, p.paper.person_id) is None:
        raise p.refuse(RefusalCode.UNKNOWN_REFERENCE, field="person_id")


def not_ones_own(p: AnyAccount) -> None:
    """Nobody locks themselves out."""
    if p.subject.id == p.work.actor.account_id:
        raise p.refuse(RefusalCode.CONFLICT_OF_INTEREST)


def new_account(p: Performance[Account, AccountOpening]) -> Account:
    paper = p.paper
    return Account(
        id=paper.account_id,
        no=paper.account_id,
        state="active",
        version=0,
        secrecy=NORMAL,
        office_id="",
        liaison_office_id="",
        unit_id="",
        registrar_id="",
        handler_id="",
        addressee_id="",
        opened_on=p.today,
        changed_at=p.work.now,
        person_id=paper.person_id,
        password_hash=paper.password_hash,
        must_change=paper.must_change,
    )


def take_new_password(p: AnyAccount) -> None:
    p.subject.password_hash = p.paper.password_hash
    p.subject.must_change = p.act is RESET_PASSWORD
    end_sessions(p.work, p.subject.id)


def lock_out(p: AnyAccount) -> None:
    end_sessions(p.work, p.subject.id)


def has_a_second_factor(p: AnyAccount) -> None:
    if not p.subject.second_factor:
        raise p.refuse(RefusalCode.PRECONDITION_NOT_MET)


def take_second_factor(p: Performance[Account, SecondFactorEnrolment]) -> None:
    """The new one takes the place of an older one, and its recovery codes that of the older codes."""
    account, paper = p.subject.id, p.paper
    _forget_second_factor(p.work, account)
    p.session.add(SecondFactor(account_id=account, secret=bytes.fromhex(paper.secret), step=paper.step))
    p.session.add_all(
        RecoveryCode(account_id=account, digest=bytes.fromhex(digest), used_at=None)
        for digest in paper.recovery
    )
    p.subject.second_factor = True


def drop_second_factor(p: AnyAccount) -> None:
    _forget_second_factor(p.work, p.subject.id)
    p.subject.second_factor = False
    end_sessions(p.work, p.subject.id)


def _forget_second_factor(work: Work, account_id: str) -> None:
    work.session.execute(delete(SecondFactor).where(SecondFactor.account_id == account_id))
    work.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))


def end_sessions(work: Work, account_id: str, only: str = "", but: str = "") -> list[str]:
    """End an account's open sessions (`only` that one, or all `but` one), and tell every service that they are void.

    Returns the ids of those that were open.
    """
    query = select(DeskSession).where(DeskSession.account_id == account_id, DeskSession.ended_at.is_(None))
    ended = []
    for session in work.session.scalars(query.where(DeskSession.id == only) if only else query):
        if session.id == but:
            continue
        session.ended_at = work.real
        event = SessionRevoked(session_id=session.id, account_id=account_id, revoked_at=work.real)
        work.emit(event, f"session/{session.id}", 1)
        ended.append(session.id)
    return ended


ACCOUNT_CHANGED = HandOn(
    AccountChanged,
    lambda p: AccountChanged(
        account_id=p.subject.id,
        person_id=p.subject.person_id,
        status=p.subject.state,
        version=p.subject.version,
    ),
)

OPEN_ACCOUNT = Act(
    name="open_account",
    zh="开通账号",
    en="Open an account",
    clauses=(),
    on=Account,
    by=ADMINISTRATOR,
    paper=AccountOpening,
    new=new_account,
    guards=(account_is_new, person_is_known, first_password_is_changed),
    keeps_paper=False,
    hands_on=(ACCOUNT_CHANGED,),
)

LOCK_ACCOUNT = Act(
    name="lock_account",
    zh="锁定账号",
    en="Lock an account",
    clauses=(),
    on=Account,
    by=ADMINISTRATOR,
    paper=AccountLock,
    when=("active",),
    becomes="locked",
    needs=(not_ones_own,),
    effect=lock_out,
    hands_on=(ACCOUNT_CHANGED,),
    anytime=True,
)

UNLOCK_ACCOUNT = Act(
    name="unlock_account",
    zh="解锁账号",
    en="Unlock an account",
    clauses=(),
    on=Account,
    by=ADMINISTRATOR,
    paper=AccountUnlock,
    when=("locked",),
    becomes="active",
    hands_on=(ACCOUNT_CHANGED,),
    anytime=True,
)

RESET_PASSWORD = Act(
    name="reset_password",
    zh="重置口令",
    en="Reset a password",
    clauses=(),
    on=Account,
    by=ADMINISTRATOR,
    paper=PasswordReset,
    when=("active", "locked"),
    effect=take_new_password,
    keeps_paper=False,
    anytime=True,
)

END_SESSIONS = Act(
    name="end_sessions",
    zh="结束账号的全部会话",
    en="End an account's sessions",
    clauses=(),
    on=Account,
    by=(post("security_administrator", at=None),),
    paper=SessionsEnd,
    when=("active", "locked"),
    effect=lock_out,
    anytime=True,
)
"""By the security administrator, when a device is lost or a session looks strange; the account stays open."""

RESET_SECOND_FACTOR = Act(
    name="reset_second_factor",
    zh="重置动态验证码",
    en="Reset a second factor",
    clauses=(),
    on=Account,
    by=ADMINISTRATOR,
    paper=SecondFactorReset,
    when=("active", "locked"),
    needs=(not_ones_own, has_a_second_factor),
    effect=drop_second_factor,
    anytime=True,
    tells=(Tells("", "second_factor_reset", "LZ-22.15", person=lambda p: p.subject.person_id),),
)
"""Who lost the authenticator and the recovery codes enrols anew; the administrator sees neither secret nor codes."""

ENROL_SECOND_FACTOR = Act(
    name="enrol_second_factor",
    zh="启用动态验证码",
    en="Enrol a second factor",
    clauses=(),
    on=Account,
    by=(),
    paper=SecondFactorEnrolment,
    when=("active",),
    effect=take_second_factor,
    keeps_paper=False,
)
"""Performed by the desk once a code of the new secret was given, see `second_factor.enrol`; not an open route."""

CHANGE_PASSWORD = Act(
    name="change_password",
    zh="更改口令",
    en="Change one's own password",
    clauses=(),
    on=Account,
    by=(),
    paper=PasswordChange,
    when=("active",),
    effect=take_new_password,
    keeps_paper=False,
)
"""Performed by the desk once the old password was given, see `signing_in.change_password`; not an open route."""
