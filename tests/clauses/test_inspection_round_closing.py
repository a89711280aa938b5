"""A round is closed when everything at its end is done; with it ends what its teams may know and do."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.inspection.acts.authority import personal_relations
from services.inspection.definition import INSPECTION
from tests.clause_proof import proves
from tests.clauses.closing_steps import ClosingSteps
from tests.clauses.result_steps import ISSUES, key
from tests.clauses.round_steps import AVOIDANCES, SESSIONS, done, refused
from tests.clauses.test_inspection_conduct import CONDUCT, SHEET
from tests.clauses.test_inspection_disclosure import VISIT
from tests.clauses.test_inspection_issue_transfers import PAPER as TO_DEPARTMENT
from tests.clauses.test_inspection_issue_transfers import TRANSFERS


@pytest.fixture
def w(tmp_path: Path) -> ClosingSteps:
    return ClosingSteps(tmp_path, services=("inspection", "archive"))


def still_open(w: ClosingSteps, item: str) -> set[str]:
    """The clauses for which the round is not closed."""
    answer = w.close_round(item)
    refused(answer, "ITEMS_OUTSTANDING")
    return set(answer.body["clauses"])


@proves("XC-32.5b", check=1)
@proves("XC-34.4b", check=1)
def test_a_round_is_closed_when_nothing_of_it_is_open_any_more(w: ClosingSteps) -> None:
    """Step by step: each names its clause as long as it is not done, and nothing else goes with it."""
    item = w.summarised()
    beginning = {"XC-28.3d", "XC-32.5b", "XC-37.3b", "XC-39.0c", "XC-47.0b"}
    assert still_open(w, item) == beginning
    w.assess_conduct(item)
    w.give_to_department(item)
    done(w.do(item, "order_follow_up", VISIT | {"visit_on": w.today()}))
    left = beginning | {"XC-34.4b", "XC-38.0a", "XC-45.0a"}
    assert still_open(w, item) == left
    steps = {
        "XC-32.5b": w.enter_in_ledger,
        "XC-34.4b": w.report_conduct,
        "XC-37.3b": w.hand_over_clue,
        "XC-38.0a": w.answer_of_department,
        "XC-39.0c": w.pass_slip_on,
        "XC-45.0a": w.look_again,
        "XC-28.3d": w.sign_statements,
        "XC-47.0b": w.accept_archive,
    }
    for clause, step in steps.items():
        step(item)
        left -= {clause}
        if left:
            assert still_open(w, item) == left, clause
    answer = done(w.close_round(item))
    assert {"XC-32.5b", "XC-34.4b"} <= set(answer.body["clauses"])
    assert (answer.body["state"], w.item(item)["state"]) == ("closed", "closed")


def test_what_a_visit_found_unsolved_keeps_the_round_open(w: ClosingSteps) -> None:
    item = w.ready()
    done(w.do(item, "order_follow_up", VISIT | {"visit_on": w.today()}))
    visit = {"visited_on": w.today(), "findings": "一个问题尚未解决", "unsolved_nos": [2]}
    done(w.do(item, "record_follow_up", visit))
    assert still_open(w, item) == {"XC-44.0a"}
    for stranger in (w.head, w.leader, w.clerk):
        assert w.close_round(item, by=stranger).code in ("WRONG_ROLE", "UNKNOWN_REFERENCE")


def test_before_the_report_to_the_county_committee_no_round_is_closed(w: ClosingSteps) -> None:
    refused(w.close_round(w.disclosed()), "WRONG_STATE", "XC-44.0a")


@proves("XC-34.4a", check=2)
def test_a_unit_where_nobody_assessed_the_team_is_closed_with_a_gap(w: ClosingSteps) -> None:
    item = w.ready()
    unit = w.unit_of(item)
    assert w.gaps(unit, "XC-34.4a") == set()
    answer = done(w.close_round(item))
    assert "XC-34.4a" in answer.body["clauses"]
    assert (w.item(unit)["state"], w.gaps(unit, "XC-34.4a")) == ("closed", {""})
    sheet = w.office.get(f"{w.round_of(unit)}/compliance").body
    assert {"XC-34.4a", "XC-47.0c"} <= {line["clause"] for line in sheet["gaps"]}
    late = w.do(CONDUCT, "assess_conduct", SHEET | {"engagement_id": key(unit)})
    refused(late, "WRONG_STATE", "XC-34.4a", field="engagement_id")


def test_an_assessed_unit_is_closed_without_that_gap(w: ClosingSteps) -> None:
    item = w.ready()
    w.assess_conduct(item)
    w.report_conduct(item)
    done(w.close_round(item))
    assert w.gaps(w.unit_of(item), "XC-34.4a") == set()


PATHS = [
    f"/inspection/{kind.path}"
    for kind in INSPECTION.kinds
    if {"team_id", "engagement_id"} & set(kind.model.__mapper__.column_attrs.keys())
    and personal_relations(kind.knows)
    and kind.path != "cadres"
]
"""What a team has. A line of the roster is about its cadre, who still sees it."""


def test_with_the_round_ends_what_its_team_may_know_and_do(w: ClosingSteps) -> None:
    """One authorisation, one round (XC-1.3d): leader, deputy and member find nothing of it any more."""
    item = w.ready()
    unit, team = w.unit_of(item), w.team_at(w.unit_of(item))
    people = (w.leader, w.deputy, w.member)
    seen = {path for path in ("/inspection/teams", *PATHS) if w.leader.get(path).body["items"]}
    assert {
        ISSUES,
        SESSIONS,
        "/inspection/teams",
        "/inspection/found-clues",
        "/inspection/interviews",
    } <= seen
    session = w.leader.get(SESSIONS).body["items"][0]["id"]
    done(w.close_round(item))
    assert (w.item(team)["state"], w.item(unit)["state"]) == ("dissolved", "closed")
    for one in people:
        for path in ("/inspection/teams", *PATHS):
            assert one.get(path).body["items"] == [], path
        for address in (unit, team, f"{SESSIONS}/{session}"):
            assert one.get(address).code == "UNKNOWN_REFERENCE"
    finding = {"engagement_id": key(unit), "title": "又发现的问题"}
    assert w.do(ISSUES, "record_issue", finding, by=w.member).code == "UNKNOWN_REFERENCE"
    assert w.session(team).code == "UNKNOWN_REFERENCE"


def test_nothing_new_begins_in_a_round_that_is_closed(w: ClosingSteps) -> None:
    item = w.ready()
    done(w.close_round(item))
    issue = TO_DEPARTMENT | {"round_id": w.item(item)["round_id"], "issue_id": "i"}
    refused(w.do(TRANSFERS, "transfer_issue", issue), "WRONG_STATE", "XC-1.3d")
    refused(w.declare(w.round_of(item)), "WRONG_STATE", "XC-1.3d")
    assert w.office.get(AVOIDANCES).body["items"] == []
    refused(w.do(item, "order_follow_up", VISIT), "WRONG_STATE", "XC-45.0a")
    refused(w.close_round(item), "WRONG_STATE")


def test_the_round_is_put_right_from_the_first_plan_on(w: ClosingSteps) -> None:
    item = w.fed_back()
    of = w.round_of(w.unit_of(item))
    assert w.item(of)["state"] == "feedback_delivered"
    answer = done(w.submit_plan(item))
    assert ("XC-40.0b" in answer.body["clauses"], w.item(of)["state"]) == (True, "rectifying")
