"""Every account tries every act and every reading on each item of an inspection round."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from services.inspection.definition import INSPECTION
from tests.attacks.inspection_rounds import DOERS, KNOWN, OFFICE, RoundItems
from tests.attacks.test_everybody_tries_everything import ACCOUNTS, acts_on, tried, whole
from tests.world import World

KINDS = {f"/inspection/{kind.path}": kind.model.KIND for kind in INSPECTION.kinds}
READINGS = ("", "/papers/x", "/attachments/x")


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundItems]:
    made = RoundItems(World(tmp_path_factory.mktemp("round"), services=("inspection",))).fill()
    yield made
    made.world.close()


@pytest.mark.parametrize("place", KNOWN)
def test_an_item_of_a_round_is_there_for_those_only_who_may_know_of_it(items: RoundItems, place: str) -> None:
    world, item, nothing = items.world, items.chosen[place], uuid4().hex
    views = ("/compliance", "/composition") if place.endswith("/rounds") else ()
    for account in set(ACCOUNTS) - KNOWN[place]:
        client = world.as_(account)
        for reading in (*READINGS, *views):
            hidden = client.get(f"{place}/{item}{reading}")
            assert whole(hidden) == whole(client.get(f"{place}/{nothing}{reading}")), (account, reading)
        for lists in (place, "/inspection/worklist"):
            assert item not in {one["id"] for one in client.get(lists, limit="200").body["items"]}, account
    for account in KNOWN[place]:
        assert world.as_(account).get(f"{place}/{item}").status == 200, account
        assert item in {one["id"] for one in world.as_(account).get(place, limit="200").body["items"]}


@pytest.mark.parametrize("place", DOERS)
def test_each_act_on_it_is_for_the_posts_written_down_and_for_nobody_else(
    items: RoundItems, place: str
) -> None:
    world, item, nothing = items.world, items.chosen[place], uuid4().hex
    acts = acts_on(world, "inspection", KINDS[place])
    assert acts
    assert set(DOERS[place]) <= set(acts)
    for act in acts:
        for account in ACCOUNTS:
            client = world.as_(account)
            answer = tried(client, f"{place}/{item}/{act}")
            if account not in KNOWN[place]:
                assert whole(answer) == whole(tried(client, f"{place}/{nothing}/{act}")), (account, act)
            else:
                allowed = account in DOERS[place].get(act, OFFICE)
                assert answer.code == ("STALE_VERSION" if allowed else "WRONG_ROLE"), (account, act, answer)
