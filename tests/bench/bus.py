"""Hand-offs: events a second from commit to commit against plain confirmed publishing, and how long one takes."""

from __future__ import annotations

import http.client
import re
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import psycopg2

from services.chassis.bus import topology
from services.chassis.bus.consumer import QueueConsumer
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.bus.publisher import ConfirmingPublisher
from services.chassis.settings import SERVICES
from tests.bench.figures import Figure, Report, percentile
from tests.bench.hammer import REGISTER, ask, letter
from tests.bench.sites import Servers, accounts, dsn, serving, token, until
from tests.journeys.running import embedded
from tests.world import World

CONSUMER = "notifications"
BATCH = 500
_HEX = re.compile(r"\b[0-9a-f]{32}\b")


def measure(report: Report, servers: Servers, events: int, hand_offs: int) -> None:
    """Throughput of the bus, then the latency of single hand-offs on it and embedded."""
    report.section(f"hand-offs intake → {CONSUMER}: RabbitMQ quorum queues, PostgreSQL, a process each")
    world = servers.world("intake", CONSUMER, postgres=True)
    rows = _outgoing(world, events)
    published, consumed = _plain(servers, [body for _, _, _, body in rows])
    folder, vhost = servers.new_folder("bus"), servers.rabbitmq.create_vhost("bench-bus")
    topology.declare(vhost, SERVICES)  # tree heads go to all of them
    with serving(world, folder, vhost, "serve intake", "relay intake", f"serve {CONSUMER}") as ports:
        rate = _commit_to_commit(world, rows)
        against = "confirmed publishing, batches of 500"
        report.add(Figure("events, outbox commit to applied commit", rate, published, "/s", against))
        report.add(Figure("events, outbox commit to applied commit", rate, consumed, "/s", "and consuming"))
        took = _latencies(world, ports["intake"], hand_offs)
    _say(report, "hand-off, RabbitMQ + PostgreSQL, p50 / p99", took)
    world.close()
    _embedded(report, servers, hand_offs)


def _say(report: Report, name: str, took: Sequence[float]) -> None:
    report.add(Figure(name, percentile(took, 0.5), percentile(took, 0.99), "ms", "p99, commit to commit"))


Row = tuple[str, str, str, bytes]


def _outgoing(world: World, events: int) -> list[Row]:
    """Outbox rows (event id, type, subject, body) as registering acts leave them, each act with ids of its own."""
    world.as_("clerk1").send("POST", REGISTER, body=letter())
    with psycopg2.connect(_url(world, "intake")) as line, line.cursor() as cursor:
        cursor.execute(
            "SELECT event_id, type, subject, body FROM outbox WHERE consumer = %s ORDER BY id", [CONSUMER]
        )
        templates = [(i, kind, subject, bytes(body)) for i, kind, subject, body in cursor.fetchall()]
        cursor.execute("DELETE FROM outbox")
    made: list[Row] = []
    while len(made) < events:
        renamed: dict[str, str] = {}

        def rename(match: re.Match[str], renamed: dict[str, str] = renamed) -> str:
            return renamed.setdefault(match.group(0), uuid.uuid4().hex)

        made += [
            (_HEX.sub(rename, i), kind, _HEX.sub(rename, subject), _HEX.sub(rename, body.decode()).encode())
            for i, kind, subject, body in templates
        ]
    return made[:events]


def _plain(servers: Servers, bodies: Sequence[bytes]) -> tuple[float, float]:
    """Bodies a second: published persistent, mandatory and confirmed; and the same with a consumer."""
    rates = []
    for consuming in (False, True):
        uri = servers.rabbitmq.create_vhost(f"bench-plain-{consuming}".lower())
        topology.declare(uri, (CONSUMER,))
        messages = [OutMessage(f"{CONSUMER}.plain", body, uuid.uuid4().hex) for body in bodies]
        seen: list[int] = []

        def count(deliveries: list[Delivery], seen: list[int] = seen) -> None:
            seen.append(len(deliveries))

        consumer = QueueConsumer(uri, topology.event_queue(CONSUMER), count)
        if consuming:
            threading.Thread(target=consumer.run, daemon=True).start()
            consumer.consuming.wait(10)
        publisher = ConfirmingPublisher(uri, timeout=30.0)
        started = time.perf_counter()
        for first in range(0, len(messages), BATCH):
            publisher.publish(messages[first : first + BATCH])
        if consuming:
            until(partial(_all, seen, len(messages)), 60, 0.005)
        rates.append(len(messages) / (time.perf_counter() - started))
        publisher.close()
        if consuming:
            consumer.stop()
    return rates[0], rates[1]


