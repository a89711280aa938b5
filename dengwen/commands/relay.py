"""`dengwen relay <service>`: numbers, publishes and announces one service's outbox; no nameko, no eventlet."""

from __future__ import annotations

import os
import select
import signal
import threading

import click
import psycopg2

from dengwen.commands.schema import refuse_another_schema
from dengwen.installation import build_runtime
from services.chassis import logs
from services.chassis.bus import topology
from services.chassis.bus.publisher import ConfirmingPublisher
from services.chassis.notify import CHANNEL
from services.chassis.outbox import Relay
from services.chassis.settings import SERVICES, from_environment


@click.command("relay")
@click.argument("service", type=click.Choice(SERVICES))
def command(service: str) -> None:
    """运行一个服务的转发器。Run one service's relay."""
    logs.configure()
    settings = from_environment(os.environ, service=service)
    refuse_another_schema(settings)
    topology.declare(settings.broker_uri, (service,))
    runtime = build_runtime(settings)
    relay = Relay(runtime, ConfirmingPublisher(settings.broker_uri))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: relay.stop())
    if not runtime.db.is_sqlite:
        threading.Thread(
            target=_listen,
            args=(runtime.db.engine.url.render_as_string(hide_password=False), relay),
            daemon=True,
        ).start()
    relay.run()


def _listen(url: str, relay: Relay) -> None:
    """Wake the relay on NOTIFY; polling goes on whatever happens here."""
    dsn = url.replace("postgresql+psycopg2://", "postgresql://")
    while not relay.stopping:
        try:
            connection = psycopg2.connect(dsn)
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
            while not relay.stopping:
                if select.select([connection], [], [], 1.0)[0]:
                    connection.poll()
                    connection.notifies.clear()
                    relay.wakeup.set()
        except psycopg2.Error:
            threading.Event().wait(2.0)
