"""A database's schema as its own catalogue tells it: what Alembic's comparison does not look at is in it too."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from services.chassis.db import Database

Catalogue = dict[str, set[tuple[Any, ...]]]

_POSTGRESQL = {
    "columns": """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
                  column_default, is_identity FROM information_schema.columns WHERE table_schema = 'public'""",
    "indexes": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
                      WHERE connamespace = 'public'::regnamespace AND contype <> 'n'""",
    "triggers": """SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal""",
    "functions": """SELECT proname, pg_get_functiondef(oid) FROM pg_proc
                    WHERE pronamespace = 'public'::regnamespace""",
    "sequences": "SELECT sequencename, data_type::text FROM pg_sequences",
}


def catalogue(db: Database) -> Catalogue:
    """Everything but the version tables; in each row the table comes first."""
    with db.read() as session:
        connection = session.connection()
        parts = _sqlite(connection) if db.is_sqlite else _postgresql(connection)
    return {
        name: {row for row in rows if not str(row[0]).endswith("_version")} for name, rows in parts.items()
    }


def _postgresql(connection: Connection) -> Catalogue:
    return {name: {tuple(row) for row in connection.execute(text(q))} for name, q in _POSTGRESQL.items()}


def _sqlite(connection: Connection) -> Catalogue:
    def pragma(name: str, of: str = "") -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {name}{of and f'({of})'}")]

    tables = [row for row in pragma("table_list") if row[2] == "table" and not row[1].startswith("sqlite_")]
    found: Catalogue = {"tables": {(row[1], *row[4:]) for row in tables}, "columns": set(), "indexes": set()}
    for table in (row[1] for row in tables):
        found["columns"] |= {(table, *column[1:]) for column in pragma("table_xinfo", table)}
        for _, index, unique, origin, partial in pragma("index_list", table):
            columns = tuple(row[2] for row in pragma("index_info", index))
            name = "" if index.startswith("sqlite_autoindex") else index
            found["indexes"].add((table, name, columns, unique, origin, partial))
    triggers = connection.exec_driver_sql(
        "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
    )
    found["triggers"] = {tuple(row) for row in triggers}
    return found
