"""Other problems go to the departments that they belong to (XC-38.0a)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.result_steps import ISSUES, ResultWorld, key
from tests.clauses.round_steps import done, refused
from tests.world import Answer

TRANSFERS = "/inspection/issue-transfers"
PAPER: dict[str, Any] = {
    "department_id": "xfj",
    "secretary_meeting_ref": "书记专题会〔2026〕1号",
    "matter_transferred": "移交事项",
}


@pytest.fixture
def w(tmp_path: Path) -> ResultWorld:
    return ResultWorld(tmp_path)


@pytest.fixture
def unit(w: ResultWorld) -> str:
    return w.result_at("secretary")


def transfer(w: ResultWorld, unit: str, **changes: object) -> Answer:
    [issue] = w.issues_of(unit)
    paper = PAPER | {"round_id": key(w.round_of(unit)), "issue_id": issue} | changes
    return w.do(TRANSFERS, "transfer_issue", paper)


@proves("XC-38.0a", check=1)
def test_without_the_secretarys_meeting_nothing_is_transferred(w: ResultWorld, unit: str) -> None:
    answer = transfer(w, unit, secretary_meeting_ref="")
    refused(answer, "PRECONDITION_NOT_MET", "XC-38.0a", field="secretary_meeting_ref")


def test_before_the_secretarys_meeting_nothing_is_transferred(w: ResultWorld) -> None:
    answer = transfer(w, w.result_at("finalised"))
    refused(answer, "PRECONDITION_NOT_MET", "XC-38.0a", field="round_id")


@proves("XC-38.0a", check=2)
def test_a_clue_on_a_leading_cadre_goes_another_way(w: ResultWorld, unit: str) -> None:
    answer = transfer(w, unit, concerns_leading_cadre=True)
    refused(answer, "OUT_OF_SCOPE", "XC-38.0a", field="issue_id")
    [clue] = w.clues_of(unit)
    refused(transfer(w, unit, issue_id=clue), "OUT_OF_SCOPE", "XC-38.0a", field="issue_id")


def test_a_problem_goes_once_to_a_department_and_ends_with_its_answer(w: ResultWorld, unit: str) -> None:
    assert transfer(w, unit, department_id="nowhere").code == "UNKNOWN_REFERENCE"
    item = f"{TRANSFERS}/{done(transfer(w, unit)).body['id']}"
    [issue] = w.issues_of(unit)
    [event] = w.events("issue_transferred")
    assert event == {"issue_id": issue, "department": "xfj", "transferred_on": "2026-03-02"}
    assert transfer(w, unit).code == "DUPLICATE"
    assert w.item(f"{ISSUES}/{issue}", w.member)["state"] == "transferred_to_department"
    done(w.do(item, "record_department_answer", {"replied_on": "2026-03-02", "outcome": "已处理"}))
    assert w.item(f"{ISSUES}/{issue}", w.member)["state"] == "closed"
    for stranger in (w.leader, w.head, w.world.as_("edu-head")):
        assert stranger.get(item).code == "UNKNOWN_REFERENCE"
