"""Whoever stands close to a person reported decides nothing about it, whatever else they are."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from contracts.events.archive import AssignmentChanged, PersonChanged
from services.chassis import tables
from services.chassis.work import begin
from tests.clauses.intake_petitions import BASE, letter, register
from tests.world import World


def test_a_registrar_of_the_chain_may_know_of_the_petition_and_approves_nothing_on_it(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake",))
    head = world.as_("head1")
    item = str(register(world, letter(subject_ids=["p-clerk2"], unit_id=""), "head1")["id"])
    head.act(f"{BASE}/{item}/forward_petition")
    opinion = {"level": "section", "opinion": "不属范围", "in_scope": False}
    world.as_("xf1").act(f"{BASE}/{item}/judge_petition", opinion)
    head.act(f"{BASE}/{item}/record_petition", {"platform_no": "1", "entered_on": "2026-03-02"})
    proposed = head.act(f"{BASE}/{item}/propose_transfer_out", {"department_id": "xfj", "reason": "转办"})
    assert proposed.status == 200
    for approve in (True, False):
        answer = head.decide("intake", "petitions", item, approve=approve, reason="无")
        assert answer.code == "CONFLICT_OF_INTEREST"
    assert head.get(f"{BASE}/{item}").body["state"] == "recorded"


def reminded(world: World, account: str) -> list[str]:
    """The templates of what an account finds in its inbox."""
    items = world.as_(account).get("/notifications/inbox").body["items"]
    return [item["template"] for item in items if item["template"].startswith("deadline")]


def change_of(person_id: str, **changes: Any) -> PersonChanged:
    """What archive tells of a person, as the roster of the example authority has them."""
    known: dict[str, Any] = {
        "level": "section_staff", "managing_authority": "unit", "unit_id": "edu", "office_id": "",
        "post_code": "unspecified", "post_rank": 0, "superior_person_id": "", "relatives": (),
        "leadership_member": False, "party_head": False, "valid_from": date(2020, 1, 1), "valid_to": None,
        "status": "active", "version": 9,
    }  # fmt: skip
    return PersonChanged(person_id=person_id, **(known | changes))


def tell(world: World, event: PersonChanged | AssignmentChanged) -> None:
    """Let every service hear it from archive."""
    with begin(world.runtimes["archive"]) as work:
        work.emit(event, f"test/{event.version}", event.version)
    world.pump()
    assert world.parked() == []


@pytest.mark.parametrize("joins", ["as a relative", "as the superior", "as their staff"])
def test_who_joins_the_chain_of_a_person_reported_is_no_longer_reminded_of_the_clock(
    tmp_path: Path, joins: str
) -> None:
    world = World(tmp_path, services=("intake", "notifications", "archive"))
    register(world, letter(subject_ids=["p-edu-sec"]), "clerk1")
    world.pump()
    if joins == "as their staff":
        staff = {"unit_id": "", "office_id": "pz1", "superior_person_id": "p-edu-sec", "level": "staff"}
        tell(world, change_of("p-head1", **staff))
    else:
        bond = {"relatives": ("p-head1",)} if joins == "as a relative" else {"superior_person_id": "p-head1"}
        tell(world, change_of("p-edu-sec", **bond))
    world.on(2026, 3, 6, 0)
    world.pump()
    assert reminded(world, "clerk1") == ["deadline_overdue"]
    assert reminded(world, "head1") == []


def test_who_leaves_the_chain_is_reminded_again(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake", "notifications", "archive"))
    tell(world, change_of("p-edu-sec", relatives=("p-head1",), version=8))
    register(world, letter(subject_ids=["p-edu-sec"]), "clerk1")
    world.pump()
    tell(world, change_of("p-edu-sec"))
    world.on(2026, 3, 6, 0)
    world.pump()
    assert reminded(world, "head1") == ["deadline_overdue"]


def test_notifications_never_learns_whom_a_petition_reports_on(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake", "notifications", "archive"))
    register(world, letter(subject_ids=["p-edu-sec"]), "clerk1")
    world.pump()
    tell(world, change_of("p-edu-sec", relatives=("p-head1",)))
    with world.runtimes["intake"].db.read() as session:
        bodies = session.scalars(
            select(tables.Outbox.body).where(tables.Outbox.consumer == "notifications")
        ).all()
    recused = [json.loads(body)["data"]["recused"] for body in bodies if b"duty_recused" in body]
    assert recused == [["p-head1"]]
