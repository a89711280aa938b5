"""Raw rows of a ledger as petitions, or as problems with their reasons.

``sift`` runs over a whole ledger. It can be begun again at any row: rows before that one are read, since
duplicates and occurrences are counted from the top, but not given.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from services.intake.domain.ledger import values
from services.intake.domain.ledger.cells import Cell, RawRow
from services.intake.domain.ledger.dates import day
from services.intake.domain.ledger.fields import REQUIRED, TITLES, Field
from services.intake.domain.ledger.mapping import Mapping, header_texts
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.values import Channel, Names, Unreadable
from services.intake.domain.ledger.vocabulary import FORMULA_ERRORS

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class RowLimits:
    """Bounds of a row: days that a date may name (both included), and lengths in characters."""

    earliest: date = date(1980, 1, 1)
    latest: date = date(2100, 12, 31)
    summary_chars: int = 20_000
    text_chars: int = 4_000
    name_chars: int = 200
    names: int = 50


DEFAULT_ROW_LIMITS = RowLimits()


@dataclass
class Seen:
    """What a pass over one ledger has met: digests only, about 200 bytes a row."""

    contents: dict[bytes, bytes] = field(default_factory=dict)
    occurrences: dict[bytes, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One petition of a ledger. ``number`` is its row in the file and no part of its content."""

    number: int
    ledger_no: str | None
    year: int
    received_on: date
    channel: Channel | None
    reporters: Names
    subjects: Names
    subject_unit: str | None
    subject_post: str | None
    summary: str
    disposition: str | None
    closed: bool
    closed_on: date | None
    handler: str | None
    remark: str | None

    def as_json(self) -> dict[str, Any]:
        """A plain dict: dates as ISO text, names as lists, everything else text, number or null."""
        return {
            "row": self.number,
            "ledger_no": self.ledger_no,
            "year": self.year,
            "received_on": self.received_on.isoformat(),
            "channel": self.channel.value if self.channel else None,
            "reporters": list(self.reporters.names),
            "reporters_and_others": self.reporters.and_others,
            "anonymous": self.reporters.anonymous,
            "subjects": list(self.subjects.names),
            "subjects_and_others": self.subjects.and_others,
            "subject_unit": self.subject_unit,
            "subject_post": self.subject_post,
            "summary": self.summary,
            "disposition": self.disposition,
            "closed": self.closed,
            "closed_on": self.closed_on.isoformat() if self.closed_on else None,
            "handler": self.handler,
            "remark": self.remark,
        }

    def content_digest(self) -> bytes:
        """SHA-256 of everything but the row's place in the file; 0012 and 12 are one ledger number."""
        content = self.as_json()
        del content["row"]
        content["ledger_no"] = values.number_key(self.ledger_no) if self.ledger_no else None
        return _digest(content)

    def natural_key(self, office_id: str, seen: Seen) -> str:
        """What makes this row the same petition in every run: 64 hexadecimal digits.

        Office, ledger number and year; for a row without a number office, digest and its occurrence, which
        ``seen`` counts: ask once for each row, in the file's order. Keep keys out of logs: short content
        could be guessed from a digest.
        """
        return self.key_at(office_id, self.occurrence(seen))

    def occurrence(self, seen: Seen) -> int:
        """The how-manieth row with this content and no number it is, from 1; 0 for a row with a number."""
        if self.ledger_no:
            return 0
        digest = self.content_digest()
        seen.occurrences[digest] = seen.occurrences.get(digest, 0) + 1
        return seen.occurrences[digest]

    def key_at(self, office_id: str, occurrence: int) -> str:
        """The natural key of a row whose occurrence is known."""
        if self.ledger_no:
            return _digest(["number", office_id, values.number_key(self.ledger_no), self.year]).hex()
        return _digest(["digest", office_id, self.content_digest().hex(), occurrence]).hex()


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be taken. ``code`` and ``field`` are the first problem's; the reasons name them all.

    Codes: MISSING_FIELD, OUT_OF_RANGE, DATE_ORDER, DUPLICATE. Reasons repeat nothing of the row.
    """

    number: int
    field: str | None
    code: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A good row with its natural key, and its occurrence if it has no number (else 0)."""

    raw: RawRow
    row: LedgerRow
    key: str
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Rejected:
    """A bad row with its problem, to be given back."""

    raw: RawRow
    problem: RowProblem


