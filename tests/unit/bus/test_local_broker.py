"""What only the broker inside the process has: names, faults on demand, no polling."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator

import pytest

from services.chassis.bus import local, topology
from services.chassis.bus.errors import PublishFailed
from services.chassis.bus.message import OutMessage
from services.chassis.bus.publisher import ConfirmingPublisher
from tests.integration.bus.brokers import Broker, Received, consuming, event, events, eventually, numbers


@pytest.fixture
def name() -> Iterator[str]:
    name = uuid.uuid4().hex
    yield name
    local.discard(name)


@pytest.fixture
def broker(name: str) -> Broker:
    broker = Broker(f"{local.SCHEME}://localhost/{name}")
    topology.declare(broker.uri, ["intake"])
    return broker


def test_brokers_of_different_names_know_nothing_of_each_other(broker: Broker) -> None:
    other = Broker(f"{broker.uri}-other")
    topology.declare(other.uri, ["intake"])
    ConfirmingPublisher(other.uri).publish(events(3))
    assert broker.length("dengwen.intake") == 0
    assert other.length("dengwen.intake") == 3
    local.discard(other.uri.rpartition("/")[2])


def test_cut_connections_lose_nothing(broker: Broker, name: str) -> None:
    publisher, received = ConfirmingPublisher(broker.uri), Received()
    with consuming(broker, received):
        publisher.publish(events(3))
        local.bus(name).drop_connections()
        with pytest.raises(PublishFailed):
            publisher.publish(events(3, 3))
        publisher.publish(events(3, 3))
        assert eventually(lambda: set(received.ids) == set(numbers(6)))


def test_a_wiped_broker_is_set_up_again_by_its_consumers(broker: Broker, name: str) -> None:
    publisher, received = ConfirmingPublisher(broker.uri), Received()

    def published() -> bool:
        try:
            publisher.publish([event("after")])
        except PublishFailed:
            return False
        return True

    with consuming(broker, received):
        local.bus(name).wipe()
        assert eventually(published)
        assert eventually(lambda: received.ids == ["after"])


def test_a_lossy_queue_keeps_the_newest(broker: Broker, name: str) -> None:
    publisher = ConfirmingPublisher(broker.uri)
    extra = 5
    publisher.publish_control(
        [OutMessage("control.intake", b"", str(n)) for n in range(topology.CONTROL_MAX_LENGTH + extra)]
    )
    assert local.bus(name).length("dengwen.intake.control") == topology.CONTROL_MAX_LENGTH
    received = Received()
    with consuming(broker, received, "dengwen.intake.control"):
        assert eventually(lambda: bool(received.handled))
    assert received.ids[0] == str(extra)


def test_many_threads_publish_and_nothing_is_lost_or_doubled(broker: Broker) -> None:
    received, publisher = Received(), ConfirmingPublisher(broker.uri)
    with consuming(broker, received):
        threads = [
            threading.Thread(target=publisher.publish, args=(events(10, first),))
            for first in range(0, 800, 10)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert eventually(lambda: len(received.handled) >= 800)
    assert sorted(received.ids, key=int) == numbers(800)


def test_waiting_costs_next_to_nothing(broker: Broker) -> None:
    with consuming(broker, Received()), consuming(broker, Received(), "dengwen.intake.control"):
        time.sleep(0.2)
        before = time.process_time()
        time.sleep(1.0)
        assert time.process_time() - before < 0.1
