"""The sites of the fault scenarios: started once, used by one scenario after another."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from services.chassis.settings import SERVICES
from tests.faults.proxy import Proxy
from tests.faults.report import keep
from tests.faults.site import Site
from tests.journeys.running import embedded, processes
from tests.servers import provision
from tests.servers.run import Run


@pytest.fixture(scope="module")
def servers_site(tmp_path_factory: pytest.TempPathFactory, test_run: Run) -> Iterator[Site]:
    """Twelve processes on a PostgreSQL and a RabbitMQ of their own, both behind proxies."""
    postgres, broker = provision.new_postgres(test_run), provision.new_rabbitmq(test_run)
    to_postgres, to_broker = Proxy(postgres.port), Proxy(broker.port)
    prefix = f"faults_{uuid.uuid4().hex[:8]}"
    for service in SERVICES:
        postgres.create_database(f"{prefix}_{service}")
    direct = postgres.url.rpartition("/")[0] + f"/{prefix}_{{service}}"
    through = direct.replace(f":{postgres.port}/", f":{to_postgres.port}/")
    uri = broker.uri.replace(f":{broker.port}/", f":{to_broker.port}/")
    folder = tmp_path_factory.mktemp("site") / "var"
    try:
        with processes(folder, through, uri) as running:
            site = Site(running, direct, postgres, broker, to_postgres, to_broker)
            yield site
            keep("PostgreSQL + RabbitMQ, 12 processes", site.story)
    finally:
        for part in (to_postgres, to_broker, broker, postgres):
            part.close()


@pytest.fixture(scope="module")
def embedded_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One process, SQLite, the broker inside."""
    folder = tmp_path_factory.mktemp("site") / "var"
    with embedded(folder) as running:
        site = Site(running, f"sqlite:///{folder}/{{service}}.db")
        yield site
        keep("embedded, SQLite", site.story)
