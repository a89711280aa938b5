"""A page of each kind, looked at: a picture of it, axe's verdict, and whether it fits on a screen and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page

from services.desk.pages import PAGES, visit
from services.desk.passwords import WORKER
from tests.browser.conftest import PASSWORD, launched, listening
from tests.browser.gallery import MADE, PASSPHRASE, Shown, fill, pages
from tests.world import World

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
SCREEN, PHONE = {"width": 1280, "height": 720}, {"width": 390, "height": 844}
ON_A_PHONE = {
    "approvals",
    "approving-alone",
    "today",
    "item",
    "approving",
    "today-of-the-head",
    "inbox",
    "form-of-an-act",
    "sign-in",
    "public-report",
}
NOT_A_PAGE = {
    "/", "/language/<code>", "/static/<file>", "/administration/audit/evidence/<service>",
    "/items/<service>/<path>/<id>/attachments/<attachment>", "/items/<service>/<path>/<id>/print",
    "/items/<service>/<path>/<id>/papers/<paper>/print", "/registers/<service>/<path>/export",
    "/ledgers/<ledger>/given-back",
    "/sealed/<id>/parts/<part>", "/find/<service>/<id>", "/single-sign-on", "/single-sign-on/return",
}  # fmt: skip
"""Routes that answer with a file or lead on."""
RAW = re.compile(r"\b(?:[0-9a-f]{32}|p-[a-z]+\d?|None(?!\.| on)|Undefined)\b")


class Gallery:
    """The installation and a browser's contexts, one for each person."""

    def __init__(self, world: World, browser: Browser, address: str) -> None:
        self.world, self.browser, self.address = world, browser, address
        self.pages = pages(fill(world))
        self._contexts: dict[str, BrowserContext] = {}

    def page_of(self, account: str, language: str) -> Page:
        context = self._contexts.get(account) or self._signed_in(account)
        context.add_cookies([{"name": "dengwen_language", "value": language, "url": self.address}])
        page = context.pages[0]
        page.set_viewport_size(SCREEN)  # type: ignore[arg-type]
        page.emulate_media(media="screen")
        return page

    def _signed_in(self, account: str) -> BrowserContext:
        context = self.browser.new_context(viewport=SCREEN, locale="zh-CN", base_url=self.address)  # type: ignore[arg-type]
        self._contexts[account] = context
        page = context.new_page()
        page.set_default_timeout(60_000)
        if account:
            page.goto("/desk/sign-in")
            page.locator("#account").fill(account)
            page.locator("#password").fill(PASSWORD)
            page.locator("main button").click()
            page.locator("header nav").wait_for()
        if account == "xfhead":
            page.goto("/desk/unlock")
            page.locator("#passphrase").fill(PASSPHRASE)
            page.locator('button[value="open"]').click()
        return context


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory, chromium: Path) -> Iterator[Gallery]:
    world = World(tmp_path_factory.mktemp("gallery"))
    patient = patch.object(visit, "PATIENCE", 300.0)  # a busy machine leaves no service out
    with launched(chromium) as browser, listening(world) as address, patient:
        yield Gallery(world, browser, address)
    world.close()
    WORKER.close()


def serious(page: Page) -> list[tuple[str, str, list[str]]]:
    """What axe finds that keeps somebody out: rule, impact and where."""
    page.evaluate(AXE_SCRIPT)
    told: dict[str, Any] = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        (one["id"], one["impact"], [node["html"][:200] for node in one["nodes"][:3]])
        for one in told["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def too_wide(page: Page) -> int:
    """By how many pixels the page has to be moved sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_can_be_used_by_everybody_and_fits_on_its_screen(gallery: Gallery, language: str) -> None:
    found: dict[str, object] = {}
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for shown in gallery.pages:
        page = gallery.page_of(shown.account, language)
        answer = page.goto(shown.address)
        assert answer is not None
        found |= {f"{shown.name}: {what}": seen for what, seen in looked_at(page, shown, language) if seen}
        if answer.status != shown.status:
            found[f"{shown.name}: status"] = answer.status
    assert found == {}, "\n".join(f"{where}: {what}" for where, what in found.items())


def looked_at(page: Page, shown: Shown, language: str) -> Iterator[tuple[str, object]]:
    """What is wrong with the page in front of us; pictures of it are kept."""
    if shown.printed:
        page.emulate_media(media="print")
    page.screenshot(path=SCREENSHOTS / f"{language}-{shown.name}.png", full_page=True)
    yield "axe", serious(page)
    yield "shown as it is stored", RAW.findall(page.inner_text("main"))
    yield "wider than the screen", too_wide(page)
    if shown.name in ON_A_PHONE:
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.screenshot(path=SCREENSHOTS / f"{language}-{shown.name}-phone.png", full_page=True)
        yield "wider than a phone", too_wide(page)


def test_every_route_that_shows_a_page_stands_in_the_gallery() -> None:
    routes = {
        route.path if route.absolute else f"/desk{route.path}": route
        for route in PAGES
        if route.method == "GET"
    }
    patterns = {path: re.compile(re.sub(r"<\w+>", "[^/]+", path) + r"/?") for path in routes}
    seen = {
        path
        for path, pattern in patterns.items()
        for shown in pages(dict.fromkeys(MADE, "x"))
        if pattern.fullmatch(shown.address.partition("?")[0])
    }
    assert {path.removeprefix("/desk") or "/" for path in set(routes) - seen} - NOT_A_PAGE == set()
