"""A person at the API: signs in, performs acts, waits for what other offices hand over."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests

AWAY = (429, 502, 503, 504)
"""Answers that say to ask again: too many at once, or a gateway or a service whose part is away."""


class Refused(Exception):
    """The installation refused; `code` and `clauses` say why."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {body.get('code', '')}")
        self.status, self.body = status, body
        self.code = str(body.get("code", ""))
        self.clauses = list(body.get("clauses", []))


class Late(Exception):
    """What was waited for did not come in time."""


@dataclass
class Installation:
    """A running installation at `url`, and the sign-ins of its example accounts.

    `patience`: for how many seconds a call is repeated, with the same key, while nobody answers or it is told to wait.
    """

    url: str
    accounts: Mapping[str, Mapping[str, str]]
    verify: bool = True
    patience: float = 0.0

    def person(self, account: str) -> Person:
        return Person(self, account, self.accounts[account]["password"])

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        end = time.monotonic() + self.patience
        while True:
            try:
                answer = requests.request(
                    method, self.url.rstrip("/") + path, timeout=30, verify=self.verify, **options
                )
            except requests.RequestException:
                if time.monotonic() > end:
                    raise
            else:
                if answer.status_code not in AWAY or time.monotonic() > end:
                    return answer
            time.sleep(0.2)

    def ready(self) -> dict[str, Any]:
        """The readiness answers of all services; {} for one that does not answer."""
        from services.chassis.settings import SERVICES

        found = {}
        for service in SERVICES:
            try:
                url = self.url.rstrip("/") + f"/{service}/ready"
                found[service] = requests.get(url, timeout=10, verify=self.verify).json()
            except (requests.RequestException, ValueError):
                found[service] = {}
        return found

    def wait(self, what: Callable[[], Any], seconds: float = 60.0, pause: float = 0.05) -> Any:
        """Ask until the answer is true; raises Late."""
        end = time.monotonic() + seconds
        while True:
            found = what()
            if found:
                return found
            if time.monotonic() > end:
                raise Late
            time.sleep(pause)

    def wait_ready(self, seconds: float = 60.0) -> None:
        self.wait(lambda: all(body.get("ready") for body in self.ready().values()), seconds, 0.3)

    def wait_quiet(self, seconds: float = 60.0) -> None:
        """Wait until every outbox is sent and every inbox applied."""
        self.wait(
            lambda: all(b.get("outbox") == 0 and b.get("inbox") == 0 for b in self.ready().values()),
            seconds,
            0.2,
        )


class Person:
    """One account; its token is fetched again before it ends."""

    def __init__(self, installation: Installation, account: str, password: str) -> None:
        self.installation, self.account, self._password = installation, account, password
        self._token, self._until = "", 0.0

    def token(self) -> str:
        if time.monotonic() > self._until:
            body = {"account": self.account, "password": self._password}
            answer = self.installation.call("POST", "/desk/session", json=body)
            if answer.status_code >= 400:
                raise Refused(answer.status_code, answer.json())
            self._token, self._until = answer.json()["token"], time.monotonic() + 200
        return self._token

    def get(self, path: str, **query: str) -> Any:
        return self._send("GET", path, params=query)

    def act(
        self,
        path: str,
        paper: Mapping[str, Any] | None = None,
        *,
        attachments: list[dict[str, str]] | None = None,
        key: str | None = None,
        version: int | None = None,
    ) -> dict[str, Any]:
        """Perform an act on `/<service>/<kinds>/<id>/<act>` (or `/<service>/<kinds>/<act>`); raises Refused.

        `version`: of the item as it was seen last; asked for if it is not known.
        """
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        parts = path.strip("/").split("/")
        if len(parts) == 4:
            seen = self.get("/" + "/".join(parts[:3]))["version"] if version is None else version
            headers["If-Match"] = f'"{seen}"'
        body = {"paper": dict(paper or {}), "attachments": attachments or []}
        answer: dict[str, Any] = self._send("POST", path, json=body, headers=headers)
        return answer

    def decide(self, item: str, *, approve: bool = True, reason: str = "") -> dict[str, Any]:
        """Approve or return the pending proposal of `/<service>/<kinds>/<id>`; raises Refused."""
        pending = next(p for p in self.get(item)["proposals"] if p["status"] == "pending")
        word = "approve" if approve else "return"
        answer: dict[str, Any] = self._send(
            "POST",
            f"{item}/proposals/{pending['id']}/{word}",
            json={"digest": pending["digest"], "reason": reason},
            headers={"Idempotency-Key": uuid.uuid4().hex},
        )
        return answer

    def upload(self, service: str, body: bytes) -> str:
        answer = self._send("POST", f"/{service}/attachments", data=body)
        return str(answer["id"])

    def _send(self, method: str, path: str, headers: Mapping[str, str] | None = None, **options: Any) -> Any:
        given = {"Authorization": f"Bearer {self.token()}"} | dict(headers or {})
        answer = self.installation.call(method, path, headers=given, **options)
        if answer.status_code >= 400:
            try:
                raise Refused(answer.status_code, answer.json())
            except ValueError:
                raise Refused(answer.status_code, {}) from None
        return answer.json()
