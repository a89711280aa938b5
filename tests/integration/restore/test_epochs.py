"""Epochs, whatever is lost, doubled or late: a producer is put back, its consumer holds each event once, in order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from contracts.events.intake import PetitionReceived
from services.chassis import inbox, outbox
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.clock import real_now
from services.chassis.epochs import NotHeld, hold, open_epoch
from services.chassis.runtime import Runtime
from services.chassis.tables import Inbox, Installation, KnownAgain, Outbox, StreamPosition
from services.chassis.work import begin
from tests.world import World

SUBJECTS = "abc"


class Caught:
    """What was published, for the test to deliver or to lose."""

    def __init__(self) -> None:
        self.messages: list[OutMessage] = []

    def publish(self, messages: list[OutMessage]) -> None:
        self.messages += [m for m in messages if m.routing_key.startswith("clues.")]

    def publish_control(self, messages: list[OutMessage]) -> None:
        assert not messages, "nothing is announced here"


def say(producer: Runtime, subjects: str, *, number: bool = True) -> list[Delivery]:
    """An event on each subject, numbered and published; what is published is given, not delivered."""
    for subject in subjects:
        with begin(producer) as work:
            event = PetitionReceived(
                petition_id=subject, office_id="pz1", received_on=date(2026, 3, 2), source="letter",
                class_code="out_of_scope",
            )  # fmt: skip
            work.emit(event, f"petition/{subject}", 1, to=("clues",))
    return publish(producer) if number else []


def publish(producer: Runtime) -> list[Delivery]:
    caught = Caught()
    with producer.db.write() as session:
        outbox.number_new(session)
    outbox.publish_due(producer, caught)  # type: ignore[arg-type]
    return [Delivery(m.body, m.headers, m.message_id) for m in caught.messages]


def take(consumer: Runtime, deliveries: list[Delivery]) -> None:
    inbox.store(consumer, deliveries)
    with consumer.db.write() as session:  # no time passes in this test: whatever waits is looked at again
        session.execute(update(Inbox).where(Inbox.status == "received").values(next_try_at=real_now()))
    while inbox.apply_due(consumer):
        pass


def heal(producer: Runtime, consumer: Runtime) -> None:
    """Heads are announced, what is missing is asked for and sent again, until nothing is missing."""
    for _ in range(6):
        with producer.db.read() as session:
            heads = [m for m in outbox.announcements(session, "intake") if m.routing_key == "control.clues"]
        with consumer.db.write() as session:
            session.execute(update(StreamPosition).values(asked_at=None))
        questions = inbox.on_control(consumer, [Delivery(m.body, {}, "control") for m in heads])
        inbox.on_control(producer, [Delivery(m.body, {}, "control") for m in questions])
        take(consumer, publish(producer))


def put_back(world: World, producer: Runtime, copy: Path) -> None:
    """The database becomes that of the copy, and waits for its epoch."""
    producer.db.dispose()
    path = producer.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(copy)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)
    with world.runtimes["clues"].db.read() as session:
        known = session.scalars(select(StreamPosition.epoch).where(StreamPosition.producer == "intake"))
        highest = max(known, default=0)
    with begin(producer) as work:
        hold(work, uuid4().hex, epoch_floor=highest, facts={})


def copied(producer: Runtime, to: Path) -> Path:
    path = producer.settings.database_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
    return to


@st.composite
def histories(draw: st.DrawFn) -> dict[str, object]:
    """Subjects spoken of before and after the copy, and again after the restore; and how the bus behaves."""
    words = st.text(SUBJECTS, max_size=5)
    return {
        "before": draw(words), "unnumbered": draw(words), "lost": draw(words), "after": draw(words),
        "times": draw(st.integers(1, 2)), "random": draw(st.randoms(use_true_random=False)),
    }  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=histories())
def test_each_event_is_held_once_and_no_subject_runs_backwards(
    tmp_path_factory: pytest.TempPathFactory, story: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("epochs")
    world = World(folder, services=("intake", "clues"))
    producer, consumer = world.runtimes["intake"], world.runtimes["clues"]
    bus = say(producer, str(story["before"]))
    say(producer, str(story["unnumbered"]), number=False)
    copy = copied(producer, folder / "copy.db")
    for _ in range(int(str(story["times"]))):
        bus += say(producer, str(story["lost"]))
        bus = unruly(bus, story["random"])
        take(consumer, bus)
        put_back(world, producer, copy)
        assert say(producer, str(story["after"])) == [] or _all_of_epoch_one(producer)
        with begin(producer) as work:
            open_epoch(work, by="command_line")
        bus = unruly(publish(producer), story["random"])
        take(consumer, bus)
    heal(producer, consumer)
    holds(producer, consumer)
    world.close()


def unruly(deliveries: list[Delivery], random: object) -> list[Delivery]:
    """Some are lost, some come twice, and all in any order."""
    shuffled = [d for d in deliveries for _ in range(random.choice((0, 1, 1, 2)))]  # type: ignore[attr-defined]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    return shuffled


def _all_of_epoch_one(producer: Runtime) -> bool:
    """A held service may send again what it had numbered, under the same numbers; it gives no new ones."""
    with producer.db.read() as session:
        return {e for e in session.scalars(select(Outbox.epoch)) if e is not None} <= {1}


def holds(producer: Runtime, consumer: Runtime) -> None:
    with producer.db.read() as sender, consumer.db.read() as receiver:
        sent = {row.event_id for row in sender.scalars(select(Outbox).where(Outbox.consumer == "clues"))}
        rows = list(receiver.scalars(select(Inbox).where(Inbox.producer == "intake")))
        again = {(r.epoch, r.sequence): r.event_id for r in receiver.scalars(select(KnownAgain))}
    by_id = {row.event_id: row for row in rows}
    assert len(by_id) == len(rows)
    assert {i for i in sent if i not in by_id or by_id[i].status != "applied"} == set(), "all that it knows"
    assert [row.status for row in rows if row.status not in ("applied", "lapsed")] == []
    by_place = {(row.epoch, row.sequence): row for row in rows}
    for row in rows:
        if row.status == "applied" and row.previous:
            place = (row.epoch, row.previous)
            before = by_place.get(place) or by_id[again[place]]
            assert before.status == "applied"
            assert before.applied_at is not None
            assert row.applied_at is not None
            assert before.applied_at <= row.applied_at
    positions = [row for row in rows if row.epoch == max((r.epoch for r in rows), default=1)]
    numbers = {r.sequence for r in positions} | {n for e, n in again if positions and e == positions[0].epoch}
    assert numbers == set(range(1, len(numbers) + 1)), "the new epoch has no hole"


def test_an_epoch_is_opened_for_a_service_that_was_put_back_and_once(tmp_path: Path) -> None:
    world = World(tmp_path, services=("intake",))
    producer = world.runtimes["intake"]
    with pytest.raises(NotHeld), begin(producer) as work:
        open_epoch(work, by="command_line")
    with begin(producer) as work:
        hold(work, "r1", epoch_floor=7, facts={})
    with begin(producer) as work:
        assert open_epoch(work, by="command_line") == 8, "above all that anybody has seen"
    with pytest.raises(NotHeld), begin(producer) as work:
        open_epoch(work, by="command_line")
    with producer.db.read() as session:
        assert session.scalars(select(Installation.restore_id)).one() == ""
    world.close()
