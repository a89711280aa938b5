"""The supervision of selection procedures (LZ-7.1 to LZ-7.5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.supervision_steps import (
    HEARD,
    PROBLEMS,
    SELECTION,
    SELECTIONS,
    STAGES,
    SupervisionWorld,
    done,
    refused,
)
from tests.world import Answer

AT = "2026-03-04T{}:00+08:00"
MATERIALS = ("selection_plan", "inspection_list", "appointment_list")
ACCESS: dict[str, object] = {
    "person_id": "p-edu-sec",
    "material": "personnel_archive",
    "purpose": "核实任职经历",
    "officer_id": "p-clerk1",
    "accessed_on": "2026-03-02",
}


@pytest.fixture
def w(tmp_path: Path) -> SupervisionWorld:
    return SupervisionWorld(tmp_path)


def supervise(w: SupervisionWorld, item: str, grade: str | None = None) -> Answer:
    paper = {"supervised_on": "2026-03-02", "facts": "列席动议会", "grade": grade}
    return w.do(item, "supervise_stage", paper)


def communicate(w: SupervisionWorld, item: str, kind: str, at: str, **changes: object) -> Answer:
    paper = {"kind": kind, "communicated_at": AT.format(at), "meeting_at": AT.format("10:00")} | changes
    return w.do(item, "receive_appointment_materials", paper)


@proves("LZ-7.1", check=1)
def test_a_procedure_that_the_unit_announced_has_a_file_with_its_stages(w: SupervisionWorld) -> None:
    answer = done(w.do(SELECTIONS, "open_selection", SELECTION))
    item = w.item(f"{SELECTIONS}/{answer.body['id']}")
    assert "LZ-7.1" in answer.body["clauses"]
    assert (item["state"], item["secrecy"]) == ("analysis", "restricted")
    assert item["stages"] == ",analysis,motion,plan,candidates,appointment,"
    again = w.do(SELECTIONS, "open_selection", SELECTION)
    refused(again, "DUPLICATE", "LZ-7.1", field="procedure_no")


@proves("LZ-7.1", check=2)
@pytest.mark.parametrize("unit", ["hou", "xfj", "nowhere"])
def test_a_procedure_of_a_unit_that_the_office_does_not_cover_has_none(
    w: SupervisionWorld, unit: str
) -> None:
    answer = w.do(SELECTIONS, "open_selection", SELECTION | {"unit_id": unit})
    refused(answer, "OUT_OF_SCOPE", "LZ-7.1", field="unit_id")
    assert w.listed(SELECTIONS) == []


@proves("LZ-7.2", check=1)
@pytest.mark.parametrize(("stage", "following"), [("analysis", "motion"), ("motion", "plan")])
def test_no_stage_at_which_the_head_is_heard_ends_without_the_opinion(
    w: SupervisionWorld, stage: str, following: str
) -> None:
    item = w.selection(stage)
    refused(w.advance(item), "OPINION_OUTSTANDING", "LZ-7.2")
    assert w.item(item)["state"] == stage
    answer = done(w.do(item, "give_selection_opinion", HEARD | {"favourable": False}, by=w.head))
    assert "LZ-7.2" in answer.body["clauses"]
    done(w.advance(item))
    assert w.item(item)["state"] == following
    assert [event["stage"] for event in w.events("appointment_opinion_given")][-1] == stage


@proves("LZ-7.2", check=2)
@pytest.mark.parametrize("account", ["deputy1", "clerk1"])
def test_the_opinion_is_the_heads_own(w: SupervisionWorld, account: str) -> None:
    item = w.selection()
    answer = w.do(item, "give_selection_opinion", HEARD, by=w.world.as_(account))
    refused(answer, "WRONG_ROLE", "LZ-7.2")
    refused(w.advance(item), "OPINION_OUTSTANDING", "LZ-7.2")


@proves("LZ-7.3", check=1)
@pytest.mark.parametrize("found_at", STAGES)
def test_a_file_with_an_open_problem_is_not_closed(w: SupervisionWorld, found_at: str) -> None:
    item = w.selection(found_at)
    done(supervise(w, item, "outstanding"))
    [event] = w.events("problem_found")
    assert (event["clause"], event["unit_id"], event["grade"]) == ("LZ-7.3", "edu", "outstanding")
    for number in range(STAGES.index(found_at), 4):
        if number < 2:
            done(w.do(item, "give_selection_opinion", HEARD, by=w.head))
        done(w.advance(item))
    refused(w.do(item, "close_selection", {"summary": "监督情况"}), "NOT_VERIFIED", "LZ-7.3")
    assert w.item(item)["state"] == "appointment"


@proves("LZ-7.3", check=2)
def test_a_file_whose_problems_are_corrected_is_closed_with_date_and_officer(w: SupervisionWorld) -> None:
    item = w.selection("appointment")
    done(supervise(w, item, "general"))
    done(supervise(w, item))
    problem = f"{PROBLEMS}/{w.only(PROBLEMS)['id']}"
    correction = {"corrected_on": "2026-03-01", "verified": "已重新履行程序"}
    refused(w.do(problem, "record_correction", correction), "DATE_ORDER", field="corrected_on")
    done(w.do(problem, "record_correction", correction | {"corrected_on": "2026-03-02"}))
    answer = done(w.do(item, "close_selection", {"summary": "监督情况"}, by=w.deputy))
    assert "LZ-7.3" in answer.body["clauses"]
    closed = w.item(item)
    assert (closed["state"], closed["closed_on"], closed["closed_by"]) == (
        "closed",
        "2026-03-02",
        "p-deputy1",
    )
    refused(supervise(w, item), "WRONG_STATE")


def test_a_file_is_closed_after_the_last_stage_alone(w: SupervisionWorld) -> None:
    refused(w.do(w.selection("candidates"), "close_selection", {"summary": "监督情况"}), "WRONG_STATE")


@proves("LZ-7.4", check=1)
@pytest.mark.parametrize("material", ["personnel_archive", "personal_matters_report"])
def test_an_access_to_personnel_records_stands_in_the_trail(w: SupervisionWorld, material: str) -> None:
    item = w.selection()
    answer = done(w.do(item, "consult_personnel_records", ACCESS | {"material": material}))
    assert "LZ-7.4" in answer.body["clauses"]
    [entry] = w.audited("consult_personnel_records")
    facts = entry["facts"]
    assert (facts["person"], facts["material"], facts["officer"]) == ("p-edu-sec", material, "p-clerk1")
    assert [line["act"] for line in w.item(item)["timeline"]].count("consult_personnel_records") == 1


@proves("LZ-7.4", check=2)
@pytest.mark.parametrize("how", ["left out", "empty"])
def test_an_access_has_its_purpose(w: SupervisionWorld, how: str) -> None:
    paper = {key: value for key, value in ACCESS.items() if key != "purpose"}
    item = w.selection()
    answer = w.do(item, "consult_personnel_records", paper | ({"purpose": " "} if how == "empty" else {}))
    refused(answer, "MISSING_REASON", "LZ-7.4", field="purpose")
    assert w.audited("consult_personnel_records") == []
    unknown = w.do(item, "consult_personnel_records", ACCESS | {"person_id": "p-nobody"})
    refused(unknown, "UNKNOWN_REFERENCE", field="person_id")


@proves("LZ-7.5", check=1)
@pytest.mark.parametrize(
    ("at", "late"), [("09:59", False), ("10:00", False), ("10:01", True), ("18:00", True)]
)
@pytest.mark.parametrize("kind", MATERIALS)
def test_what_is_communicated_after_the_meeting_began_is_stored_and_a_problem_is_proposed(
    w: SupervisionWorld, kind: str, at: str, *, late: bool
) -> None:
    w.world.on(2026, 3, 5)
    item = w.selection()
    answer = done(communicate(w, item, kind, at))
    assert "LZ-7.5" in answer.body["clauses"]
    shown = w.item(item)
    assert (shown["communicated"], shown["communicated_late"]) == (f",{kind},", f",{kind}," if late else "")
    assert [event["late"] for event in w.events("appointment_materials_received")] == [late]
    proposed = [(one["state"], one["clause"]) for one in w.listed(PROBLEMS)]
    assert proposed == [("proposed", "LZ-7.5")] * late


@proves("LZ-7.5", check=2)
def test_a_plan_and_two_lists_are_communicated_and_nothing_else(w: SupervisionWorld) -> None:
    w.world.on(2026, 3, 5)
    item = w.selection()
    refused(communicate(w, item, "minutes", "09:00"), "OUT_OF_RANGE", "LZ-7.5", field="kind")
    for kind in MATERIALS:
        done(communicate(w, item, kind, "09:00"))
    assert w.item(item)["communicated"] == ",selection_plan,inspection_list,appointment_list,"
    refused(communicate(w, item, "selection_plan", "09:00"), "DUPLICATE", "LZ-7.5", field="kind")
    ahead = w.selection(procedure_no="XR-2026-2")
    later = communicate(w, ahead, "selection_plan", "09:00", communicated_at="2026-03-06T09:00:00+08:00")
    refused(later, "DATE_ORDER", "LZ-7.5", field="communicated_at")


def test_a_file_is_the_offices_and_the_commissions_and_never_theirs_whom_it_is_about(
    w: SupervisionWorld,
) -> None:
    w.world.on(2026, 3, 5)
    item = w.selection()
    for client in (w.clerk, w.head, w.deputy, w.leader):
        assert client.get(item).status == 200
    for client in (w.unit, w.party_head, w.stranger, w.liaison, w.world.as_("xc1"), w.world.as_("aud")):
        assert client.get(item).code == "UNKNOWN_REFERENCE"
    late = communicate(w, item, "appointment_list", "12:00", person_ids=["p-clerk2", "p-edu-sec"])
    done(late)
    concerned, problem = w.world.as_("clerk2"), f"{PROBLEMS}/{w.only(PROBLEMS)['id']}"
    for address in (item, problem):
        assert concerned.get(address).code == "UNKNOWN_REFERENCE"
        assert w.head.get(address).code == "UNKNOWN_REFERENCE"  # in the line of whom the list names
        assert w.deputy.get(address).status == 200
