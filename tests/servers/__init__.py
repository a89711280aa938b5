"""A pytest plugin: a PostgreSQL and a RabbitMQ of our own for tests, private ones for tests that kill.

| fixture | gives |
|---|---|
| `postgres_url` | SQLAlchemy URL of the run's PostgreSQL, superuser, maintenance database |
| `postgres_databases` | `make(label="") -> url` of a fresh, empty database, dropped after the test |
| `rabbitmq_uri` | AMQP URI of the run's RabbitMQ, default vhost |
| `broker_vhost` | `make() -> uri` of a fresh vhost, deleted after the test |
| `broker_accounts` | `make() -> {service: uri}` of a fresh vhost with the deployed accounts and their permissions |
| `private_postgres`, `private_broker` | a server for one test: `kill9`, `start`, `freeze`, `thaw`, `wipe` |
| `new_private_postgres`, `new_private_broker` | the same as factories |

The run's servers are shared by all xdist workers, start with the first test that wants them, and end with
the pytest process, however that ends. Where a server cannot be had, the test is skipped with the reason, or
fails under `CI=true`.
"""

import contextlib
import uuid
from collections.abc import Callable, Iterator

import pytest

from deploy.rabbitmq import permissions
from services.chassis.settings import SERVICES
from tests.servers import provision
from tests.servers.postgres import Postgres
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.run import Run, ServerUnavailable

__all__ = ["Postgres", "RabbitMQ", "Run", "ServerUnavailable"]

RUN = pytest.StashKey[Run]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin the test run in the pytest process that the user started; workers find it by the environment."""
    if not hasattr(config, "workerinput") and Run.current() is None:
        config.stash[RUN] = Run.open()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run that this process began: all its servers go."""
    run = config.stash.get(RUN, None)
    if run is not None:
        run.close()


@contextlib.contextmanager
def _available() -> Iterator[None]:
    # conftest.py turns a skip into a failure under CI=true.
    try:
        yield
    except ServerUnavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def test_run() -> Run:
    """The run that this process belongs to."""
    run = Run.current()
    assert run is not None, "pytest_configure has opened it"
    return run


@pytest.fixture(scope="session")
def postgres_server(test_run: Run) -> Postgres:
    """The run's PostgreSQL; shared, so never to be killed."""
    with _available():
        return provision.shared_postgres(test_run)


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Postgres) -> str:
    """SQLAlchemy URL of the run's PostgreSQL: `postgresql+psycopg2://...`, superuser."""
    return postgres_server.url


@pytest.fixture
def postgres_databases(postgres_server: Postgres) -> Iterator[Callable[..., str]]:
    """`make(label="") -> url` of a fresh database; all are dropped after the test."""
    names: list[str] = []

    def make(label: str = "") -> str:
        names.append(f"test_{label}_{uuid.uuid4().hex[:12]}")
        return postgres_server.create_database(names[-1])

    yield make
    for name in names:
        postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def rabbitmq_server(test_run: Run) -> RabbitMQ:
    """The run's RabbitMQ; shared, so never to be killed."""
    with _available():
        return provision.shared_rabbitmq(test_run)


@pytest.fixture(scope="session")
def rabbitmq_uri(rabbitmq_server: RabbitMQ) -> str:
    """AMQP URI of the run's RabbitMQ, default vhost. A test that declares anything takes `broker_vhost`."""
    return rabbitmq_server.uri


@pytest.fixture
def broker_vhost(rabbitmq_server: RabbitMQ) -> Iterator[Callable[[], str]]:
    """`make() -> uri` of a fresh vhost; all are deleted after the test."""
    names: list[str] = []

    def make() -> str:
        names.append(f"test-{uuid.uuid4().hex[:12]}")
        return rabbitmq_server.create_vhost(names[-1])

    yield make
    for name in names:
        rabbitmq_server.drop_vhost(name)


@pytest.fixture
def broker_accounts(
    broker_vhost: Callable[[], str], rabbitmq_server: RabbitMQ
) -> Callable[[], dict[str, str]]:
    """`make() -> {account: uri}`: a fresh vhost with the accounts of docker-compose.yml, `init` among them."""

    def make() -> dict[str, str]:
        where, _, vhost = broker_vhost().rpartition("/")
        passwords = rabbitmq_server.create_accounts(
            (*SERVICES, "init"), permissions.of_vhost(vhost, init="init")
        )
        host = where.rpartition("@")[2]
        return {name: f"amqp://{name}:{password}@{host}/{vhost}" for name, password in passwords.items()}

    return make


@pytest.fixture
def new_private_postgres(test_run: Run) -> Iterator[Callable[..., Postgres]]:
    """`make(source=None, durable=False) -> Postgres` for this test alone, in any state it likes."""
    servers: list[Postgres] = []

    def make(source: str | None = None, *, durable: bool = False) -> Postgres:
        with _available():
            servers.append(provision.new_postgres(test_run, source, durable=durable))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


@pytest.fixture
def private_postgres(new_private_postgres: Callable[..., Postgres]) -> Postgres:
    """A PostgreSQL for this test alone."""
    return new_private_postgres()


@pytest.fixture
def new_private_broker(test_run: Run) -> Iterator[Callable[..., RabbitMQ]]:
    """`make(source=None) -> RabbitMQ` for this test alone, in any state it likes."""
    servers: list[RabbitMQ] = []

    def make(source: str | None = None) -> RabbitMQ:
        with _available():
            servers.append(provision.new_rabbitmq(test_run, source))
        return servers[-1]

    yield make
    for server in servers:
        server.close()


@pytest.fixture
def private_broker(new_private_broker: Callable[..., RabbitMQ]) -> RabbitMQ:
    """A RabbitMQ for this test alone: about 5 s to start, so only for tests that kill it."""
    return new_private_broker()
