"""A broker inside the process, for the embedded installation and for tests, as a kombu transport.

`dengwen-local://localhost/<name>`: every name is a broker of its own, living as long as the process. It keeps
the manners of RabbitMQ that we build on: confirms, mandatory messages returned, unacknowledged messages given
back to the very queue and place they came from, consumers told when their queue is deleted. No journal:
what is lost with the process comes again from the producers' outboxes.

Consumers are woken at once and wait without polling. It is all plain `threading`: eventlet can make it green.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any

import amqp
import kombu.transport
from amqp.protocol import queue_declare_ok_t
from kombu.transport import base

from services.chassis.clock import monotonic

SCHEME = "dengwen-local"

_WILDCARDS = {"*": r"[^.]+", "#": r".*"}


def register() -> None:
    """Make `dengwen-local://` known to kombu."""
    kombu.transport.TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"


@dataclass(frozen=True)
class Stored:
    """A message as it lies in a queue."""

    body: Any
    properties: Mapping[str, Any]
    headers: Mapping[str, Any]
    exchange: str
    routing_key: str
    redelivered: bool = False


@dataclass
class _Queue:
    arguments: Mapping[str, Any]
    ready: deque[Stored] = field(default_factory=deque)


@dataclass
class _Exchange:
    kind: str
    bindings: dict[tuple[str, str], re.Pattern[str]] = field(default_factory=dict)

    def route(self, key: str) -> set[str]:
        return {queue for (queue, _), pattern in self.bindings.items() if pattern.fullmatch(key)}


class Bus:
    """One broker: exchanges, queues and the connections to it. All its state is guarded by `lock`."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.exchanges: dict[str, _Exchange] = {}
        self.queues: dict[str, _Queue] = {}
        self.connections: set[Connection] = set()

    def drop_connections(self) -> None:
        """Cut every connection, as a broker does that restarts; nothing in a queue is lost."""
        with self.lock:
            for connection in list(self.connections):
                connection.cut()

    def wipe(self) -> None:
        """Cut every connection and forget all queues with what is in them."""
        self.drop_connections()
        with self.lock:
            self.queues.clear()
            self.exchanges.clear()

    def length(self, queue: str) -> int:
        """How many messages wait in a queue; raises KeyError."""
        with self.lock:
            return len(self.queues[queue].ready)

    def put(self, name: str, message: Stored) -> None:
        """Append to a queue and wake its consumers; the caller holds the lock."""
        queue = self.queues[name]
        queue.ready.append(message)
        if len(queue.ready) > queue.arguments.get("x-max-length", len(queue.ready)):
            queue.ready.popleft()
        self.wake(name)

    def wake(self, name: str) -> None:
        """Let the consumers of a queue look; the caller holds the lock."""
        for connection in self.connections:
            if name in connection.consuming:
                connection.changed.notify_all()

    def remove(self, name: str) -> None:
        """Delete a queue and tell its consumers; the caller holds the lock."""
        self.queues.pop(name, None)
        for exchange in self.exchanges.values():
            exchange.bindings = {b: pattern for b, pattern in exchange.bindings.items() if b[0] != name}
        for connection in self.connections:
            if name in connection.consuming:
                connection.cancelled.append(name)
                connection.changed.notify_all()


_buses: defaultdict[str, Bus] = defaultdict(Bus)
_new_bus = threading.Lock()


def bus(name: str) -> Bus:
    """The broker of that name, made on first use."""
    with _new_bus:
        return _buses[name]


def discard(name: str) -> None:
    """Cut the broker's connections and forget it."""
    with _new_bus:
        gone = _buses.pop(name, None)
    if gone is not None:
        gone.wipe()


class Connection:
    """A client's connection; its channels hand back what they had not acknowledged when it ends."""

    def __init__(self, broker: Bus, client: Any) -> None:
        self.bus, self.client = broker, client
        self.changed = threading.Condition(broker.lock)
        self.channels: list[Channel] = []
        self.consuming: set[str] = set()
        self.cancelled: list[str] = []
        self.lost = False
        with broker.lock:
            broker.connections.add(self)

    def check(self) -> None:
        if self.lost:
            raise amqp.RecoverableConnectionError("the connection is closed")

    def cut(self) -> None:
        """End the connection; the caller holds the lock."""
        self.lost = True
        self.bus.connections.discard(self)
        for channel in self.channels:
            channel.give_back()
        self.changed.notify_all()

    def collect(self) -> None:
        with self.bus.lock:
            self.cut()

    def drain(self, timeout: float | None) -> None:
        """Hand one message to its consumer; raises TimeoutError, or an amqp error when its queue goes."""
        deadline = None if timeout is None else monotonic() + timeout
        with self.bus.lock:
            while True:
                self.check()
                if self.cancelled:
                    raise amqp.ConsumerCancelled(self.cancelled.pop(), amqp.spec.Basic.Cancel)
                deliver = next((d for channel in self.channels for d in channel.next_delivery()), None)
                if deliver is not None:
                    break
                remaining = None if deadline is None else deadline - monotonic()
                if remaining is not None and remaining <= 0:
                    raise TimeoutError
                self.changed.wait(remaining)
        deliver()


