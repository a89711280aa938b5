"""What can go wrong on the bus. The messages name queues and ids, never what a message says."""

from __future__ import annotations

from collections.abc import Sequence


class BusError(Exception):
    """Any failure of the bus that a caller has to deal with."""


class BrokerUnreachable(BusError):
    """No broker answers at the address, or it refuses us; worth another try."""


class TopologyMismatch(BusError):
    """An exchange or queue exists with other arguments: drain and delete it before it can change."""


class PublishFailed(BusError):
    """The broker did not confirm; some of the messages may have arrived all the same, so send them again.

    `message_ids`: those that the broker did not confirm.
    """

    def __init__(self, reason: str, message_ids: Sequence[str] = ()) -> None:
        super().__init__(f"{reason}; {len(message_ids)} not confirmed")
        self.message_ids = tuple(message_ids)


class Unroutable(PublishFailed):
    """No queue is bound for these messages; all others of the batch were confirmed."""

    def __init__(self, message_ids: Sequence[str]) -> None:
        super().__init__("no queue is bound for some messages: is the topology declared?", message_ids)
