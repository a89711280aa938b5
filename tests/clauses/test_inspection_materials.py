"""Material of the unit, symposia, meetings sat in on, surveys, visits (XC-16 to XC-20)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.world import Answer

MATERIALS = "/inspection/unit-materials"
CATALOGUE: dict[str, Any] = {
    "issued_on": "2026-03-02",
    "due_on": "2026-03-04",
    "from_on": "2023-03-02",
    "lines": [{"item_no": "ML-1", "name": "会议记录"}],
}
RECEIPT: dict[str, Any] = {
    "item_no": "ML-1",
    "custodian_id": "p-zu3",
    "team_signed": True,
    "unit_signed": True,
}
RETURN: dict[str, Any] = {"returned_on": "2026-03-02", "team_signed": True, "unit_signed": True}
SYMPOSIUM: dict[str, Any] = {
    "topic": "座谈主题",
    "announced_on": "2026-03-01",
    "held_on": "2026-03-02",
    "chair_id": "p-zu2",
    "recorder_id": "p-zu3",
    "participant_ids": ["p-edu-vice"],
    "content": "座谈内容",
}
SENT = {"meeting": "党委会", "meeting_on": "2026-03-02", "observer_ids": ["p-zu2"]}
OBSERVED = {"meeting_on": "2026-03-02", "observer_id": "p-zu2", "course": "会议情况"}
DESIGN: dict[str, Any] = {
    "form_code": "questionnaire",
    "questions": "问卷内容",
    "respondents": "全体干部",
    "method": "universal",
}
RESULT: dict[str, Any] = {
    "held_on": "2026-03-02",
    "handed_out_by": "team",
    "collection": "on_the_spot",
    "issued": 50,
    "returned": 48,
}
VISITS = {"objectives": "目的", "methods": "方法", "task_division": "分工"}
VISIT: dict[str, Any] = {
    "held_on": "2026-03-02",
    "place": "某下属单位",
    "visitor_ids": ["p-zu2", "p-zu3"],
    "content": "走访情况",
}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    return w.unit_at("entered")


def ask(w: RoundWorld, unit: str, **changes: object) -> Answer:
    return w.do(unit, "issue_catalogue", CATALOGUE | changes, by=w.member)


def receive(w: RoundWorld, unit: str, **changes: object) -> Answer:
    paper = RECEIPT | {"engagement_id": unit.rpartition("/")[2]} | changes
    return w.do(MATERIALS, "receive_material", paper, by=w.member)


@proves("XC-16.1a", check=1)
def test_three_years_back_to_the_day_need_no_reason(w: RoundWorld, unit: str) -> None:
    answer = done(ask(w, unit))
    assert ("XC-16.1a" in answer.body["clauses"], "gaps" in answer.body) == (True, False)


@proves("XC-16.1a", check=2)
@pytest.mark.parametrize("reason", ["", "涉及历史遗留问题"])
def test_who_asks_further_back_gives_a_reason(w: RoundWorld, unit: str, reason: str) -> None:
    for day in ("2023-03-01", "2022-03-02"):
        answer = done(ask(w, unit, from_on=day, reason=reason))
        assert [g["clause"] for g in answer.body.get("gaps", []) if not g["filled_at"]] == (
            [] if reason else ["XC-16.1a"]
        )
    assert "XC-16.1a" in answer.body["clauses"]


@proves("XC-16.1b", check=1)
def test_nothing_is_signed_for_before_the_catalogue(w: RoundWorld, unit: str) -> None:
    refused(receive(w, unit), "PRECONDITION_NOT_MET", "XC-16.1b", field="engagement_id")


@proves("XC-16.1b", check=2)
@pytest.mark.parametrize(("due", "gap"), [("2026-03-02", True), ("2026-03-01", True), ("2026-03-03", False)])
def test_the_unit_has_time_to_prepare(w: RoundWorld, unit: str, due: str, *, gap: bool) -> None:
    answer = done(ask(w, unit, due_on=due))
    assert ([g["clause"] for g in answer.body.get("gaps", [])] == ["XC-16.1b"]) is gap
    assert "XC-16.1b" in answer.body["clauses"]


@proves("XC-16.2a", check=1)
def test_important_material_waits_for_the_leader(w: RoundWorld, unit: str) -> None:
    done(ask(w, unit))
    refused(receive(w, unit, important=True), "APPROVAL_REQUIRED", "XC-16.2a", field="item_no")
    leave = {"item_nos": ["ML-1"], "reason": "需要"}
    done(w.do(unit, "ask_for_important_material", leave, by=w.member))
    refused(w.decide(unit, w.deputy), "WRONG_APPROVER", "XC-16.2a")
    refused(receive(w, unit, important=True), "APPROVAL_REQUIRED", "XC-16.2a")
    done(w.decide(unit, w.leader))
    done(receive(w, unit, important=True))


@proves("XC-16.2a", check=2)
def test_other_material_needs_no_leave(w: RoundWorld, unit: str) -> None:
    done(ask(w, unit))
    assert "XC-16.2a" in done(receive(w, unit)).body["clauses"]


@proves("XC-16.2b", check=1)
def test_what_goes_back_is_signed_for_by_the_unit(w: RoundWorld, unit: str) -> None:
    done(ask(w, unit))
    refused(receive(w, unit, unit_signed=False), "MISSING_SIGNATURE", "XC-16.2b", field="unit_signed")
    item = f"{MATERIALS}/{done(receive(w, unit)).body['id']}"
    back = w.do(item, "return_material", RETURN | {"unit_signed": False}, by=w.member)
    refused(back, "MISSING_SIGNATURE", "XC-16.2b", field="unit_signed")
    done(w.do(item, "return_material", RETURN, by=w.member))


@proves("XC-16.3a", check=1)
def test_material_has_a_custodian(w: RoundWorld, unit: str) -> None:
    done(ask(w, unit))
    refused(receive(w, unit, custodian_id=""), "MISSING_FIELD", "XC-16.3a", field="custodian_id")
    refused(receive(w, unit, custodian_id="p-zu5"), "OUT_OF_SCOPE", "XC-16.3a", field="custodian_id")


@proves("XC-16.3a", check=2)
def test_classified_material_is_read_by_who_is_listed_and_each_reading_is_logged(
    w: RoundWorld, unit: str
) -> None:
    done(ask(w, unit))
    refused(receive(w, unit, classified=True), "MISSING_FIELD", "XC-16.3a", field="reader_ids")
    answer = done(receive(w, unit, classified=True, reader_ids=["p-zu3"]))
    item = f"{MATERIALS}/{answer.body['id']}"
    assert "XC-16.3a" in answer.body["clauses"]
    paper = f"{item}/papers/{answer.body['paper']}"
    assert (w.member.get(paper).status, w.deputy.get(paper).status) == (200, 404)
    assert ("read", "p-zu2", answer.body["id"]) in w.audited("ACCESS_DENIED")
    with w.world.runtimes["inspection"].db.read() as session:
        from sqlalchemy import select

        from services.chassis.audit.tables import AuditEntry

        read = select(AuditEntry.actor_person).where(
            AuditEntry.subject_id == answer.body["id"], AuditEntry.act == "read_paper"
        )
        assert session.scalars(read).all() == ["p-zu3"]


@proves("XC-17.0a", check=1)
@pytest.mark.parametrize("told", ["2026-03-02", "2026-03-03"])
def test_a_symposium_is_announced_before_it_is_held(w: RoundWorld, unit: str, told: str) -> None:
    answer = w.do(unit, "hold_symposium", SYMPOSIUM | {"announced_on": told}, by=w.member)
    refused(answer, "PRECONDITION_NOT_MET", "XC-17.0a", field="announced_on")


@proves("XC-17.0a", check=2)
def test_without_any_symposium_the_fieldwork_closes_without_a_gap(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "close_fieldwork", by=w.leader))
    assert w.gaps(unit, "XC-17.0a") == set()
    assert "XC-17.0a" in w.do(unit, "hold_symposium", SYMPOSIUM, by=w.member).body["clauses"]


@proves("XC-17.0b", check=1)
def test_a_cadre_of_the_unit_does_not_chair(w: RoundWorld, unit: str) -> None:
    answer = w.do(unit, "hold_symposium", SYMPOSIUM | {"chair_id": "p-edu-vice"}, by=w.member)
    refused(answer, "WRONG_ROLE", "XC-17.0b", field="chair_id")


@proves("XC-17.0b", check=2)
def test_a_symposium_has_a_recorder(w: RoundWorld, unit: str) -> None:
    answer = w.do(unit, "hold_symposium", SYMPOSIUM | {"recorder_id": ""}, by=w.member)
    refused(answer, "MISSING_FIELD", "XC-17.0b", field="recorder_id")
    done(w.do(unit, "hold_symposium", SYMPOSIUM, by=w.member))


@proves("XC-18.0a", check=1)
def test_who_was_not_sent_does_not_sit_in(w: RoundWorld, unit: str) -> None:
    refused(w.do(unit, "record_observation", OBSERVED, by=w.deputy), "APPROVAL_REQUIRED", "XC-18.0a")
    refused(w.do(unit, "assign_observers", SENT, by=w.deputy), "WRONG_ROLE", "XC-18.0a")


@proves("XC-18.0a", check=2)
def test_whom_the_leader_sends_sits_in(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "assign_observers", SENT, by=w.leader))
    assert "XC-18.0a" in done(w.do(unit, "record_observation", OBSERVED, by=w.deputy)).body["clauses"]
    other = OBSERVED | {"observer_id": "p-zu3"}
    refused(w.do(unit, "record_observation", other, by=w.member), "APPROVAL_REQUIRED", "XC-18.0a")


@proves("XC-18.0b", check=1)
def test_who_sits_in_takes_no_position(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "assign_observers", SENT, by=w.leader))
    answer = w.do(unit, "record_observation", OBSERVED | {"own_opinion": "表示同意"}, by=w.deputy)
    refused(answer, "CONTENT_RULE", "XC-18.0b", field="own_opinion")


@proves("XC-19.1a", check=1)
def test_no_results_without_a_form(w: RoundWorld, unit: str) -> None:
    refused(w.do(unit, "collect_survey", RESULT, by=w.member), "PRECONDITION_NOT_MET", "XC-19.1a")


@proves("XC-19.1b", check=1)
def test_a_sample_names_its_places(w: RoundWorld, unit: str) -> None:
    answer = w.do(unit, "design_survey", DESIGN | {"method": "sample"}, by=w.member)
    refused(answer, "MISSING_FIELD", "XC-19.1b", field="sites")
    done(w.do(unit, "design_survey", DESIGN | {"method": "sample", "sites": ["某校"]}, by=w.member))


@proves("XC-19.1b", check=2)
def test_a_survey_of_all_names_none(w: RoundWorld, unit: str) -> None:
    assert "XC-19.1b" in done(w.do(unit, "design_survey", DESIGN, by=w.member)).body["clauses"]


@proves("XC-19.2a", check=1)
@pytest.mark.parametrize("collection", ["open_return", "on_the_spot"])
def test_what_the_unit_hands_out_comes_back_sealed(w: RoundWorld, unit: str, collection: str) -> None:
    done(w.do(unit, "design_survey", DESIGN, by=w.member))
    by_unit = RESULT | {"handed_out_by": "unit", "collection": collection}
    answer = w.do(unit, "collect_survey", by_unit, by=w.member)
    refused(answer, "CONTENT_RULE", "XC-19.2a", field="collection")
    done(w.do(unit, "collect_survey", by_unit | {"collection": "sealed_return"}, by=w.member))


@proves("XC-19.2a", check=2)
def test_no_more_forms_come_back_than_were_given_out(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "design_survey", DESIGN, by=w.member))
    answer = w.do(unit, "collect_survey", RESULT | {"returned": 51}, by=w.member)
    refused(answer, "CONTENT_RULE", "XC-19.2a", field="returned")
    done(w.do(unit, "collect_survey", RESULT | {"returned": 50}, by=w.member))


@proves("XC-19.3a", check=1)
def test_numbers_alone_are_no_analysis(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "design_survey", DESIGN, by=w.member))
    done(w.do(unit, "collect_survey", RESULT, by=w.member))
    answer = w.do(unit, "analyse_survey", {"quantitative": "满意率", "qualitative": ""}, by=w.member)
    refused(answer, "MISSING_FIELD", "XC-19.3a", field="qualitative")
    done(w.do(unit, "analyse_survey", {"quantitative": "满意率", "qualitative": "主要问题"}, by=w.member))


@proves("XC-20.1a", check=1)
def test_no_visit_before_the_leader_approved_the_plan(w: RoundWorld, unit: str) -> None:
    refused(w.do(unit, "record_visit", VISIT, by=w.member), "APPROVAL_REQUIRED", "XC-20.1a")
    done(w.do(unit, "plan_visits", VISITS, by=w.member))
    refused(w.do(unit, "record_visit", VISIT, by=w.member), "APPROVAL_REQUIRED", "XC-20.1a")
    refused(w.decide(unit, w.deputy), "WRONG_APPROVER", "XC-20.1a")
    done(w.decide(unit, w.leader))
    done(w.do(unit, "record_visit", VISIT, by=w.member))


@proves("XC-20.1a", check=2)
def test_a_plan_says_who_does_what(w: RoundWorld, unit: str) -> None:
    answer = w.do(unit, "plan_visits", VISITS | {"task_division": ""}, by=w.member)
    refused(answer, "MISSING_FIELD", "XC-20.1a", field="task_division")


def visit(w: RoundWorld, unit: str, **changes: object) -> Answer:
    if "plan_visits" not in {t["act"].rpartition(":")[2] for t in w.item(unit)["timeline"]}:
        done(w.do(unit, "plan_visits", VISITS, by=w.member))
        done(w.decide(unit, w.leader))
    return w.do(unit, "record_visit", VISIT | changes, by=w.member)


@proves("XC-20.2a", check=1)
def test_what_is_important_is_reported_to_the_leader(w: RoundWorld, unit: str) -> None:
    answer = visit(w, unit, important=True)
    refused(answer, "PRECONDITION_NOT_MET", "XC-20.2a", field="reported_on")
    done(visit(w, unit, important=True, reported_on="2026-03-02"))


@proves("XC-20.2a", check=2)
def test_the_unit_is_not_told_of_a_clue(w: RoundWorld, unit: str) -> None:
    refused(visit(w, unit, names_clue=True), "CONTENT_RULE", "XC-20.2a", field="names_clue")


@proves("XC-20.2b", check=1)
def test_nobody_visits_alone_without_a_reason(w: RoundWorld, unit: str) -> None:
    refused(visit(w, unit, visitor_ids=["p-zu3"]), "TWO_PERSON_RULE", "XC-20.2b", field="visitor_ids")


@proves("XC-20.2b", check=2)
def test_with_a_reason_it_is_a_gap(w: RoundWorld, unit: str) -> None:
    answer = done(visit(w, unit, visitor_ids=["p-zu3"], single_reason="人手不足"))
    assert [g["clause"] for g in answer.body["gaps"]] == ["XC-20.2b"]


def test_a_classified_item_is_asked_of_a_member_and_returned_by_its_custodian(
    w: RoundWorld, unit: str
) -> None:
    done(ask(w, unit))
    item = f"{MATERIALS}/{done(receive(w, unit)).body['id']}"
    refused(w.do(item, "return_material", RETURN, by=w.deputy), "WRONG_ROLE")
    done(w.do(item, "return_material", RETURN, by=w.leader))
