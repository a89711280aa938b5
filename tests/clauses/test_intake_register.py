"""Registering and classing a petition (LZ-12.2, LZ-12.5, LZ-12.6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.chassis import tables
from tests.clause_proof import proves
from tests.clauses.intake_petitions import (
    BASE,
    audit,
    duty,
    give_key,
    letter,
    nothing_changes,
    register,
    show,
    transfer,
)
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


@proves("LZ-12.2", check=1)
@pytest.mark.parametrize("act", ["forward_petition", "escalate_petition"])
def test_an_unclassed_petition_takes_neither_route(world: World, act: str) -> None:
    clerk = world.as_("clerk1")
    petition = register(world, letter(class_code=None))
    cover = [{"kind": "petition_cover_letter", "id": clerk.upload("intake")}] if act[0] == "e" else []
    with nothing_changes(world):
        refused = clerk.act(f"{BASE}/{petition['id']}/{act}", attachments=cover)
    assert (refused.status, refused.code, refused.body["field"]) == (422, "MISSING_FIELD", "class_code")
    assert refused.body["clauses"] == ["LZ-12.2"]


@proves("LZ-12.2", check=2)
@pytest.mark.parametrize(
    ("strict", "expected"),
    [("p-edu-vice", "unit_team"), ("p-head2", "office_head"), ("p-deputy1", "district_managed")],
)
def test_one_person_of_a_restricted_class_governs_the_whole_petition(
    world: World, strict: str, expected: str
) -> None:
    give_key(world)
    petition = register(world, letter(subject_ids=["p-edu-sec", strict]))
    item = show(world, petition["id"])
    assert (item["class_code"], item["secrecy"]) == (expected, "sealed")


@proves("LZ-12.2", check=2)
def test_persons_named_at_registration_count_when_the_class_is_set_later(world: World) -> None:
    petition = register(world, letter(class_code=None, subject_ids=["p-edu-sec", "p-edu-head"]))
    answer = world.as_("clerk1").act(
        f"{BASE}/{petition['id']}/classify_petition", {"class_code": "supervision_object"}
    )
    assert answer.status == 200
    item = show(world, petition["id"])
    assert (item["class_code"], item["secrecy"]) == ("unit_team", "sealed")


def test_a_petition_is_classed_once_and_by_its_registrar_alone(world: World) -> None:
    petition = register(world, letter(class_code=None))
    decision = {"class_code": "supervision_object"}
    path = f"{BASE}/{petition['id']}/classify_petition"
    assert world.as_("clerk2").act(path, decision, version=1).code == "UNKNOWN_REFERENCE"
    assert world.as_("clerk1").act(path, decision).status == 200
    with nothing_changes(world):
        again = world.as_("clerk1").act(path, decision)
    assert (again.status, again.code, again.body["clauses"]) == (409, "DUPLICATE", ["LZ-12.2"])


def test_a_late_class_ends_the_same_day_clock_and_starts_the_three_days_from_receipt(world: World) -> None:
    petition = register(world, letter(class_code=None))
    assert duty(petition, "LZ-12.3")["due_at"].startswith("2026-03-02T23:59:59")
    world.on(2026, 3, 3)
    world.as_("clerk1").act(
        f"{BASE}/{petition['id']}/classify_petition", {"class_code": "supervision_object"}
    )
    item = show(world, petition["id"])
    assert duty(item, "LZ-12.3")["status"] == "voided"
    assert duty(item, "LZ-12.1")["due_on"] == "2026-03-05"


def test_a_former_head_of_an_office_is_no_head(world: World) -> None:
    with world.runtimes["intake"].db.write() as session:
        session.add(
            tables.DirectoryAssignment(
                assignment_id="p-edu-sec.was", person_id="p-edu-sec", role="dispatched_office_head", office_id="pz2",
                unit_id="", valid_from=world_day(2020), valid_to=world_day(2025), version=1,
            )
        )  # fmt: skip
    assert show(world, register(world)["id"])["class_code"] == "supervision_object"


def world_day(year: int) -> object:
    from datetime import date

    return date(year, 6, 30)


@proves("LZ-12.5", check=1)
@pytest.mark.parametrize(
    ("passed_on", "late"),
    [("2026-03-06", False), ("2026-03-09", False), ("2026-03-10", True)],
    ids=["day before", "due day", "day after"],
)
def test_a_unit_that_passes_on_late_is_flagged(world: World, passed_on: str, late: bool) -> None:  # noqa: FBT001
    world.on(2026, 3, 10)
    petition = register(world, transfer(transferred_on=passed_on, received_on="2026-03-10"))
    clock = duty(show(world, petition["id"]), "LZ-12.5")
    assert (clock["due_on"], clock["status"], clock["late"]) == ("2026-03-09", "met", late)
    assert (clock["owed_role"], clock["owed_office"]) == ("supervised_unit", "edu")


@proves("LZ-12.5", check=1)
def test_the_units_days_count_a_make_up_saturday(world: World) -> None:
    world.on(2026, 10, 12)
    for passed_on, late in (("2026-10-10", False), ("2026-10-12", True)):
        paper = transfer(unit_received_on="2026-10-08", transferred_on=passed_on, received_on="2026-10-12",
                         summary=f"节后转来的信件，{passed_on}移送")  # fmt: skip
        clock = duty(show(world, register(world, paper)["id"]), "LZ-12.5")
        assert (clock["counted"], clock["late"]) == (["2026-10-09", "2026-10-10"], late)


def test_a_late_unit_is_measured_too_when_the_class_comes_later(world: World) -> None:
    world.on(2026, 3, 10)
    petition = register(
        world, transfer(transferred_on="2026-03-10", received_on="2026-03-10", class_code=None)
    )
    answer = world.as_("clerk1").act(
        f"{BASE}/{petition['id']}/classify_petition", {"class_code": "supervision_object"}
    )
    assert duty(answer.body, "LZ-12.5")["late"]


@proves("LZ-12.5", check=2)
@pytest.mark.parametrize("missing", ["unit_received_on", "transferred_on"])
def test_a_transfer_without_the_units_dates_is_not_filed(world: World, missing: str) -> None:
    world.on(2026, 3, 9)
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/register_petition", transfer(**{missing: None}))
    assert (refused.status, refused.code, refused.body["field"]) == (422, "MISSING_FIELD", missing)
    assert refused.body["clauses"] == ["LZ-12.5", "LZ-12.6"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit_received_on": "2026-03-10"}, "unit_received_on"),
        ({"transferred_on": "2026-03-10"}, "unit_received_on"),
        ({"received_on": "2026-03-11"}, "received_on"),
    ],
    ids=["received after it was passed on", "passed on after it came", "received tomorrow"],
)
def test_dates_in_an_impossible_order_are_refused(
    world: World, changes: dict[str, object], field: str
) -> None:
    world.on(2026, 3, 9)
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/register_petition", transfer(**changes))
    assert (refused.status, refused.code, refused.body["field"]) == (422, "DATE_ORDER", field)


@proves("LZ-12.6", check=1)
def test_a_transferred_petition_gets_a_number_of_its_own_and_two_clocks_apart(world: World) -> None:
    world.on(2026, 3, 9)
    first = register(world, transfer())
    second = register(world, transfer(summary="反映另一名干部的另一件事，与前信无关"))
    assert [first["no"], second["no"]] == ["XF-pz1-2026-00001", "XF-pz1-2026-00002"]
    item = show(world, first["id"])
    assert (duty(item, "LZ-12.5")["counted_from"], duty(item, "LZ-12.7")["counted_from"]) == (
        "2026-03-05", "2026-03-09",
    )  # fmt: skip
    assert (duty(item, "LZ-12.5")["status"], duty(item, "LZ-12.7")["status"]) == ("met", "open")
    assert (item["unit_id"], item["unit_received_on"], item["transferred_on"]) == (
        "edu", "2026-03-05", "2026-03-09",
    )  # fmt: skip
    assert not [d for d in item["duties"] if d["clause"] == "LZ-12.1"]


@proves("LZ-12.6", check=2)
def test_the_same_letter_registered_twice_is_linked_and_not_merged(world: World) -> None:
    world.on(2026, 3, 9)
    first = register(world, transfer(summary="反映张某 2025年违规收受礼金３万元。"))
    again = register(
        world, transfer(summary="反映张某2025年违规收受礼金3万元", received_on="2026-03-09"), account="clerk2"
    )
    third = register(world, transfer(summary="反映张某 2025 年违规收受礼金 3 万元！"))
    assert first["id"] != again["id"]
    assert first["no"] != again["no"]
    assert show(world, first["id"])["duplicate_of"] == ""
    assert show(world, again["id"], "clerk2")["duplicate_of"] == first["id"]
    assert show(world, third["id"])["duplicate_of"] == first["id"]
    assert show(world, again["id"], "clerk2")["state"] == show(world, first["id"])["state"] == "registered"


@proves("LZ-12.6", check=2)
def test_the_same_scan_is_the_same_letter_whatever_the_summary_says(world: World) -> None:
    clerk, ids = world.as_("clerk1"), []
    for summary in ("反映某人插手工程招投标问题", "匿名信一封，内容待核"):
        scan = {"kind": "petition_original", "id": clerk.upload("intake", b"%PDF-1.4 one letter %%EOF")}
        ids.append(register(world, letter(summary=summary), attachments=[scan])["id"])
    other = {"kind": "petition_original", "id": clerk.upload("intake", b"%PDF-1.4 another %%EOF")}
    ids.append(register(world, letter(summary="又一封来信，反映别的事情"), attachments=[other])["id"])
    assert [show(world, i)["duplicate_of"] for i in ids] == ["", ids[0], ""]


def test_another_offices_letter_and_a_sealed_one_are_in_no_duplicate_check(world: World) -> None:
    give_key(world)
    register(world, letter(subject_ids=["p-edu-head"], summary="反映局长问题，详见附件说明"))
    register(world, letter(unit_id="hou", summary="反映局长问题，详见附件说明"), account="clerk3")
    mine = register(world, letter(summary="反映局长问题，详见附件说明"))
    assert show(world, mine["id"])["duplicate_of"] == ""


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"subject_ids": ["p-nobody"]}, "UNKNOWN_REFERENCE", "subject_ids"),
        ({"unit_id": "nowhere"}, "UNKNOWN_REFERENCE", "unit_id"),
        ({"subject_ids": ["p-clerk1"]}, "CONFLICT_OF_INTEREST", "subject_ids"),
    ],
    ids=["unknown person", "unknown unit", "on the registrar"],
)
def test_a_letter_on_nobody_known_or_on_its_registrar_is_refused(
    world: World, changes: dict[str, object], code: str, field: str
) -> None:
    with nothing_changes(world):
        refused = world.as_("clerk1").act(f"{BASE}/register_petition", letter(**changes))
    assert (refused.code, refused.body["field"]) == (code, field)
    assert audit(world)[-1] == ("register_petition", "refused", code, "p-clerk1")


def test_only_a_dispatched_office_registers(world: World) -> None:
    with nothing_changes(world):
        refused = world.as_("xf1").act(f"{BASE}/register_petition", letter())
    assert (refused.status, refused.code) == (403, "WRONG_ROLE")
