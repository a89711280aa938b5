"""The HTTP edge of a service: one WSGI-free function from request to answer.

Routes come from the declarations. Whatever a client sends ends in an answer below 500: the one place that
maps refusals to problem+json is `answer`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import structlog
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as DatabaseTimeout
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from contracts.refusals import Refusal, RefusalCode, problem
from services.chassis import deciding
from services.chassis import perform as performing
from services.chassis.access import Actor, By, Claims, load_actor
from services.chassis.auth import read_token
from services.chassis.clock import monotonic, real_now
from services.chassis.metrics import REQUESTS, SECONDS
from services.chassis.runtime import Runtime
from services.chassis.work import Work, begin

log = structlog.get_logger("dengwen.http")

_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_ETAG = re.compile(r'"?(\d{1,9})"?')
_SURROGATE = re.compile(r"[\ud800-\udfff]")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Those that are counted by name: a word of a client's own would be a new series each time."""
DEEPEST = 16
"""Levels of nesting in a body; the deepest form has four."""
_TRACE = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


@dataclass
class Context:
    """One request: who asks (once signed in) and what the path says."""

    runtime: Runtime
    request: Request
    path: Mapping[str, str] = field(default_factory=dict)

    def claims(self) -> Claims:
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Refusal(RefusalCode.UNAUTHENTICATED)
        return read_token(token, self.runtime.ring.trust["desk"], real_now())

    def from_service(self, service: str) -> None:
        """Raises Refusal(UNAUTHENTICATED | TOKEN_EXPIRED) unless that service itself asks (`auth.service_token`)."""
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise Refusal(RefusalCode.UNAUTHENTICATED)
        claims = read_token(token, self.runtime.ring.trust[service], real_now())
        if claims != Claims(f"service:{service}", "", "", ""):
            raise Refusal(RefusalCode.UNAUTHENTICATED)

    def actor(self, work: Work) -> Actor:
        work.actor = load_actor(work.session, self.claims(), work.today)
        return work.actor

    def key(self) -> str:
        key = self.request.headers.get("Idempotency-Key", "")
        if not key:
            raise Refusal(RefusalCode.IDEMPOTENCY_KEY_REQUIRED)
        if not _KEY.fullmatch(key):
            raise Refusal(RefusalCode.MALFORMED, field="Idempotency-Key")
        return key

    def seen(self) -> int | None:
        given = self.request.headers.get("If-Match")
        if given is None:
            return None
        match = _ETAG.fullmatch(given.strip())
        if match is None:
            raise Refusal(RefusalCode.MALFORMED, field="If-Match")
        return int(match.group(1))

    def place(self) -> str:
        """The request's path, as a digest: part of what an idempotency key belongs to."""
        return sha256(self.request.path.encode()).hexdigest()

    def json(self) -> dict[str, Any]:
        """The body, which must be a JSON object; raises Refusal(MALFORMED | UNSUPPORTED_MEDIA)."""
        if self.request.mimetype != "application/json":
            raise Refusal(RefusalCode.UNSUPPORTED_MEDIA)
        try:
            body = json.loads(self.request.get_data().decode("utf-8"), parse_constant=_no_constant)
        except (ValueError, RecursionError):
            raise Refusal(RefusalCode.MALFORMED) from None
        if not isinstance(body, dict) or not _is_sound(body):
            raise Refusal(RefusalCode.MALFORMED)
        return body

    def query(self, name: str, default: str = "", *, longest: int = 200) -> str:
        value = self.request.args.get(name, default)
        if len(value) > longest or "\x00" in value:
            raise Refusal(RefusalCode.INVALID_FIELD, field=name)
        return value

    def limit(self, default: int = 50, most: int = 200) -> int:
        try:
            limit = int(self.query("limit", str(default)))
        except ValueError:
            raise Refusal(RefusalCode.INVALID_FIELD, field="limit") from None
        if not 1 <= limit <= most:
            raise Refusal(RefusalCode.OUT_OF_RANGE, field="limit")
        return limit

    def source(self) -> str:
        """Where the request comes from: the connection's address, or behind the gateway the one that it names."""
        forwarded = self.request.headers.get("X-Forwarded-For", "")
        if self.runtime.settings.behind_gateway and forwarded:
            return forwarded.rpartition(",")[2].strip()[:64]
        return self.request.remote_addr or "unknown"

    @property
    def traceparent(self) -> str | None:
        given = self.request.headers.get("traceparent", "")
        return given if _TRACE.fullmatch(given) else None


