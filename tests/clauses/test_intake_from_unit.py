"""A petition that a unit receives and passes on: its clock, then the office's (LZ-12.5 to LZ-12.7, LL-2.17, LL-4.5)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from services.chassis import tables
from services.chassis.clock import ZONE
from tests.clause_proof import proves
from tests.clauses.intake_petitions import BASE, audit, duty, give_key, nothing_changes, show
from tests.world import Answer, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def receive(world: World, day: str, **changes: object) -> Any:
    answer = world.as_("edu-clerk").act(f"{BASE}/receive_at_unit", {"unit_received_on": day} | changes)
    assert answer.status == 201, answer.body
    return answer.body


def transfer(world: World, petition: str, **paper: object) -> Answer:
    clerk = world.as_("edu-clerk")
    original = [{"kind": "petition_original", "id": clerk.upload("intake")}]
    return clerk.act(f"{BASE}/{petition}/transfer_petition", paper, attachments=original)


def enter(world: World, petition: str, day: str, **changes: object) -> Answer:
    paper = {"received_on": day, "summary": "反映某科室违规收费", "class_code": "supervision_object"}
    return world.as_("clerk1").act(f"{BASE}/{petition}/register_transferred", paper | changes)


@proves("LL-4.5", check=2)
@pytest.mark.parametrize(
    ("received", "passed_on", "due_on", "late"),
    [
        ((2026, 3, 5), (2026, 3, 6), "2026-03-09", False),
        ((2026, 3, 5), (2026, 3, 9), "2026-03-09", False),
        ((2026, 3, 5), (2026, 3, 10), "2026-03-09", True),
        ((2026, 10, 8), (2026, 10, 10), "2026-10-10", False),
        ((2026, 10, 8), (2026, 10, 11), "2026-10-10", True),
    ],
    ids=["day before", "due day", "day after", "make-up Saturday", "after the make-up Saturday"],
)
def test_a_unit_passes_on_within_two_working_days(
    world: World, received: tuple[int, int, int], passed_on: tuple[int, int, int], due_on: str, *, late: bool
) -> None:
    world.on(*received)
    petition = receive(world, date(*received).isoformat())
    assert duty(petition, "LZ-12.5")["due_at"].startswith(due_on)
    assert "LL-4.5" in petition["clauses"]
    world.on(*passed_on)
    met = duty(transfer(world, petition["id"]).body, "LZ-12.5")
    assert (met["status"], met["late"]) == ("met", late)


@pytest.mark.parametrize(("minute", "late"), [((23, 59), False), ((0, 0), True)])
def test_the_units_last_day_ends_at_midnight(world: World, minute: tuple[int, int], *, late: bool) -> None:
    world.on(2026, 3, 5)
    petition = receive(world, "2026-03-05")["id"]
    world.now(datetime(2026, 3, 10 if late else 9, *minute, tzinfo=ZONE))
    assert duty(transfer(world, petition).body, "LZ-12.5")["late"] is late


def test_the_units_days_over_a_year_without_a_published_calendar_are_provisional(world: World) -> None:
    world.on(2026, 12, 31)
    clock = duty(receive(world, "2026-12-31"), "LZ-12.5")
    assert (clock["due_at"][:10], clock["provisional"]) == ("2027-01-04", True)


@proves("LL-2.17", check=1)
def test_the_offices_clock_begins_when_the_unit_has_passed_it_on_and_both_are_kept_apart(
    world: World,
) -> None:
    world.on(2026, 3, 5)
    petition = receive(world, "2026-03-05", subject_ids=["p-edu-sec"])["id"]
    world.on(2026, 3, 9)
    assert transfer(world, petition).status == 200
    entered = enter(world, petition, "2026-03-09")
    assert entered.status == 200, entered.body
    assert entered.body["no"] == "XF-pz1-2026-00001"
    item = show(world, petition)
    assert (duty(item, "LZ-12.5")["counted_from"], duty(item, "LZ-12.5")["status"]) == ("2026-03-05", "met")
    assert (duty(item, "LZ-12.7")["due_on"], duty(item, "LZ-12.7")["status"]) == ("2026-03-12", "open")
    assert (item["state"], item["unit_received_on"], item["transferred_on"], item["received_on"]) == (
        "registered", "2026-03-05", "2026-03-09", "2026-03-09",
    )  # fmt: skip
    assert len(item["attachments"]) == 1
    assert world.as_("clerk1").act(f"{BASE}/{petition}/forward_petition").status == 200


@proves("LL-2.17", check=2)
def test_a_copy_alone_needs_a_reason(world: World) -> None:
    petition = receive(world, "2026-03-02")["id"]
    clerk = world.as_("edu-clerk")
    copy = [{"kind": "petition_original", "id": clerk.upload("intake")}]
    with nothing_changes(world):
        refused = clerk.act(f"{BASE}/{petition}/transfer_petition", {"original": False}, attachments=copy)
    assert (refused.status, refused.code, refused.body["field"]) == (422, "MISSING_REASON", "copy_reason")
    assert refused.body["clauses"] == ["LL-2.17"]
    assert transfer(world, petition, original=False, copy_reason="原件已交公安机关").status == 200


def test_nothing_is_passed_on_without_the_letter_itself(world: World) -> None:
    petition = receive(world, "2026-03-02")["id"]
    with nothing_changes(world):
        refused = world.as_("edu-clerk").act(f"{BASE}/{petition}/transfer_petition")
    assert (refused.code, refused.body["clauses"]) == ("MISSING_DOCUMENT", ["LL-2.17"])


@proves("LL-4.5", check=1)
@pytest.mark.parametrize("reported", [["p-edu-head"], ["p-edu-vice"], []])
def test_the_units_leadership_reads_nothing_of_what_its_clerk_passes_on(
    world: World, reported: list[str]
) -> None:
    give_key(world)
    petition = receive(world, "2026-03-02", subject_ids=reported)["id"]
    head = world.as_("edu-head")
    for _ in range(2):
        assert head.get(f"{BASE}/{petition}").code == "UNKNOWN_REFERENCE"
        assert head.get(BASE).body["items"] == []
        transfer(world, petition)
    entered = enter(world, petition, "2026-03-02", class_code="supervision_object")
    assert "LL-2.17" in entered.body["clauses"]
    assert head.get(f"{BASE}/{petition}").code == "UNKNOWN_REFERENCE"
    hidden = {code for act, outcome, code, who in audit(world, petition) if who == "p-edu-head"}
    assert hidden <= {"SEALED_ITEM", "ACCESS_DENIED", "CONFLICT_OF_INTEREST"}
    assert hidden


def test_a_petition_on_the_units_leaders_takes_the_sealed_route_whoever_passed_it_on(world: World) -> None:
    give_key(world)
    petition = receive(world, "2026-03-02", subject_ids=["p-edu-vice"])["id"]
    transfer(world, petition)
    enter(world, petition, "2026-03-02")
    item = show(world, petition)
    assert (item["secrecy"], item["class_code"]) == ("sealed", "unit_team")
    refused = world.as_("clerk1").act(f"{BASE}/{petition}/forward_petition")
    assert (refused.code, "LZ-12.3" in refused.body["clauses"]) == ("WRONG_ROUTE", True)
    assert world.as_("edu-clerk").get(f"{BASE}/{petition}").code == "UNKNOWN_REFERENCE"


def test_the_unit_knows_what_became_of_it_until_the_office_has_classed_it(world: World) -> None:
    petition = receive(world, "2026-03-02")["id"]
    clerk = world.as_("edu-clerk")
    upload = [{"kind": "petition_original", "id": clerk.upload("intake")}]
    path = f"{BASE}/{petition}/transfer_petition"
    answers = [clerk.act(path, {}, attachments=upload, key="once", version=1) for _ in range(2)]
    assert [a.status for a in answers] == [200, 200]
    assert answers[1].body["replayed"]
    assert show(world, petition, "edu-clerk")["state"] == "transferred"
    assert world.as_("clerk2").get(f"{BASE}/{petition}").code == "UNKNOWN_REFERENCE"
    enter(world, petition, "2026-03-02")
    assert clerk.get(f"{BASE}/{petition}").code == "UNKNOWN_REFERENCE"


def test_the_receiver_is_nobody_who_is_reported_on_or_near_them(world: World) -> None:
    petition = receive(world, "2026-03-02", subject_ids=["p-clerk1"])["id"]
    transfer(world, petition)
    assert world.as_("clerk1").get(f"{BASE}/{petition}").code == "UNKNOWN_REFERENCE"
    assert show(world, petition, "clerk2")["state"] == "transferred"


def test_where_everybody_in_the_office_is_recused_it_stays_with_the_unit(world: World) -> None:
    with world.runtimes["intake"].db.write() as session:
        for person in ("p-clerk1", "p-clerk2", "p-deputy1", "p-head1"):
            session.get_one(tables.DirectoryPerson, person).relatives = "p-edu-sec"
    petition = receive(world, "2026-03-02", subject_ids=["p-edu-sec"])["id"]
    refused = transfer(world, petition)
    assert (refused.code, refused.body["clauses"]) == ("WRONG_ADDRESSEE", ["LL-4.5"])
    assert show(world, petition, "edu-clerk")["state"] == "held_by_unit"


@pytest.mark.parametrize("day", ["2026-03-08", "2026-03-11"], ids=["before it was passed on", "tomorrow"])
def test_the_office_receives_it_neither_before_it_was_passed_on_nor_tomorrow(world: World, day: str) -> None:
    world.on(2026, 3, 9)
    petition = receive(world, "2026-03-05")["id"]
    transfer(world, petition)
    world.on(2026, 3, 10)
    with nothing_changes(world):
        refused = enter(world, petition, day)
    assert (refused.code, refused.body["field"]) == ("DATE_ORDER", "received_on")


def test_units_and_offices_each_do_their_own_part_only(world: World) -> None:
    assert world.as_("clerk1").act(f"{BASE}/receive_at_unit").code == "WRONG_ROLE"
    assert world.as_("edu-head").act(f"{BASE}/receive_at_unit").code == "WRONG_ROLE"
    petition = receive(world, "2026-03-02")["id"]
    refused = world.as_("edu-clerk").act(
        f"{BASE}/{petition}/register_transferred", {"received_on": "2026-03-02"}
    )
    assert refused.code == "WRONG_ROLE"
    tomorrow = world.as_("edu-clerk").act(f"{BASE}/receive_at_unit", {"unit_received_on": "2026-03-03"})
    assert (tomorrow.code, tomorrow.body["field"]) == ("DATE_ORDER", "unit_received_on")


def test_what_came_unclassed_from_a_unit_has_one_same_day_clock(world: World) -> None:
    petition = receive(world, "2026-03-02")["id"]
    transfer(world, petition)
    enter(world, petition, "2026-03-02", class_code=None)
    assert duty(show(world, petition), "LZ-12.3")["status"] == "open"
    world.as_("clerk1").act(f"{BASE}/{petition}/classify_petition", {"class_code": "supervision_object"})
    item = show(world, petition)
    assert (duty(item, "LZ-12.3")["status"], duty(item, "LZ-12.7")["status"]) == ("voided", "open")
    assert duty(item, "LZ-12.5")["status"] == "met"
