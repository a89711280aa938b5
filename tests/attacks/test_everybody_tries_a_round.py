"""Every account tries every act and every reading on each item of an inspection round."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.inspection.definition import INSPECTION
from tests.attacks.inspection_rounds import DOERS, KNOWN, OFFICE, RoundItems
from tests.attacks.trying import (
    ACCOUNTS,
    READINGS,
    acts_are_for,
    acts_on,
    it_is_there,
    readings_are_hidden,
)
from tests.world import World

KINDS = {f"/inspection/{kind.path}": kind.model.KIND for kind in INSPECTION.kinds}


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundItems]:
    made = RoundItems(World(tmp_path_factory.mktemp("round"), services=("inspection",))).fill()
    yield made
    made.world.close()


@pytest.mark.parametrize("place", KNOWN)
def test_an_item_of_a_round_is_there_for_those_only_who_may_know_of_it(items: RoundItems, place: str) -> None:
    world, item = items.world, items.chosen[place]
    views = ("/compliance", "/composition", "/team-proposal") if place.endswith("/rounds") else ()
    readings_are_hidden(world, place, item, set(ACCOUNTS) - KNOWN[place], [*READINGS, *views])
    it_is_there(world, place, item, KNOWN[place])


@pytest.mark.parametrize("place", DOERS)
def test_each_act_on_it_is_for_the_posts_written_down_and_for_nobody_else(
    items: RoundItems, place: str
) -> None:
    acts = acts_on(items.world, "inspection", KINDS[place])
    assert acts
    assert set(DOERS[place]) <= set(acts)
    doers = {act: DOERS[place].get(act, OFFICE) for act in acts}
    acts_are_for(items.world, place, items.chosen[place], KNOWN[place], doers)
