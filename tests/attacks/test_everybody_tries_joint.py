"""Every account tries every act and every reading on each item of joint supervision and of what it leads to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.inspection.joint_supervising import KINDS
from tests.attacks.inspection_joint import DOERS, KNOWN, JointItems
from tests.attacks.trying import ACCOUNTS, acts_are_for, acts_on, it_is_there, readings_are_hidden
from tests.world import World

KIND_AT = {f"/inspection/{kind.path}": kind.model.KIND for kind in KINDS}


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JointItems]:
    made = JointItems(World(tmp_path_factory.mktemp("joint"), services=("inspection",))).fill()
    yield made
    made.world.close()


def test_every_kind_has_its_line() -> None:
    assert set(KNOWN) == set(KIND_AT)


@pytest.mark.parametrize("place", KNOWN)
def test_an_item_is_there_for_those_only_who_may_know_of_it(items: JointItems, place: str) -> None:
    readings_are_hidden(items.world, place, items.chosen[place], set(ACCOUNTS) - KNOWN[place])
    it_is_there(items.world, place, items.chosen[place], KNOWN[place])


@pytest.mark.parametrize("place", KNOWN)
def test_each_act_on_it_is_for_the_posts_written_down_and_for_nobody_else(
    items: JointItems, place: str
) -> None:
    acts = acts_on(items.world, "inspection", KIND_AT[place])
    doers = {act: DOERS[place][act] for act in acts}
    acts_are_for(items.world, place, items.chosen[place], KNOWN[place], doers)
