"""What each service may do on the broker: its own queues, its own events to their contracted consumers, no more.

RabbitMQ checks names of exchanges and queues (configure, write, read), and on topic exchanges the routing key of
what is published (write) and of what a queue is bound with (read). An event's key is
`<consumer>.<producer>.<what happened>.v<n>`, a dead letter's the service's name (`services/chassis/bus/topology.py`).
"""

from __future__ import annotations

import re
from typing import Any

from contracts.events import event_classes
from services.chassis.bus.topology import (
    DEAD_EXCHANGE,
    EVENTS,
    EXCHANGE,
    control_key,
    control_queue,
    dead_queue,
    event_queue,
)
from services.chassis.settings import SERVICES


def of_vhost(vhost: str, init: str) -> dict[str, list[dict[str, Any]]]:
    """The definitions of a vhost: `permissions`, `topic_permissions`, `exchanges`; `init` may declare everything."""
    everything = dict.fromkeys(("configure", "write", "read"), r"^dengwen\..+$")
    mine = [{"user": service, "vhost": vhost, **names(service)} for service in SERVICES]
    keys = [
        {"user": service, "vhost": vhost, "exchange": exchange, **pattern}
        for service in SERVICES
        for exchange, pattern in routing_keys(service).items()
    ]
    return {
        "permissions": [*mine, {"user": init, "vhost": vhost, **everything}],
        "topic_permissions": keys,
        "exchanges": [
            {"name": name, "vhost": vhost, "type": EVENTS.type, "durable": True, "auto_delete": False,
             "internal": False, "arguments": {}}
            for name in (EXCHANGE, DEAD_EXCHANGE)
        ],
    }  # fmt: skip


def names(service: str) -> dict[str, str]:
    """The exchanges and queues that a service may configure, write to and read from.

    Binding a queue writes to it and reads from the exchange; a queue with dead letters needs leave to write them.
    """
    own = [event_queue(service), control_queue(service), dead_queue(service)]
    shared = [EXCHANGE, DEAD_EXCHANGE]
    return {"configure": one_of(own), "write": one_of([*shared, *own]), "read": one_of([*shared, *own])}


def routing_keys(service: str) -> dict[str, dict[str, str]]:
    """By exchange: the keys that a service may publish with (write) and bind its queues with (read)."""
    consumers = {name for event in event_classes() if event.owner() == service for name in event.CONSUMERS}
    events = rf"({'|'.join(sorted(consumers))})\.{service}\.[a-z_]+\.v[0-9]+"
    control = "|".join(re.escape(control_key(name)) for name in SERVICES)
    return {
        EXCHANGE: {
            "write": f"^({events}|{control})$",
            "read": one_of([f"{service}.#", control_key(service)]),
        },
        DEAD_EXCHANGE: {"write": one_of([service]), "read": one_of([service])},
    }


def one_of(texts: list[str]) -> str:
    """A pattern that these texts match, and nothing else."""
    return f"^({'|'.join(re.escape(text) for text in texts)})$"
