"""A database with many petitions, made by the database itself out of one that was really registered.

Ten years of petitions at a hundred offices: one in ten is of the office `pz1`, one in ten is open, each has a person
reported on, each open one a clock, one in ten a proposal. Of the office `pz1` every second says 土地 and every tenth
also 补偿, as the search's index knows it. Nothing is random but ids: two runs agree.
"""

# ruff: noqa: S608 - the tables, columns and numbers are our own
from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg2

from dengwen.definitions import definition
from services.chassis.db import Database
from services.chassis.keys import KeyRing
from services.chassis.migrate import lineages
from services.intake.acts.search_index import term_marks
from tests.bench.hammer import REGISTER, letter
from tests.bench.sites import Servers, dsn
from tests.world import World

CACHE = Path("build") / "bench"
OPEN = (
    "registered",
    "forwarded",
    "judged",
    "recorded",
    "transferred_out",
    "result_recorded",
    "closure_submitted",
)
DAYS = 3650
SAID = {"土地": 2, "补偿": 10}
"""Words of two characters, and every how many petitions of an office say them."""
OTHER_TERMS = 3
"""Pairs of each petition that no other one says: their number is what the index's size hangs on."""
_KEY = sha256(
    b"a bench's fingerprints are the same in every run: a kept file is searched by the next one"
).digest()

_SPREAD = "(n.i * 7919) % 1000003"
"""A number that has nothing to do with the order of the rows."""


def _petition(postgres: bool, rows: int) -> Mapping[str, str]:  # noqa: FBT001
    by = "CAST({} AS text)" if postgres else "{}"
    back = f"CAST(n.i * {DAYS}.0 / {rows} AS integer)"
    day = f"DATE '2026-03-02' - {back}" if postgres else f"date('2026-03-02', '-' || {back} || ' days')"
    states = " ".join(f"WHEN {number} THEN '{state}'" for number, state in enumerate(OPEN))
    ours = f"{_SPREAD} % 10 = 0"
    return {
        "id": "md5('petition' || n.i)" if postgres else "lower(hex(randomblob(16)))",
        "no": f"'XF-' || {by.format('n.i')}",
        "state": f"CASE WHEN {_SPREAD} % 397 < 40 THEN CASE {_SPREAD} % 7 {states} END ELSE 'closed' END",
        "office_id": f"CASE WHEN {ours} THEN 'pz1' ELSE 'pz' || {by.format(f'({_SPREAD} % 97 + 3)')} END",
        "handler_id": f"CASE WHEN {ours} THEN 'p-clerk' || {by.format(f'({_SPREAD} % 3 % 2 + 1)')}"
        f" ELSE 'p-x' || {by.format(f'({_SPREAD} % 997)')} END",
        "registrar_id": f"CASE WHEN {ours} THEN 'p-clerk2' ELSE 'p-x' || {by.format(f'({_SPREAD} % 997)')} END",
        "opened_on": day,
        "received_on": day,
    }


def fill(db: Database, ring: KeyRing, template: str, rows: int) -> None:
    """Add `rows` petitions like the one whose id is `template`, with what hangs on them."""
    postgres = not db.is_sqlite
    numbers = (
        f"generate_series(CAST(1 AS bigint), {rows}) AS n(i)"
        if postgres
        else f"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) SELECT i FROM n) AS n"
    )
    fresh = "md5(random()::text || p.id)" if postgres else "lower(hex(randomblob(16)))"
    not_template = f"p.id <> '{template}'"
    columns = {name: definition_columns(name) for name in ("petition", "duty", "proposal")}
    petition = _select(columns["petition"], "t", _petition(postgres, rows))
    duty = _select(columns["duty"], "t", {"id": fresh, "subject_id": "p.id", "office_id": "p.office_id"})
    empty = "decode('', 'hex')" if postgres else "x''"
    of_petition = f"FROM petition p WHERE {not_template}"
    statements = [
        (
            f"INSERT INTO petition ({', '.join(columns['petition'])})"
            f" SELECT {petition} FROM petition t, {numbers} WHERE t.id = '{template}'"
        ),
        (
            f"INSERT INTO duty ({', '.join(columns['duty'])}) SELECT {duty} FROM duty t, petition p"
            f" WHERE t.subject_id = '{template}' AND p.state <> 'closed' AND {not_template}"
        ),
        (
            "INSERT INTO party (subject_kind, subject_id, person_id, capacity)"
            f" SELECT 'petition', p.id, 'p-edu-sec', 'reported' {of_petition}"
        ),
        (
            f"INSERT INTO proposal ({', '.join(columns['proposal'])}) SELECT {_proposal(fresh, empty)} {of_petition}"
            " AND (p.state = 'closure_submitted' OR substr(p.no, length(p.no)) = '7')"
        ),
        *_terms(ring, not_template, postgres=postgres),
    ]
    with closing(_line(db)) as line:
        cursor = line.cursor()
        again = _without_indexes(cursor, postgres=postgres)
        for statement in (
            *statements,
            *again,
            "VACUUM ANALYZE" if postgres else "PRAGMA wal_checkpoint(TRUNCATE)",
        ):
            cursor.execute(statement)


