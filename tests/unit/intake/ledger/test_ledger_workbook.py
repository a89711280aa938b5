"""Bad rows given back in a workbook that can be corrected and imported again."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from services.intake.domain.ledger.cells import Cell, RawRow
from services.intake.domain.ledger.fields import TITLES
from services.intake.domain.ledger.reading import find_layout, read_rows
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.rows import Accepted, Rejected, RowProblem, sift
from services.intake.domain.ledger.workbook import REASON_TITLES, write_problems
from tests.ledgers import write_ledger

HEADER = tuple(TITLES.values())
PROBLEM = RowProblem(
    7, "received_on", "OUT_OF_RANGE", "收件日期:日期不存在", "received_on: there is no such day"
)


def cells_of(path: Path) -> list[list[Any]]:
    book = load_workbook(path)
    return [[(cell.value, cell.data_type) for cell in row] for row in book.worksheets[0].iter_rows()]


def given_back(path: Path, *cells: Cell) -> list[Any]:
    write_problems(path, HEADER, [(RawRow(7, cells), PROBLEM)])
    return cells_of(path)[1]


def test_a_bad_row_comes_back_with_both_reasons_its_row_and_its_cells(tmp_path: Path) -> None:
    when = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001 - a cell has no time zone
    row = given_back(tmp_path / "bad.xlsx", "2026-001", when, 12, None, 2.5, True)
    assert [value for value, _ in row][:9] == [
        *("收件日期:日期不存在", "received_on: there is no such day", 7),
        *("2026-001", when, 12, None, 2.5, True),
    ]
    header = [value for value, _ in cells_of(tmp_path / "bad.xlsx")[0]]
    assert header == [*REASON_TITLES, *HEADER]


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("http://127.0.0.1")', "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "#N/A", "=", "'=1"],
)
def test_text_that_looks_like_a_formula_comes_back_as_text(tmp_path: Path, text: str) -> None:
    assert given_back(tmp_path / "bad.xlsx", text)[3] == (text, "s")
    with zipfile.ZipFile(tmp_path / "bad.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_control_characters_and_lone_surrogates_do_not_break_the_workbook(tmp_path: Path) -> None:
    assert given_back(tmp_path / "bad.xlsx", "甲\x00\x0b\ud800乙")[3] == ("甲乙", "s")


def test_the_same_problems_give_the_same_bytes(tmp_path: Path) -> None:
    problems = [(RawRow(7, ("1", "待查", "=x")), PROBLEM)] * 3
    paths = [tmp_path / "first.xlsx", tmp_path / "second.xlsx"]
    assert [write_problems(path, HEADER, problems) for path in paths] == [3, 3]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def broken_off() -> Iterator[tuple[RawRow, RowProblem]]:
    yield RawRow(7, ("新",)), PROBLEM
    raise LedgerError("BROKEN_FILE", "坏了", "broken")


def test_a_text_that_no_workbook_can_hold_is_cut_and_says_so(tmp_path: Path) -> None:
    value, _ = given_back(tmp_path / "bad.xlsx", "长" * 40_000)[3]
    assert value.endswith("truncated)")
    assert len(value) == 32_767


def test_a_workbook_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    write_problems(path, HEADER, [(RawRow(7, ("旧",)), PROBLEM)])
    before = path.read_bytes()
    with pytest.raises(LedgerError):
        write_problems(path, HEADER, broken_off())
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["bad.xlsx"]


def test_a_workbook_given_back_twice_has_its_reasons_once(tmp_path: Path) -> None:
    once, twice = tmp_path / "once.xlsx", tmp_path / "twice.xlsx"
    write_problems(once, HEADER, [(RawRow(7, ("1", "待查", "来信")), PROBLEM)])
    layout = find_layout(once)
    write_problems(twice, layout.mapping.header, ((raw, PROBLEM) for raw in read_rows(once, layout)))
    assert cells_of(twice) == cells_of(once)


def test_corrected_rows_are_imported_from_the_workbook_that_gave_them_back(tmp_path: Path) -> None:
    source, back = tmp_path / "ledger.xlsx", tmp_path / "bad.xlsx"
    expected = write_ledger(source, 300, seed=8)
    layout = find_layout(source)
    outcomes = sift(read_rows(source, layout), layout.mapping, office_id="o", ledger_year=2026)
    bad = [(each.raw, each.problem) for each in outcomes if isinstance(each, Rejected)]
    assert write_problems(back, layout.mapping.header, bad) == expected.bad
    again = find_layout(back)
    columns = {each: column - len(REASON_TITLES) for each, column in again.mapping.columns.items()}
    assert columns == layout.mapping.columns
    second = list(sift(read_rows(back, again), again.mapping, office_id="o", ledger_year=2026))
    accepted = [each for each in second if isinstance(each, Accepted)]
    assert len(second) == expected.bad
    # Rows that only conflicted with a row above are good once they stand alone; the others are still bad.
    assert len(accepted) <= expected.conflicting
