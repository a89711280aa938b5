"""Incidents, the mid-term report, major matters (XC-13.3, XC-24, XC-27)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.world import Answer, Client

INCIDENTS, MIDTERMS, MATTERS = "/inspection/incidents", "/inspection/midterms", "/inspection/major-matters"
INCIDENT: dict[str, Any] = {
    "occurred_at": "2026-03-02T08:30:00+08:00",
    "place": "办公楼前",
    "course": "群众聚集反映问题",
}
CLOSING = {"departments": ["信访局"], "outcome": "已妥善处置"}
MIDTERM: dict[str, Any] = {
    "held_on": "2026-03-02",
    "hearer_id": "p-xz2",
    "problems": "突出问题",
    "clues": "线索情况",
    "next_requirements": "下一步要求",
}
MATTER: dict[str, Any] = {
    "category": "obstruction",
    "channel": "inspection_office",
    "facts": "主要负责人阻碍巡察的事实",
}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    return w.unit_at("entered")


def of(unit: str) -> dict[str, str]:
    return {"engagement_id": unit.rpartition("/")[2]}


def incident(w: RoundWorld, unit: str, **changes: object) -> str:
    paper = INCIDENT | of(unit) | changes
    return f"{INCIDENTS}/{done(w.do(INCIDENTS, 'record_incident', paper, by=w.member)).body['id']}"


def midterm(w: RoundWorld, unit: str, *, by: Client | None = None, **changes: Any) -> Answer:
    return w.do(MIDTERMS, "hear_midterm", MIDTERM | of(unit) | changes, by=by or w.deputy_head)


def matter(w: RoundWorld, unit: str, *, by: Client | None = None, **changes: Any) -> Answer:
    return w.do(MATTERS, "report_major_matter", MATTER | of(unit) | changes, by=by or w.leader)


@proves("XC-13.3a", check=1)
@pytest.mark.parametrize("planned", [False, True])
def test_an_entry_without_a_plan_for_incidents_is_a_gap(w: RoundWorld, *, planned: bool) -> None:
    unit = w.unit_at("met")
    if planned:
        answer = done(w.do(unit, "plan_for_incidents", {"text": "预案"}, by=w.leader))
        assert "XC-13.3a" in answer.body["clauses"]
    w.entered(unit)
    assert w.gaps(unit, "XC-13.3a") == (set() if planned else {""})
    assert planned or "XC-13.3a" in w.item(f"{w.round_of(unit)}/compliance")["clauses"]


@proves("XC-13.3a", check=2)
def test_an_incident_is_closed_with_the_departments_that_took_part(w: RoundWorld, unit: str) -> None:
    item = incident(w, unit)
    refused(w.do(item, "close_incident", CLOSING, by=w.member), "PRECONDITION_NOT_MET", "XC-13.3a")
    done(w.do(item, "report_incident", {"handling": "处置"}, by=w.member))
    answer = w.do(item, "close_incident", CLOSING | {"departments": []}, by=w.member)
    refused(answer, "MISSING_FIELD", "XC-13.3a", field="departments")
    done(w.do(item, "close_incident", CLOSING, by=w.member))


@proves("XC-13.3b", check=1)
def test_fieldwork_does_not_close_over_an_incident_that_nobody_reported(w: RoundWorld, unit: str) -> None:
    item = incident(w, unit)
    refused(w.do(unit, "close_fieldwork", by=w.leader), "PRECONDITION_NOT_MET", "XC-13.3b")
    done(w.do(item, "report_incident", {"handling": "处置"}, by=w.member))
    done(w.do(unit, "close_fieldwork", by=w.leader))


@proves("XC-13.3b", check=2)
def test_the_offices_lead_is_told_at_once_and_of_no_facts(w: RoundWorld, unit: str) -> None:
    item = incident(w, unit)
    answer = done(w.do(item, "report_incident", {"handling": "处置情况"}, by=w.member))
    assert "XC-13.3b" in answer.body["clauses"]
    [event] = w.events("petition_emergency_reported")
    assert event["incident_id"] == item.rpartition("/")[2]
    assert "群众" not in json.dumps(event, ensure_ascii=False)
    told = [e for e in w.events("notice_due") if e["template"] == "petition_incident"]
    assert [(e["to_role"], e["office_id"]) for e in told] == [("inspection_office_director", "xcb")]


@proves("XC-24.0a", check=1)
def test_without_a_midterm_report_there_is_no_gap(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "close_fieldwork", by=w.leader))
    assert w.gaps(unit, "XC-24.0a") == set()
    late = midterm(w, unit)
    assert (late.code, "XC-24.0a" in late.body["clauses"]) == ("WRONG_STATE", True)


@proves("XC-24.0a", check=2)
def test_a_hearing_without_requirements_is_a_gap(w: RoundWorld, unit: str) -> None:
    answer = done(midterm(w, unit, next_requirements=""))
    assert [g["clause"] for g in answer.body["gaps"]] == ["XC-24.0a"]
    assert "gaps" not in done(midterm(w, unit, by=w.world.as_("xcd"))).body
    assert len(w.events("midterm_reported")) == 2


@proves("XC-24.0b", check=1)
def test_a_midterm_report_has_its_problems(w: RoundWorld, unit: str) -> None:
    refused(midterm(w, unit, problems=""), "MISSING_FIELD", "XC-24.0b", field="problems")
    refused(midterm(w, unit, by=w.leader), "WRONG_ROLE", "XC-24.0b")


@proves("XC-24.0b", check=2)
def test_a_midterm_report_is_there_for_its_hearers_and_the_team(w: RoundWorld, unit: str) -> None:
    answer = done(midterm(w, unit))
    assert "XC-24.0b" in answer.body["clauses"]
    paper = f"{MIDTERMS}/{answer.body['id']}/papers/{answer.body['paper']}"
    accounts = ("xz1", "xz2", "xz3", "xcd", "zu1", "zu3", "xc1", "zu4", "head1", "edu-head", "sys")
    seen = {one for one in accounts if w.world.as_(one).get(paper).status == 200}
    assert seen == {"xz1", "xz2", "xz3", "xcd", "zu1", "zu3"}
    assert ("read", "p-xc1", answer.body["id"]) in w.audited("ACCESS_DENIED")


@proves("XC-27.0a", check=1)
def test_a_major_matter_has_its_category(w: RoundWorld, unit: str) -> None:
    paper = {k: v for k, v in (MATTER | of(unit)).items() if k != "category"}
    answer = w.do(MATTERS, "report_major_matter", paper, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-27.0a", field="category")


@proves("XC-3.1c", check=2)
def test_a_report_of_a_major_matter_cites_the_minutes(w: RoundWorld, unit: str) -> None:
    """The meeting deliberates it; what is urgent goes without, and a later one may cite the minutes."""
    team = w.team_at(unit)
    held = {one: done(w.session(team, matters=[one])).body["id"] for one in ("staff", "major_matter")}
    refused(matter(w, unit, session_id=held["staff"]), "PRECONDITION_NOT_MET", "XC-3.1c", field="session_id")
    assert matter(w, unit, session_id="none").code == "PRECONDITION_NOT_MET"
    assert "XC-3.1c" in done(matter(w, unit, session_id=held["major_matter"])).body["clauses"]
    direct: dict[str, Any] = {"channel": "direct", "direct_reason": "情况紧急"}
    assert matter(w, unit, **direct).status in (200, 201)


@proves("XC-27.0a", check=2)
def test_fieldwork_does_not_close_over_a_major_incident_without_its_report(w: RoundWorld, unit: str) -> None:
    item = incident(w, unit, major=True)
    done(w.do(item, "report_incident", {"handling": "处置"}, by=w.member))
    refused(w.do(unit, "close_fieldwork", by=w.leader), "PRECONDITION_NOT_MET", "XC-27.0a")
    number = item.rpartition("/")[2]
    assert matter(w, unit, incident_id="none").code == "UNKNOWN_REFERENCE"
    done(matter(w, unit, category="major_incident", incident_id=number))
    done(w.do(unit, "close_fieldwork", by=w.leader))


@proves("XC-27.0a", check=3)
def test_the_event_says_category_and_number_and_no_facts(w: RoundWorld, unit: str) -> None:
    answer = done(matter(w, unit))
    assert "XC-27.0a" in answer.body["clauses"]
    assert w.events("major_matter_reported") == [
        {
            "report_id": answer.body["id"],
            "category": "obstruction",
            "channel": "inspection_office",
            "reported_on": "2026-03-02",
        }
    ]


@proves("XC-27.0b", check=1)
@pytest.mark.parametrize(("day", "told"), [(2, 0), (3, 1)])
def test_the_director_is_told_when_a_matter_was_not_passed_on_that_day(
    tmp_path: Path, day: int, told: int
) -> None:
    w = RoundWorld(tmp_path, services=("inspection", "notifications"))
    unit = w.unit_at("entered")
    answer = done(matter(w, unit))
    assert [d["clause"] for d in answer.body["duties"]] == ["XC-27.0b"]
    w.world.pump()
    w.world.on(2026, 3, day)
    w.world.pump()
    notices = w.world.as_("xcd").get("/notifications/inbox").body["items"]
    overdue = [n for n in notices if (n["template"], n["clause"]) == ("deadline_overdue", "XC-27.0b")]
    assert len(overdue) == told
    done(w.do(f"{MATTERS}/{answer.body['id']}", "pass_on_matter"))


@proves("XC-27.0b", check=2)
def test_a_deputy_does_not_go_past_the_office(w: RoundWorld, unit: str) -> None:
    answer = matter(w, unit, by=w.deputy, channel="leading_group")
    refused(answer, "WRONG_ROUTE", "XC-27.0b", field="channel")
    done(matter(w, unit, by=w.deputy))
    assert matter(w, unit, by=w.member).code == "WRONG_ROLE"


@proves("XC-27.0c", check=1)
def test_a_direct_report_is_hidden_from_the_office(w: RoundWorld, unit: str) -> None:
    answer = done(matter(w, unit, channel="direct", direct_reason="涉及巡察办"))
    assert "XC-27.0c" in answer.body["clauses"]
    place = f"{MATTERS}/{answer.body['id']}"
    accounts = ("zu1", "xz1", "xz2", "xz3", "xcd", "xc1", "zu2", "zu3", "zu4", "sys")
    assert {one for one in accounts if w.world.as_(one).get(place).status == 200} == {"zu1", "xz1"}
    assert w.events("major_matter_reported") == []


@proves("XC-27.0c", check=2)
def test_nobody_but_the_leader_reports_directly(w: RoundWorld, unit: str) -> None:
    answer = matter(w, unit, by=w.deputy, channel="direct", direct_reason="理由")
    refused(answer, "WRONG_ROLE", "XC-27.0c", field="channel")


@proves("XC-27.0c", check=3)
def test_a_direct_report_gives_its_reason(w: RoundWorld, unit: str) -> None:
    refused(matter(w, unit, channel="direct"), "MISSING_FIELD", "XC-27.0c", field="direct_reason")


def test_an_incident_is_no_later_than_now_and_the_teams_own(w: RoundWorld, unit: str) -> None:
    late = INCIDENT | of(unit) | {"occurred_at": "2026-03-02T12:00:00+08:00"}
    assert w.do(INCIDENTS, "record_incident", late, by=w.member).code == "DATE_ORDER"
    assert w.do(INCIDENTS, "record_incident", INCIDENT | of(unit), by=w.member_2).code == "UNKNOWN_REFERENCE"
