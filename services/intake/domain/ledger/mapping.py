"""Which column of a ledger is which field: proposed from the header, shown, corrected, stored.

A column that could be two fields, or two columns that could be the same field, are reported and left
out: nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from typing import Any

from services.intake.domain.ledger.cells import Cell, is_blank
from services.intake.domain.ledger.fields import REQUIRED, Field
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.vocabulary import NAMES, WEAK_NAMES

EXACT, WITHIN, WEAK = 1.0, 0.8, 0.6

_TRADITIONAL = str.maketrans(
    "編號來時間舉報單位職務級問題內結備註辦狀態經處訪記錄對員稱點現況據類別訴說領導會見復",
    "编号来时间举报单位职务级问题内结备注办状态经处访记录对员称点现况据类别诉说领导会见复",
)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕|<[^<>]*>|《[^》]*》")
# A longer text is no header, though it may well speak of 被反映人 and 主要问题.
_LONGEST_HEADER = 40
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Mapping:
    """``columns``: field → column index from 0. ``header``: the header's texts, one per column.

    ``certainty``: field → 1.0 for a known name, 0.8 for a known name inside a longer one, 0.6 for a name
    that means the field only for want of a better column. ``ambiguous``: field → the columns that could be
    it, none chosen. ``unmatched``: columns that are no field.
    """

    header: tuple[str, ...]
    columns: Lookup[Field, int]
    certainty: Lookup[Field, float] = field(default_factory=dict)
    ambiguous: Lookup[Field, tuple[int, ...]] = field(default_factory=dict)
    unmatched: tuple[int, ...] = ()

    @property
    def confidence(self) -> float:
        """0 to 1: the certainty of the least certain required field, 0 when one is missing."""
        return min(self.certainty.get(each, 0.0) for each in REQUIRED)

    @property
    def missing(self) -> tuple[Field, ...]:
        """Required fields that have no column."""
        return tuple(each for each in REQUIRED if each not in self.columns)

    def as_json(self) -> dict[str, Any]:
        """A plain dict for ``json.dumps``; ``from_json`` gives an equal mapping back."""
        return {
            "header": list(self.header),
            "columns": {each.value: column for each, column in self.columns.items()},
            "certainty": {each.value: value for each, value in self.certainty.items()},
            "ambiguous": {each.value: list(columns) for each, columns in self.ambiguous.items()},
            "unmatched": list(self.unmatched),
        }


def header_key(text: str) -> str:
    """A header reduced to what it says: width, case, spaces, punctuation and old characters do not matter."""
    plain = unicodedata.normalize("NFKC", text).translate(_TRADITIONAL).casefold()
    return _NOISE.sub("", plain)


def header_texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The header's cells as text on one line each; a blank cell is an empty text."""
    return tuple("" if is_blank(cell) else " ".join(str(cell).split()) for cell in cells)


def propose(header_cells: Sequence[Cell]) -> Mapping:
    """A mapping for this header row. It may lack required fields: see ``Mapping.missing``."""
    header = header_texts(header_cells)
    scores = [_scores(text) for text in header]
    columns: dict[Field, int] = {}
    certainty: dict[Field, float] = {}
    ambiguous: dict[Field, tuple[int, ...]] = {}
    for tier in (EXACT, WITHIN, WEAK):
        claims = _claims(scores, tier, taken=set(columns.values()), settled={*columns, *ambiguous})
        shared = _claimed_twice(claims)
        for each, claimants in claims.items():
            if len(claimants) == 1 and claimants[0] not in shared:
                columns[each], certainty[each] = claimants[0], tier
            else:
                ambiguous[each] = tuple(claimants)
    return _mapping(header, columns, certainty, ambiguous)


def correct(mapping: Mapping, corrections: Lookup[str, str | None]) -> Mapping:
    """The mapping with fields set to the named header, to a column letter, or (None) to no column.

    Raises ``LedgerError``: UNKNOWN_REFERENCE for a field or header that is not there, DUPLICATE for a
    header that stands twice (name its column letter) or a column that two fields are given.
    """
    return choose(
        mapping, {_field(name): _column(mapping.header, name, wanted) for name, wanted in corrections.items()}
    )


def choose(mapping: Mapping, chosen: Lookup[Field, int | None]) -> Mapping:
    """The mapping with fields set to columns (from 0), or to none.

    Raises ``LedgerError``: UNKNOWN_REFERENCE for a column that is not there, DUPLICATE for one of two fields.
    """
    columns, certainty, ambiguous = dict(mapping.columns), dict(mapping.certainty), dict(mapping.ambiguous)
    for each in [key for key, column in columns.items() if column in chosen.values() or key in chosen]:
        del columns[each]
        certainty.pop(each, None)
    for each, column in chosen.items():
        ambiguous.pop(each, None)
        if column is None:
            continue
        if not 0 <= column < len(mapping.header):
            raise LedgerError(
                "UNKNOWN_REFERENCE", "表头没有这一列", "the header has no such column", each.value
            )
        if column in columns.values():
            raise LedgerError("DUPLICATE", "一列只能对应一个字段", "one column, one field", each.value)
        columns[each], certainty[each] = column, EXACT
    return _mapping(mapping.header, columns, certainty, ambiguous)


