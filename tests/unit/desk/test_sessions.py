"""Signing in by the API: tokens, their life, their post, and what a sign-out means elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from services.chassis import auth
from services.chassis.audit.tables import AuditEntry
from services.chassis.clock import real_now
from services.chassis.tables import DirectoryAssignment
from services.desk.storage import DeskSession
from tests.unit.desk.visitor import PASSWORD, open_account
from tests.world import World


def call(
    world: World, method: str, path: str, body: Any = None, token: str = "", **headers: str
) -> tuple[int, Any]:
    given = headers | ({"Authorization": f"Bearer {token}"} if token else {})
    content: dict[str, Any] = {"json": body} if body is not None else {}
    service = path.split("/")[1]
    builder = EnvironBuilder(path=path, method=method, headers=Headers(given), **content)
    answer = world.apis[service].answer(Request(builder.get_environ()))
    return answer.status_code, answer.get_json(silent=True)


def sign_in(world: World, account: str, password: str = PASSWORD, **more: str) -> tuple[int, Any]:
    return call(world, "POST", "/desk/session", {"account": account, "password": password} | more)


def entries(world: World) -> list[tuple[str, str, str, str]]:
    with world.runtimes["desk"].db.read() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.act.in_(("sign_in", "sign_out"))))
        return [(row.act, row.outcome, row.subject_id, row.code) for row in rows]


def test_a_token_of_the_desk_opens_the_other_services(world: World) -> None:
    open_account(world, "clerk1")
    status, told = sign_in(world, "clerk1")
    assert status == 201
    assert (told["person_id"], told["post"]) == ("p-clerk1", "p-clerk1.dispatched_office_staff")
    assert call(world, "GET", "/intake/worklist", token=told["token"]) == (200, {"items": []})
    assert entries(world) == [("sign_in", "signed_in", "clerk1", "")]


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(world: World) -> None:
    open_account(world, "clerk1")
    assert sign_in(world, "clerk1", "wrong") == sign_in(world, "nobody", "wrong")
    status, told = sign_in(world, "nobody", "wrong")
    assert (status, told["code"]) == (401, "UNAUTHENTICATED")
    assert entries(world)[0] == ("sign_in", "refused", "clerk1", "UNAUTHENTICATED")
    assert entries(world)[1] == ("sign_in", "refused", "", "UNAUTHENTICATED")


def test_a_token_ends_after_five_minutes_and_is_refreshed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_account(world, "clerk1")
    told = sign_in(world, "clerk1")[1]
    later = real_now() + auth.TOKEN_LIFE + timedelta(seconds=2)
    monkeypatch.setattr("services.chassis.http.real_now", lambda: later)
    status, refused = call(world, "GET", "/intake/worklist", token=told["token"])
    assert (status, refused["code"]) == (401, "TOKEN_EXPIRED")
    monkeypatch.setattr("services.desk.signing_in.real_now", lambda: later)
    status, again = call(world, "POST", "/desk/session/refresh", {"refresh": told["refresh"]})
    assert (status, again["session"]) == (200, told["session"])
    assert call(world, "GET", "/intake/worklist", token=again["token"])[0] == 200


@pytest.mark.parametrize(
    ("idle", "age", "lives"),
    [(29, 60, True), (31, 60, False), (1, 12 * 60 - 1, True), (1, 12 * 60 + 1, False)],
)
def test_a_session_ends_when_idle_or_old(world: World, idle: int, age: int, *, lives: bool) -> None:
    open_account(world, "clerk1")
    told = sign_in(world, "clerk1")[1]
    with world.runtimes["desk"].db.write() as session:
        now = real_now()
        session.execute(
            update(DeskSession).values(
                seen_at=now - timedelta(minutes=idle), started_at=now - timedelta(minutes=age)
            )
        )
    status, answer = call(world, "POST", "/desk/session/refresh", {"refresh": told["refresh"]})
    assert (status == 200) is lives
    if not lives:
        assert answer["code"] == "TOKEN_EXPIRED"


def test_signing_out_voids_the_tokens_in_every_service(world: World) -> None:
    open_account(world, "clerk1")
    told = sign_in(world, "clerk1")[1]
    assert call(world, "DELETE", "/desk/session", token=told["token"])[0] == 204
    world.pump()
    status, refused = call(world, "GET", "/intake/worklist", token=told["token"])
    assert (status, refused["code"]) == (401, "UNAUTHENTICATED")
    status, refused = call(world, "POST", "/desk/session/refresh", {"refresh": told["refresh"]})
    assert (status, refused["code"]) == (401, "SESSION_REVOKED")


def test_one_session_ends_and_the_other_goes_on(world: World) -> None:
    open_account(world, "clerk1")
    first, second = sign_in(world, "clerk1")[1], sign_in(world, "clerk1")[1]
    call(world, "DELETE", "/desk/session", token=first["token"])
    world.pump()
    assert call(world, "GET", "/intake/worklist", token=second["token"])[0] == 200


def test_who_holds_several_posts_chooses_one(world: World) -> None:
    hold_a_second_post(world)
    open_account(world, "clerk1")
    told = sign_in(world, "clerk1", post="second")[1]
    assert told["post"] == "second"
    assert {post["role"] for post in told["posts"]} == {"dispatched_office_staff", "petition_office_staff"}
    back = call(world, "POST", "/desk/session/refresh",
                {"refresh": told["refresh"], "post": "p-clerk1.dispatched_office_staff"})[1]  # fmt: skip
    assert back["post"] == "p-clerk1.dispatched_office_staff"
    refused = call(world, "POST", "/desk/session/refresh",
                   {"refresh": told["refresh"], "post": "p-head1.dispatched_office_head"})[1]  # fmt: skip
    assert refused["code"] == "WRONG_ROLE"


def test_a_post_that_has_ended_signs_in_nobody(world: World) -> None:
    open_account(world, "clerk1")
    with world.runtimes["desk"].db.write() as session:
        held = session.get_one(DirectoryAssignment, "p-clerk1.dispatched_office_staff")
        held.valid_to = held.valid_from
    status, refused = sign_in(world, "clerk1")
    assert (status, refused["code"]) == (403, "WRONG_ROLE")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "MISSING_FIELD"),
        ({"account": "clerk1"}, "MISSING_FIELD"),
        ({"account": ["clerk1"], "password": "x"}, "INVALID_FIELD"),
        ({"account": "clerk1", "password": "x" * 1001}, "INVALID_FIELD"),
        ({"account": "clerk1\x00", "password": "x"}, "INVALID_FIELD"),
        ({"account": "clerk1", "password": "x", "admin": True}, "UNKNOWN_FIELD"),
    ],
)
def test_a_body_that_is_no_sign_in_is_refused_by_field(world: World, body: Any, code: str) -> None:
    status, refused = call(world, "POST", "/desk/session", body)
    assert (status, refused["code"]) in {(400, code), (422, code), (409, code)}


def test_an_initial_password_is_changed_before_anything_else(world: World) -> None:
    open_account(world, "clerk1", must_change=True)
    assert sign_in(world, "clerk1")[1]["code"] == "PRECONDITION_NOT_MET"
    change = {"account": "clerk1", "old_password": PASSWORD, "new_password": "another long one"}
    assert call(world, "POST", "/desk/password", change)[0] == 204
    assert sign_in(world, "clerk1")[0] == 401
    assert sign_in(world, "clerk1", "another long one")[0] == 201


def hold_a_second_post(world: World) -> None:
    for runtime in world.runtimes.values():
        with runtime.db.write() as session:
            first = session.get_one(DirectoryAssignment, "p-clerk1.dispatched_office_staff")
            session.add(
                DirectoryAssignment(assignment_id="second", person_id="p-clerk1", role="petition_office_staff",
                                    office_id="xfs", unit_id="", valid_from=first.valid_from, valid_to=None,
                                    version=1)
            )  # fmt: skip
