"""The first steps of the journey, clicked by two persons in a browser without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.world import World

SignIn = Callable[[str], Page]
Keep = Callable[[Page, str], None]
SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "来信.pdf"
    path.write_bytes(SCAN)
    return path


def button(page: Page) -> Locator:
    """The form's own button; the one before it only catches the Enter key."""
    return page.locator('main button[value="submit"]:not(.default)')


def register(
    page: Page, scan: Path, *, subject: str = "p-edu-sec", summary: str = "反映某科级干部违规问题"
) -> None:
    page.get_by_role("link", name="新办").click()
    page.get_by_role("link", name="登记信访件").click()
    page.locator("#received_on").fill("2026-03-02")
    page.locator("#channel").select_option("letter")
    page.locator("#unit_id").select_option("edu")
    page.locator("#subject_ids-id").fill(subject)
    page.locator("#summary").fill(summary)
    page.locator('input[type="file"]').first.set_input_files(scan)
    button(page).click()


def test_a_letter_is_registered_classed_forwarded_and_judged_by_clicking(
    world: World, sign_in: SignIn, scan: Path, pictures: Keep
) -> None:
    clerk = sign_in("clerk1")
    pictures(clerk, "today-empty")
    register(clerk, scan)
    pictures(clerk, "registered")
    expect(clerk.get_by_role("status")).to_contain_text("已办理")
    expect(clerk.get_by_text("application/pdf")).to_be_visible()
    clerk.get_by_role("link", name="确定分类").click()
    clerk.locator("#class_code").select_option("supervision_object")
    pictures(clerk, "class-form")
    button(clerk).click()
    clock = clerk.locator(".duty", has_text="LZ-12.1")
    expect(clock).to_contain_text("2026年3月5日（四） 24:00")
    expect(clock).to_contain_text("2026年3月3日（二）、2026年3月4日（三）、2026年3月5日（四）")
    pictures(clerk, "classed")
    clerk.locator("a.act", has_text="转送信访室").first.click()
    button(clerk).click()
    expect(clerk.locator(".state")).to_contain_text("已转信访室")
    world.pump()

    judge = sign_in("xf1")
    pictures(judge, "today-of-the-petition-office")
    judge.get_by_role("link", name="研判").first.click()
    judge.locator("#in_scope-yes").check()
    judge.locator("#level").select_option("section")
    judge.locator("#opinion").fill("属监督范围")
    button(judge).click()
    expect(judge.locator(".state")).to_contain_text("已研判")
    expect(judge.locator(".timeline")).to_contain_text("研判")
    pictures(judge, "judged")
    world.pump()
    assert world.parked() == []


def test_a_person_is_found_by_name_and_a_refusal_stands_at_its_field(
    sign_in: SignIn, scan: Path, pictures: Keep
) -> None:
    clerk = sign_in("clerk1")
    clerk.get_by_role("link", name="新办").click()
    clerk.get_by_role("link", name="登记信访件").click()
    clerk.locator("#summary").fill("反映某科级干部违规问题")
    clerk.locator("#subject_ids-q").fill("孔癸")
    clerk.get_by_role("group", name="被反映人").get_by_role("button", name="查找").click()
    clerk.get_by_label("孔癸三").check()
    clerk.locator("#received_on").fill("2026-03-09")
    clerk.locator("#channel").select_option("letter")
    clerk.locator('input[type="file"]').first.set_input_files(scan)
    button(clerk).click()
    expect(clerk.locator("#problem-received_on")).to_contain_text("DATE_ORDER")
    expect(clerk.locator("#summary")).to_have_value("反映某科级干部违规问题")
    expect(clerk.get_by_label("孔癸三")).to_be_checked()
    expect(clerk.get_by_text("已上传")).to_be_visible()
    pictures(clerk, "refused-at-its-field")
    clerk.locator("#received_on").fill("2026-03-02")
    clerk.locator("#summary").press("Tab")
    button(clerk).click()
    expect(clerk.get_by_role("status")).to_contain_text("已办理")


def test_the_administrator_moves_simulated_time_and_everyone_sees_it(
    world: World, sign_in: SignIn, pictures: Keep
) -> None:
    administrator = sign_in("sys")
    administrator.get_by_role("link", name="时间").click()
    administrator.locator("#now").fill("2026-03-06T08:30")
    pictures(administrator, "advance-time")
    button(administrator).click()
    expect(administrator.locator(".clock")).to_contain_text("2026年3月6日 08:30")
    world.pump()
    administrator.get_by_role("link", name="运行").click()
    expect(administrator.locator("table").first.locator("tbody tr")).to_have_count(6)
    pictures(administrator, "operations")
    clerk = sign_in("clerk1")
    expect(clerk.locator(".clock.simulated")).to_contain_text("2026年3月6日 08:30")
