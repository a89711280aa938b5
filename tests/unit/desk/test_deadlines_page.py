"""Clocks at a glance at the desk: numbers by office and clause that lead to the items behind them."""

from __future__ import annotations

from collections.abc import Callable

from tests.clauses.intake_petitions import bring, register
from tests.unit.desk.visitor import Visitor
from tests.world import World

Signed = Callable[[str], Visitor]


def test_a_late_clock_is_a_number_that_leads_to_its_item(world: World, visitor: Signed) -> None:
    world.on(2026, 3, 2)
    petition = str(register(world)["id"])
    world.on(2026, 3, 6)
    clerk = visitor("clerk1")
    glance = clerk.get("/desk/deadlines")
    assert glance.status == 200
    assert "LZ-12.1" in glance.links
    late = next(target for target in glance.links.values() if "when=late" in target and "LZ-12.1" in target)
    behind = clerk.get(late)
    assert any(petition in target for target in behind.links.values())
    assert "2026年3月5日" in behind.text


def test_who_may_not_know_of_an_item_counts_no_clock_of_it(world: World, visitor: Signed) -> None:
    world.on(2026, 3, 2)
    petition = bring(world, "registered")
    stranger = visitor("clerk3")
    assert "没有未结的时限" in stranger.get("/desk/deadlines").text
    asked = "/desk/deadlines/intake?office=pz1&clause=LZ-12.1&when=week"
    assert petition not in stranger.get(asked).html
    assert petition in visitor("clerk1").get(asked).html


def test_a_number_of_no_kind_is_no_page(world: World, visitor: Signed) -> None:
    assert visitor("clerk1").get("/desk/deadlines/intake?office=pz1&clause=LZ-12.1&when=soon").status == 404
