"""Where an item is, for who has its id alone: known items with their number, of all others nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from services.chassis.audit.tables import AuditEntry
from tests.attacks.trying import ACCOUNTS
from tests.clauses.intake_petitions import letter, register
from tests.world import World

ASK = "/intake/whereabouts"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def entries(world: World) -> int:
    with world.runtimes["intake"].db.read() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def test_who_may_know_of_an_item_is_told_where_it_is_and_nobody_else_that_it_is(world: World) -> None:
    petition = register(world, letter())
    before, asked = entries(world), f"{petition['id']},nothing"
    told = world.as_("clerk1").get(ASK, ids=asked).body["items"]
    assert told == [{"id": petition["id"], "path": "petitions", "no": petition["no"]}]
    knowing = set()
    for account in ACCOUNTS:
        reader = world.as_(account)
        in_list = petition["id"] in [
            one["id"] for one in reader.get("/intake/petitions", limit="200").body["items"]
        ]
        assert bool(reader.get(ASK, ids=asked).body["items"]) is in_list, account
        knowing |= {account} if in_list else set()
    assert {"clerk1", "head1"} <= knowing
    assert not knowing & {"sys", "aud", "sec", "edu-head", "clerk3"}
    assert entries(world) == before, "a list leaves no refusals behind"


@pytest.mark.parametrize(
    ("ids", "code"), [("", "MISSING_FIELD"), (",".join(map(str, range(201))), "OUT_OF_RANGE")]
)
def test_no_id_and_too_many_are_refused(world: World, ids: str, code: str) -> None:
    answer = world.as_("clerk1").get(ASK, ids=ids)
    assert (answer.status, answer.code, answer.body["field"]) == (422, code, "ids")


def test_of_a_hundred_kinds_it_is_asked_in_one_statement(tmp_path: Path) -> None:
    world = World(tmp_path, services=("inspection",))
    assert world.as_("xc1").get("/inspection/whereabouts", ids="nothing").body == {"items": []}
