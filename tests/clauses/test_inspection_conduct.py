"""The unit's people assess the team's conduct; it is reported, and the team never reads it (XC-34.4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.feedback_steps import FeedbackWorld
from tests.clauses.result_steps import key
from tests.clauses.round_steps import done, refused
from tests.world import Answer, Client

CONDUCT = "/inspection/conduct-assessments"
SHEET: dict[str, Any] = {"assessed_on": "2026-03-02", "answers": [{"score": 95, "comment": "作风良好"}]}


@pytest.fixture
def w(tmp_path: Path) -> FeedbackWorld:
    return FeedbackWorld(tmp_path)


@pytest.fixture
def unit(w: FeedbackWorld) -> str:
    return w.feedback_at("delivered")


def assess(w: FeedbackWorld, unit: str, by: Client | None = None, **changes: object) -> Answer:
    return w.do(CONDUCT, "assess_conduct", SHEET | {"engagement_id": key(unit)} | changes, by=by)


@proves("XC-34.4a", check=1)
def test_nobody_assesses_the_own_team(w: FeedbackWorld, unit: str) -> None:
    for one in (w.leader, w.deputy, w.member):
        refused(assess(w, unit, one), "WRONG_ROLE", "XC-34.4a")
    assert assess(w, unit, w.leader_2).code == "UNKNOWN_REFERENCE"


def test_it_comes_once_and_after_the_general_meeting(w: FeedbackWorld) -> None:
    unit = w.feedback_at("told")
    refused(assess(w, unit), "PRECONDITION_NOT_MET", "XC-34.4a", field="engagement_id")
    done(w.tell_leadership(unit))
    refused(assess(w, unit, assessed_on="2026-03-01"), "DATE_ORDER", "XC-34.4a", field="assessed_on")
    done(assess(w, unit))
    refused(assess(w, unit), "DUPLICATE", "XC-34.4a")


@proves("XC-34.4b", check=2)
def test_the_team_reads_no_answer(w: FeedbackWorld, unit: str) -> None:
    item = f"{CONDUCT}/{done(assess(w, unit)).body['id']}"
    for one in (w.leader, w.member, w.principal):
        assert one.get(item).code == "UNKNOWN_REFERENCE"
    assert ("read", "p-zu1", key(item)) in w.audited("ACCESS_DENIED")
    answer = done(w.do(item, "report_conduct", {"result_summary": "总体情况"}))
    assert ("XC-34.4b" in answer.body["clauses"], w.item(item, w.head)["state"]) == (True, "reported")
    [event] = w.events("conduct_assessed")
    assert (event["unit_id"], event["result_ref"]) == ("edu", key(item))
    assert set(event) == {"round_id", "team_id", "unit_id", "result_ref"}
