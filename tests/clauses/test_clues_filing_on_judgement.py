"""Persons whom a court has found guilty: no filing as a rule, the case goes straight to review."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.case_steps import COURT, CaseWorld
from tests.clauses.clues_steps import CLUES, done, refused


@pytest.fixture
def here(tmp_path: Path, clue_to_be_filed: Path) -> CaseWorld:
    return CaseWorld.copied(clue_to_be_filed, tmp_path)


@proves("LZ-15.10", check=1)
@pytest.mark.parametrize("effective_on", [None, "2026-03-03"], ids=["no date yet", "tomorrow"])
def test_a_judgement_that_is_not_in_force_yet_carries_no_case(
    here: CaseWorld, effective_on: str | None
) -> None:
    item = here.judged_case()
    done(here.court(item, effective_on=effective_on))
    refused(here.send_on_judgement(item), "WRONG_STATE", "LZ-15.10")
    assert here.case(item)["state"] == "opened"
    here.world.on(2026, 3, 3)
    if effective_on is None:
        refused(here.send_on_judgement(item), "WRONG_STATE", "LZ-15.10")
        done(here.court(item, effective_on="2026-03-03"))
    done(here.send_on_judgement(item))


@proves("LZ-15.10", check=2)
def test_filing_in_spite_of_a_judgement_in_force_gives_its_reason(here: CaseWorld) -> None:
    item = here.opinions_in()
    done(here.court(item, effective_on="2026-03-03"))
    done(here.court(item, effective_on="2026-03-02"))
    here.world.on(2026, 3, 3)
    answer = here.request_filing(item)
    refused(answer, "MISSING_REASON", "LZ-15.10")
    assert answer.body["field"] == "reason"
    done(here.request_filing(item, reason="另有未经裁判认定的违纪事实"))
    done(here.rule(item, here.head))
    assert here.case(item)["state"] == "filed"


def test_a_judgement_that_is_not_in_force_asks_for_no_reason(here: CaseWorld) -> None:
    item = here.opinions_in()
    done(here.court(item, effective_on="2026-03-03"))
    done(here.request_filing(item))
    here.world.on(2026, 3, 3)  # in force before the head decides
    refused(here.rule(item, here.head), "MISSING_REASON", "LZ-15.10")


@proves("LZ-15.11", check=1)
def test_without_the_court_document_nothing_is_sent(here: CaseWorld) -> None:
    item = here.judged_case()
    refused(here.send_on_judgement(item), "MISSING_DOCUMENT", "LZ-15.11")
    refused(here.do(item, "record_judgement", dict(COURT)), "MISSING_DOCUMENT", "LZ-15.11")
    assert here.case(item)["state"] == "opened"


@proves("LZ-15.11", check=2)
def test_with_the_document_the_case_goes_to_review_and_was_never_filed(here: CaseWorld) -> None:
    item = here.judged_case()
    done(here.court(item))
    refused(here.send_on_judgement(item, proposal_code="dismissal"), "OUT_OF_RANGE", "LZ-15.11")
    answer = done(here.send_on_judgement(item))
    assert {"LZ-15.11", "LZ-15.10"} <= set(answer.body["clauses"])
    case = here.case(item)
    assert (case["state"], case["filing_no"], case["path_code"]) == ("sent_for_review", "", "judgement")
    [event] = here.events("clues.case_sent_for_review")
    assert (event.data["path"], event.data["sent_on"]) == ("judgement", "2026-03-02")
    assert here.events("clues.case_filed") == []


def test_of_several_persons_each_has_a_judgement(here: CaseWorld) -> None:
    item = here.judged_case("p-edu-sec", "p-edu-clerk")
    refused(here.court(item), "MISSING_FIELD", "LZ-15.10")
    refused(here.court(item, subject_id="p-hou-sec"), "UNKNOWN_REFERENCE", "LZ-15.10")
    done(here.court(item, subject_id="p-edu-sec"))
    refused(here.send_on_judgement(item), "WRONG_STATE", "LZ-15.10")
    done(here.court(item, subject_id="p-edu-clerk"))
    done(here.send_on_judgement(item))


def test_a_clue_that_was_to_be_referred_comes_back_with_the_judgement(here: CaseWorld) -> None:
    clue = str(here.at(here.brought("conclude_verification", proposal="refer"))["clue_id"])
    assert here.shown(clue)["state"] == "referral_proposed"
    refused(here.clerk.act(f"{CLUES}/{clue}/begin_filing"), "WRONG_STATE", "LZ-15.4")
    refused(here.clerk.act(f"{CLUES}/{clue}/begin_on_judgement"), "MISSING_REASON", "LZ-15.10")
    done(here.clerk.act(f"{CLUES}/{clue}/begin_on_judgement", {"reason": "法院判决已生效"}))
    item = here.case_of(clue)
    done(here.court(item))
    done(here.send_on_judgement(item))
    assert here.shown(clue)["state"] == "case_opened"


def test_a_clue_that_is_not_the_offices_own_matter_is_no_case_of_it(here: CaseWorld) -> None:
    clue = str(done(here.found("p-edu-vice")).body["id"])
    paper = {"reason": "已有生效判决"}
    refused(here.clerk.act(f"{CLUES}/{clue}/begin_on_judgement", paper), "WRONG_STATE", "LZ-15.10")
    done(here.clerk.act(f"{CLUES}/{clue}/propose_submission", {"basis": "细则"}))
    done(here.approve(clue))
    refused(here.clerk.act(f"{CLUES}/{clue}/begin_on_judgement", paper), "OUT_OF_SCOPE", "LZ-15.10")