def _terms(ring: KeyRing, which: str, *, postgres: bool) -> list[str]:
    """What fills the index of the search."""
    number = "CAST(substr(p.no, 4) AS bigint)"
    day = (
        "p.opened_on - DATE '0001-01-01' + 1"
        if postgres
        else "CAST(julianday(p.opened_on) - 1721424.5 AS integer)"
    )
    others = "generate_series(1, {}) AS o(i)" if postgres else (
        "(WITH RECURSIVE o(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM o WHERE i < {}) SELECT i FROM o) AS o"
    )  # fmt: skip
    into = "INSERT INTO search_term (mark, day, petition_id)"
    numbered = f"SELECT id, no, opened_on, {number} AS n FROM petition p WHERE {which}"
    spread = "o.i * 4611686018427387 + p.n * 1000003"
    own = f"{into} SELECT {spread}, {day}, p.id FROM ({numbered}) AS p, {others.format(OTHER_TERMS)}"
    found = [own if postgres else f"{own} ORDER BY 1, 2, 3"]
    for word, every in SAID.items():
        (mark,) = term_marks(ring, "pz1", {word})
        found.append(
            f"{into} SELECT {mark}, {day}, p.id FROM petition p"
            f" WHERE p.office_id = 'pz1' AND {number} % {every} = 0 AND {which}"
        )
    return found


def _line(db: Database) -> Any:
    """A plain connection that commits by itself; what is loaded need not survive a power cut."""
    if not db.is_sqlite:
        connection = psycopg2.connect(
            dsn(db.url), options="-c synchronous_commit=off -c maintenance_work_mem=1GB"
        )
        connection.autocommit = True
        return connection
    line = sqlite3.connect(db.url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in ("cache_size=-500000", "synchronous=OFF"):
        line.execute(f"PRAGMA {pragma}")
    return line


def _without_indexes(cursor: Any, *, postgres: bool) -> list[str]:
    """Drop the indexes, since building them at the end is faster; gives the statements to do so.

    On PostgreSQL also the keys: with random ids, keeping one up to date costs more than all the rest. SQLite cannot.
    """
    tables = "('petition', 'duty', 'party', 'proposal', 'search_term')"
    if not postgres:
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name IN {tables}"
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP INDEX {name}")
        return [definition for _, definition in found]
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        f" WHERE contype IN ('p', 'u') AND conrelid::regclass::text IN {tables}"
    )
    keys = cursor.fetchall()
    for table, name, _ in keys:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    cursor.execute(f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN {tables}")
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [
        *(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in keys),
        *(definition for _, definition in found),
    ]


def definition_columns(table: str) -> list[str]:
    """The names of a table's columns, of intake or of the chassis."""
    found = [c.metadata.tables[table] for c in lineages(definition("intake")) if table in c.metadata.tables]
    return [column.name for column in found[0].columns]


def _proposal(fresh: str, empty: str) -> str:
    """One in ten was proposed to be closed and is decided; of those submitted for closure each is, and waits."""
    values = {
        "id": fresh, "subject_kind": "'petition'", "subject_id": "p.id", "act": "'close_petition'", "paper_id": "''",
        "digest": empty, "proposed_by": "'p-xf2'", "proposed_at": "p.changed_at", "step": "0",
        "status": "CASE p.state WHEN 'closed' THEN 'approved' ELSE 'pending' END", "office_id": "p.office_id",
    }  # fmt: skip
    return ", ".join(values[name] for name in definition_columns("proposal"))


def _select(columns: list[str], source: str, changed: Mapping[str, str]) -> str:
    return ", ".join(changed.get(name, f"{source}.{name}") for name in columns)


def filled(servers: Servers, rows: int, *, postgres: bool) -> World:
    """Intake with that many petitions; the SQLite file is kept in `build/bench` for the next run."""
    world = servers.world("intake", postgres=postgres)
    runtime = world.runtimes["intake"]
    runtime.ring = replace(runtime.ring, wrap=_KEY)
    answer = world.as_("clerk1").send("POST", REGISTER, body=letter())
    template = str(answer.body["id"])
    if postgres:
        fill(runtime.db, runtime.ring, template, rows)
        return world
    file = CACHE / f"petitions-{rows}-{_schema()}.db"
    if not file.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        for stale in CACHE.glob(f"petitions-{rows}-*"):
            stale.unlink()
        fill(runtime.db, runtime.ring, template, rows)
        runtime.db.dispose()
        made = Path(runtime.settings.database_url.removeprefix("sqlite:///"))
        new = file.with_suffix(".new")
        new.write_bytes(b"")
        with made.open("rb") as source, new.open("wb") as target:
            while block := source.read(1 << 20):
                target.write(block)
        new.rename(file)
    runtime.db.dispose()
    runtime.db = Database(f"sqlite:///{file.resolve()}")
    return world


def largest() -> Path | None:
    """The largest SQLite file that earlier runs have kept, the newest of them."""
    kept = [(file.stat().st_size, file.stat().st_mtime, file) for file in CACHE.glob("petitions-*.db")]
    return max(kept)[2] if kept else None


def _schema() -> str:
    """Changes with the tables, their indexes and how they are filled."""
    described = [Path(__file__).read_text(encoding="utf-8")]
    for lineage in lineages(definition("intake")):
        for name, table in sorted(lineage.metadata.tables.items()):
            described += [name, repr(table.columns.keys()), repr(sorted(str(i.name) for i in table.indexes))]
    return sha256("".join(described).encode()).hexdigest()[:10]
