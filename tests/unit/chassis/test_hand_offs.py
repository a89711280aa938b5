"""Hand-offs: what the bus lost is asked for again, and the events of one subject take effect in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis import inbox, outbox
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.tables import Inbox, Outbox
from tests.world import World

LETTER = {
    "received_on": "2026-03-02",
    "channel": "letter",
    "unit_id": "edu",
    "subject_ids": ["p-edu-sec"],
    "summary": "示例",
    "class_code": "supervision_object",
}


@dataclass
class Caught:
    """A broker that keeps what is published to it, and delivers nothing by itself."""

    messages: list[OutMessage] = field(default_factory=list)

    def publish(self, messages: Sequence[OutMessage]) -> None:
        self.messages += messages

    def publish_control(self, messages: Sequence[OutMessage]) -> None:
        self.messages += messages


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake", "notifications"))


def published(world: World) -> list[OutMessage]:
    """What intake has to send to notifications now, taken off the bus."""
    intake, caught = world.runtimes["intake"], Caught()
    with intake.db.write() as session:
        outbox.number_new(session)
    outbox.publish_due(intake, caught)
    return [m for m in caught.messages if m.routing_key.startswith("notifications.")]


def deliver(world: World, messages: Sequence[OutMessage]) -> None:
    receiver = world.runtimes["notifications"]
    inbox.store(receiver, [Delivery(m.body, m.headers, m.message_id) for m in messages])
    while inbox.apply_due(receiver):
        pass


def applied(world: World) -> list[int]:
    with world.runtimes["notifications"].db.read() as session:
        query = select(Inbox.sequence).where(Inbox.producer == "intake", Inbox.status == "applied")
        return sorted(session.scalars(query))


def controls(messages: Sequence[OutMessage], service: str) -> list[Delivery]:
    mine = [m for m in messages if m.routing_key == f"control.{service}"]
    return [Delivery(m.body, m.headers, m.message_id) for m in mine]


def test_what_a_lost_broker_took_is_asked_for_and_sent_again_with_the_same_numbers(world: World) -> None:
    world.as_("clerk1").act("/intake/petitions/register_petition", LETTER)
    lost = published(world)
    assert len(lost) >= 2
    assert applied(world) == []
    intake, receiver = world.runtimes["intake"], world.runtimes["notifications"]
    with intake.db.read() as session:
        heads = outbox.announcements(session, "intake")
    questions = inbox.on_control(receiver, controls(heads, "notifications"))
    assert inbox.on_control(intake, controls(questions, "intake")) == []
    again = published(world)
    assert [(m.message_id, m.headers) for m in again] == [(m.message_id, m.headers) for m in lost]
    deliver(world, again)
    deliver(world, again)
    assert applied(world) == list(range(1, len(lost) + 1))


def test_an_event_waits_for_the_earlier_one_of_its_subject_and_other_subjects_go_on(world: World) -> None:
    clerk = world.as_("clerk1")
    one = clerk.act("/intake/petitions/register_petition", LETTER).body["id"]
    first = published(world)
    other = clerk.act("/intake/petitions/register_petition", LETTER | {"summary": "另一件"}).body["id"]
    second = published(world)
    assert one != other
    held_back, rest = first[0], first[1:]
    deliver(world, [*reversed(second), *rest])
    numbers = [m.headers["dw-sequence"] for m in second]
    assert applied(world) == sorted(int(n) for n in numbers)
    deliver(world, [held_back])
    assert applied(world) == list(range(1, len(first) + len(second) + 1))


def test_numbers_are_gapless_in_each_stream_and_never_change(world: World) -> None:
    clerk = world.as_("clerk1")
    for number in range(3):
        clerk.act("/intake/petitions/register_petition", LETTER | {"summary": f"第{number}件"})
    published(world)
    with world.runtimes["intake"].db.read() as session:
        rows = session.execute(select(Outbox.consumer, Outbox.sequence).order_by(Outbox.sequence)).all()
    for consumer in {row.consumer for row in rows}:
        mine = [row.sequence for row in rows if row.consumer == consumer]
        assert mine == list(range(1, len(mine) + 1))
