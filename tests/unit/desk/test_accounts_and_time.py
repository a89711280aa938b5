"""The administrators' acts: accounts, passwords, simulated time; and the directory's editions."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from dengwen.example import administrators_only
from dengwen.installation import load_authority
from services.chassis.auth import issue_token
from services.chassis.clock import ZONE, real_now
from services.chassis.directory import directory_complete
from services.chassis.tables import DirectoryAccount, DirectoryPerson, DirectoryState, Installation, Outbox
from services.chassis.work import begin
from services.desk import directory_edition, loading, password_worker
from services.desk.passwords import WORKER, hash_password, is_right
from services.desk.storage import Account, DirectoryEdition
from tests.unit.desk.test_sessions import call, sign_in
from tests.unit.desk.visitor import PASSWORD, Visitor, open_account, password_hash
from tests.world import World

Signed = Callable[[str], Visitor]
ADVANCE = "/desk/time_advances/advance_time"


def test_an_administrator_opens_an_account_by_clicking(world: World, visitor: Signed) -> None:
    administrator = visitor("sys")
    form = administrator.get("/desk/new/desk/accounts/open_account")
    opening = {"account_id": "clerk2", "person_id": "p-clerk2", "must_change": "true"}
    short = administrator.send(form, "open_account", **opening, password_hash="short")
    assert 'id="problem-password_hash"' in short.html
    assert "口令须为10至200个字符" in short.text
    done = administrator.follow(administrator.send(form, "open_account", **opening, password_hash=PASSWORD))
    assert "已办理：开通账号" in done.text
    assert PASSWORD not in done.html
    assert "argon2id" not in done.html
    world.pump()
    assert sign_in(world, "clerk2")[1]["code"] == "PRECONDITION_NOT_MET"


def test_only_the_system_administrator_touches_accounts(world: World) -> None:
    open_account(world, "clerk1")
    opening = {"account_id": "x", "person_id": "p-clerk2", "password_hash": password_hash()}
    for account in ("clerk1", "head1", "sec", "aud"):
        assert world.as_(account).act("/desk/accounts/open_account", opening).code == "WRONG_ROLE"
    assert world.as_("head1").get("/desk/accounts").body["items"] == []
    own = world.as_("clerk1").get("/desk/accounts").body["items"]
    assert [item["id"] for item in own] == ["clerk1"]
    assert "password_hash" not in own[0]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"account_id": "clerk1"}, "DUPLICATE", "account_id"),
        ({"person_id": "p-nobody"}, "UNKNOWN_REFERENCE", "person_id"),
        ({"password_hash": "plain password"}, "INVALID_FIELD", "password_hash"),
        ({"account_id": "Ünïcode"}, "INVALID_FIELD", "account_id"),
    ],
)
def test_an_account_needs_a_new_name_a_known_person_and_a_hash(
    world: World, change: dict[str, str], code: str, field: str
) -> None:
    open_account(world, "clerk1")
    opening = {"account_id": "y", "person_id": "p-clerk2", "password_hash": password_hash()} | change
    refused = world.as_("sys").act("/desk/accounts/open_account", opening)
    assert (refused.code, refused.body["field"]) == (code, field)


def test_a_locked_account_loses_its_sessions_everywhere_and_gets_back_in_when_unlocked(world: World) -> None:
    open_account(world, "clerk1")
    token = sign_in(world, "clerk1")[1]["token"]
    assert world.as_("sys").act("/desk/accounts/clerk1/lock_account", {"reason": "离岗"}).status == 200
    world.pump()
    assert call(world, "GET", "/intake/worklist", token=token)[0] == 401
    assert sign_in(world, "clerk1")[0] == 401
    assert world.as_("sys").act("/desk/accounts/clerk1/unlock_account", {"reason": "返岗"}).status == 200
    world.pump()
    assert sign_in(world, "clerk1")[0] == 201
    assert call(world, "GET", "/intake/worklist", token=token)[0] == 401


def test_a_reset_password_has_to_be_changed(world: World) -> None:
    open_account(world, "clerk1")
    reset = {"password_hash": hash_password("one that was told")}
    assert world.as_("sys").act("/desk/accounts/clerk1/reset_password", reset).status == 200
    assert sign_in(world, "clerk1")[0] == 401
    assert sign_in(world, "clerk1", "one that was told")[1]["code"] == "PRECONDITION_NOT_MET"
    assert world.as_("clerk1").act("/desk/accounts/clerk1/reset_password", reset).code == "WRONG_ROLE"


@pytest.mark.parametrize(("real", "code"), [(True, "PRECONDITION_NOT_MET"), (False, "")])
def test_the_first_passwords_of_a_real_installation_do_not_last(
    tmp_path: Path, *, real: bool, code: str
) -> None:
    world = World(tmp_path, services=("notifications", "archive", "desk"))
    told = tmp_path / "sign-in.json"
    load_authority(world.runtimes, administrators_only(), told, first_passwords=real)
    world.pump()
    accounts = json.loads(told.read_text(encoding="utf-8"))
    assert set(accounts) == {"sys", "sec", "aud"}
    for account, secrets in accounts.items():
        assert sign_in(world, account, secrets["password"])[1].get("code", "") == code
    world.close()


def test_nobody_locks_themselves_out(world: World) -> None:
    open_account(world, "sys")
    refused = world.as_("sys").act("/desk/accounts/sys/lock_account", {"reason": "x"})
    assert refused.code == "CONFLICT_OF_INTEREST"


def test_loading_an_account_twice_changes_nothing(world: World) -> None:
    for expected in (True, False):
        with begin(world.runtimes["desk"]) as work:
            done = loading.load_account(
                work, account_id="clerk1", person_id="p-clerk1", password=PASSWORD, passphrase=PASSWORD
            )
            assert done is expected
    with world.runtimes["desk"].db.read() as session:
        assert session.get_one(Account, "clerk1").version == 1


def test_a_worker_that_dies_is_replaced() -> None:
    hashed = hash_password(PASSWORD)
    process = WORKER._process
    assert process is not None
    process.kill()
    process.wait()
    assert is_right(PASSWORD, hashed)
    assert not is_right(PASSWORD, "")
    assert not is_right("x" * 5000, hashed)


UNDER_GREEN_THREADS = """
import eventlet

