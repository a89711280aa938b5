"""Individual interviews (XC-12)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import SESSIONS, RoundWorld, done, refused
from tests.world import Answer, Client

INTERVIEWS, CLUES = "/inspection/interviews", "/inspection/found-clues"
LINE = {"category": "leadership_member", "planned_on": "2026-03-03", "place": "谈话室"}
PLAN: dict[str, Any] = {
    "interviews": [LINE | {"person_id": "p-edu-head"}, LINE | {"person_id": "p-edu-vice"}],
    "safety_requirements": "安全要求",
}
RECORD: dict[str, Any] = {
    "interviewee_id": "p-edu-vice",
    "held_on": "2026-03-02",
    "place": "谈话室",
    "interviewer_ids": ["p-zu2", "p-zu3"],
    "recorder_id": "p-zu3",
    "outline": "tailored",
    "preparation_note": "已了解简历和分工",
    "content": "谈话内容",
}
TAG = {"subject_ids": ["p-edu-sec"], "summary": "反映的问题"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def planned(w: RoundWorld) -> str:
    unit = w.unit_at("entered")
    done(w.do(unit, "plan_interviews", PLAN, by=w.leader))
    return unit


def talk(w: RoundWorld, unit: str, *, by: Client | None = None, **changes: Any) -> Answer:
    paper = RECORD | {"engagement_id": unit.rpartition("/")[2]} | changes
    return w.do(INTERVIEWS, "record_interview", paper, by=by or w.deputy)


def interview(w: RoundWorld, unit: str, **changes: Any) -> str:
    return f"{INTERVIEWS}/{done(talk(w, unit, **changes)).body['id']}"


@proves("XC-12.1a", check=1)
def test_nobody_is_interviewed_before_there_is_a_plan(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    refused(talk(w, unit), "PRECONDITION_NOT_MET", "XC-12.1a", field="engagement_id")


@proves("XC-12.1a", check=2)
@pytest.mark.parametrize("how", ["", None])
def test_a_plan_says_what_safety_asks_for(w: RoundWorld, how: str | None) -> None:
    unit = w.unit_at("entered")
    paper = PLAN | {"safety_requirements": how}
    if how is None:
        del paper["safety_requirements"]
    answer = w.do(unit, "plan_interviews", paper, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-12.1a", field="safety_requirements")


@proves("XC-12.1b", check=1)
@pytest.mark.parametrize("excused", [False, True])
def test_a_member_of_the_leadership_who_is_left_out_is_a_gap(w: RoundWorld, *, excused: bool) -> None:
    unit = w.unit_at("entered")
    some = PLAN | {"interviews": PLAN["interviews"][:1]}
    if excused:
        some |= {"excused": [{"person_id": "p-edu-vice", "reason": "因病住院"}]}
    answer = done(w.do(unit, "plan_interviews", some, by=w.leader))
    assert "XC-12.1b" in answer.body["clauses"]
    assert w.gaps(unit, "XC-12.1b") == (set() if excused else {"p-edu-vice"})


@proves("XC-12.1b", check=2)
def test_anybody_else_may_be_interviewed_too(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    extra = LINE | {"person_id": "p-edu-clerk", "category": "other"}
    plan = PLAN | {"interviews": [*PLAN["interviews"], extra]}
    assert "XC-12.1b" in done(w.do(unit, "plan_interviews", plan, by=w.leader)).body["clauses"]


@proves("XC-12.2a", check=1)
def test_an_interview_without_an_outline_is_a_gap(w: RoundWorld) -> None:
    answer = done(talk(w, planned(w), outline="none", interviewee_id="p-edu-clerk"))
    assert [g["clause"] for g in answer.body["gaps"]] == ["XC-12.2a"]


@proves("XC-12.2a", check=2)
@pytest.mark.parametrize(("whom", "gap"), [("p-edu-vice", True), ("p-edu-clerk", False)])
def test_the_generic_outline_is_not_enough_for_the_leadership(w: RoundWorld, whom: str, *, gap: bool) -> None:
    answer = done(talk(w, planned(w), outline="generic", interviewee_id=whom))
    assert ([g["clause"] for g in answer.body.get("gaps", [])] == ["XC-12.2a"]) is gap
    assert "XC-12.2a" in answer.body["clauses"]


@proves("XC-12.3a", check=1)
def test_an_unprepared_interview_is_a_gap(w: RoundWorld) -> None:
    answer = done(talk(w, planned(w), preparation_note=""))
    assert [g["clause"] for g in answer.body["gaps"]] == ["XC-12.3a"]


@proves("XC-12.3b", check=1)
def test_nobody_interviews_alone(w: RoundWorld) -> None:
    unit = planned(w)
    answer = talk(w, unit, interviewer_ids=["p-zu3"])
    refused(answer, "TWO_PERSON_RULE", "XC-12.3b", field="interviewer_ids")
    twice = talk(w, unit, interviewer_ids=["p-zu3", "p-zu3"])
    refused(twice, "TWO_PERSON_RULE", "XC-12.3b", field="interviewer_ids")


@proves("XC-12.3b", check=2)
def test_a_stranger_to_the_team_is_no_second_person(w: RoundWorld) -> None:
    answer = talk(w, planned(w), interviewer_ids=["p-zu3", "p-zu5"])
    refused(answer, "TWO_PERSON_RULE", "XC-12.3b", field="interviewer_ids")


@proves("XC-12.3b", check=3)
def test_two_of_the_team_interview(w: RoundWorld) -> None:
    assert "XC-12.3b" in done(talk(w, planned(w))).body["clauses"]


def leave(w: RoundWorld, unit: str) -> Answer:
    paper = {"interviewee_id": "p-edu-vice", "interviewer_id": "p-zu3", "reason": "重要事项"}
    return w.do(unit, "approve_one_to_one", paper, by=w.member)


@proves("XC-12.3c", check=1)
def test_leave_that_comes_after_the_talk_is_none(w: RoundWorld) -> None:
    unit = planned(w)
    w.world.on(2026, 3, 4)
    done(leave(w, unit))
    done(w.decide(unit, w.leader))
    alone = talk(w, unit, interviewer_ids=["p-zu3"], held_on="2026-03-03")
    refused(alone, "APPROVAL_REQUIRED", "XC-12.3c", field="interviewer_ids")


@proves("XC-12.3c", check=2)
@pytest.mark.parametrize("day", [2, 3])
def test_with_the_leaders_leave_one_talks_alone(w: RoundWorld, day: int) -> None:
    unit = planned(w)
    done(leave(w, unit))
    done(w.decide(unit, w.leader))
    w.world.on(2026, 3, day)
    answer = done(talk(w, unit, interviewer_ids=["p-zu3"], held_on=f"2026-03-{day:02d}"))
    assert "XC-12.3c" in answer.body["clauses"]
    other = talk(w, unit, interviewer_ids=["p-zu3"], interviewee_id="p-edu-head")
    refused(other, "TWO_PERSON_RULE", "XC-12.3b")


@proves("XC-12.3c", check=3)
def test_a_deputy_gives_no_leave(w: RoundWorld) -> None:
    unit = planned(w)
    done(leave(w, unit))
    refused(w.decide(unit, w.deputy), "WRONG_APPROVER", "XC-12.3c")


@proves("XC-12.3d", check=1)
def test_an_interview_has_a_recorder(w: RoundWorld) -> None:
    unit = planned(w)
    refused(talk(w, unit, recorder_id=""), "MISSING_FIELD", "XC-12.3d", field="recorder_id")


@proves("XC-12.3d", check=2)
def test_alone_the_interviewer_keeps_the_record(w: RoundWorld) -> None:
    unit = planned(w)
    done(leave(w, unit))
    done(w.decide(unit, w.leader))
    answer = done(talk(w, unit, interviewer_ids=["p-zu3"], recorder_id="p-zu3"))
    assert "XC-12.3d" in answer.body["clauses"]


@proves("XC-12.4a", check=1)
def test_a_record_without_its_problems_summed_up_does_not_go_to_the_leader(w: RoundWorld) -> None:
    item = interview(w, planned(w))
    answer = w.do(item, "submit_record", {"problems": ""}, by=w.deputy)
    refused(answer, "MISSING_FIELD", "XC-12.4a", field="problems")
    [duty] = [d for d in w.item(item, w.deputy)["duties"] if d["clause"] == "XC-12.4a"]
    assert duty["due_on"] == "2026-03-04"
    done(w.do(item, "submit_record", {"problems": "问题汇总"}, by=w.deputy))
    refused(w.do(item, "read_record", by=w.deputy), "WRONG_ROLE", "XC-12.4a")
    done(w.do(item, "read_record", by=w.leader))


@proves("XC-12.4b", check=1)
def test_a_problem_tagged_as_clue_is_in_the_teams_register(w: RoundWorld) -> None:
    item = interview(w, planned(w))
    answer = done(w.do(item, "tag_clue", TAG, by=w.member))
    assert "XC-12.4b" in answer.body["clauses"]
    [clue] = w.member.get(CLUES).body["items"]
    assert (clue["state"], clue["source_kind"], clue["source_id"]) == (
        "registered",
        "interview",
        item.rpartition("/")[2],
    )
    accounts = ("zu1", "zu2", "zu3", "zu4", "zu5", "xc1", "xz1", "head1", "edu-head", "sys")
    seen = {one for one in accounts if w.world.as_(one).get(CLUES).body["items"]}
    assert seen == {"zu1", "zu2", "zu3"}  # leader, deputy, and the liaison who manages them


@proves("XC-12.4b", check=2)
def test_what_concerns_a_person_of_direct_scope_is_not_circulated(w: RoundWorld) -> None:
    unit = planned(w)
    item = interview(
        w, unit, about_direct_scope=True, interviewer_ids=["p-zu1", "p-zu2"], recorder_id="p-zu2"
    )
    assert w.member.get(item).status == 404
    done(w.do(item, "submit_record", {"problems": "汇总"}, by=w.leader))
    answer = w.do(item, "circulate_record", {"reader_ids": ["p-zu3"]}, by=w.deputy)
    refused(answer, "SEALED_ITEM", "XC-12.4b")
    refused(w.do(item, "tag_clue", TAG, by=w.deputy), "SEALED_ITEM", "XC-12.4b")


@proves("XC-5.3c", check=2)
def test_the_liaison_opens_the_register_and_no_restricted_session(w: RoundWorld) -> None:
    unit = planned(w)
    done(w.do(interview(w, unit), "tag_clue", TAG, by=w.member))
    [clue] = w.member.get(CLUES).body["items"]
    assert w.item(f"{CLUES}/{clue['id']}", w.member)["acts"][0]["name"] == "classify_clue"
    hidden = done(w.session(w.team_at(unit), restricted=True, participant_ids=["p-zu1", "p-zu2"],
                            recorder_id="p-zu2"))  # fmt: skip
    assert w.member.get(f"{SESSIONS}/{hidden.body['id']}").status == 404
    assert "XC-5.3c" in w.do(unit, "file_team_plan", {}, by=w.leader).body["clauses"]


@pytest.mark.parametrize("matters", [["deployment"], None])
def test_a_clue_is_classed_by_the_meeting(w: RoundWorld, matters: list[str] | None) -> None:
    """The gate before the clue report (XC-3.1c) is here already: without minutes there is no class."""
    unit = planned(w)
    done(w.do(interview(w, unit), "tag_clue", TAG, by=w.member))
    [clue] = w.member.get(CLUES).body["items"]
    place = f"{CLUES}/{clue['id']}"
    other = done(w.session(w.team_at(unit), matters=matters)).body["id"] if matters else ""
    answer = w.do(place, "classify_clue", {"class_code": "key", "session_id": other}, by=w.member)
    refused(answer, "PRECONDITION_NOT_MET", "XC-3.1c", field="session_id")
    session = done(w.session(w.team_at(unit), matters=["clue_classes"])).body["id"]
    classed = w.do(place, "classify_clue", {"class_code": "key", "session_id": session}, by=w.member)
    assert done(classed).body["state"] == "classified"
