"""Installations for the desk's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from services.desk.passwords import WORKER
from tests.unit.desk.phone import Phone
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World


@pytest.fixture(scope="session", autouse=True)
def worker_ends() -> Iterator[None]:
    yield
    WORKER.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Desk and intake; archive and notifications are away, so ids stand for names."""
    made = World(tmp_path, services=("intake", "desk"))
    yield made
    made.close()


@pytest.fixture
def visitor(world: World) -> Callable[[str], Visitor]:
    """`visitor("clerk1")`: an account of the example authority, opened and signed in."""

    def signed_in(account: str) -> Visitor:
        open_account(world, account)
        person = Visitor(world)
        assert person.sign_in(account).status == 303
        return person

    return signed_in


@pytest.fixture
def phone(world: World, monkeypatch: pytest.MonkeyPatch) -> Phone:
    return Phone(world, monkeypatch)


@pytest.fixture
def asked_of(world: World) -> Callable[..., None]:
    """`asked_of("administrators")`: the installation asks these for a second factor."""

    def asked(*roles: str) -> None:
        desk = world.runtimes["desk"]
        desk.settings = replace(desk.settings, second_factor=roles)

    return asked
