"""The only place that reads the time. Everything else gets it as an argument."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.chassis.tables import Installation

ZONE = ZoneInfo("Asia/Shanghai")

_INSTALLATION = select(
    Installation.time_mode, Installation.now, Installation.id, Installation.reference_edition
)


def real_now() -> datetime:
    """The machine's time (UTC): for tokens, leases, retries and the relay."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds for measuring how long something takes."""
    return time.monotonic()


@dataclass(frozen=True)
class Moment:
    """What a unit of work reads first: the installation's time and mode, and the edition of its reference data."""

    now: datetime
    time_mode: Literal["real", "simulated"]
    installation: str
    reference_edition: int


def installation_now(session: Session) -> Moment:
    """The installation as it stands; raises NoResultFound before it is created."""
    row = session.execute(_INSTALLATION).one()
    if row.time_mode == "simulated" and row.now is not None:
        return Moment(row.now, "simulated", row.id, row.reference_edition)
    return Moment(real_now(), "real", row.id, row.reference_edition)


def business_now(session: Session) -> tuple[datetime, Literal["real", "simulated"]]:
    """The installation's time and its mode (`real` or `simulated`): for due dates and what happened when."""
    moment = installation_now(session)
    return moment.now, moment.time_mode


def local_date(instant: datetime) -> date:
    """The date in Asia/Shanghai."""
    return instant.astimezone(ZONE).date()
