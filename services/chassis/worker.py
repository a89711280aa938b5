"""Work of a serving process that would hold up its green threads, done in a child process instead.

One child per process and program, started with the first request and replaced when it dies. Callers wait for
it on a socket, which is cooperative under green threads; too many waiting at once are refused, not queued.
"""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contracts.refusals import Refusal, RefusalCode

WAITING_AT_MOST = 30
SECONDS = 30.0


class Worker:
    """Runs `program` with the number of a socket. `ask` may be called from many threads; requests go one by one."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._turn = threading.Lock()
        self._waiting = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._link: socket.socket | None = None

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Raises Refusal(RATE_LIMITED) when too many wait, Refusal(UNAVAILABLE) when the worker cannot work."""
        if self._waiting >= WAITING_AT_MOST:
            raise Refusal(RefusalCode.RATE_LIMITED)
        self._waiting += 1
        try:
            with self._turn:
                for _ in range(2):  # a worker that died is replaced once
                    try:
                        return self._exchange(request)
                    except (OSError, ValueError):
                        self._end()
                    except BaseException:  # cut off: what it would still answer must reach no one else
                        self._end()
                        raise
        finally:
            self._waiting -= 1
        raise Refusal(RefusalCode.UNAVAILABLE)

    def close(self) -> None:
        """Stop the worker; the next `ask` starts another one."""
        with self._turn:
            self._end()

    def _exchange(self, request: Mapping[str, Any]) -> dict[str, Any]:
        link = self._link or self._start()
        link.sendall(json.dumps(request).encode() + b"\n")
        received = b""
        while not received.endswith(b"\n"):
            part = link.recv(65536)
            if not part:
                raise OSError
            received += part
        answer: dict[str, Any] = json.loads(received)
        return answer

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            program = [sys.executable, "-P", str(self._program)]
            self._process = subprocess.Popen(
                [*program, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        ours.settimeout(SECONDS)
        atexit.register(self._end)
        self._link = ours
        return ours

    def _end(self) -> None:
        if self._link is not None:
            self._link.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._link = self._process = None
