"""Supervision between rounds on PostgreSQL: the same steps and clocks, the same readers, and a trail that holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.attacks import inspection_five, inspection_office_rules, inspection_offices
from tests.attacks.inspection_five import FiveItems
from tests.attacks.inspection_office_rules import OfficeRuleItems
from tests.attacks.inspection_offices import OfficeItems
from tests.attacks.trying import ACCOUNTS, it_is_there
from tests.attacks.verifying import verified
from tests.clauses.duty_supervision_steps import DUTIES
from tests.world import World

KNOWN = inspection_five.KNOWN | inspection_offices.KNOWN | inspection_office_rules.KNOWN


def test_items_are_there_for_those_only_who_may_know_and_clocks_run_out(
    tmp_path_factory: pytest.TempPathFactory, postgres_databases: Callable[..., str]
) -> None:
    world = World(tmp_path_factory.mktemp("offices"), services=("inspection",), database=postgres_databases)
    five, offices, rules = FiveItems(world).fill(), OfficeItems(world).fill(), OfficeRuleItems(world).fill()
    chosen = five.chosen | offices.chosen | rules.chosen
    try:
        for place, known in KNOWN.items():
            it_is_there(world, place, chosen[place], known)
            seen = {
                account
                for account in ACCOUNTS
                if chosen[place]
                in {one["id"] for one in world.as_(account).get(place, limit="200").body["items"]}
            }
            assert seen == known, place
        world.on(2026, 4, 6)
        world.tick()
        assert five.gaps(f"{DUTIES}/{chosen[DUTIES]}", "GL-3.20") == 3
        assert offices.open_gaps() == ["pz2"]
        assert five.overview()["by_type"]["petition_supervision"] == 1
        assert verified(world).ok
    finally:
        world.close()
