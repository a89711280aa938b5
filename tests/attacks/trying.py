"""Accounts try acts and readings on an item, and what they are told is compared with what was written down by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from dengwen.example import example_authority
from tests.world import Answer, World

ALIKE = {"zu6", "zu7", "zu8", "tra-head"}
"""Stand to every item here as somebody else does who is tried: members without a part in it, another unit's head."""
ACCOUNTS = sorted({post.account for post in example_authority().posts} - ALIKE)
READINGS = ("", "/papers/x", "/attachments/x")


def whole(answer: Answer) -> tuple[int, Any, dict[str, str]]:
    return answer.status, answer.body, dict(answer.headers)


def tried(client: Any, path: str) -> Answer:
    """An attempt with a version that no item has: it gets as far as that, and changes nothing."""
    answer: Answer = client.send("POST", path, body={"paper": {}, "attachments": []}, version=999)
    return answer


def acts_on(world: World, service: str, kind: str) -> list[str]:
    acts = world.as_("clerk1").get(f"/{service}/acts").body["acts"]
    return [act["name"] for act in acts if act["kind"] == kind and not act["creates"]]


def in_turns(acts: Sequence[str], strangers: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each act with two strangers at least, and each stranger with an act at least.

    Not each with each: whom an item is hidden from is asked before the act is looked at (`services/chassis/
    locking.py`), so a second act tells nothing new of the same stranger.
    """
    if acts and strangers:
        for turn in range(max(len(acts), len(strangers))):
            yield acts[turn % len(acts)], strangers[turn % len(strangers)]
        for turn, act in enumerate(acts):
            yield act, strangers[(turn + 1) % len(strangers)]


def readings_are_hidden(
    world: World, place: str, item: str, strangers: Collection[str], readings: Sequence[str] = READINGS
) -> None:
    """Whoever may not know of an item reads of it what they read of an id that nothing has, and finds it in no list."""
    nothing, service = f"{place}/{uuid4().hex}", place.split("/")[1]
    for account in strangers:
        client = world.as_(account)
        for reading in readings:
            hidden = client.get(f"{place}/{item}{reading}")
            assert whole(hidden) == whole(client.get(f"{nothing}{reading}")), (account, reading)
        for lists in (place, f"/{service}/worklist"):
            assert item not in {one["id"] for one in client.get(lists, limit="200").body["items"]}, account


def it_is_there(world: World, place: str, item: str, known: Collection[str]) -> None:
    for account in known:
        client = world.as_(account)
        assert client.get(f"{place}/{item}").status == 200, account
        assert item in {one["id"] for one in client.get(place, limit="200").body["items"]}, account


def acts_are_for(
    world: World,
    place: str,
    item: str,
    known: Collection[str],
    doers: Mapping[str, Collection[str]],
    accounts: Collection[str] = ACCOUNTS,
) -> None:
    """Strangers get what an unknown id gets, knowers without the post a refusal, and nobody else is refused so.

    `doers`: for each act on the item the accounts that may.
    """
    nothing = f"{place}/{uuid4().hex}"
    strangers = sorted(set(accounts) - set(known))
    for act, account in in_turns(list(doers), strangers):
        client = world.as_(account)
        hidden = tried(client, f"{place}/{item}/{act}")
        assert whole(hidden) == whole(tried(client, f"{nothing}/{act}")), (account, act)
    for act, may in doers.items():
        for account in known:
            answer = tried(world.as_(account), f"{place}/{item}/{act}")
            expected = "STALE_VERSION" if account in may else "WRONG_ROLE"
            assert answer.code == expected, (account, act, answer.body)
