"""Registering a petition: through one API process against the same rows written by a C client; what one act costs."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import psycopg2

from tests.bench import native
from tests.bench.figures import Figure, Report, percentile
from tests.bench.hammer import REGISTER, Pace, letter
from tests.bench.layers import by_layer, shares
from tests.bench.recorded import Recorded, recording
from tests.bench.sites import Servers, accounts, dsn, serving, token
from tests.journeys.running import embedded
from tests.world import World

WARM = 5
FLOOR = 0.15
"""What is asked of petitions a second against bare rows; 0.25 is the aim."""


def measure(report: Report, servers: Servers, seconds: float) -> None:
    """Petitions a second, and the cost of the act, on both engines."""
    report.section("registering a petition: 8 C clients on both sides, durable, the same two cores")
    try:
        http = native.build("http")
    except native.NoClient as missing:
        report.remark(f"Not measured: {missing}")
        return
    _postgres(report, servers, seconds, http)
    _sqlite(report, servers, seconds, http)
    _embedded(report, servers, seconds, http)


def record_one(world: World) -> Recorded:
    """The statements of one registering act, when everything is warm."""
    client = world.as_("clerk1")
    for _ in range(WARM):
        assert client.send("POST", REGISTER, body=letter()).status == 201
    with recording(world.runtimes["intake"].db.engine) as recorded:
        assert client.send("POST", REGISTER, body=letter()).status == 201
    return recorded


def registering(http: native.Client, port: int, token: str, folder: Path, seconds: float) -> Pace:
    """Eight clients that register letters, each like no other, on connections that stay open."""
    plan = native.requests([(REGISTER, json.dumps(letter()).encode())], token, folder / "register.plan")
    return http.hammer(str(port), plan, seconds)


def _postgres(report: Report, servers: Servers, seconds: float, http: native.Client) -> None:
    bare = servers.world("intake", postgres=True)
    recorded = record_one(bare)
    world = servers.world("intake", postgres=True)
    record_one(world)
    where = dsn(bare.runtimes["intake"].settings.database_url)
    folder = servers.new_folder("registering")
    _compared(report, "PostgreSQL", world, recorded, ("postgres", where, folder), (http, servers, seconds))
    cost(report, world, recorded, _wal(world, 20), int(20 * max(seconds, 1)))
    world.close()
    bare.close()


def _sqlite(report: Report, servers: Servers, seconds: float, http: native.Client) -> None:
    folder = servers.new_folder("registering")
    bare = servers.world("intake")
    recorded = record_one(bare)
    bare.close()
    world = servers.world("intake")
    record_one(world)
    file = _file(bare)
    _compared(report, "SQLite", world, recorded, ("sqlite", str(file), folder), (http, servers, seconds))
    cost(report, world, recorded, _log(world, 10), int(20 * max(seconds, 1)))
    world.close()


def _log(world: World, acts: int) -> float:
    """Bytes of SQLite's log per act; it grows from nothing, and for so few acts does not begin anew."""
    with sqlite3.connect(_file(world)) as line:
        line.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for _ in range(acts):
        world.as_("clerk1").send("POST", REGISTER, body=letter())
    return _file(world).with_suffix(".db-wal").stat().st_size / acts


def _compared(
    report: Report,
    engine: str,
    world: World,
    recorded: Recorded,
    direct: tuple[str, str, Path],
    how: tuple[native.Client, Servers, float],
) -> None:
    """One process that serves, and the C client, in turns: bare rows, API, all statements, API, bare rows."""
    (client, where, folder), (http, servers, seconds) = direct, how
    bare = native.build(client)
    plans = {
        reads: native.replay(recorded, folder / f"rows-{reads}.plan", reads=reads) for reads in (False, True)
    }
    with serving(world, folder, servers.rabbitmq.uri, "serve intake") as served:
        signed_in = token(world.desk_keys, "clerk1")

        def api() -> Pace:
            return registering(http, served.ports["intake"], signed_in, folder, seconds)

        rows = [bare.hammer(where, plans[False], seconds)]
        ours = [api()]
        whole = bare.hammer(where, plans[True], seconds)
        ours.append(api())
        rows.append(bare.hammer(where, plans[False], seconds))
    both, alone = (sum(p.per_second for p in paces) / 2 for paces in (ours, rows))
    name = f"petitions, one API process, {engine}"
    report.add(Figure(name, both, alone, "/s", "its rows alone, C client", least=FLOOR))
    report.add(Figure(name, both, whole.per_second, "/s", "all its statements, C client"))
    _answers(report, [t for pace in ours for t in pace.took])


def _answers(report: Report, took: list[float]) -> None:
    milliseconds = [1000 * t for t in took]
    report.add(
        Figure(
            "  an answer, p50 / p99",
            percentile(milliseconds, 0.5),
            percentile(milliseconds, 0.99),
            "ms",
            "p99",
        )
    )


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


def _embedded(report: Report, servers: Servers, seconds: float, http: native.Client) -> None:
    """The whole installation in one process: its relays and consumers work while it registers."""
    folder = servers.new_folder("embedded")
    world = servers.world("intake")
    plan = native.replay(record_one(world), folder / "rows.plan", reads=False)
    world.close()
    with embedded(folder / "var") as running:
        given = accounts(running.folder)["clerk1"]["password"]
        answer = running.at.call("POST", "/desk/session", json={"account": "clerk1", "password": given})
        port = int(running.at.url.rpartition(":")[2])
        ours = registering(http, port, answer.json()["token"], folder, seconds)
    rows = native.build("sqlite").hammer(str(_file(world)), plan, seconds)
    report.add(
        Figure(
            "petitions, the whole embedded installation at work",
            ours.per_second,
            rows.per_second,
            "/s",
            "intake's rows alone, C client",
        )
    )
    _answers(report, ours.took)


def _file(world: World) -> Path:
    return Path(world.runtimes["intake"].settings.database_url.removeprefix("sqlite:///"))
