"""RabbitMQ frozen, killed and emptied: a publisher never hangs, a consumer comes back, nothing is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from services.chassis.bus import topology
from services.chassis.bus.errors import BrokerUnreachable, PublishFailed
from services.chassis.bus.link import Link
from services.chassis.bus.message import OutMessage
from services.chassis.bus.publisher import ConfirmingPublisher
from tests.integration.bus.brokers import Broker, Received, consuming, event, events, eventually, numbers
from tests.integration.bus.processes import hosted
from tests.servers import RabbitMQ

pytestmark = pytest.mark.faults


@pytest.fixture
def broker(private_broker: RabbitMQ) -> Broker:
    topology.declare(private_broker.uri, ["intake"])
    # RabbitMQ 3.10 writes a new quorum queue's registration up to half a second after it has confirmed it; a kill
    # before that leaves a queue that answers nobody.
    time.sleep(1.0)
    return Broker(private_broker.uri)


@pytest.fixture
def publisher(broker: Broker) -> Iterator[ConfirmingPublisher]:
    publisher = ConfirmingPublisher(broker.uri, timeout=1.0)
    yield publisher
    publisher.close()


def test_a_frozen_broker_fails_a_publisher_in_time_and_holds_up_nobody_s_stop(
    private_broker: RabbitMQ, broker: Broker, publisher: ConfirmingPublisher
) -> None:
    publisher.publish([event("before")])
    fresh = ConfirmingPublisher(broker.uri, timeout=1.0)
    received = Received()
    with consuming(broker, received) as consumer:
        assert eventually(lambda: received.ids == ["before"])
        private_broker.freeze()
        try:
            # Connected before, and not yet connected: neither the confirmation nor the handshake ever comes.
            assert _seconds_to_fail(publisher) < 4.0
            assert _seconds_to_fail(fresh) < 4.0
            large = [event(str(n), body=b"x" * 200_000) for n in range(100)]
            assert _seconds_to_fail(publisher, large) < 4.0
            began = time.monotonic()
            assert consumer.stop(5.0)
            assert time.monotonic() - began < 4.5
        finally:
            private_broker.thaw()
    publisher.publish([event("after")])
    with consuming(broker, received):
        assert eventually(lambda: received.ids[-1:] == ["after"])


def test_a_frozen_broker_blocks_neither_requests_nor_the_stop_of_a_service_on_green_threads(
    private_broker: RabbitMQ, broker: Broker
) -> None:
    with hosted(broker.uri) as process:
        process.get("/intake/publish?count=1")
        assert eventually(lambda: "0" in process.get("/intake/x")["handled"])
        private_broker.freeze()
        try:
            began = time.monotonic()
            assert process.get("/intake/publish?count=1")["code"] == "INTERNAL"
            assert time.monotonic() - began < 9.0
            assert process.get("/intake/x")["service"] == "intake"
            assert process.terminate() < 14.0
            assert process.child.returncode == 0
        finally:
            private_broker.thaw()


def test_a_killed_broker_comes_back_with_all_that_it_confirmed_and_its_consumers_with_it(
    private_broker: RabbitMQ, broker: Broker, publisher: ConfirmingPublisher
) -> None:
    publisher.publish(events(300))
    private_broker.kill9()
    with pytest.raises(BrokerUnreachable):
        Link(broker.uri, timeout=1.0)
    with pytest.raises(PublishFailed):
        publisher.publish(events(1, 300))
    received = Received()
    waiting = threading.Thread(target=private_broker.start)
    waiting.start()
    with consuming(broker, received, at_once=False) as consumer:
        waiting.join()
        assert eventually(lambda: len(set(received.ids)) >= 300, within=30)
        private_broker.kill9()
        assert eventually(lambda: not consumer.consuming.is_set())
        private_broker.start()
        assert eventually(consumer.consuming.is_set)
        assert eventually(lambda: _publishes(publisher, "300"))
        assert eventually(lambda: "300" in received.ids)
    assert set(received.ids) == set(numbers(301))


def test_a_broker_that_lost_everything_is_set_up_again_by_its_consumers(
    private_broker: RabbitMQ, broker: Broker, publisher: ConfirmingPublisher
) -> None:
    received = Received()
    with consuming(broker, received):
        publisher.publish([event("before")])
        assert eventually(lambda: received.ids == ["before"])
        private_broker.wipe()
        private_broker.start()
        assert eventually(lambda: _publishes(publisher, "after"), within=30)
        assert eventually(lambda: "after" in received.ids)


def test_a_message_that_kills_its_consumers_ends_as_a_dead_letter_and_is_not_dropped(
    broker_vhost: Callable[[], str],
) -> None:
    broker = Broker(broker_vhost())
    topology.declare(broker.uri, ["intake"])
    with_one = ConfirmingPublisher(broker.uri)
    with_one.publish([event("deadly")])
    deaths = 0
    while broker.length("dengwen.intake.dead") == 0:
        assert deaths <= topology.DELIVERY_LIMIT + 1
        deaths += _dies_with_the_first_message(broker)
    with_one.close()
    assert deaths > 20
    assert broker.length("dengwen.intake") == 0


def _seconds_to_fail(publisher: ConfirmingPublisher, messages: list[OutMessage] | None = None) -> float:
    began = time.monotonic()
    with pytest.raises(PublishFailed):
        publisher.publish(messages or [event("frozen")])
    return time.monotonic() - began


def _publishes(publisher: ConfirmingPublisher, message_id: str) -> bool:
    try:
        publisher.publish([event(message_id)])
    except PublishFailed:
        return False
    return True


def _dies_with_the_first_message(broker: Broker) -> int:
    link = Link(broker.uri, timeout=5.0)
    seen: list[object] = []
    link.channel().basic_consume("dengwen.intake", consumer_tag="dying", callback=seen.append)
    link.drain(0.5)
    link.sever()
    return len(seen)
