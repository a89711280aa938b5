"""What the bus promises, on RabbitMQ and on the broker inside the process alike."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from services.chassis.bus import consumer as consumer_module
from services.chassis.bus import topology
from services.chassis.bus.errors import PublishFailed, TopologyMismatch, Unroutable
from services.chassis.bus.link import Link
from services.chassis.bus.message import OutMessage
from services.chassis.bus.publisher import ConfirmingPublisher
from tests.integration.bus.brokers import Broker, Received, consuming, event, events, eventually, numbers


def test_an_event_arrives_as_it_was_sent(broker: Broker, publisher: ConfirmingPublisher) -> None:
    received = Received()
    body = '{"zh": "登闻"}'.encode()
    with consuming(broker, received):
        publisher.publish(
            [OutMessage("intake.petition", body, "e-1", {"dw-sequence": 7, "dw-producer": "clues"})]
        )
        assert eventually(lambda: bool(received.handled))
    (delivery,) = received.handled
    assert delivery.body == body
    assert delivery.message_id == "e-1"
    assert delivery.headers["dw-sequence"] == 7
    assert delivery.headers["dw-producer"] == "clues"
    assert not delivery.redelivered


def test_an_event_goes_to_its_consumer_alone(broker: Broker, publisher: ConfirmingPublisher) -> None:
    publisher.publish([event("1", "intake.a.b.c"), event("2", "clues.a")])
    assert broker.length("dengwen.intake") == 1
    assert broker.length("dengwen.clues") == 1
    assert broker.length("dengwen.intake.control") == 0


def test_a_confirmed_event_is_in_the_queue(broker: Broker, publisher: ConfirmingPublisher) -> None:
    publisher.publish(events(500))
    assert broker.length("dengwen.intake") == 500


def test_unroutable_messages_are_named_and_the_others_of_the_batch_arrive(
    broker: Broker, publisher: ConfirmingPublisher
) -> None:
    with pytest.raises(Unroutable) as refused:
        publisher.publish([event("1"), event("2", "nobody.petition"), event("3")])
    assert refused.value.message_ids == ("2",)
    assert broker.length("dengwen.intake") == 2
    publisher.publish([event("4")])
    assert broker.length("dengwen.intake") == 3


def test_publishing_before_anything_is_declared_fails_and_works_afterwards(
    bare_broker: Broker, publisher: ConfirmingPublisher
) -> None:
    with pytest.raises(PublishFailed) as failed:
        publisher.publish([event("1"), event("2")])
    assert set(failed.value.message_ids) == {"1", "2"}
    topology.declare(bare_broker.uri, ["intake"])
    publisher.publish([event("1"), event("2")])
    assert bare_broker.length("dengwen.intake") == 2


def test_a_control_message_arrives_and_one_for_nobody_does_no_harm(
    broker: Broker, publisher: ConfirmingPublisher
) -> None:
    received = Received()
    with consuming(broker, received, "dengwen.intake.control"):
        publisher.publish_control(
            [event("nobody", "control.nobody"), event("c", topology.control_key("intake"))]
        )
        assert eventually(lambda: received.ids == ["c"])
    publisher.publish([event("1")])
    assert broker.length("dengwen.intake") == 1


def test_events_are_handled_in_their_order(broker: Broker, publisher: ConfirmingPublisher) -> None:
    received = Received()
    with consuming(broker, received, batch=37):
        for first in range(0, 1000, 100):
            publisher.publish(events(100, first))
        assert eventually(lambda: len(received.handled) >= 1000)
    assert received.ids == numbers(1000)
    assert max(len(batch) for _, batch in received.calls) <= 37


def test_waiting_events_come_in_batches_not_one_by_one(
    broker: Broker, publisher: ConfirmingPublisher
) -> None:
    publisher.publish(events(400))
    received = Received()
    with consuming(broker, received, batch=200, linger=1.0):
        assert eventually(lambda: len(received.handled) == 400)
    assert len(received.calls) <= 20


def test_a_handled_batch_is_gone_from_the_queue(broker: Broker, publisher: ConfirmingPublisher) -> None:
    publisher.publish(events(300))
    received = Received()
    with consuming(broker, received, batch=100):
        assert eventually(lambda: len(received.handled) == 300)
    assert broker.length("dengwen.intake") == 0


def test_what_a_dead_consumer_did_not_acknowledge_is_delivered_again_in_order(
    broker: Broker, publisher: ConfirmingPublisher
) -> None:
    publisher.publish(events(5))
    dying = Link(broker.uri, timeout=5.0)
    channel = dying.channel()
    seen: list[Any] = []
    channel.basic_consume("dengwen.intake", consumer_tag="dying", callback=seen.append)
    while len(seen) < 5:
        dying.drain(1.0)
    dying.sever()
    received = Received()
    with consuming(broker, received):
        assert eventually(lambda: len(received.handled) >= 5)
    assert received.ids == numbers(5)
    assert all(delivery.redelivered for delivery in received.handled)


def test_a_connection_lost_while_handling_brings_the_batch_again_and_nothing_is_lost(
    broker: Broker, publisher: ConfirmingPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    links: list[Link] = []

    class Remembered(Link):
        def __init__(self, uri: str, *, timeout: float, heartbeat: int = 0) -> None:
            super().__init__(uri, timeout=timeout, heartbeat=heartbeat)
            links.append(self)

    monkeypatch.setattr(consumer_module, "Link", Remembered)
    severed = threading.Event()
    received = Received(gate=severed)
    with consuming(broker, received):
        publisher.publish(events(3))
        assert eventually(lambda: len(received.calls) == 1)
        links[0].sever()  # while the handler works, however busy the machine is
        severed.set()
        first = len(received.calls[0][1])  # a busy machine may hand over fewer than all three at first
        assert eventually(lambda: len(received.handled) >= first + 3)
        publisher.publish(events(3, 3))
        assert eventually(lambda: received.ids[-1:] == ["5"])
    assert set(received.ids) == set(numbers(6))
    assert broker.length("dengwen.intake") == 0


def test_a_failing_handler_gets_the_same_batch_again_ever_later(
    broker: Broker, publisher: ConfirmingPublisher
) -> None:
    received = Received(fails=2)
    with consuming(broker, received):
        publisher.publish(events(3))
        assert eventually(lambda: len(received.calls) >= 1)
        publisher.publish(events(3, 3))
        assert eventually(lambda: len(received.handled) == 6)
    (first, batch), (second, again), (third, once_more) = received.calls[:3]
    assert batch == again == once_more
    assert 0.2 <= second - first < 5.0
    assert 0.4 <= third - second < 5.0
    assert received.ids == numbers(6)
    assert broker.length("dengwen.intake") == 0


def test_a_handler_that_always_fails_is_not_called_hotly_and_loses_nothing(
    broker: Broker, publisher: ConfirmingPublisher
) -> None:
    received = Received(fails=1_000)
    publisher.publish(events(20))
    with consuming(broker, received):
        time.sleep(1.0)
    assert 1 <= len(received.calls) <= 4
    assert eventually(lambda: broker.length("dengwen.intake") == 20), (
        "given back once the broker sees them gone"
    )
    assert broker.length("dengwen.intake.dead") == 0


def test_a_stop_lets_the_batch_in_flight_finish_and_nothing_is_handled_twice(
    broker: Broker, publisher: ConfirmingPublisher
) -> None:
    publisher.publish(events(40))
    before, after = Received(takes=0.3), Received()
    with consuming(broker, before, batch=10) as consumer:
        assert eventually(lambda: len(before.calls) == 1)
        assert consumer.stop(5.0)
        assert len(before.calls) == 1
    with consuming(broker, after):
        assert eventually(lambda: len(after.handled) + len(before.handled) >= 40)
    assert before.ids + after.ids == numbers(40)


def test_a_stop_without_work_is_quick(broker: Broker) -> None:
    with consuming(broker, Received()) as consumer:
        began = time.monotonic()
        assert consumer.stop(5.0)
        assert time.monotonic() - began < 4.0


def test_a_queue_deleted_while_it_is_consumed_is_declared_anew(
    broker: Broker, publisher: ConfirmingPublisher
) -> None:
    received = Received()
    with consuming(broker, received) as consumer:
        publisher.publish([event("before")])
        assert eventually(lambda: received.ids == ["before"])
        broker.delete("dengwen.intake")
        assert eventually(lambda: _publishes(publisher, event("after")))
        assert eventually(lambda: received.ids == ["before", "after"])
        assert consumer.consuming.is_set()


def test_two_consumers_of_a_queue_share_its_events(broker: Broker, publisher: ConfirmingPublisher) -> None:
    one, other = Received(), Received()
    with consuming(broker, one, batch=5, prefetch=5), consuming(broker, other, batch=5, prefetch=5):
        publisher.publish(events(200))
        assert eventually(lambda: len(one.handled) + len(other.handled) >= 200)
    assert sorted(one.ids + other.ids, key=int) == numbers(200)


def test_declaring_twice_changes_nothing(broker: Broker, publisher: ConfirmingPublisher) -> None:
    publisher.publish(events(2))
    topology.declare(broker.uri, ["intake", "clues"])
    assert broker.length("dengwen.intake") == 2


def test_other_arguments_on_an_existing_queue_fail_at_once(bare_broker: Broker) -> None:
    with bare_broker.channel() as channel:
        channel.queue_declare(queue="dengwen.intake", durable=True, auto_delete=False)
    began = time.monotonic()
    with pytest.raises(TopologyMismatch, match=r"dengwen\.intake exists with other arguments"):
        topology.declare(bare_broker.uri, ["intake"])
    assert time.monotonic() - began < 2.0


def test_a_rejected_event_becomes_a_dead_letter(broker: Broker, publisher: ConfirmingPublisher) -> None:
    publisher.publish([event("1")])
    link = Link(broker.uri, timeout=5.0)
    channel = link.channel()
    seen: list[Any] = []
    channel.basic_consume("dengwen.intake", consumer_tag="rejecting", callback=seen.append)
    while not seen:
        link.drain(1.0)
    channel.basic_reject(seen[0].delivery_tag, requeue=False)
    link.close()
    assert eventually(lambda: broker.length("dengwen.intake.dead") == 1)
    assert broker.length("dengwen.intake") == 0


def _publishes(publisher: ConfirmingPublisher, message: OutMessage) -> bool:
    try:
        publisher.publish([message])
    except PublishFailed:
        return False
    return True