def _all(seen: Sequence[int], count: int) -> bool:
    return sum(seen) >= count


def _commit_to_commit(world: World, rows: Sequence[Row]) -> float:
    """Events a second, from the commit that puts them into the outbox to the commit that applies the last."""
    before = _applied(world)
    with psycopg2.connect(_url(world, "intake")) as line, line.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO outbox (event_id, type, subject, body, consumer, status, created_at)"
            " VALUES (%s, %s, %s, %s, 'notifications', 'new', now() AT TIME ZONE 'utc')",
            rows,
        )
        cursor.execute("NOTIFY dengwen_outbox")
        line.commit()
        started = time.perf_counter()
    until(lambda: _applied(world) - before >= len(rows), 180, 0.02)
    return len(rows) / (time.perf_counter() - started)


def _applied(world: World) -> int:
    with psycopg2.connect(_url(world, CONSUMER)) as line, line.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM inbox WHERE producer = 'intake' AND status = 'applied'")
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def _latencies(world: World, port: int, hand_offs: int) -> list[float]:
    """Milliseconds from an act's commit to the commit of its effect, by PostgreSQL's own commit timestamps."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    signed_in, petitions = token(world.desk_keys, "clerk1"), []
    for _ in range(hand_offs):
        status, body = ask(line, "POST", REGISTER, signed_in, letter())
        assert status == http.client.CREATED, body
        petitions.append("petition/" + re.findall(r'"id": "([0-9a-f]{32})"', body.decode())[0])
        time.sleep(0.05)
    until(lambda: len(_commits(world, CONSUMER, petitions)) == len(petitions), 60)
    sent, applied = (_commits(world, service, petitions) for service in ("intake", CONSUMER))
    return [(applied[petition] - sent[petition]) * 1000 for petition in petitions]


def _commits(world: World, service: str, petitions: Sequence[str]) -> dict[str, float]:
    """When (seconds) the act of each petition, or its first effect, was committed."""
    query = {
        "intake": "SELECT 'petition/' || subject_id, extract(epoch FROM pg_xact_commit_timestamp(xmin))"
        " FROM audit_entry WHERE 'petition/' || subject_id = ANY(%s)",
        CONSUMER: "SELECT subject, extract(epoch FROM min(pg_xact_commit_timestamp(xmin)))"
        " FROM inbox WHERE status = 'applied' AND subject = ANY(%s) GROUP BY subject",
    }[service]
    with psycopg2.connect(_url(world, service)) as line, line.cursor() as cursor:
        cursor.execute(query, [list(petitions)])
        return {subject: float(at) for subject, at in cursor.fetchall()}


def _url(world: World, service: str) -> str:
    return dsn(world.runtimes[service].settings.database_url)


def _embedded(report: Report, servers: Servers, hand_offs: int) -> None:
    with embedded(servers.new_folder("latency") / "var") as running:
        given = accounts(running.folder)["clerk1"]["password"]
        running.at.wait_quiet(60)
        answer = running.at.call("POST", "/desk/session", json={"account": "clerk1", "password": given})
        line = http.client.HTTPConnection("127.0.0.1", int(running.at.url.rpartition(":")[2]), timeout=60)
        took = []
        for _ in range(hand_offs):
            watch = _Watch(running.folder)
            status, body = ask(line, "POST", REGISTER, answer.json()["token"], letter())
            assert status == http.client.CREATED, body
            took.append(watch.result())
            time.sleep(0.02)
    _say(report, "hand-off, embedded on SQLite, p50 / p99", took)


class _Watch:
    """Looks at both databases until an act, and then its effect, can be seen: every half millisecond."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.took, self.ready = folder, 0.0, threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()
        self.ready.wait(10)

    def result(self) -> float:
        self.thread.join(60)
        return self.took

    def _look(self) -> None:
        sent = _count(self.folder / "intake.db", "SELECT count(*) FROM accepted_act")
        query = "SELECT count(*) FROM inbox WHERE type = 'intake.petition_received.v1' AND status = 'applied'"
        arrived = _count(self.folder / f"{CONSUMER}.db", query)
        before = sent(), arrived()
        self.ready.set()
        until(lambda: sent() > before[0], 60, 0.0005)
        started = time.perf_counter()
        until(lambda: arrived() > before[1], 60, 0.0005)
        self.took = (time.perf_counter() - started) * 1000


def _count(file: Path, query: str) -> Callable[[], int]:
    line = sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)
    return lambda: int(line.execute(query).fetchone()[0])
