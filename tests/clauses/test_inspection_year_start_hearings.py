"""The hearing at the start of a year: both heads, members, next-level organisations (LZ-5.4, LZ-5.5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from services.notifications.storage import Notice
from tests.clause_proof import proves
from tests.clauses.responsibility_steps import HEARING, HEARINGS, ResponsibilityWorld, done, refused

BOTH = ["LZ-5.4", "LZ-5.5"]


@pytest.fixture
def w(tmp_path: Path) -> ResponsibilityWorld:
    return ResponsibilityWorld(tmp_path)


def told(w: ResponsibilityWorld, template: str) -> set[tuple[str, str]]:
    """Who has a notice of this template, and under which clause."""
    with w.world.runtimes["notifications"].db.read() as session:
        rows = session.scalars(select(Notice).where(Notice.template == template))
        return {(row.addressee_id, row.clause) for row in rows if row.clause in BOTH}


@pytest.mark.parametrize(
    ("month", "day", "warned"),
    [(3, 20, False), (3, 21, True), (3, 27, True), (3, 28, True), (3, 31, True)],
)
@proves("LZ-5.4", check=1)
def test_both_heads_are_warned_on_21_and_28_march(
    tmp_path: Path, month: int, day: int, *, warned: bool
) -> None:
    w = ResponsibilityWorld(tmp_path, services=("inspection", "notifications"))
    assert "LZ-5.4" in done(w.begin_hearings()).body["clauses"]
    w.world.pump()
    w.world.on(2026, month, day, 23 if day == 31 else 9, 59)
    w.world.pump()
    heads = {(who, clause) for who in ("p-head1", "p-edu-head") for clause in BOTH}
    assert told(w, "deadline_warned") == (heads if warned else set())
    assert told(w, "deadline_overdue") == set()


@proves("LZ-5.4", check=1)
def test_at_1_april_a_hearing_that_was_not_held_is_overdue(tmp_path: Path) -> None:
    w = ResponsibilityWorld(tmp_path, services=("inspection", "notifications"))
    of = w.hearing()
    w.world.pump()
    w.world.on(2026, 4, 1, 0)
    w.world.pump()
    assert {who for who, _ in told(w, "deadline_overdue")} == {"p-head1", "p-edu-head"}
    assert {d["light"] for d in w.item(of)["duties"]} == {"red"}
    done(w.record_hearing(of, held_on="2026-04-01"))
    w.sign(of, w.head, w.party_head)
    answer = done(w.complete(of))
    assert set(BOTH) <= set(answer.body["clauses"])
    assert {(d["status"], d["late"]) for d in w.item(of)["duties"]} == {("met", True)}


@pytest.mark.parametrize(("month", "day", "late"), [(3, 30, False), (3, 31, False), (4, 1, True)])
@proves("LZ-5.4", check=1)
@proves("LZ-5.5", check=2)
def test_it_is_the_day_of_the_hearing_that_counts_not_that_of_its_record(
    w: ResponsibilityWorld, month: int, day: int, *, late: bool
) -> None:
    of = w.hearing(next_level_count=0)
    w.world.on(2026, 4, 3)
    done(w.record_hearing(of, held_on=f"2026-{month:02d}-{day:02d}", next_level=[], none_heard="none"))
    w.sign(of, w.head, w.party_head)
    assert set(BOTH) <= set(done(w.complete(of)).body["clauses"])
    duties = w.item(of)["duties"]
    assert len(duties) == 4
    assert {(d["due_at"], d["status"], d["late"]) for d in duties} == {
        ("2026-03-31T23:59:59+08:00", "met", late)
    }


@proves("LZ-5.4", check=2)
@pytest.mark.parametrize("signer", ["head", "party_head"])
def test_a_record_that_one_head_alone_signed_is_not_completed(w: ResponsibilityWorld, signer: str) -> None:
    of = w.hearing()
    done(w.record_hearing(of))
    refused(w.complete(of), "WRONG_ROLE", "LZ-5.4")
    w.sign(of, getattr(w, signer))
    refused(w.complete(of), "WRONG_ROLE", "LZ-5.4")
    refused(w.do(of, "sign_year_start_hearing", by=getattr(w, signer)), "DUPLICATE")
    assert w.item(of)["state"] == "recorded"
    w.sign(of, w.party_head if signer == "head" else w.head)
    assert "LZ-5.4" in done(w.complete(of)).body["clauses"]


def test_only_the_two_heads_sign_and_a_changed_record_is_signed_anew(w: ResponsibilityWorld) -> None:
    of = w.hearing()
    done(w.record_hearing(of, by=w.unit))
    for other in (w.deputy, w.clerk, w.unit):
        refused(w.do(of, "sign_year_start_hearing", by=other), "WRONG_ROLE")
    w.sign(of, w.head, w.party_head)
    done(w.record_hearing(of, members=[{"person_id": "p-edu-vice", "report": "补充"}]))
    assert (w.item(of)["unit_signer_id"], w.item(of)["office_signer_id"]) == ("", "")
    refused(w.complete(of), "WRONG_ROLE", "LZ-5.4")


def test_members_who_were_heard_are_of_the_units_leadership(w: ResponsibilityWorld) -> None:
    of = w.hearing()
    refused(w.record_hearing(of, members=[]), "MISSING_FIELD", "LZ-5.4", field="members")
    stranger = [{"person_id": "p-hou-head"}]
    refused(w.record_hearing(of, members=stranger), "UNKNOWN_REFERENCE", field="members.person_id")
    twice = HEARING["members"] * 2
    refused(w.record_hearing(of, members=twice), "DUPLICATE", field="members.person_id")
    refused(w.record_hearing(of, held_on="2026-03-03"), "DATE_ORDER", field="held_on")
    refused(w.record_hearing(of, held_on="2025-12-31"), "DATE_ORDER", field="held_on")
    assert w.item(of)["state"] == "awaited"


@proves("LZ-5.5", check=1)
def test_a_unit_that_has_next_level_organisations_does_not_leave_them_out(w: ResponsibilityWorld) -> None:
    of = w.hearing(next_level_count=3)
    done(w.record_hearing(of, next_level=[], none_heard="none"))
    w.sign(of, w.head, w.party_head)
    refused(w.complete(of), "MISSING_FIELD", "LZ-5.5", field="next_level")
    assert w.item(of)["state"] == "recorded"
    done(w.record_hearing(of))
    w.sign(of, w.head, w.party_head)
    assert "LZ-5.5" in done(w.complete(of)).body["clauses"]
    held = [(e["unit_id"], e["year"], e["part"], e["held_on"]) for e in w.events("year_start_hearing_held")]
    assert held == [("edu", "2026", part, "2026-03-02") for part in ("members", "next_level")]


@proves("LZ-5.5", check=2)
def test_a_unit_without_next_level_organisations_says_so(w: ResponsibilityWorld) -> None:
    of = w.hearing(next_level_count=0)
    done(w.record_hearing(of, next_level=[]))
    w.sign(of, w.head, w.party_head)
    refused(w.complete(of), "MISSING_FIELD", "LZ-5.5", field="none_heard")
    done(w.record_hearing(of, next_level=[], none_heard="none"))
    w.sign(of, w.head, w.party_head)
    assert "LZ-5.5" in done(w.complete(of)).body["clauses"]
    assert w.item(of)["none_code"] == "none"


def test_the_hearing_of_each_year_follows_by_the_clock_once(w: ResponsibilityWorld) -> None:
    of = w.hearing(next_level_count=2)
    refused(w.begin_hearings(), "DUPLICATE", field="unit_id")
    done(w.record_hearing(of, next_level_count=5))
    w.world.on(2026, 12, 31, 23)
    w.world.tick()
    assert len(w.listed(HEARINGS)) == 1
    w.world.on(2028, 1, 1, 0)
    w.world.tick()
    w.world.tick()
    shown = sorted((one["year"], one["state"], one["next_level_count"]) for one in w.listed(HEARINGS))
    assert shown == [(2026, "recorded", 5), (2027, "awaited", 5), (2028, "awaited", 5)]


def test_hearings_are_of_units_that_the_office_supervises_itself(w: ResponsibilityWorld) -> None:
    refused(w.begin_hearings(unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.begin_hearings(unit_id="sch"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.begin_hearings(by=w.clerk), "WRONG_ROLE")
    of = w.hearing()
    for outsider in (w.stranger, w.school, w.world.as_("hou-head"), w.liaison):
        assert outsider.get(of).status == 404
