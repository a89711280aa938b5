"""Counting tries to sign in: guessing is slowed down per account and per source, then locked out. Real time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from contracts.refusals import Refusal, RefusalCode
from services.chassis.clock import real_now
from services.desk.domain.throttle import WITH_ACCOUNT, WITH_SOURCE, Patience
from services.desk.storage import SignInFailures


@dataclass(frozen=True)
class Try:
    """A try that is counted: under digests of the account and of the source, each with its last failure before."""

    account: bytes
    source: bytes
    before: Mapping[bytes, datetime]


def count_a_try(session: Session, account: str, source: str) -> Try:
    """Count a try before anything is looked at; raises Refusal(RATE_LIMITED) for one that comes too early."""
    of_account, of_source = _digest(f"account:{account}"), _digest(f"source:{source}")
    before = {
        of_account: _count(session, of_account, WITH_ACCOUNT, real_now()),
        of_source: _count(session, of_source, WITH_SOURCE, real_now()),
    }
    return Try(of_account, of_source, before)


def uncount(session: Session, tried: Try) -> None:
    """As if the try had not been: nothing was guessed with it."""
    for key, before in tried.before.items():
        failures = update(SignInFailures).where(SignInFailures.key == key, SignInFailures.count > 0)
        session.execute(failures.values(count=SignInFailures.count - 1, last_at=before))


def take_back(session: Session, tried: Try) -> None:
    """When all was right the account starts anew; the source gets back the one try that it was charged."""
    session.execute(delete(SignInFailures).where(SignInFailures.key == tried.account))
    session.execute(
        update(SignInFailures)
        .where(SignInFailures.key == tried.source, SignInFailures.count > 0)
        .values(count=SignInFailures.count - 1)
    )


def _count(session: Session, key: bytes, patience: Patience, now: datetime) -> datetime:
    _ensure_row(session, key, now)
    row = session.scalars(select(SignInFailures).where(SignInFailures.key == key).with_for_update()).one()
    if row.count and patience.forgotten(row.last_at, now):
        row.count = 0
    if row.count and now < patience.wait_until(row.count, row.last_at):
        raise Refusal(RefusalCode.RATE_LIMITED)
    row.count += 1
    before, row.last_at = row.last_at, now
    return before


def _ensure_row(session: Session, key: bytes, now: datetime) -> None:
    row = {"key": key, "count": 0, "last_at": now}
    if session.get_bind().dialect.name == "postgresql":
        session.execute(postgresql.insert(SignInFailures).values(**row).on_conflict_do_nothing())
    else:
        session.execute(sqlite.insert(SignInFailures).values(**row).on_conflict_do_nothing())


def _digest(text: str) -> bytes:
    return sha256(text.encode()).digest()
