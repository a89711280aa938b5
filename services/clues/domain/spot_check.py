"""The yearly spot check of explanations: how many, which ones, when it is looked at (LZ-13.11, LZ-13.12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum
from hashlib import sha256

CHECKPOINTS = ((3, 31), (6, 30), (9, 30), (12, 1))
"""Month and day on which a shortfall is warned of; the text names none, these are ours."""


class CheckResult(StrEnum):
    """What the check of an explanation found."""

    TRUE = "true"
    FALSE = "false"
    NOT_VERIFIABLE = "not_verifiable"


CHECK_RESULT_ZH = {
    CheckResult.TRUE: "说明属实",
    CheckResult.FALSE: "说明不实",
    CheckResult.NOT_VERIFIABLE: "无法核实",
}


def required(received: int, percent: int) -> int:
    """How many of the year's explanations are to be verified: the share, rounded up; 0 of 0."""
    return -(-received * percent // 100)


def ranked(seed: str, population: Collection[str]) -> list[str]:
    """The population in the order in which it is drawn: by SHA-256 of `<seed>:<id>`, in hex.

    The order of two explanations does not depend on which others there are: a later draw goes on where an earlier
    one of the same seed ended.
    """
    return sorted(set(population), key=lambda one: (sha256(f"{seed}:{one}".encode()).hexdigest(), one))


def sample(seed: str, population: Collection[str], size: int) -> list[str]:
    """The first `size` of the ranked population: the same for the same seed, whenever it is drawn again."""
    return ranked(seed, population)[:size]


def last_checkpoint(year: int, today: date) -> date | None:
    """The latest checkpoint of the year that has come; None before the first."""
    passed: Iterable[date] = (day for day in (date(year, *one) for one in CHECKPOINTS) if day <= today)
    return max(passed, default=None)
