"""Calls to other services' HTTP APIs: for pages and packages, never on the path of an act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import requests


class PeerUnavailable(Exception):
    """The other service could not be reached; try again."""


@dataclass(frozen=True)
class PeerAnswer:
    status: int
    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Peers(Protocol):
    def call(
        self,
        service: str,
        method: str,
        path: str,
        *,
        token: str,
        body: Any = None,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> PeerAnswer: ...


class HttpPeers:
    """`url` is a pattern such as `http://{service}:8000`; `path` starts with the service's prefix."""

    def __init__(self, url: str, timeout: float = 10.0) -> None:
        self.url, self.timeout = url, timeout

    def call(
        self,
        service: str,
        method: str,
        path: str,
        *,
        token: str,
        body: Any = None,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> PeerAnswer:
        """Raises PeerUnavailable; any answer of the peer, a refusal included, is returned."""
        given = {"Authorization": f"Bearer {token}"} | dict(headers or {})
        try:
            answer = requests.request(
                method,
                self.url.format(service=service) + path,
                json=body,
                data=raw,
                headers=given,
                timeout=self.timeout,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise PeerUnavailable(service) from error
        media_type = answer.headers.get("Content-Type", "").partition(";")[0]
        return PeerAnswer(answer.status_code, answer.content, media_type, answer.headers)