@dataclass(frozen=True, slots=True)
class Repeated:
    """A row that says again what an earlier one said, under the same number, or a repeated header."""

    raw: RawRow


Outcome = Accepted | Rejected | Repeated


def sift(
    raw_rows: Iterable[RawRow],
    mapping: Mapping,
    *,
    office_id: str,
    ledger_year: int | None,
    limits: RowLimits = DEFAULT_ROW_LIMITS,
    from_row: int = 1,
) -> Iterator[Outcome]:
    """Each raw row of a ledger as exactly one outcome, from row ``from_row`` of the file on.

    ``raw_rows`` must begin at the ledger's first row whatever ``from_row`` is. Raises ``LedgerError``
    (MISSING_FIELD) when the mapping lacks a required field.
    """
    if mapping.missing:
        lacking = mapping.missing[0]
        raise LedgerError(
            "MISSING_FIELD", f"没有指明“{TITLES[lacking]}”列", "column not mapped", lacking.value
        )
    seen = Seen()
    for raw in raw_rows:
        outcome = _outcome(raw, mapping, interpret(raw, mapping, ledger_year, limits), office_id, seen)
        if raw.number >= from_row:
            yield outcome


def interpret(
    raw: RawRow, mapping: Mapping, ledger_year: int | None, limits: RowLimits = DEFAULT_ROW_LIMITS
) -> LedgerRow | RowProblem:
    """The row as a petition, or all that is wrong with it. It looks at no other row."""
    return _Interpretation(raw, mapping, ledger_year, limits).result()


def _outcome(
    raw: RawRow, mapping: Mapping, row: LedgerRow | RowProblem, office_id: str, seen: Seen
) -> Outcome:
    if header_texts(raw.cells) == mapping.header[: len(raw.cells)] and len(raw.cells) > 1:
        return Repeated(raw)
    if isinstance(row, RowProblem):
        return Rejected(raw, row)
    occurrence = row.occurrence(seen)
    key = row.key_at(office_id, occurrence)
    if row.ledger_no is None:
        return Accepted(raw, row, key, occurrence)
    digest = row.content_digest()
    first = seen.contents.setdefault(bytes.fromhex(key), digest)
    if first is digest:
        return Accepted(raw, row, key)
    return Repeated(raw) if first == digest else Rejected(raw, _duplicate(raw.number))


def _duplicate(number: int) -> RowProblem:
    return RowProblem(
        number,
        Field.LEDGER_NO.value,
        "DUPLICATE",
        "编号:与前面某行编号相同而内容不同,前一行已采用",
        "ledger_no: an earlier row has this number and says something else; the earlier row is taken",
    )


def _digest(content: object) -> bytes:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).digest()


