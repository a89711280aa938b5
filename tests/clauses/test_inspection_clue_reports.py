"""The team's clue report on a unit, sealed (XC-29.4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.result_steps import ENTRY, TEXT, ResultWorld, key
from tests.clauses.round_steps import done, refused
from tests.clauses.test_inspection_materials import DESIGN, RESULT

ATTENTION: dict[str, Any] = {"classification_opinion": "further_attention"}


@pytest.fixture
def w(tmp_path: Path) -> ResultWorld:
    return ResultWorld(tmp_path)


@pytest.fixture
def unit(w: ResultWorld) -> str:
    return w.result_at("withdrawn")


def entries(w: ResultWorld, unit: str, **changes: object) -> list[dict[str, Any]]:
    return [ENTRY | {"clue_id": clue} | changes for clue in w.clues_of(unit)]


def number(w: ResultWorld, unit: str) -> str:
    [clue] = w.clues_of(unit)
    return str(w.item(f"/inspection/found-clues/{clue}", w.leader)["no"])


@proves("XC-29.4a", check=1)
def test_every_clue_has_an_opinion_on_its_class(w: ResultWorld, unit: str) -> None:
    report = w.clue_report(unit, entries=entries(w, unit, classification_opinion=None))
    answer = w.sign(report)
    refused(answer, "MISSING_FIELD", "XC-29.4a", field="entries.classification_opinion")
    assert number(w, unit) in answer.body["detail"]


@proves("XC-29.4a", check=2)
def test_no_clue_of_the_register_is_left_out(w: ResultWorld, unit: str) -> None:
    report = w.clue_report(unit, entries=[])
    refused(w.sign(report), "CONTENT_RULE", "XC-29.4a", field="entries")
    done(w.do(report, "revise_report", {"entries": entries(w, unit)}, by=w.leader))
    assert done(w.sign(report)).body["state"] == "signed"


def test_what_was_reported_once_is_not_left_out_of_a_revision(w: ResultWorld) -> None:
    unit = w.result_at("submitted")
    report = w.report(unit, "clue")
    done(w.do(report, "return_report", {"suggestions": ["补充"]}, by=w.director))
    answers = [{"no": 1, "adopted": True}]
    done(w.do(report, "revise_report", {"entries": [], "answers": answers}, by=w.leader))
    refused(w.sign(report), "CONTENT_RULE", "XC-29.4a", field="entries")


@proves("XC-3.1c", check=1)
def test_a_clue_that_the_meeting_has_not_classed_is_not_reported(w: ResultWorld) -> None:
    unit = w.in_fieldwork()
    w.clue(w.interviewed(unit), "p-edu-clerk", classed="")
    done(w.leave(unit))
    refused(w.sign(w.clue_report(unit)), "PRECONDITION_NOT_MET", "XC-3.1c")


@proves("XC-29.4b", check=1)
def test_further_attention_is_justified(w: ResultWorld, unit: str) -> None:
    answer = w.draft(unit, "clue", w.leader, entries=entries(w, unit, **ATTENTION))
    refused(answer, "MISSING_FIELD", "XC-29.4b", field="entries.justification")


@proves("XC-29.4b", check=2)
@pytest.mark.parametrize(("others", "gap"), [(0, True), (3, True), (4, False)])
def test_too_many_under_further_attention_is_a_gap(w: ResultWorld, others: int, gap: bool) -> None:  # noqa: FBT001
    """One of n clues against a ceiling of 20 percent."""
    unit = w.in_fieldwork()
    talk = w.interviewed(unit)
    for _ in range(others):
        w.clue(talk)
    done(w.leave(unit))
    first, *rest = entries(w, unit)
    report = w.clue_report(unit, entries=[first | ATTENTION | {"justification": "理由"}, *rest])
    assert "XC-29.4b" in done(w.sign(report)).body["clauses"]
    noted = {one["clause"] for one in w.item(report, w.leader)["gaps"] if not one["filled_at"]}
    assert ("XC-29.4b" in noted) is gap


@proves("XC-29.4c", check=1)
def test_work_shortcomings_are_no_clues(w: ResultWorld, unit: str) -> None:
    answer = w.draft(unit, "clue", w.leader, entries=entries(w, unit, entry_kind="work_shortcoming"))
    refused(answer, "CONTENT_RULE", "XC-29.4c", field="entries.entry_kind")


@proves("XC-29.4c", check=2)
def test_a_clue_says_what_the_inspection_learned(w: ResultWorld, unit: str) -> None:
    report = w.clue_report(unit, entries=entries(w, unit, what_was_learned=""))
    answer = w.sign(report)
    refused(answer, "MISSING_FIELD", "XC-29.4c", field="entries.what_was_learned")
    assert number(w, unit) in answer.body["detail"]


@proves("XC-29.4d", check=1)
def test_an_unsigned_clue_report_does_not_go_to_the_office(w: ResultWorld, unit: str) -> None:
    report = w.clue_report(unit)
    refused(w.submit(report), "MISSING_SIGNATURE", "XC-29.4d")
    done(w.sign(report))
    done(w.submit(report))
    assert [e["report_kind"] for e in w.events("reports_submitted")] == ["clue"]


@proves("XC-29.4d", check=2)
def test_the_clue_report_is_for_the_leader_and_later_the_director_and_the_heads(
    w: ResultWorld, unit: str
) -> None:
    report = w.clue_report(unit)
    assert "XC-29.4d" in done(w.sign(report)).body["clauses"]
    readers = (w.leader, w.director, w.deputy_head, w.office, w.deputy, w.member, w.member_of_group)
    assert [one.get(report).status for one in readers] == [200, *[404] * 6]
    done(w.submit(report))
    assert [one.get(report).status for one in readers] == [200, 200, 200, *[404] * 4]
    seen = {(person, item) for _, person, item in w.audited("SEALED_ITEM")}
    assert ("p-xc1", key(report)) in seen
    assert key(report) not in {one["id"] for one in w.office.get("/inspection/clue-reports").body["items"]}


def test_whom_a_clue_is_about_knows_of_no_report_with_it(w: ResultWorld) -> None:
    """Here the standing deputy head: every other leader of the group reads on."""
    unit = w.in_fieldwork()
    w.clue(w.interviewed(unit), "p-xz2")
    done(w.leave(unit))
    report = w.clue_report(unit)
    done(w.sign(report))
    done(w.submit(report))
    assert [one.get(report).status for one in (w.deputy_head, w.head)] == [404, 200]


def surveyed(w: ResultWorld, *points: str) -> str:
    """A unit that the team has left, with a survey whose analysis has important points."""
    unit = w.in_fieldwork()
    done(w.do(unit, "design_survey", DESIGN, by=w.member))
    done(w.do(unit, "collect_survey", RESULT, by=w.member))
    analysis = {"quantitative": "满意率", "qualitative": "主要问题", "important_points": list(points)}
    done(w.do(unit, "analyse_survey", analysis, by=w.member))
    done(w.leave(unit))
    return unit


def gaps_seen(w: ResultWorld, item: str, clause: str) -> set[str]:
    gaps = w.item(item, w.leader)["gaps"]
    return {gap["about"] for gap in gaps if gap["clause"] == clause and not gap["filled_at"]}


@proves("XC-19.3a", check=2)
@pytest.mark.parametrize("first", ["inspection", "clue"])
def test_an_important_point_that_neither_report_cites_is_a_gap(w: ResultWorld, first: str) -> None:
    """Whichever report comes first; a version that cites it closes the gap. The team's others see none of it."""
    unit = surveyed(w, "1", "2", "3")
    inspection = w.inspection_report(unit, cited_points=["1"])
    done(w.deliberate(inspection))
    clue, talks = w.clue_report(unit, cited_points=["2"]), w.interview_report(unit)
    reports = (inspection, clue) if first == "inspection" else (clue, inspection)
    for report in (*reports, talks):
        assert gaps_seen(w, clue, "XC-19.3a") == set() or report == talks
        done(w.sign(report))
        done(w.submit(report))
    assert gaps_seen(w, clue, "XC-19.3a") == {"3"}
    assert gaps_seen(w, inspection, "XC-19.3a") == set()
    done(w.do(inspection, "return_report", {"suggestions": ["写入测评情况"]}))
    said = {"answers": [{"no": 1, "adopted": True}], "cited_points": ["1", "3"]}
    findings = [{"issue_id": issue} for issue in w.issues_of(unit)]
    done(w.do(inspection, "revise_report", TEXT | {"findings": findings} | said, by=w.member))
    done(w.sign(inspection))
    assert "XC-19.3a" in done(w.submit(inspection)).body["clauses"]
    assert gaps_seen(w, clue, "XC-19.3a") == set()
