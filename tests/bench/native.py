"""The C clients of `tests/bench/c`: built with this machine's compiler, given a plan, and timed.

A plan is what each turn sends: statements or requests, with the places where fresh ids stand. Numbers are little-endian
32 bits: ids, statements; of each statement: its text, how many values; of each value: kind, bytes, slots as triples
(place, id, raw or hex).
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.bench.hammer import WRITERS, Pace
from tests.bench.recorded import Recorded
from tests.servers import provision
from tests.servers.run import ServerUnavailable

SOURCES = Path(__file__).with_name("c")
BUILT = Path("build") / "bench"
LIBRARIES = {"postgres": ("-lpq",), "sqlite": ("-lsqlite3",), "http": ()}
PACKAGES = ("gcc", "libc6-dev", "libpq-dev", "libsqlite3-dev")
_ID = re.compile(rb"\b[0-9a-f]{32}\b")
_DIGEST = 32
_NAMED = re.compile(r"%\((\w+)\)s")


class NoClient(Exception):
    """A C client cannot be had here; the message says why."""


@dataclass(frozen=True)
class Client:
    """A built program. `where`: a libpq connection string, a SQLite file, a port of 127.0.0.1."""

    program: Path

    def hammer(self, where: str, plan: Path, seconds: float, clients: int = WRITERS) -> Pace:
        """Let `clients` processes take turns for so long; raises RuntimeError with what one of them said."""
        command = [str(self.program.resolve()), where, str(plan), str(clients), str(seconds)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 120, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{self.program.name}: {done.stderr.strip()[-400:]}")
        took: dict[str, list[float]] = defaultdict(list)
        for line in done.stdout.splitlines():
            number, _, value = line.partition(" ")
            took[number].append(float(value))
        return Pace(sum(len(t) / sum(t) for t in took.values()), [one for t in took.values() for one in t])


def build(name: str) -> Client:
    """Compile a client, installing what is missing where that is possible; raises NoClient."""
    problem = _compile(name)
    if problem:
        try:
            provision.install(PACKAGES)
        except ServerUnavailable as error:
            raise NoClient(f"no C client: {problem}; {error}") from None
        problem = _compile(name)
    if problem:
        raise NoClient(f"no C client: {problem}")
    return Client(BUILT / f"client-{name}")


def _compile(name: str) -> str:
    """What went wrong, or empty."""
    compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return "there is no C compiler"
    BUILT.mkdir(parents=True, exist_ok=True)
    source, program = SOURCES / f"{name}.c", BUILT / f"client-{name}"
    words = [compiler, "-std=gnu11", "-O2", "-o", str(program), str(source), *_includes(), *LIBRARIES[name]]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stderr.strip()[:300] if done.returncode else ""


def _includes() -> list[str]:
    configured = shutil.which("pg_config")
    found = ["/usr/include/postgresql"]
    if configured:
        asked = subprocess.run([configured, "--includedir"], capture_output=True, text=True, check=False)
        found.append(asked.stdout.strip())
    return [f"-I{folder}" for folder in found if folder]


class Plan:
    """Collects statements; the same old id gets the same new one in a turn."""

    def __init__(self) -> None:
        self.ids: dict[bytes, int] = {}
        self.statements: list[bytes] = []

    def add(self, sql: str, values: Iterable[tuple[str, bytes]]) -> None:
        given = [self._value(kind, content) for kind, content in values]
        text = sql.encode()
        self.statements.append(b"".join((_number(len(text)), text, _number(len(given)), *given)))

    def _value(self, kind: str, content: bytes) -> bytes:
        if kind == "b" and len(content) == _DIGEST:
            slots = [(0, content, 1)]
        else:
            slots = [(found.start(), found.group(0), 0) for found in _ID.finditer(content)]
        places = b"".join(_number(at, self.ids.setdefault(old, len(self.ids)), raw) for at, old, raw in slots)
        return _number(ord(kind), len(content)) + content + _number(len(slots)) + places

    def write(self, path: Path) -> Path:
        path.write_bytes(_number(len(self.ids), len(self.statements)) + b"".join(self.statements))
        return path


def _number(*values: int) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def replay(recorded: Recorded, path: Path, *, reads: bool) -> Path:
    """A recorded act as a plan: all its statements, or its rows alone."""
    plan = Plan()
    for statement in recorded.kept(reads=reads):
        for parameters in statement.parameters if statement.many else (statement.parameters,):
            sql, values = _positional(statement.sql, parameters)
            plan.add(sql, [_encoded(value) for value in values])
    return plan.write(path)


def requests(bodies: Sequence[tuple[str, bytes]], token: str, path: Path) -> Path:
    """POST requests, each with a key of its own, as a plan: pairs of a path and a JSON body."""
    plan = Plan()
    for number, (url, body) in enumerate(bodies):
        head = (
            f"POST {url} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {number:032x}"
            f"\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        plan.add("", [("t", head.encode() + body)])
    return plan.write(path)


def _positional(sql: str, parameters: Any) -> tuple[str, list[Any]]:
    """psycopg2's named parameters as libpq numbers them; SQLite's stay as they are."""
    if not isinstance(parameters, Mapping):
        return sql, list(parameters)
    order: list[str] = []

    def numbered(match: re.Match[str]) -> str:
        order.append(match.group(1))
        return f"${len(order)}"

    sql = _NAMED.sub(numbered, sql).replace("%%", "%")
    return sql, [parameters[name] for name in order]


def _encoded(value: Any) -> tuple[str, bytes]:
    if value is None:
        return "n", b""
    if isinstance(value, bytes):
        return "b", value
    if isinstance(value, bool | int):
        return "i", str(int(value)).encode()
    if isinstance(value, float):
        return "d", repr(value).encode()
    if isinstance(value, date | datetime):
        return "t", value.isoformat().encode()
    return "t", str(value).encode()
