"""Whether the time that an answer takes tells of an item that its reader may not know of.

Run `python -m tests.attacks.timing [--rounds N] [--postgres] [--processor]`, or the section `secrecy` of `make bench`.

Of an id: a sealed petition against an id that does not exist, by reading and by acting. Of lists, the worklist, the
clocks and the check for the same letter: an installation that has hidden items among many against one that has the
others alone. Asked for in turns; printed are the medians, the ratio of the medians with a bootstrapped 95 % interval,
and the probability that the hidden takes longer (0.5: no difference; Mann–Whitney, with its two-sided p).
`--processor` counts this process's work instead of the time that passes: for busy machines. Nothing asserts it, for
machines are noisy.
"""

from __future__ import annotations

import argparse
import base64
import gc
import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from math import erfc, sqrt
from pathlib import Path
from uuid import uuid4

import structlog

from tests.clauses.intake_petitions import BASE, give_key, letter, register
from tests.clauses.test_intake_sealed import register_sealed
from tests.servers.provision import new_postgres
from tests.servers.run import Run
from tests.world import Client, World

ROUNDS = 2_000
WARM_UP = 100
RESAMPLED = 400

OTHERS, HIDDEN = 240, 60
"""Ordinary items of the office, and those hidden among them."""

Ask = Callable[[], int]
Clock = Callable[[], float]
Database = Callable[[str], str] | None
"""Gives the URL of a new database of that name; None: SQLite files."""


@dataclass(frozen=True)
class Comparison:
    """Seconds of both, as they were measured in turns."""

    hidden: Sequence[float]
    unknown: Sequence[float]

    def line(self, name: str) -> str:
        low, high = self.interval()
        chance, p = self.longer()
        hidden, unknown = self.medians
        return (
            f"{name:<36} hidden {hidden:7.3f} ms  without {unknown:7.3f} ms  "
            f"ratio {self.ratio:.3f} [{low:.3f}, {high:.3f}]  P(longer) {chance:.3f}  p {p:.2g}"
        )

    @property
    def medians(self) -> tuple[float, float]:
        """Milliseconds, of the hidden and of what is not there."""
        return statistics.median(self.hidden) * 1000, statistics.median(self.unknown) * 1000

    @property
    def ratio(self) -> float:
        hidden, unknown = self.medians
        return hidden / unknown

    def interval(self) -> tuple[float, float]:
        """95 % of the ratio of medians, by drawing both anew."""
        drawn = random.Random(6)
        ratios = sorted(
            statistics.median(drawn.choices(self.hidden, k=len(self.hidden)))
            / statistics.median(drawn.choices(self.unknown, k=len(self.unknown)))
            for _ in range(RESAMPLED)
        )
        return ratios[int(0.025 * RESAMPLED)], ratios[int(0.975 * RESAMPLED) - 1]

    def longer(self) -> tuple[float, float]:
        """How often a hidden one takes longer than an unknown one, and the p of that (Mann–Whitney, normal)."""
        ranked = sorted([(s, 1) for s in self.hidden] + [(s, 0) for s in self.unknown])
        ranks = sum(place for place, (_, hidden) in enumerate(ranked, 1) if hidden)
        n, m = len(self.hidden), len(self.unknown)
        u = ranks - n * (n + 1) / 2
        z = (u - n * m / 2) / sqrt(n * m * (n + m + 1) / 12)
        return u / (n * m), erfc(abs(z) / sqrt(2))


def compare(hidden: Ask, without: Ask, rounds: int, clock: Clock) -> Comparison:
    """Ask both in turns, the first of each pair by lot; raises RuntimeError where they are answered otherwise."""
    seconds: dict[Ask, list[float]] = {hidden: [], without: []}
    for number in range(WARM_UP + rounds):
        answered = set()
        for ask in random.sample((hidden, without), 2):
            started = clock()
            answered.add(ask())
            took = clock() - started
            if number >= WARM_UP:
                seconds[ask].append(took)
        if len(answered) > 1:
            raise RuntimeError(f"answered with {answered}")
    return Comparison(seconds[hidden], seconds[without])


