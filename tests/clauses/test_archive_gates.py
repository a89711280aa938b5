"""What has to be done before a team hands its archive over (XC-13.1e, XC-28.3d)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.archive_steps import NOTHING, ArchiveSteps
from tests.clauses.petition_steps import petition
from tests.clauses.round_steps import done, refused
from tests.clauses.test_inspection_petitions import PASSED
from tests.world import Answer

SIGNED = {"team_signed": True}


@pytest.fixture
def w(tmp_path: Path) -> ArchiveSteps:
    return ArchiveSteps(tmp_path, services=("inspection", "archive"))


@pytest.fixture
def file(w: ArchiveSteps) -> str:
    return w.file_being_made_up()


def hand_over(w: ArchiveSteps, file: str) -> Answer:
    return w.do(file, "hand_over_archive", SIGNED, by=w.member)


def unit_of(w: ArchiveSteps, file: str) -> str:
    return f"/inspection/engagements/{w.item(file)['engagement_id']}"


@proves("XC-28.3d", check=2)
def test_the_others_hold_nothing_when_the_archive_is_handed_over(w: ArchiveSteps, file: str) -> None:
    """Who files signs last, when it is out of their hands: of three, the leader and the deputy."""
    done(w.close(file))
    refused(hand_over(w, file), "MISSING_SIGNATURE", "XC-28.3d")
    w.leave_unit(file)
    team = w.team_at(unit_of(w, file))
    done(w.do(team, "sign_zero_holding", NOTHING, by=w.leader))
    refused(hand_over(w, file), "MISSING_SIGNATURE", "XC-28.3d")
    done(w.do(team, "sign_zero_holding", NOTHING, by=w.deputy))
    assert "XC-28.3d" in done(hand_over(w, file)).body["clauses"]


@proves("XC-13.1e", check=2)
def test_a_personal_petition_that_is_still_there_holds_the_archive_back(w: ArchiveSteps, file: str) -> None:
    item = petition(w, unit_of(w, file), nature="personal_or_litigation")
    done(w.close(file))
    w.others_sign(file)
    left = hand_over(w, file)
    refused(left, "ITEMS_OUTSTANDING", "XC-13.1e")
    assert "1 personal" in left.body["detail_en"]
    done(w.do(item, "pass_to_department", PASSED, by=w.member, documents=("department_receipt",)))
    assert "XC-13.1e" in done(hand_over(w, file)).body["clauses"]
