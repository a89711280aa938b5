"""So many petitions that a planner has something to weigh."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select, text

from services.chassis.db import table_of
from services.intake.storage import Petition, SearchTerm
from tests.world import World


def many_like(world: World, like: str, copies: int = 4000, **changed: str) -> None:
    """As many petitions more that hold the same pairs, by many registrars, with some columns changed."""
    petitions, terms = table_of(Petition), table_of(SearchTerm)
    with world.runtimes["intake"].db.write() as session:
        row = dict(session.execute(petitions.select().where(petitions.c.id == like)).one()._mapping)
        marks = session.scalars(select(SearchTerm.mark).where(SearchTerm.petition_id == like)).all()
        days = [row["opened_on"] - timedelta(days=n // 4) for n in range(copies)]
        ids = [f"{n:032x}" for n in range(copies)]
        connection = session.connection()
        connection.execute(
            insert(petitions),
            [
                row | {"id": i, "no": i, "opened_on": day, "registrar_id": f"p-x{n % 97}"} | changed
                for n, (i, day) in enumerate(zip(ids, days, strict=True))
            ],
        )
        connection.execute(
            insert(terms),
            [{"mark": mark, "day": day.toordinal(), "petition_id": i}
             for i, day in zip(ids, days, strict=True) for mark in marks],
        )  # fmt: skip
    with world.runtimes["intake"].db.write() as session:
        session.execute(text("ANALYZE"))
