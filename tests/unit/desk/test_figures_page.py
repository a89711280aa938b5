"""Figures at the desk: a period, a table, the items behind a number, its definition with the clause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from services.desk.passwords import WORKER
from tests.clauses.figure_rows import Rows
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World

PERIOD = "from=2026-01-01&to=2026-12-31&offices=pz1"
DAY = date(2026, 2, 2)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, services=("clues", "desk"))
    yield made
    made.close()
    WORKER.close()


def at_desk(world: World, account: str) -> Visitor:
    open_account(world, account)
    visitor = Visitor(world)
    assert visitor.sign_in(account).status == 303
    return visitor


def test_the_page_has_a_form_and_every_definition(world: World) -> None:
    page = at_desk(world, "head1").get("/desk/figures")
    assert page.status == 200
    assert "GL-1.32" in page.links
    assert "第一种形态（人）" in page.text
    assert [form.action for form in page.forms if "figures" in form.action] == ["/desk/figures"]
    assert "/desk/figures" in page.links.values()


def test_a_period_gives_the_table_and_a_number_leads_to_its_items(world: World) -> None:
    rows = Rows(world)
    clue = rows.clue("p-edu-sec")
    rows.first_form(DAY, "p-edu-sec", clue=clue)
    rows.disposed(DAY, clue=clue)
    visitor = at_desk(world, "head1")
    table = visitor.get(f"/desk/figures?{PERIOD}")
    assert "1 人" in table.text
    assert "不适用" in table.text  # growth, with nothing a year earlier
    assert "MISSING_FIELD" in table.text  # what is counted since the reform, whose day nobody named
    detail = visitor.get(table.link("第一种形态（人）"))
    assert detail.status == 200
    assert f"/desk/items/clues/clues/{clue}" in detail.links.values()
    assert "只统计您有权知悉的事项" in detail.text
    assert "first_form_record" in detail.text
    assert "2026年2月2日" in detail.text


def test_what_is_counted_since_the_reform_shows_its_shares(world: World) -> None:
    rows = Rows(world)
    rows.first_form(DAY, "p-row-1")
    rows.sanction(DAY, "p-row-2", "fourth_form")
    page = at_desk(world, "head1").get(f"/desk/figures/clues/GL-4.5?{PERIOD}&reform_on=2026-01-01")
    assert page.status == 200
    assert page.text.count("50.0%") == 2


def test_who_may_not_ask_sees_definitions_alone(world: World) -> None:
    visitor = at_desk(world, "deputy1")
    page = visitor.get(f"/desk/figures?{PERIOD}")
    assert page.status == 200
    assert "不能查询数值" in page.text
    assert not [form for form in page.forms if "figures" in form.action]
    assert visitor.get(f"/desk/figures/clues/GL-1.32?{PERIOD}").status == 403


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        (f"/desk/figures/clues/GL-9.9?{PERIOD}", 404, "UNKNOWN_REFERENCE"),
        (f"/desk/figures/nowhere/GL-1.32?{PERIOD}", 404, ""),
        ("/desk/figures/clues/GL-1.32?to=2026-12-31&offices=pz1", 422, "MISSING_FIELD"),
        ("/desk/figures/clues/GL-1.32?from=x&to=2026-12-31&offices=pz1", 422, "INVALID_FIELD"),
    ],
)
def test_an_address_that_asks_wrongly_is_told_so(world: World, address: str, status: int, words: str) -> None:
    page = at_desk(world, "head1").get(address)
    assert (page.status, words in page.text) == (status, True)


def test_a_long_list_of_entries_goes_on_on_the_next_page(world: World) -> None:
    rows = Rows(world)
    for number in range(51):
        rows.first_form(DAY, f"p-row-{number}")
    visitor = at_desk(world, "head1")
    first = visitor.get(f"/desk/figures/clues/GL-1.32?{PERIOD}")
    second = visitor.get(first.link("下一页"))
    items = [
        {target for target in page.links.values() if target.startswith("/desk/items/")}
        for page in (first, second)
    ]
    assert (len(items[0]), len(items[1]), items[0] & items[1]) == (50, 1, set())


def test_the_figures_of_every_service_stand_in_one_table_and_one_that_is_away_is_said(
    world: World, tmp_path: Path
) -> None:
    alone = at_desk(world, "head1").get(f"/desk/figures?{PERIOD}")
    assert "现在无法连接" in alone.text
    assert "GL-1.9" not in alone.links
    both = World(tmp_path / "both", services=("clues", "inspection", "desk"))
    page = at_desk(both, "head1").get(f"/desk/figures?{PERIOD}")
    assert {"GL-1.32", "GL-1.9"} <= set(page.links)
    assert "现在无法连接" not in page.text
    both.close()
