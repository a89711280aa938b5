"""Verifications and spot checks on PostgreSQL: the same steps, the same readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.attacks.verifying import verified
from tests.clauses.clues_steps import CLUES, done
from tests.clauses.test_clues_spot_check import SpotCheckWorld
from tests.clauses.test_clues_verification import known_to


@pytest.fixture
def here(tmp_path: Path, postgres_databases: Callable[..., str]) -> Iterator[SpotCheckWorld]:
    made = SpotCheckWorld(tmp_path, services=("clues",), database=postgres_databases)
    yield made
    made.world.close()


def test_a_verification_goes_to_the_commission_and_back_to_its_clue(here: SpotCheckWorld) -> None:
    item = here.opened()
    done(here.plan(item, capacity="supervision", lead_id="p-clerk2", member_ids=["p-clerk3"]))
    assert known_to(here, item) == {
        "clerk1", "clerk2", "clerk3", "head1", "deputy1", "jd1", "ags1", "leader",
    }  # fmt: skip
    here.approved(item)
    lead = here.world.as_("clerk2")
    done(here.act(item, "start_verification", by=lead))
    assert [line["id"] for line in lead.get("/clues/worklist").body["items"]] == [item]
    done(here.study(item))
    done(here.report_on(item, "handle"))
    done(here.decide(item, here.head))
    here.through_commission(item)
    done(here.act(item, "conclude_verification", by=lead))
    clue = str(here.at(item)["clue_id"])
    done(here.report(clue))
    assert done(here.clerk.act(f"{CLUES}/{clue}/handle_clue")).body["state"] == "handled"


def test_a_sample_is_drawn_verified_and_the_year_closed(here: SpotCheckWorld) -> None:
    here.explanations(21)
    year = here.year()
    done(here.draw(year))
    here.world.on(2026, 3, 31)
    here.world.tick()
    assert len(here.events("clues.spot_check_quota_short")) == 1
    here.verify(2, "false")
    here.world.on(2027, 1, 1)
    here.world.tick()
    assert done(here.close_year(year)).body["state"] == "closed"
    assert len(here.head.get("/clues/spot-checks").body["items"]) == 2
    here.world.pump()
    found = verified(here.world)
    assert found.ok, found
