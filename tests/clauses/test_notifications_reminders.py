"""The ladder of reminders: warned in time, overdue at midnight, and told to the right persons only."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis import tables
from services.notifications.storage import Notice
from tests.clause_proof import proves, saw
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, services=("intake", "notifications"))
    yield world
    world.close()


def letter(**changes: object) -> dict[str, object]:
    return {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
            "summary": "反映某科级干部违规问题", "class_code": "supervision_object"} | changes  # fmt: skip


def register(world: World, account: str = "clerk1", **changes: object) -> dict[str, Any]:
    answer = world.as_(account).act("/intake/petitions/register_petition", letter(**changes))
    assert answer.status == 201, answer.body
    world.pump()
    assert world.parked() == []
    return dict(answer.body)


def emitted(world: World, event_type: str, consumer: str = "intake") -> list[dict[str, Any]]:
    """The data of each event of this type that notifications sent to a consumer, in order."""
    with world.runtimes["notifications"].db.read() as session:
        rows = session.scalars(
            select(tables.Outbox)
            .where(tables.Outbox.type == f"{event_type}.v1", tables.Outbox.consumer == consumer)
            .order_by(tables.Outbox.id)
        ).all()
    envelopes = [json.loads(row.body) for row in rows]
    for envelope in envelopes:
        saw("event", envelope["dwclauses"].split(","), event_type)
    return [envelope["data"] for envelope in envelopes]


def told(world: World, template: str = "deadline_overdue") -> set[str]:
    """Who has a notice of this template."""
    with world.runtimes["notifications"].db.read() as session:
        return set(session.scalars(select(Notice.addressee_id).where(Notice.template == template)))


@proves("LZ-12.1", check=1)
def test_from_friday_midnight_a_petition_received_on_monday_is_overdue(world: World) -> None:
    petition = register(world)
    world.on(2026, 3, 5, 23, 59)
    world.pump()
    assert emitted(world, "notifications.deadline_overdue") == []
    world.on(2026, 3, 6, 0, 0)
    world.pump()
    [event] = emitted(world, "notifications.deadline_overdue")
    assert (event["clause"], event["subject_ref"], event["due_on"], event["step"]) == (
        "LZ-12.1", petition["id"], "2026-03-05", 1,
    )  # fmt: skip
    forwarded = world.as_("clerk1").act(f"/intake/petitions/{petition['id']}/forward_petition")
    assert forwarded.status == 200
    assert [d["late"] for d in forwarded.body["duties"]] == [True]
