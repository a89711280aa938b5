"""A RabbitMQ of our own: free ports of 127.0.0.1, its own user, cookie and epmd, in a directory that goes."""

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import amqp
import requests

from tests.servers.postgres import last_words
from tests.servers.process import Backend, Container, NativeProcess
from tests.servers.run import Run, ServerUnavailable

IMAGE = "rabbitmq:4-management"
USER = "dengwen"
READY_WITHIN_SECONDS = 120.0
ANSWER_WITHIN_SECONDS = 30.0

CONFIGURATION = """\
listeners.tcp.1 = 127.0.0.1:{port}
management.tcp.ip = 127.0.0.1
management.tcp.port = {http_port}
management_agent.disable_metrics_collector = true
default_user = {user}
default_pass = {password}
disk_free_limit.absolute = 50MB
vm_memory_high_watermark.absolute = 1GB
raft.wal_max_size_bytes = 16777216
log.file.level = warning
log.console = false
"""


def find_program() -> Path | None:
    """The server's own start script; Debian's wrapper on the PATH would refuse all users but its own."""
    installed = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))
    if installed:
        return installed[-1]
    on_path = shutil.which("rabbitmq-server")
    return Path(on_path) if on_path else None


@dataclass
class RabbitMQ:
    """A running broker. `uri` is its default vhost; `create_vhost` gives fresh ones."""

    backend: Backend
    names: Backend | None  # the private epmd of a native broker
    port: int
    http_port: int
    password: str

    def address(self, vhost: str = "/") -> str:
        """The AMQP URI of one of its vhosts."""
        return f"amqp://{USER}:{self.password}@127.0.0.1:{self.port}/{'%2F' if vhost == '/' else vhost}"

    @property
    def uri(self) -> str:
        """The AMQP URI of the default vhost."""
        return self.address()

    def create_vhost(self, name: str) -> str:
        """Make an empty vhost and return its URI."""
        self._put(f"vhosts/{name}", {"default_queue_type": "classic"})
        self._put(f"permissions/{name}/{USER}", {"configure": ".*", "write": ".*", "read": ".*"})
        return self.address(name)

    def create_accounts(self, names: Sequence[str], granted: object) -> dict[str, str]:
        """Accounts with the permissions and exchanges of `granted` (definitions); their passwords by name.

        Accounts belong to the broker, not to a vhost, and tests share the broker: a name has one password.
        """
        passwords = {name: sha256(f"{self.password} {name}".encode()).hexdigest() for name in names}
        for name, password in passwords.items():
            self._add_account(name, password)
        self._http("POST", "definitions", granted).raise_for_status()
        return passwords

    def _add_account(self, name: str, password: str) -> None:
        """Another worker may add it at the same moment; the broker then answers one of both with 400."""
        for attempt in range(5):
            answer = self._http("PUT", f"users/{name}", {"password": password, "tags": ""})
            if answer.ok:
                return
            time.sleep(0.1 * (attempt + 1))
        answer.raise_for_status()

    def drop_vhost(self, name: str) -> None:
        """Delete a vhost with its queues; its connections are closed."""
        self._http("DELETE", f"vhosts/{name}")

    def queue_length(self, queue: str, vhost: str = "/") -> int:
        """How many messages wait in a queue (ready ones, as a passive declaration says)."""
        with self._connect(vhost) as session:
            return int(session.channel().queue_declare(queue, passive=True).message_count)

    def control(self, *words: str) -> None:
        """`rabbitmqctl` with these words on the running node."""
        if isinstance(self.backend, Container):
            command, environment = ["docker", "exec", self.backend.name, "rabbitmqctl"], dict(os.environ)
        else:
            assert isinstance(self.backend, NativeProcess)
            program = Path(self.backend.command[0]).with_name("rabbitmqctl")
            environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **self.backend.environment}
            command = [str(program), "-n", environment["RABBITMQ_NODENAME"]]
        subprocess.run([*command, *words], env=environment, check=True, capture_output=True, timeout=60)

    def start(self) -> None:
        """Start it (empty after a wipe), and return when it takes connections."""
        if self.names is not None and not self.names.running():
            self.names.start()
        self.backend.start()
        limit = time.monotonic() + READY_WITHIN_SECONDS
        while not self.ready():
            if time.monotonic() > limit or not self.backend.running():
                raise ServerUnavailable(f"RabbitMQ did not start:\n{last_words(self.backend.home)}")
            time.sleep(0.1)

    def ready(self) -> bool:
        """Whether a client can open a connection to the default vhost, and the HTTP interface answers."""
        try:
            self._connect("/").close()
            return self._http("GET", "overview").ok
        except (OSError, amqp.AMQPError, requests.RequestException):
            return False

    def kill9(self) -> None:
        """Kill the node at once."""
        self.backend.kill9()

    def freeze(self) -> None:
        """Stop the node; connections stay open and silent."""
        self.backend.freeze()

    def thaw(self) -> None:
        """Let it go on."""
        self.backend.thaw()

    def wipe(self) -> None:
        """Kill it and delete its data: vhosts, queues, messages."""
        self.backend.kill9()
        self.backend.wipe()

    def close(self) -> None:
        """Kill it and remove everything of it."""
        self.backend.close()
        if self.names is not None:
            self.names.close()

    def _connect(self, vhost: str) -> amqp.Connection:
        session = amqp.Connection(
            host=f"127.0.0.1:{self.port}",
            userid=USER,
            password=self.password,
            virtual_host=vhost,
            connect_timeout=2,
            read_timeout=3,
        )
        try:
            session.connect()
        except BaseException:
            session.collect()  # a refused connection leaves its socket open
            raise
        return session

    def _http(self, method: str, path: str, body: object = None) -> requests.Response:
        return requests.request(
            method,
            f"http://127.0.0.1:{self.http_port}/api/{path}",
            json=body,
            auth=(USER, self.password),
            timeout=ANSWER_WITHIN_SECONDS,
        )

    def _put(self, path: str, body: object) -> None:
        self._http("PUT", path, body).raise_for_status()


