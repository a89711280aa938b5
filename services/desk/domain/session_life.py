"""How long a session lasts. Real time."""

from __future__ import annotations

from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH = timedelta(minutes=1)
"""A session's last use is noted this often at most: pages are many, writes are few."""


def lives(started_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session goes on: used within IDLE, and not older than LONGEST."""
    return now - seen_at < IDLE and now - started_at < LONGEST


def ends_at(started_at: datetime, now: datetime) -> datetime:
    """When a session used now ends if it is not used again."""
    return min(now + IDLE, started_at + LONGEST)
