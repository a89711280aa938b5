"""Publishing: done only when the broker has confirmed every message, and never waiting longer than told."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from services.chassis.bus.errors import BrokerUnreachable, PublishFailed, Unroutable
from services.chassis.bus.link import FAULTS, Link
from services.chassis.bus.message import CONTENT_TYPE, OutMessage
from services.chassis.bus.topology import EXCHANGE
from services.chassis.clock import monotonic

PERSISTENT, TRANSIENT = 2, 1
NO_ANSWER: tuple[type[BaseException], ...] = (BrokerUnreachable, *FAULTS)


class ConfirmingPublisher:
    """Publishes to the bus's exchange; `timeout` (seconds) bounds every call. Threads take turns.

    A failed call severs the connection, so that late confirmations cannot count for a later batch; the next
    call connects anew.
    """

    def __init__(self, uri: str, timeout: float = 5.0) -> None:
        self.uri, self.timeout = uri, timeout
        self._turn = threading.Lock()
        self._session: _Session | None = None

    def publish(self, messages: Sequence[OutMessage]) -> None:
        """Return when the broker has confirmed all; the messages are persistent and must reach a queue.

        Raises Unroutable (the rest was confirmed) or PublishFailed (any of those it names may have arrived).
        """
        if not messages:
            return
        with self._connected(messages) as (session, deadline):
            session.send(messages, deadline)
            session.await_confirmations(deadline)
        if session.refused:
            raise PublishFailed("the broker refused some messages", [*session.refused, *session.returned])
        if session.returned:
            raise Unroutable(session.returned)

    def publish_control(self, messages: Sequence[OutMessage]) -> None:
        """Hand messages to the broker without waiting; they may get lost. Raises PublishFailed."""
        with self._connected(messages) as (session, deadline):
            session.send_control(messages, deadline)

    def close(self) -> None:
        """Close the connection, if there is one."""
        with self._turn:
            session, self._session = self._session, None
        if session is not None:
            session.link.close()

    @contextlib.contextmanager
    def _connected(self, messages: Sequence[OutMessage]) -> Iterator[tuple[_Session, float]]:
        """The turn, and a connection that is severed unless all went well."""
        deadline = monotonic() + self.timeout
        ids = [message.message_id for message in messages]
        if not self._turn.acquire(timeout=self.timeout):
            raise PublishFailed("another thread is still publishing", ids)
        try:
            self._session = session = self._session or _Session(self.uri, deadline)
            yield session, deadline
        except NO_ANSWER as error:
            self._sever()
            raise PublishFailed(f"no answer from the broker ({type(error).__name__})", ids) from error
        except BaseException:
            self._sever()
            raise
        finally:
            self._turn.release()

    def _sever(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.link.sever()


class _Session:
    """A connection with one channel that confirms and one that does not; tags count over its life."""

    def __init__(self, uri: str, deadline: float) -> None:
        self._tag = 0
        self.open: dict[int, str] = {}
        self.refused: list[str] = []
        self.returned: list[str] = []
        self.link = Link(uri, timeout=_left(deadline))
        try:
            self._confirming, self._control = self.link.channel(), self.link.channel()
            self._confirming.confirm_select()
        except BaseException:
            self.link.sever()
            raise
        self._confirming.events["basic_ack"].add(self._on_ack)
        self._confirming.events["basic_nack"].add(self._on_nack)
        self._confirming.events["basic_return"].add(self._on_return)

    def send(self, messages: Iterable[OutMessage], deadline: float) -> None:
        self.open, self.refused, self.returned = {}, [], []
        for message in messages:
            self._bound(deadline)
            self._tag += 1
            self.open[self._tag] = message.message_id
            _send(self._confirming, message, PERSISTENT, self.link.account, mandatory=True)

    def await_confirmations(self, deadline: float) -> None:
        while self.open:
            if not self.link.drain(_left(deadline)):
                raise TimeoutError

    def send_control(self, messages: Iterable[OutMessage], deadline: float) -> None:
        for message in messages:
            self._bound(deadline)
            _send(self._control, message, TRANSIENT, self.link.account, mandatory=False)

    def _bound(self, deadline: float) -> None:
        if monotonic() >= deadline:
            raise TimeoutError
        self.link.limit(_left(deadline))

    def _on_ack(self, tag: int, multiple: bool) -> None:  # noqa: FBT001 - py-amqp's signature
        self._settle(tag, multiple=multiple)

    def _on_nack(self, tag: int, multiple: bool, *_: Any) -> None:  # noqa: FBT001 - py-amqp's signature
        self.refused += self._settle(tag, multiple=multiple)

    def _on_return(self, _error: Exception, _exchange: str, _key: str, message: Any) -> None:
        self.returned.append(str(message.properties.get("message_id", "")))

    def _settle(self, tag: int, *, multiple: bool) -> list[str]:
        tags = [known for known in self.open if known <= tag] if multiple else [tag]
        return [self.open.pop(known) for known in tags if known in self.open]


def _left(deadline: float) -> float:
    """Seconds until the deadline, never 0 or less: to a socket that would mean something else."""
    return max(deadline - monotonic(), 0.001)


def _send(channel: Any, message: OutMessage, mode: int, account: str, *, mandatory: bool) -> None:
    # RabbitMQ refuses a `user_id` that is not the account of this connection: consumers can rely on it.
    sender = {"user_id": account} if account else {}
    prepared = channel.prepare_message(
        message.body, content_type=CONTENT_TYPE, headers=dict(message.headers),
        properties={"message_id": message.message_id, "delivery_mode": mode, **sender},
    )  # fmt: skip
    channel.basic_publish(prepared, exchange=EXCHANGE, routing_key=message.routing_key, mandatory=mandatory)
