"""Clues that leave while the round goes on (XC-25, XC-26)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.clauses.test_inspection_interviews import PLAN, TAG, interview
from tests.clauses.transfer_steps import LEDGER, SCANS
from tests.world import Answer

CLUES = "/inspection/found-clues"
RECTIFY = {"matter_code": "eight_rules", "opinion": "处置建议"}
INVESTIGATE = {"urgency": "情况紧急", "necessity": "确有必要"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def clue(w: RoundWorld, *subjects: str) -> str:
    unit = w.unit_at("entered")
    done(w.do(unit, "plan_interviews", PLAN, by=w.leader))
    tag = TAG | {"subject_ids": list(subjects or ("p-edu-vice",))}
    done(w.do(interview(w, unit), "tag_clue", tag, by=w.member))
    [found] = w.leader.get(CLUES).body["items"]
    return f"{CLUES}/{found['id']}"


def send(w: RoundWorld, item: str, route: str, **changes: Any) -> Answer:
    director = w.world.as_("xcd")
    sheet = {
        "round_id": "2026-1",
        "found_no": "7",
        "batch_id": "B-1",
        "route": route,
        "receiver": "discipline_commission",
        "consent_ref": "LD-1",
        "found_clue_id": item.rpartition("/")[2],
        "unit_id": "edu",
        "subject_ids": ["p-edu-vice"],
        "transferred_on": "2026-03-02",
        "summary": "主要问题",
    } | changes
    attached = [{"kind": kind, "id": director.upload("inspection")} for kind in SCANS[route]]
    return director.act(f"{LEDGER}/transfer_clue", sheet, attachments=attached)


@proves("XC-25.0b", check=1)
def test_only_clues_on_cadres_managed_here_are_forwarded(w: RoundWorld) -> None:
    item = clue(w, "p-edu-sec")
    refused(w.do(item, "propose_rectifying_now", RECTIFY, by=w.leader), "OUT_OF_SCOPE", "XC-25.0b")


@proves("XC-25.0b", check=2)
@pytest.mark.parametrize("matter", ["corruption", "other"])
def test_a_clue_on_anything_else_waits(w: RoundWorld, matter: str) -> None:
    item = clue(w)
    answer = w.do(item, "propose_rectifying_now", RECTIFY | {"matter_code": matter}, by=w.leader)
    refused(answer, "OUT_OF_SCOPE", "XC-25.0b", field="matter_code")
    refused(w.do(item, "propose_rectifying_now", RECTIFY, by=w.deputy), "WRONG_ROLE", "XC-25.0b")


@proves("XC-25.0c", check=1)
def test_without_consent_the_clue_stays(w: RoundWorld) -> None:
    item = clue(w)
    assert w.world.as_("xcd").get(item).status == 404
    done(w.do(item, "propose_rectifying_now", RECTIFY, by=w.leader))
    refused(send(w, item, "rectify_now"), "APPROVAL_REQUIRED", "XC-25.0c", field="found_clue_id")
    refused(w.do(item, "refuse_expedite", {}, by=w.head), "MISSING_REASON", "XC-25.0c")
    done(w.do(item, "refuse_expedite", {"reason": "随轮次移交"}, by=w.head))
    refused(send(w, item, "rectify_now"), "APPROVAL_REQUIRED", "XC-25.0c", field="found_clue_id")
    assert w.item(item, w.leader)["state"] == "registered"


@proves("XC-25.0d", check=1)
def test_with_consent_it_is_handed_to_the_commission(w: RoundWorld) -> None:
    item = clue(w)
    done(w.do(item, "propose_rectifying_now", RECTIFY, by=w.leader))
    refused(w.do(item, "consent_to_expedite", by=w.world.as_("xcd")), "WRONG_ROLE", "XC-25.0c")
    done(w.do(item, "consent_to_expedite", by=w.deputy_head))
    assert "XC-25.0d" in done(send(w, item, "rectify_now")).body["clauses"]
    [event] = w.events("clue_transferred")
    assert (event["route"], event["receiver"]) == ("rectify_now", "discipline_commission")
    assert w.item(item, w.leader)["state"] == "transferred"


@proves("XC-25.0d", check=2)
def test_nobody_else_receives_it(w: RoundWorld) -> None:
    item = clue(w)
    done(w.do(item, "propose_rectifying_now", RECTIFY, by=w.leader))
    done(w.do(item, "consent_to_expedite", by=w.head))
    answer = send(w, item, "rectify_now", receiver="organisation_department")
    refused(answer, "WRONG_ADDRESSEE", "XC-25.0d", field="receiver")


@proves("XC-26.0a", check=1)
def test_the_units_own_leadership_is_not_investigated_on_this_way(w: RoundWorld) -> None:
    item = clue(w, "p-edu-vice")
    refused(w.do(item, "propose_investigating_now", INVESTIGATE, by=w.leader), "OUT_OF_SCOPE", "XC-26.0a")


@proves("XC-26.0a", check=2)
@pytest.mark.parametrize("field", ["urgency", "necessity"])
def test_a_proposal_says_why_it_is_urgent_and_needed(w: RoundWorld, field: str) -> None:
    item = clue(w, "p-edu-sec")
    answer = w.do(item, "propose_investigating_now", INVESTIGATE | {field: ""}, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-26.0a", field=field)


@proves("XC-26.0b", check=1)
def test_without_approval_nothing_is_transferred(w: RoundWorld) -> None:
    item = clue(w, "p-edu-sec")
    done(w.do(item, "propose_investigating_now", INVESTIGATE, by=w.leader))
    here = {"subject_ids": ["p-edu-sec"]}
    refused(send(w, item, "investigate_now", **here), "APPROVAL_REQUIRED", "XC-26.0b", field="found_clue_id")
    done(w.do(item, "consent_to_expedite", by=w.head))
    other = send(w, item, "rectify_now", **here)
    refused(other, "APPROVAL_REQUIRED", "XC-25.0c", field="found_clue_id")


@proves("XC-26.0c", check=1)
def test_an_approved_proposal_goes_to_the_commission_at_once(w: RoundWorld) -> None:
    item = clue(w, "p-edu-sec")
    done(w.do(item, "propose_investigating_now", INVESTIGATE, by=w.leader))
    done(w.do(item, "consent_to_expedite", by=w.head))
    answer = done(send(w, item, "investigate_now", subject_ids=["p-edu-sec"]))
    assert "XC-26.0c" in answer.body["clauses"]
    assert [e["route"] for e in w.events("clue_transferred")] == ["investigate_now"]


def test_who_a_clue_was_not_laid_before_does_not_know_of_it(w: RoundWorld) -> None:
    item = clue(w)
    done(w.do(item, "propose_rectifying_now", RECTIFY, by=w.leader))
    accounts = ("zu1", "zu2", "zu3", "xz1", "xz2", "xcd", "xz3", "xc1", "zu4", "head1", "edu-vice", "sys")
    known = {one for one in accounts if one != "edu-vice" and w.world.as_(one).get(item).status == 200}
    assert known == {"zu1", "zu2", "zu3", "xz1", "xz2", "xcd"}
