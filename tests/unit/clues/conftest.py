"""An installation's clues on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.world import World


@pytest.fixture(params=["sqlite", "postgresql"])
def clues_on_both_engines(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    make: Callable[[str], str] | None = None
    if request.param == "postgresql":
        make = request.getfixturevalue("postgres_databases")
    made = World(tmp_path, services=("clues",), database=make)
    yield made
    made.close()
