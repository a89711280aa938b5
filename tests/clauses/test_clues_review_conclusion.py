"""The end of a review: deliberated by others than the investigators, signed by its lead, completed, reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.review_steps import DELIBERATION, ReviewWorld


@pytest.fixture
def here(tmp_path: Path, case_to_be_reviewed: Path) -> ReviewWorld:
    return ReviewWorld.copied(case_to_be_reviewed, tmp_path)


@proves("LZ-17.8", check=2)
@pytest.mark.parametrize("person", ["p-deputy1", "p-clerk1", "p-clerk2"])
def test_investigators_report_the_case_and_do_not_vote(here: ReviewWorld, person: str) -> None:
    item = here.examined()
    answer = here.deliberate(item, voter_ids=["p-head1", person], opinions=["同意", "同意"])
    refused(answer, "CONFLICT_OF_INTEREST", "LZ-17.8")
    assert answer.body["field"] == "voter_ids"
    done(here.deliberate(item, reporter_ids=[person]))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"voter_ids": ["p-head1"], "opinions": ["同意"]}, "OUT_OF_RANGE", "voter_ids"),
        ({"opinions": ["同意", "同意"]}, "MISSING_FIELD", "opinions"),
        ({"opinions": ["同意", "", "同意"]}, "MISSING_FIELD", "opinions"),
        ({"voter_ids": ["p-head1", "p-rev1", "p-hou-sec"]}, "OUT_OF_SCOPE", "voter_ids"),
        ({"held_on": "2026-03-01"}, "DATE_ORDER", "held_on"),
        ({"held_on": "2026-03-03"}, "DATE_ORDER", "held_on"),
    ],
)
def test_a_deliberation_is_of_several_each_with_an_opinion(
    here: ReviewWorld, changes: dict[str, object], code: str, field: str
) -> None:
    answer = here.deliberate(here.examined(), **changes)
    refused(answer, code, "LZ-17.8")
    assert answer.body["field"] == field


def test_a_case_that_was_not_examined_is_not_deliberated_on(here: ReviewWorld) -> None:
    item = here.accepted()
    refused(here.deliberate(item), "WRONG_STATE", "LZ-17.8")
    here.examined(item)
    answer = here.do(item, "record_deliberation", DELIBERATION, by=here.lead)
    refused(answer, "MISSING_DOCUMENT", "LZ-17.8")
    assert answer.body["field"] == "attachments.deliberation_minutes"
    refused(here.complete(item), "MISSING_DOCUMENT", "LZ-17.8")


@proves("LZ-17.4", check=1)
def test_a_report_that_its_lead_did_not_sign_completes_nothing(here: ReviewWorld) -> None:
    item = here.deliberated()
    refused(here.complete(item), "APPROVAL_REQUIRED", "LZ-17.4")
    refused(here.complete(item, by=here.second), "APPROVAL_REQUIRED", "LZ-17.4")
    assert here.sign(item, by=here.second).code == "WRONG_ROLE"
    done(here.sign(item))
    refused(here.sign(item), "DUPLICATE", "LZ-17.4")
    assert done(here.complete(item)).body["state"] == "completed"


@proves("LZ-17.4", check=2)
def test_a_signed_report_is_not_altered(here: ReviewWorld) -> None:
    item = here.deliberated()
    done(here.sign(item))
    refused(here.examine(item, opinion="改为不同意"), "IMMUTABLE", "LZ-17.10")
    done(here.complete(item))
    refused(here.examine(item, opinion="改为不同意"), "IMMUTABLE", "LZ-17.10")
    assert here.sign(item).code == "WRONG_STATE"
    [report] = [p for p in here.case(item)["papers"] if p["kind"] == "ReviewReport"]
    kept = here.second.get(f"/clues/cases/{item}/papers/{report['id']}").body
    assert kept["form"]["opinion"] == "同意"


@proves("LZ-17.9", check=1)
def test_a_completed_review_is_reported_to_the_case_review_office(here: ReviewWorld) -> None:
    item = here.completed()
    [event] = here.events("clues.internal_review_completed")
    assert [event.data[name] for name in ("case_id", "round", "completed_on", "result_code")] == [
        item, 1, "2026-03-02", "party_sanction",
    ]  # fmt: skip
    assert here.review_office.get(f"/clues/cases/{item}").status == 404
    here.world.on(2026, 3, 4)
    elsewhere = {"recipient_role": "liaison_discipline_office", "purpose_code": "for_record"}
    refused(
        here.do(item, "report_review", dict(elsewhere), documents=("review_report",)),
        "WRONG_ROUTE",
        "LZ-17.9",
    )
    done(here.do(item, "report_review", {"purpose_code": "for_approval"}, documents=("review_report",)))
    [paper] = [p for p in here.case(item)["papers"] if p["kind"] == "ReviewReporting"]
    shown = here.review_office.get(f"/clues/cases/{item}")
    assert shown.body["review_reported_on"] == "2026-03-04"
    kept = here.review_office.get(f"/clues/cases/{item}/papers/{paper['id']}").body["form"]
    assert kept == {"recipient_role": "case_review_office", "purpose_code": "for_approval"}
    again = here.do(item, "report_review", {"purpose_code": "for_record"}, documents=("review_report",))
    refused(again, "DUPLICATE", "LZ-17.9")


@proves("LZ-17.9", check=2)
def test_a_review_that_is_not_completed_is_not_reported(here: ReviewWorld) -> None:
    item = here.deliberated()
    answer = here.do(item, "report_review", {"purpose_code": "for_record"}, documents=("review_report",))
    refused(answer, "WRONG_STATE", "LZ-17.9")
