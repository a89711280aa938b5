"""An online petitioner follows a petition by its receipt code, without an account."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from services.intake import receipts
from services.intake.storage import ReceiptCode
from tests.clauses.intake_petitions import BASE, STEPS, audit, give_key, judged_as, letter, register, step
from tests.clauses.test_intake_sealed import deliver
from tests.world import Answer, World

NOBODY = {"Authorization": ""}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def online(world: World, **changes: object) -> str:
    return str(register(world, letter(channel="online", online_no="WL-1", **changes))["id"])


def code_of(world: World, petition: str, account: str = "clerk1") -> Answer:
    return world.as_(account).get(f"{BASE}/{petition}/receipt_code")


def follow(world: World, code: object) -> Answer:
    return world.as_("clerk1").send("POST", "/intake/receipts", body={"code": code}, headers=NOBODY)


def test_a_code_shows_how_far_the_petition_is_and_nothing_else(world: World) -> None:
    petition = online(world)
    code = code_of(world, petition).body["code"]
    assert follow(world, code).body == {
        "stage": "received", "stage_zh": "已收到", "stage_en": "received", "received_on": "2026-03-02",
    }  # fmt: skip
    stages = []
    for name in STEPS:
        assert step(world, petition, name, **judged_as(name, in_scope=False)).status == 200
        stages.append(follow(world, code).body["stage"])
    assert stages == ["in_process"] * 4 + ["transferred"] + ["in_process"] * 3 + ["closed"]


def test_a_code_is_read_as_people_type_it(world: World) -> None:
    code = code_of(world, online(world)).body["code"]
    for typed in (code.lower(), code.replace("-", " "), f" {code.replace('-', '')} ", code.replace("O", "0")):
        assert follow(world, typed).status == 200, typed


def test_codes_that_belong_to_nothing_are_answered_alike(world: World) -> None:
    online(world)
    answers = [follow(world, code) for code in ("AAAA-BBBB-CCCC-DDDD", "x", "中文", "A" * 5000)]
    assert {(a.status, a.code) for a in answers} == {(404, "UNKNOWN_REFERENCE")}
    assert len({str(a.body) for a in answers}) == 1
    assert [follow(world, odd).code for odd in ("", None, 7)] == ["MISSING_FIELD"] * 3


def test_of_a_sealed_petition_the_code_shows_what_it_shows_of_any_other(world: World) -> None:
    give_key(world)
    sealed, plain = online(world, subject_ids=["p-edu-vice"]), online(world, summary="另一件普通的网络举报")
    codes = [code_of(world, one).body["code"] for one in (sealed, plain)]
    assert follow(world, codes[0]).body == follow(world, codes[1]).body
    assert deliver(world, sealed).status == 200
    step(world, plain, "forwarded")
    assert follow(world, codes[0]).body == follow(world, codes[1]).body
    assert follow(world, codes[0]).body["stage"] == "in_process"


def test_the_registrar_alone_is_told_the_code_and_each_telling_is_on_record(world: World) -> None:
    petition = online(world)
    assert code_of(world, petition, "head1").code == "WRONG_ROLE"
    assert code_of(world, petition, "clerk2").code == "UNKNOWN_REFERENCE"
    first, again = code_of(world, petition).body["code"], code_of(world, petition).body["code"]
    assert first == again
    assert audit(world, petition).count(("read_receipt_code", "read", "", "p-clerk1")) == 2
    letter_ = str(register(world, letter(summary="一封普通来信，没有查询码"))["id"])
    assert code_of(world, letter_).code == "PRECONDITION_NOT_MET"


def test_the_code_itself_is_stored_nowhere(tmp_path: Path, world: World) -> None:
    code = code_of(world, online(world)).body["code"]
    follow(world, code)
    spelled = {code.encode(), code.replace("-", "").encode()}
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [body for body in files for one in spelled if one in body]
    with world.runtimes["intake"].db.read() as session:
        assert len(session.scalars(select(ReceiptCode)).all()) == 1


def test_a_source_has_so_many_tries_in_a_while_and_others_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000_000.0]

    class Moment:
        def timestamp(self) -> float:
            return now[0]

    monkeypatch.setattr(receipts, "real_now", Moment)
    code = code_of(world, online(world)).body["code"]
    answers = [follow(world, "AAAA-BBBB-CCCC-DDDD").status for _ in range(receipts.TRIES)]
    assert set(answers) == {404}
    assert (follow(world, code).status, follow(world, code).code) == (429, "RATE_LIMITED")
    now[0] += receipts.WINDOW_SECONDS
    assert follow(world, code).status == 200
