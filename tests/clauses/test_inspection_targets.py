"""A round is opened, targets and teams are proposed and approved (XC-1.1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.chassis.tables import DirectoryPerson
from tests.clause_proof import proves
from tests.clauses.round_steps import (
    ALL_THREE,
    ENGAGEMENTS,
    PLAN,
    ROUNDS,
    TARGETS,
    TEAM_1,
    TEAM_2,
    RoundWorld,
    done,
    refused,
)


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@proves("XC-1.1a", check=1)
@pytest.mark.parametrize("missing", ["discipline_commission", "organization_dept"])
def test_targets_wait_for_the_replies_of_both_who_were_asked(w: RoundWorld, missing: str) -> None:
    item = w.opened()
    [asked] = w.events("targets_consultation_requested")
    assert sorted(asked["addressees"]) == ["discipline_commission", "organization_dept"]
    other = {"discipline_commission", "organization_dept"} - {missing}
    done(w.reply(item, other.pop()))
    refused(w.do(item, "propose_targets", TARGETS), "PRECONDITION_NOT_MET", "XC-1.1a")
    assert w.item(item)["state"] == "opened"


@proves("XC-1.1a", check=2)
def test_a_nil_reply_counts_and_both_are_linked_to_the_list(w: RoundWorld) -> None:
    item = w.opened()
    done(w.reply(item, "discipline_commission"))
    done(w.reply(item, "organization_dept", unit_ids=[], nil_return=True))
    answer = done(w.do(item, "propose_targets", TARGETS))
    assert answer.body["state"] == "targets_proposed"
    linked = [one for one in w.item(item)["reply_refs"].split(",") if one]
    on_file = {p["id"]: p["kind"] for p in w.item(item)["papers"]}
    assert [on_file[one] for one in linked] == ["TargetSuggestions", "TargetSuggestions"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"unit_ids": []}, "MISSING_FIELD", "unit_ids"),
        ({"nil_return": True}, "OUT_OF_RANGE", "nil_return"),
        ({"unit_ids": ["pz1"]}, "UNKNOWN_REFERENCE", "unit_ids"),
        ({"received_on": "2026-03-03"}, "DATE_ORDER", "received_on"),
    ],
)
def test_a_reply_names_units_or_says_that_there_are_none(
    w: RoundWorld, changes: dict[str, object], code: str, field: str
) -> None:
    answer = w.reply(w.opened(), "discipline_commission", **changes)
    assert (answer.code, answer.body.get("field")) == (code, field)


@proves("XC-1.1b", check=1)
@pytest.mark.parametrize("basis", ["basis_annual_plan", "basis_leading_group_request"])
@pytest.mark.parametrize("how", ["left out", "empty"])
def test_a_list_names_what_it_rests_on(w: RoundWorld, basis: str, how: str) -> None:
    item = w.opened()
    done(w.reply(item, "discipline_commission"))
    done(w.reply(item, "organization_dept"))
    paper = {k: v for k, v in TARGETS.items() if k != basis} | ({basis: " "} if how == "empty" else {})
    refused(w.do(item, "propose_targets", paper), "MISSING_FIELD", "XC-1.1b", field=basis)


@proves("XC-1.1b", check=2)
def test_a_list_with_a_unit_and_its_bases_is_proposed(w: RoundWorld) -> None:
    item = w.opened()
    done(w.reply(item, "discipline_commission"))
    done(w.reply(item, "organization_dept"))
    empty = w.do(item, "propose_targets", TARGETS | {"unit_ids": []})
    refused(empty, "MISSING_FIELD", "XC-1.1b", field="unit_ids")
    answer = done(w.do(item, "propose_targets", TARGETS))
    assert answer.body["state"] == "targets_proposed"
    assert "XC-1.1b" in answer.body["clauses"]


def test_a_round_has_its_number_once_a_year(w: RoundWorld) -> None:
    w.opened()
    again = w.do(ROUNDS, "open_round", {"year": 2026, "ordinal": 1, "basis": "再次"})
    assert (again.status, again.code) == (409, "DUPLICATE")
    w.opened(ordinal=2)


@proves("XC-1.1c", check=1)
@pytest.mark.parametrize("left_out", ALL_THREE)
def test_candidates_for_leader_are_worked_out_by_all_three(w: RoundWorld, left_out: str) -> None:
    item = w.at("targets")
    took_part = [one for one in ALL_THREE if one != left_out]
    refused(w.nominate(item, participants=took_part), "PRECONDITION_NOT_MET", "XC-1.1c", field="participants")
    refused(w.do(item, "submit_assignment_plan", PLAN), "PRECONDITION_NOT_MET", "XC-1.1c")


@proves("XC-1.1c", check=2)
def test_a_plan_rests_on_the_candidates_of_all_three(w: RoundWorld) -> None:
    item = w.at("targets")
    done(w.nominate(item))
    other = PLAN | {"teams": [TEAM_1 | {"leader_id": "p-zu5"}]}
    refused(w.do(item, "submit_assignment_plan", other), "OUT_OF_SCOPE", "XC-1.1c")
    answer = done(w.do(item, "submit_assignment_plan", PLAN))
    assert "XC-1.1c" in w.item(item)["papers"][0]["kind"] or answer.body["proposal"]["status"] == "pending"


@proves("XC-1.1d", check=1)
def test_who_led_at_a_unit_last_does_not_lead_there_again(w: RoundWorld) -> None:
    first = w.at("mobilised")
    done(w.take_up(w.team(first, 1)))
    second = w.at("targets", ordinal=2)
    refused(w.nominate(second), "THREE_NOT_FIXED", "XC-1.1d", field="teams.leader_id")


@proves("XC-1.1d", check=2)
def test_who_led_elsewhere_may_lead_there_now_and_the_unbroken_run_is_a_gap(w: RoundWorld) -> None:
    first = w.at("mobilised")
    done(w.take_up(w.team(first, 1)))
    done(w.take_up(w.team(first, 2), "hou"))
    second = w.at("targets", ordinal=2)
    crossed = [TEAM_1 | {"unit_ids": ["hou"]}, TEAM_2 | {"unit_ids": ["edu"]}]
    answer = done(w.nominate(second, teams=crossed))
    assert {gap["clause"] for gap in answer.body["gaps"]} == {"XC-1.1d"}
    assert w.gaps(second, "XC-1.1d") == {"p-zu1", "p-zu4"}


@proves("XC-1.1e", check=1)
def test_who_has_family_in_a_unit_is_not_nominated_for_it(w: RoundWorld) -> None:
    item = w.at("targets")
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(DirectoryPerson, "p-zu2").relatives = "p-edu-clerk"
    refused(w.nominate(item), "CONFLICT_OF_INTEREST", "XC-1.1e")


@proves("XC-1.1e", check=2)
def test_who_has_nobody_there_is_nominated_and_the_check_is_on_record(w: RoundWorld) -> None:
    item = w.at("targets")
    answer = done(w.nominate(item))
    assert "XC-1.1e" in answer.body["clauses"]
    [line] = [one for one in w.item(item)["timeline"] if one["act"] == "nominate_leaders"]
    assert "XC-1.1e" in line["clauses"]


@proves("XC-1.1f", check=1)
@pytest.mark.parametrize(
    ("change", "field"), [({"leader_id": ""}, "leader_id"), ({"unit_ids": []}, "unit_ids")]
)
def test_a_team_of_the_plan_has_a_leader_and_a_unit(
    w: RoundWorld, change: dict[str, object], field: str
) -> None:
    item = w.at("targets")
    done(w.nominate(item))
    answer = w.do(item, "submit_assignment_plan", {"teams": [TEAM_1 | change, TEAM_2]})
    refused(answer, "MISSING_FIELD", "XC-1.1f", field=f"teams.{field}")


@proves("XC-1.1f", check=2)
def test_a_plan_names_units_of_the_candidate_list_alone(w: RoundWorld) -> None:
    item = w.opened()
    done(w.reply(item, "discipline_commission"))
    done(w.reply(item, "organization_dept"))
    done(w.do(item, "propose_targets", TARGETS | {"unit_ids": ["edu"]}))
    done(w.nominate(item, teams=[TEAM_1]))
    refused(w.do(item, "submit_assignment_plan", PLAN), "OUT_OF_SCOPE", "XC-1.1f", field="teams.unit_ids")


@pytest.mark.parametrize(
    "second",
    [TEAM_2 | {"team_no": 1}, TEAM_2 | {"unit_ids": ["edu"]}, TEAM_2 | {"leader_id": "p-zu2"}],
    ids=["number", "unit", "person"],
)
def test_nothing_stands_twice_in_a_plan(w: RoundWorld, second: dict[str, object]) -> None:
    assert w.nominate(w.at("targets"), teams=[TEAM_1, second]).code == "DUPLICATE"


@proves("XC-1.1g", check=1)
def test_the_head_does_not_approve_a_plan_before_it_was_reviewed(w: RoundWorld) -> None:
    item = w.at("targets")
    done(w.nominate(item))
    done(w.do(item, "submit_assignment_plan", PLAN))
    refused(w.decide(item, w.head), "APPROVAL_ORDER", "XC-1.1g")
    assert w.item(item)["state"] == "targets_proposed"


@proves("XC-1.1g", check=2)
@pytest.mark.parametrize("who", ["deputy_head", "member_of_group"])
def test_nobody_but_the_head_gives_the_final_approval(w: RoundWorld, who: str) -> None:
    item = w.at("targets")
    done(w.nominate(item))
    done(w.do(item, "submit_assignment_plan", PLAN))
    done(w.decide(item, w.deputy_head))
    refused(w.decide(item, getattr(w, who)), "WRONG_APPROVER", "XC-1.1g")


@proves("XC-1.1g", check=3)
def test_an_approved_plan_forms_the_teams_and_is_told_once(w: RoundWorld) -> None:
    item = w.at("plan")
    assert w.item(item)["state"] == "assignment_plan_approved"
    [event] = w.events("assignment_plan_approved")
    teams = [w.team(item, 1).rpartition("/")[2], w.team(item, 2).rpartition("/")[2]]
    assert event == {
        "round_id": item.rpartition("/")[2],
        "plan_version": 1,
        "teams": teams,
        "reviewed_by": "p-xz2",
        "approved_by": "p-xz1",
        "approved_on": "2026-03-02",
    }
    assert w.item(w.team(item, 1), w.leader)["state"] == "approved"
    assert w.office.get(ENGAGEMENTS).body["items"] == []