def native(run: Run, home: Path, port: int, http_port: int, password: str) -> RabbitMQ:
    """A broker from this machine's programs, with an epmd that it does not share with any other."""
    program, epmd = find_program(), shutil.which("epmd")
    if program is None or epmd is None:
        raise ServerUnavailable("no RabbitMQ server (rabbitmq-server, erlang) on this machine")
    names_port, node_port = run.free_port(), run.free_port()
    private = {"ERL_EPMD_PORT": str(names_port), "ERL_EPMD_ADDRESS": "127.0.0.1", "HOME": str(home)}
    names_home = run.new_directory("epmd")
    names = NativeProcess(run, names_home, [epmd, "-address", "127.0.0.1"], private)
    configuration = CONFIGURATION.format(port=port, http_port=http_port, user=USER, password=password)
    (home / "rabbitmq.conf").write_text(configuration)
    (home / "plugins").write_text("[rabbitmq_management].\n")
    (home / "environment").touch()
    cookie = home / ".erlang.cookie"
    cookie.write_text(secrets.token_hex(20))
    cookie.chmod(0o400)
    environment = {
        **private,
        "RABBITMQ_NODENAME": f"{home.name}@localhost",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(node_port),
        "RABBITMQ_BASE": str(home),
        "RABBITMQ_MNESIA_BASE": str(home / "data"),
        "RABBITMQ_LOG_BASE": str(home / "logs"),
        "RABBITMQ_PID_FILE": str(home / "broker.pid"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"),
        "RABBITMQ_PLUGINS_EXPAND_DIR": str(home / "data" / "expanded"),
        "RABBITMQ_GENERATED_CONFIG_DIR": str(home / "data" / "generated"),
        "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
        "RABBITMQ_CONFIG_FILES": str(home / "none"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(home / "advanced.config"),
        "RABBITMQ_CONF_ENV_FILE": str(home / "environment"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
        "ERL_CRASH_DUMP_SECONDS": "0",
        # One process instead of a shell that waits for another: the leash kills what it started.
        "RUNNING_UNDER_SYSTEMD": "true",
    }
    process = NativeProcess(run, home, [str(program)], environment, data=("data",))
    return RabbitMQ(process, names, port, http_port, password)


def in_container(run: Run, home: Path, port: int, http_port: int, password: str) -> RabbitMQ:
    """A broker from the image that docker-compose.yml names."""
    environment = {"RABBITMQ_DEFAULT_USER": USER, "RABBITMQ_DEFAULT_PASS": password}
    container = Container(run, home, IMAGE, {port: 5672, http_port: 15672}, environment)
    return RabbitMQ(container, None, port, http_port, password)
