"""Events a second from commit to commit, against plain confirmed publishing and consuming, and against nameko's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

import psycopg2

from services.chassis.bus import topology
from services.chassis.bus.consumer import QueueConsumer
from services.chassis.bus.message import Delivery, OutMessage
from services.chassis.bus.publisher import ConfirmingPublisher
from services.chassis.settings import SERVICES
from tests.bench import latency
from tests.bench.figures import Figure, Report
from tests.bench.hammer import in_child
from tests.bench.handed_over import CONSUMER, LOOK_EVERY, commit_to_commit, outgoing, url, watching
from tests.bench.processes import Account
from tests.bench.sites import Served, Servers, serving, until
from tests.world import World

BATCH = 500
MOST_OF_NAMEKO = 3_000


def measure(report: Report, servers: Servers, events: int, seconds: float) -> None:
    """Throughput of the bus with one and two of each, then the latency of single hand-offs at half load."""
    report.section(f"hand-offs intake → {CONSUMER}: RabbitMQ quorum queues, PostgreSQL, a process each")
    world = servers.world("intake", CONSUMER, postgres=True)
    rows = outgoing(world, events)
    published, consumed = _plain(servers, [body for _, _, _, body in rows])
    nameko = _nameko(servers, rows[0][3], min(events, MOST_OF_NAMEKO))
    folder, vhost = servers.new_folder("bus"), servers.rabbitmq.create_vhost("bench-bus")
    topology.declare(vhost, SERVICES)  # tree heads go to all of them
    with serving(world, folder, vhost, "serve intake", "relay intake", f"serve {CONSUMER}") as served:
        account = Account(served.pids() | servers.pids())
        rate = commit_to_commit(world, rows)
        spent = account.lines(len(rows), "an event")
        name = "events, outbox commit to applied commit"
        report.add(
            Figure(name, rate, consumed, "/s", "confirmed publish + consume, batches of 500", least=0.5)
        )
        report.add(Figure(name, rate, published, "/s", "publishing alone"))
        report.add(
            Figure(name, rate, nameko, "/s", "nameko's dispatcher and handler, dedupe insert", least=3.0)
        )
        report.table("processor time by process, outbox to effect", spent)
        _half_load(report, world, served, servers, seconds)
    world.close()
    latency.embedded_half_load(report, servers, seconds)


def _half_load(report: Report, world: World, served: Served, servers: Servers, seconds: float) -> None:
    latency.half_load(report, world, served.ports["intake"], servers.new_folder("load"), seconds)


def _plain(servers: Servers, bodies: Sequence[bytes]) -> tuple[float, float]:
    """Bodies a second: published persistent, mandatory and confirmed; and the same with a consumer in its process."""
    rates = []
    for consuming in (False, True):
        uri = servers.rabbitmq.create_vhost(f"bench-plain-{consuming}".lower())
        topology.declare(uri, (CONSUMER,))
        messages = [OutMessage(f"{CONSUMER}.plain", body, str(n)) for n, body in enumerate(bodies)]
        with in_child(partial(_consume, uri, len(bodies) if consuming else 0)) as told:
            told()  # consuming
            publisher = ConfirmingPublisher(uri, timeout=30.0)
            started = time.perf_counter()
            for first in range(0, len(messages), BATCH):
                publisher.publish(messages[first : first + BATCH])
            told()  # all came
            rates.append(len(messages) / (time.perf_counter() - started))
            publisher.close()
    return rates[0], rates[1]


def _consume(uri: str, count: int, tell: Callable[[], None]) -> None:
    """In a process of its own: take `count` messages in batches, acknowledge them, and do nothing else."""
    seen: list[int] = []

    def note(deliveries: list[Delivery]) -> None:
        seen.append(len(deliveries))

    consumer = QueueConsumer(uri, topology.event_queue(CONSUMER), note)
    if count:
        threading.Thread(target=consumer.run, daemon=True).start()
        consumer.consuming.wait(20)
    tell()
    until(lambda: sum(seen) >= count, 120, 0.005)
    tell()
    if count:
        consumer.stop()


def _nameko(servers: Servers, event: bytes, count: int) -> float:
    """Events a second that nameko's own EventDispatcher and event_handler carry, from the first insert to the last."""
    world = servers.world(CONSUMER, postgres=True)
    uri = servers.rabbitmq.create_vhost("bench-nameko")
    template = servers.new_folder("nameko") / "event.json"
    template.write_bytes(json.dumps(json.loads(event)).encode())
    site = [sys.executable, "-W", "ignore", "-m", "tests.bench.nameko_site"]
    roles = (("consume", url(world, CONSUMER)), ("produce", str(template)))
    started: list[subprocess.Popen[bytes]] = []
    try:
        for role, given in roles:
            child = subprocess.Popen(
                [*site, role, uri, given, str(count)], stdout=subprocess.PIPE, env=os.environ.copy()
            )
            started.append(child)
            assert child.stdout is not None
            assert child.stdout.readline().strip() == b"ready", f"nameko's {role} did not start"
        with watching(world) as effects:
            until(lambda: effects.count() >= count, 180, LOOK_EVERY)
            return (count - 1) / (effects.last() - effects.first())
    except psycopg2.Error as error:
        raise RuntimeError(f"nameko's inbox: {type(error).__name__}") from error
    finally:
        for child in started:
            child.kill()
            child.wait()
        world.close()
