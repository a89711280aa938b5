"""Why a proposal was returned: kept with the item, told to who proposed, proven by the trail, on no bus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from services.chassis.tables import Paper
from tests.attacks.verifying import verified
from tests.clauses.clues_steps import CLUES, CluesWorld, done

REASON = "请补充集体研究意见（示例）"


@pytest.fixture
def here(tmp_path: Path) -> Iterator[CluesWorld]:
    made = CluesWorld(tmp_path)
    yield made
    made.world.close()


@pytest.fixture
def returned(here: CluesWorld) -> str:
    """A clue whose disposition the clerk proposed and the head returned."""
    clue = str(done(here.found("p-edu-sec")).body["id"])
    done(here.propose(clue))
    done(here.head.decide("clues", "clues", clue, approve=False, reason=REASON))
    return clue


def decision(body: dict[str, Any]) -> dict[str, Any]:
    [proposal] = body["proposals"]
    [one] = proposal["decisions"]
    return dict(one)


def test_who_proposed_reads_the_reason_on_the_item_and_the_reading_is_logged(
    here: CluesWorld, returned: str
) -> None:
    assert decision(here.shown(returned))["reason"] == REASON
    assert [entry.act for entry in here.audited(returned, "read")] == ["read_paper"]


def test_others_read_the_reason_as_a_paper_and_not_in_passing(here: CluesWorld, returned: str) -> None:
    body = here.shown(returned, here.deputy)
    assert "reason" not in decision(body)
    assert here.audited(returned, "read") == []
    [line] = [paper for paper in body["papers"] if paper["kind"] == "DecisionReason"]
    assert (line["id"], line["zh"]) == (decision(body)["id"], "审批意见")
    paper = here.deputy.get(f"{CLUES}/{returned}/papers/{line['id']}").body
    assert (paper["form"], paper["titles"]) == ({"reason": REASON}, {"reason": "意见"})
    assert [entry.actor_person for entry in here.audited(returned, "read")] == ["p-deputy1"]


def test_a_reason_is_told_until_it_is_proposed_again(here: CluesWorld, returned: str) -> None:
    done(here.propose(returned))
    assert all("reason" not in d for p in here.shown(returned)["proposals"] for d in p["decisions"])


def test_what_is_said_to_an_approval_is_kept_as_well(here: CluesWorld) -> None:
    clue = done(here.found("p-edu-sec")).body["id"]
    done(here.propose(clue))
    done(here.head.decide("clues", "clues", clue, reason="同意（示例）"))
    assert [p["kind"] for p in here.shown(clue)["papers"]].count("DecisionReason") == 1


def test_the_reason_stands_encrypted_and_in_no_event_and_no_audit_entry(
    here: CluesWorld, returned: str, tmp_path: Path
) -> None:
    here.world.pump()
    here.world.close()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    for spelled in (REASON.encode(), REASON.encode("unicode_escape"), REASON.encode("utf-16-le")):
        assert not [path.name for path in kept if spelled in path.read_bytes()]
    assert returned


def test_a_reason_that_is_taken_away_is_missed_by_the_audit_trail(here: CluesWorld, returned: str) -> None:
    assert returned
    assert verified(here.world).ok
    with here.world.runtimes["clues"].db.write() as session:
        session.execute(delete(Paper).where(Paper.kind == "DecisionReason"))
    assert not verified(here.world).ok
