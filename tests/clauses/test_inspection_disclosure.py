"""Rectification is disclosed in both circles, and what is unsolved is looked at again (XC-43, XC-45)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.rectification_steps import NOTICE, PROGRESS, REPLY, RectificationSteps
from tests.clauses.round_steps import done, refused

VISIT = {"visit_on": "2026-03-10", "visitor_ids": ["p-xc1"]}


@pytest.fixture
def w(tmp_path: Path) -> RectificationSteps:
    return RectificationSteps(tmp_path)


@proves("XC-43.0a", check=1)
def test_a_notice_sets_a_limit(w: RectificationSteps) -> None:
    item = w.accepted()
    paper = {key: value for key, value in NOTICE.items() if key != "disclose_by"}
    refused(w.do(item, "issue_disclosure_notice", paper), "MISSING_FIELD", "XC-43.0a", field="disclose_by")
    refused(w.notify(item, disclose_by="2026-03-01"), "DATE_ORDER", "XC-43.0a", field="disclose_by")
    refused(w.do(item, "issue_disclosure_notice", NOTICE, by=w.clerk), "WRONG_ROLE", "XC-43.0a")
    done(w.notify(item))
    [event] = w.events("disclosure_notice_issued")
    assert event == {
        "unit_id": "edu",
        "manner": ["party_document", "website"],
        "content": ["rectification_progress"],
        "time_limit": "2026-03-31",
    }


@proves("XC-43.0a", check=2)
def test_a_limit_that_passed_without_proof_is_told_to_the_unit(tmp_path: Path) -> None:
    w = RectificationSteps(tmp_path, services=("inspection", "notifications"))
    item = w.accepted()
    answer = done(w.notify(item))
    assert "XC-43.0a" in answer.body["clauses"]
    done(w.check_risk(item))
    done(w.disclose(item, "inner_party"))
    w.world.on(2026, 3, 31, 23, 59)
    w.world.pump()
    assert (w.told_of("disclosure_ordered", item), w.told_of("deadline_overdue", item)) == (
        {"p-edu-head"},
        set(),
    )
    w.world.on(2026, 4, 1, 0, 0)
    w.world.pump()
    assert w.told_of("deadline_overdue", item) == {"p-edu-head"}
    late = done(w.disclose(item, "public"))
    assert [(d["recipient"], d["late"]) for d in late.body["duties"]] == [("public", True)]
    assert w.clocks(item, "XC-43.0a")["inner_party"] == ("2026-03-31", "met", False)


@proves("XC-43.0b", check=1)
def test_without_the_principals_risk_check_nothing_is_published(w: RectificationSteps) -> None:
    item = w.accepted()
    refused(w.check_risk(item), "PRECONDITION_NOT_MET", "XC-43.0a")
    done(w.notify(item))
    refused(w.disclose(item, "public"), "APPROVAL_REQUIRED", "XC-43.0b")
    refused(w.check_risk(item, by=w.clerk), "WRONG_ROLE", "XC-43.0b")
    refused(w.check_risk(item, by=w.office), "WRONG_ROLE", "XC-43.0b")
    refused(w.check_risk(item, checked=False), "MISSING_FIELD", "XC-43.0b", field="risk_checked")
    done(w.check_risk(item))
    done(w.disclose(item, "public"))
    refused(w.disclose(item, "public"), "DUPLICATE", field="circle")


@proves("XC-43.0c", check=1)
@pytest.mark.parametrize(("proven", "missing"), [("inner_party", "向社会公开"), ("public", "党内通报")])
def test_the_disclosure_is_closed_with_proof_of_both(
    w: RectificationSteps, proven: str, missing: str
) -> None:
    item = w.accepted()
    done(w.notify(item))
    done(w.check_risk(item))
    bare = {"circle": proven, "disclosed_on": "2026-03-02"}
    refused(w.do(item, "record_disclosure", bare, by=w.clerk), "MISSING_DOCUMENT", "XC-43.0c")
    done(w.disclose(item, proven))
    answer = w.do(item, "close_disclosure", by=w.clerk)
    refused(answer, "MISSING_DOCUMENT", "XC-43.0c")
    assert missing in answer.body["detail"]
    done(w.disclose(item, "public" if proven == "inner_party" else "inner_party"))
    done(w.do(item, "close_disclosure", by=w.clerk))
    assert (w.item(item)["state"], w.issue_states(item)) == ("disclosed", ["disclosed", "disclosed"])


@proves("XC-45.0a", check=1)
def test_a_unit_that_nobody_looks_at_again_has_no_gap(w: RectificationSteps) -> None:
    item = w.disclosed()
    sheet = w.office.get(f"/inspection/rounds/{w.item(item)['round_id']}/compliance").body
    assert "XC-45.0a" not in sheet["clauses"]
    refused(w.do(item, "record_follow_up", {"visited_on": "2026-03-02", "findings": "情况"}),
            "PRECONDITION_NOT_MET", "XC-45.0a")  # fmt: skip


@proves("XC-45.0a", check=2)
def test_what_is_found_unsolved_is_put_right_once_more(w: RectificationSteps) -> None:
    item = w.disclosed()
    refused(w.do(item, "order_follow_up", VISIT | {"visit_on": "2026-03-01"}), "DATE_ORDER", field="visit_on")
    refused(w.do(item, "order_follow_up", VISIT, by=w.clerk), "WRONG_ROLE", "XC-45.0a")
    done(w.do(item, "order_follow_up", VISIT))
    [event] = w.events("follow_up_ordered")
    assert event == {"unit_id": "edu", "visit_date": "2026-03-10"}
    w.world.on(2026, 3, 10)
    visit = {"visited_on": "2026-03-10", "findings": "一个问题尚未解决", "unsolved_nos": [2]}
    refused(w.do(item, "record_follow_up", visit | {"unsolved_nos": [3]}), "UNKNOWN_REFERENCE", "XC-45.0a")
    done(w.do(item, "record_follow_up", visit))
    assert (w.item(item)["state"], w.item(item)["unsolved"]) == ("rectifying", ",2,")
    assert sorted(w.issue_states(item)) == ["disclosed", "rectifying"]
    done(w.submit_report(item, PROGRESS, rectified_nos=[2]))
    assert (w.item(item)["unsolved"], w.item(item)["solved_nos"]) == ("", ",2,")


def test_a_visit_that_finds_nothing_leaves_the_unit_where_it_is(w: RectificationSteps) -> None:
    item = w.disclosed()
    done(w.do(item, "order_follow_up", VISIT | {"visit_on": "2026-03-02"}))
    done(w.do(item, "record_follow_up", {"visited_on": "2026-03-02", "findings": "均已整改"}))
    assert (w.item(item)["state"], w.issue_states(item)) == ("disclosed", ["disclosed", "disclosed"])


def test_before_the_reports_are_accepted_there_is_nothing_to_disclose(w: RectificationSteps) -> None:
    item = w.rectifying()
    refused(w.notify(item), "WRONG_STATE", "XC-43.0a")
    refused(w.do(item, "order_follow_up", VISIT), "WRONG_STATE", "XC-45.0a")
    refused(w.do(item, "accept_rectification_reports", REPLY), "WRONG_STATE", "XC-42.2c")
