"""A child process that reads ledger files, one request after the other: what takes seconds, and what is hostile.

Run as a program with the number of an inherited socket; reads and writes lines of JSON until the socket ends. It
holds no keys, no settings and no database. A file lies in a folder of its own for as long as it is read.
See `chassis/worker.py`.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))  # run with -P, from wherever

from services.intake.domain.ledger import mapping as columns
from services.intake.domain.ledger import reading, workbook
from services.intake.domain.ledger.batches import batches
from services.intake.domain.ledger.cells import Cell, RawRow, ReadingLimits, is_blank
from services.intake.domain.ledger.fields import Field
from services.intake.domain.ledger.opened import Ledger, Survey, open_ledger
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.rows import Outcome, Rejected, RowLimits, RowProblem

LIMITS = ReadingLimits(file_bytes=10_000_000, unpacked_bytes=200_000_000, rows=20_000)
"""What is taken through the browser; `dengwen import` takes more."""
SHOWN_ROWS, SHOWN_CHARS = 3, 24
Asked = Mapping[str, Any]


def answer(request: Asked) -> dict[str, Any]:
    """What `request["do"]` asks of `file` (base64, of a `kind`), or `refused`: code, Chinese, English, field."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"ledger.{request['kind']}"
        path.write_bytes(b64decode(request["file"]))
        try:
            return _DO[request["do"]](path, request)
        except LedgerError as error:
            told = (error.code.value, error.detail_zh, error.detail_en, error.field)
            return {"refused": told}


def find_columns(path: Path, asked: Asked) -> dict[str, Any]:
    """The layout with the mapping proposed for its header, and what stands in the first rows."""
    ledger = open_ledger(path, year=None, sheet=asked["sheet"], header_row=asked["header_row"], limits=LIMITS)
    first = list(islice(ledger.rows(), SHOWN_ROWS))
    samples = [_samples(first, column) for column in range(len(ledger.mapping.header))]
    return _described(ledger) | {"digest": ledger.digest, "sheets": _sheets(path), "samples": samples}


def read_whole(path: Path, asked: Asked) -> dict[str, Any]:
    """Every row once, by the columns chosen: good ones in batches, bad ones as problems, and their counts."""
    ledger = _opened(path, asked)
    chosen = {Field(name): column for name, column in asked["columns"].items()}
    ledger = replace(
        ledger, layout=reading.with_mapping(ledger.layout, columns.choose(ledger.mapping, chosen))
    )
    survey = Survey()
    problems: list[dict[str, Any]] = []

    def counted(outcome: Outcome) -> Outcome:
        survey.count(outcome)
        if isinstance(outcome, Rejected):
            problems.append(asdict(outcome.problem))
        return outcome

    limits = RowLimits(latest=date.fromisoformat(asked["today"]))
    found = batches(map(counted, ledger.outcomes(limits)), ledger, asked["most_rows"])
    parts = [{"body": one.body.decode(), "key": one.key, "outcomes": one.outcomes} for one in found]
    counts = asdict(survey) | {"rows": survey.rows, "fields": dict(survey.fields)}
    return _described(ledger) | {"batches": parts, "problems": problems, "survey": counts}


def give_back(path: Path, asked: Asked) -> dict[str, Any]:
    """A workbook of the rows that `problems` name, each with its reasons and its cells as they were."""
    ledger = _opened(path, asked)
    problems = {told["number"]: RowProblem(**told) for told in asked["problems"]}
    found = [(raw, problems[raw.number]) for raw in ledger.rows() if raw.number in problems]
    target = path.with_name("given-back.xlsx")
    workbook.write_problems(target, ledger.mapping.header, found)
    return {"workbook": b64encode(target.read_bytes()).decode()}


def _opened(path: Path, asked: Asked) -> Ledger:
    stored = asked["layout"]
    layout = reading.Layout(
        stored["sheet"],
        stored["encoding"],
        stored["delimiter"],
        stored["header_row"],
        columns.from_json(stored["mapping"]),
    )
    return Ledger(path, layout, asked["digest"], asked["year"], LIMITS)


def _described(ledger: Ledger) -> dict[str, Any]:
    filled, looked_at = ledger.filled()
    return {
        "layout": _as_json(ledger.layout),
        "filled": {each.value: count for each, count in filled.items()},
        "looked_at": looked_at,
    }


def _as_json(layout: reading.Layout) -> dict[str, Any]:
    return {
        "sheet": layout.sheet,
        "encoding": layout.encoding,
        "delimiter": layout.delimiter,
        "header_row": layout.header_row,
        "mapping": layout.mapping.as_json(),
    }


def _sheets(path: Path) -> list[str]:
    if path.suffix != ".xlsx":
        return []
    with workbook.opened(path, LIMITS, screened=True) as book:
        return list(workbook.visible_sheets(book))


def _samples(rows: list[RawRow], column: int) -> list[str]:
    cells = [raw.cells[column] if column < len(raw.cells) else None for raw in rows]
    return [_short(cell) for cell in cells if not is_blank(cell)]


def _short(cell: Cell) -> str:
    text = " ".join(str(cell).split())
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"


_DO = {"columns": find_columns, "rows": read_whole, "give back": give_back}


def main(descriptor: int) -> None:
    # Green threads make their sockets non-blocking, and a child inherits that: reading would end at once.
    os.set_blocking(descriptor, True)
    with socket.socket(fileno=descriptor) as link, link.makefile("rwb") as stream:
        for line in stream:
            stream.write(json.dumps(answer(json.loads(line))).encode() + b"\n")
            stream.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
