"""Clues that a unit finds: handed over to the dispatched office, which submits them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import BASIS, CLUES, CluesWorld, done, refused
from tests.world import Answer


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


def hand_over(here: CluesWorld, *, who: str = "edu-clerk", **changes: object) -> Answer:
    paper = {
        "source_code": "audit",
        "found_on": "2026-03-02",
        "subject_ids": ["p-edu-sec"],
        "facts": "审计发现的问题",
    }
    return here.world.as_(who).act(f"{CLUES}/hand_over_clue", paper | changes)


def submit(here: CluesWorld, clue: str) -> Answer:
    return here.head.act(f"{CLUES}/{clue}/submit_unit_clue")


@proves("LZ-12.21", check=1)
def test_a_unit_hands_over_what_it_found_and_says_where(here: CluesWorld) -> None:
    done(hand_over(here))
    answer = hand_over(here, source_code="other")
    refused(answer, "MISSING_FIELD", "LZ-12.21")
    assert answer.body["field"] == "source_note"
    done(hand_over(here, source_code="other", source_note="信访接待"))
    events = here.events("clues.clue_received_from_unit")
    assert [e.data["source_code"] for e in events] == ["audit", "other"]
    assert {(e.data["unit_id"]) for e in events} == {"edu"}
    assert hand_over(here, source_code="rumour").code == "OUT_OF_RANGE"


@proves("LZ-12.21", check=2)
def test_a_unit_reads_nothing_of_the_ledger(here: CluesWorld) -> None:
    clue = done(here.found("p-edu-sec")).body["id"]
    done(hand_over(here, who="edu-head"))
    unit = here.world.as_("edu-head")
    assert unit.get(f"{CLUES}/{clue}").code == "UNKNOWN_REFERENCE"
    assert unit.get(CLUES).body["items"] == []
    assert [entry.code for entry in here.audited(clue, "refused")] == ["ACCESS_DENIED"]


@proves("LZ-12.22", check=1)
def test_what_a_unit_found_is_submitted_and_filed_whoever_disposes_of_it(here: CluesWorld) -> None:
    clue = str(done(hand_over(here)).body["id"])
    done(here.propose(clue, by=here.head))
    done(here.approve(clue))
    done(submit(here, clue))
    assert here.events("clues.clue_submitted") == []
    done(here.approve(clue))
    assert len(here.events("clues.clue_submitted")) == 1
    recipients = ("liaison_discipline_office", "case_supervision_office")
    for recipient in recipients:
        done(here.head.act(f"{CLUES}/{clue}/file_for_record", {"recipient_role": recipient}))
    shown = here.shown(clue, here.head)
    clocks = sorted((d["clause"], d["recipient"], d["status"]) for d in shown["duties"])
    assert clocks == [
        ("LZ-12.20", "case_supervision_office", "met"),
        ("LZ-12.20", "liaison_discipline_office", "met"),
        ("LZ-12.22", "case_supervision_office", "met"),
    ]
    assert shown["state"] == "disposition_approved"
    refused(submit(here, clue), "DUPLICATE", "LZ-12.22")


@proves("LZ-12.22", check=2)
@pytest.mark.parametrize("recipient", ["case_supervision_office", "liaison_discipline_office"])
@pytest.mark.parametrize("who", ["edu-clerk", "edu-head"])
def test_a_unit_submits_nothing_past_the_dispatched_office(
    here: CluesWorld, who: str, recipient: str
) -> None:
    refused(hand_over(here, who=who, recipient_role=recipient), "WRONG_ROUTE", "LZ-12.22")
    assert here.listed(here.head) == []


def test_what_the_office_found_itself_is_not_submitted_beside_its_disposition(here: CluesWorld) -> None:
    clue = done(here.found("p-edu-sec")).body["id"]
    refused(submit(here, clue), "WRONG_ROUTE", "LZ-12.22")


def test_on_an_official_of_the_district_the_submission_meets_both_clocks(here: CluesWorld) -> None:
    clue = str(done(hand_over(here, subject_ids=["p-edu-vice"])).body["id"])
    refused(submit(here, clue), "OUT_OF_SCOPE", "LZ-12.18")
    done(here.deputy.act(f"{CLUES}/{clue}/propose_submission", BASIS))
    done(here.approve(clue))
    answer = done(here.deputy.act(f"{CLUES}/{clue}/submit_clue"))
    assert {(d["clause"], d["status"]) for d in answer.body["duties"]} == {
        ("LZ-12.18", "met"),
        ("LZ-12.22", "met"),
    }


def test_nobody_hands_over_a_clue_on_themselves_or_from_an_office(here: CluesWorld) -> None:
    assert hand_over(here, subject_ids=["p-edu-clerk"]).code == "CONFLICT_OF_INTEREST"
    assert hand_over(here, who="clerk1").code == "WRONG_ROLE"
    assert hand_over(here, who="xf1").code == "WRONG_ROLE"


def test_the_offices_leaders_are_told_of_what_a_unit_found(here: CluesWorld) -> None:
    done(hand_over(here))
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "clue_registered"]
    assert [(n["to_role"], n["office_id"]) for n in told] == [("dispatched_office_leader", "pz1")]
