"""The leading group reports on a round's rectification to the county committee, and proposes accountability (XC-44)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.rectification_steps import PROPOSALS, SUMMARIES, RectificationSteps
from tests.clauses.round_steps import done, refused
from tests.world import Answer, Client

SHEET: dict[str, Any] = {
    "found_no": "7",
    "batch_id": "B-1",
    "route": "investigate_now",
    "consent_ref": "LD-2",
    "receiver": "discipline_commission",
    "unit_id": "edu",
    "subject_ids": ["p-edu-sec"],
    "transferred_on": "2026-03-02",
    "summary": "巡察发现的问题",
}


@pytest.fixture
def w(tmp_path: Path) -> RectificationSteps:
    return RectificationSteps(tmp_path)


def draft(w: RectificationSteps, item: str, *, failed: str | None = None, **changes: object) -> Answer:
    unit: dict[str, Any] = {"unit_id": "edu", "issues_rectified": 2, "failed_duty": failed}
    paper: dict[str, object] = {
        "round_id": w.item(item)["round_id"],
        "units": [unit],
        "clues_total": 0,
        "clues_closed": 0,
        "text": "报告正文",
    }
    return w.do(SUMMARIES, "draft_rectification_summary", paper | changes)


def drafted(w: RectificationSteps, item: str, **changes: Any) -> str:
    return f"{SUMMARIES}/{done(draft(w, item, **changes)).body['id']}"


def send(w: RectificationSteps, summary: str, *, by: Client | None = None) -> Answer:
    return w.do(summary, "issue_rectification_summary", by=by or w.deputy_head)


def propose(w: RectificationSteps, item: str, *, by: Client | None = None, **changes: object) -> Answer:
    paper: dict[str, object] = {
        "round_id": w.item(item)["round_id"],
        "unit_id": "edu",
        "failed_duty": "falsified",
        "evidence": "回访发现台账造假",
    }
    return w.do(PROPOSALS, "propose_accountability", paper | changes, by=by or w.head)


@proves("XC-44.0a", check=1)
@pytest.mark.parametrize(("month", "day", "hour", "allowed"), [(5, 2, 23, False), (5, 3, 0, True)])
def test_before_two_months_are_over_for_each_unit_nothing_is_reported(
    w: RectificationSteps, month: int, day: int, hour: int, *, allowed: bool
) -> None:
    """Feedback on 2 March: 2 May is the last day of the two months, though no working day."""
    item = w.disclosed()
    w.world.on(2026, month, day, hour, 59 if hour else 0)
    answer = send(w, drafted(w, item))
    if not allowed:
        refused(answer, "PRECONDITION_NOT_MET", "XC-44.0a")
        return
    assert "XC-44.0a" in done(answer).body["clauses"]
    [event] = w.events("rectification_summary_reported")
    assert event == {"round_id": w.item(item)["round_id"], "reported_on": "2026-05-03"}
    assert w.item(f"/inspection/rounds/{event['round_id']}")["state"] == "summarised"
    assert (w.item(item)["state"], w.issue_states(item)) == ("summarised", ["closed", "closed"])


def test_the_report_is_on_the_units_of_the_round(w: RectificationSteps) -> None:
    item = w.disclosed()
    other = [{"unit_id": "hou", "issues_rectified": 0}]
    refused(draft(w, item, units=other), "OUT_OF_SCOPE", "XC-44.0a", field="units.unit_id")
    more = [{"unit_id": "edu", "issues_rectified": 3}]
    refused(draft(w, item, units=more), "OUT_OF_RANGE", "XC-44.0a", field="units.issues_rectified")
    refused(draft(w, item, round_id="none"), "UNKNOWN_REFERENCE", field="round_id")


@proves("XC-44.0a", check=2)
def test_the_office_reports_in_no_name_of_its_own(w: RectificationSteps) -> None:
    item = w.disclosed()
    w.world.on(2026, 5, 4)
    summary = drafted(w, item)
    for one in (w.office, w.world.as_("xcd")):
        refused(send(w, summary, by=one), "WRONG_ROLE", "XC-44.0a")
    done(send(w, summary))


@proves("XC-44.0a", check=3)
def test_the_figures_of_clues_are_those_of_the_ledger(w: RectificationSteps) -> None:
    item = w.disclosed()
    transferred(w, item)
    w.world.on(2026, 5, 4)
    wrong = send(w, drafted(w, item))
    refused(wrong, "CONTENT_RULE", "XC-44.0a", field="clues_total")
    refused(send(w, drafted(w, item, clues_total=1, clues_closed=1)), "CONTENT_RULE", "XC-44.0a")
    done(send(w, drafted(w, item, clues_total=1)))


def transferred(w: RectificationSteps, item: str) -> None:
    sheet = SHEET | {"round_id": w.item(item)["round_id"]}
    done(w.do("/inspection/clue-transfers", "transfer_clue", sheet, documents=("investigation_proposal",)))


@proves("XC-44.0b", check=1)
def test_a_unit_that_failed_its_duty_is_held_to_account(w: RectificationSteps) -> None:
    item = w.disclosed()
    w.world.on(2026, 5, 4)
    summary = drafted(w, item, failed="falsified")
    refused(send(w, summary), "MISSING_FIELD", "XC-44.0b", field="proposals")
    proposal = f"{PROPOSALS}/{done(propose(w, item)).body['id']}"
    refused(propose(w, item), "DUPLICATE", "XC-44.0b", field="unit_id")
    assert (w.events("accountability_proposed"), w.committee.get(proposal).status) == ([], 404)
    done(send(w, summary))
    [event] = w.events("accountability_proposed")
    assert (event["unit_id"], event["behaviour"]) == ("edu", "falsified")
    assert w.item(proposal, w.committee)["state"] == "proposed"
    assert w.item(summary, w.committee)["state"] == "reported"


@proves("XC-44.0b", check=2)
def test_a_proposal_rests_on_evidence(w: RectificationSteps) -> None:
    item = w.disclosed()
    refused(propose(w, item, evidence=""), "MISSING_FIELD", "XC-44.0b", field="evidence")
    refused(propose(w, item, unit_id="hou"), "OUT_OF_SCOPE", "XC-44.0b", field="unit_id")
    refused(propose(w, item, by=w.office), "WRONG_ROLE", "XC-44.0b")


def test_neither_the_unit_nor_the_office_knows_of_a_proposal(w: RectificationSteps) -> None:
    item = w.disclosed()
    proposal = f"{PROPOSALS}/{done(propose(w, item)).body['id']}"
    assert w.item(proposal, w.member_of_group)["failed_duty"] == "falsified"
    for stranger in (w.office, w.principal, w.clerk, w.leader, w.committee):
        assert stranger.get(proposal).status == 404
        assert stranger.get(PROPOSALS).body["items"] == []
    summary = drafted(w, item, failed="falsified")
    for stranger in (w.principal, w.committee, w.leader):
        assert stranger.get(summary).status == 404


def test_who_discloses_after_the_report_was_in_it_all_the_same(w: RectificationSteps) -> None:
    item = w.accepted()
    done(w.notify(item, disclose_by="2026-05-31"))
    w.world.on(2026, 5, 4)
    done(send(w, drafted(w, item)))
    assert w.item(item)["state"] == "rectification_accepted"
    done(w.check_risk(item))
    for circle in ("inner_party", "public"):
        done(w.disclose(item, circle))
    done(w.do(item, "close_disclosure", by=w.clerk))
    assert (w.item(item)["state"], w.issue_states(item)) == ("summarised", ["closed", "closed"])
