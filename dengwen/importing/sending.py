"""Sending a ledger: batches of good rows, one on its way while the next is read, every bad row given back.

Nothing is remembered here of what was sent. The same file gives the same batches under the same idempotency
keys, so what intake took before a kill is answered again at once; and each row's natural key keeps it from being
taken twice even where the batches have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from dengwen.importing.transport import Facts, Transport
from services.intake.domain.ledger.batches import Batch, batches
from services.intake.domain.ledger.cells import RawRow
from services.intake.domain.ledger.opened import Ledger
from services.intake.domain.ledger.rows import Accepted, Outcome, Rejected, RowLimits, RowProblem


@dataclass
class Totals:
    """What became of the rows read so far; the five add up to `rows`."""

    imported: int = 0
    already: int = 0
    repeated: int = 0
    rejected: int = 0
    refused: int = 0
    problems: list[tuple[RawRow, RowProblem]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.imported + self.already + self.repeated + self.rejected + self.refused

    def note(self, batch: Batch, answer: Any) -> None:
        """Take an answer to a batch: its lines are in the order of the batch's rows."""
        replayed = bool(answer.get("replayed"))
        for raw, line in zip(batch.raws, answer["rows"], strict=True):
            if line["status"] == "refused":
                self.refused += 1
                self.problems.append((raw, _problem(raw, line)))
            elif line["status"] == "imported" and not replayed:
                self.imported += 1
            else:
                self.already += 1


def limits_of(facts: Facts) -> RowLimits:
    """Days beyond the installation's today are typing errors."""
    return RowLimits(latest=facts.today)


def send(
    ledger: Ledger, transport: Transport, facts: Facts, progress: Callable[[int], None] = lambda _: None
) -> Totals:
    """Send the whole ledger; raises NotReached, Refused, LedgerError. Running it again goes on where it was."""
    totals = Totals()
    outcomes = _given_back(ledger.outcomes(limits_of(facts)), totals)
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = None
        for batch in batches(outcomes, ledger, facts.most_rows):
            under_way = (batch, pool.submit(transport.post, batch.body, batch.key))
            if waiting is not None:
                totals.note(waiting[0], waiting[1].result())
                progress(waiting[0].outcomes)
            waiting = under_way
        if waiting is not None:
            totals.note(waiting[0], waiting[1].result())
            progress(waiting[0].outcomes)
    totals.problems.sort(key=lambda found: found[1].number)
    return totals


def _given_back(outcomes: Iterable[Outcome], totals: Totals) -> Iterator[Outcome]:
    """The outcomes, with what needs no sending counted and kept."""
    for outcome in outcomes:
        if isinstance(outcome, Rejected):
            totals.rejected += 1
            totals.problems.append((outcome.raw, outcome.problem))
        elif not isinstance(outcome, Accepted):
            totals.repeated += 1
        yield outcome


def _problem(raw: RawRow, line: Any) -> RowProblem:
    return RowProblem(raw.number, line.get("field"), line["code"], line["reason_zh"], line["reason_en"])
