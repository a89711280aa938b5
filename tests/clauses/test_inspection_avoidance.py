"""Who must avoid a unit says so on the day, and the office adjusts the teams (XC-2.3)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import (
    AVOIDANCES,
    CADRES,
    ENGAGEMENTS,
    RULES,
    SESSIONS,
    RoundWorld,
    done,
    refused,
)
from tests.clauses.test_inspection_publicity import RELEASE


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@proves("XC-2.3a", check=1)
def test_on_the_day_of_the_meeting_until_midnight_is_in_time(w: RoundWorld) -> None:
    item = w.at("mobilised")
    told = {e["to_person"] for e in w.events("notice_due") if e["template"] == "avoidance_to_declare"}
    assert told == {"p-zu1", "p-zu2", "p-zu3", "p-zu4", "p-zu5"}
    w.world.on(2026, 3, 2, 23, 59)
    answer = done(w.declare(item))
    assert "XC-2.3a" in answer.body["clauses"]
    mine = w.item(f"{AVOIDANCES}/{answer.body['id']}", w.member)
    assert (mine["late"], mine["declared_on"]) == (False, "2026-03-02")


@proves("XC-2.3a", check=2)
def test_the_day_after_is_late_and_taken_all_the_same(w: RoundWorld) -> None:
    item = w.at("mobilised")
    w.world.on(2026, 3, 3, 0, 0)
    answer = done(w.declare(item))
    assert "XC-2.3a" in answer.body["clauses"]
    assert w.item(f"{AVOIDANCES}/{answer.body['id']}")["late"] is True
    [event] = w.events("recusal_declared")
    assert event == {
        "round_id": item.rpartition("/")[2],
        "cadre_id": "p-zu3",
        "declared_on": "2026-03-03",
    }


@proves("XC-2.3b", check=1)
@pytest.mark.parametrize("relation", ["self", "spouse", "direct_relative"])
@pytest.mark.parametrize("field", ["unit_id", "post_or_work"])
def test_a_relation_is_declared_with_unit_and_post(w: RoundWorld, relation: str, field: str) -> None:
    left_out: dict[str, Any] = {"relation": relation, field: ""}
    answer = w.declare(w.at("mobilised"), **left_out)
    refused(answer, "MISSING_FIELD", "XC-2.3b", field=field)


@proves("XC-2.3b", check=2)
def test_any_other_matter_is_declared_in_words(w: RoundWorld) -> None:
    item = w.at("mobilised")
    bare = w.declare(item, relation="other", unit_id="", post_or_work="")
    refused(bare, "MISSING_FIELD", "XC-2.3b", field="other_matter")
    words = "曾与该单位有经济往来"
    answer = w.declare(item, relation="other", unit_id="", post_or_work="", other_matter=words)
    assert "XC-2.3b" in done(answer).body["clauses"]
    assert words not in json.dumps(w.events("recusal_declared") + w.events("notice_due"), ensure_ascii=False)


@proves("XC-2.3c", check=1)
def test_until_it_is_decided_the_units_files_are_closed_to_who_declared(w: RoundWorld) -> None:
    item = w.at("mobilised")
    engagement = f"{ENGAGEMENTS}/{done(w.take_up(w.team(item, 1))).body['id']}"
    assert w.member.get(engagement).status == 200
    done(w.declare(item))
    assert w.member.get(engagement).status == 404
    assert w.deputy.get(engagement).status == 200


@proves("XC-2.3c", check=1)
def test_who_declared_is_not_put_into_the_team_of_the_unit(w: RoundWorld) -> None:
    item = w.at("plan")
    cadre = f"{CADRES}/{done(w.lend(item)).body['id']}"
    done(w.declare(item))
    refused(w.join(cadre, w.team(item, 1)), "CONFLICT_OF_INTEREST", "XC-2.3c", field="team_id")
    done(w.join(cadre, w.team(item, 2)))


@proves("XC-2.3c", check=2)
def test_the_office_moves_the_cadre_and_says_nothing_of_the_relation(w: RoundWorld) -> None:
    item = w.at("mobilised")
    engagement = f"{ENGAGEMENTS}/{done(w.take_up(w.team(item, 1))).body['id']}"
    avoidance = f"{AVOIDANCES}/{done(w.declare(item)).body['id']}"
    first, second = w.team(item, 1), w.team(item, 2)
    moved = {"result_code": "moved", "new_team_id": second.rpartition("/")[2]}
    answer = done(w.do(avoidance, "decide_avoidance", moved))
    assert [(d["clause"], d["status"]) for d in answer.body["duties"]] == [("XC-2.3c", "met")]
    [event] = w.events("recusal_decided")
    assert event == {
        "round_id": item.rpartition("/")[2],
        "cadre_id": "p-zu3",
        "old_team": first.rpartition("/")[2],
        "new_team": second.rpartition("/")[2],
        "decided_on": "2026-03-02",
    }
    assert (w.member.get(first).status, w.member.get(second).status) == (404, 200)
    assert w.member.get(engagement).status == 404


def test_who_is_replaced_leaves_the_round(w: RoundWorld) -> None:
    item = w.at("mobilised")
    avoidance = f"{AVOIDANCES}/{done(w.declare(item)).body['id']}"
    done(w.do(avoidance, "decide_avoidance", {"result_code": "replaced"}))
    assert w.events("secondment_replacement_requested")[0]["reason_code"] == "avoidance"
    [mine] = w.member.get(CADRES).body["items"]
    assert (mine["state"], mine["team_id"]) == ("released", "")


def test_who_is_kept_sees_the_files_again_and_the_reason_is_on_record(w: RoundWorld) -> None:
    item = w.at("mobilised")
    engagement = f"{ENGAGEMENTS}/{done(w.take_up(w.team(item, 1))).body['id']}"
    avoidance = f"{AVOIDANCES}/{done(w.declare(item)).body['id']}"
    refused(w.do(avoidance, "decide_avoidance", {"result_code": "kept"}), "MISSING_REASON", "XC-2.3c")
    done(w.do(avoidance, "decide_avoidance", {"result_code": "kept", "reason": "亲属已调离"}))
    assert w.member.get(engagement).status == 200


@pytest.mark.parametrize("day", [3, 4, 5])
def test_the_office_is_reminded_after_two_working_days_and_never_called_late(w: RoundWorld, day: int) -> None:
    """*Promptly* has no length in the text: ours is a reminder, no breach."""
    item = w.at("mobilised")
    avoidance = f"{AVOIDANCES}/{done(w.declare(item)).body['id']}"
    w.world.on(2026, 3, day)
    [duty] = [d for d in w.item(avoidance)["duties"] if d["clause"] == "XC-2.3c"]
    assert (duty["due_on"], duty["light"]) == ("2026-03-04", {3: "amber", 4: "amber", 5: "red"}[day])
    answer = done(w.do(avoidance, "decide_avoidance", {"result_code": "kept", "reason": "已核"}))
    assert [d["late"] for d in answer.body["duties"]] == [False]


def test_an_application_is_there_for_the_office_and_the_applicant_alone(w: RoundWorld) -> None:
    avoidance = f"{AVOIDANCES}/{done(w.declare(w.at('mobilised'))).body['id']}"
    seen = {
        who
        for who in ("xc1", "xcd", "zu3", "zu1", "zu2", "xz1", "xz2", "head1", "sys", "sec", "aud", "edu-head")
        if w.world.as_(who).get(avoidance).status == 200
    }
    assert seen == {"xc1", "xcd", "zu3"}


@pytest.mark.parametrize("account", ["zu3", "clerk1", "sys"])
def test_who_is_not_in_the_round_learns_nothing_of_it(w: RoundWorld, account: str) -> None:
    client, item = w.world.as_(account), w.opened()
    strange = w.declare(item, by=client)
    unknown = w.declare("/inspection/rounds/nothing", by=client)
    assert (strange.status, strange.body) == (unknown.status, unknown.body)
    assert strange.code == ("UNKNOWN_REFERENCE" if account == "zu3" else "WRONG_ROLE")


def test_the_office_knows_of_the_round_and_takes_no_part_in_it(w: RoundWorld) -> None:
    refused(w.declare(w.opened(), by=w.office), "WRONG_ROLE", field="round_id")


def release_of(w: RoundWorld, unit: str) -> str:
    paper = RELEASE | {"engagement_id": unit.rpartition("/")[2]}
    return f"/inspection/releases/{done(w.do('/inspection/releases', 'draft_release', paper, by=w.leader)).body['id']}"


@proves("XC-2.3c", check=1)
def test_what_was_written_of_the_unit_is_closed_with_its_files_and_opens_with_them(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    release = release_of(w, unit)
    seen = [w.member.get(one).status for one in (unit, release)]
    avoidance = f"{AVOIDANCES}/{done(w.declare(w.round_of(unit))).body['id']}"
    assert "XC-2.3b" in w.item(avoidance)["timeline"][0]["clauses"]
    closed = [w.member.get(one).status for one in (unit, release)]
    assert w.deputy.get(release).status == 200
    assert [w.member.get(path).body["items"] for path in (ENGAGEMENTS, "/inspection/releases")] == [[], []]
    answer = done(w.do(avoidance, "decide_avoidance", {"result_code": "kept", "reason": "已核"}))
    assert "XC-2.3c" in answer.body["clauses"]
    opened = [w.member.get(one).status for one in (unit, release)]
    assert (seen, closed, opened) == ([200, 200], [404, 404], [200, 200])


@proves("XC-2.3c", check=1)
def test_while_another_application_for_the_unit_stands_its_files_stay_closed(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    item = w.round_of(unit)
    first, second = (f"{AVOIDANCES}/{done(w.declare(item)).body['id']}" for _ in range(2))
    kept = {"result_code": "kept", "reason": "已核"}
    assert "XC-2.3c" in done(w.do(first, "decide_avoidance", kept)).body["clauses"]
    assert w.member.get(unit).status == 404
    done(w.do(second, "decide_avoidance", kept))
    assert w.member.get(unit).status == 200


def test_in_the_units_files_stands_neither_who_stepped_aside_nor_why(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    before = w.item(unit, w.deputy)
    done(w.declare(w.round_of(unit)))
    after = w.item(unit, w.deputy)
    assert after["papers"] == before["papers"]
    new = after["timeline"][len(before["timeline"]) :]
    assert [(line["act"], line["person"], line["role"]) for line in new] == [
        ("change_staff", "system", "system")
    ]
    assert "p-zu3" not in json.dumps(new)


def test_who_declares_for_another_teams_unit_leaves_no_trace_at_that_team(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    before = w.item(unit, w.deputy)
    done(w.declare(w.round_of(unit), by=w.member_2))
    assert w.item(unit, w.deputy) == before


def test_a_liaison_who_left_the_team_is_its_liaison_no_longer(w: RoundWorld) -> None:
    item = w.at("mobilised")
    team = w.constituted(item)
    again = RULES | {"liaison_id": "p-zu2", "recorder_id": "p-zu2", "participant_ids": ["p-zu1", "p-zu2"]}
    refused(w.do(team, "constitute_meeting", again, by=w.leader), "DUPLICATE")
    avoidance = f"{AVOIDANCES}/{done(w.declare(item)).body['id']}"
    other = {"result_code": "moved", "new_team_id": w.team(item, 2).rpartition("/")[2]}
    done(w.do(avoidance, "decide_avoidance", other))
    left = w.item(team, w.leader)
    assert (left["state"], left["liaison_id"], left["recorder_id"]) == ("constituted", "", "")
    session = w.session(team, participant_ids=["p-zu1", "p-zu2"], recorder_id="p-zu2")
    assert w.member.get(f"{SESSIONS}/{done(session).body['id']}").status == 404
    assert "constitute_meeting" in {act["name"] for act in left["acts"]}
    done(w.do(team, "constitute_meeting", again, by=w.leader))
    assert w.item(team, w.leader)["liaison_id"] == "p-zu2"