Handler = Callable[[Context], Any]


@dataclass(frozen=True, eq=False)
class Route:
    """`path` in werkzeug's syntax, without the service's prefix unless `absolute`.

    `summary`: Chinese, English. `act`: what a POST performs. `keyed`: needs an idempotency key. `query` (names of
    parameters), `takes` (media type of the body, or its shape), `gives` (media type; none: 204) and `answer` (shape)
    are for its description; `page`: made for browsers, and described nowhere; `counted_as`: the path under which
    metrics and logs have it, if not its own; `on_item`: of which items the page leads there; `readers`: only whom,
    if not everybody who may know of the item.
    """

    method: str
    path: str
    handler: Handler
    summary: tuple[str, str]
    signed_in: bool = True
    name: str = ""
    clauses: tuple[str, ...] = ()
    absolute: bool = False
    page: bool = False
    act: Any = None
    keyed: bool = False
    query: tuple[str, ...] = ()
    takes: str = ""
    gives: str = "application/json"
    answer: str = ""
    counted_as: str = ""
    on_item: Callable[[Any], bool] | None = None
    readers: tuple[By, ...] = ()

    @property
    def label(self) -> str:
        """What metrics and logs call it: no act by its name, for the number of sealed items is a secret (ruling 9)."""
        if self.act is not None:
            return f"{self.path.rpartition('/')[0]}/<act>"
        return self.counted_as or self.path


class Routing:
    """The routes of a service and their addresses; compiled once, it serves any number of runtimes."""

    def __init__(self, service: str, routes: Sequence[Route]) -> None:
        self.routes = tuple(routes)
        rules = [
            Rule(r.path if r.absolute else f"/{service}{r.path}", methods=[r.method], endpoint=r)
            for r in routes
        ]
        self.addresses = Map(rules, strict_slashes=False, merge_slashes=False)


class Api:
    """All routes of a service; `answer` never raises."""

    def __init__(self, runtime: Runtime, routing: Routing) -> None:
        self.runtime, self.routes = runtime, routing.routes
        self._map = routing.addresses

    def answer(self, request: Request) -> Response:
        started = monotonic()
        route = "none"
        try:
            adapter = self._map.bind_to_environ(request.environ)
            found, values = adapter.match()
            route = found.label
            if any("\x00" in value for value in values.values()):
                raise Refusal(RefusalCode.NOT_FOUND_ROUTE)  # no id has one, and PostgreSQL takes none
            response = _response(found.handler(Context(self.runtime, request, values)))
        except Refusal as refusal:
            response = refused(refusal)
        except NotFound:
            response = refused(Refusal(RefusalCode.NOT_FOUND_ROUTE))
        except MethodNotAllowed as error:
            response = refused(Refusal(RefusalCode.METHOD_NOT_ALLOWED))
            response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
        except (OperationalError, DatabaseTimeout):
            response = refused(Refusal(RefusalCode.UNAVAILABLE))  # the database is away; nothing was changed
        except (DataError, OverflowError) as error:  # what was sent fits no column; nothing was changed
            log.warning("value_not_storable", service=self.runtime.name, error=type(error).__name__)
            response = refused(Refusal(RefusalCode.MALFORMED))
        except HTTPException as error:
            code = RefusalCode.TOO_LARGE if error.code == 413 else RefusalCode.MALFORMED
            response = refused(Refusal(code))
        took = monotonic() - started
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(self.runtime.name, method, route, str(response.status_code)).inc()
        SECONDS.labels(self.runtime.name, route).observe(took)
        log.info(
            "request",
            service=self.runtime.name,
            method=method,
            route=route,
            status=response.status_code,
            ms=round(took * 1000, 1),
        )
        return response


