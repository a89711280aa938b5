"""The revisions lead to the models, for all services and on both engines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from dengwen.definitions import definition
from dengwen.schema import create_tables
from services.chassis.db import Database
from services.chassis.migrate import lineages, migrate, named
from services.chassis.settings import SERVICES
from tests.integration.migrations.catalogue import catalogue
from tests.integration.migrations.conftest import NewDatabase

ROOT = Path(__file__).parents[3]
UNKNOWN_TABLES = """
import importlib, pkgutil
from services import chassis
from services.chassis.migrate import named

known = set(named("chassis").metadata.tables)
for module in pkgutil.walk_packages(chassis.__path__, "services.chassis."):
    if ".entrypoints" not in module.name and ".migrations" not in module.name:
        importlib.import_module(module.name)
print(sorted(set(named("chassis").metadata.tables) - known))
"""


@pytest.mark.parametrize("service", SERVICES)
def test_autogenerate_finds_nothing_to_change_after_migrating(service: str, db: Database) -> None:
    declared = definition(service)
    migrate(db, declared)
    chains = lineages(declared)
    versions = {chain.version_table for chain in chains}
    with db.read() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _parents: kind != "table" or name not in versions,
            },
        )
        assert compare_metadata(context, [chain.metadata for chain in chains]) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("service", SERVICES)
def test_a_migrated_database_has_the_catalogue_of_one_made_from_the_models(
    service: str, new_database: NewDatabase
) -> None:
    migrated, made = new_database(), new_database()
    migrate(migrated, definition(service))
    create_tables(made, definition(service))
    found, expected = catalogue(migrated), catalogue(made)
    assert len(expected["triggers"]) == 18, "six tables are append-only, by three triggers each"
    for part, rows in expected.items():
        assert found[part] ^ rows == set(), part


@pytest.mark.parametrize("name", ["chassis", *SERVICES])
def test_a_lineage_is_one_chain_numbered_from_0001(name: str) -> None:
    lineage = named(name)
    known = lineage.revisions()
    assert known == [f"{number:04}" for number in range(1, len(known) + 1)]
    script = ScriptDirectory(str(lineage.versions.parent), version_locations=[str(lineage.versions)])
    chain = [(revision.revision, revision.down_revision) for revision in script.walk_revisions()]
    assert chain == list(zip(reversed(known), [*reversed(known[:-1]), None], strict=True))


@pytest.mark.parametrize("service", SERVICES)
def test_the_command_looks_at_the_tables_that_the_service_has(service: str) -> None:
    assert named(service).metadata is definition(service).base.metadata


def test_every_table_of_the_chassis_is_known_to_its_lineage() -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNKNOWN_TABLES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]", "import the module in services/chassis/migrate.py"
