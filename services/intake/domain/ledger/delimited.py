"""Ledgers as delimited text (.csv): the encoding, the separator and the records."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from services.intake.domain.ledger.cells import RawRow, ReadingLimits, trimmed
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.screening import too_large

DELIMITERS = (",", ";", "\t")

_CHUNK = 1 << 20
_LINE_CHARS = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(path: Path) -> str:
    """The encoding in which the whole file can be read: UTF-8, GB18030 or UTF-16.

    A byte order mark decides; else UTF-16 where every other byte of plain characters is NUL; else UTF-8 if
    all of it is valid, else GB18030. Raises ``LedgerError`` (BROKEN_FILE) when none fits.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    marked = next((name for mark, name in _BOMS if start.startswith(mark)), None) or _without_mark(start)
    candidates = (marked,) if marked else ("utf-8", "gb18030")
    for name in candidates:
        if _decodes(path, name):
            return name
    raise LedgerError(
        "BROKEN_FILE",
        "文字编码无法识别,请另存为 UTF-8 编码的 CSV",
        "the text's encoding is not known: save the file as CSV in UTF-8",
    )


def text_rows(path: Path, encoding: str, delimiter: str, limits: ReadingLimits) -> Iterator[RawRow]:
    """Records that hold something; a record counts as one row however many lines it has.

    NUL characters are dropped. Raises ``LedgerError``: BROKEN_FILE where quotes are never closed,
    TOO_LARGE for a line, a field or a number of rows beyond all measure.
    """
    with path.open(encoding=encoding, newline="") as file:
        lines = _Lines(file)
        try:
            for number, record in enumerate(csv.reader(lines, delimiter=delimiter), start=1):
                if number > limits.rows:
                    raise too_large()
                if lines.open_quotes % 2 and lines.ended:
                    raise _unclosed()
                kept = trimmed([*record[: limits.columns]])
                lines.open_quotes = 0
                if kept:
                    yield RawRow(number, kept, delimited=True)
        except csv.Error:
            raise _unclosed() from None


class _Lines:
    """Lines for the csv reader, NULs dropped, with the quotes counted that the present record has."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.open_quotes = 0
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline(_LINE_CHARS)
        if not line:
            self.ended = True
            raise StopIteration
        if len(line) == _LINE_CHARS:
            raise too_large()
        self.open_quotes += line.count('"')
        return line.replace("\0", "")


def _unclosed() -> LedgerError:
    return LedgerError(
        "BROKEN_FILE",
        "引号没有成对,后面的行会被并成一行,请检查文件中的双引号",
        "a quotation mark is never closed, so that rows run into one another: check the file's quotes",
    )


def _without_mark(start: bytes) -> str | None:
    """UTF-16 without a mark: separators and digits of a ledger have a NUL on one side, always the same."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 20 < len(start) or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
