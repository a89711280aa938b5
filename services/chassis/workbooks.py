"""What every workbook (.xlsx) that we write has in common: text stays text, and the same content is the same file."""

from __future__ import annotations

import re
import shutil
from os import PathLike
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell

MOST_CHARS = 32_767
"""What a cell holds."""
# The whole of a text that no workbook can hold is where it came from.
_CUT = "…(已截断 truncated)"
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Same content, same bytes: neither the archive nor the document's properties say when it was written.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")


def text_cell(sheet: Any, text: str) -> Any:
    """A cell that is text whatever it looks like; Excel's own quote mark keeps it text when edited."""
    safe = ILLEGAL_CHARACTERS_RE.sub("", text).encode("utf-8", "ignore").decode()
    if len(safe) > MOST_CHARS:
        safe = safe[: MOST_CHARS - len(_CUT)] + _CUT
    cell = WriteOnlyCell(sheet, safe)
    cell.data_type = "s"
    if safe.startswith(_FORMULA_LIKE):
        cell.quotePrefix = True
    return cell


def without_times(source: str | PathLike[str] | IO[bytes], target: str | PathLike[str] | IO[bytes]) -> None:
    """Copy a saved workbook to `target` without the times at which it was written."""
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            stamped = ZipInfo(part.filename, _EPOCH)
            stamped.compress_type = ZIP_DEFLATED
            if part.filename == "docProps/core.xml":
                new.writestr(stamped, _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", old.read(part)))
                continue
            with old.open(part) as content, new.open(stamped, "w", force_zip64=True) as copy:
                shutil.copyfileobj(content, copy, 1 << 20)
