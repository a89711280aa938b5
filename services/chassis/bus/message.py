"""What goes on the bus and what comes from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class OutMessage:
    """A message to publish: `routing_key` as in docs/architecture.md, `message_id` the event's id."""

    routing_key: str
    body: bytes
    message_id: str
    headers: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivery:
    """A message that arrived."""

    body: bytes
    headers: Mapping[str, object]
    message_id: str
    redelivered: bool = False
