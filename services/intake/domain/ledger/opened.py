"""A ledger file opened: its layout with the mapping in use, its year, its rows as outcomes, and what a pass finds."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from services.intake.domain.ledger import mapping as columns
from services.intake.domain.ledger import reading
from services.intake.domain.ledger.cells import DEFAULT_LIMITS, RawRow, ReadingLimits, is_blank
from services.intake.domain.ledger.fields import Field
from services.intake.domain.ledger.rows import Accepted, Outcome, Rejected, RowLimits, sift

SAMPLE = 200
"""Rows that are looked at before the mapping is shown."""


@dataclass(frozen=True)
class Ledger:
    """`digest`: SHA-256 of the file. `year`: the ledger's, or None where rows go by their day of receipt."""

    path: Path
    layout: reading.Layout
    digest: str
    year: int | None
    limits: ReadingLimits = DEFAULT_LIMITS

    @property
    def mapping(self) -> columns.Mapping:
        return self.layout.mapping

    def with_columns(self, corrections: Mapping[str, str | None]) -> Ledger:
        """The ledger with fields set to columns, see `mapping.correct`; raises LedgerError."""
        corrected = columns.correct(self.mapping, corrections)
        return replace(self, layout=reading.with_mapping(self.layout, corrected))

    def rows(self) -> Iterator[RawRow]:
        """The rows below the header as they stand in the file; raises LedgerError, also midway."""
        return reading.read_rows(self.path, self.layout, limits=self.limits)

    def outcomes(self, limits: RowLimits) -> Iterator[Outcome]:
        """Each row of the file as one outcome. Keys are intake's business: the office given here tells nothing."""
        return sift(self.rows(), self.mapping, office_id="-", ledger_year=self.year, limits=limits)

    def filled(self) -> tuple[dict[Field, int], int]:
        """In how many of the first rows each field's column holds something, and how many rows that were."""
        rows = list(islice(self.rows(), SAMPLE))
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
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> Ledger:
    """The ledger with the mapping proposed for its header, or `known` fitted to it; raises LedgerError."""
    layout = reading.find_layout(path, sheet=sheet, header_row=header_row, limits=limits)
    if known is not None:
        layout = reading.with_mapping(layout, _fitted(known, layout.mapping.header))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Ledger(path, layout, digest, year, limits)


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
