"""The second factor of an account: enrolled with a first code, proven at sign-in, never told again.

Between two pages stands a *ticket*: what was proven so far, encrypted under the desk's key, good for a few minutes.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.access import ROLE_GROUPS, Actor
from services.chassis.clock import real_now
from services.chassis.keys import CannotOpen, KeyRing, decrypt, encrypt
from services.chassis.perform import perform_as_service
from services.chassis.work import Work
from services.desk.acts.accounts import ENROL_SECOND_FACTOR
from services.desk.domain import one_time_codes
from services.desk.papers.account import SecondFactorEnrolment
from services.desk.storage import Account, RecoveryCode, SecondFactor

TICKET_LIFE = timedelta(minutes=10)
CODE, RECOVERY = "one_time_code", "recovery_code"
EVERYBODY = "everybody"


@dataclass(frozen=True)
class Ticket:
    """What was proven: the account, and by `mark` that no act was performed on it since; a secret that is offered.

    `by`: what proved it, the first factor.
    """

    account_id: str
    mark: str
    secret: str = ""
    by: str = "password"


@dataclass(frozen=True)
class Offered:
    """A secret that waits for its first code: shown to its owner once, as text and as a picture."""

    secret: str
    address: str
    ticket: str


def is_asked_of(roles: Iterable[str], setting: tuple[str, ...]) -> bool:
    """Whether who holds these posts needs a second factor; administrators always do where the setting is on."""
    if not setting:
        return False
    asked = {role for name in (*setting, "administrators") for role in ROLE_GROUPS.get(name, (name,))}
    return EVERYBODY in asked or not asked.isdisjoint(roles)


def offer(ring: KeyRing, account: Account, by: str = "password") -> Offered:
    """A new secret for an account whose owner has just proven to be there."""
    secret = one_time_codes.new_secret()
    ticket = new_ticket(ring, account, secret, by)
    return Offered(secret, one_time_codes.address_of(secret, account.id), ticket)


def offered_in(ring: KeyRing, ticket: str) -> Offered:
    """What the ticket offers, once more, after a code that was mistyped; raises Refusal as `open_ticket`."""
    given = open_ticket(ring, ticket, to_enrol=True)
    return Offered(given.secret, one_time_codes.address_of(given.secret, given.account_id), ticket)


def enrol(work: Work, account: Account, ticket: Ticket, code: str) -> tuple[str, ...]:
    """Take the offered secret into use with its first code; returns the recovery codes, which are told this once.

    Raises Refusal(SECOND_FACTOR_WRONG).
    """
    step = one_time_codes.step_of(ticket.secret, one_time_codes.plain(code), real_now(), after=-1)
    if step is None:
        raise Refusal(RefusalCode.SECOND_FACTOR_WRONG, field="code")
    ring, codes = work.runtime.ring, one_time_codes.new_recovery_codes()
    paper = SecondFactorEnrolment(
        secret=encrypt(ring.wrap, ticket.secret.encode(), _binding(account.id)).hex(),
        recovery=tuple(_digest(ring, account.id, code).hex() for code in codes),
        step=step,
    )
    work.actor = Actor(account.id, account.person_id, "", "", "", "", "")
    perform_as_service(work, ENROL_SECOND_FACTOR, paper, account)
    return codes


def prove(work: Work, account: Account, code: str) -> str:
    """Use up a code of the account's second factor; returns what it was. Raises Refusal(SECOND_FACTOR_…).

    The code is used up with the caller's commit; two sign-ins at the same time with one code are one sign-in.
    """
    given = one_time_codes.plain(code)
    if not given:
        raise Refusal(RefusalCode.SECOND_FACTOR_REQUIRED, field="code")
    factor = work.session.get(SecondFactor, account.id)
    if factor is not None and _take_step(work, factor, given):
        return CODE
    if factor is not None and _take_recovery_code(work, account.id, given):
        return RECOVERY
    raise Refusal(RefusalCode.SECOND_FACTOR_WRONG, field="code")


def recovery_codes_left(session: Session, account_id: str) -> int:
    unused = (RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0


def new_ticket(ring: KeyRing, account: Account, secret: str = "", by: str = "password") -> str:
    """What is handed to a browser between two pages; it can neither read nor change it."""
    told = [account.id, _mark(account), secret, real_now().isoformat(), by]
    sealed = encrypt(ring.wrap, json.dumps(told).encode(), _purpose(to_enrol=bool(secret)))
    return base64.urlsafe_b64encode(sealed).decode()


def open_ticket(ring: KeyRing, text: str, *, to_enrol: bool) -> Ticket:
    """What a ticket says; raises Refusal(UNAUTHENTICATED | TOKEN_EXPIRED) for none of this purpose or an old one."""
    try:
        raw = decrypt(ring.wrap, base64.urlsafe_b64decode(text.encode()), _purpose(to_enrol=to_enrol))
        account_id, mark, secret, at, by = json.loads(raw)
    except (CannotOpen, ValueError, binascii.Error):
        raise Refusal(RefusalCode.UNAUTHENTICATED, field="ticket") from None
    if real_now() - datetime.fromisoformat(at) > TICKET_LIFE:
        raise Refusal(RefusalCode.TOKEN_EXPIRED, field="ticket")
    return Ticket(account_id, mark, secret, by)


def still_holds(ticket: Ticket, account: Account | None) -> bool:
    """Whether the account may still be opened with what was proven: not locked, the same password."""
    return account is not None and account.state == "active" and ticket.mark == _mark(account)


def _take_step(work: Work, factor: SecondFactor, given: str) -> bool:
    ring = work.runtime.ring
    secret = decrypt(ring.wrap, factor.secret, _binding(factor.account_id)).decode()
    step = one_time_codes.step_of(secret, given, real_now(), factor.step)
    if step is None:
        return False
    later = (SecondFactor.account_id == factor.account_id, SecondFactor.step < step)
    return _changes_one(work.session.execute(update(SecondFactor).where(*later).values(step=step)))


def _take_recovery_code(work: Work, account_id: str, given: str) -> bool:
    grouped = "-".join(given[at : at + 4] for at in range(0, len(given), 4))
    unused = (
        RecoveryCode.account_id == account_id,
        RecoveryCode.digest == _digest(work.runtime.ring, account_id, grouped),
        RecoveryCode.used_at.is_(None),
    )
    return _changes_one(work.session.execute(update(RecoveryCode).where(*unused).values(used_at=work.real)))


def _changes_one(result: object) -> bool:
    return isinstance(result, CursorResult) and result.rowcount == 1


def _digest(ring: KeyRing, account_id: str, code: str) -> bytes:
    return ring.mark("recovery code", f"{account_id}/{code}".encode())


def _mark(account: Account) -> str:
    return sha256(f"{account.id}/{account.version}/{account.password_hash}".encode()).hexdigest()[:32]


def _purpose(*, to_enrol: bool) -> str:
    return "ticket to enrol" if to_enrol else "ticket to give a code"


def _binding(account_id: str) -> str:
    return f"second_factor/{account_id}"
