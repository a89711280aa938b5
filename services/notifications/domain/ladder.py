"""The ladder of reminders: warnings on named days, then overdue at once and again and again.

Pure: dates in, steps out. Warnings and escalation are the product's (clocks.yaml); that lateness begins with the
first second after the due instant is the texts' (LZ-12.1: Friday 00:00 is late).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

REPEAT_EVERY = timedelta(days=7)
"""How long after an overdue reminder the next one follows."""

_MOMENT = timedelta(seconds=1)
_SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True)
class Step:
    """A step of the ladder: `number` counts from 1 within its kind; `at` is when it is reached."""

    kind: Literal["warn", "overdue"]
    number: int
    at: datetime


def day_begins(day: date) -> datetime:
    """The start of a day in Asia/Shanghai."""
    return datetime.combine(day, time(), _SHANGHAI)


def latest_reached(
    now: datetime, warn: Sequence[date], due_at: datetime, repeat: timedelta = REPEAT_EVERY
) -> Step | None:
    """The last step that has been reached by `now`; steps that time jumped over are left out for good."""
    first_overdue = due_at + _MOMENT
    if now >= first_overdue:
        number = (now - first_overdue) // repeat
        return Step("overdue", number + 1, first_overdue + number * repeat)
    reached = [day for day in sorted(warn) if day_begins(day) <= now]
    return Step("warn", len(reached), day_begins(reached[-1])) if reached else None


def next_step_at(
    after: datetime | None, warn: Sequence[date], due_at: datetime, repeat: timedelta = REPEAT_EVERY
) -> datetime:
    """When the first step after the instant `after` is reached (None: the very first step)."""
    first_overdue = due_at + _MOMENT
    if after is not None and after >= first_overdue:
        return first_overdue + ((after - first_overdue) // repeat + 1) * repeat
    starts = sorted(day_begins(day) for day in warn)
    return next((at for at in starts if (after is None or at > after) and at < first_overdue), first_overdue)
