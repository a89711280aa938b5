"""Every account tries every act and every reading on talks, interviews and assessments."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from services.inspection.talking import KINDS
from tests.attacks.inspection_talks import CREATORS, DECIDERS, DOERS, KNOWN, TalkItems
from tests.attacks.test_everybody_tries_everything import ACCOUNTS, acts_on, tried, whole
from tests.clauses.talk_steps import INTERVIEWS
from tests.world import World

KIND_AT = {f"/inspection/{kind.path}": kind.model.KIND for kind in KINDS}
READINGS = ("", "/papers/x", "/attachments/x")


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TalkItems]:
    made = TalkItems(World(tmp_path_factory.mktemp("talks"), services=("inspection",))).fill()
    yield made
    made.world.close()


def test_every_kind_of_talk_has_its_line() -> None:
    assert set(KNOWN) == set(KIND_AT)


@pytest.mark.parametrize("place", KNOWN)
def test_a_talk_is_there_for_those_only_who_may_know_of_it(items: TalkItems, place: str) -> None:
    world, item, nothing = items.world, items.chosen[place], uuid4().hex
    for account in set(ACCOUNTS) - KNOWN[place]:
        client = world.as_(account)
        for reading in READINGS:
            hidden = client.get(f"{place}/{item}{reading}")
            assert whole(hidden) == whole(client.get(f"{place}/{nothing}{reading}")), (account, reading)
        for lists in (place, "/inspection/worklist"):
            assert item not in {one["id"] for one in client.get(lists, limit="200").body["items"]}, account
    for account in KNOWN[place]:
        assert world.as_(account).get(f"{place}/{item}").status == 200, account
        assert item in {one["id"] for one in world.as_(account).get(place, limit="200").body["items"]}


@pytest.mark.parametrize("place", KNOWN)
def test_each_act_on_a_talk_is_for_the_posts_written_down_and_for_nobody_else(
    items: TalkItems, place: str
) -> None:
    world, item, nothing = items.world, items.chosen[place], uuid4().hex
    acts = acts_on(world, "inspection", KIND_AT[place])
    assert set(acts) == set(DOERS.get(place, {}))
    for act in acts:
        for account in ACCOUNTS:
            client = world.as_(account)
            answer = tried(client, f"{place}/{item}/{act}")
            if account not in KNOWN[place]:
                assert whole(answer) == whole(tried(client, f"{place}/{nothing}/{act}")), (account, act)
            else:
                expected = "STALE_VERSION" if account in DOERS[place][act] else "WRONG_ROLE"
                assert answer.code == expected, (account, act, answer)


@pytest.mark.parametrize("path", CREATORS)
def test_a_talk_is_opened_by_the_posts_written_down_and_by_nobody_else(items: TalkItems, path: str) -> None:
    for account in ACCOUNTS:
        answer = items.world.as_(account).act(path, {})
        assert (answer.code != "WRONG_ROLE") == (account in CREATORS[path]), (account, answer)


def test_an_interview_waits_for_the_commission_alone(items: TalkItems) -> None:
    items.ask_approval()
    item = items.chosen[INTERVIEWS]
    for account in set(ACCOUNTS) - DECIDERS[INTERVIEWS]:
        answer = items.world.as_(account).decide("inspection", "formal-interviews", item)
        known = account in KNOWN[INTERVIEWS]
        assert answer.code == ("WRONG_APPROVER" if known else "UNKNOWN_REFERENCE"), (account, answer)
    [left] = items.leader.get("/inspection/worklist").body["items"]
    assert left["id"] == item
