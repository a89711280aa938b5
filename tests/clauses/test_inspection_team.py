"""How a team studies and organises itself (XC-2.4, XC-2.5, XC-3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import ASSETS, RULES, SESSIONS, TEAMS, RoundWorld, done, refused
from tests.world import Answer, Client

STUDY: dict[str, Any] = {
    "kind_code": "central",
    "held_on": "2026-03-02",
    "topics": "上级要求",
    "attendee_ids": ["p-zu1", "p-zu2", "p-zu3"],
}
BRANCH = {"secretary_id": "p-zu1", "founded_on": "2026-03-02"}
ASSET: dict[str, Any] = {
    "asset_no": "BJB-001",
    "type_code": "notebook",
    "level_code": "secret",
    "holder_id": "p-zu3",
}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def study(w: RoundWorld, team: str, kind: str, by: Client, **changes: object) -> Answer:
    return w.do(team, "record_training", STUDY | {"kind_code": kind} | changes, by=by)


@proves("XC-2.4a", check=1)
def test_a_member_without_joint_study_is_a_gap(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    done(study(w, team, "central", w.office, attendee_ids=["p-zu1", "p-zu2"]))
    answer = done(w.do(team, "close_training"))
    assert "XC-2.4a" in answer.body["clauses"]
    assert w.gaps(team, "XC-2.4a") == {"p-zu3"}


@proves("XC-2.4a", check=2)
def test_who_took_part_is_no_gap(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    assert "XC-2.4a" in done(study(w, team, "central", w.office)).body["clauses"]
    done(w.do(team, "close_training"))
    assert w.gaps(team, "XC-2.4a") == set()


@proves("XC-2.4b", check=1)
@pytest.mark.parametrize("lectured", ["", "discipline_commission", "organization_dept"])
def test_a_training_without_the_lectures_of_both_is_a_gap(w: RoundWorld, lectured: str) -> None:
    team = w.team(w.at("mobilised"), 1)
    if lectured:
        done(study(w, team, "lecture", w.office, lecturer_office=lectured))
    done(w.do(team, "close_training"))
    assert w.gaps(team, "XC-2.4b") == {"discipline_commission", "organization_dept"} - {lectured}


@proves("XC-2.4b", check=2)
def test_with_both_lectures_there_is_none_and_a_gap_of_before_is_filled(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    done(w.do(team, "close_training"))
    assert w.gaps(team, "XC-2.4b") == {"discipline_commission", "organization_dept"}
    for office in ("discipline_commission", "organization_dept"):
        done(study(w, team, "lecture", w.office, lecturer_office=office))
    answer = done(w.do(team, "close_training"))
    assert {g["about"] for g in answer.body["gaps"] if g["clause"] == "XC-2.4b" and g["filled_at"]} == {
        "discipline_commission",
        "organization_dept",
    }
    assert w.gaps(team, "XC-2.4b") == set()


@proves("XC-2.5a", check=1)
def test_a_team_that_did_not_study_by_itself_is_a_gap(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    done(w.do(team, "close_training"))
    assert w.gaps(team, "XC-2.5a") == {""}


@proves("XC-2.5a", check=2)
def test_a_team_that_studied_is_none(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    refused(study(w, team, "in_team", w.office), "WRONG_ROLE", "XC-2.5a", field="kind_code")
    done(study(w, team, "in_team", w.leader))
    done(w.do(team, "close_training"))
    assert w.gaps(team, "XC-2.5a") == set()


@proves("XC-2.5b", check=1)
def test_each_unit_wants_a_training_of_its_own(w: RoundWorld) -> None:
    item = w.at("targets")
    both = [{"team_no": 1, "leader_id": "p-zu1", "deputy_ids": ["p-zu2"], "unit_ids": ["edu", "hou"]}]
    done(w.nominate(item, teams=both))
    done(w.do(item, "submit_assignment_plan", {"teams": both}))
    done(w.decide(item, w.deputy_head))
    done(w.decide(item, w.head))
    done(w.do(item, "submit_work_plan", {"inspection_from": "2026-03-16", "inspection_to": "2026-05-15",
              "supervision_focus": "重点", "tasks_per_stage": "任务", "requirements": "要求"}))  # fmt: skip
    done(w.decide(item, w.head))
    line = {"team_no": 1, "leader_id": "p-zu1", "branch_secretary_id": "p-zu1", "unit_ids": ["edu", "hou"]}
    done(w.do(item, "submit_authorisation", {"teams": [line]}))
    done(w.decide(item, w.head))
    done(w.do(item, "finalise_grouping"))
    w.mobilised(item)
    team = w.team(item, 1)
    there = ["p-zu1", "p-zu2"]
    bare = study(w, team, "tailored", w.leader, attendee_ids=there)
    refused(bare, "MISSING_FIELD", "XC-2.5b", field="unit_id")
    done(study(w, team, "tailored", w.leader, attendee_ids=there, unit_id="edu"))
    done(w.do(team, "close_training"))
    assert w.gaps(team, "XC-2.5b") == {"hou"}


@proves("XC-3.1a", check=1)
def test_the_affairs_meeting_has_a_liaison(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    answer = w.do(team, "constitute_meeting", RULES | {"liaison_id": ""}, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-3.1a", field="liaison_id")


@proves("XC-3.1a", check=2)
def test_an_ordinary_member_does_not_sit_in_the_meeting(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    rules = RULES | {"liaison_id": "p-zu2"}
    refused(w.do(team, "constitute_meeting", rules, by=w.leader), "WRONG_ROLE", "XC-3.1a")
    few = RULES | {"participant_ids": ["p-zu1", "p-zu3"]}
    refused(w.do(team, "constitute_meeting", few, by=w.leader), "ATTENDANCE_INCOMPLETE", "XC-3.1a")


@pytest.mark.parametrize("day", [4, 5, 6])
def test_meeting_and_branch_are_to_be_set_up_in_three_working_days(w: RoundWorld, day: int) -> None:
    """Ours, for *promptly*: after the 5th there is a reminder, and no breach."""
    team = w.team(w.at("mobilised"), 1)
    w.world.on(2026, 3, day)
    due = {(d["clause"], d["due_on"]) for d in w.item(team, w.leader)["duties"]}
    assert due == {("XC-3.1a", "2026-03-05"), ("XC-3.2a", "2026-03-05")}
    answers = (
        w.do(team, "constitute_meeting", RULES, by=w.leader),
        w.do(team, "found_branch", BRANCH, by=w.leader),
    )
    met = [(d["clause"], d["status"], d["late"]) for a in answers for d in done(a).body["duties"]]
    assert met == [("XC-3.1a", "met", False), ("XC-3.2a", "met", False)]


@proves("XC-3.1b", check=1)
def test_a_deputy_calls_the_meeting_only_if_entrusted(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    refused(w.session(team, convenor_id="p-zu2"), "WRONG_ROLE", "XC-3.1b", field="convenor_id")
    refused(w.session(team, convenor_id="p-zu3", delegation="委托"), "WRONG_ROLE", "XC-3.1b")
    done(w.session(team, convenor_id="p-zu2", delegation="组长出差,委托召集"))


@proves("XC-3.1b", check=2)
@pytest.mark.parametrize(
    ("sat_on", "today", "gap"), [(None, 9, False), (None, 10, True), (5, 12, False), (5, 13, True)]
)
def test_a_meeting_that_does_not_sit_each_week_is_a_gap(
    w: RoundWorld, sat_on: int | None, today: int, *, gap: bool
) -> None:
    """Entered on Monday 2 March: until the 9th there is a week. Ours; the text says *regularly*."""
    unit = w.unit_at("entered")
    team = w.team_at(unit)
    if sat_on is not None:
        w.world.on(2026, 3, sat_on)
        done(w.session(team, held_on=f"2026-03-{sat_on:02d}"))
    w.world.on(2026, 3, today)
    w.world.tick()
    assert w.gaps(team, "XC-3.1b") == ({""} if gap else set())
    day = f"2026-03-{today:02d}"
    done(w.session(team, held_on=day, restricted=True))
    assert w.gaps(team, "XC-3.1b") == ({""} if gap else set())
    assert "XC-3.1b" in done(w.session(team, held_on=day)).body["clauses"]
    assert w.gaps(team, "XC-3.1b") == set()


@proves("XC-3.1d", check=1)
def test_the_minutes_of_a_restricted_session_are_its_participants(w: RoundWorld) -> None:
    item = w.at("mobilised")
    team = w.constituted(item)
    for one in (w.leader, w.deputy, w.member):
        done(w.do(team, "sign_pledge", {"pledged": True}, by=one))
    answer = done(w.session(team, restricted=True, participant_ids=["p-zu1", "p-zu3"]))
    session = f"{SESSIONS}/{answer.body['id']}"
    assert "XC-3.1d" in answer.body["clauses"]
    paper = w.item(session, w.leader)["papers"][0]["id"]
    assert w.member.get(f"{session}/papers/{paper}").status == 200
    assert w.deputy.get(f"{session}/papers/{paper}").status == 404
    assert w.deputy.get(SESSIONS).body["items"] == []
    assert [who for _, who, what in w.audited("SEALED_ITEM") if what == session.rpartition("/")[2]] == [
        "p-zu2"
    ]


@proves("XC-3.1d", check=2)
def test_the_leader_alone_restricts_a_session(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    answer = w.session(team, by=w.deputy, restricted=True, convenor_id="p-zu2", delegation="受委托")
    refused(answer, "WRONG_ROLE", "XC-3.1d", field="restricted")


@proves("XC-3.1e", check=1)
def test_a_disagreement_ends_with_the_leaders_decision(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    split: dict[str, Any] = {"disagreement": True, "dissent": "不同意见"}
    refused(w.session(team, **split, decision=""), "MISSING_FIELD", "XC-3.1e", field="decision")
    refused(
        w.session(team, disagreement=True, decided_by_id="p-zu1"),
        "MISSING_FIELD",
        "XC-3.1e",
        field="dissent",
    )
    done(w.session(team, **split, decided_by_id="p-zu1"))


@proves("XC-3.1e", check=2)
def test_a_deputy_does_not_decide_a_disagreement(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    answer = w.session(team, disagreement=True, dissent="不同意见", decided_by_id="p-zu2")
    refused(answer, "WRONG_ROLE", "XC-3.1e", field="decided_by_id")


@proves("XC-3.1f", check=2)
@pytest.mark.parametrize("channel", ["leading_group", "inspection_office"])
def test_a_major_disagreement_is_reported_on_either_way(w: RoundWorld, channel: str) -> None:
    team = w.constituted(w.at("mobilised"))
    split: dict[str, Any] = {
        "disagreement": True,
        "major": True,
        "dissent": "不同意见",
        "decided_by_id": "p-zu1",
    }
    session = f"{SESSIONS}/{done(w.session(team, **split)).body['id']}"
    report = {"channel": channel, "issue": "问题", "views": "双方意见", "leader_decision": "组长决定"}
    answer = done(w.do(session, "report_dissent", report, by=w.leader))
    assert "XC-3.1f" in answer.body["clauses"]
    assert w.item(session, w.leader)["dissent_reported_on"] == "2026-03-02"
    plain = f"{SESSIONS}/{done(w.session(team)).body['id']}"
    refused(w.do(plain, "report_dissent", report, by=w.leader), "WRONG_STATE", "XC-3.1f")


@proves("XC-3.1g", check=1)
def test_minutes_have_a_recorder(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    refused(w.session(team, recorder_id=""), "MISSING_FIELD", "XC-3.1g", field="recorder_id")


@proves("XC-3.1g", check=2)
def test_amended_minutes_leave_the_earlier_ones_readable(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    done(w.do(team, "sign_pledge", {"pledged": True}, by=w.member))
    session = f"{SESSIONS}/{done(w.session(team)).body['id']}"
    bare = w.do(session, "amend_minutes", {"opinions": "更正后的讨论情况"}, by=w.member)
    assert bare.code == "MISSING_REASON"
    done(w.do(session, "amend_minutes", {"opinions": "更正后", "reason": "笔误"}, by=w.member))
    shown = w.item(session, w.member)
    assert shown["version_no"] == 2
    texts = [w.item(f"{session}/papers/{p['id']}", w.member)["form"]["opinions"] for p in shown["papers"]]
    assert sorted(texts) == sorted(["讨论情况", "更正后"])


def test_there_is_no_session_before_the_meeting_is_set_up(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    refused(w.session(team), "PRECONDITION_NOT_MET", "XC-3.1a")
    assert w.session(team, by=w.leader_2).code == "UNKNOWN_REFERENCE"


@proves("XC-3.2a", check=1)
def test_the_branch_is_led_by_the_leader(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    answer = w.do(team, "found_branch", BRANCH | {"secretary_id": "p-zu2"}, by=w.leader)
    refused(answer, "WRONG_ROLE", "XC-3.2a", field="secretary_id")
    done(w.do(team, "found_branch", BRANCH, by=w.leader))
    assert w.do(team, "found_branch", BRANCH, by=w.leader).code == "DUPLICATE"


@proves("XC-3.3a", check=1)
def test_who_holds_a_carrier_without_security_education_is_a_gap(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    first = done(issue(w, team))
    assert "XC-3.3a" in first.body["clauses"]
    assert [(g["clause"], g["about"]) for g in first.body["gaps"]] == [("XC-3.3a", "p-zu3")]
    done(study(w, team, "security", w.leader))
    assert "gaps" not in done(issue(w, team, asset_no="BJB-002")).body


def issue(w: RoundWorld, team: str, **changes: object) -> Answer:
    paper = ASSET | {"team_id": team.rpartition("/")[2]} | changes
    return w.do(ASSETS, "issue_asset", paper, by=w.leader)


@proves("XC-3.3b", check=1)
def test_without_a_pledge_nothing_restricted_is_read(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    session = f"{SESSIONS}/{done(w.session(team)).body['id']}"
    paper = f"{session}/papers/{w.item(session, w.member)['papers'][0]['id']}"
    refused(w.member.get(paper), "MISSING_SIGNATURE", "XC-3.3b")
    assert ("read_paper", "p-zu3", session.rpartition("/")[2]) in w.audited("MISSING_SIGNATURE")
    unsigned = w.do(team, "sign_pledge", {"pledged": False}, by=w.member)
    refused(unsigned, "MISSING_SIGNATURE", "XC-3.3b")
    done(w.do(team, "sign_pledge", {"pledged": True}, by=w.member))
    assert w.member.get(paper).status == 200


@proves("XC-3.3b", check=2)
def test_each_round_asks_for_a_pledge_of_its_own(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    done(w.do(team, "sign_pledge", {"pledged": True}, by=w.leader))
    again = w.do(team, "sign_pledge", {"pledged": True}, by=w.leader)
    refused(again, "DUPLICATE", "XC-3.3b")
    second = w.at("targets", ordinal=2)
    teams = [{"team_no": 1, "leader_id": "p-zu1", "deputy_ids": ["p-zu2"], "unit_ids": ["hou"]}]
    done(w.nominate(second, teams=teams))
    done(w.do(second, "submit_assignment_plan", {"teams": teams}))
    done(w.decide(second, w.deputy_head))
    done(w.decide(second, w.head))
    offered = {act["name"] for act in w.item(w.team(second, 1), w.leader)["acts"]}
    assert "sign_pledge" in offered
    assert "sign_pledge" not in {act["name"] for act in w.item(team, w.leader)["acts"]}


@proves("XC-3.3c", check=1)
def test_a_document_room_without_anybody_is_a_gap(w: RoundWorld) -> None:
    team = w.team(w.at("mobilised"), 1)
    posts = {"computers_id": "p-zu2", "talk_rooms_id": "p-zu3"}
    answer = done(w.do(team, "record_security_posts", posts, by=w.leader))
    assert "XC-3.3c" in answer.body["clauses"]
    assert w.gaps(team, "XC-3.3c") == {"document_room"}
    done(w.do(team, "record_security_posts", posts | {"document_room_id": "p-zu3"}, by=w.leader))
    assert w.gaps(team, "XC-3.3c") == set()


@proves("XC-3.3d", check=1)
def test_a_carrier_has_a_holder(w: RoundWorld) -> None:
    team = w.constituted(w.at("mobilised"))
    refused(issue(w, team, holder_id=""), "MISSING_FIELD", "XC-3.3d", field="holder_id")
    refused(issue(w, team, holder_id="p-zu5"), "OUT_OF_SCOPE", "XC-3.3d", field="holder_id")
    asset = f"{ASSETS}/{done(issue(w, team)).body['id']}"
    assert issue(w, team).code == "DUPLICATE"
    assert w.member.get(asset).status == 200
    assert w.office.get(asset).status == 404
    done(w.do(asset, "return_asset", {"returned_on": "2026-03-02"}, by=w.leader))


def test_teams_are_listed_for_their_own_people(w: RoundWorld) -> None:
    w.at("mobilised")
    assert [t["team_no"] for t in w.leader.get(TEAMS).body["items"]] == [1]
    assert [t["team_no"] for t in w.member_2.get(TEAMS).body["items"]] == [2]
    assert len(w.head.get(TEAMS).body["items"]) == 2
    assert w.world.as_("clerk1").get(TEAMS).body["items"] == []


@proves("XC-3.2b", check=1)
def test_on_site_too_the_branch_is_active_and_who_comes_late_signs_the_pledge(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    item, team = w.round_of(unit), w.team_at(unit)
    assert "XC-3.2b" in w.item(f"{item}/compliance")["clauses"]
    activity = {"held_on": "2026-03-02", "content": "主题党日"}
    assert "XC-3.2b" in done(w.do(team, "record_branch_activity", activity, by=w.member)).body["clauses"]
    assert "XC-3.2b" not in w.item(f"{item}/compliance")["clauses"]
    assert "sign_pledge" in {one["act"] for one in w.item(team, w.member)["not_now"]}
