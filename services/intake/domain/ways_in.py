"""What the register asks of a petition by the way it came in, beside what it asks of every one (LZ-12.6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """How a petition reaches the office (信访方式)."""

    LETTER = "letter"
    VISIT = "visit"
    CALL = "call"
    ONLINE = "online"
    UNIT_TRANSFER = "unit_transfer"
    SUPERIOR = "superior"


CHANNEL_ZH = {
    Channel.LETTER: "来信",
    Channel.VISIT: "来访",
    Channel.CALL: "来电",
    Channel.ONLINE: "网络举报",
    Channel.UNIT_TRANSFER: "单位移送",
    Channel.SUPERIOR: "上级交办",
}

INSPECTION = "inspection"
"""The way of a petition that an inspection team refers (XC-39.0d): it has an act of its own."""


@dataclass(frozen=True)
class Asked:
    """Fields of the register entry: `must` be filled in for this way, `may` be; those of other ways stay empty."""

    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


WAYS: Mapping[Channel, Asked] = {
    Channel.LETTER: Asked(may=("postmarked_on",)),
    Channel.VISIT: Asked(must=("second_receiver",)),
    Channel.CALL: Asked(may=("recording_no",)),
    Channel.ONLINE: Asked(must=("online_no",)),
    Channel.UNIT_TRANSFER: Asked(must=("unit_received_on", "transferred_on", "unit_id")),
    Channel.SUPERIOR: Asked(must=("superior_no",), may=("superior_due_on",)),
}
"""A visit is received by two: the registrar and another member of the office."""

EVERYWHERE = frozenset({"unit_id"})
"""Asked for one way, welcome in every other."""

OF_SOME_WAY = frozenset(name for way in WAYS.values() for name in (*way.must, *way.may)) - EVERYWHERE


def left_out(channel: Channel, given: Collection[str]) -> str | None:
    """The first field that this way needs and that is not among the `given` ones; None: all are there."""
    return next((name for name in WAYS[channel].must if name not in given), None)


def out_of_place(channel: Channel, given: Collection[str]) -> str | None:
    """The first field given that belongs to another way in; None: there is none."""
    asked = {*WAYS[channel].must, *WAYS[channel].may}
    return next((name for name in sorted(OF_SOME_WAY - asked) if name in given), None)