def from_json(stored: Lookup[str, Any]) -> Mapping:
    """The mapping that ``as_json`` gave. Raises ``LedgerError`` (BROKEN_FILE) when it is not one."""
    try:
        header = tuple(str(text) for text in stored["header"])
        columns = {Field(name): int(column) for name, column in stored["columns"].items()}
        certainty = {Field(name): float(value) for name, value in stored.get("certainty", {}).items()}
        ambiguous = {
            Field(name): tuple(int(each) for each in found)
            for name, found in stored.get("ambiguous", {}).items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _not_a_mapping() from error
    if any(not 0 <= each < len(header) for each in columns.values()):
        raise _not_a_mapping()
    if len(set(columns.values())) < len(columns):
        raise _not_a_mapping()
    return _mapping(header, columns, {each: certainty.get(each, EXACT) for each in columns}, ambiguous)


def refit(mapping: Mapping, header_cells: Sequence[Cell]) -> Mapping:
    """A stored mapping applied by header names to another file's header, in whatever order it stands.

    Fields whose header is not there, or is there twice, keep what ``propose`` says.
    """
    proposed = propose(header_cells)
    keys = [header_key(text) for text in proposed.header]
    wanted = {each: header_key(mapping.header[column]) for each, column in mapping.columns.items()}
    known = {each: keys.index(key) for each, key in wanted.items() if keys.count(key) == 1}
    return correct(proposed, {each.value: column_letter(column) for each, column in known.items()})


def column_letter(column: int) -> str:
    """``A`` for 0, ``Z`` for 25, ``AA`` for 26: the column as a spreadsheet program names it."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _not_a_mapping() -> LedgerError:
    return LedgerError("BROKEN_FILE", "列对应关系文件无法识别", "this is not a stored column mapping")


def _mapping(
    header: tuple[str, ...],
    columns: dict[Field, int],
    certainty: dict[Field, float],
    ambiguous: dict[Field, tuple[int, ...]],
) -> Mapping:
    free = [column for column, text in enumerate(header) if text and column not in columns.values()]
    ordered = {each: columns[each] for each in Field if each in columns}
    return Mapping(
        header=header,
        columns=ordered,
        certainty={each: certainty[each] for each in ordered},
        ambiguous={each: ambiguous[each] for each in Field if each in ambiguous},
        unmatched=tuple(free),
    )


def _names(source: Lookup[Field, frozenset[str]]) -> dict[str, Field]:
    return {name: each for each, names in source.items() for name in names}


_EXACT_NAMES = _names(NAMES)
_WEAK = _names(WEAK_NAMES)
# Longest first, so that 被反映人单位 is not read as 被反映人; short names say too little inside others.
_INNER = sorted((name for name in _EXACT_NAMES if len(name) >= 3), key=len, reverse=True)


def _scores(text: str) -> dict[Field, float]:
    if len(text) > _LONGEST_HEADER:
        return {}
    whole = header_key(text)
    bare = header_key(_BRACKETED.sub("", unicodedata.normalize("NFKC", text)))
    for key in filter(None, (whole, bare)):
        if key in _EXACT_NAMES:
            return {_EXACT_NAMES[key]: EXACT}
    for key in filter(None, (whole, bare)):
        if key in _WEAK:
            return {_WEAK[key]: WEAK}
    return dict.fromkeys(_fields_within(bare or whole), WITHIN)


def _fields_within(key: str) -> set[Field]:
    """Fields whose names stand in a longer header; each stretch of it counts once, for the longest name."""
    found: set[Field] = set()
    for name in _INNER:
        if name in key:
            found.add(_EXACT_NAMES[name])
            key = key.replace(name, " ")
    return found


def _claims(
    scores: Sequence[Lookup[Field, float]], tier: float, *, taken: set[int], settled: set[Field]
) -> dict[Field, list[int]]:
    claims: dict[Field, list[int]] = {}
    for column, score in enumerate(scores):
        for each, value in score.items():
            if value == tier and column not in taken and each not in settled:
                claims.setdefault(each, []).append(column)
    return claims


def _claimed_twice(claims: Lookup[Field, Iterable[int]]) -> set[int]:
    seen: set[int] = set()
    twice: set[int] = set()
    for columns in claims.values():
        for column in columns:
            (twice if column in seen else seen).add(column)
    return twice


def _field(name: str) -> Field:
    try:
        return Field(name)
    except ValueError:
        raise LedgerError("UNKNOWN_REFERENCE", "没有这个字段", "there is no such field", name) from None


def _column(header: tuple[str, ...], name: str, wanted: str | None) -> int | None:
    if wanted is None:
        return None
    keys = [header_key(text) for text in header]
    key = header_key(wanted)
    found = [column for column, each in enumerate(keys) if key and each == key]
    if not found:
        letter = wanted.strip().upper()
        found = [column for column in range(len(header)) if column_letter(column) == letter]
    if len(found) > 1:
        raise LedgerError("DUPLICATE", "表头有同名列,请改用列号", "stands twice: give its letter", name)
    if not found:
        raise LedgerError("UNKNOWN_REFERENCE", "表头没有这一列", "the header has no such column", name)
    return found[0]
