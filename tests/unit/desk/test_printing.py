"""Printed papers: the register entry and the cover letter, for who may know of the petition, each reading logged."""

from __future__ import annotations

from collections.abc import Callable

from tests.clauses.intake_petitions import audit, bring
from tests.unit.desk.visitor import Visitor
from tests.world import World

Signed = Callable[[str], Visitor]


def test_the_register_entry_and_the_cover_letter_are_printed_and_the_reading_is_logged(
    world: World, visitor: Signed
) -> None:
    petition = bring(world, "forwarded")
    clerk = visitor("clerk1")
    item = clerk.get(f"/desk/items/intake/petitions/{petition}")
    clerk.get("/desk/language/en")
    sheet = clerk.get(item.link("打印登记表和附函"))
    assert '<html lang="zh-CN">' in sheet.html, "papers are printed in Chinese"
    assert sheet.status == 200
    assert ("信访登记表" in sheet.text, "附函" in sheet.text, "反映某科级干部违规问题" in sheet.text) == (
        True,
    ) * 3
    assert [line[:2] for line in audit(world, petition)].count(("read_paper", "read")) == 2


def test_who_may_not_know_of_a_petition_prints_nothing(world: World, visitor: Signed) -> None:
    petition = bring(world, "forwarded")
    page = visitor("clerk3").get(f"/desk/items/intake/petitions/{petition}/print")
    assert page.status == 404
    assert "反映某科级干部" not in page.text
