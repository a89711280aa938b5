"""The servers of the tests themselves: private, fresh, shared by workers, killable, and gone afterwards."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import amqp
import psycopg2
import pytest
from sqlalchemy.engine import make_url

from tests.servers import Postgres, RabbitMQ, Run, postgres, rabbitmq
from tests.servers.provision import has_image
from tests.servers.rabbitmq import USER

ROOT = Path(__file__).parents[2]

NESTED = """
import os, pathlib, time
def test_it(postgres_url):
    pathlib.Path(os.environ["FOUND"]).write_text(os.environ["DENGWEN_TEST_RUN"])
    time.sleep({seconds})
"""


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    parts = make_url(url)
    session = psycopg2.connect(
        host=parts.host, port=parts.port, user=parts.username, password=parts.password, dbname=parts.database
    )
    try:
        with session, session.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        session.close()


def open_broker(server: RabbitMQ, vhost: str = "/") -> amqp.Connection:
    session = amqp.Connection(
        host=f"127.0.0.1:{server.port}", userid=USER, password=server.password, virtual_host=vhost
    )
    try:
        session.connect()
    except BaseException:
        session.collect()
        raise
    return session


def wait_for(true: Callable[[], bool], seconds: float = 20) -> bool:
    limit = time.monotonic() + seconds
    while not true():
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def test_each_database_is_fresh_and_of_its_own(postgres_databases: Callable[..., str]) -> None:
    first, second = postgres_databases("one"), postgres_databases("two")
    rows(first, "CREATE TABLE petition (id int)")
    assert rows(first, "SELECT count(*) FROM pg_tables WHERE tablename = 'petition'") == [(1,)]
    assert rows(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'petition'") == [(0,)]


def test_a_login_without_the_generated_password_is_refused(postgres_url: str) -> None:
    wrong = make_url(postgres_url).set(password="postgres").render_as_string(hide_password=False)
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        rows(wrong, "SELECT 1")


def test_a_vhost_of_one_test_holds_nothing_of_another(
    broker_vhost: Callable[[], str], rabbitmq_server: RabbitMQ
) -> None:
    first, second = (uri.rpartition("/")[2] for uri in (broker_vhost(), broker_vhost()))
    with open_broker(rabbitmq_server, first) as session:
        session.channel().queue_declare("dengwen.clues", durable=True, auto_delete=False)
    assert rabbitmq_server.queue_length("dengwen.clues", first) == 0
    with pytest.raises(amqp.NotFound):
        rabbitmq_server.queue_length("dengwen.clues", second)


def test_a_killed_postgres_comes_back_with_what_was_committed(private_postgres: Postgres) -> None:
    url = private_postgres.create_database("kept")
    rows(url, "CREATE TABLE petition (id int)")
    private_postgres.kill9()
    with pytest.raises(psycopg2.OperationalError):
        rows(url, "SELECT 1")
    private_postgres.start()
    assert rows(url, "SELECT count(*) FROM petition") == [(0,)]
    private_postgres.wipe()
    private_postgres.start()
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        rows(url, "SELECT 1")


def test_a_frozen_postgres_answers_nobody_until_it_is_thawed(private_postgres: Postgres) -> None:
    private_postgres.freeze()
    assert private_postgres.backend.running()
    assert not private_postgres.ready()
    private_postgres.thaw()
    assert wait_for(private_postgres.ready)


def test_a_killed_broker_keeps_durable_queues_and_a_wiped_one_starts_empty(private_broker: RabbitMQ) -> None:
    with open_broker(private_broker) as session:
        channel = session.channel()
        channel.queue_declare("kept", durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.confirm_select()
        channel.basic_publish_confirm(amqp.Message("{}", delivery_mode=2), routing_key="kept")
    time.sleep(1)  # RabbitMQ 3.10 writes a new quorum queue's registration up to half a second later
    private_broker.kill9()
    private_broker.start()
    assert wait_for(lambda: private_broker.queue_length("kept") == 1)
    private_broker.freeze()
    assert not private_broker.ready()
    private_broker.thaw()
    private_broker.wipe()
    private_broker.start()
    with pytest.raises(amqp.NotFound):
        private_broker.queue_length("kept")


def test_servers_in_containers_have_the_same_handles(
    new_private_postgres: Callable[..., Postgres], new_private_broker: Callable[..., RabbitMQ]
) -> None:
    for image in (postgres.IMAGE, rabbitmq.IMAGE):
        if not has_image(image):
            pytest.skip(f"no container engine that has or reaches {image}")
    database, broker = new_private_postgres("container"), new_private_broker("container")
    url = database.create_database("kept")
    broker.create_vhost("kept")
    for server in (database, broker):
        server.freeze()
        assert not server.ready()
        server.kill9()
        assert not server.backend.running()
        server.start()
    assert rows(url, "SELECT 1") == [(1,)]
    with open_broker(broker, "kept") as session:
        assert session.connected
    broker.wipe()
    broker.start()
    with pytest.raises(amqp.AMQPError):
        open_broker(broker, "kept")


def nested_run(tmp_path: Path, seconds: float, *options: str) -> tuple[subprocess.Popen[str], Path]:
    """Start another pytest on one test that uses a server; the file it writes names that run's directory."""
    test = tmp_path / "test_nested.py"
    test.write_text(NESTED.format(seconds=seconds))
    found = tmp_path / "found"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DENGWEN_", "PYTEST_"))}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.servers", "-p", "no:cacheprovider"]
    command += [f"--rootdir={tmp_path}", "-c", os.devnull, *options, str(test)]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**environment, "FOUND": str(found), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return process, found


def server_processes(directory: Path) -> list[int]:
    """The processes whose command line names a run's directory."""
    named = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(directory).encode() in path.read_bytes():
                named.append(int(path.parent.name))
        except OSError:
            continue
    return named


@pytest.mark.usefixtures("postgres_url")
@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "with a worker"])
def test_a_run_that_ends_leaves_no_process_and_no_file(tmp_path: Path, options: tuple[str, ...]) -> None:
    process, found = nested_run(tmp_path, 0, *options)
    output, _ = process.communicate(timeout=90)
    assert process.returncode == 0, output
    directory = Path(found.read_text())
    assert not directory.exists()
    assert server_processes(directory) == []


@pytest.mark.usefixtures("postgres_url")
@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "with a worker"])
def test_a_run_that_is_killed_leaves_no_process_and_no_file(tmp_path: Path, options: tuple[str, ...]) -> None:
    process, found = nested_run(tmp_path, 60, *options)
    assert wait_for(lambda: found.exists() and found.read_text() != "", 60)
    directory = Path(found.read_text())
    assert server_processes(directory) != []
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert wait_for(lambda: server_processes(directory) == [])
    assert wait_for(lambda: not directory.exists())


def test_all_workers_of_a_run_share_one_server(test_run: Run, postgres_server: Postgres) -> None:
    known = json.loads((test_run.directory / "postgres.json").read_text())
    assert int(known["port"]) == postgres_server.port
    assert len(list(test_run.directory.glob("postgres.json"))) == 1
