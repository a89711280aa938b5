"""Signing in with a second factor, by keyboard and without JavaScript: enrolled, used, replaced by a recovery code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from services.chassis.clock import real_now
from services.desk import guessing, second_factor
from tests.browser.conftest import PASSWORD
from tests.world import World

Keep = Callable[[Page, str], None]


class Clock:
    """What the desk and the authenticator read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = real_now()
        for module in (second_factor, guessing):
            monkeypatch.setattr(module, "real_now", lambda: self.now)

    def code(self, secret: str) -> str:
        """The next code that was not shown yet."""
        self.now += timedelta(seconds=30)
        return pyotp.TOTP(secret).at(self.now.timestamp())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def opened(browser: Browser, address: str, width: int = 1280, height: int = 720) -> Page:
    """A sign-in page in a context of its own; the password is typed, Enter sends it."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": height}, locale="zh-CN"
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{address}/")
    expect(page.get_by_label("账号")).to_be_focused()
    page.keyboard.type("sys")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    return page


def fits(page: Page) -> bool:
    """Whether nothing has to be moved sideways to be read."""
    widest = page.locator("main").bounding_box()
    size = page.viewport_size
    assert widest is not None
    assert size is not None
    return widest["x"] >= 0 and widest["x"] + widest["width"] <= size["width"]


def test_an_administrator_enrols_signs_in_with_the_phone_and_without_it(
    world: World, browser: Browser, address: str, clock: Clock, pictures: Keep
) -> None:
    desk = world.runtimes["desk"]
    desk.settings = replace(desk.settings, second_factor=("administrators",))
    page = opened(browser, address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("启用动态验证码")
    expect(page.get_by_role("img", name="二维码")).to_be_visible()
    pictures(page, "second-factor-enrolment")
    page.get_by_text("不能扫描？手工输入密钥").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label("验证码").fill(clock.code(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".codes code")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    pictures(page, "recovery-codes")
    page.get_by_role("link", name="已抄下，继续").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("今日")

    phone = opened(browser, address, 390, 844)
    expect(phone.get_by_label("验证码")).to_be_focused()
    assert fits(phone)
    phone.keyboard.type(clock.code(secret))
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("今日")
    phone.get_by_role("link", name="我的账号").click()
    assert fits(phone)
    pictures(phone, "own-sessions-phone")
    expect(phone.get_by_role("button", name="结束会话")).to_have_count(2)
    phone.get_by_role("button", name="结束其他全部会话").click()
    expect(phone.get_by_role("button", name="结束会话")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("登录")

    without = opened(browser, address)
    expect(without.get_by_label("验证码")).to_be_focused()
    without.keyboard.type(codes[0].lower())
    without.keyboard.press("Enter")
    expect(without.get_by_role("heading", level=1)).to_contain_text("今日")
    again = opened(browser, address)
    expect(again.get_by_label("验证码")).to_be_focused()
    again.keyboard.type(codes[0])
    again.keyboard.press("Enter")
    expect(again.get_by_role("alert")).to_contain_text("验证码不正确或已用过")
    pictures(again, "second-factor-refused")
