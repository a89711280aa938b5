"""Pages of the five supervisions, of special-duty supervision and of supervised offices show words and names alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from services.desk.passwords import WORKER
from tests.attacks import inspection_five, inspection_office_rules, inspection_offices
from tests.attacks.inspection_five import FiveItems
from tests.attacks.inspection_office_rules import OfficeRuleItems
from tests.attacks.inspection_offices import OfficeItems
from tests.clauses.office_steps import POSTS
from tests.unit.desk.visitor import Visitor
from tests.world import World

ID = r"\b[0-9a-f]{32}\b"
STORED = (r"\bp-[a-z]+\d?\b", r"\b[a-z]+(?:_[a-z]+)+\b")
"""Persons and codes as the tables have them."""
OF_THIS_WORLD = {f"p-{account}" for account, *_ in POSTS} | {"village_funds"}
"""Whom no roster names, and a code that the authority itself gave."""
KNOWN = inspection_five.KNOWN | inspection_offices.KNOWN | inspection_office_rules.KNOWN


@dataclass
class Here:
    world: World
    chosen: dict[str, str]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    from tests.attacks.twins import load_names

    world = World(tmp_path_factory.mktemp("supervision"))
    load_names(world)
    chosen = FiveItems(world).fill().chosen | OfficeRuleItems(world).fill().chosen
    chosen |= OfficeItems(world).fill().chosen
    world.pump()
    yield Here(world, chosen)
    world.close()
    WORKER.close()


@pytest.mark.parametrize("place", KNOWN)
def test_an_items_page_and_its_papers_show_nothing_as_it_is_stored(here: Here, place: str) -> None:
    account = min(KNOWN[place] - {"edu-clerk", "edu-head", "hou-head"})
    visitor, item = Visitor(here.world), here.chosen[place]
    assert visitor.sign_in(account).status == 303
    path = f"/desk/items{place}/{item}"
    papers = here.world.as_(account).get(f"{place}/{item}").body["papers"]
    for address in (path, *(f"{path}/papers/{paper['id']}" for paper in papers)):
        page = visitor.get(address)
        assert page.status == 200, address
        patterns = (ID, *STORED) if address == path else STORED
        found = {word for pattern in patterns for word in re.findall(pattern, page.text)}
        assert found - OF_THIS_WORLD == set(), address
