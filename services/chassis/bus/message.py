"""What crosses the bus: bytes with an id and a few headers. The envelope inside belongs to the contracts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CONTENT_TYPE = "application/cloudevents+json"


@dataclass(frozen=True)
class OutMessage:
    """One message to a routing key, `<consumer>.<event type>` or `control.<service>`; UTF-8 JSON."""

    routing_key: str
    body: bytes
    message_id: str
    headers: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Delivery:
    """One message as it arrived. `redelivered`: the broker has handed it out before.

    Nothing about it is certain: `message_id` may be empty, and `headers` holds whatever a stranger sent. Only
    `account` is: RabbitMQ has compared it with the account that published (empty: the sender did not say).
    """

    body: bytes
    headers: Mapping[str, object]
    message_id: str
    redelivered: bool = False
    account: str = ""
