"""A ledger file as its header and a stream of raw rows, whether .xlsx or .csv."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from services.intake.domain.ledger import delimited, workbook
from services.intake.domain.ledger.cells import DEFAULT_LIMITS, RawRow, ReadingLimits, is_blank
from services.intake.domain.ledger.mapping import Mapping, propose
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.screening import check_kind

# Titles, reporting units and notes stand above the header; it is looked for in so many rows.
_LOOKED_AT = 50
_FIELDS_OF_A_HEADER = 3
_NO_SUBHEADER = re.compile(r"\d|.{21,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a ledger stands in its file.

    ``sheet`` for .xlsx; ``encoding`` and ``delimiter`` for .csv. ``header_row`` is the row of the header
    (the lower one of two), and ``mapping`` what is proposed for it.
    """

    sheet: str | None
    encoding: str | None
    delimiter: str | None
    header_row: int
    mapping: Mapping
    screened: tuple[int, int] | None = None
    """Size and time of the workbook that was looked through; another file is looked through again."""


def find_layout(
    path: Path,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> Layout:
    """The first sheet, or the separator, that gives a recognisable header, and that header.

    ``sheet`` and ``header_row`` name them where they are known better. Raises ``LedgerError``: BROKEN_FILE,
    TOO_LARGE, UNSUPPORTED_MEDIA, UNKNOWN_REFERENCE (no such sheet or row), MISSING_FIELD (no header found).
    """
    if check_kind(path, limits) == "csv":
        return _layout_of_text(path, header_row, limits)
    with workbook.opened(path, limits) as book:
        names = workbook.visible_sheets(book)
        if sheet is not None and sheet not in book.sheetnames:
            raise LedgerError("UNKNOWN_REFERENCE", "工作簿里没有这个工作表", "the workbook has no such sheet")
        for name in names if sheet is None else (sheet,):
            found = _header(workbook.sheet_rows(book, name, limits), header_row)
            if found:
                return Layout(name, None, None, *found, screened=_stamp(path))
    raise _no_header()


def read_rows(
    path: Path, layout: Layout | None = None, *, limits: ReadingLimits = DEFAULT_LIMITS
) -> Iterator[RawRow]:
    """The rows below the header, in order, those that hold something; memory does not grow with them.

    Raises ``LedgerError`` as ``find_layout`` does, BROKEN_FILE also midway.
    """
    found = layout or find_layout(path, limits=limits)
    check_kind(path, limits)
    for raw in _all_rows(path, found, limits):
        if raw.number > found.header_row:
            yield raw


def _all_rows(path: Path, layout: Layout, limits: ReadingLimits) -> Iterator[RawRow]:
    if layout.encoding and layout.delimiter:
        yield from delimited.text_rows(path, layout.encoding, layout.delimiter, limits)
        return
    with workbook.opened(path, limits, screened=layout.screened == _stamp(path)) as book:
        yield from workbook.sheet_rows(book, layout.sheet or "", limits)


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _layout_of_text(path: Path, header_row: int | None, limits: ReadingLimits) -> Layout:
    encoding = delimited.encoding_of(path)
    layouts = []
    refused: LedgerError | None = None
    for delimiter in delimited.DELIMITERS:
        try:
            found = _header(delimited.text_rows(path, encoding, delimiter, limits), header_row)
        except (
            LedgerError
        ) as error:  # read with a wrong separator, quotes that are closed look as if they were not
            refused = refused or error
            continue
        if found:
            layouts.append(Layout(None, encoding, delimiter, *found))
    if not layouts:
        raise refused or _no_header()
    return max(layouts, key=lambda each: (len(each.mapping.columns), len(each.mapping.header)))


def _header(rows: Iterable[RawRow], wanted: int | None) -> tuple[int, Mapping] | None:
    """The header's row and mapping: the row that names most fields, the first of equals."""
    if wanted is not None:
        chosen = next((raw for raw in rows if raw.number >= wanted), None)
        if chosen is None or chosen.number != wanted:
            raise LedgerError("UNKNOWN_REFERENCE", "表头所在行是空的", "the row named as header is blank")
        return wanted, propose(chosen.cells)
    top = list(islice(rows, _LOOKED_AT))
    mappings = [propose(raw.cells) for raw in top]
    best = max(range(len(top)), key=lambda at: (len(mappings[at].columns), -at), default=None)
    if best is None or not _is_header(mappings[best]):
        return None
    return _with_subheader(top, best, mappings[best])


def _is_header(mapping: Mapping) -> bool:
    named = len(mapping.columns) + len(mapping.ambiguous)
    return named >= _FIELDS_OF_A_HEADER and len(mapping.missing) < 2


def _with_subheader(rows: list[RawRow], at: int, single: Mapping) -> tuple[int, Mapping]:
    """A header of two rows (被反映人 over 姓名, 单位, 职务) is read as one where that names more fields."""
    if at + 1 < len(rows) and rows[at + 1].number == rows[at].number + 1:
        lower = rows[at + 1]
        texts = [cell for cell in lower.cells if not is_blank(cell)]
        if all(isinstance(text, str) and not _NO_SUBHEADER.search(text) for text in texts):
            double = propose(_joined(rows[at], lower))
            if len(double.columns) > len(single.columns):
                return lower.number, double
    return rows[at].number, single


def _joined(upper: RawRow, lower: RawRow) -> list[str]:
    width = max(len(upper.cells), len(lower.cells))
    joined, over = [], ""
    for column in range(width):
        above = upper.cells[column] if column < len(upper.cells) else None
        below = lower.cells[column] if column < len(lower.cells) else None
        over = over if is_blank(above) else str(above)
        if is_blank(below):
            joined.append("" if is_blank(above) else over)
        else:
            joined.append(f"{over}{below}")
    return joined


def _no_header() -> LedgerError:
    return LedgerError(
        "MISSING_FIELD",
        "前 50 行内没有找到表头,请指明工作表和表头所在行",
        "no header in the first 50 rows: name the sheet and the header's row",
    )


def with_mapping(layout: Layout, mapping: Mapping) -> Layout:
    """The layout with a corrected mapping."""
    return replace(layout, mapping=mapping)