def perform_act(context: Context, act: Any) -> Response:
    """`POST …/<act>`: the body is `{"paper": {…}, "attachments": [{"kind", "id"}]}`."""
    claims = context.claims()  # first: to whoever is not signed in, a form is neither right nor wrong
    body = context.json()
    unknown = set(body) - {"paper", "attachments"}
    if unknown:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    paper = body.get("paper", {})
    if not isinstance(paper, dict):
        raise Refusal(RefusalCode.MALFORMED, field="paper")
    request = performing.Request(
        claims=claims,
        act=act,
        path=context.place(),
        key=context.key(),
        subject_id=context.path.get("id"),
        seen=context.seen(),
        paper=paper,
        attachments=_attachments(body.get("attachments", [])),
        traceparent=context.traceparent,
    )
    answer = performing.perform(context.runtime, request)
    status = 200 if answer.get("replayed") else 201 if act.creates else 200
    return json_response(answer, status=status, version=answer["version"])


def decide(context: Context, *, approve: bool) -> Response:
    """`POST …/proposals/<proposal>/approve|return`: the body is `{"digest", "reason"}`."""
    claims = context.claims()
    body = context.json()
    if set(body) - {"digest", "reason"}:
        raise Refusal(RefusalCode.UNKNOWN_FIELD)
    texts = {name: body.get(name, "") for name in ("digest", "reason")}
    for name, value in texts.items():
        if not isinstance(value, str) or len(value) > 2000:
            raise Refusal(RefusalCode.INVALID_FIELD, field=name)
    decision = deciding.Decision(
        claims=claims,
        kind=context.path["kind"],
        subject_id=context.path["id"],
        proposal_id=context.path["proposal"],
        approve=approve,
        digest=texts["digest"],
        reason=texts["reason"],
        path=context.place(),
        key=context.key(),
        traceparent=context.traceparent,
    )
    answer = deciding.decide(context.runtime, decision)
    return json_response(answer, version=answer["version"])


def signed_in(handler: Callable[[Context, Work], Any]) -> Handler:
    """A handler that reads in a unit of work, as the signed-in actor; what it audits commits with it."""

    def handle(context: Context) -> Any:
        claims = context.claims()
        with begin(context.runtime, traceparent=context.traceparent) as work:
            work.actor = load_actor(work.session, claims, work.today)
            return handler(context, work)

    return handle


def json_response(value: Any, *, status: int = 200, version: int | None = None) -> Response:
    body = json.dumps(value, ensure_ascii=False, default=str).encode()
    response = Response(body, status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    if version is not None:
        response.set_etag(str(version))
    return response


def refused(refusal: Refusal) -> Response:
    body = json.dumps(problem(refusal), ensure_ascii=False).encode()
    response = Response(body, status=refusal.code.status, mimetype="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    if refusal.code.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _response(value: Any) -> Response:
    return value if isinstance(value, Response) else json_response(value)


def _attachments(given: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(given, list) or len(given) > 50:
        raise Refusal(RefusalCode.MALFORMED, field="attachments")
    pairs = []
    for entry in given:
        if not isinstance(entry, dict) or set(entry) != {"kind", "id"}:
            raise Refusal(RefusalCode.MALFORMED, field="attachments")
        kind, attachment = entry["kind"], entry["id"]
        if not (
            isinstance(kind, str)
            and isinstance(attachment, str)
            and _KEY.fullmatch(kind)
            and _KEY.fullmatch(attachment)
        ):
            raise Refusal(RefusalCode.MALFORMED, field="attachments")
        pairs.append((kind, attachment))
    return tuple(pairs)


def _no_constant(_: str) -> Any:
    raise ValueError


def _is_sound(body: Any) -> bool:
    """Whether what JSON allows can also be digested and stored: no lone surrogates, no bottomless nesting."""
    level = [body]
    for _ in range(DEEPEST):
        following: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                following += [*value, *value.values()]
            elif isinstance(value, list):
                following += value
            elif isinstance(value, str) and not value.isascii() and _SURROGATE.search(value):
                return False
        if not following:
            return True
        level = following
    return False
