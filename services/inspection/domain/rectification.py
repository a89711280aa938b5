"""Rules of rectification that need no database: what a plan lacks, problem by problem (XC-40.0a)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

WANTED = ("problem", "task", "measure", "time_limit", "responsible_leader_id", "responsible_unit")
"""Of the three lists: problem; task, measure and limit; who answers for it."""


class PlanLine(Protocol):
    """A line of a plan: the number of a problem that was fed back, and what each list says of it."""

    @property
    def issue_no(self) -> int: ...


def first_lacking(count: int, lines: Iterable[PlanLine]) -> tuple[int, str] | None:
    """The first problem number, of those from 1 to `count`, that a list says nothing of, with the field; None: none."""
    of: Mapping[int, Any] = {line.issue_no: line for line in lines}
    for number in range(1, count + 1):
        for field in WANTED:
            if number not in of or not getattr(of[number], field):
                return number, field
    return None


def strange_number(count: int, numbers: Iterable[int]) -> int | None:
    """The first number that no problem of the list has, or that comes twice; None: none."""
    seen: set[int] = set()
    for number in numbers:
        if not 1 <= number <= count or number in seen:
            return number
        seen.add(number)
    return None
