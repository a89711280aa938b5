"""How long a session lasts, in real time, and what of its source is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

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


def shortened(source: str) -> str:
    """An address without its last part: enough to know one's own place again, too little to find a desk.

    `10.1.2.3` → `10.1.2.*`, `2001:db8:1:2::3` → `2001:db8:1::*`; empty for what is no address.
    """
    try:
        address = ip_address(source)
    except ValueError:
        return ""
    bits = 24 if address.version == 4 else 48
    net = str(ip_network(f"{address}/{bits}", strict=False).network_address)
    return f"{net.removesuffix('0')}*" if address.version == 4 else f"{net}*"
