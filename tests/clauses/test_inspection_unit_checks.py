"""An office checks its units: political supervision, leading cadres, tasks of lists (LZ-4.1 to 4.3, LZ-5.3, GL-1.4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.unit_check_steps import CHECKS, PROBLEMS, UnitCheckWorld, done, refused

FOCAL = ("party_line", "political_discipline", "democratic_centralism", "three_importants")


@pytest.fixture
def w(tmp_path: Path) -> UnitCheckWorld:
    return UnitCheckWorld(tmp_path)


@proves("LZ-4.1", check=1)
def test_a_check_with_basis_and_finding_stands_in_the_units_supervision_record(w: UnitCheckWorld) -> None:
    made = done(w.check_unit()).body
    assert "LZ-4.1" in made["clauses"]
    for by in (w.head, w.clerk, w.liaison, w.leader):
        record = w.record(by=by)
        assert [one["id"] for one in record["items"]] == [made["id"]]
        assert (record["political_total"], record["by_type"]["political_compliance"]) == (1, 1)
    for outsider in (w.stranger, w.unit, w.party_head):
        assert w.record(by=outsider)["items"] == []
    assert w.record("hou")["items"] == w.record(year="2025")["items"] == []


@proves("LZ-4.1", check=2)
@pytest.mark.parametrize("field", ["finding", "basis"])
@pytest.mark.parametrize("blank", ["", "  "])
def test_without_basis_or_finding_no_check_is_recorded(w: UnitCheckWorld, field: str, blank: str) -> None:
    refused(w.check_unit(**{field: blank}), "MISSING_FIELD", "LZ-4.1", field=field)
    assert w.listed(CHECKS) == []


@proves("LZ-4.1", check=1)
def test_a_problem_found_by_a_check_is_opened_under_its_clause(w: UnitCheckWorld) -> None:
    found = done(w.check_unit(grade="major")).body
    assert "LZ-4.1" in found["clauses"]
    problem = w.only(PROBLEMS)
    assert w.item(f"{CHECKS}/{found['id']}")["problem_id"] == problem["id"]
    [event] = w.events("problem_found")
    assert (event["problem_id"], event["clause"], event["grade"]) == (problem["id"], "LZ-4.1", "major")


@proves("LZ-4.2", check=1)
def test_a_check_of_a_decision_counts_for_political_supervision(w: UnitCheckWorld) -> None:
    done(w.check_unit())
    done(w.check_unit(check_type="mission_performance"))
    done(w.check_unit(check_type="leading_cadres", focus="party_line"))
    assert w.record()["political_total"] == 2
    done(w.check_unit(check_type="decision_implementation", decision_ref="中央〔2026〕1号"))
    record = w.record()
    assert (record["political_total"], record["by_type"]["decision_implementation"]) == (3, 1)


@proves("LZ-4.2", check=2)
@pytest.mark.parametrize("given", [{}, {"decision_ref": " "}])
def test_a_check_of_a_decision_says_which(w: UnitCheckWorld, given: dict[str, str]) -> None:
    answer = w.check_unit(check_type="decision_implementation", **given)
    refused(answer, "MISSING_FIELD", "LZ-4.2", field="decision_ref")
    assert w.record()["political_total"] == 0


@proves("LZ-4.3", check=1)
def test_a_comprehensively_supervised_unit_is_checked_like_a_host_unit(w: UnitCheckWorld) -> None:
    w.cover("zhj")
    assert "LZ-4.3" in done(w.check_unit(unit_id="zhj", check_type="mission_performance")).body["clauses"]
    assert w.record("zhj")["political_total"] == 1


@proves("LZ-4.3", check=2)
@pytest.mark.parametrize("unit", ["hou", "nobody"])
def test_a_unit_that_the_office_does_not_cover_is_out_of_its_scope(w: UnitCheckWorld, unit: str) -> None:
    refused(
        w.check_unit(unit_id=unit, check_type="mission_performance"),
        "OUT_OF_SCOPE",
        "LZ-4.3",
        field="unit_id",
    )
    assert "LZ-4.3" in done(w.check_unit(unit_id="edu", check_type="mission_performance")).body["clauses"]


@proves("GL-1.4", check=1)
def test_checks_of_leading_cadres_are_counted_by_focal_point(w: UnitCheckWorld) -> None:
    for focus in (*FOCAL, "party_line"):
        done(w.check_unit(check_type="leading_cadres", focus=focus))
    record = w.record()
    assert record["by_focus"] == dict.fromkeys(FOCAL, 1) | {"party_line": 2}
    assert "GL-1.4" in record["clauses"]


@proves("GL-1.4", check=2)
def test_a_check_of_leading_cadres_has_its_focal_point(w: UnitCheckWorld) -> None:
    refused(w.check_unit(check_type="leading_cadres"), "MISSING_FIELD", "GL-1.4", field="focus")
    refused(w.check_unit(focus="party_line"), "OUT_OF_RANGE", "GL-1.4", field="focus")
    assert w.listed(CHECKS) == []


def test_whom_a_check_names_and_their_line_never_know_of_it(w: UnitCheckWorld) -> None:
    cadre = {"check_type": "leading_cadres", "focus": "three_importants"}
    on_a_colleague = done(w.check_unit(**cadre, person_ids=["p-deputy1"], grade="general")).body["id"]
    for hidden in (w.deputy, w.head):
        assert hidden.get(f"{CHECKS}/{on_a_colleague}").status == 404
        assert w.record(by=hidden)["items"] == []
        assert w.listed(PROBLEMS, hidden) == []
    assert w.record(by=w.clerk)["by_focus"]["three_importants"] == 1
    refused(w.check_unit(**cadre, person_ids=["p-nobody"]), "UNKNOWN_REFERENCE", field="person_ids")


def test_a_check_lies_in_the_past_and_is_the_offices_to_record(w: UnitCheckWorld) -> None:
    refused(w.check_unit(checked_on="2026-03-03"), "DATE_ORDER", field="checked_on")
    for other in (w.unit, w.liaison, w.leader):
        refused(w.check_unit(other), "WRONG_ROLE")
    refused(w.check_unit(w.stranger), "OUT_OF_SCOPE")


@pytest.mark.parametrize("asked", [{"year": "9999"}, {"year": "x"}])
def test_a_supervision_record_is_of_a_unit_and_a_year(w: UnitCheckWorld, asked: dict[str, str]) -> None:
    refused(w.head.get("/inspection/supervision-record"), "MISSING_FIELD", field="unit")
    refused(w.head.get("/inspection/supervision-record", unit="edu", **asked), "OUT_OF_RANGE", field="year")
