"""Opening, locking and unlocking accounts; passwords. Who is locked out loses the sessions that are open."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.events.desk import AccountChanged, SessionRevoked
from contracts.refusals import RefusalCode
from services.chassis.access import SYSTEM, post
from services.chassis.act import Act, HandOn
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
)
from services.desk.storage import Account, DeskSession

ADMINISTRATOR = (post("system_administrator", at=None),)

AnyAccount = Performance[Account, Any]


def account_is_new(p: Performance[Account, AccountOpening]) -> None:
    if p.session.get(Account, p.paper.account_id) is not None:
        raise p.refuse(RefusalCode.DUPLICATE, field="account_id")


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


def end_sessions(work: Work, account_id: str, only: str = "") -> None:
    """End an account's open sessions (or one of them) and tell every service that their tokens are void."""
    query = select(DeskSession).where(DeskSession.account_id == account_id, DeskSession.ended_at.is_(None))
    for session in work.session.scalars(query.where(DeskSession.id == only) if only else query):
        session.ended_at = work.real
        event = SessionRevoked(session_id=session.id, account_id=account_id, revoked_at=work.real)
        work.emit(event, f"session/{session.id}", 1)


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
    guards=(account_is_new, person_is_known),
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
)

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