class Channel(base.StdChannel):
    """The part of AMQP's channel that kombu and our publisher and consumer use."""

    _tags = count(1)

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.bus = connection.bus
        self.events: defaultdict[str, set[Callable[..., None]]] = defaultdict(set)
        self.no_ack_consumers: set[str] = set()  # type: ignore[assignment]  # kombu says None, and means a set
        self.consumers: dict[str, tuple[str, Callable[[Message], None]]] = {}
        self.unacknowledged: OrderedDict[int, tuple[str, Stored]] = OrderedDict()
        self.prefetch = 0
        self.confirming = False
        self.published = 0
        with self.bus.lock:
            connection.check()
            connection.channels.append(self)

    # Exchanges and queues

    def exchange_declare(self, exchange: str, type: str = "direct", **_: Any) -> None:  # noqa: A002 - kombu's name
        with self._working():
            known = self.bus.exchanges.setdefault(exchange, _Exchange(type))
            if known.kind != type:
                raise amqp.PreconditionFailed(f"exchange {exchange} is of type {known.kind}")

    def queue_declare(
        self, queue: str, *, passive: bool = False, arguments: Mapping[str, Any] | None = None, **_: Any
    ) -> queue_declare_ok_t:
        with self._working():
            if passive and queue not in self.bus.queues:
                raise amqp.NotFound(f"no queue {queue}")
            known = self.bus.queues.setdefault(queue, _Queue(dict(arguments or {})))
            if not passive and known.arguments != dict(arguments or {}):
                raise amqp.PreconditionFailed(f"queue {queue} has other arguments")
            return queue_declare_ok_t(queue, len(known.ready), 0)

    def queue_bind(self, queue: str, exchange: str = "", routing_key: str = "", **_: Any) -> None:
        with self._working():
            if queue not in self.bus.queues or exchange not in self.bus.exchanges:
                raise amqp.NotFound(f"no queue {queue} or no exchange {exchange}")
            known = self.bus.exchanges[exchange]
            known.bindings[queue, routing_key] = _pattern(known.kind, routing_key)

    def queue_delete(self, queue: str, **_: Any) -> int:
        with self._working():
            waiting = len(self.bus.queues[queue].ready) if queue in self.bus.queues else 0
            self.bus.remove(queue)
            return waiting

    def queue_purge(self, queue: str, **_: Any) -> int:
        with self._working():
            ready = self.bus.queues[queue].ready
            waiting = len(ready)
            ready.clear()
            return waiting

    # Publishing

    def confirm_select(self, **_: Any) -> None:
        self.confirming = True

    def prepare_message(
        self, body: Any, priority: int | None = None, content_type: str | None = None,
        content_encoding: str | None = None, headers: Mapping[str, Any] | None = None,
        properties: Mapping[str, Any] | None = None,
    ) -> Stored:  # fmt: skip
        given = {"content_type": content_type, "content_encoding": content_encoding, "priority": priority}
        return Stored(body, {**given, **(properties or {})}, dict(headers or {}), "", "")

    def basic_publish(
        self, message: Stored, exchange: str = "", routing_key: str = "", *, mandatory: bool = False, **_: Any
    ) -> None:
        message = replace(message, exchange=exchange, routing_key=routing_key)
        with self._working():
            queues = self._route(exchange, routing_key)
            for queue in queues:
                self.bus.put(queue, message)
        self.published += 1
        if mandatory and not queues:
            self._return(message)
        if self.confirming:
            for confirmed in self.events["basic_ack"]:
                confirmed(self.published, False)

    def _route(self, exchange: str, key: str) -> set[str]:
        if not exchange:
            return {key} & self.bus.queues.keys()
        if exchange not in self.bus.exchanges:
            raise amqp.NotFound(f"no exchange {exchange}")
        return self.bus.exchanges[exchange].route(key)

    def _return(self, message: Stored) -> None:
        error = amqp.NoConsumers("NO_ROUTE", amqp.spec.Basic.Return)
        if not self.events["basic_return"]:
            raise error
        for returned in self.events["basic_return"]:
            returned(error, message.exchange, message.routing_key, message)

    # Consuming

    def basic_qos(self, _size: int, prefetch_count: int, _global: bool) -> None:  # noqa: FBT001 - AMQP's signature
        self.prefetch = prefetch_count

    def basic_consume(
        self, queue: str, *, consumer_tag: str, callback: Callable[[Message], None], **_: Any
    ) -> str:
        with self._working():
            if queue not in self.bus.queues:
                raise amqp.NotFound(f"no queue {queue}")
            self.consumers[consumer_tag] = queue, callback
            self.connection.consuming.add(queue)
        return consumer_tag

    def basic_cancel(self, consumer_tag: str, **_: Any) -> None:
        with self._working():
            queue, _callback = self.consumers.pop(consumer_tag, ("", None))
            self.connection.consuming.discard(queue)

    def next_delivery(self) -> Iterator[Callable[[], None]]:
        """The next message for this channel, if it may have one; the caller holds the lock."""
        for queue, callback in self.consumers.values():
            ready = self.bus.queues[queue].ready if queue in self.bus.queues else None
            if ready and (not self.prefetch or len(self.unacknowledged) < self.prefetch):
                stored, tag = ready.popleft(), next(self._tags)
                self.unacknowledged[tag] = queue, stored
                yield partial(callback, Message(stored, tag, self))

    def message_to_python(self, raw: Message) -> Message:
        return raw

    def basic_ack(self, delivery_tag: int, multiple: bool = False) -> None:  # noqa: FBT001, FBT002 - AMQP's signature
        with self._working():
            self._settle(delivery_tag, multiple=multiple)

    def basic_reject(self, delivery_tag: int, requeue: bool = False) -> None:  # noqa: FBT001, FBT002 - AMQP's signature
        with self._working():
            for queue, stored in self._settle(delivery_tag, multiple=False):
                arguments = self.bus.queues[queue].arguments if queue in self.bus.queues else {}
                if requeue:
                    self._put_back(queue, stored)
                elif "x-dead-letter-exchange" in arguments:
                    key = arguments.get("x-dead-letter-routing-key", stored.routing_key)
                    for dead in self._route(arguments["x-dead-letter-exchange"], key):
                        self.bus.put(dead, stored)

    def give_back(self) -> None:
        """Return all that was not acknowledged to where it was, in its order; the caller holds the lock."""
        self.consumers.clear()
        while self.unacknowledged:
            _, (queue, stored) = self.unacknowledged.popitem()
            self._put_back(queue, stored)

    def close(self) -> None:
        """Give back what was not acknowledged."""
        with self.bus.lock:
            self.give_back()
            if self in self.connection.channels:
                self.connection.channels.remove(self)

    def _settle(self, tag: int, *, multiple: bool) -> list[tuple[str, Stored]]:
        tags = [known for known in self.unacknowledged if known <= tag] if multiple else [tag]
        self.connection.changed.notify_all()
        return [self.unacknowledged.pop(known) for known in tags if known in self.unacknowledged]

    def _put_back(self, queue: str, stored: Stored) -> None:
        if queue in self.bus.queues:
            self.bus.queues[queue].ready.appendleft(replace(stored, redelivered=True))
            self.bus.wake(queue)

    def _working(self) -> Any:
        self.connection.check()
        return self.bus.lock


