"""How long `dengwen up` takes until it answers: the first time, and warm."""

from __future__ import annotations

import time
from pathlib import Path

from tests.bench.figures import Figure, Report
from tests.bench.sites import Servers
from tests.journeys.running import embedded


def measure(report: Report, servers: Servers, times: int) -> None:
    """Seconds from the command to all six services ready; the warm ones on the installation that the first made."""
    report.section("starting: dengwen up, until all six services are ready")
    folder = servers.new_folder("starting") / "var"
    first = _start(folder)
    warm = min(_start(folder) for _ in range(times))
    report.add(
        Figure(f"warm start, the best of {times}", warm, first, "s", "first start, example authority loaded")
    )


def _start(folder: Path) -> float:
    started = time.perf_counter()
    (folder / "running.json").unlink(missing_ok=True)  # the last one was killed
    with embedded(folder):
        return time.perf_counter() - started
