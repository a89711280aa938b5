"""How long a volume is kept (保管期限). The texts give no period: these are the product's defaults.

The three categories are those of the national rules on the retention of documents (永久, 定期30年, 定期10年). The
case of an official is kept for good, because the list of its officers has no limit in time (LZ-22.12).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Retention(StrEnum):
    PERMANENT = "permanent"
    THIRTY_YEARS = "thirty_years"
    TEN_YEARS = "ten_years"


_YEARS = {Retention.THIRTY_YEARS: 30, Retention.TEN_YEARS: 10}
_DEFAULTS = {"petition": Retention.THIRTY_YEARS}


def default_retention(kind: str) -> Retention:
    """For ever, unless the kind of item is known to need less."""
    return _DEFAULTS.get(kind, Retention.PERMANENT)


def retained_until(retention: Retention, closed_on: date) -> date | None:
    """The last day: whole years, counted from the 1 January after the closing. None: for ever."""
    years = _YEARS.get(retention)
    return None if years is None else date(closed_on.year + years, 12, 31)
