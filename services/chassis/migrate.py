"""Bringing a service's database to the schema of this release, and adding the next revision.

A database has two lineages of revisions: the chassis's and its service's own. A revision is a file
`NNNN_<what>.py`; its number is its id, so the newest one is known from the file names alone and a start that
has nothing to do never loads Alembic (0.3 s).

`python -m services.chassis.migrate revision <service> "<text>"` writes the next revision from the models.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click
from sqlalchemy import Connection, MetaData, Select, String, column, inspect, select, table, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import DeclarativeBase

import services.chassis.packages
import services.chassis.tables
import services.chassis.values  # noqa: F401  (the chassis's tables are known once these are imported)
from services.chassis.audit.tables import append_only_ddl
from services.chassis.db import ChassisBase, Database
from services.chassis.runtime import ServiceDefinition
from services.chassis.settings import SERVICES

_SERVICES = Path(__file__).parents[1]
_TURN = threading.Lock()  # Alembic keeps the migration that runs in variables of its modules
_ADVISORY_LOCK = 0x44656E67  # "Deng"; locks are per database


class MigrationRefused(Exception):
    """The database is not for this release to touch; the message says why and what to do."""


@dataclass(frozen=True)
class Lineage:
    """A chain of revisions: the folder of its files, and the tables that they lead to."""

    name: str
    versions: Path
    metadata: MetaData

    @property
    def version_table(self) -> str:
        return f"{self.name}_version"

    @property
    def version(self) -> Select[str]:
        """The query for the revision that a database is at."""
        return select(column("version_num", String)).select_from(table(self.version_table))

    def revisions(self) -> list[str]:
        """The ids of all revisions that this release knows, oldest first."""
        return sorted(file.name.partition("_")[0] for file in self.versions.glob("[0-9]*_*.py"))

    def is_behind(self, found: str | None) -> bool:
        """Whether a database at this revision has to be upgraded; MigrationRefused if it is of a newer release."""
        known = self.revisions()
        if found is not None and found not in known:
            raise MigrationRefused(
                f"数据库由更新的版本建立,请使用新版本 · the database is of a newer release: {self.name} is at"
                f" {found}, this release knows up to {known[-1]}. Start the newer release, or restore a backup."
            )
        return found != known[-1]


def lineage(name: str, base: type[DeclarativeBase]) -> Lineage:
    return Lineage(name, _SERVICES / name / "migrations" / "versions", base.metadata)


def lineages(service: ServiceDefinition) -> tuple[Lineage, Lineage]:
    """The two lineages of a service's database, in the order in which they are upgraded."""
    return lineage("chassis", ChassisBase), lineage(service.name, service.base)


def migrate(db: Database, service: ServiceDefinition) -> None:
    """Bring a service's database to this release's schema; does nothing where it is.

    All or nothing, in one transaction; a second process waits for the first. Raises MigrationRefused,
    SQLAlchemy's errors.
    """
    bring_to_head(db, lineages(service))


def require_current(db: Database, service: ServiceDefinition) -> None:
    """Raises MigrationRefused unless the database is at exactly this release's schema; writes nothing.

    A server that does not answer is no reason: a service waits for it, and says so when it is asked.
    """
    chains = lineages(service)
    with db.read() as session:
        try:
            there = inspect(session.connection()).get_table_names()
        except OperationalError:
            return
        found = [session.scalar(c.version) if c.version_table in there else None for c in chains]
    if _any_behind(chains, found):
        told = ", ".join(
            f"{chain.name} {version or '-'} (→ {chain.revisions()[-1]})"
            for chain, version in zip(chains, found, strict=True)
        )
        raise MigrationRefused(
            f"数据库尚未升级到本版本,请先执行 dengwen init · the database of {service.name} is behind this"
            f" release: {told}. Run `dengwen init` first."
        )


def bring_to_head(db: Database, chains: tuple[Lineage, ...]) -> None:
    if not _any_behind(chains, _quick_look(db, chains)):
        return
    from services.chassis.migrations.upgrade import upgrade  # noqa: PLC0415  Alembic: only when needed

    with _TURN, db.write() as session:  # SQLite: BEGIN IMMEDIATE keeps other processes out
        connection = session.connection()
        if not db.is_sqlite:
            _wait_for_turn(connection)
        found = _versions(connection, chains)  # again: another process may have been first
        if not _any_behind(chains, found):
            return
        for chain, version in zip(chains, found, strict=True):
            if version is None:
                _refuse_unversioned(connection, chain)
            if chain.is_behind(version):
                upgrade(connection, chain)
        guard(connection)


def guard(connection: Connection) -> None:
    """Put up the triggers that keep the audit trail append-only, in place of those that are there.

    They name the columns of their tables, and on SQLite go with a table that is built anew: so they are no part
    of a revision, but follow from the models after each upgrade.
    """
    dialect = connection.dialect.name
    for statement in append_only_ddl(dialect):
        if dialect == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {statement.split()[2]}")
            connection.exec_driver_sql(statement)
        else:
            connection.exec_driver_sql(statement.replace("CREATE ", "CREATE OR REPLACE ", 1))


def _any_behind(chains: tuple[Lineage, ...], found: list[str | None]) -> bool:
    behind = [chain.is_behind(version) for chain, version in zip(chains, found, strict=True)]
    return any(behind)  # asked of all before: one too new refuses the other's upgrade


def _quick_look(db: Database, chains: tuple[Lineage, ...]) -> list[str | None]:
    """The revisions that the database is at, in one query; all None where it has not got both tables."""
    query = select(*(chain.version.scalar_subquery() for chain in chains))
    with db.read() as session:
        try:
            return list(session.execute(query).one())
        except (OperationalError, ProgrammingError):  # a server that is away says so again at the next step
            return [None for _ in chains]


def _versions(connection: Connection, chains: tuple[Lineage, ...]) -> list[str | None]:
    there = inspect(connection).get_table_names()
    return [connection.scalar(chain.version) if chain.version_table in there else None for chain in chains]


def _wait_for_turn(connection: Connection) -> None:
    """PostgreSQL: one migration at a time; and give up rather than queue all work behind a table's lock."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    connection.execute(text("SET LOCAL lock_timeout = '15s'"))


def _refuse_unversioned(connection: Connection, chain: Lineage) -> None:
    if there := sorted(chain.metadata.tables.keys() & set(inspect(connection).get_table_names())):
        raise MigrationRefused(
            f"数据库中已有表但没有版本记录 · the database has tables of {chain.name} ({there[0]}, …) but no"
            f" {chain.version_table}: it was made by a development version. Remove it and create it anew."
        )


def named(name: str) -> Lineage:
    """The lineage of the chassis or of a service, its tables known by its `storage` and the files beside it."""
    if name == "chassis":
        return lineage(name, ChassisBase)
    for beside in sorted((_SERVICES / name).glob("storage_*.py")):
        import_module(f"services.{name}.{beside.stem}")
    return lineage(name, getattr(import_module(f"services.{name}.storage"), f"{name.capitalize()}Base"))


@click.group()
def main() -> None:
    """Revisions of the databases."""


@main.command("revision")
@click.argument("service", type=click.Choice(("chassis", *SERVICES)))
@click.argument("description")
def revision(service: str, description: str) -> None:
    """Write the next revision: what changed in the models since the last one."""
    from services.chassis.migrations.revision import NothingChanged, add_revision  # noqa: PLC0415

    try:
        path = add_revision(named(service), description)
    except NothingChanged:
        raise click.ClickException(f"the models of {service} are what the last revision leads to") from None
    click.echo(path)


if __name__ == "__main__":
    main()
