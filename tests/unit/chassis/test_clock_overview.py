"""Clocks at a glance count what the reader may know of: all of it and nothing else, on the right side of midnight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.clauses.intake_petitions import BASE, bring, letter, register
from tests.world import World

READERS = ("clerk1", "clerk2", "clerk3", "head1", "head2", "xf1", "xfhead", "ags1", "leader", "sys", "aud")
DAYS = ((2026, 3, 2), (2026, 3, 3), (2026, 3, 9), (2026, 3, 11))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Petitions of four days in several states: also a sealed one, an unclassed one, and one on the head."""
    made = World(tmp_path_factory.mktemp("clocks"), services=("intake",))
    for year, month, day in DAYS:
        made.on(year, month, day)
        received = f"{year}-{month:02}-{day:02}"
        for account in ("clerk1", "clerk3"):
            register(made, letter(received_on=received), account)
        register(made, letter(received_on=received, subject_ids=["p-head1"]))
        register(made, letter(received_on=received, class_code=None))
        bring(made, "forwarded", paper=letter(received_on=received))
    yield made
    made.close()


def counts(world: World, account: str) -> dict[tuple[str, str, str], int]:
    lines = world.as_(account).get("/intake/clocks").body["lines"]
    return {
        (line["office"], line["clause"], when): line[when]
        for line in lines
        for when in ("late", "week", "later")
        if line[when]
    }


def of_each_item(world: World, account: str) -> dict[tuple[str, str, str], int]:
    """The same numbers, made from the pages of all items that the reader's list shows."""
    reader, today = world.as_(account), world.as_(account).get("/intake/clocks").body
    items = reader.get(BASE, limit="200").body["items"]
    found: Counter[tuple[str, str, str]] = Counter()
    for item in items:
        for duty in reader.get(f"{BASE}/{item['id']}").body["duties"]:
            late, later = duty["due_on"] < today["today"], duty["due_on"] > today["until"]
            when = "late" if late else "later" if later else "week"
            found[duty["owed_office"], duty["clause"], when] += duty["status"] == "open"
    return {key: count for key, count in found.items() if count}


@pytest.mark.parametrize("account", READERS)
def test_each_reader_counts_the_open_clocks_of_the_items_that_they_may_know_of(
    world: World, account: str
) -> None:
    assert counts(world, account) == of_each_item(world, account)


def test_some_readers_count_much_some_little_and_administrators_nothing(world: World) -> None:
    seen = {account: sum(counts(world, account).values()) for account in READERS}
    assert min(seen["clerk1"], seen["head1"], seen["clerk3"]) > 0
    assert counts(world, "head1") != counts(world, "clerk3"), "another office's clocks are not theirs"
    assert (seen["sys"], seen["aud"]) == (0, 0)


@pytest.mark.parametrize("account", READERS)
def test_behind_each_number_stand_as_many_clocks_in_pages_the_earliest_due_first(
    world: World, account: str
) -> None:
    reader = world.as_(account)
    for (office, clause, when), count in counts(world, account).items():
        asked = {"office": office, "clause": clause, "when": when, "limit": "2"}
        found: list[dict[str, Any]] = []
        cursor: str | None = ""
        while cursor is not None:
            answer = reader.get(
                "/intake/clocks/behind", **asked, **({"cursor": cursor} if cursor else {})
            ).body
            found += answer["items"]
            cursor = answer["next"]
        assert len({item["clock"]["id"] for item in found}) == len(found) == count
        due = [item["clock"]["due_at"] for item in found]
        assert due == sorted(due)
        assert {reader.get(f"{BASE}/{item['id']}").status for item in found} == {200}


@pytest.mark.parametrize(
    ("day", "when"),
    [
        ((2026, 2, 26), "later"),
        ((2026, 2, 27), "week"),
        ((2026, 3, 5), "week"),
        ((2026, 3, 6), "late"),
    ],
)
def test_a_clock_is_of_the_week_from_six_days_before_its_last_day_and_late_from_the_day_after(
    tmp_path_factory: pytest.TempPathFactory, day: tuple[int, int, int], when: str
) -> None:
    world = World(tmp_path_factory.mktemp("days"), services=("intake",))
    world.on(2026, 3, 2)
    item = register(world)
    [due] = {d["due_at"][:10] for d in item["duties"] if d["clause"] == "LZ-12.1"}
    assert due == "2026-03-05"
    world.on(*day)
    assert [key[2] for key in counts(world, "clerk1") if key[1] == "LZ-12.1"] == [when]
    world.close()


@pytest.mark.parametrize(
    "asked", [{"when": "soon"}, {"when": "late", "cursor": "x"}, {"when": "late", "cursor": "2026-03-02|x"}]
)
def test_what_cannot_be_asked_is_refused(world: World, asked: dict[str, str]) -> None:
    assert world.as_("clerk1").get("/intake/clocks/behind", **asked).code == "INVALID_FIELD"
