"""An intake at the start of 2027, on either engine where a test asks for both."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger_imports import Importing
from tests.world import World

SERVICES = ("intake",)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    folder = tmp_path / "installation"
    folder.mkdir()
    made = World(folder, services=SERVICES)
    made.on(2027, 1, 5)
    yield made
    made.close()


@pytest.fixture
def importing(world: World) -> Importing:
    return Importing(world)


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A world whose intake stands on SQLite or on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("world")
        return
    server = request.getfixturevalue("postgres_server")
    name = f"import_{uuid.uuid4().hex[:12]}"
    url = server.create_database(name)
    made = World(tmp_path, services=SERVICES, database=lambda _: url)
    made.on(2027, 1, 5)
    yield made
    made.close()
    server.drop_database(name)
