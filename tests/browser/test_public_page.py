"""A citizen reports in a browser without JavaScript, follows and adds; looked at on a screen and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from services.chassis.work import begin
from services.notifications import loading
from tests.world import World

SCAN = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
SIZES = {"screen": (1280, 720), "phone": (390, 844)}


@pytest.mark.parametrize("size", SIZES)
def test_a_citizen_files_follows_and_adds_by_clicking(
    world: World,
    browser: Browser,
    address: str,
    tmp_path: Path,
    pictures: Callable[[Page, str], None],
    size: str,
) -> None:
    with begin(world.runtimes["notifications"]) as work:
        loading.load_coverage(work, unit_id="edu", office_id="pz1", liaison_office_id="jd1")
    world.pump()
    scan = tmp_path / "照片.pdf"
    scan.write_bytes(SCAN)
    width, height = SIZES[size]
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": height}, locale="zh-CN"
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{address}/public")
    assert context.cookies() == []
    pictures(page, f"public-home-{size}")
    page.get_by_role("main").get_by_role("link", name="我要举报").click()
    page.get_by_label("被反映人所在单位").select_option("edu")
    page.get_by_label("姓名 Name 1").fill("某甲")
    page.get_by_label("单位及职务 Unit and post 1").fill("某科科长")
    page.get_by_label("不清楚").check()
    page.get_by_label("反映的问题").fill("反映某科违规收费，时间为今年一月。")
    page.get_by_label("附件").set_input_files(scan)
    page.get_by_label("联系方式").fill("某处")
    pictures(page, f"public-report-{size}")
    page.get_by_role("button", name="提交举报").click()
    expect(page.get_by_role("alert")).to_contain_text("姓名或化名")
    pictures(page, f"public-refused-{size}")
    page.get_by_label("实名").check()
    page.get_by_label("姓名或化名").fill("某乙")
    page.get_by_label("附件").set_input_files(scan)
    page.get_by_role("button", name="提交举报").click()
    code = page.locator(".code").inner_text().strip()
    assert len(code) == 19
    pictures(page, f"public-receipt-{size}")
    page.emulate_media(media="print")
    expect(page.locator(".code")).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("main").get_by_role("link", name="查询与补充").click()
    page.get_by_label("查询码").fill("AAAA-AAAA-AAAA-AAAA")
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_role("alert")).to_contain_text("没有此查询码")
    pictures(page, f"public-no-such-code-{size}")
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("已收到")).to_be_visible()
    page.get_by_label("补充内容").fill("还有一笔。")
    page.get_by_role("button", name="提交补充").click()
    expect(page.get_by_role("status")).to_contain_text("补充内容已收到")
    assert code not in page.url
    pictures(page, f"public-followed-{size}")
    page.goto(f"{address}/public/privacy")
    pictures(page, f"public-privacy-{size}")
