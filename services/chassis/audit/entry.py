"""An audit entry before it is written: ids, codes, dates and salted digests, never a text or a name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

Outcome = Literal["accepted", "refused", "read", "exported", "signed_in", "system"]
Fact = str | int | bool

STATE = "state"
"""Name of the digest over the subject's resulting rows, which `verify` recomputes."""
MALFORMED = "malformed"
"""Stands where a client sent something that is no id: what it sent may be a name."""
SALT_BYTES = 32

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
_TOKEN = re.compile(r"[!-~]{0,64}")
FACT_LENGTH = 200
_FACT = re.compile(rf"[!-~]{{0,{FACT_LENGTH}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acted: ids as the sign-in token gave them; empty where there is none."""

    account: str = ""
    person: str = ""
    post: str = ""
    role: str = ""
    office: str = ""


SYSTEM = Actor(account="system")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, accepted or refused.

    `at` is business time, `recorded_at` real time (both aware), `time_mode` real or simulated. `cause` is
    the id of the event that brought it about. `digests` are named raw bytes that go in as salted SHA-256
    only. `facts` are codes, ids, dates, figures and flags: printable ASCII, no blanks, which no Chinese
    name or text can be.
    """

    act: str
    outcome: Outcome
    actor: Actor
    subject_kind: str
    subject_id: str
    at: datetime
    recorded_at: datetime
    time_mode: str
    subject_version: int = 0
    code: str = ""
    clauses: tuple[str, ...] = ()
    cause: str = ""
    digests: Mapping[str, bytes] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)


def salted_digest(salt: bytes, raw: bytes) -> str:
    """SHA-256 (hex) over a salt of 32 bytes and the raw value. Raises ValueError for another salt."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return sha256(salt + raw).hexdigest()


def leaf_content(entry_id: str, entry: Entry, salts: Mapping[str, bytes]) -> str:
    """The canonical JSON of an entry. Raises ValueError for what is no id, code, date or figure.

    `subject_id` is the exception: a refusal may carry what a client sent, and is never lost for it.
    """
    actor = entry.actor
    body: dict[str, object] = {
        "account": _token("account", actor.account),
        "act": _token("act", entry.act),
        "at": instant(entry.at),
        "cause": _token("cause", entry.cause),
        "clauses": [_token("clause", clause) for clause in entry.clauses],
        "code": _token("code", entry.code),
        "digests": {_token("digest", n): salted_digest(salts[n], raw) for n, raw in entry.digests.items()},
        "facts": {_token("fact", name): _fact(name, value) for name, value in entry.facts.items()},
        "id": entry_id,
        "office": _token("office", actor.office),
        "outcome": entry.outcome,
        "person": _token("person", actor.person),
        "post": _token("post", actor.post),
        "recorded_at": instant(entry.recorded_at),
        "role": _token("role", actor.role),
        "subject_id": known_id(entry.subject_id),
        "subject_kind": _token("subject kind", entry.subject_kind),
        "subject_version": entry.subject_version,
        "time_mode": _token("time mode", entry.time_mode),
        "v": 1,
    }
    return canonical_json(body)


def canonical_json(value: object) -> str:
    """Sorted keys, no spaces, no escapes beyond JSON's own."""
    return _CANONICAL.encode(value)


def instant(moment: datetime) -> str:
    """An aware instant in UTC with microseconds: 2026-03-02T01:02:03.000004Z."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def known_id(value: str) -> str:
    """The id itself, or `malformed` for what cannot be one."""
    return value if _TOKEN.fullmatch(value) else MALFORMED


def _token(what: str, value: str) -> str:
    if not _TOKEN.fullmatch(value):
        raise ValueError(f"the audit trail takes ids and codes only: {what} is neither")
    return value


def _fact(name: str, value: Fact) -> Fact:
    if isinstance(value, str) and not _FACT.fullmatch(value):
        raise ValueError(f"the audit trail takes ids, codes and dates only: fact {name} is none")
    return value
