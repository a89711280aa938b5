"""Help of functional departments and professional bodies (XC-21)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.inspection.domain.questioning_codes import tells
from tests.clause_proof import proves
from tests.clauses.petition_steps import clue_of, id_of, petition
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.clauses.test_inspection_working_papers import issue
from tests.world import Answer, Client

REQUESTS, TASKS = "/inspection/assistance-requests", "/inspection/help-tasks"
HELP: dict[str, Any] = {
    "channel": "inspection_office",
    "assistant": "区审计部门",
    "topic": "audit",
    "letter": "请派两名专业人员协助核对账目。",
}
GRANT = {"answered_on": "2026-03-02"}
TASK: dict[str, Any] = {"helper_id": "p-dfs1", "leading_member_id": "p-zu2", "task": "核对账目"}
WORK: dict[str, Any] = {"done_on": "2026-03-02", "leading_member_id": "p-zu2", "content": "已核对"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    return w.unit_at("entered")


def ask(w: RoundWorld, unit: str, *, by: Client | None = None, **changes: Any) -> Answer:
    paper = HELP | {"engagement_id": id_of(unit)} | changes
    return w.do(REQUESTS, "request_assistance", paper, by=by or w.member)


def granted(w: RoundWorld, unit: str) -> str:
    item = f"{REQUESTS}/{done(ask(w, unit)).body['id']}"
    done(w.do(item, "record_grant", GRANT, by=w.member))
    return item


def assign(w: RoundWorld, unit: str, request: str, **changes: Any) -> Answer:
    of = {"engagement_id": id_of(unit), "assistance_id": id_of(request)}
    return w.do(TASKS, "assign_help_task", TASK | of | changes, by=w.member)


def task(w: RoundWorld, unit: str) -> str:
    return f"{TASKS}/{done(assign(w, unit, granted(w, unit))).body['id']}"


@proves("XC-21.0a", check=1)
def test_the_team_asks_nobody_by_itself(w: RoundWorld, unit: str) -> None:
    refused(ask(w, unit, channel="inspection_team"), "WRONG_ROUTE", "XC-21.0a", field="channel")
    assert w.events("assistance_requested") == []
    done(ask(w, unit, channel="inspected_party_org"))


@proves("XC-21.0a", check=2)
def test_what_is_told_is_the_topic_alone(w: RoundWorld, unit: str) -> None:
    assert "XC-21.0a" in done(ask(w, unit)).body["clauses"]
    [event] = w.events("assistance_requested")
    assert set(event) == {"round_id", "team_id", "channel", "stated_topic"}
    assert (event["channel"], event["stated_topic"]) == ("inspection_office", "audit")


@proves("XC-21.0b", check=1)
def test_a_helper_works_led_by_one_of_the_team(w: RoundWorld, unit: str) -> None:
    item, helper = task(w, unit), w.world.as_("dfs1")
    bare = {key: value for key, value in WORK.items() if key != "leading_member_id"}
    missing = w.do(item, "record_help", bare, by=helper)
    refused(missing, "MISSING_FIELD", "XC-21.0b", field="leading_member_id")
    strange = w.do(item, "record_help", WORK | {"leading_member_id": "p-zu5"}, by=helper)
    refused(strange, "OUT_OF_SCOPE", "XC-21.0b", field="leading_member_id")
    done(w.do(item, "record_help", WORK, by=helper))
    refused(w.do(item, "finish_help_task", {"result": "无误"}, by=helper), "WRONG_ROLE")
    done(w.do(item, "finish_help_task", {"result": "无误"}, by=w.deputy))


@proves("XC-21.0b", check=2)
def test_a_helper_reads_the_task_and_nothing_else(w: RoundWorld, unit: str) -> None:
    """Ruling 9: the answer is that of an unknown id; the audit trail has the refusal."""
    request = granted(w, unit)
    answer = done(assign(w, unit, request))
    assert "XC-21.0b" in answer.body["clauses"]
    item, helper = f"{TASKS}/{answer.body['id']}", w.world.as_("dfs1")
    assert helper.get(item).status == 200
    finding, letter = issue(w, unit), petition(w, unit)
    for other in (request, unit, w.team_at(unit), finding, letter):
        assert helper.get(other).status == 404
        assert ("read", "p-dfs1", id_of(other)) in w.audited("ACCESS_DENIED")
    assert {w.world.as_(one).get(item).status for one in ("zu4", "xc1", "sls1", "edu-head")} == {404}


def test_a_task_follows_a_request_that_was_granted(w: RoundWorld, unit: str) -> None:
    asked = f"{REQUESTS}/{done(ask(w, unit)).body['id']}"
    refused(assign(w, unit, asked), "PRECONDITION_NOT_MET", "XC-21.0b", field="assistance_id")
    done(w.do(asked, "record_decline", GRANT, by=w.leader))
    refused(assign(w, unit, asked), "PRECONDITION_NOT_MET", "XC-21.0b", field="assistance_id")
    request = granted(w, unit)
    refused(assign(w, unit, request, helper_id="p-zu2"), "OUT_OF_SCOPE", "XC-21.0b", field="helper_id")
    refused(assign(w, unit, unit), "UNKNOWN_REFERENCE", "XC-21.0b", field="assistance_id")


@proves("XC-21.0c", check=1)
@pytest.mark.parametrize("sensitive", [True, False])
def test_what_is_sensitive_stays_with_the_team(w: RoundWorld, unit: str, *, sensitive: bool) -> None:
    found = issue(w, unit, sensitive=sensitive)
    answer = ask(w, unit, issue_id=id_of(found))
    if sensitive:
        refused(answer, "OUT_OF_SCOPE", "XC-21.0c", field="issue_id")
    else:
        assert "XC-21.0c" in done(answer).body["clauses"]
    refused(ask(w, unit, issue_id="nothing"), "UNKNOWN_REFERENCE", "XC-21.0c", field="issue_id")


def clue(w: RoundWorld, unit: str) -> Any:
    """A clue that a petition led to; its allegation: 在设备采购中收受供应商财物."""
    item = petition(w, unit)
    made = done(clue_of(w, unit, item, summary="在设备采购中收受供应商财物"))
    return w.item(f"/inspection/found-clues/{made.body['id']}", w.leader)


@proves("XC-21.0d", check=1)
@pytest.mark.parametrize("told", ["no", "person", "name", "allegation"])
def test_a_letter_tells_nothing_of_the_clue(w: RoundWorld, unit: str, told: str) -> None:
    of = clue(w, unit)
    text = {
        "no": f"关于{of['no']}的协助",
        "person": "请核对p-edu-sec经手的账目",
        "name": "请核对孔某经手的账目",
        "allegation": "请协助核实其在设备采购中 收受供应商的情况",
    }[told]
    linked = {"clue_id": of["id"], "guarded_words": ["孔某"]}
    refused(ask(w, unit, **linked, letter=text), "CONTENT_RULE", "XC-21.0d", field="letter")
    bare = ask(w, unit, clue_id=of["id"])
    refused(bare, "MISSING_FIELD", "XC-21.0d", field="guarded_words")
    item = f"{REQUESTS}/{done(ask(w, unit, **linked)).body['id']}"
    assert {w.world.as_(one).get(item).status for one in ("zu1", "zu3")} == {200}
    assert {w.world.as_(one).get(item).status for one in ("zu2", "xc1", "dfs1", "xz1")} == {404}
    event = json.dumps(w.events("assistance_requested"), ensure_ascii=False)
    assert of["no"] not in event
    assert of["id"] not in event


@pytest.mark.parametrize(
    ("letter", "guarded", "told"),
    [
        ("请核对一二三四五六七八号账", "一二三四五六七八", True),
        ("请核对一二三四五六七号账", "一二三四五六七八", False),
        ("请核对一二三 四五六七八号账", "零一二三四五六七八九", True),
        ("请核对账目", "账目", True),
        ("请核对账目", "", False),
    ],
)
def test_eight_characters_in_a_row_tell(letter: str, guarded: str, *, told: bool) -> None:
    """Of a shorter text the whole of it."""
    assert tells(letter, guarded) is told
