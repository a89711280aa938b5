"""The inspection report with its annexes and the report on the interviews (XC-29.1 to XC-29.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.result_steps import (
    INTERVIEW,
    INTERVIEW_TEXT,
    INTERVIEWS,
    ISSUES,
    NIL_INTERVIEWS,
    REPORTS,
    TEXT,
    WORKING_PAPER,
    ResultWorld,
    key,
)
from tests.clauses.round_steps import SESSIONS, done, refused

THEME: dict[str, Any] = {"theme": "主题", "prevalence": "普遍程度", "root_cause": "深层次原因"}


@pytest.fixture
def w(tmp_path: Path) -> ResultWorld:
    return ResultWorld(tmp_path)


@pytest.fixture
def unit(w: ResultWorld) -> str:
    return w.result_at("withdrawn")


def systemic(w: ResultWorld, unit: str) -> str:
    """A signed report with a finding that is tagged systemic."""
    findings = [{"issue_id": issue, "systemic": True} for issue in w.issues_of(unit)]
    report = w.inspection_report(unit, findings=findings)
    done(w.deliberate(report))
    done(w.sign(report))
    return report


@proves("XC-29.1a", check=1)
@pytest.mark.parametrize("field", ["data", "suggestions", "views", "cases", "analysis"])
def test_a_report_that_lacks_a_part_does_not_go_to_the_meeting(w: ResultWorld, unit: str, field: str) -> None:
    answer = w.draft(unit, "inspection", w.member, **(TEXT | {field: ""}))
    refused(answer, "MISSING_FIELD", "XC-29.1a", field=field)


@proves("XC-29.1a", check=2)
def test_a_finding_without_a_signed_paper_does_not_go_into_the_report(w: ResultWorld) -> None:
    unit = w.in_fieldwork()
    paper = {"engagement_id": key(unit), "title": "发现的问题", "important": False}
    bare = done(w.do(ISSUES, "record_issue", paper, by=w.member)).body["id"]
    done(w.leave(unit))
    findings = [{"issue_id": issue} for issue in w.issues_of(unit)]
    assert bare in {line["issue_id"] for line in findings}
    answer = w.draft(unit, "inspection", w.member, **TEXT, findings=findings)
    refused(answer, "MISSING_DOCUMENT", "XC-29.1a", field="findings.issue_id")
    signed = [line for line in findings if line["issue_id"] != bare]
    assert done(w.draft(unit, "inspection", w.member, **TEXT, findings=signed)).body["state"] == "drafted"


def test_a_unit_has_one_report_of_a_kind_and_none_before_the_withdrawal(w: ResultWorld) -> None:
    unit = w.in_fieldwork()
    refused(w.draft(unit, "inspection", w.member, **TEXT), "WRONG_STATE", field="engagement_id")
    done(w.leave(unit))
    done(w.draft(unit, "inspection", w.member, **TEXT))
    refused(w.draft(unit, "inspection", w.leader, **TEXT), "DUPLICATE", field="engagement_id")
    assert w.draft(unit, "inspection", w.leader_2, **TEXT).code == "UNKNOWN_REFERENCE"
    assert w.draft(unit, "inspection", w.office, **TEXT).code == "WRONG_ROLE"


@proves("XC-23.0a", check=1)
def test_a_finding_whose_paper_was_begun_anew_is_not_signed_for(w: ResultWorld, unit: str) -> None:
    report = w.inspection_report(unit)
    done(w.deliberate(report))
    [issue] = w.issues_of(unit)
    item = f"{ISSUES}/{issue}"
    done(w.do(item, "reopen_working_paper", by=w.member))
    refused(w.sign(report), "MISSING_DOCUMENT", "XC-23.0a")
    done(w.do(item, "draft_working_paper", WORKING_PAPER, by=w.member))
    for one in (w.deputy, w.leader):
        done(w.decide(item, one))
    assert "XC-23.0a" in done(w.sign(report)).body["clauses"]


@proves("XC-3.1f", check=1)
def test_over_a_major_dissent_that_did_not_go_up_no_report_is_submitted(w: ResultWorld, unit: str) -> None:
    report = w.inspection_report(unit)
    split: dict[str, Any] = {"disagreement": True, "dissent": "不同意见", "decided_by_id": "p-zu1"}
    minor = done(w.session(w.team_at(unit), **split)).body["id"]
    major = done(w.session(w.team_at(unit), **split, major=True)).body["id"]
    done(w.deliberate(report))
    done(w.sign(report))
    refused(w.submit(report), "PRECONDITION_NOT_MET", "XC-3.1f")
    views = {"issue": "问题", "views": "双方意见", "leader_decision": "组长决定", "channel": "leading_group"}
    refused(w.do(f"{SESSIONS}/{minor}", "report_dissent", views, by=w.leader), "WRONG_STATE", "XC-3.1f")
    done(w.do(f"{SESSIONS}/{major}", "report_dissent", views, by=w.leader))
    assert "XC-3.1f" in done(w.submit(report)).body["clauses"]


@proves("XC-5.3b", check=1)
def test_no_deputy_signs_in_place_of_the_leader(w: ResultWorld, unit: str) -> None:
    report = w.inspection_report(unit)
    done(w.deliberate(report))
    refused(w.sign(report, w.deputy), "WRONG_APPROVER", "XC-5.3b")
    assert "XC-5.3b" in done(w.sign(report)).body["clauses"]


@proves("XC-12.4a", check=2)
def test_before_the_leader_has_read_every_record_the_interview_report_is_not_signed(w: ResultWorld) -> None:
    unit = w.in_fieldwork()
    record = INTERVIEW | {"engagement_id": key(unit)}
    talk = done(w.do(INTERVIEWS, "record_interview", record, by=w.deputy)).body["id"]
    item = f"{INTERVIEWS}/{talk}"
    done(w.leave(unit))
    report = w.interview_report(unit)
    refused(w.sign(report), "PRECONDITION_NOT_MET", "XC-12.4a")
    done(w.do(item, "submit_record", {"problems": "问题汇总"}, by=w.deputy))
    refused(w.sign(report), "PRECONDITION_NOT_MET", "XC-12.4a")
    done(w.do(item, "read_record", by=w.leader))
    assert "XC-12.4a" in done(w.sign(report)).body["clauses"]


@proves("XC-29.1b", check=1)
def test_the_leader_signs_after_the_affairs_meeting(w: ResultWorld, unit: str) -> None:
    report = w.inspection_report(unit)
    refused(w.sign(report), "APPROVAL_ORDER", "XC-29.1b")
    other = done(w.session(w.team_at(unit), matters=["deployment"])).body["id"]
    answer = w.do(report, "deliberate_report", {"session_id": other}, by=w.leader)
    refused(answer, "PRECONDITION_NOT_MET", "XC-29.1b", field="session_id")
    done(w.deliberate(report))
    refused(w.sign(report, w.deputy), "WRONG_APPROVER", "XC-29.1b")
    assert done(w.sign(report)).body["state"] == "signed"


def test_what_is_drafted_anew_goes_to_the_affairs_meeting_once_more(w: ResultWorld, unit: str) -> None:
    report = w.inspection_report(unit)
    done(w.deliberate(report))
    done(w.do(report, "redraft_report", TEXT, by=w.member))
    refused(w.sign(report), "APPROVAL_ORDER", "XC-29.1b")


@proves("XC-29.1b", check=2)
def test_an_unsigned_report_does_not_go_to_the_office(w: ResultWorld, unit: str) -> None:
    report = w.inspection_report(unit)
    refused(w.submit(report), "MISSING_SIGNATURE", "XC-29.1b")
    done(w.deliberate(report))
    refused(w.submit(report), "MISSING_SIGNATURE", "XC-29.1b")
    assert w.events("reports_submitted") == []


@proves("XC-29.1b", check=3)
def test_a_report_goes_to_the_office_and_not_straight_to_the_leading_group(w: ResultWorld, unit: str) -> None:
    report = w.inspection_report(unit)
    done(w.deliberate(report))
    done(w.sign(report))
    refused(w.submit(report, to="leading_group"), "WRONG_ROUTE", "XC-29.1b", field="to")
    assert w.office.get(report).status == 404
    done(w.submit(report))
    [event] = w.events("reports_submitted")
    assert (event["report_kind"], event["report_id"], event["unit_id"]) == ("inspection", key(report), "edu")
    assert w.office.get(report).status == w.deputy_head.get(report).status == 200
    assert w.member_2.get(report).status == 404


@proves("XC-29.2a", check=1)
def test_systemic_findings_ask_for_a_thematic_report(w: ResultWorld, unit: str) -> None:
    report = systemic(w, unit)
    refused(w.submit(report), "MISSING_DOCUMENT", "XC-29.2a")
    strange = w.do(report, "annex_thematic_report", THEME | {"issue_ids": ["nobody"]}, by=w.member)
    refused(strange, "OUT_OF_SCOPE", "XC-29.2a", field="issue_ids")
    annex = THEME | {"issue_ids": w.issues_of(unit)}
    done(w.do(report, "annex_thematic_report", annex, by=w.member))
    assert "XC-29.2a" in done(w.submit(report)).body["clauses"]


@proves("XC-29.2a", check=2)
def test_without_a_systemic_finding_no_thematic_report_is_asked_for(w: ResultWorld, unit: str) -> None:
    report = w.inspection_report(unit)
    done(w.deliberate(report))
    done(w.sign(report))
    answer = done(w.submit(report))
    assert (answer.body["state"], "XC-29.2a" in answer.body["clauses"]) == ("submitted", True)


@proves("XC-29.3a", check=1)
def test_talks_with_the_leadership_keep_their_words(w: ResultWorld, unit: str) -> None:
    report = w.interview_report(unit, leadership_talks_verbatim="")
    refused(w.sign(report), "MISSING_FIELD", "XC-29.3a", field="leadership_talks_verbatim")
    revised = INTERVIEW_TEXT | {"leadership_talks_verbatim": "原话"}
    done(w.do(report, "revise_report", revised, by=w.deputy))
    assert done(w.sign(report)).body["state"] == "signed"


@proves("XC-29.3a", check=2)
def test_other_talks_may_be_condensed(w: ResultWorld, unit: str) -> None:
    report = w.interview_report(unit, condensed_part="多人反映同一问题,归并")
    assert "XC-29.3a" in done(w.sign(report)).body["clauses"]


def test_a_statement_that_there_were_no_interviews_is_true(w: ResultWorld, unit: str) -> None:
    lacking = w.draft(unit, "interview", w.deputy, **(INTERVIEW_TEXT | {"hopes": ""}))
    refused(lacking, "MISSING_FIELD", "XC-29.3a", field="hopes")
    report = (
        f"{REPORTS['interview']}/{done(w.draft(unit, 'interview', w.deputy, **NIL_INTERVIEWS)).body['id']}"
    )
    refused(w.sign(report), "CONTENT_RULE", "XC-29.3a", field="nil_statement")


@proves("XC-29.3b", check=1)
def test_a_deputy_does_not_sign_for_the_leader(w: ResultWorld, unit: str) -> None:
    report = w.interview_report(unit, by=w.deputy)
    refused(w.sign(report, w.deputy), "WRONG_APPROVER", "XC-29.3b")
    refused(w.submit(report), "MISSING_SIGNATURE", "XC-29.3b")


@proves("XC-29.3b", check=2)
def test_the_signed_report_on_the_interviews_goes_to_the_office(w: ResultWorld, unit: str) -> None:
    report = w.interview_report(unit)
    done(w.sign(report))
    assert w.office.get(report).status == w.member.get(report).status == 404
    assert "XC-29.3b" in done(w.submit(report)).body["clauses"]
    [event] = w.events("reports_submitted")
    assert (event["report_kind"], event["report_id"]) == ("interview", key(report))
    assert w.office.get(report).status == 200
    assert w.member.get(report).status == 404
