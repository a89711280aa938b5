"""Where the processor time goes, by samples: every few milliseconds the layer in which the main thread is."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

EVERY = 0.002

LAYERS: tuple[tuple[str, str, str], ...] = (
    ("sqlalchemy/engine/default.py", "do_", "database: statements and commits"),
    ("sqlalchemy/dialects", "do_", "database: statements and commits"),
    ("/sqlalchemy/", "", "SQL: built and read by SQLAlchemy"),
    ("/pydantic/", "", "forms, events and envelopes checked (pydantic)"),
    ("/json/", "", "JSON"),
    ("chassis/papers.py", "canonical", "JSON"),
    ("/nacl/", "", "encryption, signatures (libsodium)"),
    ("/werkzeug/", "", "HTTP: requests and answers"),
    ("chassis/http.py", "", "HTTP: requests and answers"),
    ("chassis/audit/", "", "audit: entries, tree"),
    ("chassis/performance.py", "state", "audit: state digests"),
    ("chassis/performance.py", "_p", "audit: state digests"),
    ("chassis/outbox.py", "", "outbox and inbox"),
    ("chassis/inbox.py", "", "outbox and inbox"),
    ("/services/", "", "acts and reactions: rules, access, clocks"),
    ("/contracts/", "", "events, calendar, clauses"),
    ("/tests/", "", "the driver"),
)


@contextmanager
def sampled() -> Iterator[Counter[str]]:
    """Counts samples of the main thread's processor time by layer: the innermost frame that belongs to one.

    By a signal, not by a second thread: that one would only look when the first lets go, which is in the database.
    """
    found = Counter[str]()

    def look(_: int, frame: FrameType | None) -> None:
        found[layer_of(frame)] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield found
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def layer_of(frame: FrameType | None) -> str:
    while frame is not None:
        file, function = frame.f_code.co_filename, frame.f_code.co_name
        for path, start, layer in LAYERS:
            if path in file and function.startswith(start):
                return layer
        frame = frame.f_back
    return "rest"


def lines(found: Counter[str]) -> list[str]:
    total = sum(found.values()) or 1
    return [f"{count / total:6.1%}  {layer}" for layer, count in found.most_common()]
