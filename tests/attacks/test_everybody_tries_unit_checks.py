"""Every account tries every act and reading on checks of units, main responsibility and special checks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.inspection.unit_checking import KINDS
from tests.attacks.inspection_unit_checks import CREATORS, DOERS, KNOWN, UnitCheckItems
from tests.attacks.trying import ACCOUNTS, acts_are_for, acts_on, it_is_there, readings_are_hidden
from tests.world import World

KIND_AT = {f"/inspection/{kind.path}": kind.model.KIND for kind in KINDS}


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnitCheckItems]:
    made = UnitCheckItems(World(tmp_path_factory.mktemp("checks"), services=("inspection",))).fill()
    yield made
    made.world.close()


def test_every_kind_has_its_line() -> None:
    assert set(KNOWN) == set(KIND_AT)


@pytest.mark.parametrize("place", KNOWN)
def test_an_item_is_there_for_those_only_who_may_know_of_it(items: UnitCheckItems, place: str) -> None:
    readings_are_hidden(items.world, place, items.chosen[place], set(ACCOUNTS) - KNOWN[place])
    it_is_there(items.world, place, items.chosen[place], KNOWN[place])


@pytest.mark.parametrize("place", KNOWN)
def test_each_act_on_it_is_for_the_posts_written_down_and_for_nobody_else(
    items: UnitCheckItems, place: str
) -> None:
    assert set(acts_on(items.world, "inspection", KIND_AT[place])) == set(DOERS.get(place, {}))
    acts_are_for(items.world, place, items.chosen[place], KNOWN[place], DOERS.get(place, {}))


@pytest.mark.parametrize("path", CREATORS)
def test_it_is_opened_by_the_posts_written_down_and_by_nobody_else(items: UnitCheckItems, path: str) -> None:
    for account in ACCOUNTS:
        answer = items.world.as_(account).act(path, {})
        assert (answer.code != "WRONG_ROLE") == (account in CREATORS[path]), (account, answer)
