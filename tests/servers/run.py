"""One test run: its directory, its life sign, its ports, and the servers that its processes share."""

import fcntl
import json
import os
import random
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

VARIABLE = "DENGWEN_TEST_RUN"
# Below the ports that systems hand out by themselves, so that a server finds its own again after a kill.
PORTS = range(20000, 32000)
TEAR_DOWN_SECONDS = 20.0


class ServerUnavailable(Exception):
    """A server cannot be had on this machine; the message says why and what would help."""


class Run:
    """A test run's directory, shared by the pytest process that opened it and all its workers."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.alive = directory / "alive"
        self._lock: IO[str] | None = None

    @classmethod
    def open(cls) -> "Run":
        """Begin a run, and hold its lock until `close` or the end of this process."""
        run = cls(Path(tempfile.mkdtemp(prefix="dengwen-test-")))
        run.directory.chmod(0o711)  # PostgreSQL runs as another user when the tests run as root
        run._lock = run.alive.open("w")
        fcntl.flock(run._lock, fcntl.LOCK_EX)
        os.environ[VARIABLE] = str(run.directory)
        return run

    @classmethod
    def current(cls) -> "Run | None":
        """The run that this process belongs to, as its environment says."""
        directory = os.environ.get(VARIABLE)
        return cls(Path(directory)) if directory else None

    def close(self) -> None:
        """Let go of the lock, wait until each leash has taken its server down, and remove the directory."""
        if self._lock is None:
            return
        os.environ.pop(VARIABLE, None)
        self._lock.close()
        limit = time.monotonic() + TEAR_DOWN_SECONDS
        while any(self.directory.glob("*/leash")) and time.monotonic() < limit:
            time.sleep(0.05)
        shutil.rmtree(self.directory, ignore_errors=True)

    def new_directory(self, name: str) -> Path:
        """A fresh directory for one server."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.directory))

    def free_port(self) -> int:
        """A TCP port of 127.0.0.1 that is free now and that no other server of this run was given."""
        for port in random.SystemRandom().sample(PORTS, len(PORTS)):
            try:
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
                (self.directory / f"port-{port}").touch(exist_ok=False)
            except OSError:
                continue
            return port
        raise ServerUnavailable("no free TCP port on 127.0.0.1")

    def shared(self, name: str, start: Callable[[], dict[str, str]]) -> dict[str, str]:
        """What `start` returned in whichever process of the run came first; its failure is everyone's."""
        state = self.directory / f"{name}.json"
        with (self.directory / f"{name}.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if not state.exists():
                known: dict[str, str]
                try:
                    known = start()
                except ServerUnavailable as error:
                    known = {"unavailable": str(error)}
                state.write_text(json.dumps(known), encoding="utf-8")
            known = json.loads(state.read_text(encoding="utf-8"))
        if "unavailable" in known:
            raise ServerUnavailable(known["unavailable"])
        return known


def leash_program() -> list[str]:
    """The command that runs `leash.py`, without the site packages that it has no use for."""
    return [sys.executable, "-I", "-S", str(Path(__file__).with_name("leash.py"))]
