"""Disposing of a clue: studied, proposed, approved by the head, filed for record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import BASIS, CLUES, TALK, CluesWorld, done, refused
from tests.world import Answer

LIAISON, CASE_SUPERVISION = "liaison_discipline_office", "case_supervision_office"


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


@pytest.fixture
def clue(here: CluesWorld) -> str:
    return str(done(here.found("p-edu-sec")).body["id"])


def file(here: CluesWorld, clue: str, recipient: str) -> Answer:
    return here.clerk.act(f"{CLUES}/{clue}/file_for_record", {"recipient_role": recipient})


@proves("LZ-12.19", check=1)
def test_a_deputy_does_not_approve_a_disposition(here: CluesWorld, clue: str) -> None:
    done(here.propose(clue))
    refused(here.approve(clue, by=here.deputy), "WRONG_APPROVER", "LZ-12.19")
    assert here.shown(clue)["state"] == "registered"
    assert here.approve(clue).body["state"] == "disposition_approved"


@proves("LZ-12.19", check=2)
def test_a_disposition_outside_the_code_list_is_refused(here: CluesWorld, clue: str) -> None:
    answer = here.propose(clue, "warning")
    refused(answer, "OUT_OF_RANGE", "LZ-12.19")
    assert answer.body["field"] == "disposition_code"


@pytest.mark.parametrize("code", ["talk", "inquiry", "verification", "suspended", "closing"])
def test_every_disposition_of_the_list_can_be_approved(here: CluesWorld, clue: str, code: str) -> None:
    assert here.shown(here.disposed(clue, code))["disposition_code"] == code
    assert here.events("clues.clue_disposition_approved")[-1].data["disposition_code"] == code


def test_an_installation_may_do_without_suspending(here: CluesWorld, clue: str) -> None:
    here.value_is("LZ-12.19", "suspend_allowed", 0)
    refused(here.propose(clue, "suspended"), "OUT_OF_RANGE", "LZ-12.19")


@proves("LZ-22.5", check=1)
def test_no_disposition_without_the_minutes_of_a_collective_study(here: CluesWorld, clue: str) -> None:
    answer = here.propose(clue, documents=())
    refused(answer, "MISSING_DOCUMENT", "LZ-22.5")
    assert answer.body["field"] == "attachments.collective_study_minutes"


@proves("LZ-12.20", check=1)
def test_each_of_the_two_filings_has_its_own_clock(here: CluesWorld, clue: str) -> None:
    here.disposed(clue)
    here.world.on(2026, 3, 5)
    done(file(here, clue, LIAISON))
    here.world.on(2026, 3, 6)
    clocks = {d["recipient"]: d for d in here.shown(clue)["duties"] if d["clause"] == "LZ-12.20"}
    assert (clocks[LIAISON]["status"], clocks[LIAISON]["late"], clocks[LIAISON]["light"]) == (
        "met",
        False,
        "green",
    )
    assert (clocks[CASE_SUPERVISION]["status"], clocks[CASE_SUPERVISION]["light"]) == ("open", "red")
    late = done(file(here, clue, CASE_SUPERVISION))
    assert [(d["recipient"], d["late"]) for d in late.body["duties"]] == [(CASE_SUPERVISION, True)]


@pytest.mark.parametrize(
    ("approved", "filed", "late"),
    [
        (date(2026, 3, 2), date(2026, 3, 4), False),
        (date(2026, 3, 2), date(2026, 3, 5), False),
        (date(2026, 3, 2), date(2026, 3, 6), True),
        # 28 February 2026 is a Saturday made a working day: it counts, so Monday is the last day.
        (date(2026, 2, 26), date(2026, 3, 2), False),
        (date(2026, 2, 26), date(2026, 3, 3), True),
    ],
)
def test_the_filing_clock_counts_three_working_days_from_approval(
    here: CluesWorld, approved: date, filed: date, *, late: bool
) -> None:
    here.world.on(approved.year, approved.month, approved.day)
    clue = here.disposed(done(here.found("p-edu-sec", changes={"found_on": approved.isoformat()})).body["id"])
    here.world.on(filed.year, filed.month, filed.day, 23, 59)
    [duty] = done(file(here, clue, LIAISON)).body["duties"]
    assert (duty["status"], duty["late"]) == ("met", late)


@proves("LZ-12.20", check=2)
def test_nothing_is_filed_before_it_is_approved(here: CluesWorld, clue: str) -> None:
    refused(file(here, clue, LIAISON), "APPROVAL_REQUIRED", "LZ-12.20")
    done(here.propose(clue))
    refused(file(here, clue, LIAISON), "APPROVAL_REQUIRED", "LZ-12.20")


def test_filing_changes_no_state_and_is_done_once_with_each_office(here: CluesWorld, clue: str) -> None:
    here.disposed(clue)
    assert done(file(here, clue, LIAISON)).body["state"] == "disposition_approved"
    refused(file(here, clue, LIAISON), "DUPLICATE", "LZ-12.20")
    assert file(here, clue, "petition_office").code == "OUT_OF_RANGE"
    assert "file_for_record" in here.offered(clue)
    done(file(here, clue, CASE_SUPERVISION))
    assert "file_for_record" not in here.offered(clue)
    refused(file(here, clue, CASE_SUPERVISION), "DUPLICATE", "LZ-12.20")
    told = [(e.data["recipient_role"]) for e in here.events("clues.clue_filed_for_record")]
    assert told == [LIAISON, CASE_SUPERVISION]


@proves("LZ-13.1", check=2)
def test_a_head_may_approve_an_own_proposal_and_it_is_logged(here: CluesWorld, clue: str) -> None:
    done(here.propose(clue, by=here.head))
    answer = done(here.approve(clue))
    assert answer.body["self_initiated"] is True
    assert here.events("clues.clue_disposition_approved")[-1].data["self_initiated"] is True
    [proposal] = here.shown(clue)["proposals"]
    assert proposal["decisions"][0]["self_initiated"] is True
    logged = [e.body for e in here.audited(clue, "accepted") if e.act == "approve:propose_disposition"]
    assert '"self_initiated":true' in logged[0]


@proves("LZ-13.1", check=3)
def test_a_talk_with_a_principal_leader_of_the_unit_is_not_the_heads_to_approve(here: CluesWorld) -> None:
    here.person_is("p-edu-head", party_head=True)
    clue = done(here.found("p-edu-head")).body["id"]
    done(here.propose(clue, "talk", documents=TALK))
    refused(here.approve(clue), "WRONG_APPROVER", "LZ-13.1")
    refused(here.approve(clue), "WRONG_APPROVER", "LZ-16.8")
    assert here.shown(clue)["state"] == "registered"
    here.value_is("LZ-13.1", "strict_talk", 0, number=2)
    assert done(here.approve(clue)).body["state"] == "disposition_approved"


def test_an_inquiry_of_the_same_leader_is_the_heads_to_approve(here: CluesWorld) -> None:
    here.person_is("p-edu-head", party_head=True)
    clue = done(here.found("p-edu-head")).body["id"]
    done(here.propose(clue, "inquiry"))
    assert done(here.approve(clue)).body["state"] == "disposition_approved"


@proves("LZ-13.2", check=1)
def test_no_talk_is_requested_without_its_plan(here: CluesWorld, clue: str) -> None:
    answer = here.propose(clue, "talk", documents=("collective_study_minutes", "work_contingency_plan"))
    refused(answer, "MISSING_DOCUMENT", "LZ-13.2")


@proves("LZ-13.3", check=1)
def test_no_talk_is_requested_without_its_contingency_plan(here: CluesWorld, clue: str) -> None:
    answer = here.propose(clue, "talk", documents=("collective_study_minutes", "talk_plan"))
    refused(answer, "MISSING_DOCUMENT", "LZ-13.3")


@proves("LZ-13.2", check=2)
@proves("LZ-13.3", check=2)
def test_a_talk_with_both_plans_is_requested_and_waits_for_the_head(here: CluesWorld, clue: str) -> None:
    """The request is the pending proposal; the clue itself moves only when it is approved."""
    answer = done(here.propose(clue, "talk", documents=TALK))
    assert answer.body["proposal"]["status"] == "pending"
    [line] = here.head.get("/clues/worklist").body["items"]
    assert [(p["act"], p["mine_to_decide"]) for p in line["to_decide"]] == [("propose_disposition", True)]
    asked = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "approval_asked"]
    assert [(n["to_role"], n["office_id"]) for n in asked] == [("dispatched_office_head", "pz1")]


def test_what_was_returned_can_be_proposed_again(here: CluesWorld, clue: str) -> None:
    done(here.propose(clue))
    done(here.head.decide("clues", "clues", clue, approve=False, reason="请补充研究意见"))
    assert here.shown(clue)["state"] == "registered"
    assert here.shown(here.disposed(clue))["state"] == "disposition_approved"


def test_an_approval_holds_for_the_content_that_was_seen(here: CluesWorld, clue: str) -> None:
    done(here.propose(clue))
    answer = here.head.decide("clues", "clues", clue, digest="0" * 64)
    assert answer.code == "STALE_VERSION"


@pytest.mark.parametrize("subject", ["p-edu-head", "p-edu-vice"])
def test_officials_whom_the_unit_does_not_manage_are_not_the_offices_to_dispose_of(
    here: CluesWorld, subject: str
) -> None:
    clue = done(here.found("p-edu-sec", subject)).body["id"]
    refused(here.propose(clue), "OUT_OF_SCOPE", "LZ-12.18")


def test_a_clue_on_the_heads_own_staff_is_not_laid_before_the_head(here: CluesWorld) -> None:
    """The head is their superior in line: the clue goes to the case supervision office instead."""
    clue = done(here.found("p-clerk2")).body["id"]
    refused(here.propose(clue), "CONFLICT_OF_INTEREST", "LZ-12.17")
    assert here.head.get(f"{CLUES}/{clue}").status == 404
    assert done(here.clerk.act(f"{CLUES}/{clue}/submit_clue")).body["state"] == "submitted"


def test_a_second_inquiry_needs_its_own_approval(here: CluesWorld, clue: str) -> None:
    here.explained(clue)
    refused(here.issue(clue), "APPROVAL_REQUIRED", "LZ-13.1")
    here.disposed(clue)
    assert done(here.issue(clue)).body["state"] == "inquiry_issued"
    first, second = here.events("clues.inquiry_letter_issued")
    assert (first.data["letter_no"], second.data["letter_no"]) == ("HX-pz1-2026-00001", "HX-pz1-2026-00002")


def test_the_proposal_of_a_stranger_to_the_form_is_refused(here: CluesWorld, clue: str) -> None:
    paper = {"disposition_code": "inquiry", "approved": True} | BASIS
    answer = here.clerk.act(
        f"{CLUES}/{clue}/propose_disposition", paper, attachments=here.documents("collective_study_minutes")
    )
    assert answer.code == "UNKNOWN_FIELD"
