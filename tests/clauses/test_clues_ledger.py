"""The clue ledger: one clue for one petition, every step on record, nothing deleted, nobody who need not know."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select

from services.chassis.bus.message import Delivery
from services.clues.storage import Clue
from tests.clause_proof import proves
from tests.clauses.clues_steps import BASIS, CLUES, CluesWorld, done, refused

STATES = [
    "registered",
    "disposition_approved",
    "inquiry_issued",
    "explanation_received",
    "close_proposed",
    "closed",
]


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


def count(here: CluesWorld) -> int:
    with here.world.runtimes["clues"].db.read() as session:
        return session.scalar(select(func.count()).select_from(Clue)) or 0


@proves("LZ-12.11", check=1)
@proves("LZ-12.24", check=2)
def test_a_referred_petition_becomes_one_clue_that_names_it_and_cannot_be_deleted(here: CluesWorld) -> None:
    petition = here.petition()
    here.world.pump()
    [clue] = here.listed(here.clerk)
    assert (clue["petition_id"], clue["source"], clue["state"]) == (petition, "petition", "registered")
    assert (clue["handler_id"], clue["secrecy"], clue["subject_level"]) == (
        "p-clerk1",
        "restricted",
        "section_staff",
    )
    assert here.clerk.get(f"/intake/petitions/{petition}").body["clue_id"] == clue["id"]
    [event] = here.events("clues.clue_registered")
    assert event.data["petition_id"] == petition
    refused(here.clerk.send("DELETE", f"{CLUES}/{clue['id']}"), "IMMUTABLE", "LZ-12.24")
    assert count(here) == 1
    assert [entry.act for entry in here.audited(clue["id"], "refused")] == ["delete"]


@proves("LZ-12.24", check=1)
@pytest.mark.parametrize(
    "act",
    ["record_talk", "issue_inquiry_letter", "begin_verification", "begin_filing", "propose_disposition"],
)
def test_nothing_is_done_on_a_matter_that_is_not_in_the_ledger(here: CluesWorld, act: str) -> None:
    entered = done(here.found("p-edu-sec")).body
    assert (bool(entered["no"]), "LZ-12.24" in entered["clauses"]) == (True, True)
    strange = here.head.act(f"{CLUES}/{'0' * 32}/{act}", {})
    assert strange.code == "UNKNOWN_REFERENCE"
    opened = [a for a in here.head.get("/clues/acts").body["acts"] if a["kind"] in ("verification", "case")]
    assert opened
    assert [a["name"] for a in opened if a["creates"]] == [], "only a clue leads to one"


@proves("LZ-12.11", check=2)
def test_a_petition_judged_out_of_scope_is_not_referred_as_a_clue(here: CluesWorld) -> None:
    petition = here.recorded(in_scope=False)
    answer = here.clerk.act(f"/intake/petitions/{petition}/refer_as_clue", {"reason": "提请处置"})
    refused(answer, "WRONG_STATE", "LZ-12.11")
    here.world.pump()
    assert count(here) == 0


@proves("LZ-12.11", check=3)
def test_a_referral_that_arrives_twice_opens_one_clue(here: CluesWorld) -> None:
    petition = here.petition()
    referral = here.referral(petition)
    here.deliver(referral, referral)
    here.deliver(referral)
    after_restore = Delivery(
        referral.body, {**referral.headers, "dw-epoch": 2}, referral.message_id, redelivered=True
    )
    here.deliver(after_restore)
    here.world.pump()
    assert count(here) == 1
    assert len(here.events("clues.clue_registered")) == 1
    assert here.world.parked() == []


def test_clues_take_their_numbers_from_the_series_of_their_office_and_year(here: CluesWorld) -> None:
    numbers = [done(here.found("p-edu-sec")).body["no"] for _ in range(2)]
    numbers.append(done(here.found("p-edu-sec", changes={"found_on": "2025-12-31"})).body["no"])
    other = here.world.as_("clerk3")
    numbers.append(done(here.found("p-hou-sec", client=other, changes={"unit_id": "hou"})).body["no"])
    assert numbers == [
        "XS-pz1-2026-00001",
        "XS-pz1-2026-00002",
        "XS-pz1-2025-00001",
        "XS-pz2-2026-00001",
    ]


@proves("LZ-12.25", check=1)
def test_the_ledger_shows_a_new_status_as_soon_as_the_step_is_saved(here: CluesWorld) -> None:
    clue = here.clue()
    for step, state in (
        (lambda: here.disposed(clue), "disposition_approved"),
        (lambda: done(here.issue(clue)), "inquiry_issued"),
        (lambda: done(here.explain(clue)), "explanation_received"),
    ):
        step()
        [line] = here.listed(here.clerk)
        assert line["state"] == state
        assert here.events("clues.clue_status_changed")[-1].data["to_state"] == state


@proves("LZ-12.25", check=2)
def test_no_state_is_skipped(here: CluesWorld) -> None:
    clue = here.clue()
    refused(here.explain(clue), "WRONG_STATE", "LZ-12.25")
    refused(here.propose_closing(clue), "WRONG_STATE", "LZ-12.25")
    refused(here.close(clue), "WRONG_STATE", "LZ-12.25")
    here.disposed(clue, "inquiry")
    refused(here.propose_closing(clue), "WRONG_STATE", "LZ-12.25")
    assert here.shown(clue)["state"] == "disposition_approved"


@proves("LZ-12.27", check=1)
def test_the_trail_of_a_closed_clue_has_every_state_without_a_gap(here: CluesWorld) -> None:
    clue = here.closed(here.clue())
    steps = [line for line in here.shown(clue)["timeline"] if line["to_state"]]
    assert [line["to_state"] for line in steps] == STATES
    assert all(earlier["to_state"] == later["from_state"] for earlier, later in pairwise(steps))
    assert all(line["person"] and line["at"] and line["clauses"] for line in steps)
    handed_on = here.events("clues.clue_status_changed")
    assert [(e.data["from_state"], e.data["to_state"]) for e in handed_on] == list(pairwise(STATES))


@proves("LZ-12.27", check=2)
@pytest.mark.parametrize("basis", [None, "", "  "])
def test_no_step_without_its_basis(here: CluesWorld, basis: str | None) -> None:
    """The officer is whoever is signed in: a step without one is not even read."""
    clue = here.clue()
    paper = {"disposition_code": "inquiry"} | ({} if basis is None else {"basis": basis})
    minutes = here.documents("collective_study_minutes")
    answer = here.clerk.act(f"{CLUES}/{clue}/propose_disposition", paper, attachments=minutes)
    refused(answer, "MISSING_FIELD", "LZ-12.27")
    assert answer.body["field"] == "basis"
    nobody = here.clerk.send(
        "POST", f"{CLUES}/{clue}/propose_disposition", body={"paper": BASIS}, headers={"Authorization": ""}
    )
    assert nobody.code == "UNAUTHENTICATED"


def test_of_two_who_act_at_once_one_is_told_that_the_clue_has_moved_on(here: CluesWorld) -> None:
    clue = here.disposed(here.clue())
    seen = here.shown(clue)["version"]
    letter = {"questions": "请作出说明", "copy_person_id": "p-edu-head"}

    def issue(who: str) -> str:
        answer = here.world.as_(who).act(f"{CLUES}/{clue}/issue_inquiry_letter", letter, version=seen)
        return answer.code or str(answer.body["state"])

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(issue, ["clerk1", "deputy1"]))
    assert answers == ["STALE_VERSION", "inquiry_issued"]
    assert len(here.events("clues.inquiry_letter_issued")) == 1


def test_an_act_without_the_version_it_saw_is_refused(here: CluesWorld) -> None:
    clue = here.clue()
    answer = here.clerk.send("POST", f"{CLUES}/{clue}/close_clue", body={"paper": {}})
    assert answer.code == "VERSION_REQUIRED"


def test_a_document_number_of_one_source_is_registered_once(here: CluesWorld) -> None:
    done(here.found("p-edu-sec", changes={"source": "superior", "source_no": "SJ-7"}))
    refused(
        here.found("p-edu-sec", changes={"source": "superior", "source_no": "SJ-7"}), "DUPLICATE", "LZ-12.24"
    )
    done(here.found("p-edu-sec", changes={"source": "other_organ", "source_no": "SJ-7"}))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"found_on": "2026-03-03"}, "DATE_ORDER"),
        ({"unit_id": "nowhere"}, "UNKNOWN_REFERENCE"),
        ({"unit_id": "hou"}, "OUT_OF_SCOPE"),
        ({"subject_ids": ["p-nobody"]}, "UNKNOWN_REFERENCE"),
        ({"subject_ids": ["p-clerk1"]}, "CONFLICT_OF_INTEREST"),
        ({"subject_ids": []}, "INVALID_FIELD"),
        ({"source": "petition"}, "OUT_OF_RANGE"),
    ],
)
def test_what_cannot_be_right_is_not_registered(
    here: CluesWorld, changes: dict[str, object], code: str
) -> None:
    assert here.found("p-edu-sec", changes=changes).code == code
    assert count(here) == 0
