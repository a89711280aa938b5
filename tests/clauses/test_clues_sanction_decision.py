"""The decision on a sanction by whose it is, and its filing for record with the case review office."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.decision_steps import DECISION, DecisionWorld
from tests.clauses.sanction_steps import SUGGESTION


@pytest.fixture
def here(tmp_path: Path, reviewed_case: Path) -> DecisionWorld:
    return DecisionWorld.copied(reviewed_case, tmp_path)


@pytest.fixture
def told(tmp_path: Path, case_with_the_unit_told: Path) -> DecisionWorld:
    return DecisionWorld.copied(case_with_the_unit_told, tmp_path)


def the_case(here: DecisionWorld) -> str:
    return str(here.cases()[0]["id"])


ACTS = ("record_units_decision", "decide_sanction", "request_commissions_decision")


@proves("LZ-17.17", check=1)
@pytest.mark.parametrize("act", ACTS)
def test_before_the_assisted_review_consents_no_sanction_is_decided(here: DecisionWorld, act: str) -> None:
    item = here.at_assisted_review()
    refused(here.decision(item, act), "WRONG_STATE", "LZ-17.17")
    done(here.answer(item, result_code="return_with_opinion", opinion="定性需再研究"))
    refused(here.decision(item, act), "WRONG_STATE", "LZ-17.17")
    done(here.send_to_review_office(item))
    done(here.answer(item))
    refused(here.decision(item, act), "WRONG_STATE", "LZ-17.17")
    assert here.sanctions(item) == []
    assert here.events("clues.sanction_decided") == []


def test_the_units_decision_is_recorded_with_its_document(told: DecisionWorld) -> None:
    item = the_case(told)
    refused(told.do(item, "record_units_decision", DECISION), "MISSING_DOCUMENT", "LZ-17.17")
    told.world.on(2026, 3, 5)
    done(told.decide_by_unit(item, decided_on="2026-03-04"))
    [sanction] = told.sanctions(item)
    assert sanction["decided_by"] == "unit_party_committee"
    assert (sanction["decided_on"], sanction["form_code"]) == ("2026-03-04", "second_form")
    assert (told.case(item)["state"], told.case(item)["decided_on"]) == ("decided", "2026-03-04")
    [event] = told.events("clues.sanction_decided")
    assert event.data == {
        "case_id": item, "person_id": "p-edu-sec", "sanction_code": "serious_warning",
        "form_code": "second_form", "decided_by": "unit_party_committee", "decided_on": "2026-03-04",
    }  # fmt: skip


def test_the_offices_decision_is_the_heads_to_approve(told: DecisionWorld) -> None:
    item = the_case(told)
    done(told.decision(item, "decide_sanction"))
    assert told.sanctions(item) == []
    refused(told.rule(item, told.deputy), "WRONG_APPROVER", "LZ-17.17")
    assert done(told.rule(item, told.head)).body["state"] == "decided"
    assert told.sanctions(item)[0]["decided_by"] == "dispatched_office"


def test_the_commissions_decision_goes_through_the_liaison_office(told: DecisionWorld) -> None:
    item = the_case(told)
    done(told.decision(item, "request_commissions_decision"))
    assert told.rule(item, told.leader).code == "APPROVAL_ORDER"
    done(told.rule(item, told.liaison))
    assert told.sanctions(item) == []
    assert done(told.rule(item, told.leader)).body["state"] == "decided"
    assert told.sanctions(item)[0]["decided_by"] == "district_commission"


def test_a_decision_is_on_a_person_proposed_and_names_a_sanction_and_a_form(told: DecisionWorld) -> None:
    item = the_case(told)
    for changes, code, field in (
        ({"person_id": "p-edu-clerk"}, "UNKNOWN_REFERENCE", "person_id"),
        ({"party_sanction_code": None}, "MISSING_FIELD", "party_sanction_code"),
        ({"form_code": None}, "MISSING_FIELD", "form_code"),
        ({"form_code": "first_form"}, "OUT_OF_RANGE", "form_code"),
        ({"decision_no": None}, "MISSING_FIELD", "decision_no"),
        ({"decided_on": "2026-03-01"}, "DATE_ORDER", "decided_on"),
        ({"decided_on": "2026-03-03"}, "DATE_ORDER", "decided_on"),
    ):
        answer = told.decide_by_unit(item, **changes)
        refused(answer, code, "LZ-17.17")
        assert answer.body["field"] == field
    assert told.case(item)["state"] == "notified"


def test_another_sanction_than_was_consented_to_is_decided_with_a_reason_alone(told: DecisionWorld) -> None:
    item = the_case(told)
    for changes in ({"party_sanction_code": "party_warning"}, {"government_sanction_code": "demerit"}):
        refused(told.decide_by_unit(item, **changes), "MISSING_REASON", "LZ-17.17")
    done(told.decide_by_unit(item, party_sanction_code="party_warning", reason="有从轻情节"))
    assert told.sanctions(item)[0]["party_sanction_code"] == "party_warning"


def test_party_and_government_sanction_are_one_decision_and_two_events(here: DecisionWorld) -> None:
    item = here.completed()
    done(here.propose_sanction(item, government_sanction_code="demerit"))
    done(here.communicate(item))
    done(here.send_to_review_office(item))
    done(here.answer(item))
    done(here.notify(item))
    done(here.decide_by_unit(item, government_sanction_code="demerit", form_code="third_form"))
    assert len(here.sanctions(item)) == 1
    codes = [event.data["sanction_code"] for event in here.events("clues.sanction_decided")]
    assert codes == ["serious_warning", "demerit"]


def test_a_case_on_two_persons_is_decided_with_the_second(tmp_path: Path, case_to_be_reviewed: Path) -> None:
    here = DecisionWorld.copied(case_to_be_reviewed, tmp_path)
    persons = ("p-edu-sec", "p-edu-clerk")
    item = here.judged_case(*persons)
    for person in persons:
        done(here.court(item, subject_id=person))
    done(here.send_on_judgement(item))
    done(here.assign(item))
    done(here.accept(item))
    for person in persons:
        done(here.review_talk(item, subject_id=person))
        done(here.put_facts(item, subject_id=person))
    done(here.examine(item))
    done(here.deliberate(item))
    done(here.sign(item))
    done(here.complete(item))
    for person in persons:
        done(here.propose_sanction(item, **SUGGESTION | {"person_id": person}))
    done(here.communicate(item))
    done(here.send_to_review_office(item))
    done(here.answer(item))
    done(here.notify(item))
    assert done(here.decide_by_unit(item)).body["state"] == "notified"
    refused(here.decide_by_unit(item), "DUPLICATE", "LZ-17.17")
    refused(here.file_record(item), "WRONG_STATE", "LZ-17.18")
    assert done(here.decide_by_unit(item, person_id="p-edu-clerk")).body["state"] == "decided"
    assert [one["person_id"] for one in here.sanctions(item)] == ["p-edu-clerk", "p-edu-sec"]


@proves("LZ-17.18", check=2)
def test_before_the_decision_no_case_is_filed_for_record(told: DecisionWorld) -> None:
    item = the_case(told)
    refused(told.file_record(item), "WRONG_STATE", "LZ-17.18")
    done(told.decide_by_unit(item))
    for office in ("case_supervision_office", "liaison_discipline_office"):
        refused(told.file_record(item, recipient_role=office), "WRONG_ROUTE", "LZ-17.18")
    refused(told.do(item, "file_case_record"), "MISSING_DOCUMENT", "LZ-17.18")
    assert done(told.file_record(item)).body["state"] == "recorded"
    [event] = told.events("clues.sanction_case_recorded")
    assert event.data == {"case_id": item, "filed_on": "2026-03-02"}
    assert told.review_office.get("/clues/cases").body["items"][0]["id"] == item


@proves("LZ-17.18", check=1)
def test_a_decided_case_that_is_not_filed_for_record_does_not_go_to_the_archive(told: DecisionWorld) -> None:
    item = the_case(told)
    done(told.decide_by_unit(item))
    told.carried_out(item)
    refused(told.archive(item), "MISSING_DOCUMENT", "LZ-17.18")
    refused(told.verify_execution(item), "MISSING_DOCUMENT", "LZ-17.20")
    assert told.case(item)["state"] == "decided"


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        ((2026, 3, 2), (2026, 3, 16)),
        ((2026, 9, 14), (2026, 9, 28)),
        ((2026, 12, 21), (2027, 1, 4)),
    ],
    ids=["plain weeks", "over a make-up Sunday", "over the year's end"],
)
def test_the_clock_of_the_filing_runs_from_the_decision_by_working_days(
    told: DecisionWorld, decided: tuple[int, int, int], due: tuple[int, int, int]
) -> None:
    """Ten working days, a parameter of ours: passing it is warned of and no breach."""
    item = the_case(told)
    told.world.on(*decided)
    [clock] = done(told.decide_by_unit(item)).body["duties"]
    year, month, day = due
    assert (clock["clause"], clock["due_at"][:10]) == ("LZ-17.18", f"{year}-{month:02}-{day:02}")
    assert clock["provisional"] is (year == 2027)


@pytest.mark.parametrize("day", [13, 16, 17])
def test_a_filing_after_its_day_meets_the_clock_and_is_no_breach(told: DecisionWorld, day: int) -> None:
    item = the_case(told)
    done(told.decide_by_unit(item))
    told.world.on(2026, 3, day)
    [met] = done(told.file_record(item)).body["duties"]
    assert (met["clause"], met["status"], met["late"]) == ("LZ-17.18", "met", False)
