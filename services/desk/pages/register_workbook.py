"""A register as an .xlsx: Chinese heads, days as days, text that is never a formula; the same lines, the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from services.chassis.clock import ZONE
from services.chassis.workbooks import text_cell, without_times
from services.desk.pages.columns import Names, Offices, Written, title_of, written

DAY, MOMENT = 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm"
WIDTH = 18


@dataclass(frozen=True)
class About:
    """What the second sheet says: who took which register, with what filter, when (business time)."""

    register: str
    filters: str
    exported_by: str
    post: str
    at: datetime


def workbook_of(
    about: About,
    columns: Sequence[str],
    items: Iterable[Mapping[str, Any]],
    names: Names,
    offices: Offices,
) -> bytes:
    """The workbook's bytes. Lines are written as they come; openpyxl keeps them in a file of its own until then."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.freeze_panes = "B2"
    for number in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    count = 0
    try:
        sheet.append([text_cell(sheet, title_of(column)) for column in columns])
        for item in items:
            sheet.append([_cell(sheet, written(column, item, names, offices)) for column in columns])
            count += 1
    except BaseException:
        sheet.close()  # nothing else would close openpyxl's file
        raise
    _tell(book, about, count)
    rough, final = BytesIO(), BytesIO()
    book.save(rough)
    without_times(rough, final)
    return final.getvalue()


def _tell(book: Workbook, about: About, count: int) -> None:
    sheet = book.create_sheet("说明")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = WIDTH, 3 * WIDTH
    lines: tuple[tuple[str, Written], ...] = (
        ("台账", about.register),
        ("筛选", about.filters),
        ("行数", count),
        ("导出人", about.exported_by),
        ("岗位", about.post),
        ("导出时间", about.at.astimezone(ZONE).replace(tzinfo=None, microsecond=0)),
        ("提示", "本次导出已留痕。请按保密规定保管，不再需要时销毁。"),
    )
    for title, value in lines:
        sheet.append([text_cell(sheet, title), _cell(sheet, value)])


def _cell(sheet: Any, value: Written) -> Any:
    if isinstance(value, str):
        return text_cell(sheet, value)
    cell: Any = WriteOnlyCell(sheet)
    cell.value = value
    if isinstance(value, date):
        cell.number_format = MOMENT if isinstance(value, datetime) else DAY
    return cell
