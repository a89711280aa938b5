"""The ladder of reminders, by its boundary days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from services.notifications.domain.ladder import Step, latest_reached, next_step_at

SHANGHAI = timezone(timedelta(hours=8))
WARN = (date(2026, 3, 4), date(2026, 3, 5))
DUE = datetime(2026, 3, 5, 23, 59, 59, tzinfo=SHANGHAI)


def at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "step"),
    [
        (at(3, 3, 23, 59, 59), None),
        (at(3, 4), ("warn", 1, at(3, 4))),
        (at(3, 4, 23, 59, 59), ("warn", 1, at(3, 4))),
        (at(3, 5), ("warn", 2, at(3, 5))),
        (DUE, ("warn", 2, at(3, 5))),
        (at(3, 6), ("overdue", 1, at(3, 6))),
        (at(3, 12, 23, 59, 59), ("overdue", 1, at(3, 6))),
        (at(3, 13), ("overdue", 2, at(3, 13))),
        (at(3, 27, 12), ("overdue", 4, at(3, 27))),
    ],
)
def test_a_step_is_reached_at_the_start_of_its_day_in_shanghai(
    now: datetime, step: tuple[str, int, datetime] | None
) -> None:
    found = latest_reached(now, WARN, DUE)
    assert (found and (found.kind, found.number, found.at)) == step
    assert latest_reached(now.astimezone(UTC), WARN, DUE) == found


@pytest.mark.parametrize(
    ("after", "following"),
    [
        (None, at(3, 4)),
        (at(3, 4), at(3, 5)),
        (at(3, 5), at(3, 6)),
        (at(3, 6), at(3, 13)),
        (at(3, 20), at(3, 27)),
    ],
)
def test_each_step_is_followed_by_the_next_one(after: datetime | None, following: datetime) -> None:
    assert next_step_at(after, WARN, DUE) == following


def test_a_clock_without_warnings_begins_with_its_lateness() -> None:
    assert next_step_at(None, (), DUE) == at(3, 6)
    assert latest_reached(DUE, (), DUE) is None


def test_warnings_after_the_due_instant_are_none() -> None:
    late = (date(2026, 3, 5), date(2026, 3, 9))
    assert next_step_at(at(3, 5), late, DUE) == at(3, 6)
    assert latest_reached(at(3, 9), late, DUE) == Step("overdue", 1, at(3, 6))


def test_how_often_an_overdue_reminder_is_repeated_is_a_parameter() -> None:
    daily = timedelta(days=1)
    assert next_step_at(at(3, 6), WARN, DUE, repeat=daily) == at(3, 7)
    assert latest_reached(at(3, 9), WARN, DUE, repeat=daily) == Step("overdue", 4, at(3, 9))


def test_taking_each_next_step_reaches_every_step_once() -> None:
    taken, after = [], None
    for _ in range(6):
        after = next_step_at(after, WARN, DUE)
        step = latest_reached(after, WARN, DUE)
        assert step is not None
        taken.append((step.kind, step.number))
    assert taken == [("warn", 1), ("warn", 2), ("overdue", 1), ("overdue", 2), ("overdue", 3), ("overdue", 4)]
