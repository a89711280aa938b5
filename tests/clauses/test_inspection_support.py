"""Third parties, support of the commission's offices, key matters and cases (LZ-11.4, LZ-11.5, GL-1.5)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.intake_petitions import register
from tests.clauses.responsibility_steps import (
    ENGAGEMENTS,
    KEY_MATTERS,
    REQUESTS,
    ResponsibilityWorld,
    done,
    refused,
)
from tests.clauses.supervision_steps import Paper
from tests.world import Answer, Client

OPINION: Paper = {"given_on": "2026-03-02", "opinion": "采购价格高于市场平均水平"}
NEED: Paper = {"recipient_id": "ags", "need": "请指导账目核对"}
KEY: Paper = {"key_kind": "matter", "matter": "校服采购", "reason": "群众反映集中"}


@pytest.fixture
def w(tmp_path: Path) -> ResponsibilityWorld:
    return ResponsibilityWorld(tmp_path)


def invite(w: ResponsibilityWorld, check: str, **changes: Any) -> Answer:
    paper = {"check_id": check.rpartition("/")[2], "person_id": "p-zj", "question": "价格是否合理"} | changes
    return w.do(ENGAGEMENTS, "invite_third_party", paper, documents=("engagement_letter",))


def opine(w: ResponsibilityWorld, item: str, by: Client, **changes: Any) -> Answer:
    documents = ("third_party_opinion",)
    return w.do(item, "file_third_party_opinion", OPINION | changes, by=by, documents=documents)


@proves("LZ-11.4", check=1)
@pytest.mark.parametrize("files", ["third", "clerk"])
def test_an_opinion_is_linked_with_its_author_and_the_engagement_letter(
    w: ResponsibilityWorld, files: str
) -> None:
    third, check = w.third_party(), w.special()
    item = f"{ENGAGEMENTS}/{done(invite(w, check)).body['id']}"
    by = third if files == "third" else w.clerk
    assert "LZ-11.4" in done(opine(w, item, by, author_id="p-zj")).body["clauses"]
    shown = w.item(item)
    assert (shown["author_id"], shown["check_id"]) == ("p-zj", check.rpartition("/")[2])
    assert {shown["letter_id"], shown["opinion_id"]} == {one["id"] for one in shown["attachments"]}
    assert shown["letter_id"] != shown["opinion_id"]
    assert (shown["state"], shown["given_on"]) == ("opined", "2026-03-02")


def test_an_engagement_has_its_letter_and_the_opinion_of_who_was_engaged(w: ResponsibilityWorld) -> None:
    third, other, check = w.third_party(), w.third_party("zk"), w.special()
    asked = {"check_id": check.rpartition("/")[2], "person_id": "p-zj", "question": "价格是否合理"}
    refused(w.do(ENGAGEMENTS, "invite_third_party", asked), "MISSING_DOCUMENT", "LZ-11.4")
    refused(invite(w, check, person_id="p-edu-clerk"), "UNKNOWN_REFERENCE", field="person_id")
    refused(invite(w, "none"), "UNKNOWN_REFERENCE", field="check_id")
    item = f"{ENGAGEMENTS}/{done(invite(w, check)).body['id']}"
    assert other.get(item).status == w.unit.get(item).status == 404
    refused(opine(w, item, w.clerk), "UNKNOWN_REFERENCE", field="author_id")
    refused(opine(w, item, w.clerk, author_id="p-zk"), "UNKNOWN_REFERENCE", field="author_id")
    refused(opine(w, item, third, given_on="2026-03-03"), "DATE_ORDER", field="given_on")
    refused(w.do(item, "file_third_party_opinion", OPINION, by=third), "MISSING_DOCUMENT", "LZ-11.4")
    done(w.do(item, "end_third_party_engagement", {"reason": "不再需要"}))
    refused(opine(w, item, third), "WRONG_STATE")


@proves("LZ-11.4", check=2)
def test_a_third_party_gets_at_its_engagement_and_at_no_clue_petition_or_check(tmp_path: Path) -> None:
    w = ResponsibilityWorld(tmp_path, services=("inspection", "clues", "intake"))
    third, check = w.third_party(), w.special()
    item = f"{ENGAGEMENTS}/{done(invite(w, check)).body['id']}"
    assert "LZ-11.4" in {c for line in w.item(item, third)["timeline"] for c in line["clauses"]}
    petition, clue = register(w.world)["id"], w.registered_clue()
    for hidden in (f"/intake/petitions/{petition}", f"/clues/clues/{clue}", check):
        answer = third.get(hidden)
        assert (answer.status, answer.code) == (404, "UNKNOWN_REFERENCE")
        assert w.refusals_on(hidden) == ["ACCESS_DENIED"]
    for place in ("/intake/petitions", "/clues/clues", "/inspection/special-supervisions"):
        assert w.listed(place, third) == []


@proves("LZ-11.5", check=1)
@pytest.mark.parametrize(
    ("office", "role", "account"),
    [
        ("ags", "case_supervision_office", "ags1"),
        ("dfs", "party_conduct_office", "dfs1"),
        ("xfs", "petition_office", "xfhead"),
    ],
)
def test_the_office_that_is_asked_receives_the_request_and_answers_it(
    w: ResponsibilityWorld, office: str, role: str, account: str
) -> None:
    made = done(w.do(REQUESTS, "request_support", NEED | {"recipient_id": office})).body
    item, asked = f"{REQUESTS}/{made['id']}", w.world.as_(account)
    assert "LZ-11.5" in made["clauses"]
    [event] = w.events("support_requested")
    assert event == {"request_id": made["id"], "office_id": "pz1", "recipient_role": role}
    assert w.told("support_requested") == [(role, office)]
    assert w.item(item, asked)["state"] == "sent"
    assert made["id"] in {one["id"] for one in w.listed("/inspection/worklist", asked)}
    answer = {"answered_on": "2026-03-02", "answer": "可以派员指导"}
    refused(w.do(item, "answer_support_request", answer), "WRONG_ROLE")
    assert "LZ-11.5" in done(w.do(item, "answer_support_request", answer, by=asked)).body["clauses"]
    shown = w.item(item)
    assert (shown["state"], shown["answered_on"]) == ("answered", "2026-03-02")
    assert w.told("support_answered") == [("dispatched_office_head", "pz1")]
    others = {"ags1", "dfs1", "xfhead", "jd1", "leader", "head2"} - {account}
    assert {w.world.as_(one).get(item).status for one in others} == {404}


@proves("LZ-11.5", check=2)
@pytest.mark.parametrize("need", [None, "", "  "])
def test_a_request_says_what_is_needed(w: ResponsibilityWorld, need: str | None) -> None:
    paper = {key: value for key, value in (NEED | {"need": need}).items() if value is not None}
    refused(w.do(REQUESTS, "request_support", paper), "MISSING_REASON", "LZ-11.5", field="need")
    assert w.listed(REQUESTS) == w.events("support_requested") == []


def test_support_is_asked_of_offices_of_the_commission(w: ResponsibilityWorld) -> None:
    for other in ("edu", "pz2", "xcb", "nobody"):
        paper = NEED | {"recipient_id": other}
        refused(w.do(REQUESTS, "request_support", paper), "WRONG_ROUTE", field="recipient_id")
    refused(w.do(REQUESTS, "request_support", NEED | {"check_id": "none"}), "UNKNOWN_REFERENCE")
    check = w.special().rpartition("/")[2]
    of = done(w.do(REQUESTS, "request_support", NEED | {"check_id": check})).body["id"]
    assert w.item(f"{REQUESTS}/{of}")["check_id"] == check


@proves("GL-1.5", check=1)
@pytest.mark.parametrize(
    ("choice", "kind"), [("taken_up", "matter"), ("left_out", "matter"), ("taken_up", "case")]
)
def test_what_is_marked_key_is_listed_with_its_reason(w: ResponsibilityWorld, choice: str, kind: str) -> None:
    paper = KEY | {"choice": choice, "key_kind": kind, "unit_id": "edu"}
    made = done(w.do(KEY_MATTERS, "mark_key_matter", paper, by=w.head)).body
    assert "GL-1.5" in made["clauses"]
    listed = w.only(KEY_MATTERS)
    assert (listed["id"], listed["choice_code"], listed["key_kind"]) == (made["id"], choice, kind)
    item = f"{KEY_MATTERS}/{made['id']}"
    [kept] = w.item(item)["papers"]
    assert w.item(f"{item}/papers/{kept['id']}")["form"]["reason"] == KEY["reason"]
    for outsider in (w.unit, w.stranger, w.liaison):
        assert outsider.get(item).status == 404
    settled = {"settled_on": "2026-03-02", "outcome": "已督促整改"}
    refused(w.do(item, "settle_key_matter", settled | {"settled_on": "2026-03-03"}, by=w.head), "DATE_ORDER")
    refused(w.do(item, "settle_key_matter", settled), "WRONG_ROLE")
    done(w.do(item, "settle_key_matter", settled, by=w.deputy))
    assert w.item(item)["state"] == "settled"


@proves("GL-1.5", check=2)
@pytest.mark.parametrize("reason", [None, "", " "])
def test_nothing_is_marked_key_without_a_reason(w: ResponsibilityWorld, reason: str | None) -> None:
    paper = {key: value for key, value in (KEY | {"reason": reason}).items() if value is not None}
    refused(
        w.do(KEY_MATTERS, "mark_key_matter", paper, by=w.head), "MISSING_REASON", "GL-1.5", field="reason"
    )
    assert w.listed(KEY_MATTERS) == []
    refused(w.do(KEY_MATTERS, "mark_key_matter", KEY), "WRONG_ROLE")
    out = KEY | {"unit_id": "hou"}
    refused(w.do(KEY_MATTERS, "mark_key_matter", out, by=w.head), "OUT_OF_SCOPE", field="unit_id")
