"""The administrators' pages of accounts and of security: what is on them, for whom, and where they lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.chassis.clock import real_now
from services.chassis.tables import DirectoryAssignment
from services.chassis.work import begin
from services.desk.loading import load_person_key
from services.desk.storage import DeskSession
from tests.unit.desk.phone import Phone
from tests.unit.desk.test_sessions import call, sign_in
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import Client, World

Signed = Callable[[str], Visitor]


def lines(client: Client, path: str, **asked: str) -> dict[str, dict[str, Any]]:
    answer = client.get(path, **asked)
    assert answer.status == 200, answer.body
    return {line["id"]: line for line in answer.body["items"]}


def test_an_account_shows_its_posts_from_to_and_what_is_missing(
    world: World, asked_of: Callable[..., None]
) -> None:
    asked_of("administrators")
    open_account(world, "clerk1")
    open_account(world, "head1", must_change=True)
    open_account(world, "aud")
    with world.runtimes["desk"].db.write() as session:
        ended = session.get_one(DirectoryAssignment, "p-clerk1.dispatched_office_staff")
        ended.valid_to = date(2026, 3, 1)
    found = lines(world.as_("sys"), "/desk/accounts-overview")
    assert {name: line["missing"] for name, line in found.items()} == {
        "aud": ["second_factor"],
        "clerk1": ["post"],
        "head1": ["own_password"],
    }
    [post] = found["clerk1"]["posts"]
    assert (post["role"], post["place"], post["to"], post["now"]) == (
        "dispatched_office_staff",
        "pz1",
        "2026-03-01",
        False,
    )


@pytest.mark.parametrize(("last", "now"), [(date(2026, 3, 1), False), (date(2026, 3, 2), True), (None, True)])
def test_a_post_counts_to_the_end_of_its_last_day(world: World, last: date | None, *, now: bool) -> None:
    open_account(world, "clerk1")
    with world.runtimes["desk"].db.write() as session:
        session.get_one(DirectoryAssignment, "p-clerk1.dispatched_office_staff").valid_to = last
    [post] = lines(world.as_("sys"), "/desk/accounts-overview")["clerk1"]["posts"]
    assert post["now"] is now


def test_accounts_come_in_pages_by_name_each_once(world: World) -> None:
    names = ["aud", "clerk1", "clerk2", "head1", "sec"]
    for name in names:
        open_account(world, name, must_change=name.startswith("clerk"))
    seen: list[str] = []
    cursor = ""
    for _ in range(5):
        answer = world.as_("sys").get("/desk/accounts-overview", limit="2", cursor=cursor).body
        seen += [line["id"] for line in answer["items"]]
        cursor = answer["next"] or ""
        if not cursor:
            break
    assert seen == names
    assert list(lines(world.as_("sys"), "/desk/accounts-overview", q="cl")) == ["clerk1", "clerk2"]
    assert list(lines(world.as_("sys"), "/desk/accounts-overview", missing="1")) == ["clerk1", "clerk2"]
    assert lines(world.as_("sys"), "/desk/accounts-overview", q="%") == {}


def test_who_holds_a_post_and_has_no_account_is_named(world: World) -> None:
    without = world.as_("sys").get("/desk/accounts-overview").body["without_account"]
    assert "p-clerk2" not in {line["person_id"] for line in without}, (
        "the example's accounts are in its directory"
    )
    with world.runtimes["desk"].db.write() as session:
        session.add(
            DirectoryAssignment(assignment_id="new", person_id="p-new", role="archivist", office_id="das", unit_id="",
                                valid_from=date(2026, 3, 2), valid_to=None, version=1)
        )  # fmt: skip
    without = world.as_("sys").get("/desk/accounts-overview").body["without_account"]
    assert [(line["person_id"], line["role"]) for line in without] == [("p-new", "archivist")]


@pytest.mark.parametrize(
    ("path", "reader"), [("/desk/accounts-overview", "sys"), ("/desk/security-overview", "sec")]
)
def test_each_overview_is_one_administrators(world: World, path: str, reader: str) -> None:
    for account in ("sys", "sec", "aud", "head1", "clerk1"):
        answer = world.as_(account).get(path)
        assert (answer.status == 200) is (account == reader)
        assert answer.code in ("", "WRONG_ROLE")


def test_the_security_administrator_sees_keys_sessions_and_second_factors(
    world: World, phone: Phone, asked_of: Callable[..., None]
) -> None:
    for account in ("clerk1", "head1", "aud"):
        open_account(world, account)
    with begin(world.runtimes["desk"]) as work:
        load_person_key(work, "p-head1", "a long enough passphrase")
    for _ in range(2):
        sign_in(world, "clerk1")
    old = sign_in(world, "clerk1")[1]
    with world.runtimes["desk"].db.write() as session:
        session.get_one(DeskSession, old["session"]).seen_at = real_now() - timedelta(minutes=31)
    phone.enrol("head1")
    asked_of("administrators")
    answer = world.as_("sec").get("/desk/security-overview").body
    found = {line["id"]: line for line in answer["items"]}
    assert (found["clerk1"]["sessions"], found["head1"]["sessions"]) == (2, 0)
    assert (found["clerk1"]["key_since"], found["head1"]["key_since"]) == ("", "2026-03-02")
    assert [found[name]["second_factor"] for name in ("clerk1", "head1", "aud")] == [False, True, False]
    assert found["aud"]["missing"] == ["second_factor"]
    assert answer["counts"] == {
        "accounts": 3, "locked": 0, "sessions": 2, "keys": 1, "second_factors": 1, "second_factors_missing": 1,
    }  # fmt: skip
    told = str(answer)
    assert not [word for word in (phone.secret, "argon2id", "127.0.0", "secret") if word in told]


def test_an_account_is_locked_and_unlocked_from_the_page(world: World, visitor: Signed) -> None:
    open_account(world, "clerk1")
    administrator = visitor("sys")
    shown = administrator.get(administrator.get("/desk/").link("账号"))
    assert "账号与岗位" in shown.text
    assert "派驻" in shown.text
    form = administrator.get("/desk/items/desk/accounts/clerk1/acts/lock_account")
    assert f'href="{form.answer.request.path}"' in shown.html
    administrator.send(form, "lock_account", reason="离岗")
    again = administrator.get("/desk/administration/accounts?q=clerk1")
    assert "已锁定" in again.text
    assert "/acts/unlock_account" in again.html
    assert "/acts/lock_account" not in again.html


def test_sessions_are_ended_from_the_security_page(world: World, visitor: Signed) -> None:
    clerk, security = visitor("clerk1"), visitor("sec")
    shown = security.get(security.get("/desk/").link("安全"))
    assert "打开的会话" in shown.text
    target = "/desk/items/desk/accounts/clerk1/acts/end_sessions"
    assert f'href="{target}"' in shown.html
    security.send(security.get(target), "end_sessions", reason="电脑遗失")
    assert clerk.get("/desk/").status == 303
    assert f'href="{target}"' not in security.get("/desk/administration/security").html


def test_an_epoch_that_waits_for_approval_is_on_the_security_page(world: World, visitor: Signed) -> None:
    restored = {"service": "intake", "restore_id": "0" * 32, "reason": "示例"}
    assert world.as_("sys").act("/desk/epoch_openings/open_epoch", restored).status == 201
    shown = visitor("sec").get("/desk/administration/security")
    assert "开启恢复后的新纪元" in shown.text
    assert "#proposal-" in shown.html


@pytest.mark.parametrize("page", ["accounts", "security"])
def test_the_pages_are_refused_to_others_as_the_services_refuse(
    world: World, visitor: Signed, page: str
) -> None:
    refused = visitor("head1").get(f"/desk/administration/{page}")
    assert refused.status == 403
    assert "WRONG_ROLE" in refused.text


def test_nothing_of_accounts_waits_on_the_administrators_worklist(world: World) -> None:
    open_account(world, "clerk1")
    for account in ("sys", "sec"):
        assert world.as_(account).get("/desk/worklist").body["items"] == []
    offered = [act["name"] for act in world.as_("sys").get("/desk/accounts/clerk1").body["acts"]]
    assert offered == ["lock_account", "reset_password"]
    assert call(world, "GET", "/desk/worklist")[0] == 401
