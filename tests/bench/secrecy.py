"""Whether time tells of what is hidden: each way to ask, with hidden items and without, in one process."""

from __future__ import annotations

import time

from tests.attacks import timing
from tests.bench.figures import Figure, Report
from tests.bench.sites import Servers


def measure(report: Report, servers: Servers, rounds: int, *, postgres: bool) -> None:
    """Milliseconds of processor time (SQLite) and of time (PostgreSQL, whose work another process does)."""
    _measure(report, servers, "SQLite", None, rounds)
    if postgres:
        _measure(report, servers, "PostgreSQL", servers.postgres.create_database, rounds)


def _measure(report: Report, servers: Servers, engine: str, database: timing.Database, rounds: int) -> None:
    report.section(f"what is hidden against what is not there, {engine}")
    clock = time.perf_counter if database else time.process_time
    lines = []
    for name, found in timing.measure(servers.new_folder(engine), database, rounds, clock):
        report.add(
            Figure(
                f"{engine}: {name}", *found.medians, "ms", "as if it were not there"
            )
        )  # fmt: skip
        lines.append(found.line(name))
    report.table(
        f"{engine}, {rounds} each: medians, 95 % of their ratio, chance that the hidden takes longer", lines
    )
