"""How a demand of immediate rectification ended (XC-25.0a)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from contracts.working_days import Calendar


class RectificationOutcome(StrEnum):
    RECTIFIED = "rectified"
    PARTLY = "partly_rectified"
    NOT = "not_rectified"


OUTCOME_ZH = {
    RectificationOutcome.RECTIFIED: "已整改",
    RectificationOutcome.PARTLY: "部分整改",
    RectificationOutcome.NOT: "未整改",
}


def warned_before(issued_on: date, due_on: date, calendar: Calendar) -> tuple[int, ...]:
    """Days before the due day: when half of the limit is over, and on the working day before (clocks.yaml)."""
    working_day = due_on - timedelta(days=1)
    while working_day > issued_on and not calendar.is_working_day(working_day):
        working_day -= timedelta(days=1)
    found = {(due_on - issued_on).days // 2, (due_on - working_day).days}
    return tuple(sorted((days for days in found if 0 < days < (due_on - issued_on).days), reverse=True))
