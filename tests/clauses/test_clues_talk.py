"""Disposition talks: after approval, by the head or a deputy, with somebody of the unit beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, CluesWorld, done, refused


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


@pytest.fixture
def clue(here: CluesWorld) -> str:
    return here.disposed(str(done(here.found("p-edu-sec")).body["id"]), "talk")


def test_a_talk_leads_to_an_explanation_and_then_to_the_closing(here: CluesWorld, clue: str) -> None:
    assert done(here.talk(clue, accompanying_ids=["p-edu-head"])).body["state"] == "talk_held"
    refused(here.propose_closing(clue), "MISSING_DOCUMENT", "LZ-13.10")
    done(here.explain(clue))
    here.close_proposed(clue)
    done(here.report(clue))
    assert done(here.close(clue)).body["state"] == "closed"
    [event] = here.events("clues.talk_held")
    assert (event.data["speaker_role"], event.data["held_on"]) == ("dispatched_office_deputy", "2026-03-02")


@proves("LZ-13.5", check=1)
@pytest.mark.parametrize("speaker", ["p-clerk1", "p-clerk2", "p-head2", "p-edu-head", "p-nobody"])
def test_nobody_but_the_offices_head_or_deputy_holds_a_talk(
    here: CluesWorld, clue: str, speaker: str
) -> None:
    refused(here.talk(clue, speaker_id=speaker), "WRONG_ROLE", "LZ-13.5")
    assert here.shown(clue)["state"] == "disposition_approved"


@proves("LZ-13.6", check=2)
def test_who_sits_beside_is_of_the_same_unit(here: CluesWorld, clue: str) -> None:
    refused(here.talk(clue, accompanying_ids=["p-hou-head"]), "OUT_OF_SCOPE", "LZ-13.6")
    refused(here.talk(clue, accompanying_ids=["p-edu-sec"]), "CONFLICT_OF_INTEREST", "LZ-13.6")
    done(here.talk(clue, accompanying_ids=["p-edu-clerk"]))


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"])
def test_a_talk_is_not_dated_before_its_approval_or_after_today(
    here: CluesWorld, clue: str, day: str
) -> None:
    refused(here.talk(clue, held_on=day), "DATE_ORDER", "LZ-13.5")


def test_an_approved_talk_is_no_letter_and_an_approved_letter_no_talk(here: CluesWorld, clue: str) -> None:
    refused(here.issue(clue), "APPROVAL_REQUIRED", "LZ-13.1")
    other = here.disposed(str(done(here.found("p-edu-sec")).body["id"]), "inquiry")
    refused(here.talk(other), "APPROVAL_REQUIRED", "LZ-13.1")


def test_a_head_who_proposed_and_approved_does_not_record_the_talk_as_well(here: CluesWorld) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"])
    documents = ("collective_study_minutes", "talk_plan", "work_contingency_plan")
    done(here.propose(clue, "talk", by=here.head, documents=documents))
    done(here.approve(clue))
    record = {"speaker_id": "p-head1", "content": "谈话"}
    refused(here.head.act(f"{CLUES}/{clue}/record_talk", record), "SELF_APPROVAL", "LZ-22.15")
