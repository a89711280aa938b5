"""Running installations for tests: the embedded one, and separate processes on RabbitMQ and PostgreSQL."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dengwen.client import Installation
from services.chassis import keys
from services.chassis.settings import SERVICES
from tests.journeys.gateway import Gateway

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Process:
    """A child process that can be killed and started again."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.start_module("dengwen", *self.command)

    def start_module(self, *words: str) -> None:
        """Start another program in its place."""
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-m", *words], cwd=ROOT, stdout=log, stderr=log,
                env={**os.environ, **self.environment}, start_new_session=True,
            )  # fmt: skip

    def kill9(self) -> None:
        if self.child is not None and self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def stop(self, seconds: float = 20.0) -> None:
        """SIGTERM, then SIGKILL after `seconds`."""
        if self.child is None or self.child.poll() is not None:
            return
        self.child.terminate()
        try:
            self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill9()
            raise AssertionError(f"{self.name} did not stop within {seconds} s") from None


@dataclass
class Running:
    """A running installation: its processes, its API, and how its databases are read."""

    at: Installation
    folder: Path
    processes: dict[str, Process] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)

    def command(self, *arguments: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a command of the command line on this installation."""
        return subprocess.run(
            [sys.executable, "-m", "dengwen", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=seconds,
            env={**os.environ, **self.environment}, check=False,
        )  # fmt: skip

    def logs(self) -> str:
        return "\n".join(
            path.read_text(encoding="utf-8", errors="replace") for path in self.folder.glob("*.log")
        )


@contextmanager
def embedded(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """`dengwen up` in a process of its own."""
    port = free_port()
    up = Process(
        "up",
        ["up", "--folder", str(folder), "--port", str(port), *arguments],
        environment or {},
        folder.with_suffix(".out.log"),
    )
    up.start()
    try:
        wait_for(lambda: (folder / "sign-in.json").exists() and (folder / "running.json").exists(), up)
        accounts = json.loads((folder / "sign-in.json").read_text(encoding="utf-8"))
        at = Installation(f"http://127.0.0.1:{port}", accounts)
        at.wait_ready(180)
        yield Running(at, folder, {"up": up})
    finally:
        up.kill9()


@contextmanager
def processes(folder: Path, database_url: str, broker: str | Mapping[str, str]) -> Iterator[Running]:
    """A process per service and per relay on real servers, behind a small gateway; created by `dengwen init`.

    `database_url` is a pattern with `{service}`; the databases exist and are empty. `broker`: one address for all,
    or one for each service and for `init`, whose accounts then prove who sent what.
    """
    addresses = dict.fromkeys((*SERVICES, "init"), broker) if isinstance(broker, str) else broker
    folder.mkdir(parents=True, exist_ok=True)
    keys.generate(folder / "keys")
    ports = {name: free_port() for name in SERVICES}
    gateway = Gateway(ports)
    common = {
        "DENGWEN_BROKER_URI": addresses["init"],
        "DENGWEN_KEY_DIR": str(folder / "keys"),
        "DENGWEN_PEER_URL": gateway.url,
        "DENGWEN_ANNOUNCE_EVERY": "1",
        "DENGWEN_DATABASE_URL": database_url,
    }
    found: dict[str, Process] = {}
    for name in SERVICES:
        own = {
            **common,
            "DENGWEN_DATABASE_URL": database_url.format(service=name),
            "DENGWEN_BROKER_URI": addresses[name],
            "DENGWEN_HTTP_PORT": str(ports[name]),
        }
        for kind in ("serve", "relay"):
            found[f"{kind} {name}"] = Process(
                f"{kind} {name}", [kind, name], own, folder / f"{kind}-{name}.log"
            )
    accounts = folder / "sign-in.json"
    running = Running(Installation(gateway.url, {}), folder, found, common)
    try:
        made = running.command("init", "--time", "simulated", "--example", "--sign-in", str(accounts))
        assert made.returncode == 0, made.stderr[-2000:]
        running.at = Installation(gateway.url, json.loads(accounts.read_text(encoding="utf-8")))
        for process in found.values():
            process.start()
        running.at.wait_ready(180)
        yield running
    finally:
        for process in found.values():
            process.kill9()
        gateway.close()


def wait_for(what: object, process: Process, seconds: float = 180.0) -> None:
    """Wait until `what()` is true; fails with the process's output if it ends first."""
    assert callable(what)
    end = time.monotonic() + seconds
    while not what():
        if process.child is not None and process.child.poll() is not None:
            raise AssertionError(f"{process.name} ended: {process.log.read_text(encoding='utf-8')[-2000:]}")
        assert time.monotonic() < end, f"{process.name} is not there after {seconds} s"
        time.sleep(0.05)
