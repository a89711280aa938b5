"""What a process and all below it use, as Linux counts it: memory and processor time."""

from __future__ import annotations

import os
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
