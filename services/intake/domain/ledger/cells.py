"""What a ledger file gives before anyone interprets it: rows of raw cells."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | datetime | date | time | timedelta | None


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row that holds something.

    ``number`` is the row as a spreadsheet program counts it, from 1, blank rows included. ``cells`` end
    at the last one that is not blank. ``delimited`` is true for .csv, where a surplus cell means that a
    separator stood unquoted in a text and everything behind it has moved.
    """

    number: int
    cells: tuple[Cell, ...]
    delimited: bool = False


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Bounds of a file: bytes on disk, bytes unpacked (all parts), rows, and columns that are looked at."""

    file_bytes: int = 256 * 1024 * 1024
    unpacked_bytes: int = 1536 * 1024 * 1024
    rows: int = 1_048_576
    columns: int = 256


DEFAULT_LIMITS = ReadingLimits()


def is_blank(cell: Cell) -> bool:
    """True for an empty cell and for text of spaces alone (full-width ones, line breaks and NULs too)."""
    return cell is None or (isinstance(cell, str) and not cell.strip("\0\ufeff\u200b \t\r\n\u3000\u00a0"))


def trimmed(cells: list[Cell]) -> tuple[Cell, ...]:
    """The cells up to the last one that is not blank."""
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return tuple(cells[:end])
