"""Findings and their working papers; the fieldwork closes (XC-23)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.world import Answer, Client

ISSUES = "/inspection/issues"
PAPER: dict[str, Any] = {
    "summary": "问题摘要",
    "source": "查阅资料",
    "steps_and_methods": "主要步骤和方式方法",
    "facts": "基本事实",
    "supporting_material": ["会议记录第3页"],
}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    return w.unit_at("entered")


def issue(w: RoundWorld, unit: str, by: Client | None = None, **changes: object) -> str:
    paper = {"engagement_id": unit.rpartition("/")[2], "title": "发现的问题"} | changes
    return f"{ISSUES}/{done(w.do(ISSUES, 'record_issue', paper, by=by or w.member)).body['id']}"


def write(w: RoundWorld, item: str, by: Client | None = None, **changes: Any) -> Answer:
    return w.do(item, "draft_working_paper", PAPER | changes, by=by or w.member)


def signed(w: RoundWorld, unit: str) -> str:
    item = issue(w, unit)
    done(write(w, item))
    done(w.decide(item, w.deputy))
    done(w.decide(item, w.leader))
    return item


@proves("XC-23.0a", check=2)
def test_a_paper_without_supporting_material_does_not_go_to_review(w: RoundWorld, unit: str) -> None:
    item = issue(w, unit)
    [duty] = [d for d in w.item(item, w.member)["duties"] if d["clause"] == "XC-23.0a"]
    assert duty["due_on"] == "2026-03-09"
    refused(write(w, item, supporting_material=[]), "MISSING_FIELD", "XC-23.0a", field="supporting_material")


@proves("XC-23.0b", check=1)
@pytest.mark.parametrize("field", ["steps_and_methods", "facts"])
def test_a_paper_says_how_the_facts_were_found(w: RoundWorld, unit: str, field: str) -> None:
    left_out: dict[str, Any] = {field: ""}
    refused(write(w, issue(w, unit), **left_out), "MISSING_FIELD", "XC-23.0b", field=field)


@proves("XC-23.0c", check=1)
def test_the_leader_signs_after_the_deputy(w: RoundWorld, unit: str) -> None:
    item = issue(w, unit)
    done(write(w, item))
    refused(w.decide(item, w.leader), "APPROVAL_ORDER", "XC-23.0c")
    done(w.decide(item, w.deputy))
    assert done(w.decide(item, w.leader)).body["state"] == "paper_signed"


@proves("XC-23.0c", check=2)
def test_a_deputy_does_not_recheck_an_own_paper(w: RoundWorld, unit: str) -> None:
    """Refused when it is sent for review, where the team has no other deputy; with another one, SELF_APPROVAL."""
    item = issue(w, unit, by=w.deputy)
    refused(write(w, item, by=w.deputy), "WRONG_APPROVER", "XC-23.0c")


@proves("XC-23.0c", check=3)
def test_a_signed_paper_is_not_edited(w: RoundWorld, unit: str) -> None:
    item = signed(w, unit)
    refused(write(w, item), "WRONG_STATE", "XC-23.0c")
    done(w.do(item, "reopen_working_paper", by=w.member))
    done(write(w, item))
    refused(w.decide(item, w.leader), "APPROVAL_ORDER", "XC-23.0c")
    done(w.decide(item, w.deputy))
    done(w.decide(item, w.leader))
    assert w.item(item, w.member)["paper_version"] == 2


@proves("XC-23.0d", check=1)
def test_fieldwork_does_not_close_over_a_paper_that_nobody_keeps(w: RoundWorld, unit: str) -> None:
    item = signed(w, unit)
    refused(w.do(unit, "close_fieldwork", by=w.leader), "MISSING_FIELD", "XC-23.0d", field="custodian_id")
    done(w.do(item, "keep_working_paper", {"custodian_id": "p-zu3"}, by=w.member))
    assert done(w.do(unit, "close_fieldwork", by=w.leader)).body["state"] == "withdrawal_prepared"


def test_fieldwork_does_not_close_over_an_important_finding_without_a_paper(w: RoundWorld, unit: str) -> None:
    issue(w, unit, important=False)
    item = issue(w, unit)
    refused(w.do(unit, "close_fieldwork", by=w.leader), "MISSING_DOCUMENT", "XC-23.0a")
    assert w.member_2.get(item).status == 404
    assert w.office.get(item).status == 404
