"""Sanctions in the integrity files: each decision once, a file opened where there was none, and who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.events.clues_cases import SanctionDecided, SanctionExecuted
from services.chassis import inbox
from services.chassis.audit.tables import AuditEntry
from services.chassis.bus.message import Delivery
from services.chassis.clock import real_now
from tests.attacks.twins import load_names
from tests.clause_proof import proves, saw
from tests.world import World

FILES = "/archive/integrity-files"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, services=("intake", "archive", "notifications", "desk"))
    load_names(made)
    yield made
    made.close()


def hear(world: World, number: int, event: Event) -> None:
    """Let archive take in an event of clues, as the `number`th of that stream, under an id of its own."""
    envelope = Envelope(
        id=uuid4().hex, type=event.wire_type(), source="/clues", time=real_now(), subject=f"case/{number}",
        data=event.model_dump(mode="json"), dwversion=1, dwtime="simulated",
    )  # fmt: skip
    saw("event", event.CLAUSES, event.TYPE)
    headers = {"dw-producer": "clues", "dw-epoch": 1, "dw-sequence": number, "dw-previous": 0}
    archive = world.runtimes["archive"]
    inbox.take(archive, [Delivery(envelope.to_json(), headers, envelope.id, redelivered=False)])
    while inbox.apply_due(archive):
        pass


def decided(**changes: Any) -> SanctionDecided:
    given: dict[str, Any] = {
        "case_id": "case-1", "person_id": "p-edu-sec", "sanction_code": "serious_warning",
        "form_code": "second_form", "decided_by": "unit_party_committee", "decided_on": date(2026, 3, 2),
    }  # fmt: skip
    return SanctionDecided.model_validate(given | changes)


def files(world: World, account: str = "head1") -> list[dict[str, Any]]:
    answer = world.as_(account).get(FILES)
    assert answer.status == 200, answer.body
    return list(answer.body["items"])


@proves("LZ-17.17", check=2)
def test_a_decision_goes_into_the_persons_integrity_file_once(world: World) -> None:
    for number in (1, 2):
        hear(world, number, decided())
    [file] = files(world)
    assert (file["person_id"], file["entries"], file["latest_on"]) == ("p-edu-sec", 1, "2026-03-02")
    hear(world, 3, decided(sanction_code="demerit"))
    hear(world, 4, decided(case_id="case-2", decided_on=date(2026, 3, 9)))
    [file] = files(world)
    assert (file["entries"], file["latest_on"]) == (3, "2026-03-09")
    shown = world.as_("clerk2").get(f"{FILES}/{file['id']}").body
    facts = [paper for paper in shown["papers"] if paper["kind"] == "IntegrityFact"]
    assert len(facts) == 3
    papers = [world.as_("clerk2").get(f"{FILES}/{file['id']}/papers/{one['id']}").body for one in facts]
    assert sorted(paper["form"]["code"] for paper in papers) == ["demerit", *["serious_warning"] * 2]
    assert "LZ-17.17" in str(entries(world, file["id"])[-1].body)


def entries(world: World, item: str) -> list[AuditEntry]:
    with world.runtimes["archive"].db.read() as session:
        return session.query(AuditEntry).filter_by(subject_id=item, act="add_to_integrity_file").all()


def test_the_execution_is_entered_for_everybody_who_was_sanctioned_in_the_case(world: World) -> None:
    hear(world, 1, decided())
    hear(world, 2, decided(person_id="p-edu-clerk"))
    hear(world, 3, decided(person_id="p-hou-sec", case_id="case-2"))
    for number in (4, 5):
        hear(world, number, SanctionExecuted(case_id="case-1", verified_on=date(2026, 3, 20)))
    assert {(one["person_id"], one["entries"]) for one in files(world, "leader")} == {
        ("p-edu-sec", 2), ("p-edu-clerk", 2), ("p-hou-sec", 1),
    }  # fmt: skip


def test_an_integrity_file_is_the_offices_and_the_commissions_and_never_the_persons(world: World) -> None:
    hear(world, 1, decided(person_id="p-edu-clerk"))
    [file] = files(world)
    for account in ("edu-clerk", "edu-head", "head2", "da1", "sys", "jd1", "xf1"):
        assert files(world, account) == []
        assert world.as_(account).get(f"{FILES}/{file['id']}").status == 404
    hear(world, 2, decided(person_id="p-clerk2"))
    assert [one["person_id"] for one in files(world, "clerk2")] == ["p-edu-clerk"]
    assert len(files(world, "leader")) == 2
