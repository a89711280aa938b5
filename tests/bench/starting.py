"""How long it takes until it answers, what it then holds in memory, and what it does while nothing is asked of it."""

from __future__ import annotations

import time
from pathlib import Path

from services.chassis.bus import topology
from services.chassis.settings import SERVICES
from tests.bench.figures import Figure, Report
from tests.bench.processes import Memory, memory, processor_seconds
from tests.bench.sites import Servers, serving
from tests.journeys.running import Process, embedded

SETTLED = 6.0
"""Seconds after which start-up is over: the first heads are signed and announced."""


def measure(report: Report, servers: Servers, times: int, idle: float) -> None:
    """Start-up, memory and idle work of the embedded installation, and of one service and its relay."""
    report.section("starting, memory, idling")
    folder = servers.new_folder("starting") / "var"
    first = _start(folder)
    warm = [_start(folder) for _ in range(times)]
    report.add(
        Figure(f"dengwen up, warm, the best of {times}", min(warm), first, "s", "first start, example loaded")
    )
    with embedded(folder) as running:
        running.at.wait_quiet(240)
        _say(report, "embedded, six services", [running.processes["up"]], idle)
    _one_service(report, servers, times, idle)


def _start(folder: Path) -> float:
    started = time.perf_counter()
    (folder / "running.json").unlink(missing_ok=True)  # the last one was killed
    with embedded(folder):
        return time.perf_counter() - started


def _one_service(report: Report, servers: Servers, times: int, idle: float) -> None:
    world = servers.world("intake", postgres=True)
    vhost, folder = servers.rabbitmq.create_vhost("bench-starting"), servers.new_folder("starting")
    topology.declare(vhost, SERVICES)
    took = []
    for _ in range(times + 1):
        started = time.perf_counter()
        with serving(world, folder, vhost, "serve intake"):
            took.append(time.perf_counter() - started)
    report.add(
        Figure("one `serve` until it answers, the best", min(took[1:]), took[0], "s", "its first start")
    )
    with serving(world, folder, vhost, "serve intake", "relay intake") as served:
        for command, process in served.processes.items():
            _say(report, f"`{command}`, RabbitMQ + PostgreSQL", [process], idle)
    world.close()


def _say(report: Report, name: str, processes: list[Process], idle: float) -> None:
    time.sleep(SETTLED)
    pids = [process.child.pid for process in processes if process.child]
    before = sum(map(processor_seconds, pids))
    time.sleep(idle)
    used = sum(map(processor_seconds, pids)) - before
    held = [memory(pid) for pid in pids]
    whole = Memory(sum(m.pss for m in held), sum(m.uss for m in held))
    report.add(Figure(f"memory, PSS: {name}", whole.pss, whole.uss, "MiB", "USS"))
    report.add(Figure(f"idle over {idle:.0f} s: {name}", used / idle * 100, 0, "% of a core"))
