"""A search walks one index in the order of its page, on both engines, and looks everything else up beside it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import and_, text

from services.chassis.access import load_actor, visible
from services.chassis.work import Work, look
from services.intake.definition import KNOWS_PETITION
from services.intake.searching import Place, _walk
from services.intake.storage import Petition
from tests.clauses.intake_petitions import letter, register
from tests.unit.intake.many_petitions import many_like
from tests.world import World

EXPLAIN = {
    "sqlite": ("EXPLAIN QUERY PLAN ", "search_term USING PRIMARY KEY (mark=?"),
    "postgresql": ("EXPLAIN ", "using search_term_pkey on search_term"),
}


def plan(world: World, work: Work, sought: list[str], after: Place | None) -> list[str]:
    known = and_(Petition.secrecy != "sealed", visible(Petition, work.actor, KNOWS_PETITION))
    engine = world.runtimes["intake"].db.engine
    walk = _walk(work, "pz1", sought, known, after)
    sql = str(walk.compile(engine, compile_kwargs={"literal_binds": True}))
    rows = work.session.execute(text(EXPLAIN[engine.dialect.name][0] + sql.replace(":", "\\:"))).all()
    return [str(row[-1]) for row in rows]


@pytest.mark.parametrize("after", [None, Place(date(2026, 3, 1), "0" * 32)], ids=["first page", "next page"])
@pytest.mark.parametrize("sought", [["工程"], ["工程", "围标"]], ids=["one word", "two words"])
def test_a_search_walks_the_rarest_mark_in_order(
    on_both_engines: World, sought: list[str], after: Place | None
) -> None:
    world = on_both_engines
    many_like(world, str(register(world, letter(summary="维修工程围标串标，情况属实"))["id"]))
    runtime = world.runtimes["intake"]
    with look(runtime) as work:
        work.actor = load_actor(work.session, world.as_("head1").claims, work.today)
        lines = plan(world, work, sought, after)
    assert any(EXPLAIN[runtime.db.engine.dialect.name][1] in line for line in lines), lines
    read_whole = ("SCAN petition", "SCAN search_term", "Seq Scan on petition", "Seq Scan on search_term")
    assert not [line for line in lines if any(words in line for words in read_whole)], lines
    assert not [line for line in lines if "TEMP B-TREE" in line or line.strip().startswith("Sort")], lines
