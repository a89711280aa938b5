"""Backup and restore of a deployed installation's PostgreSQL databases, each as tables in COPY's text format.

One moment for all: every `inbox` is locked against writing while a snapshot is begun in each database, so no copy
holds an event that its producer's copy does not know; acts go on. No client programs are needed, and none has to fit
the server's version. A restore is one transaction for each database, committed only when all of them are ready.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from dengwen.backups.manifest import Manifest, Part, describe
from dengwen.backups.putting_back import Decided, Outcome, RestoreRefused, rejoin
from dengwen.definitions import definition
from services.chassis import keys
from services.chassis.clock import business_now, real_now
from services.chassis.db import Database
from services.chassis.migrate import guard, lineages
from services.chassis.migrations.upgrade import upgrade
from services.chassis.runtime import Runtime
from services.chassis.settings import SERVICES, Settings
from services.chassis.tables import Installation
from services.chassis.work import Work

COLUMNS = "columns.json"


def copy_postgres(pattern: str, to: Path) -> tuple[dict[str, Part], str]:
    """Copies of the six databases, of one moment. `pattern` is a URL with `{service}`, of the owners."""
    parts: dict[str, Part] = {}
    installation = ""
    with ExitStack() as stack:
        for service, connection in _at_one_moment(pattern, stack).items():
            _copy_out(connection, to / service)
            session = Session(bind=connection)
            parts[service] = describe(session, service)
            installation = session.scalars(select(Installation.id)).one()
    return parts, installation


def restore_postgres(
    settings: Settings, source: Path, manifest: Manifest, services: Sequence[str], *, replace: bool,
    decided: Decided | None,
) -> Outcome:  # fmt: skip
    """Put all services, or one of them, back; `settings.database_url` is the pattern. Raises RestoreRefused."""
    outcome = Outcome(services, restore_id=uuid4().hex if len(services) == 1 else "")
    databases = {name: Database(settings.database_url.format(service=name)) for name in SERVICES}
    try:
        with ExitStack() as together:
            for service in services:
                session = together.enter_context(databases[service].write())
                _empty(session.connection(), service, replace=replace)
                _copy_in(session.connection(), source / service, service, manifest.parts[service])
                work = _work(settings, databases[service], session, service)
                peers = {name: db for name, db in databases.items() if name not in services}
                outcome.epoch = _note(work, peers, manifest, outcome.restore_id, decided)
                work.finish()
    except OperationalError as error:
        if "lock timeout" not in str(error.orig):
            raise
        raise RestoreRefused(
            "数据库仍在使用,请先停止各服务 · still in use: stop the services first"
        ) from None
    finally:
        for db in databases.values():
            db.dispose()
    return outcome


def _note(
    work: Work, peers: Mapping[str, Database], manifest: Manifest, restore_id: str, decided: Decided | None
) -> int:
    if restore_id:
        return rejoin(work, peers, manifest, restore_id, decided)
    installation = work.session.scalars(select(Installation)).one()
    work.audit(
        "restore_installation",
        "system",
        subject_kind="installation",
        subject_id=installation.id,
        facts={"backup": manifest.made_at, "size": manifest.parts[work.runtime.name].audit_size},
    )
    return 0


def _work(settings: Settings, db: Database, session: Session, service: str) -> Work:
    own = settings.for_service(service, database_url=db.url)
    runtime = Runtime(definition(service), own, db, keys.load(settings.key_dir, service))
    now, mode = business_now(session)
    return Work(runtime, session, now, real_now(), mode)


def _at_one_moment(pattern: str, stack: ExitStack) -> dict[str, Connection]:
    """A connection to each database in a transaction that reads; all see the same moment."""
    engines: dict[str, Engine] = {}
    readers: dict[str, Connection] = {}
    with ExitStack() as locks:
        for service in SERVICES:
            engines[service] = create_engine(pattern.format(service=service))
            stack.callback(engines[service].dispose)
            lock = locks.enter_context(engines[service].connect())
            lock.execute(text("SET LOCAL lock_timeout = '30s'"))
            lock.execute(text("LOCK TABLE inbox IN SHARE MODE"))
        for service, engine in engines.items():
            reader = engine.connect().execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            readers[service] = stack.enter_context(reader)
            reader.execute(text("SELECT 1"))
    return readers


def _copy_out(connection: Connection, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    columns = {
        table: [column["name"] for column in inspect(connection).get_columns(table)]
        for table in sorted(inspect(connection).get_table_names())
    }
    for table, names in columns.items():
        with (folder / f"{table}.copy").open("wb") as file:
            _raw(connection).copy_expert(f"COPY {_named(table, names)} TO STDOUT", file)
    (folder / COLUMNS).write_text(json.dumps(columns), encoding="utf-8")


def _empty(connection: Connection, service: str, *, replace: bool) -> None:
    there = inspect(connection).get_table_names()
    if there and not replace:
        raise RestoreRefused(
            f"{service} 的数据库不为空,确需替换请加 --replace · the database is not empty: add --replace"
        )
    connection.execute(text("SET LOCAL lock_timeout = '15s'"))
    for table in there:
        connection.execute(text(f'DROP TABLE "{table}" CASCADE'))


def _copy_in(connection: Connection, folder: Path, service: str, part: Part) -> None:
    chains = lineages(definition(service))
    for chain in chains:
        upgrade(connection, chain, part.schema[chain.name])
    columns: dict[str, list[str]] = json.loads((folder / COLUMNS).read_text(encoding="utf-8"))
    versions = {chain.version_table for chain in chains}
    for table, names in columns.items():
        if table not in versions:
            with (folder / f"{table}.copy").open("rb") as file:
                _raw(connection).copy_expert(f"COPY {_named(table, names)} FROM STDIN", file)
            _go_on_counting(connection, table, names)
    for chain in chains:
        upgrade(connection, chain)
    guard(connection)


def _go_on_counting(connection: Connection, table: str, names: Sequence[str]) -> None:
    for name in names:
        series = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :name)"),
                                   {"table": f'"{table}"', "name": name})  # fmt: skip
        if series is not None:
            top = f'SELECT setval(:series, coalesce(max("{name}"), 0) + 1, false) FROM "{table}"'  # noqa: S608
            connection.execute(text(top), {"series": series})


def _named(table: str, names: Sequence[str]) -> str:
    return f'"{table}" (' + ", ".join(f'"{name}"' for name in names) + ")"


def _raw(connection: Connection) -> Any:
    return connection.connection.cursor()
