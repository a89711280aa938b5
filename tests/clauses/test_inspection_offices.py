"""The offices themselves are supervised: group, teams, cross-check, methods, each quarter (GL-3.21 to GL-3.25)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.chassis import tables
from tests.clause_proof import proves
from tests.clauses.five_supervision_steps import CLUE, PROBLEM
from tests.clauses.office_steps import CHECKS, GROUPS, QUARTERS, ROUNDS, TEAMS, OfficeWorld
from tests.clauses.supervision_steps import done, refused
from tests.clauses.unit_org_steps import holder

BOTH = [("supervision_leading_group", ""), ("commission_leader", "")]


@pytest.fixture
def w(tmp_path: Path) -> OfficeWorld:
    return OfficeWorld(tmp_path)


@proves("GL-3.21", check=1)
def test_without_a_leading_group_no_round_is_planned(w: OfficeWorld) -> None:
    refused(w.plan_round(), "MISSING_FIELD", "GL-3.21", field="leading_group")
    assert (w.listed(ROUNDS, w.group), w.events("office_supervision_planned")) == ([], [])
    done(w.set_up())
    group = w.listed(GROUPS, w.group)[0]["id"]
    done(w.do(f"{GROUPS}/{group}", "dissolve_supervision_group", {"reason": "机构调整"}, by=w.leader))
    refused(w.plan_round(), "MISSING_FIELD", "GL-3.21", field="leading_group")


@proves("GL-3.21", check=2)
def test_with_its_leading_group_a_round_is_planned(w: OfficeWorld) -> None:
    assert "GL-3.21" in done(w.set_up()).body["clauses"]
    answer = done(w.plan_round())
    assert "GL-3.21" in answer.body["clauses"]
    assert w.events("office_supervision_planned") == [
        {"round_id": answer.body["id"], "quarter": "2026-Q1", "team_count": 6}
    ]
    refused(w.set_up(), "DUPLICATE", "GL-3.21")
    refused(w.set_up(by=w.group), "WRONG_ROLE")
    refused(w.plan_round(by=w.leader), "WRONG_ROLE")


@proves("GL-3.22", check=1)
@pytest.mark.parametrize(("count", "gaps"), [(1, 1), (5, 1), (6, 0)])
def test_fewer_than_six_teams_are_a_warning(w: OfficeWorld, count: int, gaps: int) -> None:
    done(w.set_up())
    answer = done(w.plan_round(teams=TEAMS[:count]))
    assert "GL-3.22" in answer.body["clauses"]
    shown = w.item(f"{ROUNDS}/{answer.body['id']}", w.group)
    noted = [gap for gap in shown["gaps"] if gap["clause"] == "GL-3.22"]
    assert (shown["team_count"], len(noted)) == (count, gaps)


@proves("GL-3.22", check=2)
@pytest.mark.parametrize("person", ["p-xf1", "p-ags1", "p-edu-clerk", "p-zu1"])
def test_a_person_of_another_body_is_in_no_team(w: OfficeWorld, person: str) -> None:
    done(w.set_up())
    other = [*TEAMS[:5], TEAMS[5] | {"member_ids": [person]}]
    refused(w.plan_round(teams=other), "OUT_OF_RANGE", "GL-3.22", field="teams.member_ids")
    other = [*TEAMS[:5], TEAMS[5] | {"leader_id": person}]
    refused(w.plan_round(teams=other), "OUT_OF_RANGE", "GL-3.22", field="teams.member_ids")
    assert w.listed(ROUNDS, w.group) == []
    assert "GL-3.22" in done(w.plan_round()).body["clauses"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"leader_id": "p-nobody"}, "UNKNOWN_REFERENCE", "teams.member_ids"),
        ({"member_ids": ["p-gb1"]}, "DUPLICATE", "teams.member_ids"),
        ({"no": 5}, "DUPLICATE", "teams.no"),
        ({"office_ids": ["edu"]}, "UNKNOWN_REFERENCE", "teams.office_ids"),
        ({"cleared_ids": ["p-gb1"]}, "UNKNOWN_REFERENCE", "teams.cleared_ids"),
    ],
)
def test_teams_are_told_apart_and_check_offices_that_are_there(
    w: OfficeWorld, changes: dict[str, Any], code: str, field: str
) -> None:
    done(w.set_up())
    refused(w.plan_round(teams=[*TEAMS[:5], TEAMS[5] | changes]), code, field=field)
    assert w.listed(ROUNDS, w.group) == []


@proves("GL-3.23", check=1)
def test_nobody_is_assigned_to_check_their_own_office(w: OfficeWorld) -> None:
    done(w.set_up())
    own = [TEAMS[0] | {"office_ids": ["pz2", "pz1"]}, *TEAMS[1:]]
    refused(w.plan_round(teams=own), "CONFLICT_OF_INTEREST", "GL-3.23", field="teams.office_ids")
    own = [*TEAMS[:5], TEAMS[5] | {"member_ids": ["p-head1"]}]
    refused(w.plan_round(teams=own), "CONFLICT_OF_INTEREST", "GL-3.23", field="teams.office_ids")
    assert w.listed(ROUNDS, w.group) == []


@proves("GL-3.23", check=2)
def test_staff_of_one_office_check_another(w: OfficeWorld) -> None:
    round_id = w.round_planned()
    answer = done(w.check_office(round_id, by=w.clerk, office_id="pz2"))
    assert "GL-3.23" in answer.body["clauses"]
    assert w.events("office_supervised") == [
        {"round_id": round_id, "office_id": "pz2", "result_code": "in_order", "checked_on": "2026-03-02"}
    ]
    refused(w.check_office(round_id, by=w.clerk, office_id="pz1"), "CONFLICT_OF_INTEREST", "GL-3.23")


@proves("GL-3.23", check=1)
def test_who_was_moved_to_an_office_meanwhile_checks_it_no_more(w: OfficeWorld) -> None:
    round_id = w.round_planned()
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(tables.DirectoryAssignment, "post-gb2").office_id = "pz1"
    refused(w.check_office(round_id), "CONFLICT_OF_INTEREST", "GL-3.23", field="office_id")
    assert w.ledgers(round_id, w.organiser).code == "CONFLICT_OF_INTEREST"


@proves("GL-3.24", check=2)
def test_a_check_without_a_method_is_refused(w: OfficeWorld) -> None:
    round_id = w.round_planned()
    refused(w.check_office(round_id, methods=[]), "MISSING_FIELD", "GL-3.24", field="methods")
    refused(w.check_office(round_id, methods=["hearsay"]), "OUT_OF_RANGE", "GL-3.24")
    assert (w.listed(CHECKS, w.group), w.events("office_supervised")) == ([], [])
    answer = done(w.check_office(round_id, methods=["questions_asked"]))
    assert "GL-3.24" in answer.body["clauses"]
    assert w.item(f"{CHECKS}/{answer.body['id']}", w.group)["method_codes"] == ",questions_asked,"


@proves("GL-3.24", check=1)
def test_of_ledgers_with_clues_a_team_that_is_not_cleared_reads_the_counts_alone(w: OfficeWorld) -> None:
    round_id = w.round_planned()
    w.recorded(**PROBLEM)
    w.recorded(**CLUE)
    counted = w.ledgers(round_id, w.other_member)
    assert counted.status == 200
    assert "GL-3.24" in counted.body["clauses"]
    lines = {one["ledger"]: (one["count"], one["with_clue_content"]) for one in counted.body["ledgers"]}
    assert lines["supervision_record"] == (2, 1)
    assert lines["problem"] == (1, 0)
    answer = w.ledger(round_id, w.other_member, "supervision_record")
    refused(answer, "ACCESS_DENIED", "GL-3.24", field="ledger")
    assert w.refusals("read_ledger") == ["ACCESS_DENIED"]
    assert [one["state"] for one in w.ledger(round_id, w.other_member, "problem").body["entries"]] == ["open"]
    cleared = w.ledger(round_id, w.team_head, "supervision_record")
    assert len(cleared.body["entries"]) == 2


@proves("GL-3.24", check=1)
def test_a_ledger_is_read_by_the_offices_team_alone_while_the_round_runs(w: OfficeWorld) -> None:
    round_id = w.round_planned()
    w.recorded()
    assert w.ledgers(round_id, w.organiser).status == 200
    first = holder(w.world, "gb1")
    assert w.ledgers(round_id, first).code == "OUT_OF_SCOPE"  # its team checks pz2
    assert w.ledgers(round_id, w.group).code == "OUT_OF_SCOPE"
    assert w.ledgers(round_id, w.clerk).code == "CONFLICT_OF_INTEREST"
    assert w.ledgers(round_id, w.head).code == "UNKNOWN_REFERENCE"
    assert w.ledger(round_id, w.organiser, "passwords").code == "UNKNOWN_REFERENCE"
    done(w.do(f"{ROUNDS}/{round_id}", "cancel_office_round", {"reason": "改期"}, by=w.group))
    assert w.ledgers(round_id, w.organiser).code == "OUT_OF_SCOPE"
    refused(w.check_office(round_id), "WRONG_STATE", field="round_id")


@proves("GL-3.24", check=1)
def test_who_stands_to_a_clue_finds_it_in_no_count(w: OfficeWorld) -> None:
    round_id = w.round_planned()
    w.recorded(**CLUE)
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(tables.DirectoryPerson, "p-edu-sec").relatives = "p-jd1"
        session.get_one(tables.DirectoryPerson, "p-jd1").relatives = "p-edu-sec"
    lines = {one["ledger"]: one["count"] for one in w.ledgers(round_id, w.team_head).body["ledgers"]}
    assert lines["supervision_record"] == 0
    assert w.ledger(round_id, w.team_head, "supervision_record").body["entries"] == []


def test_the_office_answers_what_was_found_and_knows_of_the_round_by_it_alone(w: OfficeWorld) -> None:
    round_id = w.round_planned()
    check = f"{CHECKS}/{done(w.check_office(round_id, result='to_improve')).body['id']}"
    assert ("dispatched_office_head", "pz1") in w.told("office_supervised")
    refused(w.head.get(f"{ROUNDS}/{round_id}"), "UNKNOWN_REFERENCE")
    refused(w.world.as_("clerk2").get(check), "UNKNOWN_REFERENCE")
    refused(w.world.as_("head2").get(check), "UNKNOWN_REFERENCE")
    done(w.do(check, "answer_office_check", {"answer": "立行立改"}, by=w.head))
    assert w.item(check, w.organiser)["state"] == "answered"
    refused(w.check_office(round_id, by=w.head), "UNKNOWN_REFERENCE", field="round_id")
    refused(w.check_office(round_id, office_id="pz2"), "OUT_OF_SCOPE", "GL-3.23", field="office_id")
    refused(w.check_office(round_id, checked_on="2026-03-03"), "DATE_ORDER", field="checked_on")


@proves("GL-3.25", check=1)
@pytest.mark.parametrize(("month", "day", "over"), [(3, 30, False), (3, 31, False), (4, 1, True)])
def test_an_office_that_was_not_checked_in_the_quarter_is_named(
    w: OfficeWorld, month: int, day: int, *, over: bool
) -> None:
    round_id = w.round_planned()
    answer = done(w.check_office(round_id, by=w.clerk, office_id="pz2"))
    assert "GL-3.25" in answer.body["clauses"]
    w.world.on(2026, month, day)
    w.world.tick()
    w.world.tick()
    assert w.open_gaps() == ["pz1"] * over
    assert w.told("offices_not_supervised") == BOTH * over
    clocks = w.quarter_clocks()
    assert clocks == {"pz1": ("2026-03-31", "open", False), "pz2": ("2026-03-31", "met", False)}
    assert w.item(w.quarter(), w.group)["state"] == ("over" if over else "running")


@proves("GL-3.25", check=1)
@pytest.mark.parametrize(("recorded", "checked", "met", "late"), [
    ((4, 1), "2026-03-31", True, False),
    ((3, 31), "2026-03-31", True, False),
    ((4, 1), "2026-04-01", False, False),
])  # fmt: skip
def test_the_day_of_the_check_decides_and_not_the_day_of_its_record(
    w: OfficeWorld, recorded: tuple[int, int], checked: str, *, met: bool, late: bool
) -> None:
    round_id = w.round_planned()
    w.world.on(2026, *recorded)
    w.world.tick()
    assert "GL-3.25" in done(w.check_office(round_id, checked_on=checked)).body["clauses"]
    assert w.quarter_clocks()["pz1"] == ("2026-03-31", "met" if met else "open", late)
    if recorded[0] == 4:
        assert w.open_gaps() == (["pz2"] if met else ["pz1", "pz2"])


@proves("GL-3.25", check=2)
def test_an_office_that_was_checked_twice_is_counted_once(w: OfficeWorld) -> None:
    round_id = w.round_planned()
    for by in (w.organiser, w.team_head):
        answer = done(w.check_office(round_id, by=by))
        assert "GL-3.25" in answer.body["clauses"]
    shown = w.item(w.quarter(), w.group)
    assert (shown["checked_ids"], shown["checked_count"]) == (",pz1,", 1)
    assert {office: clock[1] for office, clock in w.quarter_clocks().items()} == {"pz1": "met", "pz2": "open"}
    assert len(w.listed(CHECKS, w.group)) == 2


@proves("GL-3.25", check=1)
def test_quarter_follows_quarter_by_the_clock_also_over_the_years_end(w: OfficeWorld) -> None:
    w.round_planned()
    assert w.quarter_clocks()["pz1"][0] == "2026-03-31"
    owed = {(one["owed_role"], one["owed_office"]) for one in w.item(w.quarter(), w.group)["duties"]}
    assert owed == {("supervision_leading_group", "qw")}
    w.world.on(2027, 1, 4)
    w.world.tick()
    w.world.tick()
    quarters = {one["quarter"]: one["state"] for one in w.listed(QUARTERS, w.group)}
    assert quarters == {f"2026-Q{n}": "over" for n in range(1, 5)} | {"2027-Q1": "running"}
    assert w.quarter_clocks("2026-Q4")["pz2"] == ("2026-12-31", "open", False)
    assert w.quarter_clocks("2027-Q1")["pz2"] == ("2027-03-31", "open", False)
    assert w.open_gaps("2026-Q4") == ["pz1", "pz2"]


def test_without_a_group_no_clock_runs_and_after_its_end_no_quarter_begins(w: OfficeWorld) -> None:
    w.world.tick()
    assert w.listed(QUARTERS, w.group) == []
    done(w.set_up())
    group = w.listed(GROUPS, w.group)[0]["id"]
    done(w.do(f"{GROUPS}/{group}", "dissolve_supervision_group", {"reason": "机构调整"}, by=w.leader))
    w.world.on(2026, 4, 1)
    w.world.tick()
    assert [one["quarter"] for one in w.listed(QUARTERS, w.group)] == ["2026-Q1"]
    done(w.set_up())
    assert sorted(one["quarter"] for one in w.listed(QUARTERS, w.group)) == ["2026-Q1", "2026-Q2"]
