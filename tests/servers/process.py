"""A server on a leash: as a process of this machine or as a container, with the same handles for both."""

import contextlib
import json
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.servers.leash import signal_family
from tests.servers.run import Run, ServerUnavailable, leash_program

GONE_WITHIN_SECONDS = 15.0


class Backend(Protocol):
    """How a server runs. All handles can be used from any process of the test run."""

    home: Path

    def start(self) -> None:
        """Begin to run; returns before the server is ready."""

    def running(self) -> bool:
        """Whether it runs (a frozen one does)."""

    def kill9(self) -> None:
        """Kill it and its children at once, and return when they are gone."""

    def freeze(self) -> None:
        """Stop it from doing anything; its connections stay open."""

    def thaw(self) -> None:
        """Let a frozen one go on."""

    def wipe(self) -> None:
        """Delete the data of a stopped server."""

    def close(self) -> None:
        """Kill it and remove all that it left."""


def unprivileged_account() -> str | None:
    """The account to run a server under that refuses root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise ServerUnavailable("PostgreSQL refuses root, and there is neither an account postgres nor nobody")


def put_on_leash(run: Run, home: Path, task: Mapping[str, object]) -> None:
    """Start a leash for the server in `home`, apart from our terminal and signals."""
    with (home / "leash").open("ab") as said:
        leash = subprocess.Popen(
            [*leash_program(), json.dumps({"alive": str(run.alive), "home": str(home), **task})],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
    leash.returncode = 0  # it outlives us on purpose: no warning when this object goes


@dataclass
class NativeProcess:
    """A server program of this machine. `data` are directories under `home` that a wipe deletes."""

    run: Run
    home: Path
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    account: str | None = None
    data: Sequence[str] = ()

    def start(self) -> None:
        """Begin to run; returns once the process exists."""
        pid = self.home / "pid"
        pid.unlink(missing_ok=True)
        user = pwd.getpwnam(self.account) if self.account else None
        task = {
            "command": list(self.command),
            "environment": {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **self.environment},
            "user": user and user.pw_uid,
            "group": user and user.pw_gid,
            "after": None,
        }
        put_on_leash(self.run, self.home, task)
        limit = time.monotonic() + GONE_WITHIN_SECONDS
        while not pid.exists():
            if time.monotonic() > limit:
                raise ServerUnavailable(f"no process came up: {(self.home / 'leash').read_text()[-2000:]}")
            time.sleep(0.01)

    def pid(self) -> int | None:
        """The process id of the server, or None when it does not run."""
        try:
            pid = int((self.home / "pid").read_text())
            os.kill(pid, 0)
        except (FileNotFoundError, ProcessLookupError):
            return None
        return pid

    def running(self) -> bool:
        """Whether the process exists."""
        return self.pid() is not None

    def kill9(self) -> None:
        """Kill the process with all its descendants."""
        pid = self.pid()
        if pid is None:
            return
        signal_family(pid, signal.SIGKILL)
        limit = time.monotonic() + GONE_WITHIN_SECONDS
        while self.running() and time.monotonic() < limit:
            time.sleep(0.01)

    def freeze(self) -> None:
        """SIGSTOP to all of it."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT to all of it."""
        self._signal(signal.SIGCONT)

    def _signal(self, signum: int) -> None:
        pid = self.pid()
        if pid is None:
            raise ProcessLookupError(f"the server in {self.home.name} does not run")
        signal_family(pid, signum)

    def wipe(self) -> None:
        """Delete the data directories."""
        for name in self.data:
            shutil.rmtree(self.home / name, ignore_errors=True)

    def close(self) -> None:
        """Kill it and remove its directory."""
        self.kill9()
        shutil.rmtree(self.home, ignore_errors=True)


@dataclass
class Container:
    """A server in a container of its own; its port is published on 127.0.0.1 alone."""

    run: Run
    home: Path
    image: str
    ports: Mapping[int, int]
    environment: Mapping[str, str] = field(default_factory=dict)
    command: Sequence[str] = ()

    @property
    def name(self) -> str:
        """The container's name: the run's and the server's directory, both unique."""
        return f"{self.run.directory.name}-{self.home.name}"

    def start(self) -> None:
        """Create the container, or start again the one that was killed."""
        if self._docker("inspect", "-f", "{{.Name}}", self.name, check=False):
            self._docker("start", self.name)
            return
        options = [part for name in self.environment for part in ("--env", name)]
        for outside, inside in self.ports.items():
            options += ["--publish", f"127.0.0.1:{outside}:{inside}"]
        command = ["docker", "run", "--detach", "--name", self.name, *options, self.image, *self.command]
        environment = {**os.environ, **self.environment}
        made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise ServerUnavailable(f"docker run {self.image}: {made.stderr.strip()}")
        if (self.home / "pid").exists():
            return  # wiped before: its leash still waits to remove it
        waiter = {
            "command": ["sleep", "1000000"],
            "environment": {"PATH": os.environ["PATH"]},
            "user": None,
            "group": None,
            "after": ["docker", "rm", "--force", "--volumes", self.name],
        }
        put_on_leash(self.run, self.home, waiter)

    def running(self) -> bool:
        """Whether the engine says so."""
        return self._docker("inspect", "-f", "{{.State.Running}}", self.name, check=False) == "true"

    def kill9(self) -> None:
        """Kill the container's processes."""
        self.thaw()
        self._docker("kill", "--signal", "KILL", self.name, check=False)

    def freeze(self) -> None:
        """Pause the container."""
        self._docker("pause", self.name)

    def thaw(self) -> None:
        """Let a paused container go on."""
        self._docker("unpause", self.name, check=False)

    def wipe(self) -> None:
        """Remove the container with its volumes; the next start makes a new one."""
        self._docker("rm", "--force", "--volumes", self.name, check=False)

    def close(self) -> None:
        """Remove it, its volumes and its directory, and let its leash go."""
        self.wipe()
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(int((self.home / "pid").read_text()), signal.SIGKILL)
        shutil.rmtree(self.home, ignore_errors=True)

    def _docker(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(["docker", *words], capture_output=True, text=True, check=check)
        return done.stdout.strip()
