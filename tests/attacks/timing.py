"""Whether the time that an answer takes tells a hidden item from an unknown one.

Run `python -m tests.attacks.timing [--rounds N] [--postgres] [--processor]`.

Asks for a hidden item and for an id that does not exist in turns, by reading and by acting, and prints the medians, the
ratio of the medians with a bootstrapped 95 % interval, and the probability that a hidden item takes longer (0.5: no
difference; Mann–Whitney, with its two-sided p). `--processor` counts this process's work instead of the time that
passes: for busy machines. Nothing asserts it, for machines are noisy.
"""

from __future__ import annotations

import argparse
import gc
import logging
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from math import erfc, sqrt
from pathlib import Path
from uuid import uuid4

import structlog

from tests.clauses.intake_petitions import BASE, give_key
from tests.clauses.test_intake_sealed import register_sealed
from tests.servers.provision import new_postgres
from tests.servers.run import Run
from tests.world import Client, World

ROUNDS = 2_000
WARM_UP = 100
RESAMPLED = 400

Ask = Callable[[str], int]
Clock = Callable[[], float]


@dataclass(frozen=True)
class Comparison:
    """Seconds of both, as they were measured in turns."""

    hidden: Sequence[float]
    unknown: Sequence[float]

    @property
    def ratio(self) -> float:
        return statistics.median(self.hidden) / statistics.median(self.unknown)

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


def compare(hidden: str, ask: Ask, rounds: int, clock: Clock) -> Comparison:
    """Ask for the hidden id and for a fresh unknown one in turns, the first of each pair by lot."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for number in range(WARM_UP + rounds):
        for is_hidden in random.sample((True, False), 2):
            item = hidden if is_hidden else uuid4().hex
            started = clock()
            status = ask(item)
            took = clock() - started
            if status != 404:
                raise RuntimeError(f"answered with {status}")
            if number >= WARM_UP:
                seconds[is_hidden].append(took)
    return Comparison(seconds[True], seconds[False])


def questions(client: Client) -> dict[str, Ask]:
    """The ways to ask about an id: each gives the status of the answer."""
    nothing: dict[str, object] = {"paper": {}, "attachments": []}
    return {
        "read the item": lambda item: client.get(f"{BASE}/{item}").status,
        "read a paper": lambda item: client.get(f"{BASE}/{item}/papers/x").status,
        "act on it": lambda item: (
            client.send("POST", f"{BASE}/{item}/judge_petition", body=nothing, version=1).status
        ),
        "approve on it": lambda item: (
            client.send(
                "POST", f"{BASE}/{item}/proposals/x/approve", body={"digest": "", "reason": ""}
            ).status
        ),
    }


def measure(world: World, engine: str, rounds: int, clock: Clock, say: Callable[[str], object]) -> None:
    """One line for each way to ask, of a sealed petition that a colleague of its registrar asks for."""
    give_key(world)
    sealed = register_sealed(world)
    gc.disable()  # its pauses fall on whoever comes next
    try:
        for name, ask in questions(world.as_("clerk2")).items():
            found = compare(sealed, ask, rounds, clock)
            low, high = found.interval()
            chance, p = found.longer()
            hidden, unknown = (statistics.median(s) * 1000 for s in (found.hidden, found.unknown))
            say(
                f"{engine:<10} {name:<14} hidden {hidden:6.3f} ms  unknown {unknown:6.3f} ms  "
                f"ratio {found.ratio:.3f} [{low:.3f}, {high:.3f}]  P(longer) {chance:.3f}  p {p:.2g}"
            )
    finally:
        gc.enable()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks.timing", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--postgres", action="store_true", help="on a private PostgreSQL as well")
    parser.add_argument("--processor", action="store_true", help="processor time instead of time")
    given = parser.parse_args()
    clock = time.process_time if given.processor else time.perf_counter
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dengwen-timing-")))
        (folder / "sqlite").mkdir()
        measure(World(folder / "sqlite", services=("intake",)), "SQLite", given.rounds, clock, say)
        if given.postgres:
            run = Run.open()
            stack.callback(run.close)
            server = new_postgres(run)
            stack.callback(server.close)
            (folder / "postgres").mkdir()
            world = World(folder / "postgres", services=("intake",), database=server.create_database)
            stack.callback(world.close)
            measure(world, "PostgreSQL", given.rounds, clock, say)


if __name__ == "__main__":
    main()
