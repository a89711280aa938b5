"""The team prepares: focus list, division of work, plan, speeches (XC-5, XC-6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.inspection.storage_round import Team
from tests.clause_proof import proves
from tests.clauses.round_steps import (
    DIVISION,
    FOCUS,
    RULES,
    TEAM_1,
    TEAM_2,
    TEAM_PLAN,
    RoundWorld,
    done,
    refused,
)

DIGEST = {"source": "网络", "published_on": "2026-03-01", "summary": "舆情摘要"}
REQUEST = {"department": "统计部门", "topic": "了解情况", "reply": "已答复"}
EMERGENCY = {"scenario": "突发情形", "response": "处置", "contacts": "联络"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@proves("XC-5.1a", check=1)
@pytest.mark.parametrize("collected", [False, True])
def test_a_focus_list_without_anything_collected_is_a_gap(w: RoundWorld, *, collected: bool) -> None:
    unit = w.unit_at("briefed")
    if collected:
        done(w.do(unit, "record_public_information", DIGEST, by=w.member))
    answer = done(w.do(unit, "close_focus_list", FOCUS, by=w.leader))
    assert "XC-5.1a" in answer.body["clauses"]
    assert w.gaps(unit, "XC-5.1a") == (set() if collected else {""})


@proves("XC-5.1b", check=1)
def test_what_a_department_was_asked_and_answered_is_kept(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    refused(w.do(unit, "ask_department", REQUEST, by=w.leader), "WRONG_ROLE", "XC-5.1b")
    answer = done(w.do(unit, "ask_department", REQUEST))
    assert "XC-5.1b" in answer.body["clauses"]
    form = w.item(f"{unit}/papers/{answer.body['paper']}")["form"]
    assert {k: form[k] for k in REQUEST} == REQUEST


@proves("XC-5.1b", check=2)
def test_a_letter_to_a_department_names_nobody_whom_a_clue_is_about(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    answer = w.do(unit, "ask_department", REQUEST | {"subject_ids": ["p-edu-sec"]})
    refused(answer, "CONTENT_RULE", "XC-5.1b", field="subject_ids")


@proves("XC-5.2a", check=1)
def test_each_focus_point_rests_on_something(w: RoundWorld) -> None:
    unit = w.unit_at("briefed")
    lines = [*FOCUS["lines"], {"item": "另一事项", "risk_point": "风险"}]
    answer = w.do(unit, "close_focus_list", {"lines": lines}, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-5.2a", field="lines.basis")


@proves("XC-5.2a", check=2)
def test_without_a_focus_list_no_plan_is_filed(w: RoundWorld) -> None:
    unit = w.unit_at("briefed")
    refused(w.do(unit, "file_team_plan", TEAM_PLAN, by=w.leader), "PRECONDITION_NOT_MET", "XC-5.2a")


@proves("XC-5.3a", check=1)
def test_each_member_has_a_duty_when_the_plan_is_filed(w: RoundWorld) -> None:
    unit = w.unit_at("briefed")
    done(w.do(unit, "close_focus_list", FOCUS, by=w.leader))
    some = {"lines": [*DIVISION["lines"][:2], {"member_id": "p-zu3"}]}
    done(w.do(w.team_at(unit), "divide_work", some, by=w.leader))
    answer = w.do(unit, "file_team_plan", TEAM_PLAN, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-5.3a", field="staff_division")
    strange = {"lines": [{"member_id": "p-zu5", "duty": "职责"}]}
    refused(w.do(w.team_at(unit), "divide_work", strange, by=w.leader), "OUT_OF_SCOPE", "XC-5.3a")


@proves("XC-5.3b", check=2)
def test_a_team_has_one_leader(w: RoundWorld) -> None:
    item = w.at("targets")
    two = [TEAM_1, TEAM_2 | {"team_no": 1}]
    answer = w.nominate(item, teams=two)
    assert (answer.code, answer.body["field"]) == ("DUPLICATE", "teams.team_no")
    assert "XC-5.3b" in answer.body["clauses"]


@proves("XC-5.3c", check=1)
def test_a_team_without_a_liaison_files_no_plan(w: RoundWorld) -> None:
    unit = w.unit_at("briefed")
    done(w.do(unit, "close_focus_list", FOCUS, by=w.leader))
    done(w.do(w.team_at(unit), "divide_work", DIVISION, by=w.leader))
    team_id = w.item(unit)["team_id"]
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(Team, team_id).liaison_id = ""
    answer = w.do(unit, "file_team_plan", TEAM_PLAN, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-5.3c", field="liaison_id")


@proves("XC-5.3d", check=1)
def test_who_was_lent_by_the_organisation_department_is_no_liaison(w: RoundWorld) -> None:
    team = _with_lent(w, system_code="other", channel_role="organization_dept")
    refused(w.do(team, "constitute_meeting", RULES, by=w.leader), "WRONG_ROLE", "XC-5.3d", field="liaison_id")


@proves("XC-5.3d", check=2)
def test_a_cadre_of_the_commission_is_liaison_with_a_reason(w: RoundWorld) -> None:
    team = _with_lent(w)
    rules = RULES | {"liaison_reason": "巡察机构无在编干部可派"}
    answer = done(w.do(team, "constitute_meeting", rules, by=w.leader))
    assert ("XC-5.3d" in answer.body["clauses"], "gaps" in answer.body) == (True, False)


@proves("XC-5.3d", check=3)
def test_without_the_reason_it_is_a_gap(w: RoundWorld) -> None:
    team = _with_lent(w)
    answer = done(w.do(team, "constitute_meeting", RULES, by=w.leader))
    assert [(g["clause"], g["about"]) for g in answer.body["gaps"]] == [("XC-5.3d", "p-zu3")]


def _with_lent(w: RoundWorld, **changes: object) -> str:
    """Team 1 of a mobilised round, its member lent as told."""
    item = w.at("plans")
    for number, person in ((1, "p-zu3"), (2, "p-zu5")):
        cadre = done(w.lend(item, person_id=person, **changes)).body["id"]
        done(w.join(f"/inspection/cadres/{cadre}", w.team(item, number)))
    done(w.do(item, "finalise_grouping"))
    w.mobilised(item)
    return w.team(item, 1)


@proves("XC-5.4a", check=1)
def test_without_a_filed_plan_there_is_no_entry(w: RoundWorld) -> None:
    unit = w.unit_at("briefed")
    for kind in ("party_work", "discipline_supervision", "organisation_personnel"):
        done(w.check(unit, kind_code=kind))
    refused(w.do(unit, "prepare_entry", by=w.leader), "PRECONDITION_NOT_MET", "XC-5.4a")
    refused(w.enter(unit), "PRECONDITION_NOT_MET")


@proves("XC-5.4a", check=2)
def test_the_office_acknowledges_a_plan_and_approves_nothing(w: RoundWorld) -> None:
    unit = w.unit_at("planned")
    offered = {act["name"] for act in w.item(unit)["acts"]}
    assert "acknowledge_plan" in offered
    assert w.item(unit)["proposals"] == []
    assert "XC-5.4a" in done(w.do(unit, "acknowledge_plan")).body["clauses"]
    assert w.events("team_plan_filed")[0]["with_contingency_plan"] is False


@proves("XC-5.4b", check=1)
@pytest.mark.parametrize("field", sorted(TEAM_PLAN))
def test_a_plan_has_its_parts_that_of_the_branch_included(w: RoundWorld, field: str) -> None:
    unit = w.unit_at("briefed")
    done(w.do(unit, "close_focus_list", FOCUS, by=w.leader))
    paper = {k: v for k, v in TEAM_PLAN.items() if k != field}
    answer = w.do(unit, "file_team_plan", paper, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-5.4b", field=field)


@proves("XC-5.4c", check=1)
def test_each_point_that_was_raised_is_arranged(w: RoundWorld) -> None:
    unit = w.unit_at("requested")
    done(w.brief(unit, points=["JW-1", "JW-2"]))
    w.briefed(unit)
    done(w.do(unit, "close_focus_list", FOCUS, by=w.leader))
    done(w.do(w.team_at(unit), "divide_work", DIVISION, by=w.leader))
    answer = w.do(unit, "file_team_plan", TEAM_PLAN | {"arranged": ["JW-1"]}, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-5.4c", field="arranged")
    done(w.do(unit, "file_team_plan", TEAM_PLAN | {"arranged": ["JW-1", "JW-2"]}, by=w.leader))


@proves("XC-5.4c", check=2)
def test_where_none_was_raised_none_is_asked_for(w: RoundWorld) -> None:
    unit = w.unit_at("planned")
    assert "XC-5.4c" in w.item(unit)["timeline"][-1]["clauses"]
    assert w.item(unit)["plan_filed_on"] == "2026-03-02"
    assert "XC-5.4c" in w.do(unit, "file_team_plan", TEAM_PLAN | {"x": 1}, by=w.leader).body["clauses"]


@proves("XC-5.4d", check=1)
def test_a_contingency_plan_is_not_asked_for(w: RoundWorld) -> None:
    unit = w.unit_at("briefed")
    done(w.do(unit, "close_focus_list", FOCUS, by=w.leader))
    done(w.do(w.team_at(unit), "divide_work", DIVISION, by=w.leader))
    assert "XC-5.4d" in done(w.do(unit, "file_team_plan", TEAM_PLAN, by=w.leader)).body["clauses"]


@proves("XC-5.4d", check=2)
def test_one_that_was_drawn_up_is_filed_with_the_plan(w: RoundWorld) -> None:
    unit = w.unit_at("briefed")
    done(w.do(unit, "close_focus_list", FOCUS, by=w.leader))
    done(w.do(w.team_at(unit), "divide_work", DIVISION, by=w.leader))
    done(w.do(unit, "draft_emergency_plan", EMERGENCY, by=w.leader))
    answer = w.do(unit, "file_team_plan", TEAM_PLAN, by=w.leader)
    refused(answer, "MISSING_DOCUMENT", "XC-5.4d", field="attachments.emergency_plan")
    done(w.do(unit, "file_team_plan", TEAM_PLAN, by=w.leader, documents=("emergency_plan",)))
    assert w.events("team_plan_filed")[0]["with_contingency_plan"] is True


@proves("XC-6.1a", check=1)
@pytest.mark.parametrize("template", [False, True])
def test_a_speech_without_the_offices_template_is_a_gap(w: RoundWorld, *, template: bool) -> None:
    unit = w.unit_at("notified")
    if template:
        done(w.do(unit, "provide_speech_template", {"text": "通稿"}))
    answer = done(w.do(unit, "finalise_speech", {"text": "正式稿"}, by=w.leader))
    assert "XC-6.1a" in answer.body["clauses"]
    assert w.gaps(unit, "XC-6.1a") == (set() if template else {""})


@proves("XC-6.1a", check=2)
def test_without_the_final_speech_there_is_no_meeting(w: RoundWorld) -> None:
    unit = w.unit_at("met")
    refused(w.enter(unit), "MISSING_DOCUMENT", "XC-6.1a")


@proves("XC-6.2a", check=1)
@pytest.mark.parametrize("template", [False, True])
def test_a_meeting_without_the_offices_speech_has_a_gap(w: RoundWorld, *, template: bool) -> None:
    unit = w.unit_at("met")
    if template:
        assert "XC-6.2a" in done(w.do(unit, "provide_office_speech", {"text": "通稿"})).body["clauses"]
    w.entered(unit)
    assert w.gaps(unit, "XC-6.2a") == (set() if template else {""})
    assert "XC-6.2a" in w.item(f"{w.round_of(unit)}/compliance")["clauses"] or template
