"""`sweep.py RUN`: kill what a benchmark that died has left: every process that carries its run in the environment.

A program of its own (standard library only), called by a leash when the run is over. Servers have leashes of their
own, which are left to their work.
"""

import os
import signal
import sys
from pathlib import Path


def left_over(run: str) -> list[int]:
    """Ids of this run's processes, without leashes and ourselves."""
    mark, found = f"DENGWEN_TEST_RUN={run}".encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            ours = mark in (process / "environ").read_bytes().split(b"\0")
            words = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if ours and b"leash.py" not in words and int(process.name) != os.getpid():
            found.append(int(process.name))
    return found


if __name__ == "__main__":
    for pid in left_over(sys.argv[1]):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
