"""Teams, leaders and units as an assignment plan sets them down: what holds of a plan by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol


class TeamLine(Protocol):
    """A line of a plan: a team with its leader, deputies and units."""

    @property
    def team_no(self) -> int: ...
    @property
    def leader_id(self) -> str: ...
    @property
    def deputy_ids(self) -> tuple[str, ...]: ...
    @property
    def unit_ids(self) -> tuple[str, ...]: ...


def twice(ids: Iterable[object]) -> bool:
    """Whether anything comes more than once."""
    return any(count > 1 for count in Counter(ids).values())


def is_named_twice(lines: Sequence[TeamLine]) -> str:
    """The field in which a team number, a unit or a person comes twice; empty if none does."""
    if twice(line.team_no for line in lines):
        return "team_no"
    if twice(unit for line in lines for unit in line.unit_ids):
        return "unit_ids"
    return "leader_id" if twice(person for line in lines for person in leaders(line)) else ""


def leaders(line: TeamLine) -> tuple[str, ...]:
    """The leader and the deputies."""
    return (line.leader_id, *line.deputy_ids)


def pairs(lines: Iterable[TeamLine]) -> list[str]:
    """`person/unit` of each leader and deputy with each unit of their team."""
    return [f"{person}/{unit}" for line in lines for person in leaders(line) for unit in line.unit_ids]
