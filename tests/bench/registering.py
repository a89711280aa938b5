"""Registering a petition: through the API against the same rows written by a bare client; what one act costs."""

from __future__ import annotations

from pathlib import Path

import psycopg2

from tests.bench.figures import Figure, Report, percentile
from tests.bench.hammer import REGISTER, hammer, letter, registering
from tests.bench.layers import by_layer, shares
from tests.bench.recorded import Recorded, on_postgres, on_sqlite, recording
from tests.bench.sites import Servers, accounts, dsn, serving, token
from tests.journeys.running import embedded
from tests.world import World

WARM = 5


def measure(report: Report, servers: Servers, seconds: float) -> None:
    """Petitions a second, and the cost of the act, on both engines."""
    report.section("registering a petition: 8 clients, durable, against the same rows written directly")
    _on_postgres(report, servers, seconds)
    _embedded(report, servers, seconds)


def record_one(world: World) -> Recorded:
    """The statements of one registering act, when everything is warm."""
    client = world.as_("clerk1")
    for _ in range(WARM):
        assert client.send("POST", REGISTER, body=letter()).status == 201
    with recording(world.runtimes["intake"].db.engine) as recorded:
        assert client.send("POST", REGISTER, body=letter()).status == 201
    return recorded


def cost(report: Report, world: World, recorded: Recorded, wal_bytes: float, acts: int) -> None:
    """Prints statements, bytes and the time by layer of one act, without HTTP on a socket."""
    engine = world.runtimes["intake"].db.engine.dialect.name
    verbs = ", ".join(
        f"{recorded.count(v)} {v}" for v in ("SELECT", "INSERT", "UPDATE", "DELETE") if recorded.count(v)
    )
    report.table(
        f"one registering act on {engine}",
        [
            f"{len(recorded.statements)} statements ({verbs}), each a round trip, and BEGIN and COMMIT",
            f"{wal_bytes / 1024:.1f} KiB of log written",
        ],
    )
    client = world.as_("clerk1")
    with by_layer(world.runtimes["intake"].db.engine) as clock:
        for _ in range(acts):
            client.send("POST", REGISTER, body=letter())
    report.table(f"where the time of one registering act goes ({engine}, one client)", shares(clock, acts))


def _on_postgres(report: Report, servers: Servers, seconds: float) -> None:
    world = servers.world("intake", postgres=True)
    recorded = record_one(world)
    bare = servers.world("intake", postgres=True)
    record_one(bare)
    direct = bare.runtimes["intake"].settings.database_url
    folder = servers.new_folder("registering")
    with serving(world, folder, servers.rabbitmq.uri, "serve intake") as ports:
        once = registering("127.0.0.1", ports["intake"], token(world.desk_keys, "clerk1"))
        whole = hammer(on_postgres(recorded, dsn(direct), reads=True), seconds)
        ours = hammer(once, seconds)
        rows = hammer(on_postgres(recorded, dsn(direct), reads=False), seconds)
        again = hammer(once, seconds)
    both = (ours.per_second + again.per_second) / 2
    report.add(Figure("API, PostgreSQL: petitions", both, rows.per_second, "/s", "its rows alone, psycopg2"))
    report.add(Figure("API, PostgreSQL: petitions", both, whole.per_second, "/s", "all statements, psycopg2"))
    took = [1000 * t for t in (*ours.took, *again.took)]
    report.add(Figure("  an answer, p50 / p99", percentile(took, 0.5), percentile(took, 0.99), "ms", "p99"))
    cost(report, world, recorded, _wal(world, 20), int(20 * max(seconds, 1)))
    world.close()
    bare.close()


def _wal(world: World, acts: int) -> float:
    """Bytes of write-ahead log per act."""
    client = world.as_("clerk1")
    with (
        psycopg2.connect(dsn(world.runtimes["intake"].settings.database_url)) as line,
        line.cursor() as cursor,
    ):
        line.autocommit = True
        cursor.execute("CHECKPOINT")
        client.send("POST", REGISTER, body=letter())

        def position() -> float:
            cursor.execute("SELECT pg_current_wal_insert_lsn() - '0/0'")
            return float(cursor.fetchone()[0])  # type: ignore[index]

        before = position()
        for _ in range(acts):
            client.send("POST", REGISTER, body=letter())
        return (position() - before) / acts


def _embedded(report: Report, servers: Servers, seconds: float) -> None:
    world = servers.world("intake")
    recorded = record_one(world)
    file = Path(world.runtimes["intake"].settings.database_url.removeprefix("sqlite:///"))
    log = file.with_suffix(".db-wal")
    before = log.stat().st_size
    for _ in range(10):
        world.as_("clerk1").send("POST", REGISTER, body=letter())
    cost(report, world, recorded, (log.stat().st_size - before) / 10, int(20 * max(seconds, 1)))
    direct_folder = servers.new_folder("direct")
    direct = servers.world("intake", folder=direct_folder)
    record_one(direct)
    direct.close()
    with embedded(servers.new_folder("embedded") / "var") as running:
        given = accounts(running.folder)["clerk1"]["password"]
        answer = running.at.call("POST", "/desk/session", json={"account": "clerk1", "password": given})
        once = registering("127.0.0.1", int(running.at.url.rpartition(":")[2]), answer.json()["token"])
        whole = hammer(on_sqlite(recorded, direct_folder / "intake.db", reads=True), seconds)
        ours = hammer(once, seconds)
        rows = hammer(on_sqlite(recorded, direct_folder / "intake.db", reads=False), seconds)
    report.add(
        Figure(
            "API, embedded on SQLite: petitions",
            ours.per_second,
            rows.per_second,
            "/s",
            "its rows alone, sqlite3",
        )
    )
    report.add(
        Figure(
            "API, embedded on SQLite: petitions",
            ours.per_second,
            whole.per_second,
            "/s",
            "all statements, sqlite3",
        )
    )
    took = [1000 * t for t in ours.took]
    report.add(Figure("  an answer, p50 / p99", percentile(took, 0.5), percentile(took, 0.99), "ms", "p99"))
    world.close()
