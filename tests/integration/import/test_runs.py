"""Whole ledgers through the command's core: exact counts, exactly once, however often it is run or dies."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from services.intake.domain.ledger.reading import find_layout, read_rows
from services.intake.storage import Petition
from tests.ledger_imports import Importing
from tests.ledgers import Expected, write_ledger
from tests.world import World

ROWS = 2_000


def petitions(world: World) -> int:
    with world.runtimes["intake"].db.read() as session:
        return session.scalar(select(func.count()).select_from(Petition)) or 0


def given_back(path: Path) -> list[Any]:
    book = load_workbook(path, read_only=True)
    return list(book.worksheets[0].iter_rows(min_row=2, values_only=True))


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("台账.xlsx", {"fmt": "xlsx"}),
        ("台账.csv", {"fmt": "csv"}),
        ("台账-国标.csv", {"fmt": "csv", "encoding": "gb18030", "delimiter": ";"}),
    ],
)
def test_a_messy_ledger_of_two_thousand_rows_is_imported_to_the_row(
    world: World, importing: Importing, tmp_path: Path, name: str, options: dict[str, Any]
) -> None:
    expected = write_ledger(tmp_path / name, ROWS, seed=7, **options)
    assert importing(tmp_path / name) == 3
    assert (importing.count("imported now"), importing.count("repeated in the ledger")) == (
        expected.good,
        expected.repeated,
    )
    assert importing.count("given back") == expected.bad
    assert petitions(world) == expected.good
    rows = given_back(tmp_path / f"{Path(name).stem}-退回.xlsx")
    assert len(rows) == expected.bad
    assert all(
        reason_zh and reason_en and number > expected.header_row for reason_zh, reason_en, number, *_ in rows
    )


def test_a_second_run_imports_nothing_and_gives_back_the_same_rows(
    world: World, importing: Importing, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    expected = write_ledger(file, 500, seed=8, fmt="csv")
    importing(file)
    before = given_back(tmp_path / "台账-退回.xlsx")
    assert importing(file) == 3
    assert (importing.count("imported now"), importing.count("already there")) == (0, expected.good)
    assert given_back(tmp_path / "台账-退回.xlsx") == before
    assert petitions(world) == expected.good


@pytest.mark.parametrize("dies_at", [1, 2, 4])
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_half_way_and_run_again_every_row_is_there_once(
    world: World, importing: Importing, tmp_path: Path, dies_at: int, when: Literal["before", "after"]
) -> None:
    """`after`: the batch was taken and its answer was lost."""
    file = tmp_path / "台账.csv"
    expected = write_ledger(file, 800, seed=9, fmt="csv")
    dying = importing.transport(dies_at=dies_at, before_taken=when == "before")
    assert importing(file, dying) == 1
    assert petitions(world) <= 200 * (dies_at - (when == "before"))
    again = importing.transport()
    assert importing(file, again) == 3
    assert importing.count("imported now") + importing.count("already there") == expected.good
    assert again.posts[:dies_at] == dying.posts[:dies_at]
    assert petitions(world) == expected.good


def test_rows_appended_to_a_ledger_are_all_that_the_next_import_takes(
    world: World, importing: Importing, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    write_ledger(file, 300, seed=10, mess=False, fmt="csv")
    importing(file)
    write_ledger(file, 420, seed=10, mess=False, fmt="csv")
    assert importing(file) == 0
    assert (importing.count("imported now"), importing.count("already there")) == (120, 300)
    assert petitions(world) == 420


def test_a_row_that_was_changed_since_is_given_back_and_not_taken_twice(
    world: World, importing: Importing, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    write_ledger(file, 300, seed=11, mess=False, fmt="csv")
    importing(file)
    file.write_text(file.read_text("utf-8-sig").replace("第7件", "第七件"), "utf-8-sig")
    assert importing(file) == 3
    assert (importing.count("already there"), importing.count("given back")) == (299, 1)
    reason_zh, _reason_en, number, *_ = given_back(tmp_path / "台账-退回.xlsx")[0]
    assert number == 8
    assert reason_zh.startswith("台账编号:")
    assert petitions(world) == 300


def test_rows_without_numbers_are_told_apart_by_what_they_say_and_how_often(
    world: World, importing: Importing, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    lines = ["收件日期,被反映人,主要内容", *["2026-3-2,张某甲,同一件事"] * 3, "2026-3-3,李某乙,另一件事"]
    file.write_text("\n".join(lines), "utf-8")
    assert importing(file) == 0
    assert importing.count("imported now") == 4
    file.write_text("\n".join([*lines, "2026-3-2,张某甲,同一件事"]), "utf-8")
    assert importing(file) == 0
    assert (importing.count("imported now"), importing.count("already there")) == (1, 4)
    assert petitions(world) == 5


def test_a_quote_that_is_never_closed_is_found_before_anything_is_sent(
    world: World, importing: Importing, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "台账.csv"
    write_ledger(file, 300, seed=12, mess=False, fmt="csv")
    file.write_text(file.read_text("utf-8-sig") + '\n"X-1,2026-3-2,没有右引号', "utf-8-sig")
    way = importing.transport()
    assert importing(file, way) == 2
    assert way.posts == []
    assert "引号" in capfd.readouterr().err


def test_rows_dated_after_the_installations_today_are_given_back(
    world: World, importing: Importing, tmp_path: Path
) -> None:
    world.on(2026, 6, 30)
    file = tmp_path / "台账.csv"
    file.write_text("编号,收件日期,主要内容\n1,2026-6-30,今天\n2,2026-7-1,明天\n", "utf-8")
    assert importing(file) == 3
    assert petitions(world) == 1


def test_who_may_not_import_is_told_so_before_the_file_is_read(
    importing: Importing, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "没有内容.csv"
    file.write_text("x", "utf-8")
    assert importing(file, importing.transport("xf1")) == 1
    assert "WRONG_ROLE" in capfd.readouterr().err


def test_a_wrong_column_can_be_set_right_and_stays_right(
    world: World, importing: Importing, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    text = "序号,收件日期,反馈时间,主要内容\n1,2026-3-2,2026-4-1,甲\n1,2026-3-3,,乙\n"
    file.write_text(text, "utf-8")
    assert importing(file, dry_run=True) == 3
    assert "编号取自序号一类的列" in importing.shown
    assert importing(file, corrections=("编号=-", "办结日期=C")) == 0
    assert importing(file, year=None) == 0
    assert importing.count("already there") == 2
    with world.runtimes["intake"].db.read() as session:
        assert sorted(session.scalars(select(Petition.state))) == ["closed", "registered"]


def test_another_year_than_last_time_is_not_taken_silently(
    world: World, importing: Importing, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "台账.csv"
    write_ledger(file, 20, seed=13, mess=False, fmt="csv")
    importing(file, year=2026)
    assert importing(file, year=2025) == 2
    (tmp_path / "台账.csv.dengwen.json").unlink()
    assert importing(file, year=2025) == 1
    assert "台账文件已按另一年度导入" in capfd.readouterr().err
    assert petitions(world) == 20


def test_a_dry_run_sends_nothing_and_leaves_nothing(
    world: World, importing: Importing, tmp_path: Path
) -> None:
    file = tmp_path / "台账.csv"
    expected = write_ledger(file, 200, seed=14, fmt="csv")
    way = importing.transport()
    assert importing(file, way, dry_run=True) == 3
    assert f"可导入 good {expected.good}" in importing.shown
    assert (way.posts, petitions(world), list(tmp_path.glob("*.json"))) == ([], 0, [])


def test_what_is_shown_has_nothing_of_the_rows(importing: Importing, tmp_path: Path) -> None:
    file = tmp_path / "台账.csv"
    write_ledger(file, 50, seed=15, fmt="csv")
    importing(file)
    for text in ("测试人员", "某甲", "样本津贴", "示例区测试局"):
        assert text not in importing.shown
    layout = find_layout(file)
    assert sum(1 for _ in read_rows(file, layout)) == 50


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_an_ordinary_case(
    world: World, importing: Importing, tmp_path: Path
) -> None:
    file = tmp_path / "台账.xlsx"
    expected: Expected = write_ledger(file, 100_000, seed=16)
    assert importing(file) == 3
    assert importing.count("imported now") == expected.good
    assert petitions(world) == expected.good
