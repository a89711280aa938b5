"""Reports and the hearings of results on PostgreSQL: the same steps, the same readers, and a trail that holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.attacks.inspection_results import KNOWN, ResultItems
from tests.attacks.trying import ACCOUNTS, it_is_there
from tests.attacks.verifying import verified
from tests.clauses.result_steps import ROUND_CLUES, ROUND_REPORTS
from tests.clauses.round_steps import done
from tests.world import World


def test_a_round_comes_to_its_results_and_is_there_for_those_only_who_may_know(
    tmp_path_factory: pytest.TempPathFactory, postgres_databases: Callable[..., str]
) -> None:
    world = World(tmp_path_factory.mktemp("results"), services=("inspection",), database=postgres_databases)
    items = ResultItems(world).fill()
    try:
        for place in (ROUND_REPORTS, ROUND_CLUES):
            done(items.decide(f"{place}/{items.chosen[place]}", items.head))
        for place, known in KNOWN.items():
            it_is_there(world, place, items.chosen[place], known)
            listed = {a for a in ACCOUNTS if world.as_(a).get(place, limit="200").body["items"]}
            assert listed == known, place
        assert verified(world).ok
    finally:
        world.close()
