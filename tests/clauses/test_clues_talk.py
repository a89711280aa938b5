"""Disposition talks: after approval, by the head or a deputy, with somebody of the unit beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, CluesWorld, done, refused
from tests.world import Answer


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


@pytest.fixture
def clue(here: CluesWorld) -> str:
    return here.disposed(str(done(here.found("p-edu-sec")).body["id"]), "talk")


def test_a_talk_leads_to_an_explanation_and_then_to_the_closing(here: CluesWorld, clue: str) -> None:
    assert done(here.talk(clue, accompanying_ids=["p-edu-head"])).body["state"] == "talk_held"
    refused(here.propose_closing(clue), "MISSING_DOCUMENT", "LZ-13.10")
    done(here.explain(clue))
    here.close_proposed(clue)
    done(here.report(clue))
    assert done(here.close(clue)).body["state"] == "closed"
    [event] = here.events("clues.talk_held")
    assert (event.data["speaker_role"], event.data["held_on"]) == ("dispatched_office_deputy", "2026-03-02")


@proves("LZ-13.5", check=1)
@pytest.mark.parametrize(
    "speaker", ["p-clerk1", "p-clerk2", "p-head2", "p-hou-head", "p-edu-vice", "p-nobody"]
)
def test_nobody_but_the_offices_head_or_deputy_holds_a_talk(
    here: CluesWorld, clue: str, speaker: str
) -> None:
    refused(here.talk(clue, speaker_id=speaker), "WRONG_ROLE", "LZ-13.5")
    assert here.shown(clue)["state"] == "disposition_approved"


@proves("LZ-13.5", check=2)
def test_a_deputy_holds_the_talk_with_the_principal_of_a_department_while_no_rank_table_says_head_only(
    here: CluesWorld,
) -> None:
    here.person_is("p-edu-sec", level="section_chief")
    clue = here.disposed(str(done(here.found("p-edu-sec")).body["id"]), "talk")
    held = done(here.talk(clue, speaker_id="p-deputy1")).body
    assert (held["state"], "LZ-13.5" in held["clauses"]) == ("talk_held", True)
    [event] = here.events("clues.talk_held")
    assert event.data["speaker_role"] == "dispatched_office_deputy"


@proves("LZ-13.6", check=1)
def test_the_unit_s_lead_sits_beside_and_sees_nothing_but_that_talk(here: CluesWorld, clue: str) -> None:
    beside = here.world.as_("edu-head")
    held = done(here.talk(clue, accompanying_ids=["p-edu-head"])).body
    assert (held["state"], "LZ-13.6" in held["clauses"]) == ("talk_held", True)
    paper = next(one["id"] for one in here.shown(clue)["papers"] if one["kind"] == "TalkRecord")
    for path in (f"{CLUES}/{clue}", f"{CLUES}/{clue}/papers/{paper}"):
        assert beside.get(path).code == "UNKNOWN_REFERENCE"
    assert beside.get(CLUES).body["items"] == []


@proves("LZ-13.6", check=2)
def test_who_sits_beside_is_of_the_same_unit(here: CluesWorld, clue: str) -> None:
    refused(here.talk(clue, accompanying_ids=["p-hou-head"]), "OUT_OF_SCOPE", "LZ-13.6")
    refused(here.talk(clue, accompanying_ids=["p-edu-sec"]), "CONFLICT_OF_INTEREST", "LZ-13.6")
    done(here.talk(clue, accompanying_ids=["p-edu-clerk"]))


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"])
def test_a_talk_is_not_dated_before_its_approval_or_after_today(
    here: CluesWorld, clue: str, day: str
) -> None:
    refused(here.talk(clue, held_on=day), "DATE_ORDER", "LZ-13.5")


def test_an_approved_talk_is_no_letter_and_an_approved_letter_no_talk(here: CluesWorld, clue: str) -> None:
    refused(here.issue(clue), "APPROVAL_REQUIRED", "LZ-13.1")
    other = here.disposed(str(done(here.found("p-edu-sec")).body["id"]), "inquiry")
    refused(here.talk(other), "APPROVAL_REQUIRED", "LZ-13.1")


def test_a_head_who_proposed_and_approved_does_not_record_the_talk_as_well(here: CluesWorld) -> None:
    clue = str(done(here.found("p-edu-sec")).body["id"])
    documents = ("collective_study_minutes", "talk_plan", "work_contingency_plan")
    done(here.propose(clue, "talk", by=here.head, documents=documents))
    done(here.approve(clue))
    record = {"speaker_id": "p-head1", "content": "谈话"}
    refused(here.head.act(f"{CLUES}/{clue}/record_talk", record), "SELF_APPROVAL", "LZ-22.15")


def entrust(here: CluesWorld, clue: str, person: str = "p-edu-head") -> Answer:
    paper = {"entrusted_id": person, "reason": "便于谈话"}
    return here.clerk.act(f"{CLUES}/{clue}/entrust_talk", paper)


@proves("LZ-13.7", check=1)
def test_the_local_party_head_holds_no_talk_that_was_not_entrusted_with_approval(
    here: CluesWorld, clue: str
) -> None:
    refused(here.talk(clue, speaker_id="p-edu-head"), "APPROVAL_REQUIRED", "LZ-13.7")
    done(entrust(here, clue))
    refused(here.talk(clue, speaker_id="p-edu-head"), "APPROVAL_REQUIRED", "LZ-13.7")
    refused(here.approve(clue, by=here.deputy), "WRONG_APPROVER", "LZ-13.7")
    assert done(here.approve(clue)).body["state"] == "disposition_approved"
    [entrusted] = here.events("clues.talk_entrusted")
    assert done(here.talk(clue, speaker_id="p-edu-head")).body["state"] == "talk_held"
    [held] = here.events("clues.talk_held")
    assert held.data["talk_id"] == entrusted.data["talk_id"]
    assert held.data["speaker_role"] == "local_party_head"
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "talk_entrusted"]
    assert [n["to_person"] for n in told] == ["p-edu-head"]


@proves("LZ-13.7", check=2)
@pytest.mark.parametrize("person", ["p-edu-vice", "p-edu-clerk", "p-hou-head", "p-nobody"])
def test_a_talk_is_entrusted_to_the_local_party_head_alone(here: CluesWorld, clue: str, person: str) -> None:
    answer = entrust(here, clue, person)
    refused(answer, "WRONG_ROLE", "LZ-13.7")
    assert answer.body["field"] == "entrusted_id"


def test_a_talk_is_not_entrusted_to_who_is_concerned_nor_twice(here: CluesWorld, clue: str) -> None:
    done(entrust(here, clue))
    done(here.approve(clue))
    refused(entrust(here, clue), "DUPLICATE", "LZ-13.7")
    here.person_is("p-edu-head", relatives=("p-edu-sec",), party_head=True, leadership_member=True)
    refused(entrust(here, clue), "CONFLICT_OF_INTEREST", "LZ-13.7")


def test_an_entrustment_is_for_one_talk(here: CluesWorld, clue: str) -> None:
    done(entrust(here, clue))
    done(here.approve(clue))
    done(here.talk(clue, speaker_id="p-edu-head"))
    done(here.explain(clue))
    here.disposed(clue, "talk")
    refused(here.talk(clue, speaker_id="p-edu-head"), "APPROVAL_REQUIRED", "LZ-13.7")


def test_an_entrusted_talk_is_not_dated_before_it_was_entrusted(here: CluesWorld, clue: str) -> None:
    here.world.on(2026, 3, 4)
    done(entrust(here, clue))
    done(here.approve(clue))
    early = here.talk(clue, speaker_id="p-edu-head", held_on="2026-03-03")
    refused(early, "DATE_ORDER", "LZ-13.7")
    done(here.talk(clue, speaker_id="p-edu-head", held_on="2026-03-04"))


def test_an_inquiry_entrusts_no_talk(here: CluesWorld) -> None:
    other = here.disposed(str(done(here.found("p-edu-sec")).body["id"]), "inquiry")
    refused(entrust(here, other), "APPROVAL_REQUIRED", "LZ-13.1")


def tell_unit_head(here: CluesWorld, clue: str, **changes: object) -> Answer:
    paper: dict[str, object] = {"necessary": True, "reason": "需单位配合"}
    return here.clerk.act(f"{CLUES}/{clue}/report_to_unit_head", paper | changes)


@proves("LZ-13.4", check=1)
@pytest.mark.parametrize("subject", ["p-edu-head", "p-edu-vice"])
def test_the_unit_head_is_never_told_of_a_talk_with_themselves_or_their_team(
    here: CluesWorld, subject: str
) -> None:
    here.person_is(subject)
    clue = here.disposed(str(done(here.found(subject)).body["id"]), "inquiry")
    here.person_is(subject, number=2, leadership_member=True)
    refused(tell_unit_head(here, clue), "ACCESS_DENIED", "LZ-13.4")
    assert here.events("clues.unit_head_informed") == []


def test_the_unit_head_is_told_of_a_talk_where_the_head_judges_it_necessary(
    here: CluesWorld, clue: str
) -> None:
    done(tell_unit_head(here, clue))
    refused(here.approve(clue, by=here.deputy), "WRONG_APPROVER", "LZ-13.4")
    done(here.approve(clue))
    [event] = here.events("clues.unit_head_informed")
    assert (event.data["clue_id"], event.data["occasion"]) == (clue, "talk")
    assert here.shown(clue)["state"] == "disposition_approved"


@proves("LZ-13.4", check=2)
def test_where_telling_the_unit_head_is_not_necessary_nothing_is_demanded(
    here: CluesWorld, clue: str
) -> None:
    refused(tell_unit_head(here, clue, necessary=False, reason=""), "MISSING_REASON", "LZ-13.4")
    done(tell_unit_head(here, clue, necessary=False))
    done(here.approve(clue))
    assert here.events("clues.unit_head_informed") == []
    done(here.talk(clue))
