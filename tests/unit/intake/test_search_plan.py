"""A search walks one index in the order of its page, on both engines, and looks everything else up beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import and_, insert, select, text

from services.chassis.access import load_actor, visible
from services.chassis.db import table_of
from services.chassis.work import Work, look
from services.intake.definition import KNOWS_PETITION
from services.intake.searching import Place, _walk
from services.intake.storage import Petition, SearchTerm
from tests.clauses.intake_petitions import letter, register
from tests.world import World

EXPLAIN = {
    "sqlite": ("EXPLAIN QUERY PLAN ", "search_term USING PRIMARY KEY (mark=?"),
    "postgresql": ("EXPLAIN ", "using search_term_pkey on search_term"),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    make: Callable[[str], str] | None = None
    if request.param == "postgresql":
        make = request.getfixturevalue("postgres_databases")
    made = World(tmp_path, services=("intake",), database=make)
    yield made
    made.close()


def fill(world: World, like: str, copies: int = 4000) -> None:
    """As many petitions more that hold the same pairs, so that the planner has something to weigh."""
    petitions, terms = table_of(Petition), table_of(SearchTerm)
    with world.runtimes["intake"].db.write() as session:
        row = dict(session.execute(petitions.select().where(petitions.c.id == like)).one()._mapping)
        marks = session.scalars(select(SearchTerm.mark).where(SearchTerm.petition_id == like)).all()
        days = [row["opened_on"] - timedelta(days=n // 4) for n in range(copies)]
        ids = [f"{n:032x}" for n in range(copies)]
        connection = session.connection()
        connection.execute(
            insert(petitions),
            [row | {"id": i, "no": i, "opened_on": day} for i, day in zip(ids, days, strict=True)],
        )
        connection.execute(
            insert(terms),
            [{"mark": mark, "day": day.toordinal(), "petition_id": i}
             for i, day in zip(ids, days, strict=True) for mark in marks],
        )  # fmt: skip
    with world.runtimes["intake"].db.write() as session:
        session.execute(text("ANALYZE"))


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
    world: World, sought: list[str], after: Place | None
) -> None:
    fill(world, str(register(world, letter(summary="维修工程围标串标，情况属实"))["id"]))
    runtime = world.runtimes["intake"]
    with look(runtime) as work:
        work.actor = load_actor(work.session, world.as_("head1").claims, work.today)
        lines = plan(world, work, sought, after)
    assert any(EXPLAIN[runtime.db.engine.dialect.name][1] in line for line in lines), lines
    read_whole = ("SCAN petition", "SCAN search_term", "Seq Scan on petition", "Seq Scan on search_term")
    assert not [line for line in lines if any(words in line for words in read_whole)], lines
    assert not [line for line in lines if "TEMP B-TREE" in line or line.strip().startswith("Sort")], lines
