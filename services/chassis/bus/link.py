"""One connection to a broker on which no wait is endless.

kombu's own `Connection` reconnects by itself when it is used after a loss; a link that broke stays broken.
"""

from __future__ import annotations

import contextlib
from typing import Any

import amqp
from kombu.connection import Connection
from kombu.exceptions import KombuError

from services.chassis.bus import local
from services.chassis.bus.errors import BrokerUnreachable

# py-amqp raises some of these instead of its own errors when a connection goes while it is being used.
FAULTS: tuple[type[BaseException], ...] = (
    amqp.AMQPError, KombuError, OSError, AttributeError, KeyError, TypeError,
)  # fmt: skip

CLOSE_WITHIN_SECONDS = 1.0
# While messages follow one another this closely they may form one batch; a lone one does not wait long.
GAP_SECONDS = 0.0005


class Link:
    """An open connection; `timeout` (seconds) bounds the handshake, `heartbeat` (seconds) 0 means none.

    Raises BrokerUnreachable. Every other method may raise one of `FAULTS`: then `sever` it and open another.
    """

    def __init__(self, uri: str, *, timeout: float, heartbeat: int = 0) -> None:
        inside = uri.startswith(f"{local.SCHEME}:")
        if inside:
            local.register()
        self.gap = 0.0 if inside else GAP_SECONDS
        """Seconds to wait for one message after another; inside the process what was published together is there."""
        client = Connection(uri, connect_timeout=timeout, heartbeat=heartbeat)  # type: ignore[no-untyped-call]
        self.account: str = client.userid or ""
        """The broker account that is connected; empty for the broker inside the process, which has none."""
        self._transport: Any = client.transport
        try:
            self._connection: Any = self._transport.establish_connection()
        except FAULTS as error:
            raise BrokerUnreachable(f"no answer from the broker: {type(error).__name__}") from error
        self.limit(timeout)

    def channel(self) -> Any:
        """A new channel."""
        return self._transport.create_channel(self._connection)

    def drain(self, timeout: float) -> bool:
        """Handle what arrives next; False if nothing did within `timeout` seconds."""
        try:
            self._transport.drain_events(self._connection, timeout=timeout)
        except TimeoutError:
            return False
        return True

    def limit(self, seconds: float) -> None:
        """Bound every single read and write from here on; a frozen broker then ends in a TimeoutError."""
        sock = getattr(getattr(self._connection, "transport", None), "sock", None)
        if sock is not None:
            sock.settimeout(max(seconds, 0.001))

    def beat(self) -> None:
        """Send a heartbeat if one is due; raises one of FAULTS if the broker's have stayed away."""
        self._transport.heartbeat_check(self._connection)

    def close(self) -> None:
        """Part with the broker properly: it has then seen all acknowledgements. Falls back to `sever`."""
        with contextlib.suppress(*FAULTS):
            self.limit(CLOSE_WITHIN_SECONDS)
            self._transport.close_connection(self._connection)
        self.sever()

    def sever(self) -> None:
        """Drop the connection without a word: the other side may be dead or frozen."""
        with contextlib.suppress(*FAULTS):
            if hasattr(self._connection, "collect"):
                self._connection.collect()
            else:
                self._transport.close_connection(self._connection)