eventlet.monkey_patch()
from services.desk.passwords import WORKER, hash_password, is_right

hashed = hash_password("a password of some length")
first = WORKER._process.pid
assert is_right("a password of some length", hashed)
assert WORKER._process.pid == first, "a request costs a new worker"
try:
    with eventlet.Timeout(0.01):
        is_right("a password of some length", hashed)
except eventlet.Timeout:
    print("cut off")
assert not is_right("another password", hashed), "an answer reached somebody else"
"""


def test_under_green_threads_one_worker_answers_all_and_a_cut_off_answer_reaches_no_one_else() -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", UNDER_GREEN_THREADS],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "cut off\n"


def test_a_worker_waits_for_a_request_that_comes_late() -> None:
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)  # as green threads leave it
    program = [sys.executable, password_worker.__file__, str(theirs.fileno())]
    with ours, theirs, subprocess.Popen(program, pass_fds=(theirs.fileno(),)) as worker:
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(0.5)
        ours.sendall(b'{"do": "verify", "secret": "", "hash": "", "passes": 1, "memory": 8192}\n')
        assert ours.recv(100) == b'{"right": false}\n'
        worker.kill()


def now_of(world: World, service: str) -> datetime:
    with world.runtimes[service].db.read() as session:
        now = session.scalars(select(Installation.now)).one()
    assert now is not None
    return now


def test_simulated_time_moves_forward_for_every_service(world: World) -> None:
    moved = world.as_("sys").act(ADVANCE, {"now": "2026-03-05T08:00:00+08:00"})
    assert moved.status == 201
    world.pump()
    for service in ("intake", "desk"):
        assert now_of(world, service) == datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "now", ["2026-03-02T09:00:00+08:00", "2026-03-02T08:59:59+08:00", "2020-01-01T00:00:00Z"]
)
def test_simulated_time_never_stands_or_runs_back(world: World, now: str) -> None:
    refused = world.as_("sys").act(ADVANCE, {"now": now})
    assert (refused.status, refused.code, refused.body["field"]) == (409, "TIME_RUNS_FORWARD", "now")
    assert now_of(world, "desk") == datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("account", ["clerk1", "head1", "sec", "aud"])
def test_only_the_system_administrator_moves_time(world: World, account: str) -> None:
    assert world.as_(account).act(ADVANCE, {"now": "2026-03-05T08:00:00+08:00"}).code == "WRONG_ROLE"


def test_a_real_installation_refuses_to_move_time(world: World) -> None:
    for runtime in world.runtimes.values():
        with runtime.db.write() as session:
            session.execute(update(Installation).values(time_mode="real", now=None))
    refused = world.as_("sys").act(ADVANCE, {"now": "2099-01-01T00:00:00+08:00"})
    assert (refused.status, refused.code) == (409, "REAL_TIME_ONLY")
    with world.runtimes["desk"].db.read() as session:
        assert (
            session.scalar(select(func.count()).select_from(Outbox).where(Outbox.type.contains("time"))) == 0
        )


def test_time_is_advanced_by_clicking_in_beijing_time(world: World, visitor: Signed) -> None:
    administrator = visitor("sys")
    form = administrator.get("/desk/new/desk/time_advances/advance_time")
    done = administrator.follow(administrator.send(form, "advance_time", now="2026-03-03T10:30"))
    assert "模拟时间 simulated time 2026年3月3日 10:30" in done.text
    assert now_of(world, "desk") == datetime(2026, 3, 3, 10, 30, tzinfo=ZONE)


def test_tokens_keep_real_time_while_business_time_jumps(world: World) -> None:
    desk = world.runtimes["desk"]
    claims = world.as_("sys").claims
    token = issue_token(desk.ring.signing, desk.ring.key_id, claims, real_now())
    world.as_("sys").act(ADVANCE, {"now": "2030-01-01T00:00:00+08:00"})
    world.pump()
    assert call(world, "GET", "/intake/worklist", token=token)[0] == 200


def publish(world: World, **more: int) -> dict[str, int]:
    desk = world.runtimes["desk"]
    with begin(desk) as work:
        counts = directory_edition.counts_here(work.session)
        for name, extra in more.items():
            counts[name] += extra
        loading.publish_directory(work, **counts)
    return counts


def test_a_service_is_ready_exactly_when_all_that_was_loaded_has_arrived(world: World) -> None:
    intake = world.runtimes["intake"]
    with intake.db.write() as session:
        session.execute(delete(DirectoryState))
        assert not directory_complete(session)
    publish(world, persons=1)
    world.pump()
    with intake.db.write() as session:
        assert not directory_complete(session)
        session.add(
            DirectoryPerson(person_id="p-late", level="staff", managing_authority="unit", unit_id="", office_id="",
                            superior_id="", relatives="", leadership_member=False, party_head=False, version=1)
        )  # fmt: skip
        session.flush()
        assert directory_complete(session)


def editions(world: World) -> int:
    with world.runtimes["desk"].db.read() as session:
        return session.scalar(select(DirectoryEdition.version)) or 0


def test_an_edition_is_published_when_more_has_arrived_or_ten_minutes_have_passed(world: World) -> None:
    world.tick()
    assert editions(world) == 0
    publish(world)
    world.tick()
    assert editions(world) == 1
    with world.runtimes["desk"].db.write() as session:
        session.add(DirectoryAccount(account_id="new", person_id="p-clerk1", status="active", version=1))
    world.tick()
    world.tick()
    assert editions(world) == 2
    with world.runtimes["desk"].db.write() as session:
        session.execute(update(DirectoryEdition).values(published_at=real_now() - timedelta(minutes=11)))
    world.tick()
    world.tick()
    assert editions(world) == 3


def test_an_edition_never_counts_fewer_than_set_up_loaded(world: World) -> None:
    counts = publish(world, accounts=5)
    with world.runtimes["desk"].db.write() as session:
        session.execute(update(DirectoryEdition).values(published_at=real_now() - timedelta(minutes=11)))
    world.tick()
    with world.runtimes["desk"].db.read() as session:
        edition = session.scalars(select(DirectoryEdition)).one()
    assert (edition.version, edition.accounts) == (2, counts["accounts"])


def test_set_up_works_in_an_empty_installation(tmp_path: Path) -> None:
    world = World(tmp_path, services=("desk",))
    with world.runtimes["desk"].db.write() as session:
        session.execute(delete(DirectoryPerson))
    with begin(world.runtimes["desk"]) as work:
        assert loading.load_account(work, account_id="first", person_id="p-first", password=PASSWORD)
    world.close()
