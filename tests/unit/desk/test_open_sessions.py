"""A person's own sessions: seen, ended one by one or all but this; and the security administrator's act."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from services.chassis.clock import real_now
from services.desk.storage import DeskSession
from tests.unit.desk.test_sessions import call, sign_in
from tests.unit.desk.visitor import PASSWORD, Visitor, open_account
from tests.world import World


def working(world: World, token: str) -> bool:
    return call(world, "GET", "/intake/worklist", token=token)[0] == 200


def test_one_sees_ones_own_open_sessions_and_which_is_this(world: World) -> None:
    for account in ("clerk1", "head1"):
        open_account(world, account)
    sign_in(world, "head1")
    first, second = sign_in(world, "clerk1")[1], sign_in(world, "clerk1")[1]
    status, told = call(world, "GET", "/desk/sessions", token=second["token"])
    assert status == 200
    assert {line["id"]: line["this"] for line in told["items"]} == {
        first["session"]: False,
        second["session"]: True,
    }
    assert {line["proven_by"] for line in told["items"]} == {"password"}
    assert "secret" not in str(told)


@pytest.mark.parametrize(("idle", "shown"), [(29, True), (31, False)])
def test_a_session_that_ended_by_itself_is_not_listed(world: World, idle: int, *, shown: bool) -> None:
    open_account(world, "clerk1")
    old, this = sign_in(world, "clerk1")[1], sign_in(world, "clerk1")[1]
    with world.runtimes["desk"].db.write() as session:
        unused = update(DeskSession).where(DeskSession.id == old["session"])
        session.execute(unused.values(seen_at=real_now() - timedelta(minutes=idle)))
    told = call(world, "GET", "/desk/sessions", token=this["token"])[1]
    assert (old["session"] in {line["id"] for line in told["items"]}) is shown


def test_ending_one_voids_its_tokens_everywhere_and_no_other(world: World) -> None:
    open_account(world, "clerk1")
    lost, here = sign_in(world, "clerk1")[1], sign_in(world, "clerk1")[1]
    assert call(world, "DELETE", f"/desk/sessions/{lost['session']}", token=here["token"])[0] == 204
    world.pump()
    assert not working(world, lost["token"])
    assert working(world, here["token"])
    assert call(world, "DELETE", f"/desk/sessions/{lost['session']}", token=here["token"])[0] == 404


def test_ending_all_others_leaves_this_one(world: World) -> None:
    open_account(world, "clerk1")
    others = [sign_in(world, "clerk1")[1] for _ in range(2)]
    here = sign_in(world, "clerk1")[1]
    assert call(world, "DELETE", "/desk/sessions", token=here["token"]) == (200, {"ended": 2})
    world.pump()
    assert [working(world, one["token"]) for one in (*others, here)] == [False, False, True]


def test_nobody_ends_or_sees_the_session_of_somebody_else(world: World) -> None:
    for account in ("clerk1", "head1"):
        open_account(world, account)
    hers, mine = sign_in(world, "head1")[1], sign_in(world, "clerk1")[1]
    refused = call(world, "DELETE", f"/desk/sessions/{hers['session']}", token=mine["token"])
    unknown = call(world, "DELETE", "/desk/sessions/none", token=mine["token"])
    assert refused == unknown
    assert (refused[0], refused[1]["code"]) == (404, "UNKNOWN_REFERENCE")
    world.pump()
    assert working(world, hers["token"])


def test_a_session_is_ended_by_clicking(world: World) -> None:
    open_account(world, "clerk1")
    away, here = Visitor(world), Visitor(world)
    for browser in (away, here):
        assert browser.sign_in("clerk1").status == 303
    shown = here.get("/desk/my-sessions")
    assert shown.text.count("口令 password") == 2
    [other] = [value for _, value in shown.form("/my-sessions").buttons if re.fullmatch(r"[0-9a-f]{32}", value)
               and value != this_session(here, world)]  # fmt: skip
    assert here.follow(here.send(shown, "/my-sessions", button=other)).status == 200
    assert away.get("/desk/").status == 303
    assert here.get("/desk/").status == 200


def this_session(browser: Visitor, world: World) -> str:
    """The session that the page calls this one: the row with the mark."""
    row = re.search(r"本次.*?value=\"([0-9a-f]{32})\"", browser.get("/desk/my-sessions").html, re.DOTALL)
    assert row
    return row[1]


def test_all_others_are_ended_by_clicking_and_ending_this_one_signs_out(world: World) -> None:
    open_account(world, "clerk1")
    away, here = Visitor(world), Visitor(world)
    for browser in (away, here):
        browser.sign_in("clerk1")
    here.send(here.get("/desk/my-sessions"), "/my-sessions", button="others")
    assert away.get("/desk/").status == 303
    alone = here.get("/desk/my-sessions")
    assert "结束其他全部会话" not in alone.text
    out = here.send(alone, "/my-sessions", button=this_session(here, world))
    assert out.answer.headers["Location"] == "/desk/sign-in"
    assert here.get("/desk/").status == 303


def test_the_security_administrator_ends_all_sessions_of_an_account_which_stays_open(world: World) -> None:
    open_account(world, "clerk1")
    tokens = [sign_in(world, "clerk1")[1]["token"] for _ in range(2)]
    end = "/desk/accounts/clerk1/end_sessions"
    for account in ("sys", "aud", "head1", "clerk1"):
        assert world.as_(account).act(end, {"reason": "x"}).code in ("WRONG_ROLE", "UNKNOWN_REFERENCE")
    assert world.as_("sec").act(end, {}).code == "MISSING_REASON"
    assert world.as_("sec").act(end, {"reason": "电脑遗失"}).status == 200
    world.pump()
    assert [working(world, token) for token in tokens] == [False, False]
    assert sign_in(world, "clerk1")[0] == 201


def test_what_the_security_administrator_sees_of_an_account_is_no_password(world: World) -> None:
    open_account(world, "clerk1")
    shown = world.as_("sec").get("/desk/accounts/clerk1").body
    assert shown["id"] == "clerk1"
    assert "argon2id" not in str(shown)
    assert [act["name"] for act in shown["acts"]] == ["end_sessions"]


def test_the_administrator_cannot_open_an_account_whose_first_password_lasts(
    world: World, visitor: Callable[[str], Visitor]
) -> None:
    administrator = visitor("sys")
    form = administrator.get("/desk/new/desk/accounts/open_account")
    opening = {"account_id": "clerk2", "person_id": "p-clerk2", "password_hash": PASSWORD}
    refused = administrator.send(form, "open_account", **opening, must_change="false")
    assert 'id="problem-must_change"' in refused.html
    assert sign_in(world, "clerk2")[1]["code"] == "UNAUTHENTICATED"
