"""Hand-offs: what the bus lost is asked for again, and the events of one subject take effect in their order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis import effects, inbox, outbox
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.tables import Damaged, Inbox, Outbox
from services.notifications.storage import Handoff, ServiceDuty
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


def in_inbox(world: World, status: str) -> list[Inbox]:
    with world.runtimes["notifications"].db.read() as session:
        query = select(Inbox).where(Inbox.producer == "intake", Inbox.status == status)
        return list(session.scalars(query.order_by(Inbox.sequence)))


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


def test_what_is_still_on_its_way_is_not_asked_for_and_what_stays_away_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        world.as_("clerk1").act("/intake/petitions/register_petition", LETTER | {"summary": f"第{number}件"})
    sent = published(world)
    intake, receiver = world.runtimes["intake"], world.runtimes["notifications"]
    deliver(world, sent[:2])
    with intake.db.read() as session:
        heads = controls(outbox.announcements(session, "intake"), "notifications")
    assert inbox.on_control(receiver, heads) == [], "the stream has only just moved on"
    deliver(world, sent[3:])
    monkeypatch.setattr(inbox, "ASK_AGAIN", timedelta(0))
    (question,) = inbox.on_control(receiver, heads)
    assert json.loads(question.body)["after"] == 2


def test_what_arrives_takes_effect_in_the_commit_that_keeps_it_and_a_second_time_not_at_all(
    world: World,
) -> None:
    world.as_("clerk1").act("/intake/petitions/register_petition", LETTER)
    receiver = world.runtimes["notifications"]
    arriving = [Delivery(m.body, m.headers, m.message_id) for m in published(world)]
    assert inbox.take(receiver, arriving)
    assert applied(world) == list(range(1, len(arriving) + 1))
    assert not inbox.take(receiver, arriving), "known already: nothing takes effect"
    assert inbox.apply_due(receiver) == 0
    with receiver.db.read() as session:
        assert len(session.scalars(select(Handoff)).all()) + len(
            session.scalars(select(ServiceDuty)).all()
        ) == len(arriving)


def test_an_event_that_fails_on_arrival_is_kept_and_takes_effect_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.as_("clerk1").act("/intake/petitions/register_petition", LETTER)
    receiver = world.runtimes["notifications"]
    arriving = [Delivery(m.body, m.headers, m.message_id) for m in published(world)]

    def fails(*_: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(effects, "react", fails)
        assert not inbox.take(receiver, arriving)
    assert len(in_inbox(world, "received")) == len(arriving)
    while inbox.apply_due(receiver):
        pass
    assert applied(world) == list(range(1, len(arriving) + 1))


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


def test_each_message_three_times_and_backwards_takes_effect_once_and_in_order(world: World) -> None:
    clerk = world.as_("clerk1")
    petition = clerk.act("/intake/petitions/register_petition", LETTER).body
    clerk.act(f"/intake/petitions/{petition['id']}/forward_petition", {})
    sent = published(world)
    deliver(world, [message for message in reversed(sent) for _ in range(3)])
    deliver(world, sent)
    assert applied(world) == list(range(1, len(sent) + 1))
    with world.runtimes["notifications"].db.read() as session:
        clocks = Counter(duty.status for duty in session.scalars(select(ServiceDuty)))
        handed = Counter(row.event_id for row in session.scalars(select(Handoff)))
    assert clocks == {"met": 1}, "opened before it was met, although it came after"
    assert handed
    assert set(handed.values()) == {1}


def test_an_event_of_a_future_version_is_parked_with_its_reason_and_holds_up_its_subject_alone(
    world: World,
) -> None:
    clerk = world.as_("clerk1")
    clerk.act("/intake/petitions/register_petition", LETTER)
    first = published(world)
    clerk.act("/intake/petitions/register_petition", LETTER | {"summary": "另一件"})
    others = published(world)
    known = json.loads(first[0].body)
    future = replace(
        first[0], body=json.dumps(known | {"type": known["type"].replace(".v1", ".v9")}).encode()
    )
    deliver(world, [future, *first[1:], *others])
    parked = in_inbox(world, "parked")
    assert [(row.sequence, row.reason) for row in parked] == [(1, "UnknownEventVersion")]
    assert applied(world) == [int(m.headers["dw-sequence"]) for m in others]
    assert [row.sequence for row in in_inbox(world, "received")] == [
        int(m.headers["dw-sequence"]) for m in first[1:]
    ]


UNREADABLE = {
    "nothing": b"",
    "no text": bytes(range(256)),
    "cut off": b'{"specversion": "1.0", "id": "',
    "no envelope": b"[1, 2, 3]",
    "too large": b'{"data": "' + b"x" * 2_000_000 + b'"}',
    "too deep": b"[" * 100_000,
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_a_message_that_cannot_be_read_leaves_its_digest_and_is_sent_again_whole(
    world: World, body: bytes
) -> None:
    world.as_("clerk1").act("/intake/petitions/register_petition", LETTER)
    sent = published(world)
    deliver(world, [replace(sent[0], body=body), *sent[1:]])
    intake, receiver = world.runtimes["intake"], world.runtimes["notifications"]
    with receiver.db.read() as session:
        kept = session.scalars(select(Damaged)).one()
    assert (kept.digest, kept.size, kept.producer) == (sha256(body).digest(), len(body), "intake")
    assert applied(world) == [], "the first one of the subject is missing"
    with intake.db.read() as session:
        heads = outbox.announcements(session, "intake")
    inbox.on_control(intake, controls(inbox.on_control(receiver, controls(heads, "notifications")), "intake"))
    deliver(world, published(world))
    assert applied(world) == list(range(1, len(sent) + 1))


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
