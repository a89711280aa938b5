"""Where it is measured: databases with the example authority, service processes on them, tokens for them."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import requests

from dengwen.definitions import definition
from dengwen.example import example_authority
from services.chassis.access import Claims
from services.chassis.auth import issue_token
from services.chassis.clock import real_now
from services.chassis.db import Database
from services.chassis.keys import KeyRing
from services.chassis.migrate import migrate
from tests.journeys.running import Process, free_port, wait_for
from tests.servers import provision
from tests.servers.postgres import Postgres
from tests.servers.process import put_on_leash
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.run import Run
from tests.world import World


@dataclass
class Servers:
    """A durable PostgreSQL and a RabbitMQ of this run, started when they are first asked for."""

    run: Run
    folder: Path
    _made: int = 0

    @cached_property
    def postgres(self) -> Postgres:
        server = provision.new_postgres(self.run, durable=True)
        with server._session() as session, session.cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET track_commit_timestamp = on")
            # So that filling a database is not one checkpoint after the other; what is measured writes far less.
            cursor.execute("ALTER SYSTEM SET max_wal_size = '8GB'")
        server.kill9()
        server.start()
        return server

    @cached_property
    def rabbitmq(self) -> RabbitMQ:
        return provision.new_rabbitmq(self.run)

    def new_folder(self, name: str) -> Path:
        self._made += 1
        folder = self.folder / f"{self._made}-{name}"
        folder.mkdir()
        return folder

    def world(self, *services: str, postgres: bool = False, folder: Path | None = None) -> World:
        """Migrated databases with the example authority, on SQLite files or on PostgreSQL."""
        folder = folder or self.new_folder("world")

        def database(name: str) -> str:
            own = f"bench_{folder.name.replace('-', '_')}_{name}"
            url = self.postgres.create_database(own) if postgres else f"sqlite:///{folder}/{name}.db"
            db = Database(url)
            migrate(db, definition(name))
            db.dispose()
            return url

        return World(folder, services=services, database=database, durable=True)

    def pids(self) -> dict[str, int]:
        """The servers' process ids, where they are processes of this machine and no containers."""
        servers = (("PostgreSQL", self.postgres), ("RabbitMQ", self.rabbitmq))
        found = {name: getattr(server.backend, "pid", lambda: None)() for name, server in servers}
        return {name: pid for name, pid in found.items() if pid}

    def close(self) -> None:
        """Stop whatever was started."""
        for name in ("postgres", "rabbitmq"):
            if name in self.__dict__:
                getattr(self, name).close()


def keep_clean(run: Run) -> None:
    """See to it that nothing of this run goes on when its process dies, however it dies."""
    home = run.new_directory("sweep")
    sweep = [sys.executable, "-I", "-S", str(Path(__file__).with_name("sweep.py")), str(run.directory)]
    task = {
        "command": ["sleep", "infinity"],
        "environment": {"PATH": os.environ["PATH"]},
        "user": None,
        "group": None,
    }
    put_on_leash(run, home, task | {"after": sweep})


def token(ring: KeyRing, account: str) -> str:
    """A sign-in token of an example account, good for an hour."""
    held = next(p for p in example_authority().posts if p.account == account)
    claims = Claims(account, held.person, f"session-{account}", held.id)
    return issue_token(ring.signing, ring.key_id, claims, real_now(), timedelta(hours=1))


def dsn(url: str) -> str:
    """A SQLAlchemy URL as psycopg2 takes it."""
    return url.replace("postgresql+psycopg2://", "postgresql://")


@dataclass(frozen=True)
class Served:
    """Processes by their commands, and the ports of those that serve: of `intake`, of `intake#2`."""

    ports: Mapping[str, int]
    processes: Mapping[str, Process]

    def pids(self) -> dict[str, int]:
        return {name: process.child.pid for name, process in self.processes.items() if process.child}


@contextmanager
def serving(world: World, folder: Path, broker: str, *commands: str) -> Iterator[Served]:
    """Processes such as `serve intake`, `relay intake`, `serve intake#2` on a world's databases."""
    ports: dict[str, int] = {}
    found: list[Process] = []
    for command in commands:
        kind, place = command.split()
        name = place.partition("#")[0]
        environment = {
            "DENGWEN_DATABASE_URL": world.runtimes[name].settings.database_url,
            "DENGWEN_BROKER_URI": broker,
            "DENGWEN_KEY_DIR": str(world.runtimes[name].settings.key_dir),
            "DENGWEN_ANNOUNCE_EVERY": "5",
        }
        if kind == "serve":
            ports[place] = free_port()
            environment["DENGWEN_HTTP_PORT"] = str(ports[place])
        found.append(Process(command, [kind, name], environment, folder / f"{command.replace(' ', '-')}.log"))
    try:
        for process in found:
            process.start()
        for place, port in ports.items():
            at = f"http://127.0.0.1:{port}/{place.partition('#')[0]}/health"
            wait_for(lambda at=at: _answers(at), next(p for p in found if p.name == f"serve {place}"))
        yield Served(ports, {process.name: process for process in found})
    finally:
        for process in found:
            process.kill9()


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False


def until(what: Callable[[], bool], seconds: float, pause: float = 0.05) -> None:
    """Wait; raises TimeoutError."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(pause)


def accounts(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """The example sign-ins of an embedded installation."""
    found: Mapping[str, Mapping[str, str]] = json.loads((folder / "sign-in.json").read_text(encoding="utf-8"))
    return found
