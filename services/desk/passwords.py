"""Password hashing (Argon2id) outside the serving process: a hash takes about 100 ms and 64 MiB.

One worker process per desk process, started with the first request and replaced when it dies. Callers wait for
it on a socket, which is cooperative under green threads; too many waiting at once are refused, not queued.
"""

from __future__ import annotations

import atexit
import json
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from nacl.pwhash import argon2id
from nacl.utils import random as random_bytes

from contracts.refusals import Refusal, RefusalCode

PASSES, MEMORY = argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
SHORTEST, LONGEST = 10, 200
WAITING_AT_MOST = 30
SECONDS = 30.0
DUMMY = "$argon2id$v=19$m=65536,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
"""Verified where there is no account, so that an unknown account takes as long as a wrong password."""


@dataclass(frozen=True)
class Derivation:
    """How a key is derived from a passphrase; stored beside what it wraps."""

    salt: bytes
    passes: int = PASSES
    memory: int = MEMORY

    @staticmethod
    def new() -> Derivation:
        return Derivation(random_bytes(argon2id.SALTBYTES))


class Worker:
    """The child process. `ask` may be called from many threads; requests go one after the other."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._waiting = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._link: socket.socket | None = None

    def ask(self, request: dict[str, str | int]) -> dict[str, str | bool]:
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

    def _exchange(self, request: dict[str, str | int]) -> dict[str, str | bool]:
        link = self._link or self._start()
        link.sendall(json.dumps(request).encode() + b"\n")
        received = b""
        while not received.endswith(b"\n"):
            part = link.recv(4096)
            if not part:
                raise OSError
            received += part
        answer: dict[str, str | bool] = json.loads(received)
        return answer

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            program = [sys.executable, "-P", str(Path(__file__).with_name("password_worker.py"))]
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


WORKER = Worker()
"""The worker of this process; it ends with it, because its socket does."""


def hash_password(password: str) -> str:
    """The Argon2id hash; raises Refusal(INVALID_FIELD) for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal(
            RefusalCode.INVALID_FIELD,
            field="password",
            detail_zh=f"口令须为{SHORTEST}至{LONGEST}个字符。",
            detail_en=f"A password has {SHORTEST} to {LONGEST} characters.",
        )
    return str(WORKER.ask({"do": "hash", "secret": password, "passes": PASSES, "memory": MEMORY})["hash"])


def is_right(password: str, stored: str) -> bool:
    """Whether the password belongs to the hash. Takes as long where nothing can belong: no hash, too long a text."""
    possible = bool(stored) and len(password) <= LONGEST
    request: dict[str, str | int] = {
        "do": "verify",
        "secret": password if possible else "",
        "hash": stored if possible else DUMMY,
        "passes": PASSES,
        "memory": MEMORY,
    }
    return WORKER.ask(request)["right"] is True and possible


def derive_key(passphrase: str, how: Derivation) -> bytes:
    """32 bytes from a passphrase."""
    request: dict[str, str | int] = {
        "do": "derive",
        "secret": passphrase,
        "salt": how.salt.hex(),
        "passes": how.passes,
        "memory": how.memory,
    }
    return bytes.fromhex(str(WORKER.ask(request)["key"]))
