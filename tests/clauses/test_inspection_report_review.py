"""The office reviews a team's reports, the team revises them (XC-30)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.result_steps import TEXT, ResultWorld, key
from tests.clauses.round_steps import done, refused

SUGGESTIONS = {"suggestions": ["补充数据", "突出政治监督"]}
ADOPTED, ANSWERED = {"no": 1, "adopted": True}, {"no": 2, "answer": "已核,维持原表述"}


@pytest.fixture
def w(tmp_path: Path) -> ResultWorld:
    return ResultWorld(tmp_path)


def returned(w: ResultWorld) -> str:
    report = w.report(w.result_at("submitted"))
    done(w.do(report, "return_report", SUGGESTIONS))
    return report


@proves("XC-30.0a", check=1)
@pytest.mark.parametrize("act", ["return_report", "pass_report"])
def test_the_review_begins_when_all_three_reports_are_in(w: ResultWorld, act: str) -> None:
    unit = w.result_at("withdrawn")
    report = w.inspection_report(unit)
    done(w.deliberate(report))
    done(w.sign(report))
    done(w.submit(report))
    paper = SUGGESTIONS if act == "return_report" else {}
    refused(w.do(report, act, paper), "MISSING_DOCUMENT", "XC-30.0a")
    for other in (w.interview_report(unit), w.clue_report(unit)):
        refused(w.do(report, act, paper), "MISSING_DOCUMENT", "XC-30.0a")
        done(w.sign(other))
        done(w.submit(other))
    done(w.do(report, act, paper))


@proves("XC-30.0a", check=2)
def test_suggestions_go_back_to_the_team(w: ResultWorld) -> None:
    report = returned(w)
    [event] = w.events("reports_returned")
    assert (event["report_ids"], event["returned_on"]) == ([key(report)], "2026-03-02")
    answer = w.item(report, w.leader)
    assert (answer["state"], answer["suggestions"]) == ("returned", 2)
    refused(w.do(report, "return_report", SUGGESTIONS), "WRONG_STATE", "XC-30.0a")


def test_suggestions_on_the_clue_report_are_the_directors(w: ResultWorld) -> None:
    report = w.report(w.result_at("submitted"), "clue")
    assert w.do(report, "return_report", SUGGESTIONS, by=w.office).status == 404
    refused(w.do(report, "return_report", SUGGESTIONS, by=w.deputy_head), "WRONG_ROLE", "XC-30.0a")
    done(w.do(report, "return_report", SUGGESTIONS, by=w.director))


@proves("XC-30.0b", check=1)
@pytest.mark.parametrize("answers", [[], [ADOPTED], [ADOPTED, {"no": 2}]])
def test_every_suggestion_is_adopted_or_answered(w: ResultWorld, answers: list[object]) -> None:
    report = returned(w)
    answer = w.do(report, "revise_report", TEXT | {"answers": answers}, by=w.member)
    refused(answer, "MISSING_FIELD", "XC-30.0b", field="answers")


@proves("XC-30.0b", check=2)
def test_a_revised_report_is_signed_again_and_the_earlier_version_stays(w: ResultWorld) -> None:
    report = returned(w)
    before = {one["id"] for one in w.item(report)["papers"]}
    done(w.do(report, "revise_report", TEXT | {"answers": [ADOPTED, ANSWERED]}, by=w.member))
    refused(w.submit(report), "MISSING_SIGNATURE", "XC-30.0b")
    refused(w.sign(report, w.deputy), "WRONG_APPROVER", "XC-30.0b")
    done(w.sign(report))
    done(w.submit(report))
    kept = {one["id"]: one["act"] for one in w.item(report)["papers"]}
    assert before < set(kept)
    assert sorted(kept.values()).count("sign_report") == 2
    assert done(w.do(report, "pass_report")).body["state"] == "reviewed"
