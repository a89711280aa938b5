"""Upgrading a database that is in use: its rows, its triggers, failures, other processes, other releases."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Column, Date, Index, Integer, String, column, table, text, update
from sqlalchemy.exc import DatabaseError

from dengwen.definitions import definition
from dengwen.schema import create_tables
from services.chassis.audit.tables import AuditEntry
from services.chassis.db import Database
from services.chassis.migrate import Lineage, MigrationRefused, bring_to_head, lineages, migrate
from services.chassis.migrations.revision import add_revision
from services.intake.definition import INTAKE
from tests.integration.migrations.catalogue import catalogue
from tests.integration.migrations.conftest import CopyOf, NewDatabase
from tests.integration.migrations.rows import contents, fill, values

ROOT = Path(__file__).parents[3]


def change_the_models(chassis: Lineage, intake: Lineage) -> None:
    """What a next release may bring: columns that must not be empty, one that may, an index, a column less."""
    petitions, entries, outbox = (
        intake.metadata.tables["petition"], chassis.metadata.tables["audit_entry"], chassis.metadata.tables["outbox"],
    )  # fmt: skip
    petitions.append_column(Column("urgency", String(64), nullable=False, default="it's usual"))
    petitions.append_column(Column("copied", Boolean, nullable=False, default=True))
    petitions.append_column(Column("pages", Integer, nullable=False, default=7))
    petitions.append_column(Column("answered_on", Date))
    entries.append_column(Column("desk", String(64), nullable=False, default=""))
    outbox.append_column(Column("priority", Integer, nullable=False, default=0))
    Index("outbox_priority", outbox.c.priority)


def test_an_upgrade_keeps_the_rows_and_fills_what_is_new(db: Database, copy_of: CopyOf) -> None:
    migrate(db, INTAKE)
    fill(db)
    before = contents(db)
    assert all(len(rows) == 2 for rows in before.values())
    chains = copy_of("chassis"), copy_of("intake")
    change_the_models(*chains)
    for chain in chains:
        add_revision(chain, "What a next release brings")

    bring_to_head(db, chains)

    assert contents(db) == before
    assert values(db, "petition", "urgency") == ["it's usual"] * 2
    assert values(db, "petition", "copied") == [1, 1]
    assert values(db, "petition", "pages") == [7, 7]
    assert values(db, "petition", "answered_on") == [None, None]
    assert values(db, "outbox", "priority") == [0, 0]


def test_an_upgraded_database_has_the_catalogue_of_a_new_one(
    new_database: NewDatabase, db: Database, copy_of: CopyOf
) -> None:
    new = new_database()
    migrate(db, INTAKE)
    fill(db)
    chains = copy_of("chassis"), copy_of("intake")
    change_the_models(*chains)
    with new.write() as session:
        for chain in chains:
            chain.metadata.create_all(session.connection())
    for chain in chains:
        add_revision(chain, "What a next release brings")
    bring_to_head(db, chains)
    found, expected = catalogue(db), catalogue(new)
    for part in ("columns", "indexes", *({"tables", "constraints", "sequences"} & expected.keys())):
        assert found[part] ^ expected[part] == set(), part


def test_the_audit_trail_stays_append_only_when_its_table_is_altered(db: Database, copy_of: CopyOf) -> None:
    migrate(db, INTAKE)
    fill(db)
    triggers = catalogue(db)["triggers"]
    chassis, intake = copy_of("chassis"), copy_of("intake")
    change_the_models(chassis, intake)
    add_revision(chassis, "A column of the trail")
    bring_to_head(db, (chassis, intake))
    assert catalogue(db)["triggers"] == triggers
    refused(db, "UPDATE audit_entry SET act = 'other'")
    refused(db, "DELETE FROM audit_entry")


def test_the_audit_trail_is_append_only_after_the_first_migration(db: Database) -> None:
    migrate(db, INTAKE)
    fill(db)
    refused(db, "UPDATE audit_entry SET act = 'other'")
    refused(db, "DELETE FROM audit_entry")
    with db.write() as session:
        session.query(AuditEntry).update({AuditEntry.salts: None})  # shredding is allowed


def refused(db: Database, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), db.write() as session:
        session.execute(text(statement))


def test_an_upgrade_that_fails_half_way_leaves_nothing_behind(db: Database, copy_of: CopyOf) -> None:
    migrate(db, INTAKE)
    fill(db)
    before, rows = catalogue(db), contents(db)
    chassis, intake = copy_of("chassis"), copy_of("intake")
    change_the_models(chassis, intake)
    add_revision(chassis, "Good")
    bad = add_revision(intake, "Bad")
    good = bad.read_text(encoding="utf-8")
    bad.write_text(good + "    raise ZeroDivisionError\n", encoding="utf-8")
    with pytest.raises(ZeroDivisionError):
        bring_to_head(db, (chassis, intake))
    assert (catalogue(db), contents(db)) == (before, rows)
    assert versions(db) == heads(lineages(INTAKE))

    bad.write_text(good, encoding="utf-8")
    bring_to_head(db, (chassis, intake))
    assert versions(db) == heads((chassis, intake)) != heads(lineages(INTAKE))


def versions(db: Database) -> list[str]:
    """The one row of each version table."""
    with db.read() as session:
        return [session.scalars(chain.version).one() for chain in lineages(INTAKE)]


def heads(chains: tuple[Lineage, ...]) -> list[str]:
    return [chain.revisions()[-1] for chain in chains]


def test_migrating_again_changes_nothing(db: Database) -> None:
    migrate(db, INTAKE)
    fill(db)
    before = catalogue(db), contents(db), versions(db)
    migrate(db, INTAKE)
    assert (catalogue(db), contents(db), versions(db)) == before


@pytest.mark.parametrize("newer", ["chassis_version", "intake_version"])
def test_a_database_of_a_newer_release_is_refused_and_left_alone(
    newer: str, db: Database, copy_of: CopyOf
) -> None:
    migrate(db, INTAKE)
    set_version(db, newer, "0099")
    before = catalogue(db)
    chassis, intake = copy_of("chassis"), copy_of("intake")
    change_the_models(chassis, intake)
    add_revision(intake if newer == "chassis_version" else chassis, "What the other lineage would like to do")
    with pytest.raises(MigrationRefused, match=r"newer release.* 0099"):
        bring_to_head(db, (chassis, intake))
    assert catalogue(db) == before


def set_version(db: Database, of: str, version: str) -> None:
    with db.write() as session:
        session.execute(update(table(of, column("version_num"))).values(version_num=version))


def test_tables_without_a_version_are_refused_and_left_alone(db: Database) -> None:
    create_tables(db, INTAKE)
    before = catalogue(db)
    with pytest.raises(MigrationRefused, match="development version"):
        migrate(db, INTAKE)
    assert catalogue(db) == before


MIGRATE = """
import sys
from services.chassis.db import Database
from services.chassis.migrate import bring_to_head, named

url, service = sys.argv[1:]
chains = (named("chassis"), named(service))
print("ready", flush=True)
sys.stdin.readline()
bring_to_head(Database(url), chains)
print("alembic" in sys.modules)
"""


def start_migrating(db: Database) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", MIGRATE, db.url, "inspection"], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def await_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"


def test_two_processes_at_once_migrate_once(db: Database) -> None:
    processes = [start_migrating(db) for _ in range(2)]
    for process in processes:
        await_ready(process)
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ended = [(*process.communicate(timeout=60), process.returncode) for process in processes]
    assert [(code, errors) for _, errors, code in ended] == [(0, ""), (0, "")]
    with db.read() as session:
        for chain in lineages(definition("inspection")):
            assert session.scalars(chain.version).all() == [chain.revisions()[-1]]
    assert len(catalogue(db)["triggers"]) == 18


def test_a_start_with_nothing_to_do_does_without_alembic(db: Database) -> None:
    migrate(db, definition("inspection"))
    output, errors = start_migrating(db).communicate("go\n", timeout=60)
    assert (output, errors) == ("ready\nFalse\n", "")
