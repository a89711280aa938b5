"""Password hashing (Argon2id) outside the serving process: a hash takes about 100 ms and 64 MiB.

One worker process per desk process, started with the first request and replaced when it dies. Callers wait for
it on a socket, which is cooperative under green threads; too many waiting at once are refused, not queued.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nacl.pwhash import argon2id
from nacl.utils import random as random_bytes

from contracts.refusals import Refusal, RefusalCode
from services.chassis.worker import Worker

PASSES, MEMORY = argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
SHORTEST, LONGEST = 10, 200
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


WORKER = Worker(Path(__file__).with_name("password_worker.py"))
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
