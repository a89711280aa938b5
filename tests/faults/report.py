"""`python -m tests.faults.report`: puts what the last `make faults` saw into docs/reliability.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from services.chassis.clock import real_now

KEPT = Path("build") / "faults"
PAGE = Path("docs") / "reliability.md"
BEGIN, END = "<!-- written by `make faults`: begin -->", "<!-- end -->"


def keep(site: str, story: Iterable[tuple[str, int, float]]) -> None:
    """Keep what the scenarios of a site saw, for the page; those that were not run again stay as they were."""
    KEPT.mkdir(parents=True, exist_ok=True)
    file = KEPT / f"{sha256(site.encode()).hexdigest()[:8]}.json"
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    rows = {row["scenario"]: row for row in before}
    rows |= {s: {"site": site, "scenario": s, "petitions": n, "drained": round(t, 1)} for s, n, t in story}
    file.write_text(json.dumps([*rows.values()], ensure_ascii=False), encoding="utf-8")


def table() -> list[str]:
    rows = [
        row for file in sorted(KEPT.glob("*.json")) for row in json.loads(file.read_text(encoding="utf-8"))
    ]
    head = ["| site | scenario | petitions accepted | all at rest after healing |", "|---|---|---|---|"]
    return head + [
        f"| {row['site']} | {row['scenario']} | {row['petitions']} | {row['drained']:.0f} s |"
        for row in sorted(rows, key=lambda row: (row["site"], row["scenario"]))
    ]


def write() -> None:
    text = PAGE.read_text(encoding="utf-8")
    start, rest = text.split(BEGIN)
    _, end = rest.split(END)
    lines = [BEGIN, f"Last run: {real_now().date().isoformat()}.", "", *table(), END]
    PAGE.write_text(start + "\n".join(lines) + end, encoding="utf-8")


if __name__ == "__main__":
    write()
