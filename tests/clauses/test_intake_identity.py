"""The vault: who petitions stands in no paper and is read only once two persons released it (LZ-22.15)."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from services.chassis.keys import unseal
from tests.clauses.intake_petitions import (
    BASE,
    audit,
    give_key,
    letter,
    nothing_changes,
    register,
    row_counts,
    show,
)
from tests.world import Answer, World

WHO: dict[str, str] = {"name": "金丝雀甲", "contact": "13900000000", "address": "示例路1号"}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def named(world: World, **changes: object) -> str:
    return str(register(world, letter(petitioners=[WHO, {"name": "金丝雀乙"}]) | changes)["id"])


def ask(world: World, petition: str, account: str = "clerk1", reason: str = "核实举报内容") -> Answer:
    return world.as_(account).act(f"{BASE}/{petition}/request_identity", {"reason": reason})


def release(world: World, petition: str, first: str = "head1", second: str = "xfhead") -> list[Answer]:
    return [world.as_(who).decide("intake", "petitions", petition) for who in (first, second)]


def identity(world: World, petition: str, account: str = "clerk1") -> Answer:
    return world.as_(account).get(f"{BASE}/{petition}/petitioners")


def test_who_petitions_stands_in_no_paper_and_in_no_file(tmp_path: Path, world: World) -> None:
    petition = named(world)
    for paper in show(world, petition)["papers"]:
        form = world.as_("clerk1").get(f"{BASE}/{petition}/papers/{paper['id']}").body["form"]
        assert "petitioners" not in form
        assert "金丝雀" not in json.dumps(form, ensure_ascii=False)
    assert not [f for f in tmp_path.rglob("*") if f.is_file() and "金丝雀".encode() in f.read_bytes()]


def test_nobody_reads_it_before_two_persons_released_it_and_each_try_is_on_record(world: World) -> None:
    petition = named(world)
    for account in ("clerk1", "head1", "xfhead"):
        refused = identity(world, petition, account)
        assert (refused.status, refused.code, refused.body["clauses"]) == (
            409, "APPROVAL_REQUIRED", ["LZ-22.15"],
        )  # fmt: skip
    assert ("read_identity", "refused", "APPROVAL_REQUIRED", "p-head1") in audit(world, petition)
    assert ask(world, petition).status == 200
    assert identity(world, petition).code == "APPROVAL_REQUIRED"
    assert world.as_("head1").decide("intake", "petitions", petition).status == 200
    assert identity(world, petition).code == "APPROVAL_REQUIRED"


def test_two_persons_release_it_to_who_asked_and_to_nobody_else(world: World) -> None:
    petition = named(world)
    ask(world, petition)
    assert [a.status for a in release(world, petition)] == [200, 200]
    opened = identity(world, petition)
    assert opened.status == 200
    assert opened.body["petitioners"] == [WHO, {"name": "金丝雀乙", "contact": "", "address": ""}]
    assert opened.body["until"].startswith("2026-03-03T23:59:59")
    assert ("read_identity", "read", "", "p-clerk1") in audit(world, petition)
    for other in ("head1", "xfhead"):
        assert identity(world, petition, other).code == "APPROVAL_REQUIRED"
    assert identity(world, petition, "clerk2").code == "UNKNOWN_REFERENCE"


@pytest.mark.parametrize(("day", "hour", "minute", "open_"), [(3, 23, 59, True), (4, 0, 0, False)])
def test_the_release_ends(world: World, day: int, hour: int, minute: int, *, open_: bool) -> None:
    petition = named(world)
    ask(world, petition)
    release(world, petition)
    world.on(2026, 3, day, hour, minute)
    assert (identity(world, petition).status == 200) is open_


def test_who_asks_releases_nothing_to_themselves_and_one_person_is_not_two(world: World) -> None:
    petition = named(world)
    ask(world, petition, "head1")
    own = world.as_("head1").decide("intake", "petitions", petition)
    assert (own.code, "LZ-22.15" in own.body["clauses"]) == ("SELF_APPROVAL", True)
    assert world.as_("xfhead").decide("intake", "petitions", petition).code == "APPROVAL_ORDER"
    assert world.as_("deputy1").decide("intake", "petitions", petition).status == 200
    assert world.as_("deputy1").decide("intake", "petitions", petition).code == "WRONG_APPROVER"
    assert world.as_("xf1").decide("intake", "petitions", petition).code == "WRONG_APPROVER"
    assert world.as_("xfhead").decide("intake", "petitions", petition).status == 200
    assert identity(world, petition, "head1").status == 200


def test_the_head_of_the_petition_office_asks_and_cannot_be_the_second_person(world: World) -> None:
    petition = named(world)
    assert ask(world, petition, "xfhead").status == 200
    assert world.as_("head1").decide("intake", "petitions", petition).status == 200
    assert world.as_("xfhead").decide("intake", "petitions", petition).code == "SELF_APPROVAL"


def test_asking_needs_a_reason_and_something_to_open(world: World) -> None:
    petition = named(world)
    with nothing_changes(world):
        assert ask(world, petition, reason="").code == "MISSING_REASON"
    nobody = str(register(world, letter(summary="匿名来信反映另一件事，内容不同"))["id"])
    assert ask(world, nobody).code == "PRECONDITION_NOT_MET"


def test_of_a_sealed_petition_the_addressee_alone_learns_who_it_is_from(world: World) -> None:
    key = give_key(world)
    petition = named(world, subject_ids=["p-edu-vice"])
    refused = ask(world, petition)
    assert (refused.code, refused.body["clauses"]) == ("WRONG_ROUTE", ["LZ-12.3"])
    clerk = world.as_("clerk1")
    cover = [{"kind": "petition_cover_letter", "id": clerk.upload("intake")}]
    assert row_counts(world)["petitioner_identity"] == 1
    assert clerk.act(f"{BASE}/{petition}/escalate_petition", attachments=cover).status == 200
    assert row_counts(world)["petitioner_identity"] == 0
    sealed = world.as_("xfhead").get(f"{BASE}/{petition}/sealed").body["parts"]
    papers: list[dict[str, Any]] = json.loads(unseal(key, base64.b64decode(sealed[0])))["papers"]
    forms = {paper["kind"]: paper["paper"]["form"] for paper in papers}
    assert forms["KeptIdentity"]["petitioners"][0] == WHO
    assert show(world, petition)["naming"] == ""
