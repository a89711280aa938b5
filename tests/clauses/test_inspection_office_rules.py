"""Rules that offices work by: conflict declarations, docking meetings, risk screenings (GL-1.29, GL-3.8, GL-3.10)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.office_rule_steps import ASSIGNMENTS, DOCKINGS, SCREENINGS, OfficeRules
from tests.clauses.supervision_steps import done, refused


@pytest.fixture
def w(tmp_path: Path) -> OfficeRules:
    return OfficeRules(tmp_path)


@proves("GL-1.29", check=1)
@pytest.mark.parametrize("known_by", ["the directory", "the head"])
def test_of_staff_who_worked_in_the_unit_a_conflict_declaration_is_asked(
    w: OfficeRules, known_by: str
) -> None:
    if known_by == "the directory":
        w.worked_at("p-clerk1", "edu", date(2025, 12, 31))
    answer = done(w.assign(formerly_there=known_by == "the head"))
    assert "GL-1.29" in answer.body["clauses"]
    assignment = f"{ASSIGNMENTS}/{answer.body['id']}"
    assert (w.item(assignment)["state"], w.item(assignment)["assigned_on"]) == ("declaration_asked", None)
    assert len(w.told("conflict_declaration_asked")) == 1
    done(w.declare(assignment))
    assert "GL-1.29" in done(w.confirm(assignment)).body["clauses"]
    assert (w.item(assignment)["state"], w.item(assignment)["assigned_on"]) == ("assigned", "2026-03-02")


@proves("GL-1.29", check=2)
def test_without_their_declaration_they_are_not_assigned(w: OfficeRules) -> None:
    w.worked_at("p-clerk1", "edu", date(2025, 12, 31))
    assignment = w.assigned()
    refused(w.confirm(assignment), "CONFLICT_OF_INTEREST", "GL-1.29")
    assert w.item(assignment)["state"] == "declaration_asked"
    done(w.declare(assignment, conflict=True))
    refused(w.confirm(assignment), "CONFLICT_OF_INTEREST", "GL-1.29")
    assert (w.item(assignment)["state"], w.item(assignment)["assigned_on"]) == ("conflict_declared", None)
    done(w.do(assignment, "end_unit_assignment", {"reason": "另行安排"}, by=w.head))
    done(w.confirm(_declared(w)))


def _declared(w: OfficeRules) -> str:
    assignment = w.assigned()
    done(w.declare(assignment))
    return assignment


def test_who_never_worked_there_is_assigned_at_once(w: OfficeRules) -> None:
    w.worked_at("p-clerk2", "edu", date(2025, 12, 31))
    assignment = w.assigned()
    assert (w.item(assignment)["state"], w.told("conflict_declaration_asked")) == ("assigned", [])
    refused(w.declare(assignment), "WRONG_STATE")
    refused(w.assign(), "DUPLICATE", field="person_id")
    refused(w.assign(person_id="p-clerk3"), "OUT_OF_SCOPE", field="person_id")
    refused(w.assign(unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.assign(by=w.clerk, person_id="p-clerk2"), "WRONG_ROLE")


def test_a_declaration_is_its_makers_own_and_read_by_leaders_alone(w: OfficeRules) -> None:
    assignment = w.assigned(formerly_there=True)
    refused(w.declare(assignment, by=w.head), "WRONG_ROLE")
    done(w.declare(assignment))
    [paper] = [one["id"] for one in w.item(assignment)["papers"] if one["act"] == "declare_unit_conflict"]
    for account in ("clerk1", "deputy1", "head1"):
        assert w.item(f"{assignment}/papers/{paper}", w.world.as_(account))["form"]["has_conflict"] is False
    for account in ("clerk2", "head2", "jd1", "edu-head"):
        refused(w.world.as_(account).get(assignment), "UNKNOWN_REFERENCE")


@proves("GL-3.8", check=1)
@pytest.mark.parametrize(("account", "other"), [("clerk1", "jd1"), ("jd1", "jd1"), ("clerk1", "ags")])
def test_a_docking_meeting_names_the_office_and_the_commissions_office(
    w: OfficeRules, account: str, other: str
) -> None:
    answer = done(w.dock(by=w.world.as_(account), commission_office_id=other))
    assert "GL-3.8" in answer.body["clauses"]
    meeting = f"{DOCKINGS}/{answer.body['id']}"
    shown = w.item(meeting)
    assert (shown["commission_office_id"], shown["held_on"]) == (other, "2026-03-02")
    assert w.events("integrity_analysed") == [
        {"unit_id": "edu", "period": "2026-Q1", "meeting_id": answer.body["id"]}
    ]
    other_side = w.world.as_({"jd1": "jd1", "ags": "ags1"}[other])
    assert w.item(meeting, other_side)["state"] == "held"
    for stranger in (w.unit, w.stranger, w.world.as_("sys"), w.world.as_("sls1")):
        refused(stranger.get(meeting), "UNKNOWN_REFERENCE")


@proves("GL-3.8", check=2)
@pytest.mark.parametrize("side", ["office_id", "commission_office_id"])
def test_a_docking_meeting_of_one_side_alone_is_refused(w: OfficeRules, side: str) -> None:
    refused(w.dock(without=side), "MISSING_FIELD", "GL-3.8", field=side)
    nobody: dict[str, Any] = {side: ""}
    refused(w.dock(**nobody), "MISSING_FIELD", "GL-3.8", field=side)
    assert (w.listed(DOCKINGS), w.events("integrity_analysed")) == ([], [])


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"commission_office_id": "pz2"}, "OUT_OF_RANGE", "commission_office_id"),
        ({"commission_office_id": "hou"}, "OUT_OF_RANGE", "commission_office_id"),
        ({"commission_office_id": "nowhere"}, "UNKNOWN_REFERENCE", "commission_office_id"),
        ({"unit_id": "hou"}, "OUT_OF_SCOPE", "unit_id"),
        ({"office_id": "pz2", "unit_id": "hou"}, "OUT_OF_SCOPE", "office_id"),
        ({"held_on": "2026-03-03"}, "DATE_ORDER", "held_on"),
    ],
)
def test_both_sides_are_what_they_are_said_to_be(
    w: OfficeRules, changes: dict[str, Any], code: str, field: str
) -> None:
    refused(w.dock(**changes), code, field=field)


@proves("GL-3.10", check=1)
def test_a_closed_screening_counts_the_points_and_measures_of_the_unit(w: OfficeRules) -> None:
    first, second, merged = w.point(), w.point(), w.point()
    done(w.do(merged, "merge_risk_point", {"into_id": first.rpartition("/")[2], "reason": "重复"}))
    w.point(restricted=True)
    w.point(unit_id="sch")
    done(w.set_measure(first, second))
    answer = done(w.screen())
    assert {"GL-3.10", "GL-1.12", "GL-1.13"} <= set(answer.body["clauses"])
    screening = f"{SCREENINGS}/{answer.body['id']}"
    shown = w.item(screening, w.unit)  # which knows of no restricted point
    assert (shown["state"], shown["point_count"], shown["measure_count"]) == ("closed", 2, 1)
    before = done(w.screen(by=w.unit, screened_to="2026-03-01"))
    counts = w.item(f"{SCREENINGS}/{before.body['id']}")
    assert (counts["point_count"], counts["measure_count"]) == (0, 0)


@proves("GL-3.10", check=2)
def test_a_screening_of_no_unit_is_refused(w: OfficeRules) -> None:
    refused(w.screen(without="unit_id"), "MISSING_FIELD", "GL-3.10", field="unit_id")
    refused(w.screen(unit_id=""), "MISSING_FIELD", "GL-3.10", field="unit_id")
    refused(w.screen(unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.screen(by=w.unit, unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.screen(screened_to="2025-12-31"), "DATE_ORDER", "GL-3.10", field="screened_to")
    refused(w.screen(screened_to="2026-03-03"), "DATE_ORDER", field="screened_to")
    assert w.listed(SCREENINGS) == []
