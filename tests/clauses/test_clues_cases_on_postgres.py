"""Cases on PostgreSQL: the same steps and readers, and one venue for one talk when two are arranged at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.attacks.verifying import verified
from tests.clauses.case_steps import CASES, CaseWorld
from tests.clauses.clues_steps import done


@pytest.fixture
def here(tmp_path: Path, postgres_databases: Callable[..., str]) -> Iterator[CaseWorld]:
    made = CaseWorld(tmp_path, services=("clues",), database=postgres_databases)
    yield made
    made.world.close()


def test_a_case_goes_from_its_clue_to_review_and_its_trail_holds(here: CaseWorld) -> None:
    item = here.exempted(here.opened_case("supervision"))
    done(here.do(item, "seek_liaison_opinion"))
    done(here.liaison_says(item))
    done(here.request_filing(item, "request_commission_filing"))
    done(here.rule(item, here.liaison))
    done(here.rule(item, here.leader))
    done(here.group(item, lead_id="p-clerk2", member_ids=["p-clerk3"], safety_officer_id="p-clerk1"))
    lead = here.world.as_("clerk2")
    assert [line["id"] for line in lead.get(CASES).body["items"]] == [item]
    done(here.plan_case(item))
    done(here.do(item, "request_plan_approval", by=lead))
    done(here.rule(item, here.head))
    done(here.schedule(item))
    done(here.incident(item))
    assert [line["id"] for line in lead.get("/clues/worklist").body["items"]] == [item]
    done(here.report_incident(item))
    assert done(here.send_for_review(item)).body["state"] == "sent_for_review"
    here.world.pump()
    found = verified(here.world)
    assert found.ok, found


def test_two_who_arrange_the_same_venue_at_once_get_it_once(here: CaseWorld) -> None:
    item = here.filed()
    requests = [here.venue_approved(here.venue_requested(item)) for _ in range(4)]
    with ThreadPoolExecutor(4) as at_once:
        answers = list(at_once.map(here.arrange, requests))
    assert sorted(answer.code for answer in answers) == ["", "DUPLICATE", "DUPLICATE", "DUPLICATE"]
