"""Background work of a service: run again and again, and early when something wakes it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

import structlog
from nameko.extensions import Entrypoint

from services.chassis.entrypoints.hosting import in_worker

log = structlog.get_logger("dengwen.loop")

FIRST_RETRY_SECONDS, LAST_RETRY_SECONDS = 0.2, 30.0

Method = TypeVar("Method", bound=Callable[[Any], None])


class Background(Entrypoint):  # type: ignore[misc]
    """`@background(seconds=5.0)` on `def tick(self) -> None`: the next run begins `seconds` after the last ended.

    `container.runtime.wakeups["tick"].set()` makes it run at once. What it raises is logged by class, and
    delays the next run; it never ends the loop. A stop waits for a run in flight.
    """

    wakeup: threading.Event
    thread: Any = None

    def __init__(self, seconds: float, **kwargs: Any) -> None:
        self.seconds = seconds
        self.failures = 0
        self.stopping = threading.Event()
        super().__init__(**kwargs)

    def setup(self) -> None:
        self.wakeup = self.container.runtime.wakeups.setdefault(self.method_name, threading.Event())

    def start(self) -> None:
        self.thread = self.container.spawn_managed_thread(self._run, identifier=self.method_name)

    def stop(self) -> None:
        self.stopping.set()
        if self.thread is not None:
            self.wakeup.set()
            self.thread.wait()

    def _run(self) -> None:
        while not self.stopping.is_set():
            self.wakeup.clear()
            try:
                in_worker(self)
                self.failures = 0
            except Exception as error:
                self.failures += 1
                log.error(  # noqa: TRY400 - an exception's text may quote a paper
                    "background_failed", service=self.container.service_name, method=self.method_name,
                    error=type(error).__name__, attempts=self.failures,
                )  # fmt: skip
            if not self.stopping.is_set():
                self._rest()

    def _rest(self) -> None:
        if self.failures:
            # Nothing but a stop cuts this short: failing work would otherwise run hot on every new event.
            self.stopping.wait(min(FIRST_RETRY_SECONDS * 2 ** (self.failures - 1), LAST_RETRY_SECONDS))
        else:
            self.wakeup.wait(self.seconds)


def background(*, seconds: float) -> Callable[[Method], Method]:
    """Run the method in the background, `seconds` after it last ended."""
    return cast("Callable[[Method], Method]", Background.decorator(seconds=seconds))
