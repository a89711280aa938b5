"""One page request of a signed-in reader: session, token, calls to the services with the reader's own token."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from sqlalchemy import select
from werkzeug.wrappers import Response

from contracts.refusals import RefusalCode
from services.chassis.auth import service_token
from services.chassis.clock import business_now, monotonic, real_now
from services.chassis.http import Context
from services.chassis.peers import PeerAnswer, PeerUnavailable
from services.chassis.runtime import Runtime
from services.chassis.settings import SERVICES
from services.chassis.tables import DirectoryAssignment
from services.desk.pages.render import WITH_SCRIPTS, render
from services.desk.pages.words import Language
from services.desk.signing_in import token_for
from services.desk.storage import DeskSession

_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
OFFICES_FOR = 60.0
PATIENCE = 4.0
"""Seconds that a page made from all services waits for the slowest."""
MOST_NAMES = 200
PAGE, MOST_OFFICES = 200, 4000
DECLARED = "/acts"
"""Where a service tells its acts, with their forms: up to a megabyte, the same until its next release."""
DECLARED_FOR = 30.0
"""Seconds for which a page that only lists takes a declaration for what it was; a form is always that of today."""
_declared: dict[str, tuple[str, dict[str, Any]]] = {}
_confirmed: dict[tuple[str, str], tuple[str, float]] = {}
"""Of an installation's service: which declaration it last said to be its own, and when."""
_offices: dict[str, tuple[float, dict[str, tuple[str, str]]]] = {}


class Away(Exception):
    """A service that the page needs could not be reached."""

    def __init__(self, service: str) -> None:
        super().__init__(service)
        self.service = service


