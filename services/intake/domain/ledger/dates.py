"""Dates as offices write them. Whatever is not plainly one day is refused with its reason."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from services.intake.domain.ledger.cells import Cell
from services.intake.domain.ledger.values import Unreadable, short_text

# A number between these is a spreadsheet's day count (1954 to 2119) and can be nothing else.
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_SERIAL_ZERO = date(1899, 12, 30)

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TENS = re.compile(r"([二三]?)十([一二三四五六七八九]?)(?=[月日号])|廿([一二三四五六七八九]?)(?=[日号])")
_SMALL = "〇一二三四五六七八九"

_BEHIND = (
    r"(?:[\s,T]*\(?(?:星期|周|礼拜)[一二三四五六日天1-6]\)?)?"
    r"(?:[\s,T]*(?:凌晨|早上|上午|中午|下午|晚上|晚|[AaPp][Mm])?\s*\d{1,2}\s*[:时点]"
    r"(?:\s*\d{1,2}\s*(?:[:分]\s*(?:\d{1,2}(?:\.\d+)?\s*秒?)?)?)?\s*(?:[AaPp][Mm])?)?"
    r"(?:[\s,]*(?:凌晨|早上|上午|中午|下午|晚上|晚))?"
    r"(?:[\s,]*\(?(?:星期|周|礼拜)[一二三四五六日天1-6]\)?)?\s*"
)
_FULL = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)\s*[日号]?" + _BEHIND)
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)" + _BEHIND)
_WITHOUT_YEAR = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]" + _BEHIND)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MONTH_ONLY = re.compile(r"\d{4}\s*(?:年|[-/.])\s*\d{1,2}\s*月?")


def day(cell: Cell, *, year: int | None) -> date | None:
    """The day that stands in the cell, None when blank.

    ``year`` is the ledger's year, for days written without one (3月2日). Read are 2026-3-2, 2026/03/02,
    2026.3.2, 20260302, 2026年3月2日, 二〇二六年三月二日, full-width digits, day counts of a spreadsheet, and
    any of these with a weekday or a time behind. Raises ``Unreadable`` (OUT_OF_RANGE) for anything else:
    two dates in a cell, no day, a year of two digits, a day that does not exist.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool | timedelta) or not isinstance(cell, int | float | str | None):
        raise _not_a_date()
    if isinstance(cell, int | float):
        return _from_number(cell)
    text = short_text(cell)
    return None if text is None else _from_text(_plain(text), year)


def _from_number(number: float) -> date:
    if _FIRST_SERIAL <= number < _LAST_SERIAL:
        return _SERIAL_ZERO + timedelta(days=int(number))
    if abs(number) < 10**9 and int(number) == number:
        found = _SOLID.fullmatch(str(int(number)))
        if found:
            return _existing(int(found[1]), int(found[2]), int(found[3]))
    raise _not_a_date()


def _from_text(text: str, year: int | None) -> date:
    found = _FULL.fullmatch(text) or _SOLID.fullmatch(text)
    if found:
        return _existing(int(found[1]), int(found[2]), int(found[3]))
    found = _WITHOUT_YEAR.fullmatch(text)
    if found:
        if year is None:
            raise Unreadable(
                "日期没有年份,请写明年份或指明台账年度", "no year: write it or name the ledger's year"
            )
        return _existing(year, int(found[1]), int(found[2]))
    if _SERIAL.fullmatch(text):
        return _from_number(float(text))
    if _MONTH_ONLY.fullmatch(text):
        raise Unreadable("日期只有年月,没有日", "year and month alone: the day is missing")
    raise _not_a_date()


def _existing(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        raise Unreadable("日期不存在,请核对年月日", "there is no such day") from None


def _not_a_date() -> Unreadable:
    return Unreadable("日期无法识别,请写成 2026-03-02 的形式", "not a date: write it like 2026-03-02")


def _plain(text: str) -> str:
    """Half width, ASCII digits, Chinese numerals as digits where they belong to a date."""
    plain = unicodedata.normalize("NFKC", text.replace("○", "〇")).replace("—", "-").replace("–", "-")
    head, mark, tail = plain.partition("日")
    if mark:
        head = head + mark
    elif "号" in plain:
        head, mark, tail = plain.partition("号")
        head = head + mark
    # A weekday behind the date (星期一) keeps its numeral.
    return _TENS.sub(_tens, head).translate(_DIGITS) + tail if mark else _ascii_digits(plain)


def _ascii_digits(text: str) -> str:
    return re.sub(r"[〇零一二三四五六七八九]{4}", lambda hit: hit[0].translate(_DIGITS), text)


def _tens(found: re.Match[str]) -> str:
    if found[3] is not None:
        return str(20 + (_SMALL.index(found[3]) if found[3] else 0))
    tens = _SMALL.index(found[1]) if found[1] else 1
    ones = _SMALL.index(found[2]) if found[2] else 0
    return str(tens * 10 + ones)
