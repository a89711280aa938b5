"""Waking relays in other processes: PostgreSQL's NOTIFY, after the commit and at most every few milliseconds.

Not inside the act's transaction: NOTIFY takes a lock at commit that would line all commits up.
"""

from __future__ import annotations

import threading

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from services.chassis.db import Database

CHANNEL = "dengwen_outbox"
log = structlog.get_logger("dengwen.notify")


class Notifier:
    """`wake()` is cheap and may be called after every commit; a thread sends what it asks for."""

    def __init__(self, db: Database, at_most_every: float = 0.005) -> None:
        self.db, self.pause = db, at_most_every
        self._asked = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def wake(self) -> None:
        self._asked.set()

    def _run(self) -> None:
        calm = threading.Event()
        while True:
            self._asked.wait()
            self._asked.clear()
            try:
                with self.db.engine.begin() as connection:
                    connection.execute(text(f"NOTIFY {CHANNEL}"))
            except SQLAlchemyError as error:
                log.warning("notify_failed", error=type(error).__name__)  # the relay polls all the same
            calm.wait(self.pause)
