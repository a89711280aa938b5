"""Immediate rectification is demanded of the unit, with a limit (XC-25.0a)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.notifications.storage import Notice
from tests.clause_proof import proves
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.clauses.test_inspection_working_papers import issue
from tests.world import Answer, Client

DEMANDS = "/inspection/rectification-demands"
PROPOSAL: dict[str, Any] = {
    "strong_complaint": True,
    "plain_breach": True,
    "quick_remedy": True,
    "demand": "立即停止并清退",
    "wider_lessons": "举一反三",
    "due_on": "2026-03-12",
}
RESULT = {"measures": "已清退", "result": "整改完成"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def propose(
    w: RoundWorld, unit: str, of: str, by: Client | None = None, leave_out: str = "", **changes: Any
) -> Answer:
    ids = {"engagement_id": unit.rpartition("/")[2], "issue_id": of.rpartition("/")[2]}
    paper = {key: value for key, value in (PROPOSAL | ids | changes).items() if key != leave_out}
    return w.do(DEMANDS, "demand_rectification", paper, by=by or w.member)


def demanded(w: RoundWorld, unit: str, **changes: Any) -> str:
    of = issue(w, unit, rectify_now=True)
    return f"{DEMANDS}/{done(propose(w, unit, of, **changes)).body['id']}"


@proves("XC-25.0a", check=1)
def test_a_demand_names_its_limit(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    of = issue(w, unit, rectify_now=True)
    refused(propose(w, unit, of, leave_out="due_on"), "MISSING_FIELD", "XC-25.0a", field="due_on")
    refused(propose(w, unit, of, due_on="2026-03-01"), "DATE_ORDER", "XC-25.0a", field="due_on")
    refused(propose(w, unit, of, quick_remedy=False), "OUT_OF_SCOPE", "XC-25.0a", field="quick_remedy")
    refused(propose(w, unit, of, wider_lessons=""), "MISSING_FIELD", "XC-25.0a", field="wider_lessons")
    refused(propose(w, unit, unit), "UNKNOWN_REFERENCE", "XC-25.0a", field="issue_id")
    refused(propose(w, unit, of, by=w.leader_2), "UNKNOWN_REFERENCE", field="engagement_id")
    refused(propose(w, unit, of, by=w.office), "WRONG_ROLE")
    done(propose(w, unit, of, due_on="2026-03-02"))
    [event] = w.events("immediate_rectification_demanded")
    assert set(event) == {"proposal_id", "unit_id", "issue_id", "due_on"}
    assert (event["unit_id"], event["due_on"]) == ("edu", "2026-03-02")


@pytest.mark.parametrize(("day", "light"), [(4, "amber"), (5, "amber"), (6, "red")])
def test_a_problem_that_is_fit_for_it_is_demanded_within_three_working_days(
    w: RoundWorld, day: int, light: str
) -> None:
    """The text says *promptly*: three working days are ours, so what is done later is no breach."""
    unit = w.unit_at("entered")
    of = issue(w, unit, rectify_now=True)
    w.world.on(2026, 3, day)
    [duty] = [d for d in w.item(of, w.member)["duties"] if d["clause"] == "XC-25.0a"]
    assert (duty["due_on"], duty["owed_role"], duty["light"]) == ("2026-03-05", "inspection_team", light)
    done(propose(w, unit, of))
    [met] = [d for d in w.item(of, w.member)["duties"] if d["clause"] == "XC-25.0a"]
    assert (met["status"], met["late"]) == ("met", False)


@pytest.mark.parametrize(("day", "hour", "late"), [(11, 9, False), (12, 23, False), (13, 0, True)])
def test_the_limit_is_the_day_that_the_demand_names(
    w: RoundWorld, day: int, hour: int, *, late: bool
) -> None:
    item = demanded(w, w.unit_at("entered"))
    w.world.on(2026, 3, day, hour)
    answer = done(w.do(item, "report_rectification_result", RESULT, by=w.world.as_("edu-head")))
    assert [(d["due_at"][:10], d["late"]) for d in answer.body["duties"]] == [("2026-03-12", late)] * 2


@proves("XC-25.0a", check=2)
def test_a_limit_that_passed_without_a_result_is_told_to_the_unit_and_the_leader(tmp_path: Path) -> None:
    w = RoundWorld(tmp_path, services=("inspection", "notifications"))
    item = demanded(w, w.unit_at("entered"))
    w.world.on(2026, 3, 12, 23, 59)
    w.world.pump()
    assert told(w, "deadline_overdue", item) == set()
    assert told(w, "deadline_warned", item) == {"p-edu-head", "p-zu1"}
    w.world.on(2026, 3, 13, 0, 0)
    w.world.pump()
    assert told(w, "deadline_overdue", item) == {"p-edu-head", "p-zu1"}
    late = w.do(item, "report_rectification_result", RESULT, by=w.world.as_("edu-head"))
    assert "XC-25.0a" in done(late).body["clauses"]
    assert told(w, "rectification_demanded", item) == {"p-edu-head"}


def told(w: RoundWorld, template: str, item: str) -> set[str]:
    """Who has a notice of this template on this item."""
    of_item = (Notice.template == template, Notice.subject_ref == item.rpartition("/")[2])
    with w.world.runtimes["notifications"].db.read() as session:
        return set(session.scalars(select(Notice.addressee_id).where(*of_item)))


def test_the_result_is_settled_by_the_team_and_never_settled_well_unseen(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    item, unit_head = demanded(w, unit), w.world.as_("edu-head")
    well = w.do(item, "settle_rectification", {"outcome": "rectified"}, by=w.leader)
    refused(well, "MISSING_DOCUMENT", "XC-25.0a", field="outcome")
    refused(w.do(item, "report_rectification_result", RESULT, by=w.leader), "WRONG_ROLE", "XC-25.0a")
    done(w.do(item, "report_rectification_result", RESULT, by=unit_head))
    refused(w.do(item, "settle_rectification", {"outcome": "rectified"}, by=unit_head), "WRONG_ROLE")
    done(w.do(item, "settle_rectification", {"outcome": "rectified"}, by=w.deputy))
    assert w.item(item, unit_head)["outcome_code"] == "rectified"
    other = demanded(w, unit)
    done(w.do(other, "settle_rectification", {"outcome": "not_rectified"}, by=w.leader))
    assert {d["status"] for d in w.item(other)["duties"]} == {"voided"}


def test_the_unit_sees_what_is_demanded_of_it_and_nothing_of_the_finding(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    item = demanded(w, unit)
    head = w.world.as_("edu-head")
    paper = f"{item}/papers/{w.item(item, head)['papers'][0]['id']}"
    assert w.item(paper, head)["form"]["demand"] == "立即停止并清退"
    of = w.item(item)["issue_id"]
    assert head.get(f"/inspection/issues/{of}").status == 404
    accounts = ("zu4", "zu5", "hou-head", "head1", "sys")
    assert {w.world.as_(one).get(item).status for one in accounts} == {404}
    assert "反映" not in json.dumps(w.events("immediate_rectification_demanded"), ensure_ascii=False)
