"""After a restore of everything, the queues hold nothing of the state that was given up."""

from __future__ import annotations

from collections.abc import Callable

from services.chassis.bus import topology
from services.chassis.bus.link import Link
from services.chassis.bus.message import OutMessage
from services.chassis.bus.publisher import ConfirmingPublisher


def waiting(uri: str, queue: str) -> int:
    link = Link(uri, timeout=10.0)
    declared = link.channel().queue_declare(queue, passive=True)
    link.close()
    return int(declared.message_count)


def test_the_queues_are_emptied_and_take_what_comes_next(broker_vhost: Callable[[], str]) -> None:
    uri = broker_vhost()
    topology.declare(uri, ("clues",))
    publisher = ConfirmingPublisher(uri)
    message = OutMessage("clues.intake.petition_received.v1", b"{}", "1", {})
    publisher.publish([message])
    assert waiting(uri, topology.event_queue("clues")) == 1
    topology.empty(uri, ("clues",))
    assert waiting(uri, topology.event_queue("clues")) == 0
    publisher.publish([message])
    assert waiting(uri, topology.event_queue("clues")) == 1
