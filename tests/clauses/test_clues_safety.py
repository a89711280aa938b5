"""Safety of an investigation: prepared talks, incidents reported the same day to both offices, shared venues."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.case_steps import CASES, TALK, VENUE, VENUES, CaseWorld
from tests.clauses.clues_steps import done, refused


@pytest.fixture
def here(tmp_path: Path, clue_to_be_filed: Path) -> CaseWorld:
    return CaseWorld.copied(clue_to_be_filed, tmp_path)


@proves("LZ-15.7", check=1)
def test_a_talk_without_a_contingency_plan_is_not_scheduled(here: CaseWorld) -> None:
    item = here.investigating()
    refused(here.do(item, "schedule_talk", TALK), "MISSING_DOCUMENT", "LZ-15.7")
    unsafe = {k: v for k, v in TALK.items() if k != "safety_officer_id"}
    answer = here.do(item, "schedule_talk", unsafe, documents=("work_contingency_plan",))
    refused(answer, "MISSING_FIELD", "LZ-15.7")


@proves("LZ-15.7", check=2)
def test_a_talk_with_its_contingency_plan_and_safety_officer_is_scheduled(here: CaseWorld) -> None:
    item = here.investigating()
    assert "LZ-15.7" in done(here.schedule(item)).body["clauses"]
    [paper] = [p for p in here.case(item)["papers"] if p["kind"] == "CaseTalkPlan"]
    kept = here.deputy.get(f"{CASES}/{item}/papers/{paper['id']}").body
    assert kept["form"]["safety_officer_id"] == "p-clerk2"
    assert len(here.case(item)["attachments"]) >= 1


def test_a_talk_lies_ahead_and_is_with_a_person_reported(here: CaseWorld) -> None:
    item = here.investigating()
    past = "2026-03-02T08:59:00+08:00"
    refused(here.schedule(item, from_at=past), "DATE_ORDER", "LZ-15.7")
    refused(here.schedule(item, to_at=TALK["from_at"]), "DATE_ORDER", "LZ-15.7")
    refused(here.schedule(item, subject_id="p-hou-sec"), "UNKNOWN_REFERENCE", "LZ-15.7")
    for person, code in (("p-nobody", "UNKNOWN_REFERENCE"), ("p-edu-clerk", "OUT_OF_SCOPE")):
        refused(here.schedule(item, safety_officer_id=person), code, "LZ-15.7")


@proves("LZ-15.8", check=1)
@pytest.mark.parametrize(
    "recipients", [["liaison_discipline_office"], ["case_supervision_office"], [], ["inspection_office"]]
)
def test_an_incident_is_reported_to_both_offices_or_not_at_all(
    here: CaseWorld, recipients: list[str]
) -> None:
    item = here.opened_case()
    done(here.incident(item))
    refused(here.report_incident(item, recipient_roles=recipients), "WRONG_ROUTE", "LZ-15.8")
    assert [d["status"] for d in here.case(item)["duties"] if d["clause"] == "LZ-15.8"] == ["open", "open"]
    done(here.report_incident(item))
    told = [e.data["recipient_role"] for e in here.events("clues.safety_incident_reported")]
    assert sorted(map(str, told)) == ["case_supervision_office", "liaison_discipline_office"]
    refused(here.report_incident(item), "DUPLICATE", "LZ-15.8")


@proves("LZ-15.8", check=2)
@pytest.mark.parametrize(
    ("reported", "late"),
    [((2, 22, 5), False), ((2, 23, 59), False), ((3, 0, 0), True), ((3, 9, 0), True)],
    ids=["at once", "before the day ends", "at midnight", "the next day"],
)
def test_an_incident_at_ten_in_the_evening_is_reported_the_same_day(
    here: CaseWorld, reported: tuple[int, int, int], *, late: bool
) -> None:
    item = here.opened_case()
    here.world.on(2026, 3, 2, 22, 1)
    done(here.incident(item, occurred_at="2026-03-02T22:00:00+08:00"))
    here.world.on(2026, 3, *reported)
    answer = done(here.report_incident(item))
    found = sorted((d["recipient"], d["status"], d["late"]) for d in answer.body["duties"])
    assert found == [("case_supervision_office", "met", late), ("liaison_discipline_office", "met", late)]


def test_an_incident_that_is_recorded_the_next_day_is_late_from_the_start(here: CaseWorld) -> None:
    item = here.opened_case()
    refused(here.incident(item, occurred_at="2026-03-02T09:01:00+08:00"), "DATE_ORDER", "LZ-15.8")
    here.world.on(2026, 3, 3)
    answer = done(here.incident(item, occurred_at="2026-03-02T22:00:00+08:00"))
    assert {d["due_at"] for d in answer.body["duties"]} == {"2026-03-02T23:59:59+08:00"}
    assert all(d["late"] for d in done(here.report_incident(item)).body["duties"])


def test_one_report_covers_the_incidents_that_are_not_reported_yet(here: CaseWorld) -> None:
    item = here.opened_case()
    done(here.incident(item))
    done(here.report_incident(item))
    here.world.on(2026, 3, 3)
    for hour in (7, 8):
        done(here.incident(item, occurred_at=f"2026-03-03T0{hour}:00:00+08:00"))
    done(here.report_incident(item))
    days = [e.data["incident_on"] for e in here.events("clues.safety_incident_reported")]
    assert sorted(map(str, days)) == ["2026-03-02"] * 2 + ["2026-03-03"] * 4


@proves("LZ-15.9", check=1)
def test_no_venue_is_arranged_before_it_is_approved(here: CaseWorld) -> None:
    item = here.filed()
    request = here.venue_requested(item)
    refused(here.arrange(request), "APPROVAL_REQUIRED", "LZ-15.9")
    done(here.venue_act(request, "pass_venue_request_on", here.liaison))
    refused(here.arrange(request), "APPROVAL_REQUIRED", "LZ-15.9")
    answer = here.head.decide("clues", "venue-requests", request)
    refused(answer, "WRONG_APPROVER", "LZ-15.9")
    done(here.leader.decide("clues", "venue-requests", request))
    [approved] = here.events("clues.talk_venue_approved")
    assert approved.data["request_id"] == request
    assert done(here.arrange(request)).body["state"] == "arranged"


@proves("LZ-15.9", check=2)
@pytest.mark.parametrize("recipient", ["case_supervision_office", "dispatched_office"])
def test_a_venue_is_applied_for_through_the_liaison_office(here: CaseWorld, recipient: str) -> None:
    item = here.filed()
    refused(here.do(item, "request_venue", VENUE | {"recipient_role": recipient}), "WRONG_ROUTE", "LZ-15.9")
    assert here.clerk.get(VENUES).body["items"] == []
    request = here.venue_requested(item)
    [event] = here.events("clues.talk_venue_requested")
    assert (event.data["request_id"], event.data["case_id"]) == (request, item)
    assert event.data["from_on"] == event.data["to_on"] == "2026-03-04"
    refused(here.venue_act(request, "pass_venue_request_on", here.clerk), "WRONG_ROLE", "LZ-15.9")


def test_a_venue_is_not_applied_for_before_the_case_is_filed_nor_for_the_past(here: CaseWorld) -> None:
    item = here.opinions_in()
    refused(here.do(item, "request_venue", dict(VENUE)), "WRONG_STATE", "LZ-15.9")
    here.filed(item)
    past = {"from_at": "2026-03-01T08:00:00+08:00"}
    refused(here.do(item, "request_venue", VENUE | past), "DATE_ORDER", "LZ-15.9")


@proves("GL-2.21", check=1)
def test_a_free_venue_is_confirmed_once_it_is_approved(here: CaseWorld) -> None:
    request = here.venue_approved(here.venue_requested(here.filed()))
    answer = done(here.arrange(request))
    assert (answer.body["state"], "GL-2.21" in answer.body["clauses"]) == ("arranged", True)
    [line] = here.clerk.get(VENUES).body["items"]
    assert line["venue_code"] == "zd-1"


@proves("GL-2.21", check=2)
@pytest.mark.parametrize(
    ("from_at", "to_at", "free"),
    [
        ("2026-03-04T07:00:00+08:00", "2026-03-04T08:00:00+08:00", True),
        ("2026-03-04T07:00:00+08:00", "2026-03-04T08:01:00+08:00", False),
        ("2026-03-04T09:00:00+08:00", "2026-03-04T10:00:00+08:00", False),
        ("2026-03-04T11:59:00+08:00", "2026-03-04T13:00:00+08:00", False),
        ("2026-03-04T12:00:00+08:00", "2026-03-04T13:00:00+08:00", True),
    ],
)
def test_a_venue_is_not_arranged_twice_for_the_same_time(
    here: CaseWorld, from_at: str, to_at: str, *, free: bool
) -> None:
    item = here.filed()
    done(here.arrange(here.venue_approved(here.venue_requested(item))))
    other = here.venue_approved(here.venue_requested(item, from_at=from_at, to_at=to_at))
    if free:
        assert "GL-2.21" in done(here.arrange(other)).body["clauses"]
        return
    refused(here.arrange(other), "DUPLICATE", "GL-2.21")
    done(here.arrange(other, "zd-2"))


def test_a_venue_that_is_given_up_is_free_again(here: CaseWorld) -> None:
    item = here.filed()
    first = here.venue_approved(here.venue_requested(item))
    done(here.arrange(first))
    second = here.venue_approved(here.venue_requested(item))
    refused(here.arrange(second), "DUPLICATE", "GL-2.21")
    refused(here.venue_act(first, "withdraw_venue_request", here.clerk), "MISSING_REASON", "LZ-15.9")
    done(here.venue_act(first, "withdraw_venue_request", here.clerk, {"reason": "谈话改期"}))
    done(here.arrange(second))


def test_a_talk_at_a_shared_venue_needs_one_that_is_arranged_for_its_time(here: CaseWorld) -> None:
    item = here.investigating()
    walk_in = {"place_code": "walk_in_venue"}
    refused(here.schedule(item, **walk_in), "APPROVAL_REQUIRED", "LZ-15.9")
    request = here.venue_approved(here.venue_requested(item))
    refused(here.schedule(item, **walk_in), "APPROVAL_REQUIRED", "LZ-15.9")
    done(here.arrange(request))
    refused(here.schedule(item, **walk_in, to_at="2026-03-04T12:01:00+08:00"), "APPROVAL_REQUIRED", "LZ-15.9")
    done(here.schedule(item, **walk_in))
