"""HTTP listeners, and the entrypoint that puts a service behind one.

Deployed, a service has a listener of its own; the embedded installation has one for all six, which routes as the
gateway does. Either way the service sees the full path, `/intake/…`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast
from uuid import uuid4

import eventlet
import structlog
from eventlet import wsgi
from eventlet.green import socket
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint
from werkzeug.wrappers import Request, Response

from contracts.refusals import RefusalCode
from services.chassis.clock import monotonic
from services.chassis.entrypoints.body import BodyRefused, take_body
from services.chassis.entrypoints.hosting import in_worker
from services.chassis.entrypoints.protocol import LONGEST_REQUEST_LINE, Protocol, refusal_response

log = structlog.get_logger("dengwen.web")

IDLE_SECONDS = 30.0
MAX_CONNECTIONS = 1_024
BACKLOG = 256
# How long a stopping listener lets idle clients say one more thing, to be told `Connection: close` in answer.
LAST_WORDS_SECONDS = 0.3

Handler = Callable[[Request], Response]
Method = TypeVar("Method", bound=Callable[[Any, Request], Response])


class PortTaken(Exception):
    """Another process listens there; stop it, or choose another port."""


class FrontDoor:
    """One listener on `host`:`port` (0: any free one, see `port` after `bind`) for the services mounted on it.

    `/<service>/…` goes to that service, everything else to `fallback`. `max_body` is in bytes, `idle` in seconds.
    """

    def __init__(
        self, host: str, port: int, max_body: int = 12_000_000, fallback: str = "desk", *,
        idle: float = IDLE_SECONDS,
    ) -> None:  # fmt: skip
        self.host, self.port, self.max_body, self.fallback, self.idle = host, port, max_body, fallback, idle
        self._mounted: dict[str, Handler | None] = {}
        self._socket: Any = None
        self._server: Any = None
        self._accepting: Any = None
        self._pool = eventlet.GreenPool(MAX_CONNECTIONS)
        self._draining = False
        self._connections: dict[Any, list[Any]] = {}

    def mount(self, service: str, handler: Handler) -> None:
        """Send `/<service>/…` to `handler`."""
        self._mounted[service] = handler

    def unmount(self, service: str) -> None:
        """Answer 503 from now on for what went to the service."""
        self._mounted[service] = None

    def bind(self) -> None:
        """Take the port; raises PortTaken. It is never shared: two listeners on a port would answer at random."""
        if self._socket is not None:
            return
        listener = socket.socket(socket.AF_INET6 if ":" in self.host else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self.host, self.port))
            listener.listen(BACKLOG)
        except OSError as error:
            listener.close()
            raise PortTaken(f"{self.host}:{self.port}: {error.strerror}") from error
        self._socket, self.port = listener, listener.getsockname()[1]

    def open(self) -> None:
        """Begin to answer; raises PortTaken."""
        self.bind()
        if self._accepting is None:
            self._server = wsgi.Server(
                self._socket, self._socket.getsockname(), self._answer, protocol=Protocol, keepalive=self.idle,
                socket_timeout=self.idle, url_length_limit=LONGEST_REQUEST_LINE, log_output=False, debug=False,
            )  # fmt: skip
            self._accepting = eventlet.spawn(self._accept)

    def close(self, longest: float = 5.0) -> None:
        """Take no more connections, answer what was asked, and close; after `longest` seconds close anyway."""
        deadline = monotonic() + longest
        if not self._draining:
            self._draining = True
            self._stop_accepting()
            self._wait(monotonic() + LAST_WORDS_SECONDS)
            for connection in list(self._connections.values()):
                if connection[2] == wsgi.STATE_IDLE:
                    # Reading only: a request that is already in the socket is still answered.
                    _shut(connection[1], socket.SHUT_RD)
        self._wait(deadline)
        if self._connections:
            log.warning("connections_cut", port=self.port, count=len(self._connections))
        for thread, connection in list(self._connections.items()):
            _shut(connection[1], socket.SHUT_RDWR)
            thread.kill()

    def _accept(self) -> None:
        while True:
            try:
                connected, address = self._socket.accept()
            except OSError:
                # Out of file descriptors, say: those who wait are served when some have gone.
                eventlet.sleep(0.05)
                continue
            self._serve(connected, address)

    def _serve(self, connected: Any, address: Any) -> None:
        connected.settimeout(self.idle)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = [address, connected, wsgi.STATE_IDLE]
        thread = self._pool.spawn(_talk, self._server, connection)
        self._connections[thread] = connection
        thread.link(lambda gone: self._connections.pop(gone, None))

    def _stop_accepting(self) -> None:
        if self._accepting is not None:
            self._accepting.kill()
            self._socket.settimeout(0)
            # For their clients these connections stand already.
            with contextlib.suppress(OSError):
                while True:
                    self._serve(*self._socket.accept())
        if self._socket is not None:
            self._socket.close()

    def _wait(self, deadline: float) -> None:
        while self._connections and monotonic() < deadline:
            eventlet.sleep(0.01)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            take_body(environ, self.max_body)
            response = self._handler(environ["PATH_INFO"])(Request(environ))
        except BodyRefused as refusal:
            environ["dengwen.protocol"].close_connection = True
            response = refusal_response(refusal.code, refusal.status)
        except ContainerBeingKilled:
            response = _unavailable(None)
        except Exception as error:
            response = _incident(error)
        if self._draining:
            environ["dengwen.protocol"].close_connection = True
        return response(environ, start_response)

    def _handler(self, path: str) -> Handler:
        first = path.split("/", 2)[1:2]
        name = first[0] if first and first[0] in self._mounted else self.fallback
        return self._mounted.get(name) or _unavailable


class HttpApi(Entrypoint):  # type: ignore[misc]
    """`@http_api` on `def api(self, request: Request) -> Response`: every path and method of the service.

    The service is mounted on `runtime.front_door` if there is one, which its owner opens and closes; else it has
    its own listener from `settings`, whose port is taken at set-up.
    """

    own: FrontDoor | None = None
    door: FrontDoor | None = None

    def setup(self) -> None:
        runtime = self.container.runtime
        settings = runtime.settings
        if runtime.front_door is None:
            self.own = FrontDoor(settings.http_host, settings.http_port, settings.max_body, settings.service)
            self.own.bind()
        self.door = door = self.own or runtime.front_door
        door.mount(settings.service, self._handle)

    def start(self) -> None:
        if self.own is not None:
            self.own.open()

    def stop(self) -> None:
        if self.own is not None:
            self.own.close()
        if self.door is not None:
            self.door.unmount(self.container.runtime.settings.service)

    def _handle(self, request: Request) -> Response:
        response: Response = in_worker(self, request)
        return response


def http_api(method: Method) -> Method:
    """Give the method every HTTP request of the service."""
    return cast("Method", HttpApi.decorator(method))


def _talk(server: Any, connection: list[Any]) -> None:
    try:
        server.process_request(connection)
    except OSError:
        # The client went away in the middle of something.
        _shut(connection[1], socket.SHUT_RDWR)
    finally:
        connection[1].close()


def _shut(connected: Any, how: int) -> None:
    try:
        connected.shutdown(how)
    except OSError:
        return


def _unavailable(_: Request | None) -> Response:
    response = refusal_response(RefusalCode.UNAVAILABLE)
    response.headers["Retry-After"] = "2"
    return response


def _incident(error: Exception) -> Response:
    """An answer, and one line in the log, that say nothing of what the request or the error contained."""
    incident = uuid4().hex
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace is not None else ""
    log.error("request_failed", incident=incident, error=type(error).__name__, reason=place)
    problem = {
        "type": "urn:dengwen:incident",
        "title": "系统内部错误,请凭编号联系系统管理员。",
        "title_en": "Something failed inside; tell the system administrator the incident number.",
        "status": 500, "code": "INTERNAL", "field": None, "clauses": [], "incident": incident,
    }  # fmt: skip
    body = json.dumps(problem, ensure_ascii=False).encode()
    return Response(body, 500, {"Cache-Control": "no-store"}, mimetype="application/problem+json")
