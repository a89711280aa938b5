"""Where it is measured: databases with the example authority, service processes on them, tokens for them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import requests

from dengwen.example import example_authority
from services.chassis.access import Claims
from services.chassis.auth import issue_token
from services.chassis.clock import real_now
from services.chassis.keys import KeyRing
from tests.journeys.running import Process, free_port, wait_for
from tests.servers import provision
from tests.servers.postgres import Postgres
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
        """Databases with the example authority, on SQLite files or on PostgreSQL."""
        folder = folder or self.new_folder("world")
        if not postgres:
            return World(folder, services=services)
        names = {name: f"bench_{folder.name.replace('-', '_')}_{name}" for name in services}
        return World(
            folder, services=services, database=lambda name: self.postgres.create_database(names[name])
        )

    def close(self) -> None:
        """Stop whatever was started."""
        for name in ("postgres", "rabbitmq"):
            if name in self.__dict__:
                getattr(self, name).close()


def token(ring: KeyRing, account: str) -> str:
    """A sign-in token of an example account, good for an hour."""
    held = next(p for p in example_authority().posts if p.account == account)
    claims = Claims(account, held.person, f"session-{account}", held.id)
    return issue_token(ring.signing, ring.key_id, claims, real_now(), timedelta(hours=1))


def dsn(url: str) -> str:
    """A SQLAlchemy URL as psycopg2 takes it."""
    return url.replace("postgresql+psycopg2://", "postgresql://")


@contextmanager
def serving(world: World, folder: Path, broker: str, *commands: str) -> Iterator[Mapping[str, int]]:
    """Processes such as `serve intake`, `relay intake` on a world's databases; gives the ports of those that serve."""
    ports: dict[str, int] = {}
    found: list[Process] = []
    for command in commands:
        kind, name = command.split()
        environment = {
            "DENGWEN_DATABASE_URL": world.runtimes[name].settings.database_url,
            "DENGWEN_BROKER_URI": broker,
            "DENGWEN_KEY_DIR": str(world.runtimes[name].settings.key_dir),
            "DENGWEN_ANNOUNCE_EVERY": "5",
        }
        if kind == "serve":
            ports[name] = free_port()
            environment["DENGWEN_HTTP_PORT"] = str(ports[name])
        found.append(Process(command, [kind, name], environment, folder / f"{kind}-{name}.log"))
    try:
        for process in found:
            process.start()
        for name, port in ports.items():
            at = f"http://127.0.0.1:{port}/{name}/health"
            wait_for(lambda at=at: _answers(at), next(p for p in found if p.name == f"serve {name}"))
        yield ports
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
