"""A figure costs what its period holds, not what was ever done: one statement, along an index with the day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sqlalchemy import Engine, insert, select, text

from services.chassis.db import table_of
from services.chassis.tables import Party
from services.clues.figures import BOOK
from services.clues.storage import Clue, InquiryLetter, Talk
from services.clues.storage_accountability import Accountability, Announcement
from services.clues.storage_case import Case
from services.clues.storage_figure import DispositionApproval, FirstForm, ProsecutionTransfer
from services.clues.storage_sanction import Sanction
from tests.bench.recorded import Recorded, Statement, recording
from tests.clauses.figure_rows import Rows, asked
from tests.world import World

COUNTED = (
    Clue, Case, Accountability, Announcement, DispositionApproval, FirstForm, ProsecutionTransfer, Sanction, Talk,
    InquiryLetter,
)  # fmt: skip
COPIES = 8000
DAYS = {"from": "2026-01-01", "to": "2026-01-31", "reform_on": "2026-01-01"}


def fill(world: World) -> None:
    """One of each, and so many more of the years before that a planner has something to weigh."""
    rows, on = Rows(world), date(2026, 1, 15)
    clue = rows.clue("p-row", form_code="first_form", ended_on=on)
    rows.disposed(on, clue=clue)
    rows.first_form(on, "p-row", clue=clue)
    rows.talk(on, "p-row", clue=clue)
    rows.letter(on, "p-row", clue=clue)
    case = rows.case("p-row", clue=rows.clue("p-row"), filed_on=on, filing_no="1")
    rows.sanction(on, "p-row", "second_form", case=case)
    rows.transferred(on, "p-other", case=case)
    rows.accountable(on, "p-row", organisations=("po-1",))
    for model in (*COUNTED, Party):
        copy(world, model)
    with world.runtimes["clues"].db.write() as session:
        session.execute(text("ANALYZE"))


def copy(world: World, model: type) -> None:
    """Copies whose ids, wherever they are named, are copied alike, each some days older."""
    table = table_of(model)
    ids = {"id", "clue_id", "case_id", "accountability_id", "letter_no", "subject_id", "source_ref", "no"}
    dates = [c.name for c in table.columns if str(c.type) == "DATE"]
    with world.runtimes["clues"].db.write() as session:
        row = dict(session.execute(select(table)).first()._mapping)  # type: ignore[union-attr]
        session.connection().execute(
            insert(table), [_older(row, number, ids, dates) for number in range(COPIES)]
        )


def _older(row: dict[str, object], number: int, ids: set[str], dates: list[str]) -> dict[str, object]:
    changed: dict[str, object] = {name: f"{row[name]}-{number}" for name in ids if row.get(name)}
    for name in dates:
        before = row[name]
        if isinstance(before, date):
            changed[name] = before - timedelta(days=60 + number)
    return row | changed


def figure_statements(recorded: Recorded) -> list[Statement]:
    return [one for one in recorded.statements if "anon_1" in one.sql]


def plan(engine: Engine, statement: Statement) -> list[str]:
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    with engine.connect() as line:
        return [str(row[-1]) for row in line.exec_driver_sql(explain + statement.sql, statement.parameters)]


def walks_all(step: str) -> bool:
    """SQLite's and PostgreSQL's words for reading a whole table of what is counted."""
    tables = "|".join(table_of(model).name for model in COUNTED)
    return re.search(rf"(?:SCAN|Seq Scan on) (?:{tables})\b(?!.*USING)", step) is not None


def counted(world: World, clause: str) -> tuple[list[Statement], int]:
    """The statements that counted a figure, and the largest of its measures."""
    with recording(world.runtimes["clues"].db.engine) as recorded:
        answer = asked(world.as_("ags1"), clause, **DAYS)
    assert answer.status == 200, answer.body
    return figure_statements(recorded), max(one["value"] for one in answer.body["measures"])


def test_a_figure_is_one_statement_along_the_days_asked_for(clues_on_both_engines: World) -> None:
    world = clues_on_both_engines
    on_nothing = {clause: len(counted(world, clause)[0]) for clause in BOOK.figures}
    assert on_nothing == {clause: 1 + len(figure.shares) for clause, figure in BOOK.figures.items()}
    fill(world)
    for clause in BOOK.figures:
        statements, most = counted(world, clause)
        assert len(statements) == on_nothing[clause]
        assert most <= 2, "what is older is not counted"
        for one in statements:
            steps = plan(world.runtimes["clues"].db.engine, one)
            assert not [step for step in steps if walks_all(step)], (clause, steps)
