"""Exchange, queues and bindings of the bus, named in `docs/architecture.md`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import amqp
from kombu.entity import Exchange, Queue

from services.chassis.bus.errors import BrokerUnreachable, BusError, TopologyMismatch
from services.chassis.bus.link import FAULTS, Link

EXCHANGE = "dengwen.events"
DEAD_EXCHANGE = "dengwen.dead"

# Only the death of a consumer counts as a delivery: a handler that fails keeps its batch. The limit stops a
# message that kills its process; 4.x would set 20 by itself, which a day of restarts can use up.
DELIVERY_LIMIT = 50

# A lost announcement is repeated soon; an old one says nothing.
CONTROL_TTL_MS = 60_000
CONTROL_MAX_LENGTH = 10_000

DECLARE_WITHIN_SECONDS = 10.0

EVENTS: Any = Exchange(EXCHANGE, type="topic", durable=True)  # type: ignore[no-untyped-call]
# A topic as well, though each key has one queue: only there can an account be held to its own keys.
DEAD_LETTERS: Any = Exchange(DEAD_EXCHANGE, type="topic", durable=True)  # type: ignore[no-untyped-call]


def event_queue(service: str) -> str:
    return f"dengwen.{service}"


def control_queue(service: str) -> str:
    return f"dengwen.{service}.control"


def dead_queue(service: str) -> str:
    return f"dengwen.{service}.dead"


def control_key(service: str) -> str:
    return f"control.{service}"


def service_of(queue: str) -> str:
    """The service that a queue belongs to; raises ValueError for a queue that is not one of ours."""
    prefix, _, rest = queue.partition(".")
    service = rest.removesuffix(".control").removesuffix(".dead")
    if prefix != "dengwen" or not service or "." in service:
        raise ValueError(f"not a queue of the bus: {queue}")
    return service


def queues(service: str) -> tuple[Any, ...]:
    """The queues of one service, the dead letters' first: nothing may be able to die before they exist."""
    dead = _queue(dead_queue(service), DEAD_LETTERS, service, {"x-queue-type": "quorum"})
    main = _queue(
        event_queue(service), EVENTS, f"{service}.#",
        {
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-dead-letter-exchange": DEAD_EXCHANGE,
            "x-dead-letter-routing-key": service,
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        },
    )  # fmt: skip
    control = _queue(
        control_queue(service), EVENTS, control_key(service),
        {"x-queue-type": "classic", "x-message-ttl": CONTROL_TTL_MS, "x-max-length": CONTROL_MAX_LENGTH},
    )  # fmt: skip
    return dead, main, control


def _queue(name: str, exchange: Any, key: str, arguments: dict[str, str | int]) -> Any:
    return Queue(name, exchange, routing_key=key, durable=True, queue_arguments=arguments)  # type: ignore[no-untyped-call]


def declare(uri: str, services: Sequence[str]) -> None:
    """Make sure that everything exists; does nothing where it does.

    Raises TopologyMismatch at once if something exists with other arguments, BrokerUnreachable if no broker
    answers.
    """
    link = Link(uri, timeout=DECLARE_WITHIN_SECONDS)
    try:
        for service in services:
            declare_on(link, service)
    except FAULTS as error:
        link.sever()
        raise BrokerUnreachable(f"the topology was not declared: {type(error).__name__}") from error
    except BusError:
        link.sever()
        raise
    link.close()


def empty(uri: str, services: Sequence[str]) -> None:
    """Empty the services' queues: after a restore of all databases, what is in them is not theirs any more.

    Raises as `declare`. Queues that are not there stay away.
    """
    declare(uri, services)
    link = Link(uri, timeout=DECLARE_WITHIN_SECONDS)
    try:
        channel = link.channel()
        for service in services:
            for queue in (event_queue(service), control_queue(service), dead_queue(service)):
                channel.queue_purge(queue)
    except FAULTS as error:
        link.sever()
        raise BrokerUnreachable(f"the queues were not emptied: {type(error).__name__}") from error
    link.close()


def declare_on(link: Link, service: str) -> None:
    """Declare one service's part, on channels of its own: the broker closes one on which something fails.

    The deployed accounts may not make exchanges, which are everybody's: for them these have to exist.
    """
    for exchange in (EVENTS, DEAD_LETTERS):
        try:
            _declare(exchange.name, exchange.bind(link.channel()).declare)
        except amqp.AccessRefused:
            link.channel().exchange_declare(exchange.name, exchange.type, passive=True)
    channel = link.channel()
    for queue in queues(service):
        bound = queue.bind(channel)
        _declare(queue.name, bound.queue_declare)
        bound.queue_bind()


def _declare(name: str, declare: Callable[[], object]) -> None:
    try:
        declare()
    except amqp.PreconditionFailed as error:
        raise TopologyMismatch(
            f"{name} exists with other arguments; drain and delete it, then start again"
        ) from error
