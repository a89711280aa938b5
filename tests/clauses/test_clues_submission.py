"""Clues on officials whom the unit does not manage go to the case supervision office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import BASIS, CLUES, CluesWorld, done, refused
from tests.world import Answer


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


def registered(here: CluesWorld, *subjects: str, found_on: str = "2026-03-02") -> str:
    return str(done(here.found(*subjects, changes={"found_on": found_on})).body["id"])


def propose(here: CluesWorld, clue: str) -> Answer:
    return here.clerk.act(f"{CLUES}/{clue}/propose_submission", BASIS)


def submit(here: CluesWorld, clue: str, **paper: object) -> Answer:
    return here.clerk.act(f"{CLUES}/{clue}/submit_clue", paper)


@proves("LZ-12.17", check=1)
def test_a_clue_is_not_submitted_without_the_heads_approval(here: CluesWorld) -> None:
    clue = registered(here, "p-edu-vice")
    refused(submit(here, clue), "APPROVAL_REQUIRED", "LZ-12.17")
    done(propose(here, clue))
    refused(submit(here, clue), "APPROVAL_REQUIRED", "LZ-12.17")
    refused(here.approve(clue, by=here.deputy), "WRONG_APPROVER", "LZ-12.17")
    done(here.approve(clue))
    assert done(submit(here, clue)).body["state"] == "submitted"
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "clue_submitted"]
    assert [notice["to_role"] for notice in told] == ["case_supervision_office"]


@proves("LZ-12.17", check=2)
def test_a_clue_on_the_head_passes_the_head_by(here: CluesWorld) -> None:
    """Nothing is laid before the head, who never learns of it; it goes to the case supervision office directly."""
    clue = registered(here, "p-head1")
    refused(propose(here, clue), "CONFLICT_OF_INTEREST", "LZ-12.17")
    assert here.head.get(f"{CLUES}/{clue}").code == "UNKNOWN_REFERENCE"
    assert [e.code for e in here.audited(clue, "refused")] == ["CONFLICT_OF_INTEREST", "CONFLICT_OF_INTEREST"]
    assert done(submit(here, clue)).body["state"] == "submitted"
    notices = here.events("clues.notice_due")
    assert "dispatched_office_head" not in {notice.data["to_role"] for notice in notices}
    assert all("p-head1" in str(notice.data["recused"]) for notice in notices)


@proves("LZ-12.18", check=1)
@pytest.mark.parametrize(
    ("approved", "submitted", "late"),
    [
        (date(2026, 3, 2), date(2026, 3, 4), False),
        (date(2026, 3, 2), date(2026, 3, 5), False),
        (date(2026, 3, 2), date(2026, 3, 6), True),
        # 28 February 2026 is a Saturday made a working day.
        (date(2026, 2, 26), date(2026, 3, 2), False),
        (date(2026, 2, 26), date(2026, 3, 3), True),
    ],
)
def test_three_working_days_to_submit(
    here: CluesWorld, approved: date, submitted: date, *, late: bool
) -> None:
    here.world.on(approved.year, approved.month, approved.day)
    clue = registered(here, "p-edu-vice", found_on=approved.isoformat())
    done(propose(here, clue))
    done(here.approve(clue))
    here.world.on(submitted.year, submitted.month, submitted.day, 23, 59)
    answer = done(submit(here, clue))
    assert [(d["clause"], d["status"], d["late"]) for d in answer.body["duties"]] == [
        ("LZ-12.18", "met", late)
    ]


@proves("LZ-12.18", check=2)
@pytest.mark.parametrize("code", ["talk", "inquiry", "verification"])
def test_the_office_does_not_dispose_of_such_a_clue_itself(here: CluesWorld, code: str) -> None:
    clue = registered(here, "p-edu-vice")
    documents = ("collective_study_minutes", "talk_plan", "work_contingency_plan")
    refused(here.propose(clue, code, documents=documents), "OUT_OF_SCOPE", "LZ-12.18")
    done(propose(here, clue))
    done(here.approve(clue))
    assert here.propose(clue, code, documents=documents).code == "OUT_OF_SCOPE"
    done(submit(here, clue))
    assert here.propose(clue, code, documents=documents).code == "OUT_OF_SCOPE"
    assert here.issue(clue).code == "OUT_OF_SCOPE"


def test_it_is_submitted_to_the_case_supervision_office_and_nowhere_else(here: CluesWorld) -> None:
    clue = registered(here, "p-edu-vice")
    done(propose(here, clue))
    done(here.approve(clue))
    refused(submit(here, clue, recipient_role="liaison_discipline_office"), "WRONG_ROUTE", "LZ-12.18")
    done(submit(here, clue))
    assert submit(here, clue).code == "WRONG_STATE"
    assert len(here.events("clues.clue_submitted")) == 1


def test_what_the_office_disposes_of_itself_is_not_submitted(here: CluesWorld) -> None:
    clue = registered(here, "p-edu-sec")
    refused(propose(here, clue), "WRONG_ROUTE", "LZ-12.19")
    refused(submit(here, clue), "WRONG_ROUTE", "LZ-12.19")


def test_a_head_who_proposed_and_approved_does_not_submit_as_well(here: CluesWorld) -> None:
    clue = registered(here, "p-edu-vice")
    done(here.head.act(f"{CLUES}/{clue}/propose_submission", BASIS))
    done(here.approve(clue))
    refused(here.head.act(f"{CLUES}/{clue}/submit_clue"), "SELF_APPROVAL", "LZ-22.15")
    done(submit(here, clue))
