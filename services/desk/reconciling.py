"""Reconciling the installation from the desk: what each service says it sent against what each says it received.

The services are asked one after the other, with the desk's own token, while they go on working. Blocks of numbers
whose digests are alike hold the same events; of the others the numbers are fetched and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from services.chassis.reconciling import Got, Received, Sent, Stream, compare
from services.chassis.settings import SERVICES

Ask = Callable[..., dict[str, Any]]
"""`ask(service, path, **query)`: a service's answer; raises what the asker raises where there is none."""
Block = tuple[int, int]
"""Epoch and block."""
Side = dict[str, dict[Block, tuple[int, str]]]
"""By peer and block: how many numbers, and their digest."""


@dataclass(frozen=True)
class Reconciled:
    """`held`: services that were put back and wait for their new epoch."""

    streams: tuple[Stream, ...]
    held: tuple[str, ...]

    @property
    def whole(self) -> bool:
        return not self.held and all(stream.whole for stream in self.streams)


def reconcile(ask: Ask) -> Reconciled:
    """Every stream that a producer or a consumer has something of."""
    producers = {name: _asked(ask, name, "sent") for name in SERVICES}
    consumers = {
        name: _asked(ask, name, "received") for name in SERVICES
    }  # after all producers, see `compare`
    pairs = {(name, peer) for name, (side, _) in producers.items() for peer in side}
    pairs |= {(name, peer) for name, (_, more) in producers.items() for peer in more["unsent"]}
    pairs |= {(peer, name) for name, (side, _) in consumers.items() for peer in side}
    streams = tuple(
        _stream(ask, producer, consumer, producers[producer], consumers[consumer])
        for producer, consumer in sorted(pairs)
        if producer in SERVICES and consumer in SERVICES
    )
    return Reconciled(streams, tuple(name for name, (_, more) in producers.items() if more["held"]))


def _asked(ask: Ask, service: str, direction: str) -> tuple[Side, dict[str, Any]]:
    """All pages of blocks of a service, and what its first page says besides."""
    side: Side = {}
    first = page = ask(service, f"/operations/{direction}")
    while True:
        for one in page["blocks"]:
            place = int(one["epoch"]), int(one["block"])
            side.setdefault(one["peer"], {})[place] = int(one["count"]), str(one["digest"])
        if not page["next"]:
            return side, first
        page = ask(service, f"/operations/{direction}", cursor=str(page["next"]))


def _stream(
    ask: Ask, producer: str, consumer: str,
    sender: tuple[Side, Mapping[str, Any]], receiver: tuple[Side, Mapping[str, Any]],
) -> Stream:  # fmt: skip
    """Compared in the blocks that differ; the counts are those of the whole stream."""
    here, there = sender[0].get(consumer, {}), receiver[0].get(producer, {})
    differing = sorted(place for place in here.keys() | there.keys() if here.get(place) != there.get(place))
    epoch, unsent = int(sender[1]["epoch"]), int(sender[1]["unsent"].get(consumer, 0))
    before = Sent(epoch, unsent, _sent(ask, producer, consumer, differing))
    found = _received(ask, producer, consumer, differing)
    after = Sent(epoch, unsent, _sent(ask, producer, consumer, differing) if differing else {})
    states = receiver[1]["statuses"].get(producer, {})
    return replace(
        compare(producer, consumer, before, found, after),
        produced=sum(count for count, _ in here.values()),
        applied=states.get("applied", 0),
        waiting=states.get("received", 0),
        parked=states.get("parked", 0),
        lapsed=states.get("lapsed", 0),
        again=states.get("again", 0),
    )


def _numbers(ask: Ask, service: str, direction: str, peer: str, place: Block) -> list[list[Any]]:
    epoch, block = map(str, place)
    found: list[list[Any]] = ask(service, f"/operations/{direction}", peer=peer, epoch=epoch, block=block)[
        "numbers"
    ]
    return found  # fmt: skip


def _sent(ask: Ask, producer: str, consumer: str, places: list[Block]) -> dict[tuple[int, int], str]:
    return {
        (place[0], number): event_id
        for place in places
        for number, event_id in _numbers(ask, producer, "sent", consumer, place)
    }


def _received(ask: Ask, producer: str, consumer: str, places: list[Block]) -> Received:
    rows = [
        ((place[0], number), event_id, status)
        for place in places
        for number, event_id, status in _numbers(ask, consumer, "received", producer, place)
    ]
    return Received(
        {number: Got(event_id, status) for number, event_id, status in rows if status != "again"},
        {number: event_id for number, event_id, status in rows if status == "again"},
    )
