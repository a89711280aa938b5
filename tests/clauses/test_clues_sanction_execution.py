"""After the decision: education of the sanctioned person, the execution item by item, and its verification."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.decision_steps import ITEMS, DecisionWorld


@pytest.fixture
def here(tmp_path: Path, case_with_the_unit_told: Path) -> DecisionWorld:
    return DecisionWorld.copied(case_with_the_unit_told, tmp_path)


def decided(here: DecisionWorld) -> str:
    item = str(here.cases()[0]["id"])
    done(here.decide_by_unit(item))
    return item


@proves("LZ-17.19", check=1)
def test_an_education_record_is_linked_to_the_sanction_in_force(here: DecisionWorld) -> None:
    item = decided(here)
    here.world.on(2026, 6, 2)
    done(here.educate(item, held_on="2026-04-01"))
    done(here.educate(item))
    [sanction] = here.sanctions(item)
    assert sanction["educated_on"] == ["2026-04-01", "2026-06-02"]
    linked = [entry for entry in here.audited(item, "accepted") if entry.act == "record_education"]
    assert len(linked) == 2
    assert all(str(sanction["sanction"]) in entry.body for entry in linked)
    for day in ("2026-03-01", "2026-06-03"):
        refused(here.educate(item, held_on=day), "DATE_ORDER", "LZ-17.19")


@proves("LZ-17.19", check=2)
def test_who_has_no_sanction_gets_no_education_record(here: DecisionWorld) -> None:
    item = decided(here)
    for person in ("p-edu-clerk", "p-nobody"):
        answer = here.educate(item, person_id=person)
        refused(answer, "UNKNOWN_REFERENCE", "LZ-17.19")
        assert answer.body["field"] == "person_id"
    assert here.sanctions(item)[0]["educated_on"] == []


def test_before_the_decision_nobody_is_educated(here: DecisionWorld) -> None:
    refused(here.educate(str(here.cases()[0]["id"])), "WRONG_STATE", "LZ-17.19")


@proves("LZ-17.20", check=1)
@pytest.mark.parametrize("left_out", ITEMS)
def test_with_an_item_open_the_execution_is_not_verified_and_the_case_not_archived(
    here: DecisionWorld, left_out: str
) -> None:
    item = decided(here)
    done(here.file_record(item))
    for code in ITEMS:
        if code != left_out:
            done(here.carry_out(item, code))
    assert here.sanctions(item)[0]["open_items"] == [left_out]
    refused(here.verify_execution(item), "NOT_VERIFIED", "LZ-17.20")
    refused(here.archive(item), "NOT_VERIFIED", "LZ-17.20")
    assert here.events("clues.sanction_executed") == []


@proves("LZ-17.20", check=2)
def test_with_all_items_done_the_verified_execution_is_handed_on(here: DecisionWorld) -> None:
    item = decided(here)
    done(here.file_record(item))
    here.carried_out(item)
    here.world.on(2026, 3, 9)
    done(here.verify_execution(item))
    assert here.events("clues.sanction_executed") == []
    refused(here.rule(item, here.deputy), "WRONG_APPROVER", "LZ-17.20")
    assert done(here.rule(item, here.head)).body["state"] == "executed"
    [event] = here.events("clues.sanction_executed")
    assert event.data == {"case_id": item, "verified_on": "2026-03-09"}


def test_an_item_is_done_since_the_decision_or_does_not_apply_for_a_reason(here: DecisionWorld) -> None:
    item = decided(here)
    refused(here.carry_out(item, "pay", person_id="p-edu-clerk"), "UNKNOWN_REFERENCE", "LZ-17.20")
    for day in ("2026-03-01", "2026-03-03"):
        refused(here.carry_out(item, "pay", done_on=day), "DATE_ORDER", "LZ-17.20")
    refused(here.carry_out(item, "pay", result_code="not_applicable"), "MISSING_REASON", "LZ-17.20")
    done(here.carry_out(item, "pay", result_code="not_applicable", reason="党内警告不涉及工资"))
    done(here.carry_out(item, "announcement"))
    found = {
        one["item_code"]: (one["result_code"], one["done_on"]) for one in here.sanctions(item)[0]["executed"]
    }
    assert found == {"pay": ("not_applicable", None), "announcement": ("done", "2026-03-02")}
    done(here.carry_out(item, "pay"))
    assert [one["result_code"] for one in here.sanctions(item)[0]["executed"]] == ["done", "done"]


@proves("LZ-22.5", check=2)
@pytest.mark.parametrize("step", ["filing", "review result", "execution"])
def test_filing_review_result_and_execution_are_studied_collectively_first(
    tmp_path: Path, request: pytest.FixtureRequest, step: str
) -> None:
    """Filing and execution ask for the minutes themselves; a review ends with its collective deliberation."""
    folder = {
        "filing": "clue_to_be_filed", "review result": "case_to_be_reviewed",
        "execution": "case_with_the_unit_told",
    }[step]  # fmt: skip
    here = DecisionWorld.copied(request.getfixturevalue(folder), tmp_path)
    if step == "filing":
        answer = here.do(here.opinions_in(), "request_filing", {"facts": "涉嫌违纪事实", "basis": "规则"})
    elif step == "review result":
        answer = here.complete(here.examined())
    else:
        item = decided(here)
        done(here.file_record(item))
        here.carried_out(item)
        answer = here.verify_execution(item, documents=("sanction_execution_record",))
        assert answer.body["field"] == "attachments.collective_study_minutes"
    refused(answer, "MISSING_DOCUMENT", "LZ-22.5")
