"""The good rows of a ledger as the batches that intake takes: the same ledger and mapping give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from services.intake.domain.ledger.cells import RawRow
from services.intake.domain.ledger.opened import Ledger
from services.intake.domain.ledger.rows import Accepted, Outcome

BATCH_BYTES = 2_000_000
"""A batch ends before it is longer than this, whatever its rows."""


@dataclass
class Batch:
    """Good rows on their way; `body` is the request, `key` its idempotency key."""

    raws: list[RawRow]
    body: bytes
    outcomes: int

    @property
    def key(self) -> str:
        return sha256(self.body).hexdigest()


def batches(outcomes: Iterable[Outcome], ledger: Ledger, most_rows: int) -> Iterator[Batch]:
    """Batches of rows; the same ledger and mapping give the same bytes."""
    raws: list[RawRow] = []
    rows: list[str] = []
    size = read = 0
    for outcome in outcomes:
        read += 1
        if not isinstance(outcome, Accepted):
            continue
        text = json.dumps(
            {**outcome.row.as_json(), "occurrence": outcome.occurrence}, ensure_ascii=False, sort_keys=True
        )
        if rows and (len(rows) >= most_rows or size + len(text) * 3 > BATCH_BYTES):
            yield Batch(raws, _body(rows, ledger), read - 1)
            raws, rows, size, read = [], [], 0, 1
        raws.append(outcome.raw)
        rows.append(text)
        size += len(text) * 3
    if rows:
        yield Batch(raws, _body(rows, ledger), read)


def _body(rows: list[str], ledger: Ledger) -> bytes:
    said = json.dumps({"digest": ledger.digest, "year": ledger.year})
    return f'{{"ledger":{said},"rows":[{",".join(rows)}]}}'.encode()
