"""A PostgreSQL of our own: a free port of 127.0.0.1, a generated password, a directory that goes."""

import contextlib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2.extensions import connection

from tests.servers.process import Backend, Container, NativeProcess, unprivileged_account
from tests.servers.run import Run, ServerUnavailable

IMAGE = "postgres:17"
READY_WITHIN_SECONDS = 60.0

# Safe against kill -9 of any process, not against a power cut: the machine's disk is not under test.
FAST = {"fsync": "off", "full_page_writes": "off"}
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "shared_buffers": "128MB",
    "autovacuum_naptime": "10s",
    "timezone": "UTC",
    "log_min_messages": "warning",
}


def find_programs() -> Path | None:
    """The directory of the newest PostgreSQL server programs on this machine."""
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@dataclass
class Postgres:
    """A running server. `url` is its maintenance database; `create_database` gives fresh ones."""

    backend: Backend
    port: int
    password: str

    def address(self, database: str = "postgres") -> str:
        """The SQLAlchemy URL of one of its databases, as superuser."""
        return f"postgresql+psycopg2://postgres:{self.password}@127.0.0.1:{self.port}/{database}"

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the maintenance database."""
        return self.address()

    def create_database(self, name: str) -> str:
        """Make an empty database and return its URL."""
        with self._session() as session, session.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return self.address(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        with self._session() as session, session.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def start(self) -> None:
        """Start it (with a new, empty cluster after a wipe), and return when it answers."""
        if isinstance(self.backend, NativeProcess) and not (self.backend.home / "data").exists():
            make_cluster(self.backend, self.password)
        self.backend.start()
        limit = time.monotonic() + READY_WITHIN_SECONDS
        while not self.ready():
            if time.monotonic() > limit or not self.backend.running():
                raise ServerUnavailable(f"PostgreSQL did not start:\n{last_words(self.backend.home)}")
            time.sleep(0.05)

    def ready(self) -> bool:
        """Whether it answers a query."""
        try:
            with self._session() as session, session.cursor() as cursor:
                cursor.execute("SELECT 1")
        except psycopg2.OperationalError:
            return False
        return True

    def kill9(self) -> None:
        """Kill all of it at once."""
        self.backend.kill9()

    def freeze(self) -> None:
        """Stop all its processes; connections stay open and silent."""
        self.backend.freeze()

    def thaw(self) -> None:
        """Let it go on."""
        self.backend.thaw()

    def wipe(self) -> None:
        """Kill it and delete its data."""
        self.backend.kill9()
        self.backend.wipe()

    def close(self) -> None:
        """Kill it and remove everything of it."""
        self.backend.close()

    @contextlib.contextmanager
    def _session(self) -> Iterator[connection]:
        session = psycopg2.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=self.password, connect_timeout=5
        )
        session.autocommit = True
        try:
            yield session
        finally:
            session.close()


def last_words(home: Path) -> str:
    """The end of a server's log, for the message of a failed start."""
    log = home / "log"
    return log.read_text(errors="replace")[-3000:] if log.exists() else "(no log)"


def make_cluster(process: NativeProcess, password: str) -> None:
    """Run initdb with password logins only, as the account that the server will run under."""
    account = pwd.getpwnam(process.account) if process.account else None
    data = process.home / "data"
    data.mkdir(mode=0o700)
    secret = data.with_name("password")
    secret.touch(mode=0o600)
    secret.write_text(password)
    if account:
        os.chown(data, account.pw_uid, account.pw_gid)
        os.chown(secret, account.pw_uid, account.pw_gid)
    command = [str(Path(process.command[0]).with_name("initdb")), f"--pgdata={data}", "--username=postgres"]
    command += ["--encoding=UTF8", "--locale=C", "--no-sync", "--auth=password", f"--pwfile={secret}"]
    made = subprocess.run(
        command,
        cwd=process.home,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )
    secret.unlink()
    if made.returncode != 0:
        raise ServerUnavailable(f"initdb: {made.stderr.strip()}")


def native(run: Run, home: Path, port: int, password: str, *, durable: bool) -> Postgres:
    """A server from this machine's programs; `durable` keeps fsync on, as a benchmark needs it."""
    programs = find_programs()
    if programs is None:
        raise ServerUnavailable("no PostgreSQL server programs on this machine")
    settings = {**SETTINGS, "port": str(port), **({} if durable else FAST)}
    command = [str(programs / "postgres"), "-D", str(home / "data")]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    home.chmod(0o711)
    process = NativeProcess(run, home, command, account=unprivileged_account(), data=("data",))
    return Postgres(process, port, password)


def in_container(run: Run, home: Path, port: int, password: str, *, durable: bool) -> Postgres:
    """A server from the image that docker-compose.yml names."""
    settings = {"max_connections": "300", **({} if durable else FAST)}
    command = ["postgres", *(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))]
    container = Container(run, home, IMAGE, {port: 5432}, {"POSTGRES_PASSWORD": password}, command)
    return Postgres(container, port, password)
