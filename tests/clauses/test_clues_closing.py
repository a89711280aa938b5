"""Closing a clue: proposed, approved and reported before it takes effect; then the petition goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from nacl.public import PrivateKey
from sqlalchemy import select

from services.chassis import keys
from services.chassis.packages import Package, open_package
from tests.clause_proof import proves
from tests.clauses.clues_steps import BASIS, CLUES, CluesWorld, done, refused


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


@pytest.fixture
def clue(here: CluesWorld) -> str:
    return here.explained(str(done(here.found("p-edu-sec")).body["id"]))


@proves("LZ-14.8", check=1)
def test_no_closing_takes_effect_before_it_is_reported(here: CluesWorld, clue: str) -> None:
    refused(here.close(clue), "APPROVAL_REQUIRED", "LZ-14.8")
    refused(here.report(clue), "APPROVAL_REQUIRED", "LZ-14.8")
    here.close_proposed(clue)
    refused(here.close(clue), "MISSING_DOCUMENT", "LZ-14.8")
    answer = here.clerk.act(f"{CLUES}/{clue}/report_disposition")
    refused(answer, "MISSING_DOCUMENT", "LZ-14.8")
    done(here.report(clue))
    assert done(here.close(clue)).body["state"] == "closed"


@proves("LZ-14.8", check=2)
@pytest.mark.parametrize("day", [4, 5, 6])
def test_a_report_past_the_prompt_parameter_is_only_warned_of(here: CluesWorld, clue: str, day: int) -> None:
    """The limit is the product's own, so that passing it is no breach (effect `warning` in values.yaml)."""
    here.close_proposed(clue)
    here.world.on(2026, 3, day, 23, 59)
    answer = done(here.report(clue))
    assert [(d["clause"], d["late"]) for d in answer.body["duties"]] == [("LZ-14.8", False)]
    done(here.close(clue))


def test_the_report_goes_to_the_liaison_office_once(here: CluesWorld, clue: str) -> None:
    here.close_proposed(clue)
    refused(here.report(clue, recipient_role="case_supervision_office"), "WRONG_ROUTE", "LZ-14.8")
    done(here.report(clue))
    refused(here.report(clue), "DUPLICATE", "LZ-14.8")
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "disposition_reported"]
    assert [(n["to_role"], n["office_id"]) for n in told] == [("liaison_discipline_office", "jd1")]


def test_a_deputy_does_not_approve_a_closing(here: CluesWorld, clue: str) -> None:
    done(here.propose_closing(clue))
    refused(here.approve(clue, by=here.deputy), "WRONG_APPROVER", "LZ-14.8")
    assert here.shown(clue)["state"] == "explanation_received"


@proves("LZ-22.15", check=2)
def test_three_persons_propose_approve_and_carry_out(here: CluesWorld, clue: str) -> None:
    done(here.propose_closing(clue, by=here.clerk))
    done(here.approve(clue, by=here.head))
    done(here.report(clue))
    assert done(here.close(clue, by=here.deputy)).body["state"] == "closed"


@proves("LZ-22.15", check=1)
def test_who_asked_does_not_approve_unless_the_text_names_them_alone_and_then_it_is_logged(
    here: CluesWorld, clue: str
) -> None:
    """A closing has the head as its sole approver; a petition's closing has several possible ones."""
    done(here.propose_closing(clue, by=here.head))
    assert done(here.approve(clue)).body["self_initiated"] is True
    done(here.report(clue))
    refused(here.close(clue, by=here.head), "SELF_APPROVAL", "LZ-22.15")
    petition = here.petition()
    here.world.pump()
    [other] = [line["id"] for line in here.listed(here.clerk) if line["petition_id"] == petition]
    here.closed(other)
    here.world.pump()
    item = f"/intake/petitions/{petition}"
    result = {"outcome_code": "handled", "platform_no": "PT-1", "result": "已办结"}
    done(here.clerk.act(f"{item}/record_result", result))
    done(here.clerk.act(f"{item}/submit_closure", {"opinion": "请审结"}))
    reviewer = here.world.as_("xf1")
    done(reviewer.act(f"{item}/close_petition", {"opinion": "同意审结"}))
    refused(reviewer.decide("intake", "petitions", petition), "SELF_APPROVAL", "LZ-22.15")
    done(here.world.as_("xf2").decide("intake", "petitions", petition))


def test_a_petition_and_its_clue_go_from_the_letter_to_the_petitions_reply(here: CluesWorld) -> None:
    petition = here.petition()
    here.world.pump()
    [line] = here.listed(here.clerk)
    clue = here.closed(line["id"])
    here.world.pump()
    assert here.world.parked() == []
    shown = here.clerk.get(f"/intake/petitions/{petition}").body
    assert (shown["state"], shown["clue_id"]) == ("replied", clue)
    last = here.events("clues.clue_status_changed")[-1].data
    assert (last["to_state"], last["outcome_code"], last["petition_id"]) == ("closed", "explained", petition)


def test_a_clue_that_was_suspended_or_is_to_be_closed_needs_no_explanation(here: CluesWorld) -> None:
    for code in ("closing", "suspended"):
        clue = here.disposed(done(here.found("p-edu-sec")).body["id"], code)
        here.close_proposed(clue)
        done(here.report(clue))
        assert done(here.close(clue)).body["state"] == "closed"


def test_the_volume_of_a_closed_clue_is_packed_and_named_by_its_digest(here: CluesWorld, clue: str) -> None:
    here.close_proposed(clue)
    done(here.report(clue))
    done(here.close(clue))
    digest = here.events("clues.clue_status_changed")[-1].data["package_digest"]
    runtime = here.world.runtimes["clues"]
    with runtime.db.read() as session:
        package = session.scalars(select(Package).where(Package.digest == digest)).one()
    private = archive_key(here)
    opened = open_package(package.body, private, runtime.ring.trust)
    assert (opened.manifest["id"], opened.papers, opened.attachments) == (clue, 7, 3)
    assert all(not e.data["package_digest"] for e in here.events("clues.clue_status_changed")[:-1])


def archive_key(here: CluesWorld) -> PrivateKey:
    return keys.load(here.world.runtimes["clues"].settings.key_dir, "archive").box


def test_only_the_archive_fetches_a_package(here: CluesWorld, clue: str) -> None:
    assert here.head.get(f"/clues/packages/{'0' * 64}").status == 401


def test_a_closing_without_its_outcome_or_basis_is_refused(here: CluesWorld, clue: str) -> None:
    assert here.clerk.act(f"{CLUES}/{clue}/propose_closing", BASIS).code == "MISSING_FIELD"
    assert (
        here.clerk.act(f"{CLUES}/{clue}/propose_closing", {"outcome_code": "explained"}).code
        == "MISSING_FIELD"
    )
    assert (
        here.clerk.act(f"{CLUES}/{clue}/propose_closing", {"outcome_code": "forgiven"} | BASIS).code
        == "OUT_OF_RANGE"
    )
