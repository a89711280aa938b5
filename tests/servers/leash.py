"""A leash: runs one server for as long as its test run lives, then removes what it left.

A program of its own (standard library only), called `leash.py TASK`, where TASK is a JSON object:
`alive` (file that the test run keeps locked), `command`, `environment`, `user` (or null), `home` (the
server's directory), `after` (a command for when all is over, or null). The lock falls with the process that
holds it, however that dies, so nothing has to be told.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

LOOK_EVERY_SECONDS = 0.1
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def family(pid: int) -> list[int]:
    """A process and all its descendants, parents first. PostgreSQL's backends are in no common group."""
    parents: dict[int, list[int]] = {}
    if Path("/proc/self/stat").exists():
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = stat.read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            parents.setdefault(int(parent), []).append(int(stat.parent.name))
    else:
        table = subprocess.run(
            ["ps", "-axo", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout
        for row in table.splitlines():
            child, parent = row.split()
            parents.setdefault(int(parent), []).append(int(child))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def signal_family(pid: int, signum: int) -> None:
    """Send a signal to a process and all its descendants; those already gone are no error."""
    for one in family(pid):
        try:
            os.kill(one, signum)
        except ProcessLookupError:
            continue


def die_with_leash() -> None:
    """In the child: ask Linux to kill it when the leash itself is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of the server's descendants when it dies first, to see them out (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def see_out() -> None:
    """Wait for all descendants of a server that was killed."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def is_over(alive: IO[str]) -> bool:
    """Whether nobody holds the test run's lock any more."""
    try:
        fcntl.flock(alive, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def spawn(task: dict[str, Any]) -> subprocess.Popen[bytes]:
    """Start the server with its output in `log`, and leave its process id in `pid`."""
    home = Path(task["home"])
    drop = {"user": task["user"], "group": task["group"], "extra_groups": []} if task["user"] else {}
    with (home / "log").open("ab") as log:
        server = subprocess.Popen(
            task["command"],
            env=task["environment"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=home,
            start_new_session=True,
            preexec_fn=die_with_leash,  # noqa: PLW1509 - this program has one thread
            **drop,
        )
    written = home / "pid.new"
    written.write_text(str(server.pid))
    written.replace(home / "pid")
    return server


def main(task: dict[str, Any]) -> None:
    """Run the server until it ends by itself or the test run is over."""
    adopt_orphans()
    with Path(task["alive"]).open() as alive:
        server = spawn(task)
        while server.poll() is None and not is_over(alive):
            time.sleep(LOOK_EVERY_SECONDS)
        if server.poll() is None:
            signal_family(server.pid, signal.SIGKILL)
            server.wait()
            see_out()
        if is_over(alive):
            if task["after"]:
                subprocess.run(task["after"], capture_output=True, check=False)
            shutil.rmtree(task["home"], ignore_errors=True)
            shutil.rmtree(Path(task["alive"]).parent, ignore_errors=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
