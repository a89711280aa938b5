"""The two brokers that the bus runs on, behind the same handles, so that one test fits both."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from services.chassis.bus.consumer import Handler, QueueConsumer
from services.chassis.bus.link import Link
from services.chassis.bus.message import Delivery, OutMessage

LONG = 30.0


@dataclass(frozen=True)
class Broker:
    uri: str

    def length(self, queue: str) -> int:
        """How many messages of a queue are with no consumer."""
        with self.channel() as channel:
            return int(channel.queue_declare(queue, passive=True).message_count)

    def delete(self, queue: str) -> None:
        with self.channel() as channel:
            channel.queue_delete(queue)

    @contextlib.contextmanager
    def channel(self) -> Iterator[Any]:
        link = Link(self.uri, timeout=5.0)
        try:
            yield link.channel()
        finally:
            link.close()


@dataclass
class Received:
    """A handler that remembers what it got, and fails or dawdles as told."""

    fails: int = 0
    takes: float = 0.0
    gate: threading.Event | None = None
    calls: list[tuple[float, list[Delivery]]] = field(default_factory=list)
    handled: list[Delivery] = field(default_factory=list)

    def __call__(self, deliveries: list[Delivery]) -> None:
        self.calls.append((time.monotonic(), deliveries))
        if len(self.calls) <= self.fails:
            raise ValueError("not now")
        time.sleep(self.takes)
        if self.gate is not None:
            self.gate.wait(LONG)
        self.handled += deliveries

    @property
    def ids(self) -> list[str]:
        return [delivery.message_id for delivery in self.handled]


def event(message_id: str, key: str = "intake.petition", body: bytes = b"{}") -> OutMessage:
    return OutMessage(key, body, message_id, {"dw-sequence": 1, "dw-producer": "clues"})


def events(count: int, first: int = 0) -> list[OutMessage]:
    return [event(str(number)) for number in range(first, first + count)]


def numbers(count: int, first: int = 0) -> list[str]:
    return [str(number) for number in range(first, first + count)]


def eventually(true: Callable[[], bool], within: float = LONG) -> bool:
    """Whether it becomes true in time."""
    limit = time.monotonic() + within
    while not true():
        if time.monotonic() > limit:
            return False
        time.sleep(0.005)
    return True


@contextlib.contextmanager
def consuming(
    broker: Broker, handler: Handler, queue: str = "dengwen.intake", *, batch: int = 200, linger: float = 0.02,
    prefetch: int | None = None, at_once: bool = True,
) -> Iterator[QueueConsumer]:  # fmt: skip
    """A consumer that runs in a thread until the end of the block; connected, unless not `at_once`."""
    consumer = QueueConsumer(broker.uri, queue, handler, batch=batch, linger=linger, prefetch=prefetch)
    thread = threading.Thread(target=consumer.run)
    thread.start()
    try:
        assert not at_once or consumer.consuming.wait(LONG)
        yield consumer
    finally:
        consumer.stop(0)
        thread.join(LONG)
        assert not thread.is_alive()
