"""Lists of main responsibility: their owners, their checks, how many there are (LZ-5.1, LZ-5.3, GL-1.11)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.unit_check_steps import (
    CHECKS,
    LISTS,
    PROBLEMS,
    UnitCheckWorld,
    done,
    refused,
    tasks,
)

YEAR = {"from": "2026-01-01", "to": "2026-12-31", "offices": "pz1"}


@pytest.fixture
def w(tmp_path: Path) -> UnitCheckWorld:
    return UnitCheckWorld(tmp_path)


@proves("LZ-5.1", check=1)
@pytest.mark.parametrize("who", ["unit", "clerk"])
def test_each_task_of_a_registered_list_has_an_owner_and_a_status(w: UnitCheckWorld, who: str) -> None:
    by = w.unit if who == "unit" else w.clerk
    answer = done(w.register(2, by=by, unit_id="edu"))
    assert "LZ-5.1" in answer.body["clauses"]
    of = f"{LISTS}/{answer.body['id']}"
    shown = [(one["owner_id"], one["status"]) for one in w.item(f"{of}/coverage")["items"]]
    assert shown == [("p-edu-vice", "pending"), ("p-edu-sec", "pending")]
    done(w.do(of, "record_task_progress", {"task_no": 2, "status": "under_way"}, by=w.unit))
    assert [one["status"] for one in w.item(f"{of}/coverage")["items"]] == ["pending", "under_way"]
    refused(w.do(of, "record_task_progress", {"task_no": 3, "status": "finished"}), "UNKNOWN_REFERENCE")


@proves("LZ-5.1", check=2)
@pytest.mark.parametrize("owner", ["", None])
def test_a_task_without_an_owner_is_not_registered(w: UnitCheckWorld, owner: str | None) -> None:
    lines = tasks(2)
    lines[1] = {"no": 2, "task": "任务"} | ({"owner_id": owner} if owner is not None else {})
    refused(w.register(tasks=lines), "MISSING_FIELD", "LZ-5.1", field="tasks.owner_id")
    assert w.listed(LISTS) == []
    of = w.registered()
    again = {"effective_on": "2026-03-01", "tasks": lines}
    refused(w.do(of, "revise_responsibility_list", again), "MISSING_FIELD", "LZ-5.1", field="tasks.owner_id")
    assert w.item(of)["version_no"] == 1


def test_a_list_is_numbered_its_owners_are_known_and_the_committee_has_one(w: UnitCheckWorld) -> None:
    refused(w.register(tasks=tasks(3)[1:]), "OUT_OF_RANGE", field="tasks.no")
    stranger = [{"no": 1, "task": "任务", "owner_id": "p-nobody"}]
    refused(w.register(tasks=stranger), "UNKNOWN_REFERENCE", field="tasks.owner_id")
    of = w.registered()
    refused(w.register(), "DUPLICATE", field="scope")
    done(w.register(scope="member"))
    done(w.register(scope="member"))
    done(w.do(of, "withdraw_responsibility_list", {"reason": "机构改革"}))
    done(w.register())


def test_a_list_is_the_units_its_offices_and_those_who_count_it(w: UnitCheckWorld) -> None:
    of = w.registered()
    for by in (w.unit, w.party_head, w.clerk, w.head, w.liaison, w.leader):
        assert w.item(of, by)["task_count"] == w.item(f"{of}/coverage", by)["task_count"] == 3
    for outsider in (w.stranger, w.world.as_("hou-head"), w.world.as_("xc1")):
        for address in (of, f"{of}/coverage"):
            assert outsider.get(address).status == 404
    refused(w.register(by=w.clerk, unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.register(by=w.clerk), "MISSING_FIELD", field="unit_id")


@proves("LZ-5.3", check=1)
def test_coverage_names_the_tasks_that_were_not_checked(w: UnitCheckWorld) -> None:
    of = w.registered(10)
    for number in (1, 2, 3, 5, 6, 7, 8, 9):
        done(w.check_task(of, number))
    done(w.check_task(of, 9, result="not_done"))  # twice is once
    shown = w.item(f"{of}/coverage")
    assert (shown["checked_percent"], shown["unchecked"], shown["clause"]) == ("80.0", [4, 10], "LZ-5.3")
    assert (w.item(of)["task_count"], w.item(of)["checked_count"]) == (10, 8)
    assert shown["items"][8]["result_code"] == "not_done"


@proves("LZ-5.3", check=1)
def test_a_new_version_is_checked_anew(w: UnitCheckWorld) -> None:
    of = w.registered(2)
    assert "LZ-5.3" in done(w.check_task(of, 1)).body["clauses"]
    done(w.do(of, "revise_responsibility_list", {"effective_on": "2026-03-01", "tasks": tasks(4)}))
    shown = w.item(f"{of}/coverage")
    assert (shown["checked_percent"], shown["unchecked"]) == ("0.0", [1, 2, 3, 4])
    assert (w.item(of)["version_no"], w.item(of)["drawn_up_on"]) == (2, "2026-01-01")


@proves("LZ-5.3", check=2)
@pytest.mark.parametrize("case", ["task", "list", "others", "withdrawn"])
def test_a_result_is_of_a_task_of_a_list_in_force(w: UnitCheckWorld, case: str) -> None:
    of, number, field = w.registered(10), 1, "list_id"
    if case == "task":
        number, field = 11, "task_no"
    elif case == "list":
        of = f"{LISTS}/none"
    elif case == "others":
        w.cover("zhj")
        of = w.registered(10, by=w.clerk, unit_id="zhj")
    else:
        done(w.do(of, "withdraw_responsibility_list", {"reason": "机构改革"}))
    refused(w.check_task(of, number), "UNKNOWN_REFERENCE", "LZ-5.3", field=field)
    assert w.listed(CHECKS) == []


def test_a_check_of_a_task_has_its_result_and_may_find_a_problem(w: UnitCheckWorld) -> None:
    of = w.registered()
    for field, nothing in (("list_id", ""), ("task_no", 0), ("result", None)):
        refused(w.check_task(of, 1, **{field: nothing}), "MISSING_FIELD", "LZ-5.3", field=field)
    done(w.check_task(of, 1, result="not_done", grade="general"))
    assert [event["clause"] for event in w.events("problem_found")] == ["LZ-5.3"]
    assert len(w.listed(PROBLEMS)) == 1


@proves("GL-1.11", check=1)
def test_lists_of_all_units_of_the_office_are_counted(w: UnitCheckWorld) -> None:
    w.cover("zhj")
    for scope in ("committee", "principal", "member"):
        done(w.register(by=w.clerk, unit_id="edu", scope=scope))
    done(w.register(by=w.clerk, unit_id="zhj"))
    assert w.figure("GL-1.11") == 4
    others = w.world.as_("head2").get("/inspection/figures/GL-1.11", **(YEAR | {"offices": "pz2"}))
    assert others.body["value"] == 0
    for by in (w.liaison, w.leader):
        assert by.get("/inspection/figures/GL-1.11", **YEAR).body["value"] == 4
    refused(w.clerk.get("/inspection/figures/GL-1.11", **YEAR), "WRONG_ROLE", "GL-1.11")


@proves("GL-1.11", check=1)
@pytest.mark.parametrize(
    ("first", "last", "value"),
    [
        ("2025-12-01", "2025-12-31", 0),
        ("2026-01-01", "2026-01-01", 1),
        ("2026-01-02", "2026-12-31", 0),
    ],
)
def test_a_list_counts_on_the_day_from_which_it_held(
    w: UnitCheckWorld, first: str, last: str, value: int
) -> None:
    of = w.registered()
    asked = YEAR | {"from": first, "to": last}
    assert w.head.get("/inspection/figures/GL-1.11", **asked).body["value"] == value
    done(w.do(of, "withdraw_responsibility_list", {"reason": "机构改革"}))
    assert w.head.get("/inspection/figures/GL-1.11", **asked).body["value"] == 0


@proves("GL-1.11", check=2)
def test_a_new_version_of_a_list_counts_no_second_time(w: UnitCheckWorld) -> None:
    of = w.registered()
    done(w.do(of, "revise_responsibility_list", {"effective_on": "2026-03-01", "tasks": tasks(4)}))
    assert (w.item(of)["effective_on"], w.figure("GL-1.11")) == ("2026-03-01", 1)
    march = YEAR | {"from": "2026-03-01"}
    assert w.head.get("/inspection/figures/GL-1.11", **march).body["value"] == 0


@proves("GL-1.11", check=3)
@pytest.mark.parametrize("left_out", ["from", "to", "offices"])
def test_the_figure_has_its_period_and_its_offices(w: UnitCheckWorld, left_out: str) -> None:
    asked = {key: value for key, value in YEAR.items() if key != left_out}
    refused(w.head.get("/inspection/figures/GL-1.11", **asked), "MISSING_FIELD", "GL-1.11", field=left_out)
