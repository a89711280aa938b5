"""Two checkouts of Dengwen in turns: what a change did, as ratios of one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.figures import Figure, Report

ROUNDS = 3


def measure(report: Report, other: Path, database: Path | None) -> None:
    """Processor time here against that of `other`, the best of three; pages on `database` if there is one."""
    report.section(f"this checkout against {other.name}: processor time, so a busy machine matters little")
    here = Path(__file__).resolve().parents[2]
    found: dict[Path, list[dict[str, float]]] = {here: [], other.resolve(): []}
    for _ in range(ROUNDS):
        for root, rounds in found.items():
            rounds.append(_round(root, database))
    ours, theirs = (_best(rounds) for rounds in found.values())
    for name, value in ours.items():
        what, _, unit = name.rpartition(": ")
        report.add(Figure(what, value, theirs.get(name, 0.0), unit, "there"))


def _round(root: Path, database: Path | None) -> dict[str, float]:
    program = [sys.executable, str(Path(__file__).with_name("cpu.py"))]
    done = subprocess.run(
        [*program, *([str(database.resolve())] if database else [])], cwd=root, check=False, capture_output=True,
        text=True, timeout=300, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{root}: {done.stderr.strip()[-500:]}")
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _best(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {name: min(one[name] for one in rounds) for name in rounds[0]}
