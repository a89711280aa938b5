"""A small installation of six services for attacks on a trail, judged by the command `dengwen audit verify`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg2
from click.testing import CliRunner
from nacl.signing import SigningKey
from sqlalchemy.orm import Session

from dengwen.commands.audit import command
from services.chassis.audit import trail
from services.chassis.db import Database
from services.chassis.settings import SERVICES
from tests.clauses.intake_petitions import register
from tests.integration.audit.installation import disarm
from tests.servers import Postgres
from tests.world import World

ATTACKED = "intake"


@dataclass(frozen=True)
class Site:
    """Six databases and the public keys; `sizes` are those of the attacked service's signed heads."""

    pattern: str
    key_dir: Path
    key: SigningKey
    sizes: tuple[int, ...]

    @contextmanager
    def attacking(self, service: str = ATTACKED) -> Iterator[Session]:
        """A session of the database's owner, triggers off; it commits."""
        db = Database(self.pattern.format(service=service))
        with db.write() as session:
            disarm(session)
            yield session
        db.dispose()

    def verify(self) -> tuple[int, str]:
        """Exit code and output of `dengwen audit verify`."""
        return self._run("verify")

    def export(self, file: Path) -> tuple[int, str]:
        return self._run("export", ATTACKED, str(file))

    def _run(self, *arguments: str) -> tuple[int, str]:
        environment = {"DENGWEN_DATABASE_URL": self.pattern, "DENGWEN_KEY_DIR": str(self.key_dir)}
        done = CliRunner().invoke(command, [*arguments, *self._folder(arguments)], env=environment)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    def _folder(self, arguments: tuple[str, ...]) -> list[str]:
        return [] if arguments[0] == "check" else ["--folder", str(self.key_dir.parent)]

    def found(self) -> str:
        """The first fault that the command names, in English; it has to end with 1."""
        code, output = self.verify()
        assert code == 1, output
        lines = output.splitlines()
        place = next(number for number, line in enumerate(lines) if "the first fault" in line)
        return lines[place + 1]


class Sites:
    """One unharmed installation on an engine, and as many copies of it as there are attacks."""

    def __init__(self, folder: Path, server: Postgres | None) -> None:
        self.folder, self.server = folder, server
        self.copies = 0
        self.prefix = f"attack_{uuid4().hex[:8]}"  # the server is shared by all workers of a run
        world = World(folder / "base", database=self._url_of("base") if server else None)
        self.sizes = self._history(world)
        self.key = world.runtimes[ATTACKED].ring.signing
        world.close()

    def _history(self, world: World) -> tuple[int, ...]:
        """Petitions are registered; three heads are signed and witnessed."""
        sizes = []
        for _ in range(3):
            for _ in range(2):
                register(world)
            world.pump()
            world.runtimes[ATTACKED].sign_head()
            world.pump()
            with world.runtimes[ATTACKED].db.read() as session:
                sizes.append(trail.tree_size(session))
        return tuple(sizes)

    def _url_of(self, copy: str) -> Callable[[str], str]:
        server = self.server
        assert server is not None
        return lambda service: server.create_database(f"{self.prefix}_{copy}_{service}")

    def copy(self) -> Site:
        """A copy that may be attacked."""
        self.copies += 1
        place = self.folder / str(self.copies)
        shutil.copytree(self.folder / "base", place)
        pattern = f"sqlite:///{place}/{{service}}.db"
        if self.server is not None:
            pattern = self.server.url.rpartition("/")[0] + f"/{self.prefix}_{self.copies}_{{service}}"
            self._copy_databases()
        return Site(pattern, place / "keys", self.key, self.sizes)

    def _copy_databases(self) -> None:
        assert self.server is not None
        session = psycopg2.connect(self.server.url.replace("+psycopg2", ""))
        session.autocommit = True
        with session.cursor() as cursor:
            for service in SERVICES:
                cursor.execute(
                    f"create database {self.prefix}_{self.copies}_{service}"
                    f" template {self.prefix}_base_{service}"
                )
        session.close()

    def close(self) -> None:
        for copy in ("base", *range(1, self.copies + 1)) if self.server else ():
            for service in SERVICES:
                self.server.drop_database(f"{self.prefix}_{copy}_{service}")  # type: ignore[union-attr]
