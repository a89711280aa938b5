"""Parked events: seen and released by the system administrator alone, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis import inbox
from services.chassis.tables import Inbox
from tests.world import World


@pytest.fixture
def stuck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A clue that could not be opened: the reaction failed until the event was parked."""
    world = World(tmp_path, services=("intake", "clues"))
    clues = world.runtimes["clues"].definition
    monkeypatch.setattr(clues.reactions, "find", lambda event: _fail if "referred" in event.TYPE else None)
    clerk = world.as_("clerk1")
    letter = {
        "received_on": "2026-03-02",
        "channel": "letter",
        "unit_id": "edu",
        "subject_ids": ["p-edu-sec"],
        "summary": "示例",
        "class_code": "supervision_object",
    }
    item = "/intake/petitions/" + clerk.act("/intake/petitions/register_petition", letter).body["id"]
    clerk.act(f"{item}/forward_petition")
    judged = {"in_scope": True, "level": "office", "opinion": "属实"}
    world.as_("xf1").act(f"{item}/judge_petition", judged)
    clerk.act(f"{item}/record_petition", {"platform_no": "PT-1", "entered_on": "2026-03-02"})
    assert clerk.act(f"{item}/refer_as_clue", {"reason": "提请"}).status == 200
    world.pump()
    for _ in world.runtimes["clues"].ladder:
        inbox.apply_due(world.runtimes["clues"])
    monkeypatch.undo()
    return world


def _fail(*_: object) -> None:
    raise RuntimeError("a text that must not be kept")


def test_a_failing_event_climbs_the_ladder_and_is_parked_with_its_reason(stuck: World) -> None:
    parked = stuck.as_("sys").get("/clues/operations/parked").body["parked"]
    assert [(row["producer"], row["type"], row["reason"]) for row in parked] == [
        ("intake", "intake.petition_referred_as_clue.v1", "RuntimeError")
    ]


def test_releasing_needs_the_administrator_and_a_reason_and_then_the_event_takes_effect(stuck: World) -> None:
    sys = stuck.as_("sys")
    event = sys.get("/clues/operations/parked").body["parked"][0]["event_id"]
    path = f"/clues/operations/parked/{event}/release"
    assert stuck.as_("head1").send("POST", path, body={"reason": "重试"}).code == "WRONG_ROLE"
    assert sys.send("POST", path, body={"reason": " "}).code == "MISSING_REASON"
    assert sys.send("POST", path, body={"reason": "缺陷已修复"}).status == 200
    while inbox.apply_due(stuck.runtimes["clues"]):
        pass
    with stuck.runtimes["clues"].db.read() as session:
        assert set(session.scalars(select(Inbox.status))) == {"applied"}
    assert sys.send("POST", path, body={"reason": "再次"}).code == "UNKNOWN_REFERENCE"
