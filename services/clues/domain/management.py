"""Who may dispose of a clue: it follows from how the persons reported are managed (LZ-12.17, LZ-12.19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

UNIT = "unit"
"""Managed by the unit's own party committee."""
UNKNOWN = "unknown"

LEVELS = (
    "division",
    "deputy_division",
    "section_chief",
    "deputy_section",
    "section_staff",
    "staff",
)
"""Levels of post, highest first."""


class Route(StrEnum):
    """`SUBMIT`: to the case supervision office, the office itself does not dispose of it. `DISPOSE`: its own matter."""

    SUBMIT = "submit"
    DISPOSE = "dispose"


@dataclass(frozen=True)
class Official:
    """What the roster says of a person reported: codes only."""

    level: str
    managing_authority: str
    leadership_member: bool
    party_head: bool


def route_of(officials: Iterable[Official]) -> Route:
    """One person outside the unit's own management takes the whole clue out of the office's hands."""
    for official in officials:
        if official.leadership_member or official.managing_authority != UNIT:
            return Route.SUBMIT
    return Route.DISPOSE


def highest_level(officials: Iterable[Official]) -> str:
    """The highest level of post among them; `unknown` where the roster knows none of them."""
    ranked = sorted(
        (official.level for official in officials),
        key=lambda level: LEVELS.index(level) if level in LEVELS else len(LEVELS),
    )
    return ranked[0] if ranked else UNKNOWN


def is_unit_managed_principal(official: Official) -> bool:
    """A principal leader managed by the unit's party committee (LZ-16.8)."""
    return official.party_head and official.managing_authority == UNIT
