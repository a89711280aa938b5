"""What must be there before a case is filed (LZ-15.1 to LZ-15.3), and whether a judgement binds (LZ-15.10)."""

from __future__ import annotations

from datetime import date

UNIT, LIAISON = "LZ-15.1", "LZ-15.3"


def outstanding(*, unit: str, liaison: str, exempted: bool) -> tuple[str, ...]:
    """The clauses of the opinions that are not in yet.

    `unit`, `liaison`: codes of the opinions, empty while there is none. An exemption does without the unit's, never
    without the liaison office's.
    """
    missing = () if unit or exempted else (UNIT,)
    return missing if liaison else (*missing, LIAISON)


def in_force(effective_on: date | None, on: date) -> bool:
    """Whether a court document is effective that day; one without a date is not yet."""
    return effective_on is not None and effective_on <= on
