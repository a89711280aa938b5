"""How often a source filed, or typed a code that is none: counted in memory, so that no address stands on a disk.

A restart forgets everything, and each process of several counts for itself: a code has 80 bits, nobody guesses one.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from contracts.refusals import Refusal, RefusalCode
from services.desk.domain.throttle import Patience

WITH_CODES = Patience(free=5, lock_at=15, lock_for=timedelta(minutes=15))
WITH_FILING = Patience(free=10, lock_at=20, lock_for=timedelta(hours=1))
MOST_SOURCES = 50_000
"""A few megabytes; beyond, who was counted longest ago is forgotten."""


def network_of(source: str) -> str:
    """An IPv4 address as it is, of an IPv6 address the /64 that one household or office has."""
    try:
        address = ip_address(source)
    except ValueError:
        return source
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else source


class Tries:
    """Tries by source; a try is counted before anything is looked at, so that tries at the same time gain nothing."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self._turn = threading.Lock()
        self._counted: OrderedDict[tuple[str, str], tuple[int, datetime]] = OrderedDict()

    def count(self, installation: str, source: str, now: datetime) -> None:
        """Raises Refusal(RATE_LIMITED) while the source has to wait; the try is not counted then."""
        key = installation, network_of(source)
        with self._turn:
            count, last_at = self._counted.get(key, (0, now))
            if count and self.patience.forgotten(last_at, now):
                count = 0
            if count and now < self.patience.wait_until(count, last_at):
                raise Refusal(RefusalCode.RATE_LIMITED)
            self._counted[key] = count + 1, now
            self._counted.move_to_end(key)
            while len(self._counted) > MOST_SOURCES:
                self._counted.popitem(last=False)

    def take_back(self, installation: str, source: str) -> None:
        """After a code that is one: the try costs nothing."""
        key = installation, network_of(source)
        with self._turn:
            count, last_at = self._counted.get(key, (0, None))
            if last_at is not None:
                self._counted[key] = max(count - 1, 0), last_at


CODES = Tries(WITH_CODES)
FILINGS = Tries(WITH_FILING)