@dataclass
class _Interpretation:
    raw: RawRow
    mapping: Mapping
    ledger_year: int | None
    limits: RowLimits
    problems: list[tuple[str, Field | None, str, str]] = field(default_factory=list)

    def result(self) -> LedgerRow | RowProblem:
        row = self._row()
        return self._problem() if row is None or self.problems else row

    def _row(self) -> LedgerRow | None:
        self._check_width()
        self._check_formulas()
        received_on = self._date(Field.RECEIVED_ON)
        closed, closed_on = self._closing(received_on)
        texts = {each: self._text(each, self.limits.text_chars, values.short_text) for each in _SHORT}
        long = {each: self._text(each, self.limits.text_chars, values.optional_text) for each in _LONG}
        summary = self._text(Field.SUMMARY, self.limits.summary_chars, values.optional_text)
        ledger_no = self._read(Field.LEDGER_NO, values.ledger_number)
        channel = self._read(Field.CHANNEL, values.channel)
        reporters, subjects = self._names(Field.REPORTER), self._names(Field.SUBJECT_NAME)
        self._check_length(Field.LEDGER_NO, ledger_no, self.limits.name_chars)
        self._require({Field.RECEIVED_ON: received_on, Field.SUMMARY: summary})
        if received_on is None or summary is None:
            return None
        return LedgerRow(
            number=self.raw.number,
            ledger_no=ledger_no,
            year=self.ledger_year or received_on.year,
            received_on=received_on,
            channel=channel,
            reporters=reporters,
            subjects=subjects,
            subject_unit=texts[Field.SUBJECT_UNIT],
            subject_post=texts[Field.SUBJECT_POST],
            summary=summary,
            disposition=long[Field.DISPOSITION],
            closed=closed,
            closed_on=closed_on,
            handler=texts[Field.HANDLER],
            remark=long[Field.REMARK],
        )

    def _cell(self, each: Field) -> Cell:
        column = self.mapping.columns.get(each)
        return None if column is None or column >= len(self.raw.cells) else self.raw.cells[column]

    def _check_formulas(self) -> None:
        for each in self.mapping.columns:
            if self._cell(each) in FORMULA_ERRORS:
                self._add("OUT_OF_RANGE", each, "公式出错", "a formula failed")

    def _read(self, each: Field, reader: Callable[[Cell], Value]) -> Value | None:
        try:
            return reader(self._cell(each))
        except Unreadable as error:
            self._add(error.code, each, error.reason_zh, error.reason_en)
            return None

    def _text(self, each: Field, chars: int, reader: Callable[[Cell], str | None]) -> str | None:
        text = reader(self._cell(each))
        self._check_length(each, text, chars)
        return text

    def _check_length(self, each: Field, text: str | None, chars: int) -> None:
        if text is not None and len(text) > chars:
            self._add("OUT_OF_RANGE", each, f"超过 {chars} 字", f"longer than {chars} characters")

    def _names(self, each: Field) -> Names:
        found = values.names(self._cell(each))
        for name in found.names:
            self._check_length(each, name, self.limits.name_chars)
        if len(found.names) > self.limits.names:
            most = self.limits.names
            self._add("OUT_OF_RANGE", each, f"姓名超过 {most} 个", f"more than {most} names")
        return found

    def _date(self, each: Field) -> date | None:
        found = self._read(each, lambda cell: day(cell, year=self.ledger_year))
        if found is not None and not self.limits.earliest <= found <= self.limits.latest:
            first, last = self.limits.earliest.isoformat(), self.limits.latest.isoformat()
            self._add("OUT_OF_RANGE", each, f"不在 {first} 至 {last} 之间", f"not within {first} to {last}")
        return found

    def _closing(self, received_on: date | None) -> tuple[bool, date | None]:
        """Whether the row is closed, and when; a closing date says closed where no status stands."""
        pending = values.says_open(self._cell(Field.CLOSED_ON))
        closed_on = None if pending else self._date(Field.CLOSED_ON)
        status = self._read(Field.STATUS, values.closed)
        if closed_on and received_on and closed_on < received_on:
            self._add("DATE_ORDER", Field.CLOSED_ON, "早于收件日期", "before the day of receipt")
        if (closed_on and status is False) or (pending and status):
            self._add("OUT_OF_RANGE", Field.STATUS, "与办结日期矛盾", "contradicts the closing date")
        return (closed_on is not None if status is None else status), closed_on

    def _check_width(self) -> None:
        if self.raw.delimited and len(self.raw.cells) > len(self.mapping.header):
            self._add(
                "OUT_OF_RANGE",
                None,
                "列数多于表头,文字中的分隔符可能没有加引号",
                "more cells than the header has: a separator inside a text may lack its quotes",
            )

    def _require(self, found: dict[Field, object]) -> None:
        named = {each for _, each, _, _ in self.problems}
        for each in REQUIRED:
            if found[each] is None and each not in named:
                self._add("MISSING_FIELD", each, "必填而为空", "required and empty")

    def _add(self, code: str, each: Field | None, zh: str, en: str) -> None:
        self.problems.append((code, each, zh, en))

    def _problem(self) -> RowProblem:
        code, first, _, _ = self.problems[0]
        zh = ";".join(f"{TITLES[each]}:{reason}" if each else reason for _, each, reason, _ in self.problems)
        en = "; ".join(f"{each.value}: {reason}" if each else reason for _, each, _, reason in self.problems)
        return RowProblem(self.raw.number, first.value if first else None, code, zh, en)


_SHORT = (Field.SUBJECT_UNIT, Field.SUBJECT_POST, Field.HANDLER)
_LONG = (Field.DISPOSITION, Field.REMARK)
