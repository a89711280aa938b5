"""Recusal beats every role: who is reported on, and their chain, know of nothing (rulings 8 and 9)."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from services.chassis import tables
from tests.clauses.intake_petitions import BASE, STEPS, audit, bring, letter, register, show, step
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def answers_as_unknown(world: World, petition: str, account: str) -> None:
    """Reading, acting and deciding get the answer for an id that never was."""
    client, never = world.as_(account), uuid.uuid4().hex
    paper = show(world, petition, "xf1")["papers"][0]["id"]
    asked = [("GET", ""), ("GET", f"/papers/{paper}"), ("POST", "/proposals/0/approve")]
    asked += [("POST", f"/{act}") for _, act, _ in STEPS.values()]
    for method, below in asked:
        body: dict[str, Any] = (
            {"digest": "0", "reason": ""} if "proposals" in below else {"paper": {}, "attachments": []}
        )
        given = None if method == "GET" else body
        there = client.send(method, f"{BASE}/{petition}{below}", body=given, version=1)
        nowhere = client.send(method, f"{BASE}/{never}{below}", body=given, version=1)
        assert (there.status, there.body, there.headers) == (nowhere.status, nowhere.body, nowhere.headers)
        assert there.status == 404, below
    assert petition not in {i["id"] for i in client.get(BASE).body["items"]}
    assert petition not in {i["id"] for i in client.get("/intake/worklist").body["items"]}


def test_a_petition_officer_who_is_reported_on_has_never_heard_of_it(world: World) -> None:
    petition = register(world, letter(unit_id="", subject_ids=["p-xf2"]))["id"]
    answers_as_unknown(world, petition, "xf2")
    assert {code for *_, code, person in audit(world, petition) if person == "p-xf2"} == {
        "CONFLICT_OF_INTEREST"
    }
    assert show(world, petition, "xf1")["state"] == "registered"


def test_neither_has_the_direct_superior_of_the_person_reported_on(world: World) -> None:
    petition = register(world, letter(unit_id="", subject_ids=["p-xf2"]))["id"]
    answers_as_unknown(world, petition, "xfhead")


def test_nor_a_direct_subordinate(world: World) -> None:
    with world.runtimes["intake"].db.write() as session:
        session.get_one(tables.DirectoryPerson, "p-xf2").superior_id = "p-edu-sec"
    petition = register(world)["id"]
    answers_as_unknown(world, petition, "xf2")


def test_nor_a_declared_relative(world: World) -> None:
    with world.runtimes["intake"].db.write() as session:
        session.get_one(tables.DirectoryPerson, "p-head1").relatives = "p-edu-clerk,p-edu-sec"
    petition = register(world)["id"]
    answers_as_unknown(world, petition, "head1")
    assert show(world, petition, "deputy1")["state"] == "registered"


def test_the_registrar_stays_though_of_the_chain_and_goes_if_reported_on(world: World) -> None:
    with world.runtimes["intake"].db.write() as session:
        session.get_one(tables.DirectoryPerson, "p-clerk1").relatives = "p-edu-sec"
    petition = register(world)["id"]
    assert step(world, petition, "forwarded").status == 200
    with world.runtimes["intake"].db.write() as session:  # it turns out that the registrar is meant too
        session.add(tables.Party(subject_kind="petition", subject_id=petition, person_id="p-clerk1"))
    answers_as_unknown(world, petition, "clerk1")


def test_an_approver_related_to_the_person_reported_on_approves_nothing(world: World) -> None:
    petition = bring(world, "recorded")
    proposal = world.as_("clerk1").act(
        f"{BASE}/{petition}/propose_transfer_out", STEPS["transfer_approved"][2]
    )
    assert proposal.body["proposal"]["status"] == "pending"
    with world.runtimes["intake"].db.write() as session:
        session.get_one(tables.DirectoryPerson, "p-head1").relatives = "p-edu-sec"
    assert world.as_("head1").decide("intake", "petitions", petition).status == 404
    assert audit(world, petition)[-1] == ("decide", "refused", "CONFLICT_OF_INTEREST", "p-head1")
    assert show(world, petition)["state"] == "recorded"


def test_notices_of_a_petition_name_who_must_not_get_them(world: World) -> None:
    petition = register(world, letter(unit_id="", subject_ids=["p-xf2"]))["id"]
    step(world, petition, "forwarded")
    import json

    with world.runtimes["intake"].db.read() as session:
        sent = [json.loads(r.body)["data"] for r in session.query(tables.Outbox) if "notice_due" in r.type]
    assert [n["to_role"] for n in sent] == ["petition_office"]
    assert sent[0]["recused"] == ["p-xf2", "p-xfhead"]
