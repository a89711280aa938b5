"""`dengwen serve <service>`: one service of a deployed installation; settings come from the environment."""

from __future__ import annotations

import os
import threading

import click

from dengwen.commands.schema import refuse_another_schema
from dengwen.installation import build_runtime
from services.chassis import logs
from services.chassis.bus import topology
from services.chassis.entrypoints.hosting import host, run_forever
from services.chassis.notify import Notifier
from services.chassis.settings import SERVICES, from_environment
from services.chassis.warming import warm_in_background


@click.command("serve")
@click.argument("service", type=click.Choice(SERVICES))
@click.option("--with-relay", is_flag=True, help="同一进程内运行转发器 · run the relay in the same process")
def command(service: str, with_relay: bool) -> None:
    """运行一个服务。Run one service: HTTP, queues, background work."""
    logs.configure()
    settings = from_environment(os.environ, service=service)
    refuse_another_schema(settings)
    topology.declare(settings.broker_uri, (service,))
    runtime = build_runtime(settings)
    relay = None
    if with_relay:
        from dengwen.commands.up import _relay

        relay = _relay(runtime)
    elif not runtime.db.is_sqlite:
        runtime.on_wake = Notifier(runtime.db).wake
    module = __import__(f"services.{service}.service", fromlist=["SERVICE"])

    def started() -> None:
        if relay is not None:
            threading.Thread(target=relay.run, daemon=True).start()
        warm_in_background([runtime])

    def stopped() -> None:
        if relay is not None:
            relay.stop()

    run_forever([host(module.SERVICE, runtime)], started=started, stopped=stopped)
