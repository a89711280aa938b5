"""Guessing passwords: slowed down, locked out, per account and per source; and never in plain sight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from services.chassis.clock import real_now
from services.desk import guessing
from services.desk.domain.throttle import WITH_ACCOUNT, WITH_SOURCE, Patience
from services.desk.storage import SignInFailures
from tests.unit.desk.test_sessions import entries, sign_in
from tests.unit.desk.visitor import PASSWORD, open_account
from tests.world import World

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PATIENCE = Patience(free=3, lock_at=10, lock_for=timedelta(minutes=15))


@pytest.mark.parametrize(
    ("failures", "wait"), [(1, 0), (2, 0), (3, 1), (4, 2), (5, 4), (9, 64), (10, 900), (500, 900)]
)
def test_each_failure_doubles_the_wait_until_the_lock(failures: int, wait: int) -> None:
    assert PATIENCE.wait_until(failures, AT) == AT + timedelta(seconds=wait)


def test_old_failures_are_forgotten() -> None:
    assert not PATIENCE.forgotten(AT, AT + timedelta(minutes=14, seconds=59))
    assert PATIENCE.forgotten(AT, AT + timedelta(minutes=15))


def age(world: World, by: timedelta) -> None:
    """Let real time pass for the failures on record."""
    with world.runtimes["desk"].db.write() as session:
        session.execute(update(SignInFailures).values(last_at=real_now() - by))


def test_the_right_password_waits_as_well_after_too_many_wrong_ones(world: World) -> None:
    open_account(world, "clerk1")
    for _ in range(WITH_ACCOUNT.lock_at):
        assert sign_in(world, "clerk1", "wrong")[0] == 401
        age(world, timedelta(minutes=5))
    assert sign_in(world, "clerk1")[1]["code"] == "RATE_LIMITED"
    age(world, timedelta(minutes=14))
    assert sign_in(world, "clerk1")[1]["code"] == "RATE_LIMITED"
    age(world, timedelta(minutes=15))
    assert sign_in(world, "clerk1")[0] == 201
    assert ("sign_in", "refused", "clerk1", "RATE_LIMITED") in entries(world)


def test_an_account_that_does_not_exist_is_locked_in_the_same_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_account(world, "clerk1")
    now = real_now()
    monkeypatch.setattr(guessing, "real_now", lambda: now)  # a busy machine must not sit out the wait
    for account in ("clerk1", "nobody"):
        answers = [sign_in(world, account, "wrong")[1]["code"] for _ in range(5)]
        assert answers == ["UNAUTHENTICATED"] * 3 + ["RATE_LIMITED"] * 2


def test_a_source_that_tries_many_accounts_is_slowed_down(world: World) -> None:
    open_account(world, "clerk1")
    sign_in(world, "somebody", "wrong")
    with world.runtimes["desk"].db.write() as session:
        session.execute(update(SignInFailures).values(count=WITH_SOURCE.lock_at))
    assert sign_in(world, "clerk1")[1]["code"] == "RATE_LIMITED"


def test_a_success_counts_for_nothing(world: World) -> None:
    open_account(world, "clerk1")
    for _ in range(6):
        assert sign_in(world, "clerk1", PASSWORD)[0] == 201


def test_nothing_typed_is_kept(world: World) -> None:
    open_account(world, "clerk1")
    sign_in(world, "my-secret-password-in-the-wrong-field", "Canary-7f3a")
    with world.runtimes["desk"].db.read() as session:
        tables = session.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
        for table in tables:
            for row in session.execute(text(f'select * from "{table}"')):  # noqa: S608
                assert "my-secret" not in str(row)
                assert "Canary" not in str(row)
