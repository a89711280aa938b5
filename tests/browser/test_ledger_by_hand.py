"""A ledger comes in through Chromium: columns looked at, rows checked, the bar moves by itself, bad rows come back."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from services.desk.pages import ledgers
from services.intake.storage import Petition
from tests.browser.conftest import PASSWORD
from tests.world import World

HEADER = ["信访台账编号", "来信日期", "信访方式", "被反映人", "主要问题", "备注"]
ROWS, BAD = 450, 7
SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"


def written(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["某派驻机构2025年信访举报台账"])
    sheet.append(HEADER)
    for number in range(1, ROWS + 1):
        day = "二月三十日" if number == BAD else f"2025年{number % 12 + 1}月{number % 28 + 1}日"
        sheet.append(
            [f"台〔2025〕{number}号", day, "来信", f"示例{number}", f"反映问题之{number}（示例）", "已办结"]
        )
    book.save(path)
    return path


def signed_in(browser: Browser, address: str) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="zh-CN", base_url=address)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto("/desk/registers/intake/petitions")
    page.get_by_label("账号").fill("clerk1")
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    return page


def petitions(world: World) -> int:
    with world.runtimes["intake"].db.read() as session:
        return session.scalar(select(func.count()).select_from(Petition)) or 0


def test_a_clerk_imports_a_workbook_and_watches_it_come_in(
    world: World, browser: Browser, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.on(2026, 3, 2)
    monkeypatch.setattr(ledgers, "AT_ONCE", -1.0)  # one batch a request: the bar is seen to move
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page = signed_in(browser, address)
    page.get_by_role("link", name="导入台账").click()
    page.get_by_label("台账文件").set_input_files(written(tmp_path / "2025年台账.xlsx"))
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("各列是什么")
    expect(page.get_by_label("主要问题")).to_have_value("summary")
    page.get_by_label("列 Column F").select_option("status")
    page.get_by_label("台账年度").fill("2025")
    page.get_by_role("button", name="核对全部行").click()
    expect(page.get_by_role("button", name=f"导入 {ROWS - 1} 行")).to_be_visible()
    assert petitions(world) == 0
    page.get_by_role("button", name=f"导入 {ROWS - 1} 行").click()
    expect(page.locator("progress")).to_be_visible()
    page.screenshot(path=SCREENSHOTS / "zh-ledger-under-way.png")
    expect(page.get_by_text("台账各行都已处理")).to_be_visible()
    assert petitions(world) == ROWS - 1
    with page.expect_download() as download:
        page.get_by_role("link", name="下载退回的行").click()
    assert download.value.suggested_filename == "2025年台账-退回.xlsx"
    back = load_workbook(BytesIO(download.value.path().read_bytes())).active
    assert back is not None
    rows = list(back.values)
    assert [rows[1][2], rows[1][3], rows[1][4]] == [BAD + 2, f"台〔2025〕{BAD}号", "二月三十日"]
    page.get_by_role("button", name="完成").click()
    expect(page.get_by_text("我正在导入的台账")).to_have_count(0)
