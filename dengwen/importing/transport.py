"""How batches reach intake: signed in, tried again while the installation is away, never sent under two keys."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import requests

PATH = "/intake/petitions/import_rows"
PATIENCE = 60.0
"""Seconds for which an installation that does not answer is asked again."""
_TOKEN_SECONDS = 200.0
_AWAY = (429, 502, 503, 504)


class NotReached(Exception):
    """The installation did not answer for as long as we wait; nothing is lost, run again."""


class Refused(Exception):
    """The installation refused the whole request: its code and texts, Chinese and English."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(code)
        self.code, self.zh, self.en = code, zh, en


@dataclass(frozen=True)
class Facts:
    """What the installation says before an import: for which office, its date, the most rows of a batch."""

    office_id: str
    today: date
    most_rows: int

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Facts:
        return cls(str(answer["office_id"]), date.fromisoformat(answer["today"]), int(answer["most_rows"]))


class Transport(Protocol):
    """Both raise NotReached or Refused. `post` may be called again with the same key and body."""

    def facts(self) -> Facts: ...

    def post(self, body: bytes, key: str) -> Mapping[str, Any]: ...


class HttpTransport:
    """Over HTTP as one account; its short-lived token is fetched anew before it ends."""

    def __init__(self, url: str, account: str, password: str, *, patience: float = PATIENCE) -> None:
        self.url, self.patience = url.rstrip("/"), patience
        self._sign_in = {"account": account, "password": password}
        self._http = requests.Session()
        self._token, self._refresh, self._until = "", "", 0.0

    def facts(self) -> Facts:
        return Facts.of(self._signed_in("GET", PATH, None, {}))

    def post(self, body: bytes, key: str) -> Mapping[str, Any]:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        answer: Mapping[str, Any] = self._signed_in("POST", PATH, body, headers)
        return answer

    def close(self) -> None:
        self._http.close()

    def _signed_in(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Any:
        for last in (False, True):
            if not self._token or time.monotonic() > self._until:
                self._renew()
            answer = self._send(
                method, path, {**headers, "Authorization": f"Bearer {self._token}"}, data=body
            )
            if answer.status_code != 401 or last:
                return _checked(answer)
            self._token = ""
        raise AssertionError("unreachable")

    def _renew(self) -> None:
        """By the session's secret, so that the password is checked once; by the password when that has ended."""
        if self._refresh:
            answer = self._send("POST", "/desk/session/refresh", {}, json={"refresh": self._refresh})
            if answer.status_code < 400:
                self._keep(answer)
                return
        answer = self._send("POST", "/desk/session", {}, json=self._sign_in)
        self._refresh = str(_checked(answer).get("refresh", ""))
        self._keep(answer)

    def _keep(self, answer: requests.Response) -> None:
        self._token, self._until = str(answer.json()["token"]), time.monotonic() + _TOKEN_SECONDS

    def _send(self, method: str, path: str, headers: Mapping[str, str], **options: Any) -> requests.Response:
        end, pause = time.monotonic() + self.patience, 0.2
        while True:
            try:
                answer = self._http.request(
                    method, self.url + path, headers=headers, timeout=60, allow_redirects=False, **options
                )
            except (requests.ConnectionError, requests.Timeout):
                answer = None
            if answer is not None and answer.status_code not in _AWAY:
                return answer
            if time.monotonic() > end:
                if answer is not None:
                    return answer
                raise NotReached
            time.sleep(pause)
            pause = min(pause * 2, 5.0)


def _checked(answer: requests.Response) -> Any:
    try:
        body = answer.json()
    except ValueError:
        body = {}
    if answer.status_code < 400 and isinstance(body, dict) and body:
        return body
    said = body if isinstance(body, dict) else {}
    code = str(said.get("code", answer.status_code))
    raise Refused(
        code, str(said.get("detail", "对方不是登闻安装")), str(said.get("detail_en", "not a Dengwen"))
    )
