"""By how many days something was late, in the unit of its limit."""

from __future__ import annotations

from datetime import date, timedelta

from contracts.working_days import Calendar


def days_late(due_on: date, done_on: date, unit: str, calendar: Calendar) -> int:
    """Days after the due day up to and with the day it was done: working days for such limits; 0 in time."""
    after = [due_on + timedelta(days=n) for n in range(1, (done_on - due_on).days + 1)]
    return sum(1 for day in after if unit != "working_day" or calendar.is_working_day(day))
