"""A sanction is proposed, agreed on with the Party committee, reviewed by the commission, and the unit is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.sanction_steps import FILE, SUGGESTION, SanctionWorld


@pytest.fixture
def here(tmp_path: Path, reviewed_case: Path) -> SanctionWorld:
    return SanctionWorld.copied(reviewed_case, tmp_path)


@pytest.fixture
def begun(tmp_path: Path, case_to_be_reviewed: Path) -> SanctionWorld:
    return SanctionWorld.copied(case_to_be_reviewed, tmp_path)


@proves("LZ-17.1", check=1)
def test_without_review_no_sanction_is_recorded(begun: SanctionWorld) -> None:
    item = begun.sent_case()
    refused(begun.propose_sanction(item), "WRONG_STATE", "LZ-17.1")
    refused(begun.notify(item), "WRONG_STATE", "LZ-17.16")
    assert begun.events("clues.sanction_proposed") == []


@proves("LZ-17.8", check=1)
@proves("LZ-17.12", check=1)
def test_before_the_deliberation_and_the_end_of_review_no_sanction_is_proposed(begun: SanctionWorld) -> None:
    item = begun.examined()
    refused(begun.propose_sanction(item), "MISSING_DOCUMENT", "LZ-17.8")
    done(begun.deliberate(item))
    refused(begun.propose_sanction(item), "WRONG_STATE", "LZ-17.12")
    done(begun.sign(item))
    done(begun.complete(item))
    assert done(begun.propose_sanction(item)).body["state"] == "proposed"


def test_where_the_review_ends_in_dismissal_no_sanction_is_proposed(begun: SanctionWorld) -> None:
    item = begun.completed(begun.accepted(), conclusion_code="dismissal")
    refused(begun.propose_sanction(item), "WRONG_STATE", "LZ-17.12")


@proves("LZ-17.12", check=2)
@pytest.mark.parametrize("field", ["facts", "basis", "party_sanction_code"])
def test_a_proposal_has_facts_basis_and_a_sanction(here: SanctionWorld, field: str) -> None:
    item = here.completed()
    answer = here.propose_sanction(item, **{field: None})
    refused(answer, "MISSING_FIELD", "LZ-17.12")
    assert answer.body["field"] == field
    refused(here.propose_sanction(item, person_id="p-hou-sec"), "UNKNOWN_REFERENCE", "LZ-17.12")
    refused(here.do(item, "propose_sanction", SUGGESTION), "MISSING_DOCUMENT", "LZ-17.12")
    done(here.propose_sanction(item, party_sanction_code=None, government_sanction_code="demerit"))
    [event] = here.events("clues.sanction_proposed")
    assert (event.data["case_id"], event.data["proposed_on"]) == (item, "2026-03-02")


@proves("LZ-17.13", check=1)
def test_what_was_not_agreed_on_is_not_sent_for_assisted_review(here: SanctionWorld) -> None:
    item = here.completed()
    refused(here.communicate(item), "WRONG_STATE", "LZ-17.13")
    done(here.propose_sanction(item))
    refused(here.send_to_review_office(item), "WRONG_STATE", "LZ-17.14")
    assert done(here.communicate(item, agreed=False, opinion="建议从轻")).body["state"] == "not_agreed"
    answer = here.send_to_review_office(item)
    refused(answer, "NOT_AGREED", "LZ-17.14")
    [event] = here.events("clues.sanction_agreed")
    assert event.data["agreed"] is False
    done(here.communicate(item))
    done(here.send_to_review_office(item))


@proves("LZ-17.13", check=2)
def test_an_agreement_with_its_day_and_persons_opens_the_way(here: SanctionWorld) -> None:
    item = here.completed()
    done(here.propose_sanction(item))
    for changes, code in (
        ({"participant_ids": []}, "MISSING_FIELD"),
        ({"participant_ids": ["p-nobody"]}, "UNKNOWN_REFERENCE"),
        ({"participant_ids": ["p-head1", "p-edu-sec"]}, "CONFLICT_OF_INTEREST"),
        ({"held_on": "2026-03-01"}, "DATE_ORDER"),
        ({"held_on": "2026-03-03"}, "DATE_ORDER"),
    ):
        refused(here.communicate(item, **changes), code, "LZ-17.13")
    done(here.communicate(item))
    assert here.case(item)["agreed_on"] == "2026-03-02"
    assert done(here.send_to_review_office(item)).body["state"] == "at_assisted_review"


def test_a_lasting_disagreement_goes_to_the_commission_with_a_reason(here: SanctionWorld) -> None:
    item = here.completed()
    done(here.propose_sanction(item))
    done(here.communicate(item, agreed=False, opinion="不同意"))
    refused(here.do(item, "request_override"), "MISSING_REASON", "LZ-17.13")
    done(here.do(item, "request_override", {"reason": "事实清楚，处分适当"}))
    refused(here.send_to_review_office(item), "NOT_AGREED", "LZ-17.14")
    done(here.rule(item, here.liaison))
    assert done(here.rule(item, here.leader)).body["state"] == "agreed"
    done(here.send_to_review_office(item))


@proves("LZ-17.14", check=1)
@pytest.mark.parametrize("left_out", FILE)
def test_a_file_that_is_not_complete_is_not_transferred(here: SanctionWorld, left_out: str) -> None:
    item = here.agreed()
    answer = here.send_to_review_office(item, catalogue=[one for one in FILE if one != left_out])
    refused(answer, "MISSING_DOCUMENT", "LZ-17.14")
    assert answer.body["field"] == "catalogue"


@proves("LZ-17.14", check=2)
@pytest.mark.parametrize("office", ["case_supervision_office", "liaison_discipline_office"])
def test_a_case_is_sent_to_the_case_review_office_alone(here: SanctionWorld, office: str) -> None:
    item = here.agreed()
    refused(here.send_to_review_office(item, recipient_role=office), "WRONG_ROUTE", "LZ-17.14")
    assert here.review_office.get(f"/clues/cases/{item}").status == 404
    done(here.send_to_review_office(item))
    assert here.case(item, here.review_office)["assisted_round"] == 1


@proves("LZ-17.15", check=1)
def test_without_consent_the_unit_is_told_nothing(here: SanctionWorld) -> None:
    item = here.agreed()
    refused(here.notify(item), "APPROVAL_REQUIRED", "LZ-17.15")
    done(here.send_to_review_office(item))
    refused(here.notify(item), "APPROVAL_REQUIRED", "LZ-17.15")
    assert here.answer(item, here.head).code == "WRONG_ROLE"
    assert done(here.answer(item)).body["state"] == "consented"


@proves("LZ-17.15", check=2)
def test_a_case_that_was_returned_comes_again_in_a_new_round(here: SanctionWorld) -> None:
    item = here.at_assisted_review()
    refused(here.answer(item, result_code="return_with_opinion"), "MISSING_REASON", "LZ-17.15")
    done(here.answer(item, result_code="return_with_opinion", opinion="定性需再研究"))
    assert here.case(item)["state"] == "returned"
    refused(here.notify(item), "APPROVAL_REQUIRED", "LZ-17.15")
    done(here.send_to_review_office(item))
    done(here.answer(item))
    rounds = [(e.data["round"], e.data["result_code"]) for e in here.events("clues.assisted_review_decided")]
    assert rounds == [(1, "return_with_opinion"), (2, "consent")]
    assert len([p for p in here.case(item)["papers"] if p["kind"] == "AssistedReviewOpinion"]) == 2


@proves("LZ-17.16", check=1)
def test_after_consent_the_unit_is_told_and_the_day_is_kept(here: SanctionWorld) -> None:
    item = here.at_assisted_review()
    done(here.answer(item))
    here.world.on(2026, 3, 5)
    assert done(here.notify(item)).body["state"] == "notified"
    assert here.case(item)["notified_on"] == "2026-03-05"
    [event] = here.events("clues.sanction_notified")
    assert (event.data["case_id"], event.data["notified_on"]) == (item, "2026-03-05")


@proves("LZ-17.16", check=2)
def test_another_proposal_than_the_one_consented_to_is_refused(here: SanctionWorld) -> None:
    item = here.at_assisted_review()
    done(here.answer(item))
    other = {"kind": "sanction_suggestion", "id": here.clerk.upload("clues", b"%PDF-1.4 another text %%EOF")}
    answer = here.clerk.act(f"/clues/cases/{item}/notify_unit_of_sanction", {}, attachments=[other])
    refused(answer, "IMMUTABLE", "LZ-17.16")
    refused(here.propose_sanction(item), "WRONG_STATE", "LZ-17.12")
    done(here.notify(item))


def test_with_two_persons_reported_each_has_a_proposal_of_their_own(begun: SanctionWorld) -> None:
    item = begun.judged_case("p-edu-sec", "p-edu-clerk")
    for person in ("p-edu-sec", "p-edu-clerk"):
        done(begun.court(item, subject_id=person))
    done(begun.send_on_judgement(item))
    done(begun.assign(item))
    done(begun.accept(item))
    for person in ("p-edu-sec", "p-edu-clerk"):
        refused(begun.examine(item), "MISSING_DOCUMENT", "LZ-17.6")
        done(begun.review_talk(item, subject_id=person))
        done(begun.put_facts(item, subject_id=person))
    done(begun.examine(item))
    done(begun.deliberate(item))
    done(begun.sign(item))
    done(begun.complete(item))
    assert done(begun.propose_sanction(item)).body["state"] == "completed"
    refused(begun.communicate(item), "WRONG_STATE", "LZ-17.13")
    assert done(begun.propose_sanction(item, person_id="p-edu-clerk")).body["state"] == "proposed"
    assert len(begun.events("clues.sanction_proposed")) == 1
