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
from sqlalchemy import event, func, select

from services.chassis import inbox
from services.chassis.db import Database
from services.chassis.tables import Inbox
from tests.world import World

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


def hand_over(world: World) -> float:
    """Milliseconds an event, from the outbox to its effect: numbered, sent, stored, applied."""
    intake, consumer = world.runtimes["intake"], world.runtimes["notifications"]

    def carry_and_apply() -> None:
        world._carry(intake)
        while inbox.apply_due(consumer):
            pass

    took = milliseconds(carry_and_apply)
    with consumer.db.read() as session:
        applied = session.scalar(select(func.count()).select_from(Inbox).where(Inbox.status == "applied"))
    return took / (applied or 1)


def one_by_one(world: World) -> None:
    """A petition, handed over before the next one: what a hand-off costs an installation that is not busy."""
    register(world)
    world._carry(world.runtimes["intake"])
    while inbox.apply_due(world.runtimes["notifications"]):
        pass


def main(pages_of: str = "") -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), services=("intake", "notifications"), durable=True)
        for _ in range(5):
            register(world)
        found["registering act: statements"] = statements(world, lambda: register(world))
        found["registering act: ms"] = milliseconds(lambda: register(world), ACTS)
        found["event, outbox to effect, many at once: ms"] = hand_over(world)
        found["registering act and its hand-off, one by one: ms"] = milliseconds(
            lambda: one_by_one(world), ACTS
        )
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
