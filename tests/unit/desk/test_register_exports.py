"""A register as a workbook: what stands in it, for whom, and what the trail says of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from services.chassis import exports
from services.chassis.audit.tables import AuditEntry
from services.desk.pages.register_workbook import About, workbook_of
from tests.unit.desk.visitor import Page, Visitor
from tests.world import World

Signed = Callable[[str], Visitor]
REGISTER = "/desk/registers/intake/petitions"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1")


def registered(world: World, account: str = "clerk1", **more: Any) -> dict[str, Any]:
    paper = {"received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
             "summary": "反映某科级干部违规问题", "class_code": "supervision_object"} | more  # fmt: skip
    answer = world.as_(account).act("/intake/petitions/register_petition", paper)
    assert answer.status == 201, answer.body
    return dict(answer.body)


def sheet_of(page: Page) -> list[list[Any]]:
    assert page.status == 200, page.text
    book = load_workbook(BytesIO(page.answer.data))
    return [[cell.value for cell in row] for row in book["台账"].iter_rows()]


def exported(world: World) -> list[AuditEntry]:
    with world.runtimes["intake"].db.read() as session:
        query = select(AuditEntry).where(AuditEntry.act == "export_register").order_by(AuditEntry.recorded_at)
        return list(session.scalars(query))


def test_a_register_is_taken_as_shown_with_chinese_heads_and_days_as_days(
    world: World, visitor: Signed
) -> None:
    number = registered(world)["no"]
    clerk = visitor("clerk1")
    head, line = sheet_of(clerk.get(clerk.get(REGISTER).link("导出")))
    assert head[:3] == ["编号", "状态", "机构"]
    assert line[0] == number
    assert any(isinstance(value, datetime) and value.date() == date(2026, 3, 2) for value in line)
    assert not any(isinstance(value, str) and "反映" in value for value in line)


def test_the_filter_of_the_page_is_the_filter_of_the_workbook(world: World, visitor: Signed) -> None:
    registered(world)
    world.on(2026, 3, 4)
    later = registered(world, summary="另一封信", received_on="2026-03-04")
    clerk = visitor("clerk1")
    page = clerk.get(f"{REGISTER}?opened_from=2026-03-03&state={later['state']}")
    assert len(page.html.split('<th scope="row"')) == 2
    rows = sheet_of(clerk.get(page.link("导出")))
    assert [row[0] for row in rows[1:]] == [later["no"]]
    assert sheet_of(clerk.get(f"{REGISTER}/export?opened_to=2026-03-01"))[1:] == []
    assert clerk.get(f"{REGISTER}?opened_from=yesterday").status == 422


def test_an_export_holds_what_its_reader_may_know_of_and_nothing_else(world: World, visitor: Signed) -> None:
    registered(world)
    colleague = visitor("deputy1")
    before = colleague.get(f"{REGISTER}/export").answer.data
    assert len(sheet_of(colleague.get(f"{REGISTER}/export"))) == 2
    assert len(sheet_of(visitor("clerk3").get(f"{REGISTER}/export"))) == 1, "of another office"
    registered(world, summary="未分类的信", class_code=None)
    sealed = registered(world, class_code="unit_team", subject_ids=["p-edu-vice"], summary="密件")
    assert colleague.get(f"{REGISTER}/export").answer.data == before, "byte for byte"
    own = sheet_of(visitor("clerk1").get(f"{REGISTER}/export"))
    assert len(own) == 4
    assert sealed["no"] not in before.decode(errors="replace")


def test_each_export_is_on_record_where_the_data_is(world: World, visitor: Signed) -> None:
    registered(world)
    visitor("clerk1").get(f"{REGISTER}/export?state=registered")
    [entry] = exported(world)
    assert (entry.outcome, entry.actor_person, entry.subject_kind) == ("exported", "p-clerk1", "petition")
    assert '"lines":' in entry.body
    assert "2026-03" not in entry.subject_id


def test_more_than_a_workbook_holds_is_refused_with_what_to_do_and_on_record(
    world: World, visitor: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_LINES", 1)
    registered(world)
    registered(world, summary="另一封信")
    refused = visitor("clerk1").get(f"{REGISTER}/export")
    assert refused.status == 413
    assert "TOO_LARGE" in refused.text
    assert "缩小范围" in refused.text
    assert [entry.outcome for entry in exported(world)] == ["refused"]


def test_no_register_is_exported_that_there_is_not(visitor: Signed) -> None:
    clerk = visitor("clerk1")
    assert clerk.get("/desk/registers/intake/nothing/export").status == 404
    assert clerk.world.as_("clerk1").get("/intake/exports/nothing", status="all").code == "UNKNOWN_REFERENCE"


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    item = {"id": "x", "no": text, "state_zh": text, "person_id": "p-1"}
    about = About(text, text, text, text, datetime(2026, 3, 2, tzinfo=UTC))
    body = workbook_of(about, ("no", "state", "person_id"), [item], {"p-1": text}, {})
    for sheet in load_workbook(BytesIO(body)):
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n", "d"}
            assert all(cell.quotePrefix for cell in row if str(cell.value).lstrip("\n") == text.strip("\r"))
    assert body == workbook_of(about, ("no", "state", "person_id"), [item], {"p-1": text}, {})
