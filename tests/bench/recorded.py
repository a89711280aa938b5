"""The statements of one act, recorded as they go to the driver.

`native` replays them with fresh ids from a C client: the measure of the act, with the same rows, tables, indexes and
durability, and no system above them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event


@dataclass(frozen=True)
class Statement:
    sql: str
    parameters: Any
    many: bool

    @property
    def verb(self) -> str:
        return self.sql.split(None, 1)[0].upper()


@dataclass
class Recorded:
    """What one act sends: its statements in order, without BEGIN and COMMIT."""

    statements: list[Statement] = field(default_factory=list)

    @property
    def writes(self) -> list[Statement]:
        return [s for s in self.statements if s.verb != "SELECT"]

    def count(self, verb: str) -> int:
        return sum(s.verb == verb for s in self.statements)

    def kept(self, *, reads: bool) -> list[Statement]:
        return self.statements if reads else self.writes


@contextmanager
def recording(engine: Engine) -> Iterator[Recorded]:
    """Record what goes through an engine; parameters are copied into plain values."""
    recorded = Recorded()

    def note(_: Any, __: Any, sql: str, parameters: Any, *___: Any) -> None:
        if not sql.startswith("BEGIN"):
            # SQLAlchemy writes many rows as one statement where it can; only a list is for executemany.
            recorded.statements.append(Statement(sql, _plain(parameters), isinstance(parameters, list)))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield recorded
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _plain(given: Any) -> Any:
    if isinstance(given, Mapping):
        return {name: _plain(one) for name, one in given.items()}
    if isinstance(given, list | tuple):
        return tuple(_plain(one) for one in given)
    adapted = getattr(given, "adapted", given)  # psycopg2's Binary
    return bytes(adapted) if isinstance(adapted, memoryview | bytearray) else adapted
