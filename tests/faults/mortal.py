"""An installation in which anything may die between any two commits, on a bus that loses, doubles and reorders.

Everything runs in one thread, so that a schedule of faults is the same each time it is played. A death is raised at a
commit of a service – before it or after it – and goes through all code as `kill -9` does: nothing catches it, nothing
in memory is left, and the service is made anew from its database.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from sqlalchemy.orm import Session

from dengwen.reconciling import reconcile
from services.chassis import effects, inbox, outbox
from services.chassis.audit import trail
from services.chassis.bus.errors import PublishFailed
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.db import Database
from services.chassis.http import Api
from services.chassis.resources import routing
from services.chassis.runtime import Runtime
from services.chassis.tables import Inbox
from tests.world import Answer, World

When = Literal["before", "after"]
Fate = Literal["confirmed", "lost", "half", "unheard", "dies"]
FATES: tuple[Fate, ...] = ("confirmed", "lost", "half", "unheard", "dies")


class Death(BaseException):
    """The process is gone. No `except Exception` sees it."""


class MortalDatabase(Database):
    """A database whose owner dies at a chosen commit."""

    countdown = 0
    when: When = "before"

    @contextmanager
    def write(self) -> Iterator[Session]:
        doomed = self._is_this_the_one()
        with super().write() as session:
            yield session
            if doomed and self.when == "before":
                raise Death
        if doomed and self.when == "after":
            raise Death

    def _is_this_the_one(self) -> bool:
        self.countdown -= self.countdown > 0 and 1
        fatal = self.countdown == 0 and self._armed
        self._armed = self._armed and not fatal
        return fatal

    _armed = False

    def doom(self, commits: int, when: When) -> None:
        """Die at the `commits`-th commit from now."""
        self.countdown, self.when, self._armed = commits, when, True

    def spare(self) -> None:
        self._armed = False


@dataclass
class Bus:
    """Queues in memory; what is not acknowledged stays."""

    events: dict[str, list[Delivery]]
    control: dict[str, list[Delivery]]

    def put(self, message: OutMessage) -> None:
        if message.routing_key.startswith("control."):
            queue = self.control[message.routing_key.removeprefix("control.")]
        else:
            queue = self.events[message.routing_key.partition(".")[0]]
        queue.append(Delivery(message.body, dict(message.headers), message.message_id, redelivered=False))

    def lose_everything(self) -> None:
        for queue in (*self.events.values(), *self.control.values()):
            queue.clear()


@dataclass
class Line:
    """A publisher to the bus, with what becomes of its next batch."""

    bus: Bus
    fate: Fate = "confirmed"

    def publish(self, messages: Sequence[OutMessage]) -> None:
        arriving = {"lost": 0, "half": (len(messages) + 1) // 2}.get(self.fate, len(messages))
        for message in messages[:arriving]:
            self.bus.put(message)
        if self.fate == "dies":
            raise Death
        if self.fate != "confirmed":
            raise PublishFailed("no answer", [])

    def publish_control(self, messages: Sequence[OutMessage]) -> None:
        for message in messages:
            if self.fate == "confirmed":
                self.bus.put(message)


@dataclass
class MortalWorld:
    """`World` with mortal services on that bus. `took_effect`: effects in their order, rolled back with them."""

    folder: Path
    world: World = field(init=False)
    bus: Bus = field(init=False)
    took_effect: dict[str, list[tuple[str, int, str, int]]] = field(init=False)
    failures: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.world = World(self.folder)
        names = list(self.world.runtimes)
        self.bus = Bus({n: [] for n in names}, {n: [] for n in names})
        self.took_effect = {n: [] for n in names}
        self.failures = dict.fromkeys(names, 0)
        for name in names:
            self.restart(name)

    def restart(self, name: str) -> None:
        """The process is made anew: what it knew outside its database is gone."""
        old = self.world.runtimes[name]
        old.db.dispose()
        new = Runtime(old.definition, old.settings, MortalDatabase(old.db.url), old.ring, peers=old.peers)
        new.ladder = old.ladder
        self.world.runtimes[name], self.world.apis[name] = new, Api(new, routing(new.definition))

    def database(self, name: str) -> MortalDatabase:
        db = self.world.runtimes[name].db
        assert isinstance(db, MortalDatabase)
        return db

    def survives(self, name: str, work: Callable[[], object]) -> bool:
        """Let a service work; False if it died of it, and was started again."""
        try:
            work()
        except Death:
            self.restart(name)
            return False
        return True

    # -- what services do ---------------------------------------------------------------------------------------

    def ask(self, service: str, ask: Callable[[str], Answer]) -> Answer:
        """A client's write: the same key again until somebody answers."""
        key, answers = uuid.uuid4().hex, list[Answer]()
        while not self.survives(service, lambda: answers.append(ask(key))):
            pass
        return answers[0]

    def relay(self, name: str, fate: Fate = "confirmed") -> bool:
        runtime = self.world.runtimes[name]

        def turn() -> None:
            with runtime.db.write() as session:
                trail.sequence(session)
                claimed = outbox.claim(session)
            with suppress(PublishFailed):
                outbox.publish(runtime, Line(self.bus, fate), claimed)

        return self.survives(name, turn)

    def receive(
        self, name: str, count: int, *, again: bool = False, backwards: bool = False, at_once: bool = True
    ) -> bool:
        """Take the next deliveries and acknowledge them; `again` loses the acknowledgement."""
        queue = self.bus.events[name]
        batch = queue[:count]
        runtime = self.world.runtimes[name]
        given = list(reversed(batch)) if backwards else batch
        keep = inbox.take if at_once else inbox.store
        effects, before = self.took_effect[name], len(self.took_effect[name])
        stored = self.survives(name, lambda: keep(runtime, given))
        if not stored and not self._was_committed(name, before):
            del effects[before:]
        if stored and not again:
            del queue[: len(batch)]
        return stored

    def apply(self, name: str, limit: int = 100) -> int:
        runtime, effects = self.world.runtimes[name], self.took_effect[name]
        before, done = len(effects), list[int]()
        if not self.survives(name, lambda: done.append(inbox.apply_due(runtime, limit))):
            if not self._was_committed(name, before):
                del effects[before:]
            return 0
        return done[0]

    def _was_committed(self, name: str, before: int) -> bool:
        fresh = self.took_effect[name][before:]
        if not fresh:
            return True
        producer, epoch, _, sequence = fresh[0]
        with self.world.runtimes[name].db.read() as session:
            row = session.get(Inbox, (producer, epoch, sequence))
            return row is not None and row.status == "applied"

    def announce(self, name: str) -> None:
        runtime = self.world.runtimes[name]
        with runtime.db.read() as session:
            Line(self.bus).publish_control(outbox.announcements(session, name))

    def hear(self, name: str) -> bool:
        """Take the control messages that wait; the answers go out."""
        queue, runtime = self.bus.control[name], self.world.runtimes[name]
        waiting = list(queue)
        queue.clear()  # a control queue promises nothing
        line = Line(self.bus)
        return self.survives(name, lambda: line.publish_control(inbox.on_control(runtime, waiting)))

    # -- and after all faults -----------------------------------------------------------------------------------

    def heal(self, rounds: int = 60) -> int:
        """Let everything run without faults until nothing moves; returns the rounds it took, at most `rounds`."""
        for name in self.world.runtimes:
            self.database(name).spare()
            self.failures[name] = 0
        for number in range(1, rounds + 1):
            if not self._round() and self._whole():
                return number
        raise AssertionError(f"not at rest after {rounds} rounds")

    def _round(self) -> int:
        moved = 0
        for name in self.world.runtimes:
            self.relay(name)
            self.announce(name)
        for name, queue in self.bus.events.items():
            moved += len(queue)
            self.receive(name, len(queue))
            while done := self.apply(name):
                moved += done
        for name in self.world.runtimes:
            self.hear(name)
        return moved

    def _whole(self) -> bool:
        with self.sessions() as parts:
            return all(stream.whole for stream in reconcile(parts))

    @contextmanager
    def sessions(self) -> Iterator[dict[str, Session]]:
        with ExitStack() as stack:
            yield {n: stack.enter_context(r.db.read()) for n, r in self.world.runtimes.items()}

    def watch(self, patch: pytest.MonkeyPatch) -> None:
        """From now on effects fail as often as they are told to, and what took effect is noted."""
        react, together = effects.react, effects.together

        def noted(runtime: Runtime, session: Session, row: Any, moment: Any) -> Any:
            if self.failures.get(runtime.name, 0) > 0:
                self.failures[runtime.name] -= 1
                raise ConnectionError
            work = react(runtime, session, row, moment)
            self.took_effect[runtime.name].append((row.producer, row.epoch, row.subject, row.sequence))
            return work

        def undone(runtime: Runtime, session: Session, rows: Sequence[Inbox], **more: Any) -> bool:
            before = len(self.took_effect[runtime.name])
            done = together(runtime, session, rows, **more)
            if not done:
                del self.took_effect[runtime.name][before:]
            return done

        patch.setattr(effects, "react", noted)
        patch.setattr(effects, "together", undone)
