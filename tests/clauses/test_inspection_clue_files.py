"""Files of clues: the designee compiles them, from the clue's registration on (XC-37.1a)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import AVOIDANCES, ENGAGEMENTS, RULES, RoundWorld, done, refused
from tests.clauses.test_inspection_expedite import clue
from tests.clauses.test_inspection_interviews import CLUES, TAG, interview, planned
from tests.world import Answer

FILE: dict[str, Any] = {
    "source": "个别谈话",
    "main_issue": "主要问题",
    "what_was_learned": "巡察了解情况",
}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def compile_file(w: RoundWorld, item: str, **changes: object) -> Answer:
    return w.do(item, "compile_clue_file", FILE | changes, by=w.member)


@proves("XC-37.1a", check=2)
def test_without_a_designee_no_clue_is_registered(w: RoundWorld) -> None:
    """The member designated has applied to avoid the unit, and nobody else was designated yet."""
    unit = planned(w)
    talk = interview(w, unit)
    done(w.declare(w.round_of(unit), by=w.member))
    refused(w.do(talk, "tag_clue", TAG, by=w.deputy), "PRECONDITION_NOT_MET", "XC-37.1a")
    assert w.leader.get(CLUES).body["items"] == []


def test_the_designee_compiles_the_file_and_nobody_else(w: RoundWorld) -> None:
    item = clue(w)
    for other in (w.leader, w.deputy):
        refused(w.do(item, "compile_clue_file", FILE, by=other), "WRONG_ROLE", "XC-37.1a")
    assert compile_file(w, item, main_issue="").code == "MISSING_FIELD"
    done(compile_file(w, item, source=""))
    assert w.item(item, w.leader)["file_code"] == "without_source"
    answer = done(compile_file(w, item))
    assert ("XC-37.1a" in answer.body["clauses"], w.item(item, w.leader)["file_code"]) == (True, "complete")


@pytest.mark.parametrize(("day", "light"), [(6, "amber"), (9, "amber"), (10, "red")])
def test_a_file_is_waited_for_five_working_days(w: RoundWorld, day: int, light: str) -> None:
    """Registered on Monday, 2 March: due on Monday, 9 March. The days are ours: afterwards it warns."""
    item = clue(w)
    w.world.on(2026, 3, day)
    [duty] = w.item(item, w.leader)["duties"]
    assert (duty["clause"], duty["due_on"], duty["light"]) == ("XC-37.1a", "2026-03-09", light)
    done(compile_file(w, item))
    assert w.item(item, w.leader)["duties"][0]["status"] == "met"


def test_the_next_designee_keeps_what_the_last_one_kept(w: RoundWorld) -> None:
    item = clue(w)
    of = w.round_of(f"{ENGAGEMENTS}/{w.item(item, w.leader)['engagement_id']}")
    avoidance = f"{AVOIDANCES}/{done(w.declare(of)).body['id']}"
    other = {"result_code": "moved", "new_team_id": w.team(of, 2).rpartition("/")[2]}
    done(w.do(avoidance, "decide_avoidance", other))
    assert w.member.get(item).code == "UNKNOWN_REFERENCE"
    again = RULES | {"liaison_id": "p-zu2", "recorder_id": "p-zu2", "participant_ids": ["p-zu1", "p-zu2"]}
    done(w.do(w.team(of, 1), "constitute_meeting", again, by=w.leader))
    done(w.do(item, "compile_clue_file", FILE, by=w.deputy))
    assert w.member.get(item).code == "UNKNOWN_REFERENCE"
