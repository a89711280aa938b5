"""Events on their way between two databases: rows to send, what has been applied, and when it was committed."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2.extras import execute_values

from tests.bench.hammer import REGISTER, letter
from tests.bench.sites import dsn, until
from tests.world import World

CONSUMER = "notifications"
_HEX = re.compile(r"\b[0-9a-f]{32}\b")
Row = tuple[str, str, str, bytes]


def url(world: World, service: str) -> str:
    return dsn(world.runtimes[service].settings.database_url)


def outgoing(world: World, events: int) -> list[Row]:
    """Outbox rows (event id, type, subject, body) as registering acts leave them, each act with ids of its own."""
    world.as_("clerk1").send("POST", REGISTER, body=letter())
    with psycopg2.connect(url(world, "intake")) as line, line.cursor() as cursor:
        cursor.execute(
            "SELECT event_id, type, subject, body FROM outbox WHERE consumer = %s ORDER BY id", [CONSUMER]
        )
        templates = [(i, kind, subject, bytes(body)) for i, kind, subject, body in cursor.fetchall()]
        cursor.execute("DELETE FROM outbox")
    made: list[Row] = []
    while len(made) < events:
        made += renamed(templates)
    return made[:events]


def renamed(rows: Sequence[Row]) -> list[Row]:
    """The same rows with new ids, the same new one for the same old one."""
    known: dict[str, str] = {}

    def rename(match: re.Match[str]) -> str:
        return known.setdefault(match.group(0), uuid.uuid4().hex)

    return [
        (_HEX.sub(rename, i), kind, _HEX.sub(rename, subject), _HEX.sub(rename, body.decode()).encode())
        for i, kind, subject, body in rows
    ]


def put_into_outbox(world: World, rows: Sequence[Row]) -> float:
    """Commit the rows and tell the relay; gives when that was, in seconds since 1970."""
    with psycopg2.connect(url(world, "intake")) as line, line.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO outbox (event_id, type, subject, body, consumer, status, created_at) VALUES %s",
            [(*row, CONSUMER) for row in rows],
            "(%s, %s, %s, %s, %s, 'new', now() AT TIME ZONE 'utc')",
            page_size=500,
        )
        cursor.execute("NOTIFY dengwen_outbox")
        line.commit()
        return time.time()


def is_sent(world: World) -> bool:
    """Whether the relay has nothing more to publish."""
    with psycopg2.connect(url(world, "intake")) as line, line.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM outbox WHERE status = 'new'")
        return cursor.fetchone() == (0,)


def commit_to_commit(world: World, rows: Sequence[Row]) -> float:
    """Events a second, from the commit that puts them into the outbox to the commit that applies the last."""
    with watching(world) as effects:
        before = effects.count()
        started = put_into_outbox(world, rows)
        until(lambda: effects.count() - before >= len(rows), 600, LOOK_EVERY)
        return len(rows) / (effects.last() - started)


LOOK_EVERY = 0.25
"""Seconds. Who counts more often takes a part of the processor that is measured; when it was over, commits tell."""


class Effects:
    """Events of intake that took effect at the consumer, by one connection."""

    def __init__(self, line: Any) -> None:
        self.line = line

    def count(self) -> int:
        return int(self._one("SELECT count(*)"))

    def first(self) -> float:
        """When the first was committed, in seconds since 1970."""
        return float(self._one("SELECT extract(epoch FROM min(pg_xact_commit_timestamp(xmin)))"))

    def last(self) -> float:
        """When the last was committed, in seconds since 1970."""
        return float(self._one("SELECT extract(epoch FROM max(pg_xact_commit_timestamp(xmin)))"))

    def pace(self) -> float:
        """Effects a second of the middle eight tenths of them: without the start, nor what comes last alone."""
        at = "ORDER BY extract(epoch FROM pg_xact_commit_timestamp(xmin))"
        first, last = (f"percentile_cont({part}) WITHIN GROUP ({at})" for part in (0.1, 0.9))
        return self.count() * 0.8 / float(self._one(f"SELECT {last} - {first}"))

    def _one(self, question: str) -> Any:
        with self.line.cursor() as cursor:
            cursor.execute(f"{question} FROM inbox WHERE producer = 'intake' AND status = 'applied'")
            return cursor.fetchone()[0]


@contextmanager
def watching(world: World) -> Iterator[Effects]:
    line = psycopg2.connect(url(world, CONSUMER))
    line.autocommit = True
    try:
        yield Effects(line)
    finally:
        line.close()


def committed(world: World, since: float) -> tuple[dict[str, float], dict[str, float]]:
    """When (seconds) each act after `since` was committed, and its first effect: by PostgreSQL's commit timestamps."""
    queries = {
        "intake": "SELECT 'petition/' || subject_id, extract(epoch FROM pg_xact_commit_timestamp(xmin))"
        " FROM audit_entry WHERE act = 'register_petition' AND recorded_at > to_timestamp(%s) AT TIME ZONE 'utc'",
        CONSUMER: "SELECT subject, extract(epoch FROM min(pg_xact_commit_timestamp(xmin))) FROM inbox"
        " WHERE status = 'applied' AND received_at > to_timestamp(%s) AT TIME ZONE 'utc' GROUP BY subject",
    }
    found = []
    for service, query in queries.items():
        with psycopg2.connect(url(world, service)) as line, line.cursor() as cursor:
            cursor.execute(query, [since])
            found.append({subject: float(at) for subject, at in cursor.fetchall()})
    return found[0], found[1]
