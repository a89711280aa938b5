"""The story of a round in a `World`: the same calls of the same client, without sockets and processes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import requests
from sqlalchemy import select
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from dengwen.client import Installation, Late, Person
from dengwen.example import example_authority
from services.chassis import tables
from services.chassis.access import Claims
from services.chassis.auth import issue_token
from services.chassis.clock import ZONE, real_now
from tests.world import World

SERVICES = ("inspection", "clues", "archive", "intake")
ADVANCE = "/desk/time_advances/advance_time"


class WorldInstallation(Installation):
    """A `World` as an installation; only the desk's time is set past its act."""

    def __init__(self, world: World) -> None:
        super().__init__("", {})
        self.world = world

    def person(self, account: str) -> Person:
        return _Signed(self, account)

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        if path == ADVANCE:
            self.world.now(datetime.fromisoformat(options["json"]["paper"]["now"]))
            self.world.pump()
            return _response(200, b"{}")
        headers = options.get("headers", {})
        content = {"json": options["json"]} if "json" in options else {"data": options.get("data", b"")}
        builder = EnvironBuilder(
            path=path,
            method=method,
            headers=list(headers.items()),
            query_string=options.get("params"),
            **content,
        )
        answer = self.world.apis[path.split("/")[1]].answer(Request(builder.get_environ()))
        return _response(answer.status_code, answer.data)

    def ready(self) -> dict[str, Any]:
        now = self._now().isoformat()
        return {name: {"ready": True, "now": now} for name in (*self.world.runtimes, "desk")}

    def _now(self) -> datetime:
        with self.world.runtimes["inspection"].db.read() as session:
            now = session.scalars(select(tables.Installation.now)).one()
        assert now is not None
        return now.astimezone(ZONE)

    def wait(self, what: Callable[[], Any], seconds: float = 60.0, pause: float = 0.05) -> Any:  # noqa: ARG002
        """Events are carried as long as anything moves; then it is there or never comes."""
        if found := what():
            return found
        self.world.pump()
        if found := what():
            return found
        raise Late


class _Signed(Person):
    """Signed in by the world's own keys."""

    def __init__(self, at: WorldInstallation, account: str) -> None:
        super().__init__(at, account, "")
        held = next(post for post in example_authority().posts if post.account == account)
        self._claims = Claims(account, held.person, f"session-{account}", held.id)
        self._keys = at.world.desk_keys

    def token(self) -> str:
        if time.monotonic() > self._until:
            self._token = issue_token(self._keys.signing, self._keys.key_id, self._claims, real_now())
            self._until = time.monotonic() + 200
        return self._token


def _response(status: int, body: bytes) -> requests.Response:
    made = requests.Response()
    made.status_code, made._content = status, body
    return made
