"""Events on their way between two databases: rows to send, what has been applied, and when it was committed."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Sequence

import psycopg2

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


def commit_to_commit(world: World, rows: Sequence[Row]) -> float:
    """Events a second, from the commit that puts them into the outbox to the commit that applies the last."""
    before = applied(world)
    with psycopg2.connect(url(world, "intake")) as line, line.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO outbox (event_id, type, subject, body, consumer, status, created_at)"
            " VALUES (%s, %s, %s, %s, %s, 'new', now() AT TIME ZONE 'utc')",
            [(*row, CONSUMER) for row in rows],
        )
        cursor.execute("NOTIFY dengwen_outbox")
        line.commit()
        started = time.perf_counter()
    until(lambda: applied(world) - before >= len(rows), 600, 0.05)
    return len(rows) / (time.perf_counter() - started)


def applied(world: World) -> int:
    """Events of intake that took effect at the consumer."""
    with psycopg2.connect(url(world, CONSUMER)) as line, line.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM inbox WHERE producer = 'intake' AND status = 'applied'")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


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
