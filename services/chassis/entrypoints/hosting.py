"""Services in nameko containers: each with its own runtime, none with nameko's global configuration."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import eventlet
import structlog
from eventlet.green import socket
from eventlet.patcher import is_monkey_patched
from nameko.containers import ServiceContainer
from nameko.extensions import DependencyProvider, Entrypoint

from services.chassis.clock import monotonic

log = structlog.get_logger("dengwen.hosting")

STOP_WITHIN_SECONDS = 10.0
# The front doors drain first; what is left of the bound is for the containers.
DOORS_WITHIN_SECONDS = 5.0
MAX_WORKERS = 32

_DIED = 0


class RuntimeProvider(DependencyProvider):  # type: ignore[misc]
    """`runtime = RuntimeProvider()` in a service class: the runtime that its container was given."""

    def get_dependency(self, _worker: Any) -> Any:
        return self.container.runtime


def host(service_cls: type, runtime: object, *, max_workers: int = MAX_WORKERS) -> ServiceContainer:
    """A container for one service, not yet started. `max_workers` methods run at once, the rest waits.

    Raises RuntimeError if the process is not monkey-patched: a database call would then stop all services.
    """
    if not is_monkey_patched("thread"):
        raise RuntimeError("call eventlet.monkey_patch() before anything else is imported")
    # nameko's own lines quote exceptions, which may quote papers; the edges write what is to be known.
    logging.getLogger("nameko").setLevel(logging.CRITICAL + 1)
    container = ServiceContainer(service_cls)
    container.max_workers = max_workers
    container._worker_pool.resize(max_workers)  # noqa: SLF001 - nameko takes it from its global configuration only
    container.runtime = runtime
    return container


def in_worker(entrypoint: Entrypoint, *args: object) -> Any:
    """Run the entrypoint's method in a worker, dependencies injected; returns or raises what it does."""
    done = eventlet.event.Event()

    def settle(_: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        done.send((result, exc_info))
        return result, exc_info

    entrypoint.container.spawn_worker(entrypoint, args, {}, handle_result=settle)
    result, exc_info = done.wait()
    if exc_info is not None:
        raise exc_info[1]
    return result


def run_forever(
    containers: Sequence[ServiceContainer], *, started: Callable[[], None] = lambda: None,
    stopped: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    """Start the containers, call `started`, wait for SIGTERM or SIGINT, drain, call `stopped`.

    Draining ends after STOP_WITHIN_SECONDS, finished or not. What a container raises at its start, or dies of
    later, is raised here once the others have been stopped.
    """
    news = _listen_for_signals()
    failures: list[BaseException] = []

    def watch(container: ServiceContainer) -> None:
        try:
            container.wait()
        except Exception as error:
            failures.append(error)
            news.send(bytes([_DIED]))

    running: list[ServiceContainer] = []
    try:
        for container in containers:
            running.append(container)
            container.start()
            eventlet.spawn(watch, container)
        # What was made so far stays: to look it through for garbage would hold up some reader for half a second.
        gc.freeze()
        started()
        number = news.recv(1)[0]
        log.info("stopping", signal=number)
    finally:
        _drain(running)
    if failures:
        raise failures[0]
    stopped()


def _listen_for_signals() -> Any:
    """A socket that gives the number of each signal that arrives.

    A plain handler would run, but not wake the hub from its poll: a quiet process would stop a minute later.
    """
    ours, theirs = socket.socketpair()
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    return _SignalSocket(ours, theirs)


class _SignalSocket:
    """Both ends, so that neither is collected."""

    def __init__(self, ours: Any, theirs: Any) -> None:
        self.recv, self.send = ours.recv, theirs.send


def _drain(containers: Sequence[ServiceContainer]) -> None:
    deadline = monotonic() + STOP_WITHIN_SECONDS
    doors = {
        id(c.runtime.front_door): c.runtime.front_door for c in containers if c.runtime.front_door is not None
    }
    _all_within(
        DOORS_WITHIN_SECONDS + 1.0, [partial(door.close, DOORS_WITHIN_SECONDS) for door in doors.values()]
    )
    if not _all_within(deadline - monotonic(), [container.stop for container in containers]):
        log.error("stop_was_forced", seconds=STOP_WITHIN_SECONDS)
        _all_within(1.0, [container.kill for container in containers])


def _all_within(seconds: float, calls: Sequence[Callable[[], object]]) -> bool:
    """Make all calls at once; False if they took longer than `seconds`, or one of them failed."""
    threads = [eventlet.spawn(call) for call in calls]
    try:
        with eventlet.Timeout(max(seconds, 0.0), TimeoutError):
            for thread in threads:
                thread.wait()
    except Exception as error:
        log.error("stop_failed", error=type(error).__name__)  # noqa: TRY400 - its text may quote a paper
        return False
    return True
