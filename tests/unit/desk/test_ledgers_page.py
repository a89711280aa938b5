"""Importing a ledger at the desk: from the file to the petitions, by what stands on the pages."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from services.desk.pages import ledgers
from services.intake.ledgers import routes
from services.intake.storage import KeptLedger, Petition
from tests.unit.desk.visitor import Page, Visitor
from tests.world import World

Signed = Callable[[str], Visitor]
HOSTILE = "<script>alert(1)</script>"
HEADER = "编号,收件日期,信访方式,被反映人,反映问题,经手"
ROWS = [f"测〔2026〕{n}号,2026-03-0{n},来信,甲,反映问题{HOSTILE}{n},乙" for n in range(1, 6)]
BAD = "测〔2026〕9号,不是日期,来信,甲,反映问题九,乙"


def upload(
    clerk: Visitor, rows: list[str], name: str = f"台账{HOSTILE}.csv", page: Page | None = None
) -> Page:
    form = (page or clerk.get("/desk/ledgers")).form("/desk/ledgers")
    file = (BytesIO("\n".join([HEADER, *rows]).encode()), name)
    return clerk.post("/desk/ledgers", {**form.values, "file": file})


def count(world: World, model: type) -> int:
    with world.runtimes["intake"].db.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def sheet(page: Page) -> list[list[Any]]:
    found = load_workbook(BytesIO(page.answer.data)).active
    assert found is not None
    return [[cell.value for cell in row] for row in found.iter_rows()]


def test_a_clerk_imports_a_ledger_by_clicking_and_gets_back_what_was_not_taken(
    world: World, visitor: Signed
) -> None:
    world.on(2026, 4, 1)
    clerk = visitor("clerk1")
    assert clerk.get("/desk/registers/intake/petitions").link("导入台账") == "/desk/ledgers"
    columns = clerk.follow(upload(clerk, [*ROWS, BAD]))
    assert "不明确" not in columns.text
    assert columns.form("/columns").values["column.B"] == "received_on"
    assert HOSTILE not in columns.html
    checked = clerk.follow(clerk.send(columns, "/columns", year="2026"))
    assert "导入 5 行" in checked.html
    assert "收件日期" in checked.text
    assert sheet(clerk.get(checked.link("先下载这些行")))[1][2:5] == [7, "测〔2026〕9号", "不是日期"]
    assert count(world, Petition) == 0
    address = checked.answer.request.path
    done = clerk.follow(clerk.send(checked, address))
    assert "各行都已处理" in done.text
    assert count(world, Petition) == 5
    back = clerk.get(done.link("下载退回的行"))
    assert "%E9%80%80%E5%9B%9E.xlsx" in back.answer.headers["Content-Disposition"]
    assert len(sheet(back)) == 2
    assert clerk.follow(clerk.send(done, "/remove")).status == 200
    assert count(world, KeptLedger) == 0
    assert len(clerk.get("/desk/registers/intake/petitions").html.split('<th scope="row"')) == 6


def test_the_import_goes_on_where_it_was_when_the_page_is_opened_again(
    world: World, visitor: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.on(2026, 4, 1)
    monkeypatch.setattr(routes, "MOST_ROWS", 1)
    monkeypatch.setattr(ledgers, "AT_ONCE", -1.0)
    clerk = visitor("clerk1")
    page = clerk.follow(clerk.send(clerk.follow(upload(clerk, ROWS)), "/columns"))
    address = page.answer.request.path
    clerk.send(page, address)
    again = Visitor(world)
    again.sign_in("clerk1")
    for done in range(1, 6):
        shown = again.get(address)
        assert count(world, Petition) == done
        if done < 5:
            assert f"已处理 {done} / 5 行" in shown.text
            assert f'<progress max="5" value="{done}"' in shown.html
            again.send(shown, address)
    assert "各行都已处理" in again.get(address).text


def test_a_double_click_on_the_upload_keeps_one_file(world: World, visitor: Signed) -> None:
    clerk = visitor("clerk1")
    page = clerk.get("/desk/ledgers")
    first, second = (upload(clerk, ROWS, page=page) for _ in range(2))
    assert first.answer.headers["Location"] == second.answer.headers["Location"]
    assert count(world, KeptLedger) == 1


def test_what_is_wrong_is_said_on_the_page_with_what_was_chosen(world: World, visitor: Signed) -> None:
    world.on(2026, 4, 1)
    clerk = visitor("clerk1")
    refused = upload(clerk, ROWS, "信.pdf")
    assert refused.status == 415
    assert "UNSUPPORTED_MEDIA" in refused.text
    assert (
        "MISSING_DOCUMENT"
        in clerk.post("/desk/ledgers", clerk.get("/desk/ledgers").form("/desk/ledgers").values).text
    )
    columns = clerk.follow(upload(clerk, ROWS))
    twice = clerk.send(columns, "/columns", column__A="summary")
    assert (twice.status, "“反映问题”选了不止一列" in twice.text) == (422, True)
    assert twice.form("/columns").values["column.A"] == "summary"
    missing = clerk.send(columns, "/columns", column__B="")
    assert "MISSING_FIELD" in missing.text
    assert "OUT_OF_RANGE" in clerk.send(columns, "/columns", year="26").text
    nowhere = clerk.send(columns, "/header", header_row="99")
    assert "UNKNOWN_REFERENCE" in nowhere.text
    assert nowhere.form("/header").values["header_row"] == "1"
    page = clerk.follow(clerk.send(columns, "/columns"))
    changed = clerk.get(page.link("改各列"))
    assert changed.form("/columns").values["column.E"] == "summary"


def test_a_ledger_does_not_exist_for_anybody_else(world: World, visitor: Signed) -> None:
    clerk, colleague, administrator = visitor("clerk1"), visitor("head1"), visitor("sys")
    address = upload(clerk, ROWS).answer.headers["Location"]
    assert clerk.get(address).status == 200
    for path in ("", "/given-back"):
        assert colleague.get(f"{address}{path}").status == 404
    form = colleague.get("/desk/ledgers").form("/desk/ledgers")
    for path in ("", "/columns", "/header", "/remove"):
        assert colleague.post(f"{address}{path}", form.values).status == 404
    assert HOSTILE not in colleague.get("/desk/ledgers").html
    assert administrator.get("/desk/ledgers").status == 403
    assert "导入台账" not in administrator.get("/desk/registers/intake/petitions").links
    assert count(world, KeptLedger) == 1
