"""After its delivery a sealed petition has left nothing behind from which its content could be read or guessed."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from services.chassis.clock import real_now
from services.chassis.papers import canonical, forget_unbound
from tests.attacks.verifying import verified
from tests.clauses.intake_petitions import BASE, give_key, letter, register
from tests.clauses.test_intake_sealed import CANARIES, deliver, register_sealed
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake", "notifications"))


def classed(world: World) -> str:
    """A petition without a person, then classed as reporting on one; gives its id."""
    petition = str(register(world, letter(subject_ids=[], class_code=None))["id"])
    paper = {"class_code": "unit_team", "subject_ids": ["p-edu-vice"]}
    assert world.as_("clerk1").act(f"{BASE}/{petition}/classify_petition", paper).status == 200
    return petition


def test_who_is_reported_cannot_be_guessed_from_a_stored_request(world: World) -> None:
    petition = classed(world)
    paper = {"class_code": "unit_team", "subject_ids": ["p-edu-vice"]}
    guess = sha256(canonical([petition, 1, paper, []])).digest()
    with world.runtimes["intake"].db.read() as session:
        stored = set(session.scalars(select(tables.AcceptedAct.request_digest)))
    assert stored
    assert guess not in stored


def test_delivery_shreds_the_salts_of_what_the_trail_says_of_the_content(world: World) -> None:
    give_key(world)
    petition = register_sealed(world)
    with world.runtimes["intake"].db.read() as session:
        scans = session.scalars(
            select(tables.Attachment.id).where(tables.Attachment.subject_id == petition)
        ).all()
    assert deliver(world, petition).status == 200
    with world.runtimes["intake"].db.read() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.subject_id.in_([petition, *scans]))
        ).all()
    salted = [entry.act for entry in entries if entry.salts]
    assert {entry.act for entry in entries} == {
        "register_petition",
        "upload_attachment",
        "escalate_petition",
    }
    assert salted == ["escalate_petition"]
    assert verified(world).ok


def test_delivery_empties_the_databases_own_log(world: World, tmp_path: Path) -> None:
    give_key(world)
    petition = register_sealed(world)
    with world.runtimes["intake"].db.read() as session:
        wrapped = session.get_one(tables.CaseKey, petition).wrapped
    log = tmp_path / "intake.db-wal"
    assert wrapped in log.read_bytes()
    assert deliver(world, petition).status == 200
    left = log.read_bytes() + (tmp_path / "intake.db").read_bytes()
    assert wrapped not in left
    assert petition.encode() + b"p-edu-vice" not in left
    for canary in CANARIES[:-1]:
        assert canary.encode() not in left


def test_a_reader_delays_the_emptying_and_the_next_write_makes_up_for_it(
    world: World, tmp_path: Path
) -> None:
    give_key(world)
    petition = register_sealed(world)
    runtime = world.runtimes["intake"]
    with runtime.db.read() as session:
        wrapped = session.get_one(tables.CaseKey, petition).wrapped
        assert deliver(world, petition).status == 200
    log = tmp_path / "intake.db-wal"
    assert wrapped in log.read_bytes()
    with runtime.db.write() as session:
        session.add(tables.RevokedSession(session_id="x"))
    assert wrapped not in log.read_bytes() + (tmp_path / "intake.db").read_bytes()


def test_an_upload_that_no_act_cites_is_erased_and_nobody_reads_it_before(world: World) -> None:
    petition = str(register(world, account="clerk1")["id"])
    clerk = world.as_("clerk1")
    left, cited = clerk.upload("intake"), clerk.upload("intake")
    attached = [{"kind": "petition_original", "id": cited}]
    other = str(register(world, letter(summary="另一封信"), attachments=attached)["id"])
    for account in ("clerk1", "head1", "sys", "xfhead"):
        for item in (petition, other):
            assert world.as_(account).get(f"{BASE}/{item}/attachments/{left}").status in (403, 404)
    with world.runtimes["intake"].db.write() as session:
        assert forget_unbound(session, real_now() - timedelta(hours=1)) == 0
        assert forget_unbound(session, real_now() + timedelta(hours=1)) == 1
    with world.runtimes["intake"].db.read() as session:
        assert session.get(tables.Attachment, left) is None
        assert session.get(tables.CaseKey, left) is None
    assert clerk.get(f"{BASE}/{other}/attachments/{cited}").status == 200
