"""Hostile messages: forged, oversized and deep ones neither stop a consumer nor take another event's place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from contracts.envelope import Envelope
from contracts.events.intake import PetitionReceived
from services.chassis import inbox, tables
from services.chassis.bus.message import Delivery
from services.chassis.clock import real_now
from services.chassis.runtime import Runtime
from tests.world import World

GENUINE: dict[str, object] = {"dw-producer": "intake", "dw-epoch": 1, "dw-sequence": 1, "dw-previous": 0}


@pytest.fixture
def clues(tmp_path: Path) -> Runtime:
    return World(tmp_path, services=("clues",)).runtimes["clues"]


def message(
    source: str = "/intake", kind: str = "intake.petition_received.v1", **headers: object
) -> Delivery:
    envelope = Envelope(
        id=uuid4().hex,
        type=kind,
        source=source,
        time=real_now(),
        subject="petition/1",
        data=PetitionReceived(
            petition_id="1",
            office_id="pz1",
            received_on=real_now().date(),
            source="letter",
            class_code="out_of_scope",
        ).model_dump(mode="json"),
        dwversion=1,
        dwtime="simulated",
    )
    named = {f"dw-{name}": value for name, value in headers.items()}
    return Delivery(envelope.to_json(), GENUINE | named, envelope.id)


def count(runtime: Runtime, model: Any) -> int:
    with runtime.db.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize(
    "headers",
    [
        {"sequence": 10**30},
        {"epoch": 10**30},
        {"previous": 10**30},
        {"sequence": -1},
        {"sequence": 0},
        {"epoch": 0},
        {"previous": 1},
        {"previous": -1},
        {"sequence": "1" * 5000},
        {"sequence": None},
    ],
)
def test_a_message_without_a_lawful_place_in_its_stream_is_put_aside_and_the_next_one_is_taken(
    clues: Runtime, headers: dict[str, Any]
) -> None:
    inbox.store(clues, [message(**headers), message()])
    assert (count(clues, tables.Inbox), count(clues, tables.Damaged)) == (1, 1)
    assert inbox.apply_due(clues) == 1


@pytest.mark.parametrize("producer", ["clues", "evil", "", "\x00", "x" * 500, "/intake", ["intake"]])
def test_nobody_numbers_an_event_in_the_stream_of_another(clues: Runtime, producer: object) -> None:
    inbox.store(clues, [message(producer=producer)])
    assert count(clues, tables.Inbox) == 0
    inbox.store(clues, [message()])
    assert inbox.apply_due(clues) == 1


def test_an_event_of_a_type_that_its_sender_does_not_own_is_parked_and_takes_no_effect(
    clues: Runtime,
) -> None:
    inbox.store(clues, [message("/archive", producer="archive")])
    assert inbox.apply_due(clues) == 0
    with clues.db.read() as session:
        assert [row.status for row in session.scalars(select(tables.Inbox))] == ["parked"]


def test_another_body_under_a_known_event_id_or_number_changes_nothing(clues: Runtime) -> None:
    first = message()
    forged = Delivery(first.body.replace(b"out_of_scope", b"office_heads"), first.headers, first.message_id)
    inbox.store(clues, [first, forged, message()])
    with clues.db.read() as session:
        assert [row.body for row in session.scalars(select(tables.Inbox))] == [first.body]


HOSTILE = [
    b"",
    b"[",
    b"[" * 200_000,
    b'{"kind":' * 5000,
    b"\xff",
    b"5",
    b"[]",
    b'{"kind":{}}',
    b'{"kind":"head","producer":"intake","epoch":1e400,"sequence":1}',
    b'{"kind":"head","producer":"intake","epoch":1,"sequence":1' + b"0" * 40 + b"}",
    b'{"kind":"head","producer":"intake","epoch":1,"sequence":-1}',
    b'{"kind":"head","producer":{"a":1},"epoch":1,"sequence":1}',
    b'{"kind":"head","producer":"evil","epoch":1,"sequence":5}',
    b'{"kind":"head","producer":"\\ud800","epoch":1,"sequence":5}',
    b'{"kind":"head","producer":"' + b"x" * 100_000 + b'","epoch":1,"sequence":5}',
    b'{"kind":"replay","consumer":{"a":1},"epoch":1,"after":1}',
    b'{"kind":"replay","consumer":"intake","epoch":1,"after":1' + b"0" * 40 + b"}",
    b'{"kind":"replay","consumer":"intake","epoch":1,"after":-9}',
    b'{"kind":"replay","consumer":"intake","epoch":"1","after":9223372036854775807}',
    b'{"kind":"hello","consumer":[1]}',
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_control_message_is_answered_with_nothing_and_leaves_nothing(
    clues: Runtime, body: bytes
) -> None:
    assert inbox.on_control(clues, [Delivery(body, {}, "control")]) == []
    assert count(clues, tables.StreamPosition) == 0


def test_a_flood_of_replay_requests_queues_each_event_once(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake", "clues"))
    with world.runtimes["intake"].db.write() as session:
        for number in range(1, 4):
            session.add(
                tables.Outbox(
                    event_id=str(number), consumer="clues", type="t", subject="s", body=b"", status="sent",
                    epoch=1, sequence=number, previous=0, created_at=real_now(),
                )
            )  # fmt: skip
    asked = {"kind": "replay", "consumer": "clues", "epoch": 1, "after": 0}
    flood = [Delivery(json.dumps(asked).encode(), {}, "control")] * 50
    inbox.on_control(world.runtimes["intake"], flood)
    with world.runtimes["intake"].db.read() as session:
        waiting = session.scalars(select(tables.Outbox.sequence).where(tables.Outbox.status == "numbered"))
        assert sorted(n or 0 for n in waiting) == [1, 2, 3]
