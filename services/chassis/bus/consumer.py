"""A consumer that hands over batches, acknowledges what was handled, and outlives the broker's troubles."""

from __future__ import annotations

import random
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import amqp
import structlog
from kombu.entity import Queue
from kombu.messaging import Consumer

from services.chassis.bus.errors import BusError
from services.chassis.bus.link import FAULTS, Link
from services.chassis.bus.message import Delivery
from services.chassis.bus.topology import declare_on, service_of
from services.chassis.clock import monotonic

log = structlog.get_logger("dengwen.bus")

CONNECT_WITHIN_SECONDS = 5.0
# A handler that takes longer than two of these loses its connection, and gets the batch again.
HEARTBEAT_SECONDS = 60
# How long a stop may go unnoticed while nothing arrives.
LOOK_UP_SECONDS = 0.25
# py-amqp loses its place in a frame if it is not to wait at all.
NO_GAP_SECONDS = 0.0001
RECONNECT_SECONDS = (0.2, 2.0)
RETRY_SECONDS = (0.2, 5.0)

LOSSES: tuple[type[BaseException], ...] = (BusError, *FAULTS)

Handler = Callable[[list[Delivery]], None]


class QueueConsumer:
    """Hands messages of `queue` to `handler`, in order, up to `batch` at once; acknowledges when it returns.

    A handler that raises keeps its batch: it gets the same again after 0.2 s, growing to 5 s, until it
    returns or the consumer stops, which gives the batch back to its queue. So it has to be idempotent, and put
    aside by itself what it can never handle. The broker's delivery limit is not used up by this: it counts dead
    consumers only.

    `linger` (seconds) is how long a batch may grow while messages keep coming; `prefetch` is how many the
    broker sends ahead (by default two batches). A missing queue is declared anew: deleted queues and a broker
    that lost all its data heal.
    """

    def __init__(
        self, uri: str, queue: str, handler: Handler, *, batch: int = 200, linger: float = 0.02,
        prefetch: int | None = None,
    ) -> None:  # fmt: skip
        self.uri, self.queue, self.handler = uri, queue, handler
        self.batch, self.linger, self.prefetch = batch, linger, prefetch or 2 * batch
        self.service = service_of(queue)
        self.consuming = threading.Event()
        self._stopping = threading.Event()
        self._finished = threading.Event()
        self._arrived: deque[Any] = deque()
        self._failures = 0

    def run(self) -> None:
        """Consume until `stop` is called; whatever the broker does only delays it."""
        losses = 0
        try:
            while not self._stopping.is_set():
                try:
                    self._session()
                except LOSSES as error:
                    losses = 1 if self.consuming.is_set() else losses + 1
                    self.consuming.clear()
                    self._pause(losses, error)
        finally:
            self.consuming.clear()
            self._finished.set()

    def stop(self, timeout: float | None = 10.0) -> bool:
        """Let the batch in flight finish, acknowledge it, and close; False if `timeout` was not enough."""
        self._stopping.set()
        return self._finished.wait(timeout)

    def _pause(self, losses: int, error: BaseException) -> None:
        first, last = RECONNECT_SECONDS
        seconds = min(first * 2 ** (losses - 1), last) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter
        log.warning(
            "consumer_reconnects", consumer=self.queue, error=type(error).__name__, seconds=round(seconds, 2)
        )
        self._stopping.wait(seconds)

    def _session(self) -> None:
        link = Link(self.uri, timeout=CONNECT_WITHIN_SECONDS, heartbeat=HEARTBEAT_SECONDS)
        self._arrived.clear()
        try:
            self._subscribe(link)
            self.consuming.set()
            while not self._stopping.is_set():
                messages = self._collect(link)
                if messages and self._handled(link, messages):
                    messages[-1].ack(multiple=True)
                link.beat()
        except BaseException:
            link.sever()
            raise
        # What is still waiting here goes back to the queue with the connection, in its order.
        link.close()

    def _subscribe(self, link: Link) -> None:
        channel = link.channel()
        try:
            channel.queue_declare(self.queue, passive=True)
        except amqp.NotFound:
            declare_on(link, self.service)
            channel = link.channel()
            log.warning("queue_declared_anew", consumer=self.queue)
        channel.basic_qos(0, self.prefetch, False)
        queue: Any = Queue(self.queue, no_declare=True)  # type: ignore[no-untyped-call]
        consumer: Any = Consumer(channel, [queue], auto_declare=False, on_message=self._arrived.append)  # type: ignore[no-untyped-call]
        consumer.consume()

    def _collect(self, link: Link) -> list[Any]:
        if not self._arrived and not link.drain(LOOK_UP_SECONDS):
            return []
        deadline = monotonic() + self.linger
        while len(self._arrived) < self.batch:
            # What is there already belongs to the batch, however late it is; only waiting ends at the deadline.
            if not link.drain(link.gap if monotonic() < deadline else min(link.gap, NO_GAP_SECONDS)):
                break
        return [self._arrived.popleft() for _ in range(min(self.batch, len(self._arrived)))]

    def _handled(self, link: Link, messages: list[Any]) -> bool:
        """Call the handler until it returns; False if the consumer is stopped before that."""
        deliveries = [_delivery(message) for message in messages]
        while True:
            try:
                self.handler(deliveries)
            except Exception as error:
                self._failures += 1
                first, last = RETRY_SECONDS
                seconds = min(first * 2 ** (self._failures - 1), last)
                log.error(  # noqa: TRY400 - an exception's text may quote a paper
                    "handler_failed", consumer=self.queue, error=type(error).__name__, count=len(messages),
                    attempts=self._failures, seconds=seconds,
                )  # fmt: skip
            else:
                self._failures = 0
                return True
            if not self._hold(link, seconds):
                return False

    def _hold(self, link: Link, seconds: float) -> bool:
        """Wait, while the connection stays alive and what arrives is kept for later; False on a stop."""
        deadline = monotonic() + seconds
        while (remaining := deadline - monotonic()) > 0:
            if self._stopping.is_set():
                return False
            link.drain(min(remaining, LOOK_UP_SECONDS))
            link.beat()
        return not self._stopping.is_set()


def _delivery(message: Any) -> Delivery:
    body = message.body
    return Delivery(
        body=body.encode() if isinstance(body, str) else bytes(body),
        headers=dict(message.headers or {}),
        message_id=str(message.properties.get("message_id") or ""),
        redelivered=bool(message.delivery_info.get("redelivered")),
        account=str(message.properties.get("user_id") or ""),
    )
