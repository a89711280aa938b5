"""How long one hand-off takes, commit to commit, while the chain carries half of what it can."""

from __future__ import annotations

import http.client
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import native
from tests.bench.figures import Figure, Report, percentile
from tests.bench.hammer import REGISTER, Once, ask, hammer, letter
from tests.bench.handed_over import CONSUMER, committed
from tests.bench.registering import registering
from tests.bench.sites import Servers, accounts, token, until
from tests.journeys.running import embedded
from tests.world import World

BOUND_MS = 100.0
PACED_CLIENTS = 4


def half_load(report: Report, world: World, port: int, folder: Path, seconds: float) -> None:
    """Saturate the chain from POST to effect, then register at half that pace and read the commit timestamps."""
    signed_in = token(world.desk_keys, "clerk1")
    since = time.time()
    registering(native.build("http"), port, signed_in, folder, seconds)
    until(lambda: _all_arrived(world, since), 240, 0.1)
    sent, arrived = committed(world, since)
    rate = len(sent) / (max(arrived[s] for s in sent) - min(sent.values()))
    report.add(Figure("petitions, POST to effect in the other service, saturated", rate, 0, "/s"))
    since = time.time()
    hammer(paced(port, signed_in, rate / 2), seconds, PACED_CLIENTS)
    until(lambda: _all_arrived(world, since), 60, 0.1)
    sent, arrived = committed(world, since)
    _say(
        report,
        f"RabbitMQ + PostgreSQL, {rate / 2:.0f}/s",
        [(arrived[s] - at) * 1000 for s, at in sent.items()],
    )


def _all_arrived(world: World, since: float) -> bool:
    sent, arrived = committed(world, since)
    return bool(sent) and all(subject in arrived for subject in sent)


def _say(report: Report, how: str, took: list[float]) -> None:
    p50, p99 = percentile(took, 0.5), percentile(took, 0.99)
    report.add(Figure(f"hand-off at half load, p50: {how}", p50, p99, "ms", "p99, commit to commit"))
    report.add(Figure(f"hand-off at half load, p99: {how}", p99, BOUND_MS, "ms", "the bound", most=1.0))


def paced(port: int, signed_in: str, per_second: float) -> Callable[[int], Once]:
    """Clients that register at a steady pace, all together, whatever the answers take (late ones catch up)."""
    every = PACED_CLIENTS / per_second

    def make(number: int) -> Once:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        due = [time.perf_counter() + every * (1 + number / PACED_CLIENTS)]

        def once() -> None:
            time.sleep(max(0.0, due[0] - time.perf_counter()))
            due[0] += every
            status, body = ask(line, "POST", REGISTER, signed_in, letter())
            if status != http.client.CREATED:
                raise RuntimeError(f"{status} {body[:200]!r}")

        return once

    return make


def embedded_half_load(report: Report, servers: Servers, seconds: float) -> None:
    """The same in one process on SQLite, seen by whoever looks at both databases all the time."""
    folder = servers.new_folder("latency")
    with embedded(folder / "var") as running:
        given = accounts(running.folder)["clerk1"]["password"]
        running.at.wait_quiet(240)
        answer = running.at.call("POST", "/desk/session", json={"account": "clerk1", "password": given})
        port, signed_in = int(re.findall(r"\d+$", running.at.url)[0]), answer.json()["token"]
        watch = _Watch(running.folder)
        registering(native.build("http"), port, signed_in, folder, seconds)
        rate = watch.finish()[1]
        report.add(Figure("petitions, POST to effect, embedded, saturated", rate, 0, "/s"))
        watch = _Watch(running.folder)
        hammer(paced(port, signed_in, rate / 2), seconds, PACED_CLIENTS)
        took, _ = watch.finish()
    _say(report, f"embedded on SQLite, {rate / 2:.0f}/s", took)


class _Watch:
    """Notes, every millisecond, how many acts and how many effects are committed: the n-th act's is the n-th effect."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.over, self.ready = folder, threading.Event(), threading.Event()
        self.sent: list[float] = []
        self.arrived: list[float] = []
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()
        self.ready.wait(10)

    def finish(self) -> tuple[list[float], float]:
        """Milliseconds of each hand-off, and how many a second there were; waits until all have arrived."""
        time.sleep(0.2)
        until(lambda: len(self.arrived) >= len(self.sent), 240)
        self.over.set()
        self.thread.join(10)
        pairs = zip(self.sent, self.arrived, strict=False)
        return [(b - a) * 1000 for a, b in pairs], len(self.sent) / (self.arrived[-1] - self.sent[0])

    def _look(self) -> None:
        acts = _counter(self.folder / "intake.db", "accepted_act", "act = 'register_petition'")
        effects = _counter(self.folder / f"{CONSUMER}.db", "handoff", "type = 'intake.petition_received'")
        acts(), effects()
        self.ready.set()
        while not self.over.wait(0.001):
            sent, arrived = acts(), effects()
            now = time.perf_counter()
            self.sent += [now] * sent
            self.arrived += [now] * arrived


def _counter(file: Path, table: str, where: str) -> Callable[[], int]:
    """Counts the rows that fit and were committed since it was last asked; who looks at all takes a core for it."""
    line = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    query = f"SELECT max(rowid), sum({where}) FROM {table} WHERE rowid > ?"  # noqa: S608 - our own words
    last = 0

    def count() -> int:
        nonlocal last
        highest, found = line.execute(query, [last]).fetchone()
        last = highest or last
        return int(found or 0)

    return count
