"""Measures, their ledger and its checks on PostgreSQL and SQLite; on both the trail fits the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.attacks.verifying import verified
from tests.clauses.clues_steps import done
from tests.clauses.measure_steps import LEDGERS, MEASURES, MeasureWorld
from tests.clauses.test_clues_ledger_check import CHECKS, MONTHS

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MeasureWorld]:
    database: Callable[[str], str] | None = None
    if request.param == "postgresql":
        database = request.getfixturevalue("postgres_databases")
    made = MeasureWorld(tmp_path, services=("clues",), database=database)
    yield made
    made.world.close()


def test_a_measure_goes_to_the_commission_and_its_quarter_is_filed_and_checked(here: MeasureWorld) -> None:
    item = here.passed_up(here.requested_in("exit_restriction"))
    waiting = [line["id"] for line in here.leader.get("/clues/worklist").body["items"]]
    assert waiting == [item]
    done(here.decided_above(item))
    done(here.issue_document(item, issuer_code="district_commission"))
    done(here.execute(item, executor_code="executing_organ", documents=("measure_document",)))
    assert [row["measure"] for row in here.rows()] == [item]
    done(here.file())
    other = here.executed("WS-2")
    assert here.ledger()["state"] == "supplement_due"
    assert done(here.file()).body["state"] == "filed"
    assert {row["measure"] for row in here.rows(client=here.liaison)} == {item, other}
    month = done(here.head.act(f"{MONTHS}/open_reconciliation")).body["id"]
    paper = {"petitions_referred": 0, "dispositions_filed": 0, "cases_filed": 0}
    done(here.head.act(f"{MONTHS}/{month}/reconcile_ledger", paper))
    done(here.liaison.act(f"{CHECKS}/open_inspection", {"office_id": "pz1"}))
    here.world.on(2026, 4, 1, 0, 0)
    here.world.tick()
    assert len(here.head.get(LEDGERS).body["items"]) == 2
    assert len(here.liaison.get(CHECKS).body["items"]) == 2
    assert len(here.liaison.get(MEASURES, state="executed").body["items"]) == 2
    here.world.pump()
    found = verified(here.world)
    assert found.ok, found
