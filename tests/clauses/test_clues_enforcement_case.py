"""A case that law enforcement opened on a leading cadre is reported to two offices, promptly (LZ-12.23)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from services.chassis.clock import ZONE
from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.unit_org_steps import BOTH, CASES, UnitOrgWorld


@pytest.fixture
def here(tmp_path: Path) -> UnitOrgWorld:
    return UnitOrgWorld(tmp_path)


@proves("LZ-12.23", check=1)
@pytest.mark.parametrize(
    ("known_on", "due", "day", "overdue"),
    [
        ("2026-03-02", "2026-03-04", (2026, 3, 3, 9), False),
        ("2026-03-02", "2026-03-04", (2026, 3, 4, 23), False),
        ("2026-03-02", "2026-03-04", (2026, 3, 5, 9), True),
        ("2026-02-26", "2026-02-28", (2026, 2, 28, 23), False),  # a Saturday that is worked
        ("2026-02-26", "2026-02-28", (2026, 3, 1, 9), True),
        ("2026-12-31", "2027-01-04", (2027, 1, 4, 23), False),  # no calendar is published for that year
        ("2026-12-31", "2027-01-04", (2027, 1, 5, 9), True),
    ],
)
def test_a_case_that_is_not_reported_within_two_working_days_is_warned_of_and_no_breach(
    tmp_path: Path, known_on: str, due: str, day: tuple[int, int, int, int], *, overdue: bool
) -> None:
    here = UnitOrgWorld(tmp_path, services=("clues", "notifications"))
    here.world.now(datetime.fromisoformat(f"{known_on}T09:00:00").replace(tzinfo=ZONE))
    item = str(done(here.learned(known_on=known_on)).body["id"])
    [duty] = [e.data for e in here.events("clues.duty_opened") if e.data["clause"] == "LZ-12.23"]
    assert (duty["owed_role"], str(duty["due_at"])[:10], duty["provisional"]) == (
        "dispatched_office_head", due, due.startswith("2027"),
    )  # fmt: skip
    here.world.pump()
    here.world.on(*day)
    here.world.pump()
    told = here.events("notifications.deadline_overdue", "notifications")
    assert (duty["duty_id"] in [e.data["duty_id"] for e in told]) is overdue
    answer = done(here.report_case(item))
    assert [(d["status"], d["late"]) for d in answer.body["duties"]] == [("met", False)]


@proves("LZ-12.23", check=2)
@pytest.mark.parametrize("to", [BOTH[:1], BOTH[1:], [*BOTH, "petition_office"]])
def test_a_report_to_one_of_the_two_or_to_others_besides_is_not_accepted(
    here: UnitOrgWorld, to: list[str]
) -> None:
    item = str(done(here.learned()).body["id"])
    answer = here.report_case(item, to=to)
    refused(answer, "WRONG_ROUTE", "LZ-12.23")
    assert answer.body["field"] == "recipient_roles"
    assert here.events("clues.enforcement_case_reported") == []
    assert here.told_of("enforcement_case_reported") == []


def test_both_offices_are_told_once(here: UnitOrgWorld) -> None:
    item = str(done(here.learned()).body["id"])
    here.world.on(2026, 3, 3)
    assert done(here.report_case(item)).body["state"] == "reported"
    [event] = here.events("clues.enforcement_case_reported")
    assert event.data == {
        "report_id": item, "unit_id": "edu", "known_on": "2026-03-02", "reported_on": "2026-03-03",
    }  # fmt: skip
    assert here.told_of("enforcement_case_reported") == [(BOTH[0], "jd1", ""), (BOTH[1], "", "")]
    refused(here.report_case(item), "DUPLICATE", "LZ-12.23")


def test_what_the_unit_tells_the_office_knows_from_that_day(here: UnitOrgWorld) -> None:
    here.world.on(2026, 3, 9)
    done(here.told(known_on="2026-03-02"))
    [line] = here.head.get(CASES).body["items"]
    assert (line["known_on"], line["handler_id"], line["unit_id"]) == ("2026-03-09", "", "edu")
    assert here.told_of("enforcement_case_known") == [("dispatched_office_leader", "pz1", "")]
    assert here.world.as_("edu-clerk").get(CASES).body["items"] == []
    done(here.report_case(line["id"], by=here.deputy))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"subject_ids": ["p-edu-sec"]}, "OUT_OF_SCOPE", "subject_ids"),
        ({"subject_ids": ["p-hou-head"]}, "OUT_OF_SCOPE", "subject_ids"),
        ({"subject_ids": ["p-nobody"]}, "UNKNOWN_REFERENCE", "subject_ids"),
        ({"unit_id": "hou"}, "OUT_OF_SCOPE", "unit_id"),
        ({"unit_id": "nowhere"}, "UNKNOWN_REFERENCE", "unit_id"),
        ({"known_on": "2026-03-03"}, "DATE_ORDER", "known_on"),
    ],
)
def test_what_is_no_case_on_a_leading_cadre_of_a_supervised_unit_is_refused(
    here: UnitOrgWorld, changes: dict[str, object], code: str, field: str
) -> None:
    answer = here.learned(by=None, **changes)
    refused(answer, code, "LZ-12.23")
    assert answer.body["field"] == field
    assert here.head.get(CASES).body["items"] == []


def test_nobody_tells_of_themselves_and_who_is_reported_never_learns_of_it(here: UnitOrgWorld) -> None:
    answer = here.told("edu-head", subject_ids=["p-edu-head"])
    refused(answer, "CONFLICT_OF_INTEREST", "LZ-12.23")
    here.person_is("p-clerk2", office_id="pz1", unit_id="", relatives=("p-edu-vice",))
    item = done(here.learned()).body["id"]
    for account in ("clerk2", "edu-head", "edu-clerk", "head2", "xc1"):
        assert here.world.as_(account).get(f"{CASES}/{item}").code == "UNKNOWN_REFERENCE"
        assert here.world.as_(account).get(CASES).body["items"] == []
    for account in ("clerk1", "head1", "deputy1", "jd1", "ags1"):
        assert here.world.as_(account).get(f"{CASES}/{item}").status == 200
