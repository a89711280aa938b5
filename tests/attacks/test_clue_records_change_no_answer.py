"""A clue that supervision found changes no answer to the office, but to who has a task with it (LZ-22.3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.desk.passwords import WORKER
from tests.attacks.asking import over_the_api
from tests.attacks.inspection_five import FiveItems
from tests.attacks.test_hidden_items_change_no_answer import close, differing
from tests.attacks.twins import days_pass, twins
from tests.clauses.five_supervision_steps import CLUE, PROBLEM, RECORDS, SPECIAL
from tests.clauses.supervision_steps import done
from tests.world import World

OTHERS = ("clerk2", "deputy1", "clerk3", "jd1", "edu-clerk", "leader", "sys")


@pytest.fixture(scope="module", autouse=True)
def worker_ends() -> Iterator[None]:
    yield
    WORKER.close()


def records_of_the_office(world: World) -> list[Any]:
    FiveItems(world).fill()
    world.pump()
    return []


def a_clue(world: World) -> list[Any]:
    """Recorded, and gone on as a special supervision and as an integrity analysis."""
    steps = FiveItems(world)
    steps.recorded(**CLUE, **SPECIAL)
    done(steps.convert(steps.recorded(**CLUE)))
    world.pump()
    return []


def the_others_work(world: World) -> list[Any]:
    """Numbers, problems and events of what the office records afterwards are the same."""
    steps = FiveItems(world)
    told = steps.record(by=world.as_("clerk2"), **PROBLEM)
    record = f"{RECORDS}/{done(told).body['id']}"
    done(steps.convert(record, by=world.as_("clerk2")))
    days_pass(world, 3, 7)
    return [told.status, told.body, world.as_("clerk2").get(record).body]


@pytest.mark.slow
def test_a_clue_record_changes_no_answer_to_the_rest_of_the_office_nor_to_anybody_outside(
    tmp_path: Path,
) -> None:
    both = twins(tmp_path, records_of_the_office, a_clue, the_others_work)
    assert differing(both, over_the_api, OTHERS) == []
    for account in ("clerk1", "head1"):
        told = {path for _, path in differing(both, over_the_api, (account,))}
        assert {RECORDS, "/inspection/supervision-overview"} <= told
    close(both)
