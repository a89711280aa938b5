"""The assessment page of an office: supervision stands before cases (GL-1.38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from services.desk.passwords import WORKER
from tests.clause_proof import proves
from tests.clauses.figure_rows import Rows
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World

PERIOD = "from=2026-01-01&to=2026-12-31&offices=pz1"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, services=("inspection", "clues", "desk"))
    yield made
    made.close()
    WORKER.close()


def at_desk(world: World, account: str) -> Visitor:
    open_account(world, account)
    visitor = Visitor(world)
    assert visitor.sign_in(account).status == 303
    return visitor


@proves("GL-1.38", check=1)
@pytest.mark.parametrize("account", ["head1", "leader", "deputy1"])
def test_on_the_assessment_page_of_an_office_supervision_stands_before_cases(
    world: World, account: str
) -> None:
    page = at_desk(world, account).get(f"/desk/assessment?{PERIOD}")
    assert page.status == 200
    assert "GL-1.38" in page.links
    order = [page.text.index(words) for words in ("监督三重一大事项", "监督意见", "第一种形态", "立案")]
    assert order == sorted(order)
    assert page.text.index("一、监督") < order[0] < page.text.index("二、线索和案件") < order[2]


def test_the_page_is_of_one_office_and_gives_its_values(world: World) -> None:
    Rows(world).first_form(date(2026, 2, 2), "p-edu-sec")
    visitor = at_desk(world, "head1")
    page = visitor.get(f"/desk/assessment?{PERIOD}&offices=pz2")
    assert "1 人" in page.text
    assert "pz2" not in page.link("第一种形态（人）")
    empty = visitor.get("/desk/assessment")
    assert [form.action for form in empty.forms if "assessment" in form.action] == ["/desk/assessment"]
    assert "1 人" not in empty.text
    assert "/desk/assessment" in visitor.get("/desk/figures").links.values()
