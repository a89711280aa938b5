"""Both engines for every test of migrations, and lineages that a test may add revisions to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from services.chassis.db import Database
from services.chassis.migrate import Lineage, named

NewDatabase = Callable[[], Database]
CopyOf = Callable[[str], Lineage]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """`make() -> Database`, empty, on either engine."""
    made: list[Database] = []
    postgres = request.getfixturevalue("postgres_databases") if request.param == "postgresql" else None

    def make() -> Database:
        url = postgres("migrations") if postgres else f"sqlite:///{tmp_path / f'{len(made)}.db'}"
        made.append(Database(url, pool_size=2))
        return made[-1]

    yield make
    for database in made:
        database.dispose()


@pytest.fixture
def db(new_database: NewDatabase) -> Database:
    return new_database()


@pytest.fixture
def copy_of(tmp_path: Path) -> CopyOf:
    """`copy_of(name) -> Lineage`: its revisions in a folder of the test's, its tables in a metadata of their own."""

    def copy(name: str) -> Lineage:
        lineage, metadata = named(name), MetaData()
        for table in lineage.metadata.tables.values():
            table.to_metadata(metadata)
        versions = tmp_path / name / "versions"
        shutil.copytree(lineage.versions, versions, ignore=shutil.ignore_patterns("__pycache__"))
        return replace(lineage, versions=versions, metadata=metadata)

    return copy
