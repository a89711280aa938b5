"""Several replicas on one PostgreSQL: each step of the ladder once, each mail once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier

from sqlalchemy import select

from dengwen.example import example_authority
from dengwen.schema import create_tables
from services.chassis.db import Database
from services.chassis.runtime import Runtime
from services.chassis.tables import Outbox
from services.chassis.work import begin
from services.notifications.definition import on_tick
from services.notifications.loading import load_address
from services.notifications.storage import DESK, MAIL, Notice
from tests.integration.mail.conftest import Mailbox
from tests.world import START, World, seed_directory

CLOCKS = 12
REPLICAS = 4


def on_postgres(world: World, url: str) -> list[Runtime]:
    """Notifications moves to an empty PostgreSQL database; returns its replicas, each with connections of its own."""
    first = world.runtimes["notifications"]
    replicas = []
    for _ in range(REPLICAS):
        db = Database(url, pool_size=4)
        replicas.append(replace(first, db=db))
    create_tables(replicas[0].db, first.definition)
    replicas[0].create_installation("world", "simulated", START.astimezone(UTC))
    seed_directory(replicas[0].db, example_authority())
    first.db.dispose()
    first.db = replicas[0].db
    return replicas


def open_clocks(world: World) -> None:
    """Clocks that the head of the petition office, who has a mail address, owes."""
    with begin(world.runtimes["intake"]) as work:
        for number in range(CLOCKS):
            event = work.own_event(
                "duty_opened", duty_id=f"d{number}", clause="LZ-12.8", subject_ref=f"item-{number}",
                office_id="xfs", owed_role="petition_office", owed_person="p-xfhead", recipient="",
                opened_on=date(2026, 3, 2), due_at=datetime(2026, 3, 5, 15, 59, 59, tzinfo=UTC),
                provisional=False, warn=(), warned_roles=(), sealed=False, digest_only=False, addressee_person="",
                recused=(),
            )  # fmt: skip
            work.emit(event, f"petition/item-{number}", 1, ("LZ-12.8",))


def test_replicas_remind_and_mail_each_step_once(
    world: World, mailbox: Mailbox, postgres_databases: Callable[..., str]
) -> None:
    replicas = on_postgres(world, postgres_databases("reminders"))
    with begin(world.runtimes["notifications"]) as work:
        load_address(work, account_id="xfhead", person_id="p-xfhead", address="xfhead@example.invalid")
    open_clocks(world)
    world.pump(tick=False)
    assert world.parked() == []
    world.on(2026, 3, 6, 0)
    together = Barrier(REPLICAS)

    def run(replica: Runtime) -> None:
        together.wait(30)
        for _ in range(4):
            on_tick(replica)

    with ThreadPoolExecutor(REPLICAS) as pool:
        for done in [pool.submit(run, replica) for replica in replicas]:
            done.result(60)
    with replicas[0].db.read() as session:
        channels = Counter(session.scalars(select(Notice.channel)))
        states = Counter(session.scalars(select(Notice.state).where(Notice.channel == MAIL)))
        overdue = session.scalars(
            select(Outbox.subject).where(
                Outbox.type == "notifications.deadline_overdue.v1", Outbox.consumer == "intake"
            )
        ).all()
    assert channels == {DESK: CLOCKS, MAIL: CLOCKS}
    assert sorted(overdue) == sorted(f"duty/d{number}" for number in range(CLOCKS))
    assert states == {"delivered": CLOCKS}
    assert len(mailbox.received) == CLOCKS
    for replica in replicas:
        replica.db.dispose()
