"""Proposals to a unit on how to deal with who is in breach: they rest on a verification, and reach the head alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.verification_steps import VerificationWorld
from tests.world import Answer

PLACE = "/clues/handling-proposals"


@pytest.fixture
def here(tmp_path: Path) -> VerificationWorld:
    return VerificationWorld(tmp_path)


def drafted(here: VerificationWorld, matter: str, **changes: object) -> Answer:
    paper = {"matter_ref": matter, "person_ids": ["p-edu-sec"], "proposal": "建议予以诫勉"} | changes
    return here.clerk.act(f"{PLACE}/draft_handling_proposal", paper)


def sent(here: VerificationWorld) -> str:
    item = str(done(drafted(here, here.opened())).body["id"])
    done(here.clerk.act(f"{PLACE}/{item}/send_handling_proposal"))
    done(here.head.decide("clues", "handling-proposals", item))
    return item


@proves("LL-1.9", check=1)
def test_a_proposal_rests_on_a_verification_of_the_same_office(here: VerificationWorld) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"])
    for matter in ("nothing", clue):
        answer = drafted(here, matter)
        refused(answer, "UNKNOWN_REFERENCE", "LL-1.9")
        assert answer.body["field"] == "matter_ref"
    verification = here.opened()
    other = here.world.as_("clerk3").act(
        f"{PLACE}/draft_handling_proposal", {"matter_ref": verification, "proposal": "建议予以诫勉"}
    )
    refused(other, "UNKNOWN_REFERENCE", "LL-1.9")
    refused(drafted(here, verification, person_ids=["p-edu-clerk"]), "UNKNOWN_REFERENCE", "LL-1.9")
    done(drafted(here, verification))


@proves("LL-1.9", check=2)
def test_of_the_unit_its_party_committee_alone_reads_it(here: VerificationWorld) -> None:
    item = sent(here)
    [event] = here.events("clues.handling_proposed")
    assert event.data == {"proposal_id": item, "unit_id": "edu", "proposed_on": "2026-03-02"}
    assert here.world.as_("edu-head").get(f"{PLACE}/{item}").body["state"] == "sent"
    hidden_from(here, item, "hou-head", "clerk2", "xf1")
    here.person_is("p-edu-clerk", superior_person_id="p-edu-vice")  # no more in the line of whom it is about
    hidden_from(here, item, "edu-clerk")


def test_before_it_is_sent_nobody_of_the_unit_knows_of_it(here: VerificationWorld) -> None:
    item = str(done(drafted(here, here.opened())).body["id"])
    hidden_from(here, item, "edu-head", "hou-head")
    done(here.clerk.act(f"{PLACE}/{item}/send_handling_proposal"))
    assert here.events("clues.handling_proposed") == []
    answer = here.deputy.decide("clues", "handling-proposals", item)
    refused(answer, "WRONG_APPROVER", "LL-1.9")
    hidden_from(here, item, "edu-head")
    done(here.head.decide("clues", "handling-proposals", item))
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "handling_proposed"]
    assert [n["to_person"] for n in told] == ["p-edu-head"]


def hidden_from(here: VerificationWorld, item: str, *accounts: str) -> None:
    for account in accounts:
        client = here.world.as_(account)
        assert client.get(f"{PLACE}/{item}").status == 404
        assert client.get(PLACE).body["items"] == []
        assert here.audited(item, "refused")[-1].code == "ACCESS_DENIED"
