"""The only place that reads the time. Everything else gets it as an argument."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.tables import Installation

ZONE = ZoneInfo("Asia/Shanghai")

_INSTALLATION = select(Installation.time_mode, Installation.now)


def real_now() -> datetime:
    """The machine's time (UTC): for tokens, leases, retries and the relay."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds for measuring how long something takes."""
    return time.monotonic()


def business_now(session: Session) -> tuple[datetime, Literal["real", "simulated"]]:
    """The installation's time and its mode (`real` or `simulated`): for due dates and what happened when."""
    row = session.execute(_INSTALLATION).one()
    if row.time_mode == "simulated" and row.now is not None:
        return row.now, "simulated"
    return real_now(), "real"


def local_date(instant: datetime) -> date:
    """The date in Asia/Shanghai."""
    return instant.astimezone(ZONE).date()
