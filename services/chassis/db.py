"""Databases: one per service, SQLite (embedded) or PostgreSQL (deployed), the same models on both.

SQLite allows one writer; a process therefore takes a lock of its own before `BEGIN IMMEDIATE`, so that
no green thread ever waits inside SQLite while another one holds the database.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    String,
    Table,
    TypeDecorator,
    create_engine,
    event,
    func,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session

ID = String(64)
"""Column type of ids: random UUIDs as 32 hex digits, or short codes of the directory."""
CODE = String(64)
"""Column type of codes (states, roles, classes, clause ids)."""
SHA256 = LargeBinary(32)


_BUSY_MS = 10_000
_TRACES = "dengwen_traces"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant; stored without an offset, in UTC, on both engines."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class ChassisBase(DeclarativeBase):
    """Tables that every service has (audit, outbox, inbox, duties, papers, directory projection)."""


def insert_or_ignore(session: Session, model: Any) -> Any:
    """An INSERT of `model` that does nothing where the row (or a unique key of it) is there, on both engines."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    return insert(model).on_conflict_do_nothing()


def table_of(model: Any) -> Table:
    """The table of a model: for statements on rows that no unit of work holds as objects, and for their lower cost."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(model)
    return table


def beside_index(column: Any) -> Any:
    """The column as no index knows it: for a condition that many rows meet, beside one that few do."""
    return func.coalesce(column, "")


class UnitSession(Session):
    """The session of a unit of work; `remembered` listens to what goes through it."""


AS_STORED = {"autoflush": False}
"""Execution option of a query on tables that the unit of work has nothing pending for: do not flush before it."""


def forget_traces(session: Session) -> None:
    """What this transaction deletes is to be gone from the database's log as well, as soon as nobody reads there."""
    session.info[_TRACES] = True


class Database:
    """A service's database.

    `write()` yields a session in a transaction that may write and commits at the end;
    `read()` yields one that sees a consistent snapshot and is rolled back.
    """

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        self.url = url
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        options: dict[str, Any] = {
            "pool_size": pool_size,
            "max_overflow": 10,
            "pool_pre_ping": not self.is_sqlite,
        }
        if not self.is_sqlite:
            options["executemany_mode"] = (
                "values_plus_batch"  # else an UPDATE of many rows is a round trip for each
            )
        self.engine: Engine = create_engine(url, **options)
        self._writer = threading.Lock() if self.is_sqlite else None
        self._traces = False
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._write_engine = self.engine.execution_options(dengwen_write=True)

    @contextmanager
    def write(self) -> Iterator[Session]:
        if self._writer is not None:
            self._writer.acquire()
        try:
            with UnitSession(self._write_engine, expire_on_commit=False) as session:
                yield session
                session.commit()
                self._traces = self._traces or bool(session.info.get(_TRACES))
            if self._traces and self.is_sqlite:
                self._traces = not self._empty_log()
        finally:
            if self._writer is not None:
                self._writer.release()

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    def _empty_log(self) -> bool:
        """Empty SQLite's log, where old pages stay readable; False while somebody still reads them."""
        raw = self.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("PRAGMA busy_timeout=0")  # waiting would hold up every green thread
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
            return not busy
        finally:
            raw.close()

    def dispose(self) -> None:
        self.engine.dispose()


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    cursor = raw.cursor()
    _use_wal(cursor)
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MS}",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """Switch a new file to WAL; SQLite waits for no timeout here while another process makes the same switch."""
    for _ in range(25):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            time.sleep(0.02)
    cursor.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("dengwen_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
