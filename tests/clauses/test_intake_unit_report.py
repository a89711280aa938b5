"""A unit lists what it received; what it did not transfer is a gap, with the unit's clock (LL-2.8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.intake_petitions import give_key, nothing_changes, register, show, transfer
from tests.world import Answer, World

REPORTS = "/intake/unit_reports"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def report(world: World, *days: str, **changes: object) -> Answer:
    paper = {"period_from": "2026-03-01", "period_to": "2026-03-31",
             "entries": [{"received_on": day} for day in days]} | changes  # fmt: skip
    return world.as_("edu-clerk").act(f"{REPORTS}/report_received", paper)


def reconcile(world: World, listed: str, account: str = "head1") -> Answer:
    return world.as_(account).act(f"{REPORTS}/{listed}/reconcile_report")


@proves("LL-2.8", check=1)
def test_what_is_listed_and_was_not_transferred_is_a_gap_and_the_units_days_have_run_out(
    world: World,
) -> None:
    world.on(2026, 3, 10)
    register(world, transfer(received_on="2026-03-10"))
    world.on(2026, 3, 31)
    listed = report(world, "2026-03-05", "2026-03-05", "2026-03-27").body
    assert listed["clauses"] == ["LL-2.8"]
    answer = reconcile(world, listed["id"])
    assert (answer.status, answer.body["state"]) == (200, "gaps_found")
    item = world.as_("head1").get(f"{REPORTS}/{listed['id']}").body
    assert item["missing"] == 2
    clocks = [(d["clause"], d["recipient"], d["due_on"], d["light"]) for d in item["duties"]]
    assert clocks == [
        ("LZ-12.5", "2026-03-05.2", "2026-03-09", "red"),
        ("LZ-12.5", "2026-03-27.1", "2026-03-31", "amber"),
    ]
    assert {(d["owed_role"], d["owed_office"]) for d in item["duties"]} == {("supervised_unit", "edu")}


def test_a_gap_is_closed_when_the_petition_comes_after_all_and_its_clock_is_met_late(world: World) -> None:
    world.on(2026, 3, 31)
    listed = str(report(world, "2026-03-05").body["id"])
    assert reconcile(world, listed).body["state"] == "gaps_found"
    register(world, transfer(transferred_on="2026-03-31", received_on="2026-03-31"))
    answer = reconcile(world, listed)
    assert answer.body["state"] == "reconciled"
    assert [(d["clause"], d["status"], d["late"]) for d in answer.body["duties"]] == [
        ("LZ-12.5", "met", True)
    ]
    assert reconcile(world, listed).code == "WRONG_STATE"


def test_clues_and_what_still_lies_at_the_unit_are_no_transfers(world: World) -> None:
    world.on(2026, 3, 31)
    world.as_("edu-clerk").act("/intake/petitions/receive_at_unit", {"unit_received_on": "2026-03-30"})
    entries = [{"received_on": "2026-03-30"}, {"received_on": "2026-03-12", "kind": "clue"}]
    listed = str(report(world, entries=entries).body["id"])
    assert reconcile(world, listed).body["state"] == "gaps_found"
    assert world.as_("head1").get(f"{REPORTS}/{listed}").body["missing"] == 1


def test_a_list_of_nothing_is_reconciled_at_once(world: World) -> None:
    world.on(2026, 3, 31)
    assert reconcile(world, str(report(world).body["id"])).body["state"] == "reconciled"


def test_a_transfer_that_the_reader_may_not_know_of_is_as_if_it_had_not_come(world: World) -> None:
    give_key(world)
    world.on(2026, 3, 10)
    sealed = register(world, transfer(received_on="2026-03-10", subject_ids=["p-edu-vice"]))
    assert show(world, sealed["id"])["secrecy"] == "sealed"
    world.on(2026, 3, 31)
    listed = str(report(world, "2026-03-05").body["id"])
    assert reconcile(world, listed).body["state"] == "gaps_found"


@proves("LL-2.8", check=2)
def test_an_open_notice_names_no_petitioner(world: World) -> None:
    world.on(2026, 3, 31)
    entries = [{"received_on": "2026-03-05"}, {"received_on": "2026-03-06", "petitioner": "某甲"}]
    with nothing_changes(world):
        refused = report(world, entries=entries)
    assert (refused.status, refused.code) == (403, "ACCESS_DENIED")
    assert (refused.body["field"], refused.body["clauses"]) == ("entries.1.petitioner", ["LL-2.8"])
    assert report(world, entries=entries, open_notice=False).status == 201


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"period_to": "2026-02-28"}, "period_to"),
        ({"period_to": "2026-04-30"}, "period_to"),
        ({"entries": [{"received_on": "2026-02-28"}]}, "entries.0.received_on"),
    ],
)
def test_the_listed_days_lie_in_the_period_and_the_period_is_over(
    world: World, changes: dict[str, object], field: str
) -> None:
    world.on(2026, 3, 31)
    refused = report(world, **changes)
    assert (refused.code, refused.body["field"]) == ("DATE_ORDER", field)


def test_a_list_is_known_to_its_clerk_and_to_the_leaders_of_the_office(world: World) -> None:
    world.on(2026, 3, 31)
    listed = report(world, "2026-03-05").body["id"]
    for account, seen in (("edu-clerk", True), ("head1", True), ("deputy1", True), ("edu-head", False),
                          ("clerk1", False), ("head2", False), ("hou-head", False), ("sys", False)):  # fmt: skip
        answer = world.as_(account).get(f"{REPORTS}/{listed}")
        assert (answer.status == 200) is seen, account
    assert reconcile(world, listed, "edu-clerk").code == "WRONG_ROLE"
    assert world.as_("edu-head").act(f"{REPORTS}/report_received").code == "WRONG_ROLE"
