"""Inquiry by letter: in the office's name, with its copy and its clock; the explanation to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, CluesWorld, done, refused


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


@pytest.fixture
def clue(here: CluesWorld) -> str:
    return str(done(here.found("p-edu-sec")).body["id"])


@proves("LZ-13.1", check=1)
def test_no_letter_and_no_talk_without_approval(here: CluesWorld, clue: str) -> None:
    for _ in range(2):
        refused(here.issue(clue), "APPROVAL_REQUIRED", "LZ-13.1")
        refused(here.talk(clue), "APPROVAL_REQUIRED", "LZ-13.1")
        here.propose(clue)  # not approved yet
    assert here.shown(clue)["state"] == "registered"


def test_no_letter_where_another_disposition_was_approved(here: CluesWorld, clue: str) -> None:
    refused(here.issue(here.disposed(clue, "verification")), "APPROVAL_REQUIRED", "LZ-13.1")


@proves("LZ-13.8", check=1)
def test_a_letter_goes_out_in_the_offices_own_name(here: CluesWorld, clue: str) -> None:
    here.disposed(clue)
    refused(here.issue(clue, issuer_office_id="jd1"), "OUT_OF_RANGE", "LZ-13.8")
    refused(here.issue(clue, issuer_office_id="pz2"), "OUT_OF_RANGE", "LZ-13.8")
    assert done(here.issue(clue, issuer_office_id="pz1")).body["state"] == "inquiry_issued"


@proves("LZ-13.8", check=2)
def test_number_date_and_answer_clock_of_a_letter_are_kept(here: CluesWorld, clue: str) -> None:
    here.disposed(clue)
    here.world.on(2026, 3, 4)
    answer = done(here.issue(clue, issued_on="2026-03-03"))
    [duty] = answer.body["duties"]
    assert (duty["clause"], duty["status"]) == ("LZ-13.10", "open")
    assert here.shown(clue)["letter_no"] == "HX-pz1-2026-00001"
    [clock] = [d for d in here.shown(clue)["duties"] if d["clause"] == "LZ-13.10"]
    assert (clock["owed_person"], clock["counted_from"], clock["due_on"]) == (
        "p-edu-sec",
        "2026-03-03",
        "2026-03-24",
    )
    [event] = here.events("clues.inquiry_letter_issued")
    assert (event.data["letter_no"], event.data["issued_on"]) == ("HX-pz1-2026-00001", "2026-03-03")


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"])
def test_a_letter_is_not_dated_before_its_approval_or_after_today(
    here: CluesWorld, clue: str, day: str
) -> None:
    refused(here.issue(here.disposed(clue), issued_on=day), "DATE_ORDER", "LZ-13.8")


def test_a_letter_goes_to_a_person_reported_in_the_clue(here: CluesWorld) -> None:
    clue = done(here.found("p-edu-sec", "p-edu-clerk")).body["id"]
    here.disposed(clue)
    refused(here.issue(clue, subject_id="p-hou-sec"), "UNKNOWN_REFERENCE", "LZ-13.8")
    refused(here.issue(clue), "MISSING_FIELD", "LZ-13.8")
    done(here.issue(clue, subject_id="p-edu-clerk"))
    [event] = here.events("clues.inquiry_letter_issued")
    assert event.data["subject_ref"] == "p-edu-clerk"


@proves("LZ-13.9", check=1)
def test_no_letter_without_a_recipient_of_its_copy(here: CluesWorld, clue: str) -> None:
    here.disposed(clue)
    answer = here.clerk.act(f"{CLUES}/{clue}/issue_inquiry_letter", {"questions": "请作出说明"})
    refused(answer, "MISSING_FIELD", "LZ-13.9")
    assert answer.body["field"] == "copy_person_id"


@pytest.mark.parametrize("person", ["p-hou-head", "p-edu-vice", "p-edu-sec", "p-leader"])
def test_the_copy_goes_to_the_party_head_of_the_unit_and_to_nobody_else(
    here: CluesWorld, clue: str, person: str
) -> None:
    refused(here.issue(here.disposed(clue), copy_person_id=person), "WRONG_ADDRESSEE", "LZ-13.9")


def test_the_party_head_is_told_of_the_copy(here: CluesWorld, clue: str) -> None:
    done(here.issue(here.disposed(clue)))
    [event] = here.events("clues.inquiry_letter_issued")
    assert (event.data["copy_role"], event.data["copy_person_id"]) == ("local_party_head", "p-edu-head")
    assert event.data["copy_substituted"] is False
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "inquiry_letter_copied"]
    assert [notice["to_person"] for notice in told] == ["p-edu-head"]


@proves("LZ-13.9", check=2)
@pytest.mark.parametrize(("superior", "goes_to"), [("", "p-leader"), ("p-leader", "p-leader")])
def test_the_copy_goes_one_level_up_when_the_party_head_is_the_person_reported(
    here: CluesWorld, superior: str, goes_to: str
) -> None:
    here.person_is("p-edu-head", party_head=True, superior_person_id=superior)
    clue = here.disposed(done(here.found("p-edu-head")).body["id"])
    done(here.issue(clue))
    [event] = here.events("clues.inquiry_letter_issued")
    assert (event.data["copy_person_id"], event.data["copy_substituted"]) == (goes_to, True)
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "inquiry_letter_copied"]
    assert [notice["to_person"] for notice in told] == [goes_to]
    [issued] = [e.body for e in here.audited(clue, "accepted") if e.act == "issue_inquiry_letter"]
    assert '"substituted":true' in issued


def test_the_copy_goes_one_level_up_when_the_party_head_is_a_relative(here: CluesWorld, clue: str) -> None:
    here.person_is("p-edu-head", managing_authority="district", party_head=True, relatives=("p-edu-sec",))
    done(here.issue(here.disposed(clue)))
    [event] = here.events("clues.inquiry_letter_issued")
    assert (event.data["copy_person_id"], event.data["copy_substituted"]) == ("p-leader", True)


@proves("LZ-13.10", check=1)
def test_nothing_is_closed_after_a_letter_without_its_explanation(here: CluesWorld, clue: str) -> None:
    done(here.issue(here.disposed(clue)))
    refused(here.propose_closing(clue), "MISSING_DOCUMENT", "LZ-13.10")
    answer = here.clerk.act(f"{CLUES}/{clue}/record_explanation")
    refused(answer, "MISSING_DOCUMENT", "LZ-13.10")
    assert here.close(clue).code == "MISSING_DOCUMENT"


@proves("LZ-13.10", check=2)
def test_an_explanation_counts_in_the_spot_check_of_the_year_of_its_receipt(
    here: CluesWorld, clue: str
) -> None:
    here.world.on(2026, 12, 30)
    done(here.issue(here.disposed(clue)))
    here.world.on(2027, 1, 4)
    done(here.explain(clue, received_on="2026-12-31"))
    assert here.head.get("/clues/spot-check-population", year="2026").body["count"] == 1
    assert here.head.get("/clues/spot-check-population", year="2027").body["count"] == 0
    assert here.world.as_("head2").get("/clues/spot-check-population", year="2026").body["count"] == 0
    [event] = here.events("clues.explanation_received")
    [line] = here.head.get("/clues/spot-check-population", year="2026").body["items"]
    assert (line["explanation"], line["clue"]) == (event.data["explanation_id"], clue)


@pytest.mark.parametrize("year", ["", "26", "0000", "year", "２０２６"])
def test_a_year_that_is_none_is_refused(here: CluesWorld, year: str) -> None:
    assert here.head.get("/clues/spot-check-population", year=year).code == "INVALID_FIELD"


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"])
def test_an_explanation_does_not_come_before_its_letter_or_tomorrow(
    here: CluesWorld, clue: str, day: str
) -> None:
    done(here.issue(here.disposed(clue)))
    refused(here.explain(clue, received_on=day), "DATE_ORDER", "LZ-13.10")


@pytest.mark.parametrize(
    ("issued", "received", "late"),
    [
        (date(2026, 3, 2), date(2026, 3, 20), False),
        (date(2026, 3, 2), date(2026, 3, 23), False),
        (date(2026, 3, 2), date(2026, 3, 24), True),
        # Spring Festival from 15 to 23 February; the Saturdays of 14 and 28 February are working days.
        (date(2026, 2, 9), date(2026, 3, 6), False),
        (date(2026, 2, 9), date(2026, 3, 7), True),
    ],
)
def test_fifteen_working_days_to_answer(
    here: CluesWorld, issued: date, received: date, *, late: bool
) -> None:
    here.world.on(issued.year, issued.month, issued.day)
    clue = here.disposed(done(here.found("p-edu-sec", changes={"found_on": issued.isoformat()})).body["id"])
    done(here.issue(clue))
    here.world.on(received.year, received.month, received.day, 23, 59)
    [duty] = done(here.explain(clue)).body["duties"]
    assert (duty["clause"], duty["status"], duty["late"]) == ("LZ-13.10", "met", late)


def test_a_head_who_proposed_and_approved_does_not_issue_the_letter_as_well(
    here: CluesWorld, clue: str
) -> None:
    done(here.propose(clue, by=here.head))
    done(here.approve(clue))
    letter = {"questions": "请作出说明", "copy_person_id": "p-edu-head"}
    refused(here.head.act(f"{CLUES}/{clue}/issue_inquiry_letter", letter), "SELF_APPROVAL", "LZ-22.15")
    done(here.issue(clue))
