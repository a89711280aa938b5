"""Workbooks (.xlsx) in and out; the only file of the domain that knows openpyxl."""

import os
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from services.chassis.workbooks import text_cell, without_times
from services.intake.domain.ledger.cells import Cell, RawRow, ReadingLimits, trimmed
from services.intake.domain.ledger.rows import RowProblem
from services.intake.domain.ledger.screening import broken, screen

REASON_TITLES = ("原因", "Reason", "原行号 / Row")

_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f]|7F)_")


@contextmanager
def opened(path: Path, limits: ReadingLimits, *, screened: bool = False) -> Iterator[Any]:
    """The workbook, read-only, formulas as their stored values. Raises ``LedgerError``, see ``screening``.

    ``screened`` says that this very file has been looked through before.
    """
    if not screened:
        screen(path, limits)
    with path.open("rb") as file:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except Exception:
            # openpyxl raises whatever its parts raise, with file content in the message.
            raise broken() from None
        try:
            yield book
        finally:
            book.close()


def visible_sheets(book: Any) -> tuple[str, ...]:
    """Names of the sheets of an opened workbook that hold cells and are not hidden."""
    return tuple(sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible")


def sheet_rows(book: Any, sheet: str, limits: ReadingLimits) -> Iterator[RawRow]:
    """Rows of one sheet that hold something. Raises ``LedgerError`` (BROKEN_FILE) where it is damaged."""
    cells = book[sheet]
    # The stored size of a sheet is often wrong, and a wrong one would cut rows off.
    cells.reset_dimensions()
    rows = cells.iter_rows(max_col=None, values_only=True)
    for number, row in enumerate(_quietly(rows), start=1):
        kept = trimmed([_cell(value) for value in row[: limits.columns]])
        if kept:
            yield RawRow(number, kept)


def write_problems(path: Path, header: Sequence[str], problems: Iterable[tuple[RawRow, RowProblem]]) -> int:
    """Writes an .xlsx that gives every bad row back: reasons first, then its cells as they were.

    The same problems give the same bytes. Cells stay typed; text that looks like a formula is written as
    text. The file appears under its name only when it is whole. Gives the number of rows.
    """
    skip = len(REASON_TITLES) if tuple(header[: len(REASON_TITLES)]) == REASON_TITLES else 0
    book = Workbook(write_only=True)
    sheet = book.create_sheet("退回 Returned")
    sheet.freeze_panes = "D2"
    for column, width in (("A", 40), ("B", 40), ("C", 14)):
        sheet.column_dimensions[column].width = width
    sheet.append([text_cell(sheet, title) for title in (*REASON_TITLES, *header[skip:])])
    count = 0
    try:
        for raw, problem in problems:
            cells: list[Cell] = [problem.reason_zh, problem.reason_en, problem.number, *raw.cells[skip:]]
            sheet.append([_written(sheet, cell) for cell in cells])
            count += 1
    except BaseException:
        # openpyxl collects the rows in a temporary file, which nothing else would close.
        sheet.close()
        raise
    _save(book, path)
    return count


def _quietly(rows: Iterator[Any]) -> Iterator[Sequence[Any]]:
    """Rows without the warnings of openpyxl: dates out of range, features that it leaves out."""
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = next(rows)
        except StopIteration:
            return
        except Exception:
            raise broken() from None
        yield row


def _cell(value: Any) -> Cell:
    if isinstance(value, str):
        if "_x00" in value:
            return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        return value
    if isinstance(value, int | float | bool | datetime | date | time | timedelta | None):
        return value
    return str(value)


def _written(sheet: Any, cell: Cell) -> Any:
    return text_cell(sheet, cell) if isinstance(cell, str) else cell


def _save(book: Workbook, path: Path) -> None:
    rough = path.with_name(f".{path.name}.{os.getpid()}.rough")
    final = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        book.save(rough)
        without_times(rough, final)
        final.replace(path)
    finally:
        rough.unlink(missing_ok=True)
        final.unlink(missing_ok=True)
