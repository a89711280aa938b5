"""Entrypoints for a service's queues: the method commits and returns, then its batch is acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from nameko.extensions import Entrypoint

from services.chassis.bus import topology
from services.chassis.bus.consumer import QueueConsumer
from services.chassis.bus.message import Delivery
from services.chassis.entrypoints.hosting import in_worker

# Shorter than the stop of the whole process, so that a broker that is frozen does not force it.
STOP_WITHIN_SECONDS = 8.0

Method = TypeVar("Method", bound=Callable[[Any, list[Delivery]], None])


class EventQueue(Entrypoint):  # type: ignore[misc]
    """`@event_queue` on `def on_events(self, deliveries: list[Delivery]) -> None`.

    The method gets batches in order, one at a time. If it raises, it gets the same batch again later: see
    `QueueConsumer`. A broker that is down is waited for.
    """

    consumer: QueueConsumer
    thread: Any = None

    def queue_name(self, service: str) -> str:
        return topology.event_queue(service)

    def setup(self) -> None:
        settings = self.container.runtime.settings
        self.consumer = QueueConsumer(settings.broker_uri, self.queue_name(settings.service), self._handle)

    def start(self) -> None:
        self.thread = self.container.spawn_managed_thread(self.consumer.run, identifier=self.method_name)

    def stop(self) -> None:
        if self.thread is not None and self.consumer.stop(STOP_WITHIN_SECONDS):
            self.thread.wait()

    def _handle(self, deliveries: list[Delivery]) -> None:
        in_worker(self, deliveries)


class ControlQueue(EventQueue):
    """`@control_queue` on `def on_control(self, deliveries: list[Delivery]) -> None`: lossy messages."""

    def queue_name(self, service: str) -> str:
        return topology.control_queue(service)


def event_queue(method: Method) -> Method:
    """Give the method the service's events."""
    return cast("Method", EventQueue.decorator(method))


def control_queue(method: Method) -> Method:
    """Give the method the service's control messages."""
    return cast("Method", ControlQueue.decorator(method))
