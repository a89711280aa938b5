"""What a running service does between requests: receives, applies, asks for what it misses. Framework-free."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import structlog

from services.chassis import inbox, senders
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.outbox import Publisher
from services.chassis.runtime import Runtime

log = structlog.get_logger("dengwen.serving")


class Control:
    """Sends control messages; without a broker they are simply not sent, since they are repeated."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher
        self._lock = threading.Lock()

    def send(self, messages: Sequence[OutMessage]) -> None:
        if not messages:
            return
        with self._lock:
            try:
                self.publisher.publish_control(messages)
            except Exception as error:
                log.warning("control_not_sent", error=type(error).__name__)


def receive(runtime: Runtime, deliveries: list[Delivery]) -> None:
    """Store a batch and let it take effect, what cannot right after in the background; acknowledged on return."""
    if not inbox.take(runtime, senders.proven(runtime, deliveries, senders.producer_of)):
        wake(runtime, "apply_inbox")


def on_control(runtime: Runtime, control: Control, deliveries: list[Delivery]) -> None:
    lawful = senders.proven(runtime, deliveries, senders.asker_of)
    control.send(inbox.on_control(runtime, lawful))


def apply_inbox(runtime: Runtime, control: Control) -> None:
    """Apply whatever is due, then ask for what is missing."""
    while inbox.apply_due(runtime):
        pass
    control.send(inbox.ask_for_missing(runtime))
    runtime.refresh_head()


def tick(runtime: Runtime) -> None:
    """What the service does by the clock."""
    if runtime.definition.on_tick is not None:
        runtime.definition.on_tick(runtime)


def wake(runtime: Runtime, method: str) -> None:
    event = runtime.wakeups.get(method)
    if event is not None:
        event.set()
