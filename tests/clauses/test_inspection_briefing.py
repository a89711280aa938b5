"""Other offices brief the team on the unit (XC-4)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import BRIEFING, BRIEFING_REQUEST, FORMS, RoundWorld, done, refused

TALK = {
    "held_on": "2026-03-02",
    "counterpart_id": "p-leader",
    "deputy_ids": ["p-zu2"],
    "clues_raised": "重要线索",
    "issues_to_watch": "需关注的问题",
}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@proves("XC-4.1a", check=1)
def test_a_team_asks_nobody_past_the_office(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    refused(w.do(unit, "request_briefing", BRIEFING_REQUEST, by=w.leader), "WRONG_ROUTE", "XC-4.1a")
    assert w.events("briefing_requested") == []


@proves("XC-4.1a", check=2)
def test_the_offices_letter_asks_at_least_the_five(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    few = BRIEFING_REQUEST["addressees"][1:]
    answer = w.do(unit, "request_briefing", BRIEFING_REQUEST | {"addressees": few})
    refused(answer, "MISSING_FIELD", "XC-4.1a", field="addressees")
    w.requested(unit)
    [event] = w.events("briefing_requested")
    assert set(event["addressees"]) >= {
        "discipline_commission",
        "organization_dept",
        "audit_bureau",
        "petition_bureau",
        "propaganda_dept",
    }


@proves("XC-4.1b", check=1)
def test_a_briefing_comes_in_writing(w: RoundWorld) -> None:
    unit = w.unit_at("requested")
    refused(w.do(unit, "record_briefing", BRIEFING), "MISSING_DOCUMENT", "XC-4.1b")
    refused(w.do(unit, "close_briefing"), "PRECONDITION_NOT_MET", "XC-4.1b")


@proves("XC-4.1b", check=2)
def test_a_briefing_is_there_for_the_units_own_team_alone(w: RoundWorld) -> None:
    unit = w.unit_at("requested")
    answer = done(w.brief(unit))
    assert "XC-4.1b" in answer.body["clauses"]
    paper = f"{unit}/papers/{answer.body['paper']}"
    assert w.member.get(paper).status == 200
    assert w.member_2.get(paper).status == 404
    assert ("read", "p-zu5", unit.rpartition("/")[2]) in w.audited("ACCESS_DENIED")


@proves("XC-4.1c", check=1)
@pytest.mark.parametrize("kind", ["school", "enterprise"])
def test_of_schools_and_enterprises_the_authority_is_asked(w: RoundWorld, kind: str) -> None:
    unit = w.requested(w.unit_at("notified"), unit_type=kind)
    done(w.brief(unit))
    done(w.do(unit, "record_appointment_forms", FORMS, documents=("appointment_approval_forms",)))
    done(w.do(unit, "record_audit_reports", {"nil_return": True}))
    done(w.do(unit, "provide_prior_materials", {"first_inspection": True}))
    refused(w.do(unit, "close_briefing"), "PRECONDITION_NOT_MET", "XC-4.1c")
    also = [*BRIEFING_REQUEST["addressees"], "competent_department"]
    w.requested(unit, unit_type=kind, addressees=also)
    assert done(w.do(unit, "close_briefing")).body["state"] == "briefed"


@proves("XC-4.1c", check=2)
def test_of_a_township_it_is_not(w: RoundWorld) -> None:
    unit = w.briefed(w.requested(w.unit_at("notified"), unit_type="township"))
    assert w.item(unit)["state"] == "briefed"
    assert "XC-4.1c" in w.item(unit)["timeline"][-1]["clauses"]


@proves("XC-4.2a", check=1)
@pytest.mark.parametrize("talked", [False, True])
def test_without_the_talk_with_the_commissions_leader_the_entry_has_a_gap(
    w: RoundWorld, *, talked: bool
) -> None:
    unit = w.unit_at("met")
    if talked:
        talk = TALK | {"engagement_id": unit.rpartition("/")[2]}
        done(w.do("/inspection/key-talks", "record_key_talk", talk, by=w.leader))
    done(w.do(unit, "finalise_speech", {"text": "讲话稿"}, by=w.leader))
    answer = done(w.enter(unit))
    assert ("XC-4.2a" in {g["clause"] for g in answer.body["gaps"]}) is not talked
    assert w.gaps(unit, "XC-4.2a") == (set() if talked else {""})
    assert w.item(f"{w.round_of(unit)}/compliance")["clauses"]


@proves("XC-4.2a", check=2)
def test_the_talk_is_there_for_who_was_there(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    paper = TALK | {"engagement_id": unit.rpartition("/")[2]}
    refused(w.do("/inspection/key-talks", "record_key_talk", paper, by=w.deputy), "WRONG_ROLE", "XC-4.2a")
    answer = done(w.do("/inspection/key-talks", "record_key_talk", paper, by=w.leader))
    assert "XC-4.2a" in answer.body["clauses"]
    talk = f"/inspection/key-talks/{answer.body['id']}"
    accounts = ("zu1", "zu2", "leader", "zu3", "zu4", "xc1", "xcd", "xz1", "head1", "sys")
    seen = {one for one in accounts if w.world.as_(one).get(talk).status == 200}
    assert seen == {"zu1", "zu2", "leader"}
    assert ("read", "p-zu3", talk.rpartition("/")[2]) in w.audited("SEALED_ITEM")


@proves("XC-4.2b", check=1)
def test_a_form_is_there_for_each_member_of_the_leadership(w: RoundWorld) -> None:
    unit = w.unit_at("requested")
    few = {"with_form_ids": ["p-edu-head"]}
    answer = w.do(unit, "record_appointment_forms", few, documents=("appointment_approval_forms",))
    refused(answer, "MISSING_DOCUMENT", "XC-4.2b", field="with_form_ids")
    done(w.do(unit, "record_appointment_forms", FORMS, documents=("appointment_approval_forms",)))


@proves("XC-4.2c", check=1)
def test_audit_reports_or_that_there_are_none(w: RoundWorld) -> None:
    unit = w.unit_at("requested")
    refused(w.do(unit, "record_audit_reports", {}), "MISSING_DOCUMENT", "XC-4.2c", field="reports")
    done(w.brief(unit))
    done(w.do(unit, "record_appointment_forms", FORMS, documents=("appointment_approval_forms",)))
    done(w.do(unit, "provide_prior_materials", {"first_inspection": True}))
    refused(w.do(unit, "close_briefing"), "MISSING_DOCUMENT", "XC-4.2c")
    done(w.do(unit, "record_audit_reports", {"reports": [{"report_no": "审〔2025〕1号", "year": 2025}]}))
    done(w.do(unit, "close_briefing"))


@proves("XC-4.2d", check=1)
def test_audit_papers_are_read_by_the_offices_arrangement_alone(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    reading = {"reader_id": "p-zu3", "read_on": "2026-03-02"}
    refused(w.do(unit, "record_audit_reading", reading, by=w.member), "WRONG_ROUTE", "XC-4.2d")
    itself = w.do(unit, "arrange_audit_reading", {"reader_ids": ["p-zu3"]}, by=w.leader)
    refused(itself, "WRONG_ROUTE", "XC-4.2d")


@proves("XC-4.2d", check=2)
def test_reader_and_day_are_kept(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    done(w.do(unit, "arrange_audit_reading", {"reader_ids": ["p-zu3"]}))
    assert w.events("audit_access_requested")[0]["readers"] == ["p-zu3"]
    reading = {"reader_id": "p-zu3", "read_on": "2026-03-02"}
    answer = done(w.do(unit, "record_audit_reading", reading, by=w.member))
    assert w.item(f"{unit}/papers/{answer.body['paper']}", w.member)["form"] == reading
    assert "XC-4.2d" in answer.body["clauses"]


@proves("XC-4.3a", check=1)
def test_two_of_the_three_documents_are_not_enough(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    two = ("inspection_report", "feedback_opinion")
    answer = w.do(unit, "provide_prior_materials", {}, documents=two)
    refused(answer, "MISSING_DOCUMENT", "XC-4.3a", field="attachments.rectification_report")
    done(w.do(unit, "provide_prior_materials", {}, documents=(*two, "rectification_report")))
    assert w.events("prior_materials_requested")[0]["unit_id"] == "edu"


@proves("XC-4.3a", check=2)
def test_a_unit_that_was_never_inspected_has_none(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    answer = done(w.do(unit, "provide_prior_materials", {"first_inspection": True}))
    assert "XC-4.3a" in answer.body["clauses"]
