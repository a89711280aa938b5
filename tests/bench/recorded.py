"""The statements of one act, recorded as they go to the driver, and replayed with fresh ids and no system above them.

The replay is the measure of the act: the same rows, tables, indexes and durability, from a bare client.
"""

from __future__ import annotations

import fcntl
import re
import secrets
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
from sqlalchemy import Engine, event

from tests.bench.hammer import Once

_HEX = re.compile(r"\b[0-9a-f]{32}\b")
_DIGEST = 32


@dataclass(frozen=True)
class Statement:
    sql: str
    parameters: Any
    many: bool

    @property
    def verb(self) -> str:
        return self.sql.split(None, 1)[0].upper()


@dataclass
class Recorded:
    """What one act sends: its statements in order, without BEGIN and COMMIT."""

    statements: list[Statement] = field(default_factory=list)

    @property
    def writes(self) -> list[Statement]:
        return [s for s in self.statements if s.verb != "SELECT"]

    def count(self, verb: str) -> int:
        return sum(s.verb == verb for s in self.statements)

    def kept(self, *, reads: bool) -> list[Statement]:
        return self.statements if reads else self.writes

    def fresh(self, *, reads: bool) -> Iterator[tuple[str, Any, bool]]:
        """The statements with new ids in place of those of the recorded act, the same new one for the same old one."""
        renamed: dict[str, str] = {}
        digests: dict[bytes, bytes] = {}

        def rename(match: re.Match[str]) -> str:
            return renamed.setdefault(match.group(0), uuid.uuid4().hex)

        def value(given: Any) -> Any:
            if isinstance(given, str):
                return _HEX.sub(rename, given)
            if isinstance(given, bytes) and len(given) == _DIGEST:
                return digests.setdefault(given, secrets.token_bytes(_DIGEST))
            return given

        def values(given: Any) -> Any:
            if isinstance(given, Mapping):
                return {name: value(one) for name, one in given.items()}
            return tuple(value(one) for one in given)

        for s in self.kept(reads=reads):
            yield s.sql, [values(p) for p in s.parameters] if s.many else values(s.parameters), s.many


@contextmanager
def recording(engine: Engine) -> Iterator[Recorded]:
    """Record what goes through an engine; parameters are copied into plain values."""
    recorded = Recorded()

    def note(_: Any, __: Any, sql: str, parameters: Any, *___: Any) -> None:
        if not sql.startswith("BEGIN"):
            # SQLAlchemy writes many rows as one statement where it can; only a list is for executemany.
            recorded.statements.append(Statement(sql, _plain(parameters), isinstance(parameters, list)))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield recorded
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _plain(given: Any) -> Any:
    if isinstance(given, Mapping):
        return {name: _plain(one) for name, one in given.items()}
    if isinstance(given, list | tuple):
        return tuple(_plain(one) for one in given)
    adapted = getattr(given, "adapted", given)  # psycopg2's Binary
    return bytes(adapted) if isinstance(adapted, memoryview | bytearray) else adapted


def on_postgres(recorded: Recorded, dsn: str, *, reads: bool) -> Callable[[int], Once]:
    """Writers that replay on PostgreSQL, each on its own connection."""

    def make(_: int) -> Once:
        connection = psycopg2.connect(dsn)
        cursor = connection.cursor()

        def once() -> None:
            for sql, parameters, many in recorded.fresh(reads=reads):
                if many:
                    cursor.executemany(sql, parameters)
                else:
                    cursor.execute(sql, parameters)
                if cursor.description is not None:
                    cursor.fetchall()
            connection.commit()

        return once

    return make


def on_sqlite(recorded: Recorded, path: Path, *, reads: bool) -> Callable[[int], Once]:
    """Writers that replay on a SQLite file, set up as the system's own; they take turns as its writers do."""

    def make(_: int) -> Once:
        connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        turn = path.with_suffix(".turn").open("w")

        def once() -> None:
            fcntl.flock(turn, fcntl.LOCK_EX)
            connection.execute("BEGIN IMMEDIATE")
            for sql, parameters, many in recorded.fresh(reads=reads):
                if many:
                    connection.executemany(sql, parameters)
                else:
                    connection.execute(sql, parameters).fetchall()
            connection.execute("COMMIT")
            fcntl.flock(turn, fcntl.LOCK_UN)

        return once

    return make