def about_an_id(client: Client, item: Callable[[], str]) -> dict[str, Ask]:
    """The ways to ask about an id: each gives the status of the answer."""
    nothing: dict[str, object] = {"paper": {}, "attachments": []}
    decision = {"digest": "", "reason": ""}
    return {
        "read the item": lambda: client.get(f"{BASE}/{item()}").status,
        "read a paper": lambda: client.get(f"{BASE}/{item()}/papers/x").status,
        "act on it": lambda: (
            client.send("POST", f"{BASE}/{item()}/judge_petition", body=nothing, version=1).status
        ),
        "approve on it": lambda: (
            client.send("POST", f"{BASE}/{item()}/proposals/x/approve", body=decision).status
        ),
    }


def about_many(world: World) -> dict[str, Ask]:
    """The ways to ask about what there is: of one's own office, as its head and as a colleague of the registrar."""
    head, clerk = world.as_("head1"), world.as_("clerk1")
    same = letter(subject_ids=["p-edu-vice"], summary=letter_of(0, hidden=True)["summary"])
    return {
        "list of 50": lambda: head.get(BASE).status,
        "list in one state": lambda: head.get(BASE, state="registered").status,
        "last page of the list": lambda: head.get(BASE, cursor=LAST_PAGE).status,
        "worklist": lambda: head.get("/intake/worklist").status,
        "a colleague's list": lambda: clerk.get(BASE).status,
        "clocks of the office": lambda: head.get("/notifications/duties").status,
        "register the same letter": lambda: clerk.act(f"{BASE}/register_petition", same).status,
    }


LAST_PAGE = base64.urlsafe_b64encode(b"2026-02-03|g").decode()


def letter_of(number: int, *, hidden: bool) -> dict[str, object]:
    """One of many: received over a month, of a leader of the unit if it is to be hidden."""
    day = f"2026-02-{1 + number % 28:02}"
    subject = "p-edu-vice" if hidden else "p-edu-sec"
    return letter(summary=f"反映第{number}个问题的信", subject_ids=[subject], received_on=day)


def fill(world: World, hidden: int) -> None:
    """Ordinary petitions, each by the office's other clerk, and so many hidden ones evenly among them."""
    give_key(world)
    for number in range(OTHERS):
        register(world, letter_of(number, hidden=False), "clerk2")
        if hidden and number % (OTHERS // hidden) == 0:
            register(world, letter_of(number, hidden=True), "clerk2")
    world.pump()


def measure(folder: Path, database: Database, rounds: int, clock: Clock) -> Iterator[tuple[str, Comparison]]:
    """One comparison for each way to ask, in two new installations."""
    worlds = []
    for name in ("hidden", "without"):
        (folder / name).mkdir(parents=True)
        given = (lambda service, name=name: database(f"{name}_{service}")) if database else None
        worlds.append(World(folder / name, services=("intake", "notifications"), database=given))
    gc.disable()  # its pauses fall on whoever comes next
    try:
        yield from _compared(worlds[0], worlds[1], rounds, clock)
    finally:
        gc.enable()
        for world in worlds:
            world.close()


def _compared(world: World, without: World, rounds: int, clock: Clock) -> Iterator[tuple[str, Comparison]]:
    give_key(world)
    sealed = register_sealed(world, "clerk2", received_on="2026-02-27")
    colleague = world.as_("clerk1")
    unknown = about_an_id(colleague, lambda: uuid4().hex)
    for name, ask in about_an_id(colleague, lambda: sealed).items():
        yield name, compare(ask, unknown[name], rounds, clock)
    fill(world, HIDDEN)
    fill(without, 0)
    others = about_many(without)
    for name, ask in about_many(world).items():
        yield name, compare(ask, others[name], rounds, clock)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.timing", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--postgres", action="store_true", help="on a private PostgreSQL as well")
    parser.add_argument("--processor", action="store_true", help="processor time instead of time")
    given = parser.parse_args()
    clock = time.process_time if given.processor else time.perf_counter
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dengwen-timing-")))
        engines: dict[str, Database] = {"SQLite": None}
        if given.postgres:
            run = Run.open()
            stack.callback(run.close)
            server = new_postgres(run)
            stack.callback(server.close)
            engines["PostgreSQL"] = server.create_database
        for engine, database in engines.items():
            for name, found in measure(folder / engine, database, given.rounds, clock):
                sys.stdout.write(found.line(f"{engine}: {name}") + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
