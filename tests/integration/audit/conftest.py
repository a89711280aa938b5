"""Both engines for every audit test; PostgreSQL databases of one module are made once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.chassis.db import Database
from tests.integration.audit.installation import Installation, create_tables
from tests.servers import Postgres

MakeUrl = Callable[[str], str]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def make_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeUrl]:
    """`make(name) -> url` of an empty database on either engine."""
    if request.param == "sqlite":
        directory: Path = tmp_path_factory.mktemp("audit")
        yield lambda name: f"sqlite:///{directory / f'{name}-{uuid.uuid4().hex}.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    made: list[str] = []

    def make(name: str) -> str:
        made.append(f"audit_{name}_{uuid.uuid4().hex[:12]}")
        return server.create_database(made[-1])

    yield make
    for database in made:
        server.drop_database(database)


@pytest.fixture
def db(make_url: MakeUrl) -> Iterator[Database]:
    """One service's database with the audit tables and their triggers."""
    database = Database(make_url("one"), pool_size=5)
    create_tables(database)
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def history(make_url: MakeUrl) -> Iterator[Installation]:
    """Sixty acts in `clues`, a head after each ten, witnessed by the two others; ten acts in `intake`.

    Attacks run in transactions that are rolled back: nobody may change it.
    """
    installation = Installation(make_url)
    installation.acts_and_heads("clues", 60)
    installation.acts_and_heads("intake", 10)
    yield installation
    installation.dispose()
