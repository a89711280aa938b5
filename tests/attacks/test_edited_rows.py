"""Who edits a row past the service is found by `audit verify`, whatever the column."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from services.chassis.performance import PROVEN
from services.intake.storage import Petition
from tests.attacks.verifying import verified
from tests.clauses.intake_petitions import bring
from tests.world import World


def other(value: object) -> object:
    if isinstance(value, int):
        return 1 - value if value in (0, 1) else value + 1
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    text = str(value)
    return f"2019{text[4:]}" if text[:3] == "202" else f"{text}x"


def test_a_column_of_an_item_its_papers_clocks_and_decisions_cannot_be_edited_unnoticed(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, services=("intake",))
    bring(world, "result_recorded")
    assert verified(world).ok
    columns = {model.__tablename__: names for model, names in PROVEN.items()}
    columns["petition"] = tuple(column.key for column in Petition.__mapper__.column_attrs)
    database = sqlite3.connect(tmp_path / "intake.db", isolation_level=None)
    unnoticed = []
    for table, names in columns.items():
        for name in names:
            row = database.execute(f"SELECT rowid, {name} FROM {table} WHERE {name} IS NOT NULL").fetchone()  # noqa: S608
            if row is None or name == "id":
                continue
            edit = f"UPDATE {table} SET {name} = ? WHERE rowid = ?"  # noqa: S608
            database.execute(edit, (other(row[1]), row[0]))
            if verified(world).ok:
                unnoticed.append(f"{table}.{name}")
            database.execute(edit, (row[1], row[0]))
    assert not unnoticed
    assert verified(world).ok
