"""What a process and all below it use, as Linux counts it: memory and processor time."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.servers.leash import family

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Memory:
    """MiB. `pss`: shared pages divided among their users; `uss`: what would be free if it ended."""

    pss: float
    uss: float


def memory(pid: int) -> Memory:
    found = {"Pss": 0, "Private_Clean": 0, "Private_Dirty": 0}
    for one in family(pid):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue
        for line in lines[1:]:
            name, _, rest = line.partition(":")
            if name in found:
                found[name] += int(rest.split()[0])
    return Memory(found["Pss"] / 1024, (found["Private_Clean"] + found["Private_Dirty"]) / 1024)


def processor_seconds(pid: int) -> float:
    """User and system time of a process and all below it, also of those that have ended and were waited for."""
    total = 0
    for one in family(pid):
        try:
            words = Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, words[11:15] if one == pid else words[11:13]))
    return total / _TICKS


class Account:
    """Processor time by process, from here until `lines` is asked for."""

    def __init__(self, pids: Mapping[str, int]) -> None:
        self.pids = dict(pids)
        self._before = {name: processor_seconds(pid) for name, pid in self.pids.items()}
        self._started = time.perf_counter()

    def lines(self, count: int, unit: str, besides: Mapping[str, float] | None = None) -> list[str]:
        """Shares and milliseconds for each of `count` units, the largest first; `besides`: seconds of others."""
        took = time.perf_counter() - self._started
        used = {name: processor_seconds(pid) - self._before[name] for name, pid in self.pids.items()}
        used |= besides or {}
        total = sum(used.values()) or 1.0
        found = [
            f"{seconds / total:6.1%} {seconds / max(count, 1) * 1000:9.2f} ms {unit}  {name}"
            for name, seconds in sorted(used.items(), key=lambda item: -item[1])
        ]
        each = f"{total / max(count, 1) * 1000:.1f} ms of a core {unit}"
        return [*found, f"{total / took:.2f} of {os.cpu_count()} cores busy, {each}"]
