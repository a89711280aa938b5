"""Where a server comes from: this machine's programs, a container, or the system's packages, in this order.

Programs first because they are faster than containers (measured). A server that happens to run is never used.
"""

import os
import secrets
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.servers import postgres, rabbitmq
from tests.servers.postgres import Postgres
from tests.servers.process import NativeProcess
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.run import Run, ServerUnavailable

PULL_WITHIN_SECONDS = 300
POLICY = Path("/usr/sbin/policy-rc.d")


def has_image(image: str) -> bool:
    """Whether a container engine works here and has the image, or can pull it."""
    try:
        engine = subprocess.run(["docker", "info"], capture_output=True, timeout=20, check=False)
        if engine.returncode != 0:
            return False
        for words in (["image", "inspect", image], ["pull", "--quiet", image]):
            asked = subprocess.run(
                ["docker", *words], capture_output=True, timeout=PULL_WITHIN_SECONDS, check=False
            )
            if asked.returncode == 0:
                return True
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return False
    return False


def install(packages: tuple[str, ...]) -> None:
    """Install Debian packages as root without letting them start a service.

    Raises ServerUnavailable with what to do by hand.
    """
    names = " ".join(packages)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise ServerUnavailable(
            f"needs {names}: neither installed, nor a container engine with the images, nor root with apt-get"
            f" (Debian, Ubuntu: apt install {names})"
        )
    ours = not POLICY.exists()
    if ours:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    try:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
        apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
        for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            done = subprocess.run([*apt, *step], env=quiet, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise ServerUnavailable(f"apt-get {step[0]} failed: {done.stderr.strip()[-800:]}")
    finally:
        if ours:
            POLICY.unlink(missing_ok=True)


def choose(found: Callable[[], object], image: str, packages: tuple[str, ...]) -> str:
    """`native` or `container`; installs the packages when neither is there."""
    if found():
        return "native"
    if has_image(image):
        return "container"
    install(packages)
    return "native"


def postgres_source() -> str:
    """Where a PostgreSQL comes from here."""
    return choose(postgres.find_programs, postgres.IMAGE, ("postgresql",))


def rabbitmq_source() -> str:
    """Where a RabbitMQ comes from here."""
    return choose(rabbitmq.find_program, rabbitmq.IMAGE, ("rabbitmq-server",))


def new_postgres(run: Run, source: str | None = None, *, durable: bool = False) -> Postgres:
    """Start a PostgreSQL; ServerUnavailable says why there can be none."""
    make = postgres.native if (source or postgres_source()) == "native" else postgres.in_container
    home = run.new_directory("postgres")
    server = make(run, home, run.free_port(), secrets.token_urlsafe(18), durable=durable)
    try:
        server.start()
    except BaseException:
        server.close()
        raise
    return server


def new_rabbitmq(run: Run, source: str | None = None) -> RabbitMQ:
    """Start a RabbitMQ; ServerUnavailable says why there can be none."""
    make = rabbitmq.native if (source or rabbitmq_source()) == "native" else rabbitmq.in_container
    home = run.new_directory("rabbitmq")
    server = make(run, home, run.free_port(), run.free_port(), secrets.token_urlsafe(18))
    try:
        server.start()
    except BaseException:
        server.close()
        raise
    return server


def shared_postgres(run: Run) -> Postgres:
    """The run's one PostgreSQL, started by the first process that asks. It is for all: not to be killed."""

    def start() -> dict[str, str]:
        server = new_postgres(run)
        return {"home": str(server.backend.home), "port": str(server.port), "password": server.password}

    known = run.shared("postgres", start)
    return Postgres(NativeProcess(run, Path(known["home"]), ()), int(known["port"]), known["password"])


def shared_rabbitmq(run: Run) -> RabbitMQ:
    """The run's one RabbitMQ, started by the first process that asks. It is for all: not to be killed."""

    def start() -> dict[str, str]:
        server = new_rabbitmq(run)
        ports = {"port": str(server.port), "http_port": str(server.http_port)}
        return {"home": str(server.backend.home), "password": server.password, **ports}

    known = run.shared("rabbitmq", start)
    backend = NativeProcess(run, Path(known["home"]), ())
    return RabbitMQ(backend, None, int(known["port"]), int(known["http_port"]), known["password"])
