"""nameko's own hand-off, for comparison: `python -m tests.bench.nameko_site produce|consume AMQP_URI DSN COUNT`.

A program of its own, since eventlet has to patch it before anything else. The handler inserts each event into an inbox
with the tables and indexes of ours, once, and commits; nothing more is applied.
"""

# ruff: noqa: E402 - eventlet patches first
import eventlet

eventlet.monkey_patch()

import json
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nameko
import psycopg2
from nameko.containers import ServiceContainer
from nameko.events import EventDispatcher, event_handler
from nameko.testing.services import once

ROLE, URI, DSN, COUNT = sys.argv[1:5]
INSERT = (
    "INSERT INTO inbox (producer, epoch, sequence, previous, event_id, type, subject, body, status, reason, attempts,"
    " next_try_at, received_at, applied_at) VALUES ('intake', 1, %s, 0, %s, %s, %s, %s, 'applied', '', 0, %s, %s, %s)"
    " ON CONFLICT DO NOTHING"
)
IDLE: list[Any] = []
"""Connections that no worker uses at the moment."""


class Consumer:
    """A worker an event, ten at once: nameko's defaults."""

    name = "consumer"

    @event_handler("producer", "handed_on")  # type: ignore[untyped-decorator]
    def on_event(self, given: dict[str, Any]) -> None:
        line = IDLE.pop() if IDLE else psycopg2.connect(DSN)
        now = datetime.now(UTC).replace(tzinfo=None)
        body = json.dumps(given["event"]).encode()
        row = (
            given["sequence"],
            given["id"],
            given["event"]["type"],
            given["event"]["subject"],
            body,
            now,
            now,
            now,
        )
        with line, line.cursor() as cursor:
            cursor.execute(INSERT, row)
        IDLE.append(line)


class Producer:
    """Dispatches as many as were asked for, persistent and confirmed: nameko's defaults."""

    name = "producer"
    dispatch = EventDispatcher()

    @once()  # type: ignore[untyped-decorator]
    def produce(self) -> None:
        event = json.loads(Path(DSN).read_text(encoding="utf-8"))
        for sequence in range(1, int(COUNT) + 1):
            self.dispatch("handed_on", {"id": uuid.uuid4().hex, "sequence": sequence, "event": event})


if __name__ == "__main__":
    nameko.config.setup({"AMQP_URI": URI})
    container = ServiceContainer({"produce": Producer, "consume": Consumer}[ROLE])
    container.start()
    print("ready", flush=True)  # noqa: T201 - whoever started this waits for it
    container.wait()
