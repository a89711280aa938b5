"""Making a backup while the installation works: all databases at one moment, so that no copy knows more than another.

SQLite: all write locks are held together for as long as it takes to begin a reading transaction in each database
(milliseconds); the copies are then made from those, with the online backup API. PostgreSQL: see `deployed`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy import select

from dengwen.backups.manifest import (
    Manifest,
    Part,
    describe,
    durable,
    fingerprint,
    settle_directory,
)
from dengwen.installation import Folder
from services.chassis.clock import real_now
from services.chassis.db import Database
from services.chassis.settings import SERVICES
from services.chassis.tables import Installation

BUSY_SECONDS = 30.0
_PAGES = 4096

Copy = Callable[[Path], tuple[dict[str, Part], str]]
"""Writes the copies of all databases into a directory; gives what they hold, and the installation's id."""


class Occupied(Exception):
    """There is something at the place already; the message names it."""


def make_backup(to: Path, engine: str, copy: Copy, secrets: dict[str, Path]) -> Manifest:
    """Write a backup to `to`, whole or not at all: what is cut off leaves `<to>.unfinished`, for the next to remove.

    `secrets` are the files to take beside the databases, by their name in the backup. Raises Occupied.
    """
    if to.exists():
        raise Occupied(str(to))
    work = to.with_name(to.name + ".unfinished")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700, parents=True)
    started = real_now()
    parts, installation = copy(work)
    for name, source in secrets.items():
        (work / name).parent.mkdir(mode=0o700, exist_ok=True)
        durable(work / name, source.read_bytes())
    names = sorted(str(path.relative_to(work)) for path in work.rglob("*") if path.is_file())
    files = tuple(file for name in names if (file := fingerprint(work, name)) is not None)
    manifest = Manifest(started.isoformat(), engine, installation, parts, files)
    manifest.write(work)
    work.rename(to)
    settle_directory(to.parent)
    return manifest


def secrets_of(place: Folder) -> dict[str, Path]:
    """The keys of an embedded installation and its example passwords, by their name in a backup."""
    found = {f"keys/{path.name}": path for path in sorted(place.keys.glob("*")) if path.suffix != ".new"}
    return found | ({place.sign_in.name: place.sign_in} if place.sign_in.exists() else {})


def copy_sqlite(place: Folder, to: Path) -> tuple[dict[str, Part], str]:
    """Copies of the six databases of an embedded installation, of one moment."""
    with ExitStack() as stack:
        for service, reader in _at_one_moment(place, stack).items():
            with closing(sqlite3.connect(to / f"{service}.db")) as copy:
                reader.backup(copy, pages=_PAGES)
    parts: dict[str, Part] = {}
    installation = ""
    for service in SERVICES:
        path = to / f"{service}.db"
        path.chmod(0o600)
        db = Database(f"sqlite:///{path}")
        with db.read() as session:
            parts[service] = describe(session, service)
            installation = session.scalars(select(Installation.id)).one()
        db.dispose()
        _on_disk(path)
    return parts, installation


def _at_one_moment(place: Folder, stack: ExitStack) -> dict[str, sqlite3.Connection]:
    """A connection to each database in a reading transaction; all see the same moment."""
    readers = {}
    with ExitStack() as locks:
        for service in SERVICES:
            path = place.root / f"{service}.db"
            lock = locks.enter_context(closing(_connect(path)))
            lock.execute("BEGIN IMMEDIATE")
        for service in SERVICES:
            reader = stack.enter_context(closing(_connect(place.root / f"{service}.db")))
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
            readers[service] = reader
    return readers


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _on_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
