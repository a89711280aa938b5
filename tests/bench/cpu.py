"""Processor time of the main things, of whichever checkout the path says: `python tests/bench/cpu.py [DATABASE]`.

A program of its own, which `--against` runs in two checkouts in turns. Processor time, not the clock's: it stays the
same on a busy machine. Prints one JSON object, name → milliseconds (or a count). It takes nothing from `tests.bench`,
which the other checkout may not have.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import structlog
from sqlalchemy import event

from services.chassis import inbox, outbox
from services.chassis.audit import trail
from services.chassis.db import Database
from tests.world import World, _ToInboxes

ACTS = 60
PAGES = 8
LETTER = {
    "received_on": "2026-03-02", "channel": "letter", "unit_id": "edu", "subject_ids": ["p-edu-sec"],
    "class_code": "supervision_object",
}  # fmt: skip


def milliseconds(what: Callable[[], object], times: int = 1) -> float:
    started = time.process_time()
    for _ in range(times):
        what()
    return (time.process_time() - started) * 1000 / times


def register(world: World) -> None:
    summary = f"来信反映该单位某科级干部在工程发包中收受礼金,编号{uuid.uuid4().hex},此为示例。"
    body = {"paper": LETTER | {"summary": summary}}
    answer = world.as_("clerk1").send("POST", "/intake/petitions/register_petition", body=body)
    assert answer.status == 201, answer.body


def statements(world: World, what: Callable[[], object]) -> int:
    seen: list[str] = []
    engine = world.runtimes["intake"].db.engine

    def note(_: object, __: object, sql: str, *___: object) -> None:
        seen.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    what()
    event.remove(engine, "before_cursor_execute", note)
    return sum(not sql.startswith("BEGIN") for sql in seen)


def hand_over(world: World) -> tuple[float, float]:
    """Milliseconds an event: numbered and stored; applied."""
    intake, consumer = world.runtimes["intake"], world.runtimes["notifications"]

    def carry() -> None:
        with intake.db.write() as session:
            trail.sequence(session)
            outbox.number_new(session)
        outbox.publish_due(intake, _ToInboxes(world))

    applied: list[int] = []

    def apply() -> None:
        while done := inbox.apply_due(consumer):
            applied.append(done)

    carried, took = milliseconds(carry), milliseconds(apply)
    return carried / sum(applied), took / sum(applied)


def main(pages_of: str = "") -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), services=("intake", "notifications"))
        for _ in range(5):
            register(world)
        found["registering act: statements"] = statements(world, lambda: register(world))
        found["registering act: ms"] = milliseconds(lambda: register(world), ACTS)
        carried, applied = hand_over(world)
        found |= {"event numbered, sent, stored: ms": carried, "event applied: ms": applied}
        if pages_of:
            world.runtimes["intake"].db.dispose()
            world.runtimes["intake"].db = Database(f"sqlite:///{pages_of}")
            for account in ("clerk1", "head1", "xf1"):
                for name, path in (("worklist", "/intake/worklist"), ("list", "/intake/petitions")):
                    client = world.as_(account)
                    client.get(path, limit="20")
                    took = [milliseconds(lambda c=client, p=path: c.get(p, limit="20")) for _ in range(PAGES)]  # type: ignore[misc]
                    found[f"{name} of {account}: ms"] = min(took)
        world.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
