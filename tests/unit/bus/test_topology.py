"""The names on the bus, and what the queues are declared with."""

from __future__ import annotations

import pytest

from services.chassis.bus import topology


@pytest.mark.parametrize("queue", ["dengwen.clues", "dengwen.clues.control", "dengwen.clues.dead"])
def test_a_queue_names_its_service(queue: str) -> None:
    assert topology.service_of(queue) == "clues"


@pytest.mark.parametrize(
    "queue", ["", "clues", "dengwen.", "dengwen.clues.other", "rpc-clues", "other.clues"]
)
def test_a_stranger_s_queue_has_no_service(queue: str) -> None:
    with pytest.raises(ValueError, match="not a queue of the bus"):
        topology.service_of(queue)


def test_the_event_queue_can_neither_drop_nor_lose_a_message() -> None:
    dead, main, _ = topology.queues("clues")
    arguments = main.queue_arguments
    assert arguments["x-queue-type"] == "quorum"
    assert arguments["x-dead-letter-exchange"] == dead.exchange.name == "dengwen.dead"
    assert arguments["x-dead-letter-routing-key"] == dead.routing_key
    assert arguments["x-dead-letter-strategy"] == "at-least-once"
    assert arguments["x-overflow"] == "reject-publish"
    assert arguments["x-delivery-limit"] > 20
    assert dead.queue_arguments == {"x-queue-type": "quorum"}


def test_the_dead_letters_queue_is_declared_before_anything_can_die() -> None:
    assert [queue.name for queue in topology.queues("clues")] == [
        "dengwen.clues.dead", "dengwen.clues", "dengwen.clues.control",
    ]  # fmt: skip
