"""The keyboard, and parts of pages by script: from line to line, to the filter, a form sent; no reload."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import update

from services.chassis.clock import real_now
from services.desk.domain.session_life import IDLE
from services.desk.storage import DeskSession
from tests.browser.test_nothing_is_lost import TEXT, sign_in
from tests.world import World

FINE = ("status of", "htmx:afterRequest, ", "htmx:sendAbort, ")
"""On the console: an answer that is a refusal, and a request that a later one replaced (failed: sendError)."""
REGISTER = "/desk/registers/intake/petitions"


@pytest.fixture
def page(browser: Browser, address: str, world: World) -> Iterator[Page]:
    """A clerk who has two letters, in a browser with scripts. Whatever the browser blocks fails the test."""
    for summary in ("第一封信", "第二封信"):
        paper = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
                 "summary": summary, "class_code": "supervision_object"}  # fmt: skip
        assert world.as_("clerk1").act("/intake/petitions/register_petition", paper).status == 201
    context: BrowserContext = browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="zh-CN", base_url=address
    )
    opened, said = context.new_page(), list[str]()
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    sign_in(opened, "/desk/")
    yield opened
    context.close()
    assert [line for line in said if not any(fine in line for fine in FINE)] == [], (
        "nothing blocked or failed"
    )


def focused(page: Page) -> Any:
    return page.evaluate("document.activeElement.textContent")


def test_one_goes_from_line_to_line_opens_it_and_gets_help(page: Page) -> None:
    lines = page.locator("tbody th a")
    expect(lines).to_have_count(2)
    for key, at in (("j", 0), ("j", 1), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert focused(page) == lines.nth(at).text_content()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("下一行")
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    assert focused(page) == lines.nth(0).text_content(), "the focus is where it was"
    page.keyboard.press("Enter")
    expect(page.locator(".state")).to_be_visible()


def test_what_is_typed_is_typed_and_control_enter_sends_the_form(world: World, page: Page) -> None:
    page.goto("/desk/new/intake/petitions/register_petition")
    page.locator("#received_on").fill("2026-03-02")
    page.locator("#channel").select_option("letter")
    page.locator("#summary").press_sequentially("jk/?")
    expect(page.locator("#summary")).to_have_value("jk/?")
    page.locator("#summary").fill(TEXT)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("已办理")
    assert len(world.as_("clerk1").get("/intake/petitions").body["items"]) == 3


def test_a_register_is_filtered_without_a_reload_and_the_way_back_works(page: Page) -> None:
    page.goto(REGISTER)
    page.evaluate("window.still_here = true")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "state"
    page.locator("#opened_from").fill("2026-03-03")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_text("没有您可查看的事项")).to_be_visible()
    expect(page.get_by_label("把当前筛选保存为")).to_have_count(1)
    assert page.url.endswith("opened_from=2026-03-03&opened_to=")
    assert page.evaluate("window.still_here") is True
    page.get_by_role("main").get_by_role("link", name="全部").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert page.evaluate("window.still_here") is True
    kept = "JSON.stringify([Object.keys(localStorage), sessionStorage.getItem('htmx-history-cache')])"
    assert page.evaluate(kept) == "[[],null]", "no page lies in the browser's storage"


def test_who_is_signed_out_meanwhile_is_led_to_the_sign_in_as_a_whole(world: World, page: Page) -> None:
    page.goto(REGISTER)
    with world.runtimes["desk"].db.write() as session:
        session.execute(update(DeskSession).values(seen_at=real_now() - IDLE))
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_label("口令")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_the_worklist_is_narrowed_to_what_is_late(world: World, page: Page) -> None:
    world.on(2026, 3, 9)
    page.goto("/desk/")
    page.get_by_role("link", name="逾期").click()
    page.get_by_role("link", name="待我审批").click()  # at once: the later one counts
    expect(page.locator("[aria-current]")).to_contain_text("待我审批")
    expect(page.get_by_text("没有这样的事项")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="全部").click()
    expect(page.locator("tbody tr")).to_have_count(2)
