"""Eight writers at once, each a process of its own, so that no interpreter lock is measured."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from tests.servers.leash import die_with_leash

WRITERS = 8
LETTER = {
    "received_on": "2026-03-02",
    "channel": "letter",
    "unit_id": "edu",
    "subject_ids": ["p-edu-sec"],
    "class_code": "supervision_object",
}
REGISTER = "/intake/petitions/register_petition"

Once = Callable[[], None]
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Pace:
    """What the writers did: how often a second all together, and how long each took (seconds)."""

    per_second: float
    took: list[float]


def hammer(make: Callable[[int], Once], seconds: float, writers: int = WRITERS) -> Pace:
    """Let `writers` processes do what `make(number)` gives, over and over; raises RuntimeError if one of them fails."""
    barrier = _FORK.Barrier(writers)
    children = []
    for number in range(writers):
        ours, theirs = _FORK.Pipe(duplex=False)
        child = _FORK.Process(target=_work, args=(make, number, seconds, barrier, theirs), daemon=True)
        child.start()
        theirs.close()
        children.append((child, ours))
    found: list[list[float]] = []
    for child, pipe in children:
        result = _result(pipe, seconds)
        child.join(5)
        if isinstance(result, str):
            raise RuntimeError(f"a writer failed: {result}")  # noqa: TRY004 - it is what the writer said
        found.append(result)
    return Pace(sum(len(took) / sum(took) for took in found), [one for took in found for one in took])


def _result(pipe: Connection, seconds: float) -> list[float] | str:
    try:
        result: list[float] | str = pipe.recv() if pipe.poll(seconds + 60) else "silent"
    except EOFError:
        return "died"
    return result


def _work(make: Callable[[int], Once], number: int, seconds: float, barrier: Any, pipe: Connection) -> None:
    die_with_leash()
    try:
        once = make(number)
        once()  # connections and caches are made before the clock starts
        barrier.wait(60)
        took = []
        started = now = time.perf_counter()
        while now - started < seconds:
            once()
            before, now = now, time.perf_counter()
            took.append(now - before)
        pipe.send(took)
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}"[:300])


@contextmanager
def in_child(work: Callable[[Callable[[], None]], None]) -> Iterator[Callable[[], None]]:
    """Let a process do `work(tell)`; what is given waits for the next time that it tells. Raises RuntimeError."""
    ours, theirs = _FORK.Pipe(duplex=False)

    def begin() -> None:
        die_with_leash()
        work(lambda: theirs.send(True))

    child = _FORK.Process(target=begin, daemon=True)
    child.start()
    theirs.close()

    def told() -> None:
        try:
            if not ours.poll(180):
                raise RuntimeError("the other process is silent")
            ours.recv()
        except EOFError:
            raise RuntimeError("the other process died") from None

    try:
        yield told
    finally:
        child.terminate()
        child.join(5)


def letter() -> dict[str, Any]:
    """A letter that is like no other: the same letter twice would be linked."""
    summary = f"来信反映该单位某科级干部在工程发包中收受礼金,编号{uuid.uuid4().hex},此为示例。"
    return {"paper": LETTER | {"summary": summary}}


def ask(
    line: http.client.HTTPConnection,
    method: str,
    path: str,
    token: str,
    body: Mapping[str, Any] | None = None,
) -> tuple[int, bytes]:
    """One request on an open connection: status and body."""
    headers = {"Authorization": f"Bearer {token}"}
    content = None
    if body is not None:
        content = json.dumps(body).encode()
        headers |= {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
    line.request(method, path, content, headers)
    answer = line.getresponse()
    return answer.status, answer.read()
