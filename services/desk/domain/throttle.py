"""Slowing down and locking out whoever guesses passwords. Real time; plain numbers in, a decision out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Patience:
    """`free` failures cost nothing; then the wait doubles from a second; from `lock_at` on it is `lock_for`."""

    free: int
    lock_at: int
    lock_for: timedelta

    def wait_until(self, failures: int, last_at: datetime) -> datetime:
        """The earliest moment of the next try."""
        if failures < self.free:
            return last_at
        if failures >= self.lock_at:
            return last_at + self.lock_for
        return last_at + min(timedelta(seconds=2 ** (failures - self.free)), self.lock_for)

    def forgotten(self, last_at: datetime, now: datetime) -> bool:
        """Whether the failures are so old that counting starts anew."""
        return now - last_at >= self.lock_for


WITH_ACCOUNT = Patience(free=3, lock_at=10, lock_for=timedelta(minutes=15))
WITH_SOURCE = Patience(free=50, lock_at=200, lock_for=timedelta(minutes=15))
"""An office may stand behind one address; a source therefore has more tries than an account."""
