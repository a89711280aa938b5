"""The clause browser in a browser: from the texts to a clause, its act, and back by searching in Chinese."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.clauses.intake_petitions import letter, register
from tests.world import World


def test_a_clause_is_found_by_text_by_chapter_and_by_word(
    sign_in: Callable[[str], Page], pictures: Callable[[Page, str], None]
) -> None:
    page = sign_in("clerk1")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("link", name="条款 Clauses").click()
    pictures(page, "clauses-texts")
    page.get_by_role("link", name="LZ 派驻").click()
    page.get_by_role("link", name="第12条", exact=True).click()
    pictures(page, "clauses-of-a-text")
    page.get_by_role("link", name="LZ-12.1", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("归口管理")
    pictures(page, "clause")
    page.get_by_role("link", name="intake.register_petition").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("登记信访件")
    pictures(page, "declaration")
    page.get_by_role("link", name="条款 Clauses").click()
    page.get_by_label("查找").fill("归口管理 第12条")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="LZ-12.1", exact=True)).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    pictures(page, "clauses-found-phone")


def test_another_value_is_tried_and_what_would_move_is_listed(
    world: World, sign_in: Callable[[str], Page], pictures: Callable[[Page, str], None]
) -> None:
    for day in (2, 4, 5):
        world.on(2026, 3, day)
        register(world, letter(received_on=f"2026-03-{day:02}", summary=f"第{day}日的信"))
    page = sign_in("clerk1")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("link", name="条款 Clauses").click()
    page.get_by_label("查找").fill("LZ-12.1")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="LZ-12.1", exact=True).click()
    page.get_by_role("link", name="换一个数值会怎样").click()
    page.get_by_label("设想的数值").fill("5")
    page.get_by_role("button", name="推演").click()
    expect(page.get_by_role("cell", name="+4")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(4)
    pictures(page, "what-if")
    page.set_viewport_size({"width": 390, "height": 844})
    pictures(page, "what-if-phone")
