"""A ledger file as it is to be imported: its layout with the mapping agreed on, its year, its rows as outcomes."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from services.intake.domain.ledger import mapping as columns
from services.intake.domain.ledger import reading
from services.intake.domain.ledger.cells import is_blank
from services.intake.domain.ledger.fields import TITLES, Field
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.rows import Accepted, Outcome, Rejected, RowLimits, sift

SAMPLE = 200
"""Rows that are looked at before the mapping is shown."""
_BY_TITLE = {title: each.value for each, title in TITLES.items()}


@dataclass(frozen=True)
class Ledger:
    """`digest`: SHA-256 of the file. `year`: the ledger's, or None where rows go by their day of receipt."""

    path: Path
    layout: reading.Layout
    digest: str
    year: int | None

    @property
    def mapping(self) -> columns.Mapping:
        return self.layout.mapping

    def with_columns(self, corrections: Mapping[str, str | None]) -> Ledger:
        """The ledger with fields set to columns, see `mapping.correct`; raises LedgerError."""
        corrected = columns.correct(self.mapping, corrections)
        return replace(self, layout=reading.with_mapping(self.layout, corrected))

    def outcomes(self, limits: RowLimits) -> Iterator[Outcome]:
        """Each row of the file as one outcome. Keys are intake's business: the office given here tells nothing."""
        rows = reading.read_rows(self.path, self.layout)
        return sift(rows, self.mapping, office_id="-", ledger_year=self.year, limits=limits)

    def filled(self) -> tuple[dict[Field, int], int]:
        """In how many of the first rows each field's column holds something, and how many rows that were."""
        rows = list(islice(reading.read_rows(self.path, self.layout), SAMPLE))
        return {
            each: sum(1 for raw in rows if column < len(raw.cells) and not is_blank(raw.cells[column]))
            for each, column in self.mapping.columns.items()
        }, len(rows)


@dataclass
class Survey:
    """What a pass over the whole file finds before anything is sent."""

    good: int = 0
    bad: int = 0
    repeated: int = 0
    closed: int = 0
    without_number: int = 0
    fields: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        return self.good + self.bad + self.repeated

    def count(self, outcome: Outcome) -> None:
        if isinstance(outcome, Accepted):
            self.good += 1
            self.closed += outcome.row.closed
            self.without_number += outcome.row.ledger_no is None
        elif isinstance(outcome, Rejected):
            self.bad += 1
            self.fields[outcome.problem.field or ""] += 1
        else:
            self.repeated += 1


def open_ledger(
    path: Path,
    *,
    year: int | None,
    sheet: str | None = None,
    header_row: int | None = None,
    known: columns.Mapping | None = None,
) -> Ledger:
    """The ledger with the mapping proposed for its header, or `known` fitted to it; raises LedgerError."""
    layout = reading.find_layout(path, sheet=sheet, header_row=header_row)
    if known is not None:
        layout = reading.with_mapping(layout, _fitted(known, layout.mapping.header))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Ledger(path, layout, digest, year)


def _fitted(known: columns.Mapping, header: tuple[str, ...]) -> columns.Mapping:
    """The mapping agreed on, for this header; a column that was left out on purpose stays out."""
    if known.header == header:
        return known
    fitted = columns.refit(known, header)
    told = {columns.header_key(text) for text in known.header}
    unwanted = [
        each
        for each, column in fitted.columns.items()
        if each not in known.columns and columns.header_key(header[column]) in told
    ]
    return columns.correct(fitted, dict.fromkeys((each.value for each in unwanted), None))


def correction(text: str) -> tuple[str, str | None]:
    """`字段=列名` as field and header (or column letter); `字段=-` leaves the field out. Raises LedgerError."""
    name, mark, wanted = text.partition("=")
    if not mark or not name.strip() or not wanted.strip():
        raise LedgerError(
            "MISSING_FIELD",
            "请写成 字段=列名,例如 收件日期=来信时间",
            "write FIELD=COLUMN, e.g. received_on=B",
        )
    known = _BY_TITLE.get(name.strip(), name.strip())
    return known, None if wanted.strip() == "-" else wanted.strip()


@dataclass(frozen=True)
class Agreed:
    """What was agreed on for a ledger, kept beside it: headers and a year, nothing of its rows."""

    mapping: columns.Mapping
    year: int | None


def agreed_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.dengwen.json")


def load_agreed(path: Path) -> Agreed | None:
    """What a file like that holds, None if there is none; raises LedgerError where it cannot be read."""
    try:
        stored: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise LedgerError(
            "BROKEN_FILE", "列对应关系文件无法读取", "the mapping file cannot be read"
        ) from None
    if not isinstance(stored, dict):
        raise LedgerError("BROKEN_FILE", "列对应关系文件无法识别", "this is no mapping file")
    year = stored.get("year")
    found = stored.get("mapping", stored)
    return Agreed(columns.from_json(found), year if isinstance(year, int) else None)


def save_agreed(path: Path, agreed: Agreed) -> bool:
    """Write it; whether that was possible. An import does not depend on it."""
    text = json.dumps(
        {"year": agreed.year, "mapping": agreed.mapping.as_json()}, ensure_ascii=False, indent=1
    )
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text + "\n", encoding="utf-8")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        return False
    return True
