"""A refusal as a duplicate tells that the other item exists: only who may know of that one gets it (ruling 9)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from tests.clauses.clues_steps import CLUES, CluesWorld
from tests.clauses.test_inspection_handover import hand_over
from tests.world import Answer, World

NUMBER = {"source": "superior", "source_no": "SJ-7"}


@pytest.fixture
def here(tmp_path: Path) -> CluesWorld:
    return CluesWorld(tmp_path)


def shape(answer: Answer) -> tuple[int, list[str], list[str]]:
    """What an answer gives away without its ids and numbers."""
    return answer.status, sorted(answer.body), sorted(answer.headers)


def test_a_clue_that_is_hidden_refuses_no_registration_and_the_answer_is_that_of_a_new_number(
    here: CluesWorld,
) -> None:
    first = here.found("p-edu-sec", changes=NUMBER)
    stranger = here.world.as_("clerk2")
    assert stranger.get(f"{CLUES}/{first.body['id']}").code == "UNKNOWN_REFERENCE"
    again = here.found("p-edu-sec", changes=NUMBER, client=stranger)
    new = here.found("p-edu-sec", changes={"source": "superior", "source_no": "SJ-8"}, client=stranger)
    assert shape(again) == shape(new)
    assert again.status == 201
    assert first.body["id"] not in json.dumps(again.body)


def test_who_knows_of_either_clue_is_refused_and_the_trail_links_them(here: CluesWorld) -> None:
    first = here.found("p-edu-sec", changes=NUMBER).body["id"]
    stranger = here.world.as_("clerk2")
    second = here.found("p-edu-sec", changes=NUMBER, client=stranger).body["id"]
    for client in (here.clerk, stranger, here.head):
        assert here.found("p-edu-sec", changes=NUMBER, client=client).code == "DUPLICATE"
    with here.world.runtimes["clues"].db.read() as session:
        bodies = session.scalars(
            select(AuditEntry.body).where(AuditEntry.act == "register_clue", AuditEntry.outcome == "accepted")
        ).all()
    facts = {json.loads(body)["subject_id"]: json.loads(body)["facts"] for body in bodies}
    assert facts[second]["same_document_as"] == first
    assert "same_document_as" not in facts[first]


def test_a_handover_that_is_hidden_refuses_no_other(tmp_path: Path) -> None:
    world = World(tmp_path, services=("inspection",))
    first = hand_over(world)
    with world.runtimes["inspection"].db.write() as session:
        session.add(
            tables.Party(subject_kind="clue_handover", subject_id=first.body["id"], person_id="p-xc1")
        )
    assert world.as_("xc1").get(f"/inspection/handovers/{first.body['id']}").code == "UNKNOWN_REFERENCE"
    again = hand_over(world)
    assert shape(again) == shape(hand_over(world, clue_no="8"))
    assert hand_over(world).code == "DUPLICATE"
