"""The small service of `hosted.py` as a child process, and a raw HTTP client that may misbehave."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from typing import Any


@dataclass
class Process:
    child: subprocess.Popen[str]
    port: int = 0
    last_words: dict[str, Any] = field(default_factory=dict)
    errors: str = ""

    def get(self, path: str) -> dict[str, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def raw(self, data: bytes, within: float = 10.0) -> bytes:
        """Send bytes on a new connection and read until the server closes it."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=within) as connected:
            connected.sendall(data)
            connected.shutdown(socket.SHUT_WR)
            parts = []
            while part := connected.recv(65_536):
                parts.append(part)
        return b"".join(parts)

    def terminate(self) -> float:
        """SIGTERM; returns the seconds until the process has gone."""
        began = time.monotonic()
        self.child.send_signal(signal.SIGTERM)
        said, self.errors = self.child.communicate(timeout=30)
        self.last_words = json.loads(said) if said else {}
        return time.monotonic() - began


@contextlib.contextmanager
def hosted(broker_uri: str = "dengwen-local://localhost/hosted", **given: object) -> Iterator[Process]:
    """The service, ready to answer; gone at the end of the block."""
    command = [
        sys.executable,
        "-m",
        "tests.integration.bus.hosted",
        json.dumps({"broker_uri": broker_uri, **given}),
    ]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process = Process(child)
    try:
        assert child.stdout is not None
        process.last_words = json.loads(child.stdout.readline() or "{}")
        process.port = process.last_words.get("port", 0)
        yield process
    finally:
        if child.poll() is None:
            child.kill()
        for stream in (child.stdout, child.stderr):
            if stream is not None:
                stream.close()
        child.wait()


def chunked(*chunks: bytes) -> bytes:
    """A body in chunks, with its last one."""
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


def problem(response: HTTPResponse) -> dict[str, Any]:
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(response.read())
    return body
