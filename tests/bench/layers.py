"""Where the time of an act goes: named layers, each with the time that is its own and not of a layer inside it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

LAYERS: tuple[tuple[str, str], ...] = (
    ("http: routing, JSON, answer", "services.chassis.http.Api.answer"),
    ("auth: token's signature", "services.chassis.http.read_token"),
    ("auth: who acts, by the directory", "services.chassis.perform.load_actor"),
    ("idempotency: seen before, remember", "services.chassis.perform.replayed"),
    ("idempotency: seen before, remember", "services.chassis.perform.remember"),
    ("checks: form, documents, guards", "services.chassis.perform.checked_paper"),
    ("checks: form, documents, guards", "services.chassis.perform._check_documents"),
    ("checks: form, documents, guards", "services.chassis.perform._run_guards_and_open"),
    ("encryption: paper under the case key", "services.chassis.perform.file_papers"),
    ("act's own effect (class, number, same letter)", "services.chassis.performance.change_state"),
    ("duties: clocks opened and met", "services.chassis.performance._move_clocks"),
    ("outbox: events built", "services.chassis.work.Work.emit"),
    ("audit: state digest, entry", "services.chassis.perform.audit_accepted"),
    ("outbox: rows", "services.chassis.work.Work.finish"),
    ("ORM: flush", "sqlalchemy.orm.session.Session.flush"),
    ("commit", "sqlalchemy.orm.session.Session.commit"),
)
DATABASE = "database: statements, waiting included"
REST = "rest"


class Clock:
    """Exclusive time by layer: what runs inside another layer is taken off the outer one."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._open: list[list[Any]] = []

    def enter(self, layer: str) -> None:
        now = time.perf_counter()
        if self._open:
            self.seconds[self._open[-1][0]] += now - self._open[-1][1]
        self._open.append([layer, now])

    def leave(self) -> None:
        now = time.perf_counter()
        layer, since = self._open.pop()
        self.seconds[layer] += now - since
        if self._open:
            self._open[-1][1] = now

    def wrap(self, layer: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **named: Any) -> Any:
            self.enter(layer)
            try:
                return function(*args, **named)
            finally:
                self.leave()

        return timed


@contextmanager
def by_layer(engine: Engine) -> Iterator[Clock]:
    """Measure everything in this process that goes through the layers and the engine."""
    clock = Clock()

    def before(*_: Any) -> None:
        clock.enter(DATABASE)

    def after(*_: Any) -> None:
        clock.leave()

    with ExitStack() as stack:
        for layer, target in LAYERS:
            patcher = patch(target)
            original, _ = patcher.get_original()
            stack.enter_context(patch(target, clock.wrap(layer, original)))
        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", after)
        try:
            yield clock
        finally:
            event.remove(engine, "before_cursor_execute", before)
            event.remove(engine, "after_cursor_execute", after)


def shares(clock: Clock, acts: int) -> list[str]:
    """Lines `share, milliseconds per act, layer`, the largest first."""
    total = sum(clock.seconds.values())
    return [
        f"{seconds / total:6.1%} {seconds / acts * 1000:8.2f} ms  {layer}"
        for layer, seconds in clock.seconds.most_common()
    ]
