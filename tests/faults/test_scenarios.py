"""Named faults under load, on twelve processes with a PostgreSQL and a RabbitMQ of their own.

Each scenario hurts the same running site and lets it heal; then every petition since the site began is counted again.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from hashlib import sha256

import amqp
import psycopg2
import pytest
from sqlalchemy import select

from services.chassis.bus import topology
from services.chassis.tables import Damaged
from tests.faults.site import Site
from tests.journeys.running import Process, free_port

pytestmark = pytest.mark.slow

POINTS = (
    ("before_commit", "serve intake", 9),
    ("after_commit", "serve intake", 9),
    ("before_commit", "serve notifications", 9),
    ("after_commit", "serve clues", 9),
    ("before_publish", "relay intake", 3),
    ("after_publish", "relay intake", 3),
    ("before_acknowledge", "serve notifications", 3),
)


GARBAGE = (b"", bytes(range(256)), b'{"specversion": "1.0"', b"[" * 50_000, b"x" * 5_000_000)


@contextlib.contextmanager
def at_a_point(site: Site, name: str, point: str, number: int) -> Iterator[Callable[[], bool]]:
    """Run a process that kills itself at that point; afterwards the ordinary one again."""
    ordinary = site.running.processes[name]
    ordinary.stop()
    doomed = Process(name, [], ordinary.environment, ordinary.log)
    doomed.start_module("tests.faults.dying", point, str(number), *ordinary.command)
    yield lambda: doomed.child is not None and doomed.child.poll() == -9
    doomed.kill9()
    ordinary.start()


@pytest.mark.parametrize(("point", "name", "number"), POINTS)
def test_a_process_is_killed_at_an_exact_point(
    servers_site: Site, point: str, name: str, number: int
) -> None:
    scenario = f"kill -9 {point.replace('_', ' ')}: {name}"
    with servers_site.under_load(scenario), at_a_point(servers_site, name, point, number) as dead:
        servers_site.running.at.wait(dead, 60)


def test_every_process_is_restarted_by_sigterm_one_after_another(servers_site: Site) -> None:
    with servers_site.under_load("rolling restart, SIGTERM"):
        for process in servers_site.running.processes.values():
            process.stop(60)
            process.start()


@pytest.mark.parametrize("seconds", [15, 90])
def test_a_consumer_is_away_longer_than_any_announcement_lives(servers_site: Site, seconds: float) -> None:
    away = servers_site.running.processes["serve notifications"]
    with servers_site.under_load(f"consumer stopped for {seconds} s", clerks=1):
        away.stop(60)
        time.sleep(seconds)
        away.start()


def test_events_are_published_before_their_subscriber_exists(servers_site: Site) -> None:
    serve, relay = (servers_site.running.processes[f"{kind} notifications"] for kind in ("serve", "relay"))
    with servers_site.under_load("published before the subscriber exists"):
        serve.stop(60)
        relay.stop(60)
        delete(servers_site, topology.event_queue("notifications"), topology.control_queue("notifications"))
        time.sleep(3)
        serve.start()
        relay.start()


def test_a_queue_is_deleted_while_it_is_consumed(servers_site: Site) -> None:
    with servers_site.under_load("queue deleted while consumed"):
        for service in ("notifications", "clues"):
            delete(servers_site, topology.event_queue(service))
            time.sleep(1)


def test_every_message_comes_three_times_and_backwards_among_garbage(servers_site: Site) -> None:
    queue = topology.event_queue("notifications")
    away = servers_site.running.processes["serve notifications"]
    with servers_site.under_load("each message three times, backwards, among garbage"):
        away.stop(60)
        time.sleep(4)
        assert scramble(servers_site, queue) > 0
        away.start()
    with servers_site.sessions() as parts:
        kept = {damaged.digest for damaged in parts["notifications"].scalars(select(Damaged))}
    assert {sha256(body).digest() for body in GARBAGE} <= kept


def test_the_dead_letters_have_nowhere_to_go(servers_site: Site) -> None:
    with servers_site.under_load("dead-letter queue missing"):
        delete(servers_site, topology.dead_queue("notifications"), topology.dead_queue("clues"))
        time.sleep(3)


def test_the_broker_is_killed_in_a_burst(servers_site: Site) -> None:
    assert servers_site.broker is not None
    with servers_site.under_load("broker kill -9 in a burst"):
        servers_site.broker.kill9()
        time.sleep(1)
        servers_site.broker.start()


def test_the_broker_comes_back_without_its_data(servers_site: Site) -> None:
    assert servers_site.broker is not None
    with servers_site.under_load("broker lost with all its data"):
        servers_site.broker.wipe()
        time.sleep(1)
        servers_site.broker.start()


def test_the_broker_is_frozen(servers_site: Site) -> None:
    assert servers_site.broker is not None
    with servers_site.under_load("broker frozen for 15 s"):
        servers_site.broker.freeze()
        time.sleep(15)
        servers_site.broker.thaw()


def test_the_broker_has_no_memory_left(servers_site: Site) -> None:
    assert servers_site.broker is not None
    with servers_site.under_load("broker memory alarm for 10 s"):
        servers_site.broker.control("set_vm_memory_high_watermark", "absolute", "1000")
        time.sleep(10)
        servers_site.broker.control("set_vm_memory_high_watermark", "absolute", "1000000000")


def test_connections_to_the_broker_are_reset(servers_site: Site) -> None:
    assert servers_site.to_broker is not None
    with servers_site.under_load("broker connections reset, ten times"):
        for _ in range(10):
            servers_site.to_broker.reset()
            time.sleep(0.5)


def test_the_network_to_the_broker_swallows_everything(servers_site: Site) -> None:
    assert servers_site.to_broker is not None
    with servers_site.under_load("broker behind a black hole for 12 s"):
        servers_site.to_broker.swallows = True
        time.sleep(12)
        servers_site.to_broker.pass_on()


def test_the_network_to_the_broker_is_slow(servers_site: Site) -> None:
    assert servers_site.to_broker is not None
    with servers_site.under_load("broker 300 ms away for 8 s"):
        servers_site.to_broker.delay = 0.3
        time.sleep(8)
        servers_site.to_broker.pass_on()


def test_connections_to_the_database_are_reset(servers_site: Site) -> None:
    assert servers_site.to_postgres is not None
    with servers_site.under_load("database connections reset, ten times"):
        for _ in range(10):
            servers_site.to_postgres.reset()
            time.sleep(0.5)


@pytest.mark.parametrize("seconds", [1, 60])
def test_the_database_is_killed_and_comes_back(servers_site: Site, seconds: float) -> None:
    assert servers_site.postgres is not None
    with servers_site.under_load(f"PostgreSQL kill -9, away for {seconds} s"):
        servers_site.postgres.kill9()
        time.sleep(seconds)
        servers_site.postgres.start()


@pytest.mark.parametrize(
    ("name", "code"), [("deadlocks", "40P01"), ("serialization failures", "40001"), ("disk full", "53100")]
)
def test_the_database_refuses_one_row_in_ten(servers_site: Site, name: str, code: str) -> None:
    with servers_site.under_load(f"one insert in ten fails: {name}"), refusing(servers_site, code):
        time.sleep(6)


def test_two_relays_and_two_consumers_of_each_service_work_at_once(servers_site: Site) -> None:
    seconds = []
    for name in ("intake", "clues", "notifications"):
        for kind in ("serve", "relay"):
            first = servers_site.running.processes[f"{kind} {name}"]
            environment = {**first.environment, "DENGWEN_HTTP_PORT": str(free_port())}
            seconds.append(Process(f"second {first.name}", first.command, environment, first.log))
    with servers_site.under_load("two relays and two consumers of a service"):
        for process in seconds:
            process.start()
        time.sleep(8)
        for process in seconds[::2]:
            process.kill9()
        for process in seconds[1::2]:
            process.stop(60)


def scramble(site: Site, queue: str) -> int:
    """Put what waits in a queue back three times and in the opposite order, with garbage between; how many waited."""
    assert site.broker is not None
    with amqp.Connection(f"127.0.0.1:{site.broker.port}", "dengwen", site.broker.password) as line:
        channel = line.channel()
        waiting = []
        while (message := channel.basic_get(queue)) is not None:
            waiting.append(message)
        for number, message in enumerate(reversed(waiting)):
            for _ in range(3):
                channel.basic_publish(amqp.Message(message.body, **message.properties), "", queue)
            if number < len(GARBAGE):
                channel.basic_publish(amqp.Message(GARBAGE[number], delivery_mode=2), "", queue)
        for message in waiting:
            channel.basic_ack(message.delivery_tag)
    return len(waiting)


def delete(site: Site, *queues: str) -> None:
    assert site.broker is not None
    with amqp.Connection(f"127.0.0.1:{site.broker.port}", "dengwen", site.broker.password) as line:
        for queue in queues:
            line.channel().queue_delete(queue)


@contextlib.contextmanager
def refusing(site: Site, code: str) -> Iterator[None]:
    """A trigger in each database that fails one insert in ten, as a busy or full server does."""
    tables = ("outbox", "inbox", "audit_entry", "duty")
    for service in ("intake", "clues", "notifications"):
        run(site, service, f"""
            CREATE FUNCTION refuse_some() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF random() < 0.1 THEN RAISE EXCEPTION 'a fault' USING ERRCODE = '{code}'; END IF;
                RETURN NEW;
            END $$;""")  # fmt: skip
        for table in tables:
            when = f"BEFORE INSERT ON {table} FOR EACH ROW"
            run(site, service, f"CREATE TRIGGER refuse_some {when} EXECUTE FUNCTION refuse_some()")
    try:
        yield
    finally:
        for service in ("intake", "clues", "notifications"):
            # One lock at a time: with CASCADE we would deadlock with whoever inserts into two of them.
            for table in tables:
                run(site, service, f"DROP TRIGGER refuse_some ON {table}")
            run(site, service, "DROP FUNCTION refuse_some")


def run(site: Site, service: str, statement: str) -> None:
    url = site.database_url.format(service=service).replace("postgresql+psycopg2://", "postgresql://")
    line = psycopg2.connect(url)
    try:
        line.autocommit = True
        line.cursor().execute(statement)
    finally:
        line.close()
