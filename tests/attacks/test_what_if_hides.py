"""What if a value were another one: the answers tell nobody of items that they may not know of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.attacks.test_hidden_items_change_no_answer import (
    RECUSED,
    every_kind,
    on_a_colleague,
    sealed_and_unclassed,
)
from tests.attacks.twins import Acts, twins
from tests.world import World

CLOCKS = (
    ("intake", "LZ-12.1", "forward_within"),
    ("intake", "LZ-12.3", "deliver_within"),
    ("clues", "LZ-12.20", "file_within"),
)
READERS = ("head1", "deputy1", "clerk1", "head2", "xf1", "jd1", "sys", "sec", "aud", "edu-head")
"""Not the two clerks who registered what is hidden: they know of it."""


def told(world: World, account: str) -> list[Any]:
    """Every page of one clock each, with another value."""
    found: list[Any] = []
    for service, clause, name in CLOCKS:
        cursor = ""
        while True:
            more = {"cursor": cursor} if cursor else {}
            answer = world.as_(account).get(
                f"/{service}/what-if", clause=clause, name=name, amount="9", unit="working_day", limit="1",
                **{"from": "2026-01-01"}, **more,
            )  # fmt: skip
            found.append((answer.status, answer.body, dict(answer.headers)))
            cursor = answer.body.get("next") or ""
            if not cursor:
                break
    return found


def compared(folder: Path, hidden: Acts, readers: tuple[str, ...], knowing: str) -> None:
    both = twins(folder, every_kind, hidden, lambda _: [])
    assert [account for account in readers if told(both[0], account) != told(both[1], account)] == []
    assert told(both[0], knowing) != told(both[1], knowing), "the comparison would see a leak"
    for world in both:
        world.close()


def test_sealed_and_unclassed_items_change_no_answer(tmp_path: Path) -> None:
    compared(tmp_path, sealed_and_unclassed, READERS, "clerk2")


def test_items_on_a_colleague_change_no_answer_to_those_recused(tmp_path: Path) -> None:
    compared(tmp_path, on_a_colleague, RECUSED, "clerk1")
