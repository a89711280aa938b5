"""Numbers of events when many write at once, and some commit late: PostgreSQL alone, since SQLite has one writer."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dengwen.definitions import definition
from services.chassis.clock import real_now
from services.chassis.db import Database
from services.chassis.migrate import migrate
from services.chassis.outbox import number_new
from services.chassis.tables import Installation, Outbox
from tests.servers import Postgres

WRITERS, ACTS = 4, 40


@pytest.fixture
def db(postgres_server: Postgres) -> Iterator[Database]:
    name = f"numbering_{uuid.uuid4().hex[:12]}"
    database = Database(postgres_server.create_database(name))
    migrate(database, definition("intake"))
    with database.write() as session:
        session.add(Installation(id="i", time_mode="real", now=None, epoch=1, created_at=real_now()))
    yield database
    database.dispose()
    postgres_server.drop_database(name)


def hand_on(session: Session, subject: str) -> None:
    row = {
        "consumer": "clues",
        "type": "intake.x.v1",
        "body": b"{}",
        "status": "new",
        "created_at": real_now(),
    }
    session.execute(insert(Outbox), [row | {"event_id": uuid.uuid4().hex, "subject": subject}])


def number_all(db: Database) -> int:
    with db.write() as session:
        return len(number_new(session))


def numbered(db: Database) -> list[Outbox]:
    with db.read() as session:
        return list(session.scalars(select(Outbox).order_by(Outbox.sequence)))


def test_an_act_that_commits_late_gets_a_later_number_and_leaves_no_hole(db: Database) -> None:
    begun, may_commit = threading.Event(), threading.Event()

    def late() -> None:
        with db.write() as session:
            hand_on(session, "petition/late")
            session.flush()
            begun.set()
            assert may_commit.wait(30)

    writer = threading.Thread(target=late)
    writer.start()
    assert begun.wait(30)
    with db.write() as session:
        hand_on(session, "petition/early")
    assert number_all(db) == 1
    may_commit.set()
    writer.join(30)
    assert number_all(db) == 1
    rows = numbered(db)
    assert [(row.sequence, row.subject) for row in rows] == [(1, "petition/early"), (2, "petition/late")]
    assert rows[1].id < rows[0].id, "it was written first: its id alone would have put it before"


def test_numbers_have_no_hole_and_each_subject_keeps_its_order_with_many_writers_and_two_sequencers(
    db: Database,
) -> None:
    done = threading.Event()

    def write(writer: int) -> None:
        for act in range(ACTS):
            with db.write() as session:
                for _ in range(1 + act % 3):
                    hand_on(session, f"petition/{writer}-{act % 4}")

    def sequence() -> None:
        while not done.is_set():
            number_all(db)

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        sequencers = [pool.submit(sequence) for _ in range(2)]
        for writing in [pool.submit(write, writer) for writer in range(WRITERS)]:
            writing.result(120)
        done.set()
        for sequencing in sequencers:
            sequencing.result(120)
    while number_all(db):
        pass
    rows = numbered(db)
    assert [row.sequence for row in rows] == list(range(1, WRITERS * sum(1 + a % 3 for a in range(ACTS)) + 1))
    before: dict[str, Outbox] = {}
    for row in rows:
        last = before.get(row.subject)
        assert row.previous == (last.sequence if last else 0)
        assert last is None or last.id < row.id, "a subject's events are numbered as they were written"
        before[row.subject] = row