class Message(base.Message):
    """A delivery, as kombu hands it to consumers."""

    def __init__(self, stored: Stored, tag: int, channel: Channel) -> None:
        properties = dict(stored.properties)
        super().__init__(  # type: ignore[no-untyped-call]
            body=stored.body, channel=channel, delivery_tag=tag,
            content_type=properties.get("content_type"), content_encoding=properties.get("content_encoding"),
            headers=dict(stored.headers), properties=properties,
            delivery_info={
                "exchange": stored.exchange, "routing_key": stored.routing_key, "delivery_tag": tag,
                "redelivered": stored.redelivered,
            },
        )  # fmt: skip


class Transport(base.Transport):
    """What kombu asks for connections; the virtual host is the broker's name."""

    driver_type = driver_name = "local"
    connection_errors = amqp.Connection.connection_errors
    channel_errors = amqp.Connection.channel_errors
    recoverable_connection_errors = amqp.Connection.recoverable_connection_errors
    recoverable_channel_errors = amqp.Connection.recoverable_channel_errors

    def driver_version(self) -> str:
        return "1"

    def establish_connection(self) -> Connection:
        client: Any = self.client
        return Connection(bus(client.virtual_host), client)

    def verify_connection(self, connection: Connection) -> bool:
        return not connection.lost

    def create_channel(self, connection: Connection) -> Channel:
        return Channel(connection)

    def drain_events(self, connection: Connection, timeout: float | None = None, **_: Any) -> None:
        connection.drain(timeout)

    def close_connection(self, connection: Connection) -> None:
        connection.collect()


def _pattern(kind: str, binding: str) -> re.Pattern[str]:
    """A binding key as a pattern over routing keys; `#` also stands for no word at all: `a.#` matches `a`."""
    if kind != "topic":
        return re.compile(re.escape(binding))
    words = r"\.".join(_WILDCARDS.get(word, re.escape(word)) for word in binding.split("."))
    return re.compile(words.replace(r"\..*", r"(?:\..*)?"))
