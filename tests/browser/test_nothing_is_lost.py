"""Nothing that was typed is lost: a closed page, a time-out, a double click, the back button; with scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select, update

from services.chassis.clock import real_now
from services.desk.domain.session_life import IDLE
from services.desk.storage import DeskSession, FormDraft
from tests.browser.conftest import PASSWORD
from tests.world import World

NEW = "/desk/new/intake/petitions/register_petition"
TEXT = "反映某科级干部违规问题，尚未写完"


@pytest.fixture
def clerk(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A browser with scripts, in which a clerk is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="zh-CN", base_url=address)
    sign_in(context.new_page(), "/desk/")
    yield context
    context.close()


def sign_in(page: Page, path: str) -> None:
    page.set_default_timeout(20_000)
    page.goto(path)
    page.get_by_label("账号").fill("clerk1")
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator(".brand a").wait_for()


def write(page: Page) -> None:
    page.goto(NEW)
    page.locator("#summary").fill(TEXT)
    page.locator("#channel").select_option("letter")


def drafts_kept(world: World) -> list[FormDraft]:
    with world.runtimes["desk"].db.read() as session:
        return list(session.scalars(select(FormDraft)))


def petitions(world: World) -> int:
    return len(world.as_("clerk1").get("/intake/petitions").body["items"])


def test_a_page_that_is_left_keeps_what_stood_in_it(clerk: BrowserContext) -> None:
    page = clerk.pages[0]
    write(page)
    expect(page.locator("#kept")).to_be_visible()
    page.close()
    again = clerk.new_page()
    again.goto(NEW)
    expect(again.locator("#summary")).to_have_value(TEXT)
    expect(again.locator("#channel")).to_have_value("letter")
    expect(again.get_by_text("已恢复")).to_be_visible()


def test_a_form_that_is_sent_after_a_time_out_stands_there_after_signing_in(
    world: World, clerk: BrowserContext
) -> None:
    page = clerk.pages[0]
    write(page)
    with world.runtimes["desk"].db.write() as session:
        session.execute(update(DeskSession).values(seen_at=real_now() - IDLE))
    page.locator("#received_on").fill("2026-03-02")
    page.get_by_role("main").locator("button[value=submit]").last.click()
    page.get_by_label("账号").wait_for()
    sign_in(page, page.url)
    expect(page.locator("#summary")).to_have_value(TEXT)
    expect(page.locator("#received_on")).to_have_value("2026-03-02")
    assert petitions(world) == 0


def test_a_double_click_does_it_once_and_the_back_button_brings_no_second_form(
    world: World, clerk: BrowserContext, tmp_path: Path
) -> None:
    page = clerk.pages[0]
    write(page)
    page.locator("#received_on").fill("2026-03-02")
    page.get_by_role("main").locator("button[value=submit]").last.dblclick()
    expect(page.get_by_role("status")).to_contain_text("已办理")
    assert petitions(world) == 1
    page.go_back()
    page.goto(NEW)
    expect(page.locator("#summary")).to_have_value("")
    assert [row.content for row in drafts_kept(world)] == [b""]
