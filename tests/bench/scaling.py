"""Two of each against one: API processes on one database, consumers of one queue."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

from services.chassis.bus import topology
from services.chassis.settings import SERVICES
from tests.bench import native
from tests.bench.figures import Figure, Report
from tests.bench.hammer import REGISTER, WRITERS, letter
from tests.bench.handed_over import CONSUMER, commit_to_commit, is_sent, outgoing, put_into_outbox, watching
from tests.bench.sites import Servers, serving, token, until


def measure(report: Report, servers: Servers, events: int, seconds: float) -> None:
    """Petitions and events a second of two processes against one, on the same two cores as everything else."""
    report.section("two processes against one")
    one, two = (_petitions(servers, count, seconds) for count in (1, 2))
    report.add(Figure("petitions, two API processes", two, one, "/s", "one", least=1.0))
    one, two = (_waiting_events(servers, count, events) for count in (1, 2))
    report.add(Figure("events applied from a full queue, two consumers", two, one, "/s", "one", least=1.0))
    one, two = (_events(servers, count, events) for count in (1, 2))
    report.add(Figure("events from the outbox of one relay, two consumers", two, one, "/s", "one"))


def _petitions(servers: Servers, count: int, seconds: float) -> float:
    world, folder = servers.world("intake", postgres=True), servers.new_folder("scaling")
    commands = [f"serve intake#{n}" for n in range(count)]
    http = native.build("http")
    plan = native.requests(
        [(REGISTER, json.dumps(letter()).encode())], token(world.desk_keys, "clerk1"), folder / "plan"
    )
    with serving(world, folder, servers.rabbitmq.uri, *commands) as served, ThreadPoolExecutor(count) as pool:
        waiting = [
            pool.submit(http.hammer, str(port), plan, seconds, WRITERS // count)
            for port in served.ports.values()
        ]
        paces = [one.result() for one in waiting]
    world.close()
    return sum(pace.per_second for pace in paces)


def _waiting_events(servers: Servers, count: int, events: int) -> float:
    """The consumers alone: everything is in the queue before they start, so no relay sets the pace."""
    world, folder = servers.world("intake", CONSUMER, postgres=True), servers.new_folder("scaling")
    vhost = servers.rabbitmq.create_vhost(f"bench-waiting-{count}")
    topology.declare(vhost, SERVICES)
    put_into_outbox(world, outgoing(world, events))
    with serving(world, folder, vhost, "relay intake"):
        until(lambda: is_sent(world), 600, 0.25)
    consumers = [f"serve {CONSUMER}#{n}" for n in range(count)]
    with watching(world) as effects, serving(world, folder, vhost, *consumers):
        until(lambda: effects.count() >= events, 600, 0.25)
        pace = effects.pace()
    world.close()
    return pace


def _events(servers: Servers, count: int, events: int) -> float:
    world, folder = servers.world("intake", CONSUMER, postgres=True), servers.new_folder("scaling")
    vhost = servers.rabbitmq.create_vhost(f"bench-scaling-{count}")
    topology.declare(vhost, SERVICES)
    rows = outgoing(world, events)
    consumers = [f"serve {CONSUMER}#{n}" for n in range(count)]
    with serving(world, folder, vhost, "relay intake", *consumers):
        rate = commit_to_commit(world, rows)
    world.close()
    return rate
