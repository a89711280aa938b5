"""Pre-checks of handling and of sanctions in eight-point matters, before they are decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.decision_steps import PRECHECKS, DecisionWorld


@pytest.fixture
def here(tmp_path: Path, case_to_be_reviewed: Path) -> DecisionWorld:
    """With a case that was sent for review, and no eight-point matter."""
    return DecisionWorld.copied(case_to_be_reviewed, tmp_path)


def reported(here: DecisionWorld, *, eight_point: bool) -> str:
    """A verification whose report, approved by the head, proposes organisational handling."""
    item = here.brought("record_study")
    done(here.report_on(item, "handle", handling_code="organisational", eight_point=eight_point))
    done(here.decide(item, here.head))
    return item


def eight_point_case(here: DecisionWorld) -> str:
    """Reviewed, on a sanction in an eight-point matter."""
    item = here.accepted()
    done(here.examine(item, evidence_code="more_evidence", reason="补充八项规定问题材料"))
    done(here.send_for_review(item, eight_point=True))
    done(here.accept(item))
    return here.completed(item)


def agreed(here: DecisionWorld, item: str) -> str:
    done(here.propose_sanction(item))
    done(here.communicate(item))
    return item


@proves("LZ-19.5", check=1)
def test_in_an_eight_point_matter_handling_waits_for_the_pre_check(here: DecisionWorld) -> None:
    item = reported(here, eight_point=True)
    refused(here.act(item, "conclude_verification"), "OPINION_OUTSTANDING", "LZ-19.5")
    done(here.ask_on_verification(item))
    refused(here.act(item, "conclude_verification"), "OPINION_OUTSTANDING", "LZ-19.5")
    [event] = here.events("clues.precheck_requested")
    assert event.data["recipient_role"] == "party_conduct_office"
    conduct = here.world.as_("dfs1")
    precheck = here.precheck()
    returned = {"result_code": "return_with_opinion"}
    refused(here.opine(precheck, conduct, **returned), "MISSING_REASON", "LZ-19.5")
    done(here.opine(precheck, conduct, **returned, opinion="处理偏轻"))
    refused(here.act(item, "conclude_verification"), "OPINION_OUTSTANDING", "LZ-19.5")
    done(here.ask_on_verification(item))
    done(here.opine(here.precheck(), conduct))
    done(here.act(item, "conclude_verification"))
    assert [e.data["result_code"] for e in here.events("clues.precheck_decided")] == [
        "return_with_opinion", "consent",
    ]  # fmt: skip
    clue = here.clue_of(item)
    assert clue["state"] == "handling_proposed"
    done(here.report_clue(clue["id"]))
    assert done(here.handle(clue["id"])).body["state"] == "handled"


@proves("LZ-19.5", check=2)
def test_in_any_other_matter_handling_needs_no_pre_check(here: DecisionWorld) -> None:
    item = reported(here, eight_point=False)
    done(here.act(item, "conclude_verification"))
    clue = here.clue_of(item)["id"]
    done(here.report_clue(clue))
    answer = done(here.handle(clue))
    assert answer.body["state"] == "handled"
    assert here.events("clues.precheck_requested") == []
    refused(here.ask_on_verification(item, "case_supervision_office"), "WRONG_ROUTE", "LZ-19.5")


def test_a_case_that_is_not_filed_gives_no_way_around_the_pre_check(here: DecisionWorld) -> None:
    item = here.brought("record_study")
    done(here.report_on(item, "file_case", eight_point=True))
    done(here.decide(item, here.head))
    done(here.act(item, "conclude_verification"))
    clue = str(here.at(item)["clue_id"])
    done(here.clerk.act(f"/clues/clues/{clue}/begin_filing"))
    case = here.case_of(clue)
    refused(here.drop(case, handling_code="organisational"), "OPINION_OUTSTANDING", "LZ-19.5")
    done(here.drop(case, outcome_code="minor"))


@proves("LZ-19.6", check=1)
def test_in_an_eight_point_case_no_sanction_goes_on_without_the_pre_check(here: DecisionWorld) -> None:
    item = agreed(here, eight_point_case(here))
    refused(here.send_to_review_office(item), "OPINION_OUTSTANDING", "LZ-19.6")
    done(here.ask_on_case(item))
    refused(here.ask_on_case(item), "DUPLICATE", "LZ-19.6")
    refused(here.send_to_review_office(item), "OPINION_OUTSTANDING", "LZ-19.6")
    done(here.opine(here.precheck(), here.review_office))
    done(here.send_to_review_office(item))


@proves("LZ-19.6", check=1)
@pytest.mark.parametrize("act", ["record_units_decision", "decide_sanction", "request_commissions_decision"])
def test_where_every_sanction_is_pre_checked_none_is_decided_without(
    tmp_path: Path, case_with_the_unit_told: Path, act: str
) -> None:
    """The parameter came into force when the case had gone past the office that would have asked for it."""
    here = DecisionWorld.copied(case_with_the_unit_told, tmp_path)
    item = str(here.cases()[0]["id"])
    here.value_is("LZ-19.6", "every_sanction", 1)
    refused(here.decision(item, act), "OPINION_OUTSTANDING", "LZ-19.6")
    done(here.ask_on_case(item))
    done(here.opine(here.precheck(), here.review_office))
    done(here.decision(item, act))


@proves("LZ-19.6", check=2)
def test_before_the_facts_are_established_no_pre_check_of_a_sanction_is_asked_for(
    here: DecisionWorld,
) -> None:
    item = here.accepted()
    refused(here.ask_on_case(item), "WRONG_STATE", "LZ-19.6")
    here.examined(item)
    refused(here.ask_on_case(item), "WRONG_STATE", "LZ-19.6")
    assert here.events("clues.precheck_requested") == []


def test_a_pre_check_goes_to_the_office_that_the_text_is_read_to_mean(here: DecisionWorld) -> None:
    verification, case = reported(here, eight_point=True), here.completed()
    refused(here.ask_on_verification(verification, "case_review_office"), "WRONG_ROUTE", "LZ-19.5")
    refused(here.ask_on_case(case, "party_conduct_office"), "WRONG_ROUTE", "LZ-19.6")
    here.value_is("LZ-19.5", "either_office", 1)
    here.value_is("LZ-19.6", "either_office", 1, number=2)
    done(here.ask_on_verification(verification, "case_review_office"))
    done(here.ask_on_case(case, "party_conduct_office"))
    refused(here.ask_on_case(case, "case_supervision_office"), "WRONG_ROUTE", "LZ-19.6")


def test_the_office_that_is_asked_knows_of_the_pre_check_and_of_nothing_else(here: DecisionWorld) -> None:
    item = reported(here, eight_point=True)
    clue = str(here.at(item)["clue_id"])
    done(here.ask_on_verification(item))
    precheck, conduct = here.precheck(), here.world.as_("dfs1")
    assert [line["id"] for line in conduct.get(PRECHECKS).body["items"]] == [precheck]
    for path in (f"/clues/verifications/{item}", f"/clues/clues/{clue}"):
        assert conduct.get(path).status == 404
    assert here.review_office.get(f"{PRECHECKS}/{precheck}").status == 404
    refused(here.opine(precheck, here.clerk), "WRONG_ROLE", "LZ-19.5")
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "precheck_requested"]
    assert [one["to_role"] for one in told] == ["party_conduct_office"]


def test_a_verification_that_proposes_something_else_asks_for_no_pre_check(here: DecisionWorld) -> None:
    item = here.brought("submit_report")
    refused(here.ask_on_verification(item), "WRONG_STATE", "LZ-19.5")
