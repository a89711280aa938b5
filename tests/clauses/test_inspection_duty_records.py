"""Self-checks of units and their records of duty performance (LZ-4.5, LZ-5.6)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.chassis.tables import DirectoryPerson
from tests.clause_proof import proves
from tests.clauses.responsibility_steps import (
    RECORDS,
    REVIEWS,
    SELF_CHECKS,
    ResponsibilityWorld,
    done,
    refused,
)
from tests.world import Answer, Client

QUARTER = {"unit_id": "edu", "period_from": "2026-01-01", "period_to": "2026-03-02"}


@pytest.fixture
def w(tmp_path: Path) -> ResponsibilityWorld:
    return ResponsibilityWorld(tmp_path)


def submit(w: ResponsibilityWorld, meeting: str, *, by: Client | None = None, **changes: Any) -> Answer:
    paper = {"checked_on": "2026-03-01", "findings": "自查情况"} | changes
    paper["meeting_id"] = meeting.rpartition("/")[2]
    return w.do(SELF_CHECKS, "submit_self_check", paper, by=by or w.unit)


def keep(w: ResponsibilityWorld, person: str, day: str = "2026-02-02", *, by: Client | None = None) -> Answer:
    paper = {"unit_id": "edu", "person_id": person, "performed_on": day, "matter": "约谈分管科室负责人"}
    return w.do(RECORDS, "keep_duty_record", paper, by=by or w.unit)


def with_a_leadership_of(w: ResponsibilityWorld, count: int) -> list[str]:
    """The members of the education bureau's leadership, by now so many."""
    with w.world.runtimes["inspection"].db.write() as session:
        rows = session.query(DirectoryPerson).filter_by(unit_id="edu", leadership_member=True)
        known = sorted(row.person_id for row in rows)
        for number in range(len(known), count):
            session.add(
                DirectoryPerson(
                    person_id=f"p-edu-m{number}", level="deputy_section", managing_authority="district",
                    unit_id="edu", office_id="", superior_id="", relatives="", leadership_member=True,
                    party_head=False, version=1, box_key="",
                )
            )  # fmt: skip
            known.append(f"p-edu-m{number}")
    return known


@proves("LZ-4.5", check=1)
@pytest.mark.parametrize("kind", ["integrity_work", "party_committee"])
def test_a_unit_submits_its_self_check_on_the_occasion_of_a_meeting(
    w: ResponsibilityWorld, kind: str
) -> None:
    meeting = w.announced(kind=kind)
    made = done(submit(w, meeting)).body
    assert "LZ-4.5" in made["clauses"]
    of = f"{SELF_CHECKS}/{made['id']}"
    for by in (w.clerk, w.head, w.unit):
        assert w.item(of, by)["meeting_id"] == meeting.rpartition("/")[2]
    [event] = w.events("self_check_submitted")
    assert event == {
        "unit_id": "edu", "meeting_id": meeting.rpartition("/")[2], "submitted_on": "2026-03-02",
    }  # fmt: skip
    assert w.told("self_check_submitted") == [("dispatched_office_head", "pz1")]
    for outsider in (w.stranger, w.world.as_("hou-head"), w.liaison):
        assert outsider.get(of).status == 404


@proves("LZ-4.5", check=2)
def test_another_units_user_submits_nothing_for_this_one(w: ResponsibilityWorld) -> None:
    meeting, other = w.announced(), w.world.as_("hou-head")
    refused(submit(w, meeting, by=other, unit_id="edu"), "WRONG_ROLE", "LZ-4.5", field="unit_id")
    refused(submit(w, meeting, by=w.clerk, unit_id="edu"), "WRONG_ROLE", "LZ-4.5")
    refused(submit(w, meeting, by=other), "UNKNOWN_REFERENCE", "LZ-4.5", field="meeting_id")
    assert w.listed(SELF_CHECKS) == w.events("self_check_submitted") == []
    assert "LZ-4.5" in done(submit(w, meeting, unit_id="edu")).body["clauses"]


def test_a_self_check_lies_in_the_past_and_has_findings_and_its_meeting(w: ResponsibilityWorld) -> None:
    meeting = w.announced()
    refused(submit(w, meeting, checked_on="2026-03-03"), "DATE_ORDER", field="checked_on")
    refused(submit(w, meeting, findings=" "), "MISSING_FIELD", field="findings")
    refused(submit(w, "none"), "UNKNOWN_REFERENCE", field="meeting_id")
    done(w.do(meeting, "cancel_meeting", {"reason": "另行通知"}))
    refused(submit(w, meeting), "UNKNOWN_REFERENCE", field="meeting_id")


@proves("LZ-5.6", check=1)
def test_a_review_shows_how_many_members_kept_a_record_in_the_period(w: ResponsibilityWorld) -> None:
    team = with_a_leadership_of(w, 7)
    for person in (*team[:4], team[0], ""):
        done(keep(w, person))
    done(keep(w, team[4], "2025-12-31"))
    answer = done(w.do(REVIEWS, "review_duty_records", QUARTER))
    assert "LZ-5.6" in answer.body["clauses"]
    shown = w.item(f"{REVIEWS}/{answer.body['id']}")
    assert (shown["team_count"], shown["kept_count"]) == (7, 4)
    assert shown["missing_ids"] == f",{','.join(sorted(team[4:]))},"
    assert w.told("duty_records_missing") == [("local_party_head", "edu")]
    for person in team[4:]:
        done(keep(w, person, "2026-01-01", by=w.clerk))
    again = done(w.do(REVIEWS, "review_duty_records", QUARTER)).body["id"]
    assert w.item(f"{REVIEWS}/{again}", w.unit)["kept_count"] == 7
    assert len(w.told("duty_records_missing")) == 1


@proves("LZ-5.6", check=2)
@pytest.mark.parametrize(
    ("day", "accepted"), [("2026-03-01", True), ("2026-03-02", True), ("2026-03-03", False)]
)
def test_an_entry_is_never_of_a_day_to_come(w: ResponsibilityWorld, day: str, *, accepted: bool) -> None:
    answer = keep(w, "p-edu-vice", day)
    if accepted:
        assert "LZ-5.6" in done(answer).body["clauses"]
    else:
        refused(answer, "DATE_ORDER", "LZ-5.6", field="performed_on")
    assert len(w.listed(RECORDS)) == accepted


def test_entries_are_of_the_units_own_leadership_and_reviews_are_the_offices(w: ResponsibilityWorld) -> None:
    refused(keep(w, "p-hou-head"), "UNKNOWN_REFERENCE", field="person_id")
    refused(keep(w, "p-edu-vice", by=w.stranger), "OUT_OF_SCOPE", field="unit_id")
    refused(w.do(REVIEWS, "review_duty_records", QUARTER, by=w.unit), "WRONG_ROLE")
    turned = QUARTER | {"period_from": "2026-03-02", "period_to": "2026-03-01"}
    refused(w.do(REVIEWS, "review_duty_records", turned), "DATE_ORDER", field="period_to")
    to_come = QUARTER | {"period_to": "2026-03-03"}
    refused(w.do(REVIEWS, "review_duty_records", to_come), "DATE_ORDER", field="period_to")
