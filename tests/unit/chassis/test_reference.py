"""The directory and the published values in memory: asked once, and never an answer that is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from services.chassis.access import chain_of, holders
from services.chassis.reference import ReferenceMemory, look_up
from services.chassis.tables import (
    DirectoryAccount,
    DirectoryAssignment,
    DirectoryOffice,
    DirectoryPerson,
    Installation,
    PublishedValue,
    RevokedSession,
)
from services.chassis.values import value_in_force
from services.chassis.work import begin
from tests.bench.hammer import REGISTER, letter
from tests.bench.recorded import recording
from tests.world import World

Change = Callable[[Session], Any]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def status(world: World) -> int:
    return world.as_("clerk1").send("POST", REGISTER, body=letter()).status


def lock_the_row(session: Session) -> None:
    session.get_one(DirectoryAccount, "clerk1").status = "locked"


def lock_by_statement(session: Session) -> None:
    session.execute(update(DirectoryAccount).values(status="locked"))


def end_the_post(session: Session) -> None:
    for held in session.scalars(
        select(DirectoryAssignment).where(DirectoryAssignment.person_id == "p-clerk1")
    ):
        held.valid_to = date(2026, 1, 31)


def take_the_post(session: Session) -> None:
    session.execute(delete(DirectoryAssignment).where(DirectoryAssignment.person_id == "p-clerk1"))


def revoke(session: Session) -> None:
    session.add(RevokedSession(session_id="session-clerk1"))


@pytest.mark.parametrize("change", [lock_the_row, lock_by_statement, end_the_post, take_the_post, revoke])
def test_an_act_after_a_change_of_who_may_act_is_refused(world: World, change: Change) -> None:
    assert status(world) == status(world) == 201
    with world.runtimes["intake"].db.write() as session:
        change(session)
    assert status(world) == 401


def test_the_second_act_asks_nothing_of_the_directory(world: World) -> None:
    assert status(world) == 201
    with recording(world.runtimes["intake"].db.engine) as recorded:
        assert status(world) == 201
    asked = [s.sql for s in recorded.statements if "directory_" in s.sql or "published_value" in s.sql]
    assert asked == []
    assert any("accepted_act" in s.sql for s in recorded.statements), "it does ask the database"


def test_what_is_not_there_is_asked_once_and_seen_when_it_comes(world: World) -> None:
    runtime = world.runtimes["intake"]
    with begin(runtime) as work:
        assert look_up(work.session, DirectoryOffice, "new") is None
    with runtime.db.write() as session:
        session.add(
            DirectoryOffice(office_id="new", kind="unit", liaison_office_id="", status="active", version=1)
        )
    with begin(runtime) as work:
        found = look_up(work.session, DirectoryOffice, "new")
        assert found is not None
        assert found.kind == "unit"


def test_a_unit_of_work_sees_what_it_changed_itself_before_it_is_stored(world: World) -> None:
    runtime = world.runtimes["intake"]
    with begin(runtime) as work:
        before = chain_of(work.session, "p-edu-sec")
        assert holders(work.session, "petition_office_head", work.today)
    with begin(runtime) as work:
        person = work.session.get_one(DirectoryPerson, "p-edu-sec")
        person.relatives = "p-somebody"
        assert chain_of(work.session, "p-edu-sec") == before | {"p-somebody"}
    with begin(runtime) as work:
        assert "p-somebody" in chain_of(work.session, "p-edu-sec")


def test_a_change_that_is_rolled_back_changes_no_answer(world: World) -> None:
    runtime = world.runtimes["intake"]
    with begin(runtime) as work:
        before = chain_of(work.session, "p-edu-sec")
    with runtime.db.write() as session:
        session.get_one(DirectoryPerson, "p-edu-sec").relatives = "p-somebody"
        session.flush()
        session.rollback()
    with begin(runtime) as work:
        assert chain_of(work.session, "p-edu-sec") == before


def test_a_published_value_is_in_force_for_the_next_act(world: World) -> None:
    runtime, asked = world.runtimes["intake"], ("LZ-12.1", "forward_within", date(2026, 3, 2))
    with begin(runtime) as work:
        default = value_in_force(work.session, *asked)
    with runtime.db.write() as session:
        session.add(
            PublishedValue(
                clause="LZ-12.1", name="forward_within", effective_from=date(2026, 1, 1),
                amount=default.amount + 2, unit=default.unit, version="2",
            )
        )  # fmt: skip
    with begin(runtime) as work:
        assert value_in_force(work.session, *asked).amount == default.amount + 2


def test_every_change_counts_once_and_nothing_else_does(world: World) -> None:
    runtime = world.runtimes["intake"]

    def edition() -> int:
        with runtime.db.read() as session:
            return session.scalars(select(Installation.reference_edition)).one()

    before = edition()
    assert status(world) == 201
    assert edition() == before
    with runtime.db.write() as session:
        lock_the_row(session)
    assert edition() == before + 1


def test_a_transaction_that_began_before_a_change_neither_asks_nor_fills_the_memory() -> None:
    memory = ReferenceMemory()
    old = memory.at("i", 1)
    assert old is not None
    new = memory.at("i", 2)
    old["q"] = "over"
    assert new == {}
    assert memory.at("i", 1) is None
    assert memory.at("i", 2) is new
    assert memory.at("another installation", 1) == {}
