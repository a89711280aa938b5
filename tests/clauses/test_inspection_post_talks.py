"""The talk before a post: a clock of one month from the change, met by a talk before or after it (LZ-8.5)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis import tables
from tests.attacks.twins import load_names
from tests.clause_proof import proves
from tests.clauses.round_steps import done, refused
from tests.clauses.talk_steps import BESIDE, POST_TALKS, TALKS, TalkWorld

PRE_POST: dict[str, Any] = {"talk_type": "pre_post"}
VICE: dict[str, Any] = {
    "level": "deputy_section",
    "managing_authority": "district",
    "leadership_member": True,
}


@pytest.fixture
def w(tmp_path: Path) -> TalkWorld:
    made = TalkWorld(tmp_path, *BESIDE)
    load_names(made.world)
    return made


def move(w: TalkWorld, on: str, person: str = "p-edu-sec", **changes: Any) -> None:
    """The archivist enters a change of post, the commission's leader approves it."""
    entry: dict[str, Any] = {
        "name": "测试人员", "level": "section_staff", "managing_authority": "unit", "unit_id": "edu",
        "post_code": "finance_chief", "post_title": "财务科科长", "valid_from": on, "key_post": True,
        "superior_id": "p-edu-head", "reason": "岗位调整", "state": "active",
    }  # fmt: skip
    done(w.world.as_("da1").act(f"/archive/roster/{person}/change_person", entry | changes))
    done(w.leader.decide("archive", "roster", person))
    w.world.pump(tick=False)
    assert w.world.parked() == []


def owed(w: TalkWorld) -> dict[str, Any]:
    [item] = w.head.get(POST_TALKS).body["items"]
    return dict(w.item(f"{POST_TALKS}/{item['id']}"))


@proves("LZ-8.5", check=1)
@pytest.mark.parametrize(
    ("adjusted", "due"),
    [("2026-01-31", "2026-02-28"), ("2026-02-28", "2026-03-28"), ("2024-01-31", "2024-02-29")],
)
def test_a_month_ends_on_the_same_day_or_on_the_months_last(w: TalkWorld, adjusted: str, due: str) -> None:
    move(w, adjusted)
    item = owed(w)
    [duty] = item["duties"]
    assert (duty["clause"], duty["counted_from"], duty["due_on"]) == ("LZ-8.5", adjusted, due)
    assert (item["state"], item["person_id"], item["new_post"]) == ("awaited", "p-edu-sec", "finance_chief")
    assert "post_talk_owed" in w.notices()


@proves("LZ-8.5", check=2)
@pytest.mark.parametrize(
    ("held", "late"), [("2026-04-09", False), ("2026-04-10", False), ("2026-04-11", True), ("2026-04-12", True)]
)  # fmt: skip
def test_the_talk_is_held_within_a_month_or_is_late_and_overdue(
    w: TalkWorld, held: str, late: object
) -> None:
    w.world.on(2026, 3, 10)
    move(w, "2026-03-10")
    on = date.fromisoformat(held)
    w.world.on(on.year, on.month, on.day)
    w.world.pump()
    assert bool(overdue(w)) is late
    w.talk(held, **PRE_POST)
    item = owed(w)
    assert (item["state"], item["talked_on"]) == ("done", held)
    assert [(d["status"], d["late"]) for d in item["duties"]] == [("met", late)]


def overdue(w: TalkWorld) -> list[str]:
    """Clauses of the clocks that notifications has called overdue."""
    with w.world.runtimes["notifications"].db.read() as session:
        rows = session.scalars(
            select(tables.Outbox.body).where(tables.Outbox.type == "notifications.deadline_overdue.v1")
        ).all()
    return [row.decode() for row in rows if b"LZ-8.5" in row]


def test_a_talk_that_is_recorded_later_counts_by_its_day(w: TalkWorld) -> None:
    w.world.on(2026, 3, 10)
    move(w, "2026-03-10")
    w.world.on(2026, 4, 20)
    w.talk("2026-04-10", **PRE_POST)
    assert [(d["status"], d["late"]) for d in owed(w)["duties"]] == [("met", False)]


@proves("LZ-8.5", check=3)
@pytest.mark.parametrize(
    "changes",
    [
        {"person": "p-edu-vice", "superior_id": "", **VICE},
        {"managing_authority": "district"},
        {"key_post": False},
        {"post_code": "unspecified"},
    ],
    ids=["a leader", "now of the district", "no key post", "the same post"],
)
def test_whom_the_row_does_not_mean_starts_no_clock(w: TalkWorld, changes: dict[str, Any]) -> None:
    move(w, "2026-03-02", **changes)
    assert w.head.get(POST_TALKS).body["items"] == []
    assert [d for d in w.events("duty_opened") if d["clause"] == "LZ-8.5"] == []
    refused(w.plan(**PRE_POST | {"person_id": "p-edu-vice"}), "OUT_OF_SCOPE", "LZ-8.5")


def test_a_talk_before_the_change_satisfies_it_once(w: TalkWorld) -> None:
    talk = w.talk(**PRE_POST)
    move(w, "2026-03-01")
    item = owed(w)
    assert (item["state"], f"{TALKS}/{item['talk_id']}") == ("done", talk)
    move(w, "2026-03-02", post_code="personnel_chief")
    states = sorted(one["state"] for one in w.head.get(POST_TALKS).body["items"])
    assert states == ["awaited", "done"]


def test_other_talks_are_not_the_talk_before_a_post(w: TalkWorld) -> None:
    move(w, "2026-03-01")
    w.talk()
    assert owed(w)["state"] == "awaited"
    refused(w.hold(w.planned(**PRE_POST), risk_reminder=""), "MISSING_FIELD", "LZ-8.5")


def test_who_was_moved_is_of_the_key_posts_and_knows_of_no_item(w: TalkWorld) -> None:
    move(w, "2026-03-01", "p-edu-clerk", level="staff", superior_id="p-edu-sec")
    item = f"{POST_TALKS}/{owed(w)['id']}"
    assert w.world.as_("edu-clerk").get(item).status == 404
    assert w.item(w.year())["roster_count"] == 2
    assert done(w.plan(person_id="p-edu-clerk")).body["state"] == "planned"
