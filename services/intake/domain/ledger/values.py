"""Single cells of a ledger as values: dates, texts, names, channels, status, numbers.

Every function is total over ``Cell``: it gives a value, None for "nothing stands there", or raises
``Unreadable`` with a stable code and a reason that repeats nothing of the cell.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.intake.domain.ledger.cells import Cell
from services.intake.domain.ledger.vocabulary import ANONYMOUS, CHANNELS, CLOSED, NOTHING, OPEN


class Unreadable(Exception):
    """A cell that says nothing usable: ``code`` (OUT_OF_RANGE), and why in Chinese and English."""

    def __init__(self, reason_zh: str, reason_en: str, code: str = "OUT_OF_RANGE") -> None:
        super().__init__(f"{code}: {reason_zh} / {reason_en}")
        self.code = code
        self.reason_zh = reason_zh
        self.reason_en = reason_en


class Channel(StrEnum):
    """How a petition came in (信访方式)."""

    LETTER = "letter"
    VISIT = "visit"
    CALL = "call"
    ONLINE = "online"
    UNIT_TRANSFER = "unit_transfer"


@dataclass(frozen=True, slots=True)
class Names:
    """Names in one cell; ``and_others`` when 等 stands behind them; ``anonymous`` when there are none."""

    names: tuple[str, ...]
    and_others: bool
    anonymous: bool


_CHANNEL_OF = {word: Channel(code) for code, words in CHANNELS.items() for word in words}

_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Anything outside plain Latin, punctuation and Chinese is looked at one by one; few texts hold any.
_UNUSUAL = re.compile(
    r"[^\n\t -~\u00b7\u2010-\u2027\u2030-\u205e\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]"
)
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_NAME_STOPS = re.compile(r"[、,;/\n|]")
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十两数几多]+)?(?:人|名|名同志|位|同志|名群众|群众)*$")
_HAN_WORDS = re.compile(r"[\u3400-\u9fff]{2,}(?: [\u3400-\u9fff]{2,})+")
_DIGITS_EXACT = 10**15


def as_text(cell: Cell) -> str:
    """The cell as a spreadsheet would show it plainly; a whole number has no decimals."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, date | datetime):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)


def long_text(cell: Cell) -> str | None:
    """A text of several lines: runs of spaces and tabs become one space, runs of line breaks one break.

    Lines are trimmed, control and invisible characters dropped; punctuation stays as it was written.
    """
    text = _LINE_ENDS.sub("\n", as_text(cell))
    if _UNUSUAL.search(text):
        kept = (each for each in text if each in "\n\t" or unicodedata.category(each) not in _DROPPED)
        text = "".join(kept)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line) or None


def short_text(cell: Cell) -> str | None:
    """A text on one line, or None when nothing or only a dash, 无 or the like stands there."""
    text = long_text(cell)
    if text is None or compact(text) in NOTHING:
        return None
    return text.replace("\n", " ")


def optional_text(cell: Cell) -> str | None:
    """As ``long_text``, and None for a dash, 无 or the like."""
    text = long_text(cell)
    return None if text is None or compact(text) in NOTHING else text


def compact(text: str) -> str:
    """Text for comparing: half width, small letters, no spaces."""
    joined = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    # Some marks stand alone as a space and a combining mark: without the space they join what is before them.
    return joined if joined.isascii() else unicodedata.normalize("NFKC", joined).casefold()


def ledger_number(cell: Cell) -> str | None:
    """A ledger number (编号) as text, half width, without spaces.

    Raises ``Unreadable`` for a number whose digits the spreadsheet program has already lost: scientific
    notation, or a numeric cell of 16 digits and more.
    """
    lost = isinstance(cell, int | float) and not isinstance(cell, bool) and not abs(cell) < _DIGITS_EXACT
    text = "" if lost else "".join(unicodedata.normalize("NFKC", short_text(cell) or "").split())
    if lost or _SCIENTIFIC.fullmatch(text):
        raise Unreadable(
            "编号被表格软件写成科学计数,原数字已丢失,请把该列设为文本后重填",
            "the spreadsheet program has lost digits of this number: make the column text and enter it again",
        )
    return text or None


def number_key(number: str) -> str:
    """A ledger number for comparing: 0012 and 12 are one number, LZ-1 and lz-1 too."""
    plain = compact(number)
    return plain.lstrip("0") or "0" if plain.isdecimal() else plain


def channel(cell: Cell) -> Channel | None:
    """How the petition came in; None when blank. Raises ``Unreadable`` for a word that is not known."""
    text = short_text(cell)
    if text is None:
        return None
    key = re.sub(r"\(.*?\)|件$|类$|方式$", "", compact(text))
    found = _CHANNEL_OF.get(key) or _CHANNEL_OF.get(compact(text))
    if found is None:
        raise Unreadable(
            "信访方式无法识别,请填来信、来访、来电、网络或转办",
            "unknown channel: write 来信 letter, 来访 visit, 来电 call, 网络 online or 转办 transfer",
        )
    return found


def closed(cell: Cell) -> bool | None:
    """True for a closed row, False for an open one, None when blank; raises ``Unreadable`` for else."""
    text = short_text(cell) if cell not in ("×", "√") else str(cell)
    if text is None:
        return None
    key = compact(text)
    if key in CLOSED:
        return True
    if key in OPEN:
        return False
    raise Unreadable(
        "状态无法识别,请填已办结或未办结", "unknown status: write 已办结 (closed) or 未办结 (open)"
    )


def says_open(cell: Cell) -> bool:
    """True where a date column holds a word for "not closed yet" in place of a date."""
    return isinstance(cell, str) and compact(cell) in OPEN


def names(cell: Cell) -> Names:
    """Names split at 、，,;/ and line breaks, not inside brackets; 等 behind them noted and taken off."""
    text = short_text(as_text(cell).replace("\n", "、")) or ""
    found: list[str] = []
    others = False
    for part in _split(unicodedata.normalize("NFKC", text)):
        name = _AND_OTHERS.sub("", part).strip()
        others = others or name != part
        found.extend(_apart(name))
    known = [each for each in found if compact(each) not in NOTHING | ANONYMOUS]
    return Names(tuple(dict.fromkeys(known)), and_others=others and bool(known), anonymous=not known)


def _split(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, each in enumerate(text):
        depth = max(0, depth + (each in "([{〔【") - (each in ")]}〕】"))
        if depth == 0 and _NAME_STOPS.match(each):
            parts.append(text[start:at])
            start = at + 1
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def _apart(name: str) -> list[str]:
    """``张　三`` is one name written with a gap; ``张某甲 李某乙`` are two."""
    if _HAN_WORDS.fullmatch(name):
        return name.split(" ")
    if re.fullmatch(r"[\u3400-\u9fff](?: [\u3400-\u9fff]+)+", name):
        return [name.replace(" ", "")]
    return [name] if name else []
