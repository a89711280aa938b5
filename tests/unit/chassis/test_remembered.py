"""What a unit of work remembers of an item that it opened is what the database has of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis.audit.entry import STATE, salted_digest
from services.chassis.audit.tables import AuditEntry
from services.chassis.performance import state_of
from services.chassis.tables import Duty
from services.intake.storage import Petition
from tests.bench.hammer import REGISTER
from tests.bench.recorded import recording
from tests.world import World

LETTER: dict[str, Any] = {
    "received_on": "2026-03-02",
    "channel": "letter",
    "unit_id": "edu",
    "subject_ids": ["p-edu-sec", "p-edu-clerk", "p-edu-sec"],
    "summary": "来信反映有关人员收受礼金的示例内容,用于检验。",
    "class_code": "supervision_object",
}
TRANSFERRED = {"channel": "unit_transfer", "unit_received_on": "2026-02-24", "transferred_on": "2026-03-02"}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


@pytest.mark.parametrize(
    "changes",
    [{}, {"class_code": None}, {"class_code": "unit_team"}, TRANSFERRED, {"subject_ids": []}],
    ids=["ordinary", "unclassed", "sealed", "transferred by its unit", "nobody named"],
)
def test_the_digest_of_a_new_item_is_that_of_its_stored_rows(world: World, changes: dict[str, Any]) -> None:
    clerk = world.as_("clerk1")
    scan = {"kind": "petition_original", "id": clerk.upload("intake")}
    answer = clerk.send("POST", REGISTER, body={"paper": LETTER | changes, "attachments": [scan]})
    assert answer.status == 201, answer.body
    with world.runtimes["intake"].db.read() as session:
        entry = session.get_one(AuditEntry, answer.body["audit_entry"])
        petition = session.get_one(Petition, answer.body["id"])
        salt = bytes.fromhex(json.loads(entry.salts or "")[STATE])
        stored = salted_digest(salt, state_of(session, petition))
        clocks = session.scalars(select(Duty).where(Duty.subject_id == petition.id)).all()
    assert json.loads(entry.body)["digests"][STATE] == stored
    assert clocks, "a clock is part of the state"


def test_a_registering_act_asks_for_nothing_that_it_has_just_written(world: World) -> None:
    clerk = world.as_("clerk1")
    body = {"paper": LETTER | {"subject_ids": ["p-edu-sec"]}}
    clerk.send("POST", REGISTER, body=body)
    with recording(world.runtimes["intake"].db.engine) as recorded:
        assert clerk.send("POST", REGISTER, body=body).status == 201
    asked = [s.sql for s in recorded.statements if s.verb == "SELECT"]
    for table in ("paper", "attachment", "case_key", "duty", "audit_entry"):
        assert not [sql for sql in asked if f"FROM {table} " in f"{sql} ".replace("\n", " ")], table
    assert len(asked) <= 15
