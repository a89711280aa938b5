"""A fresh broker for each test: a vhost of the run's RabbitMQ, or a broker inside the process."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from services.chassis.bus import local, topology
from services.chassis.bus.publisher import ConfirmingPublisher
from tests.integration.bus.brokers import Broker


@pytest.fixture
def local_broker() -> Iterator[Broker]:
    name = uuid.uuid4().hex
    yield Broker(f"dengwen-local://localhost/{name}")
    local.discard(name)


@pytest.fixture(params=["local", "rabbitmq"])
def bare_broker(request: pytest.FixtureRequest) -> Broker:
    """Either broker, with nothing declared."""
    if request.param == "local":
        return cast("Broker", request.getfixturevalue("local_broker"))
    make: Callable[[], str] = request.getfixturevalue("broker_vhost")
    return Broker(make())


@pytest.fixture
def broker(bare_broker: Broker) -> Broker:
    """Either broker, with the queues of intake and clues."""
    topology.declare(bare_broker.uri, ["intake", "clues"])
    return bare_broker


@pytest.fixture
def publisher(bare_broker: Broker) -> Iterator[ConfirmingPublisher]:
    publisher = ConfirmingPublisher(bare_broker.uri)
    yield publisher
    publisher.close()
