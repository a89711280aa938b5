"""Examining a case in review: the talk, the facts put to the subject, four parts, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.review_steps import FACTS, REVIEW_TALK, ReviewWorld


@pytest.fixture
def here(tmp_path: Path, case_to_be_reviewed: Path) -> ReviewWorld:
    return ReviewWorld.copied(case_to_be_reviewed, tmp_path)


@proves("LZ-17.6", check=1)
def test_without_a_review_talk_the_review_is_not_completed(here: ReviewWorld) -> None:
    item = here.accepted()
    done(here.put_facts(item))
    refused(here.examine(item), "MISSING_DOCUMENT", "LZ-17.6")
    refused(here.complete(item), "MISSING_DOCUMENT", "LZ-17.6")
    refused(here.do(item, "record_review_talk", REVIEW_TALK, by=here.lead), "MISSING_DOCUMENT", "LZ-17.6")
    done(here.review_talk(item))
    assert done(here.examine(item)).body["state"] == "examined"


@proves("LZ-17.6", check=2)
@pytest.mark.parametrize("person", ["p-deputy1", "p-clerk1", "p-clerk2"])
def test_an_investigator_holds_no_review_talk(here: ReviewWorld, person: str) -> None:
    item = here.accepted()
    answer = here.review_talk(item, speaker_ids=["p-rev1", person])
    refused(answer, "CONFLICT_OF_INTEREST", "LZ-17.6")
    assert answer.body["field"] == "speaker_ids"
    assert here.do(item, "record_review_talk", REVIEW_TALK).code == "WRONG_ROLE"  # the investigators' clerk


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"speaker_ids": []}, "MISSING_FIELD", "speaker_ids"),
        ({"speaker_ids": ["p-head1"]}, "OUT_OF_SCOPE", "speaker_ids"),
        ({"subject_id": "p-hou-sec"}, "UNKNOWN_REFERENCE", "subject_id"),
        ({"held_on": "2026-03-01"}, "DATE_ORDER", "held_on"),
        ({"held_on": "2026-03-03"}, "DATE_ORDER", "held_on"),
    ],
)
def test_a_review_talk_is_the_groups_with_a_person_reported_since_acceptance(
    here: ReviewWorld, changes: dict[str, object], code: str, field: str
) -> None:
    answer = here.review_talk(here.accepted(), **changes)
    refused(answer, code, "LZ-17.6")
    assert answer.body["field"] == field


@proves("LZ-17.7", check=1)
def test_without_the_facts_put_to_the_subject_the_review_is_not_completed(here: ReviewWorld) -> None:
    item = here.accepted()
    done(here.review_talk(item))
    refused(here.examine(item), "MISSING_DOCUMENT", "LZ-17.7")
    refused(here.complete(item), "MISSING_DOCUMENT", "LZ-17.7")
    refused(here.do(item, "put_facts_to_subject", FACTS, by=here.lead), "MISSING_DOCUMENT", "LZ-17.7")
    done(here.put_facts(item))
    done(here.examine(item))


@proves("LZ-17.7", check=2)
def test_a_subject_who_refuses_to_sign_is_noted_by_two_officers(here: ReviewWorld) -> None:
    item = here.accepted()
    unsigned: dict[str, object] = {"signature_code": "refused_to_sign"}
    refused(here.put_facts(item, **unsigned), "MISSING_FIELD", "LZ-17.7")
    unsigned["note"] = "本人阅后拒绝签名"
    refused(here.put_facts(item, **unsigned), "MISSING_FIELD", "LZ-17.7")
    for witnesses in (["p-rev1"], ["p-rev1", "p-rev1"]):
        refused(here.put_facts(item, **unsigned, witness_ids=witnesses), "MISSING_SIGNATURE", "LZ-17.7")
    refused(
        here.put_facts(item, **unsigned, witness_ids=["p-rev1", "p-clerk1"]),
        "CONFLICT_OF_INTEREST",
        "LZ-17.7",
    )
    answer = done(here.put_facts(item, **unsigned, witness_ids=["p-rev1", "p-rev2"]))
    assert answer.body["clauses"] == ["LZ-17.7"]
    done(here.review_talk(item))
    done(here.examine(item))


@proves("LZ-17.10", check=1)
@pytest.mark.parametrize("part", ["evidence", "classification", "procedure", "case_property"])
@pytest.mark.parametrize("left_out", ["", None])
def test_a_report_with_one_of_its_four_parts_empty_is_refused(
    here: ReviewWorld, part: str, left_out: str | None
) -> None:
    item = here.accepted()
    done(here.review_talk(item))
    done(here.put_facts(item))
    answer = here.examine(item, **{part: left_out})
    refused(answer, "MISSING_FIELD", "LZ-17.10")
    assert answer.body["field"] == part


@proves("LZ-17.10", check=2)
@pytest.mark.parametrize("part", ["evidence_code", "classification_code", "procedure_code", "property_code"])
def test_a_part_that_wants_more_evidence_takes_the_case_back_to_investigation(
    here: ReviewWorld, part: str
) -> None:
    item = here.accepted()
    refused(here.examine(item, **{part: "more_evidence"}), "MISSING_REASON", "LZ-17.10")
    answer = done(here.examine(item, **{part: "more_evidence"}, reason="需补充调取书证"))
    assert (answer.body["state"], "LZ-17.10" in answer.body["clauses"]) == ("returned_to_investigation", True)
    refused(here.deliberate(item), "WRONG_STATE", "LZ-17.8")
    assert done(here.send_for_review(item)).body["state"] == "sent_for_review"


def test_an_examined_case_goes_back_with_a_reason_and_is_examined_anew(here: ReviewWorld) -> None:
    item = here.examined()
    refused(here.do(item, "return_to_investigation", by=here.lead), "MISSING_REASON", "LZ-17.10")
    done(here.do(item, "return_to_investigation", {"reason": "新的事实待查"}, by=here.second))
    done(here.send_for_review(item))
    done(here.accept(item))
    refused(here.examine(item), "MISSING_DOCUMENT", "LZ-17.6")  # talks of an earlier round do not count
    here.examined(item)


def test_a_case_on_a_judgement_that_went_back_still_rests_on_the_judgement(here: ReviewWorld) -> None:
    item = here.judged_case()
    done(here.court(item))
    done(here.send_on_judgement(item))
    done(here.assign(item))
    done(here.accept(item))
    done(here.examine(item, procedure_code="more_evidence", reason="补充裁判生效证明"))
    done(here.send_for_review(item))
    assert here.case(item)["path_code"] == "judgement"
    assert here.events("clues.case_sent_for_review")[-1].data["path"] == "judgement"
