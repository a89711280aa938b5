"""The 17 categories of a round's archive: each is filled or explained, or the file comes back (XC-46)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contracts.archive_categories import archive_categories
from services.inspection.domain.archive_codes import ArchivedPaper
from tests.clause_proof import proves
from tests.clauses.archive_steps import ENTRIES, LISTED, ArchiveSteps
from tests.clauses.round_steps import done, refused
from tests.clauses.test_inspection_expedite import CLUES, INVESTIGATE, RECTIFY
from tests.clauses.test_inspection_interviews import PLAN, TAG, interview

EACH = [pytest.param(one.number, id=one.clause) for one in archive_categories()]
COMPLETE = [n for n in range(1, 18) if n not in (2, 6, 9, 10, 12, 15, 16, 17)]
"""Of the others the second check says something of its own."""


def each_proves(check: int, numbers: range | list[int]) -> list[object]:
    return [pytest.param(n, marks=proves(f"XC-46.{n}", check=check), id=f"XC-46.{n}") for n in numbers]


@pytest.fixture
def w(tmp_path: Path) -> ArchiveSteps:
    return ArchiveSteps(tmp_path, services=("inspection", "archive"))


@pytest.fixture
def file(w: ArchiveSteps) -> str:
    return w.file_being_made_up()


def test_every_paper_of_the_categories_has_a_code() -> None:
    assert {paper for papers in LISTED.values() for paper in papers} == {*ArchivedPaper} - {"other_material"}
    assert [one.clause for one in archive_categories()] == [f"XC-46.{n}" for n in range(1, 18)]
    assert [one.number for one in archive_categories() if one.secrecy == "sealed"] == [10, 12, 13]
    assert all(one.citation for one in archive_categories())


@pytest.mark.parametrize("number", each_proves(1, range(1, 18)))
def test_a_file_with_an_empty_category_comes_back_and_names_it(
    w: ArchiveSteps, file: str, number: int
) -> None:
    kept = w.handed_over(w.emptied(file, number))
    [event] = w.events_of("archive", "handover_rejected")
    assert (event["missing_categories"], event["catalogue_ref"]) == ([number], file.rpartition("/")[2])
    assert (w.item(kept)["state"], w.item(kept)["missing_nos"]) == ("returned", f",{number},")
    assert (w.item(file)["state"], w.item(file)["missing_nos"]) == ("returned", f",{number},")
    assert w.gaps(file, "XC-46.0a") == {str(number)}


@pytest.mark.parametrize("number", each_proves(2, COMPLETE))
def test_a_category_is_complete_once_each_paper_is_there_or_explained(
    w: ArchiveSteps, file: str, number: int
) -> None:
    first, *rest = LISTED[number]
    w.emptied(file, number)
    for paper in rest:
        done(w.file(file, number, paper))
    done(w.close(file))
    assert w.gaps(file, "XC-46.0a") == ({f"{number}/{first}"} if rest else {str(number)})
    assert f",{number}," not in w.item(file)["complete_nos"]
    done(w.do(file, "reopen_catalogue", {"reason": "补充说明"}, by=w.member))
    assert f"XC-46.{number}" in done(w.explain(file, number, document=first)).body["clauses"]
    done(w.close(file))
    assert (w.gaps(file, "XC-46.0a"), f",{number}," in w.item(file)["complete_nos"]) == (set(), True)


def test_a_reason_may_be_the_whole_categorys(w: ArchiveSteps, file: str) -> None:
    done(w.explain(w.emptied(file, 4), 4))
    refused(w.explain(file, 4, nil_reason=""), "MISSING_REASON", field="nil_reason")
    kept = w.handed_over(file)
    assert (w.item(kept)["state"], w.events_of("archive", "handover_rejected")) == ("handed_over", [])


@proves("XC-46.2", check=2)
def test_an_unsigned_receipt_is_not_filed(w: ArchiveSteps, file: str) -> None:
    w.emptied(file, 2)
    for paper in ("feedback_leadership", "feedback_principal"):
        done(w.file(file, 2, paper))
    refused(w.file(file, 2, "feedback_receipt", signed=False), "MISSING_SIGNATURE", "XC-46.2", field="signed")
    done(w.file(file, 2, "feedback_receipt"))


@proves("XC-46.9", check=2)
def test_a_direct_delivery_is_not_filed(w: ArchiveSteps, file: str) -> None:
    direct = w.file(file, 9, "visit_reception_record", direct_delivery=True)
    refused(direct, "SEALED_ITEM", "XC-46.9", field="direct_delivery")
    done(w.file(file, 9, "petition_ledger"))


@proves("XC-46.10", check=2)
def test_a_clue_report_is_there_for_three_persons_alone(w: ArchiveSteps, file: str) -> None:
    [report, interviews] = w.entries(10)
    director = w.world.as_("xcd")
    for one in (w.member, w.leader, director):
        assert set(w.entries(10, one)) == {report, interviews}
        assert one.get(report).status == 200
    for stranger in (w.deputy, w.office, w.head, w.leader_2):
        assert w.entries(10, stranger) == [], "no hit"
        answer = stranger.get(report)
        assert (answer.status, answer.code) == (404, "UNKNOWN_REFERENCE")
    assert {("read", "p-zu2"), ("read", "p-xc1")} <= {entry[:2] for entry in w.audited("SEALED_ITEM")}
    kept = w.item(w.handed_over(file))
    assert "题名" not in str(kept), "nor does a title stand in archive"
    assert w.deputy.get(w.round_file(file)).status == 404


def test_what_is_not_sealed_the_team_sees(w: ArchiveSteps, file: str) -> None:
    for number in set(LISTED) - {10, 12, 13}:
        assert set(w.entries(number, w.deputy)) == set(w.entries(number)) != set()
        assert w.entries(number, w.leader_2) == []
    assert (w.entries(12, w.deputy), w.entries(13, w.office)) == ([], [])


def clue_on(w: ArchiveSteps, file: str, person: str) -> str:
    unit = f"/inspection/engagements/{w.item(file)['engagement_id']}"
    done(w.do(unit, "plan_interviews", PLAN, by=w.leader))
    done(w.do(interview(w, unit), "tag_clue", TAG | {"subject_ids": [person]}, by=w.member))
    [found] = w.leader.get(CLUES).body["items"]
    return f"{CLUES}/{found['id']}"


@proves("XC-46.12", check=2)
@pytest.mark.parametrize(
    ("proposal", "paper", "person"),
    [
        ("propose_rectifying_now", RECTIFY, "p-edu-vice"),
        ("propose_investigating_now", INVESTIGATE, "p-edu-sec"),
    ],
)
def test_with_a_clue_that_did_not_wait_go_its_proposal_and_the_consent(
    w: ArchiveSteps, file: str, proposal: str, paper: dict[str, str], person: str
) -> None:
    clue = clue_on(w, file, person)
    done(w.do(clue, proposal, paper, by=w.leader))
    named: dict[str, Any] = {"archived_source_id": clue.rpartition("/")[2]}
    refused(w.file(file, 12, "handover_sheet", **named), "MISSING_DOCUMENT", "XC-46.12")
    done(w.do(clue, "consent_to_expedite", {}, by=w.deputy_head))
    entry = f"{ENTRIES}/{done(w.file(file, 12, 'handover_sheet', **named)).body['id']}"
    acts = {one["id"]: one["act"] for one in w.item(clue, w.leader)["papers"]}
    included = [acts[one] for one in w.item(entry, w.member)["included"].strip(",").split(",")]
    assert included == [proposal, "consent_to_expedite"]


def test_a_clue_that_waits_for_the_rounds_end_has_none(w: ArchiveSteps, file: str) -> None:
    clue = clue_on(w, file, "p-edu-vice")
    answer = done(w.file(file, 12, "handover_sheet", archived_source_id=clue.rpartition("/")[2]))
    assert w.item(f"{ENTRIES}/{answer.body['id']}", w.member)["included"] == ""


@proves("XC-46.17", check=2)
def test_what_is_in_no_other_category_goes_described_into_the_last(w: ArchiveSteps, file: str) -> None:
    refused(w.file(file, 16, "other_material"), "OUT_OF_RANGE", "XC-46.17", field="category")
    refused(w.file(file, 17, "other_material"), "MISSING_FIELD", "XC-46.17", field="description")
    done(w.file(file, 17, "other_material", description="其他需要归档的材料"))


def test_a_listed_paper_goes_into_its_category(w: ArchiveSteps, file: str) -> None:
    refused(w.file(file, 5, "symposium_record"), "OUT_OF_RANGE", "XC-46.5", field="category")
    refused(w.file(file, 18, "symposium_record"), "INVALID_FIELD", field="category")