class Refused(Exception):
    """A service refused; `problem` is its problem+json."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(str(problem.get("code", status)))
        self.status, self.problem = status, dict(problem)

    @property
    def code(self) -> str:
        return str(self.problem.get("code", ""))


class NoSuchPage(Exception):
    """The address names nothing."""


@dataclass
class Visit:
    """What a page is made from. Nothing here holds a transaction while another service is asked."""

    context: Context
    session: DeskSession
    language: Language

    @cached_property
    def token(self) -> str:
        return token_for(self.context.runtime, self.session)

    @cached_property
    def post(self) -> DirectoryAssignment | None:
        """The post in use, as the directory has it."""
        with self.context.runtime.db.read() as session:
            return session.scalars(
                select(DirectoryAssignment).where(
                    DirectoryAssignment.assignment_id == self.session.assignment_id
                )
            ).one_or_none()

    @cached_property
    def time(self) -> tuple[datetime, str]:
        with self.context.runtime.db.read() as session:
            return business_now(session)

    @property
    def is_administrator(self) -> bool:
        return self.post is not None and self.post.role == "system_administrator"

    def call(
        self,
        service: str,
        method: str,
        path: str,
        *,
        body: Any = None,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> PeerAnswer:
        """`path` without the service's prefix; raises Away, NoSuchPage for a service that does not exist."""
        if service not in SERVICES:
            raise NoSuchPage
        peers = self.context.runtime.peers
        if peers is None:
            raise Away(service)
        try:
            return peers.call(
                service, method, f"/{service}{path}", token=self.token, body=body, raw=raw, headers=headers
            )
        except PeerUnavailable as error:
            raise Away(service) from error

    def get(self, service: str, path: str, **query: str) -> dict[str, Any]:
        """A JSON answer; raises Away (also for a 5xx) and Refused. `DECLARED` is kept: nobody changes it."""
        if path == DECLARED:
            return declaration(self.context.runtime, service, partial(self.call, service, "GET", path))
        return answer_of(service, self.call(service, "GET", f"{path}?{urlencode(query)}" if query else path))

    def declared(self, service: str) -> dict[str, Any]:
        """As `get` of `DECLARED`, for pages that offer and list: known a moment ago, it is not asked for again."""
        etag, at = _confirmed.get((self.context.runtime.settings.database_url, service), ("", 0.0))
        kept = _declared.get(service)
        if kept and kept[0] == etag and monotonic() - at < DECLARED_FOR:
            return kept[1]
        return self.get(service, DECLARED)

    def ask_all(self, path: str) -> tuple[dict[str, dict[str, Any]], list[str]]:
        """Every service's answer to the same GET, asked at the same time; and those that gave none in time.

        Raises Refused where all that answered refuse: then it is about the reader, not about a service.
        """
        _ = self.token  # before the threads: it is made from the database
        pool = ThreadPoolExecutor(len(SERVICES), thread_name_prefix="desk-asks")
        ask = self.declared if path == DECLARED else partial(self.get, path=path)
        asked = {pool.submit(ask, service): service for service in SERVICES}
        done, _ = wait(asked, timeout=PATIENCE)
        pool.shutdown(wait=False, cancel_futures=True)
        answers: dict[str, dict[str, Any]] = {}
        refusals: list[Refused] = []
        for one in done:
            try:
                answers[asked[one]] = one.result()
            except Refused as refused:
                refusals.append(refused)
            except (Away, NoSuchPage):
                continue
        if refusals and not answers:
            raise refusals[0]
        return answers, [service for service in SERVICES if service not in answers]

    def names(self, ids: Iterable[object]) -> dict[str, str]:
        """Names by person id, as far as archive tells them to this reader; an id without a name shows itself."""
        wanted = sorted({i for i in ids if isinstance(i, str) and _ID.fullmatch(i)} - {"system"})[:MOST_NAMES]
        names = {i: i for i in wanted}
        if not wanted:
            return names
        try:
            found = self.get("archive", "/persons", ids=",".join(wanted)).get("persons", [])
        except (Away, Refused, NoSuchPage):
            return names
        return names | {str(p["id"]): str(p["name"]) for p in found if p.get("name")}

    def whereabouts(self, service: str, ids: Iterable[str]) -> list[dict[str, str]]:
        """Id, path and number of those items that the reader may know of; none while the service is away."""
        wanted = list(dict.fromkeys(i for i in ids if _ID.fullmatch(i)))[:MOST_NAMES]
        if not wanted:
            return []
        try:
            found: list[dict[str, str]] = self.get(service, "/whereabouts", ids=",".join(wanted))["items"]
        except (Away, Refused, NoSuchPage):
            return []
        return found

    def offices(self) -> dict[str, tuple[str, str]]:
        """Names (Chinese, English) of offices and units by id; empty while notifications is away."""
        installation = self.context.runtime.settings.database_url
        kept = _offices.get(installation)
        if kept and monotonic() - kept[0] < OFFICES_FOR:
            return kept[1]
        try:
            rows = self._all_offices()
        except (Away, Refused, NoSuchPage):
            return kept[1] if kept else {}
        named = {str(r["id"]): (str(r.get("name_zh", "")), str(r.get("name_en", ""))) for r in rows}
        _offices[installation] = (monotonic(), named)
        return named

    def _all_offices(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        for _ in range(MOST_OFFICES // PAGE):
            found = self.get("notifications", "/offices", limit=str(PAGE), **cursor)
            rows += found.get("items", [])
            if not found.get("next"):
                break
            cursor = {"cursor": str(found["next"])}
        return rows

    def page(
        self, template: str, *, status: int = 200, people: Iterable[object] = (), **values: Any
    ) -> Response:
        """A page with everything that stands on each of them. `people` are the ids to be shown by name."""
        now, mode = self.time
        request = self.context.request
        here = values.pop("here", request.path if request.method == "GET" else "/desk/")
        post = self.post
        names = self.names([*people, self.session.person_id])
        offices = self.offices()
        response = render(
            template,
            self.language,
            status=status,
            names=names,
            offices=offices,
            visit=self,
            now=now,
            mode=mode,
            post=post,
            person=names.get(self.session.person_id, self.session.person_id),
            form_token=self.session.form_token,
            here=here,
            **values,
        )
        response.headers["Content-Security-Policy"] = WITH_SCRIPTS
        return response


def declaration(runtime: Runtime, service: str, call: Callable[..., PeerAnswer]) -> dict[str, Any]:
    """What `DECLARED` answers, the same for every reader; `call` asks for it. Raises Away and Refused."""
    kept = _declared.get(service)
    answer = call(headers={"If-None-Match": kept[0]} if kept else None)
    if not (kept and answer.status == HTTPStatus.NOT_MODIFIED):
        kept = answer.headers.get("ETag", ""), answer_of(service, answer)
        if not kept[0]:
            return kept[1]
        _declared[service] = kept
    _confirmed[runtime.settings.database_url, service] = kept[0], monotonic()
    return kept[1]


def learn_declarations(runtime: Runtime) -> Iterator[None]:
    """Of every service that can be reached, one at a time, before a reader waits for them."""
    peers = runtime.peers
    if peers is None:
        return
    for service in SERVICES:
        token = service_token(runtime.ring.signing, runtime.ring.key_id, "desk", real_now())
        call = partial(peers.call, service, "GET", f"/{service}{DECLARED}", token=token)
        with suppress(PeerUnavailable, Away, Refused, NoSuchPage):
            declaration(runtime, service, call)
        yield


def answer_of(service: str, answer: PeerAnswer) -> dict[str, Any]:
    """The JSON object of an answer; raises Refused for a refusal, Away for what is no answer of ours."""
    try:
        body = json.loads(answer.body) if answer.body else {}
    except ValueError:
        raise Away(service) from None
    if not isinstance(body, dict) or answer.status >= 500 or (answer.status >= 400 and "code" not in body):
        raise Away(service)
    if answer.status >= 400:
        if body.get("code") == RefusalCode.NOT_FOUND_ROUTE:
            raise NoSuchPage
        raise Refused(answer.status, body)
    return body


def segment(text: str) -> str:
    """One part of a path."""
    return quote(text, safe="")
