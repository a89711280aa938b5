"""A worklist costs what waits, not what was ever registered: no closed petition is looked at, on either engine."""

from __future__ import annotations

import pytest

from tests.bench.pages import plan
from tests.bench.recorded import recording
from tests.clauses.intake_petitions import letter, register
from tests.unit.intake.many_petitions import many_like
from tests.world import World

EVERY_STATE = ("(handler_id=?)", "(office_id=?)", "SCAN petition", "Seq Scan on petition", "petition_by_date")
"""SQLite's and PostgreSQL's words for a walk that asks for no state."""


@pytest.mark.parametrize("account", ["clerk1", "head1", "xf1"])
def test_a_worklist_walks_along_states_and_open_clocks_only(on_both_engines: World, account: str) -> None:
    world = on_both_engines
    many_like(world, str(register(world, letter())["id"]), 6000, state="closed")
    waits = register(world, letter())["no"]
    runtime = world.runtimes["intake"]
    with recording(runtime.db.engine) as recorded:
        answer = world.as_(account).get("/intake/worklist", limit="20")
    assert answer.status == 200
    if account == "clerk1":
        assert waits in {line["no"] for line in answer.body["items"]}
    steps = plan(runtime.db.engine, recorded)
    assert steps
    assert not [step for step in steps if any(words in step for words in EVERY_STATE)], steps
