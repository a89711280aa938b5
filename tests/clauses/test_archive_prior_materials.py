"""The archive gives a team what it has of the unit from an earlier round (XC-4.3b)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from contracts.events.base import Event
from contracts.events.inspection_entry import PriorMaterialsRequested
from contracts.events.inspection_rounds import TeamAuthorised
from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from services.chassis.work import begin
from tests.clause_proof import proves, saw
from tests.clauses.archive_steps import ArchiveSteps
from tests.clauses.round_steps import RoundWorld

NEXT = {"round_id": "next-round", "team_id": "next-team"}


@pytest.fixture
def w(tmp_path: Path) -> ArchiveSteps:
    return ArchiveSteps(tmp_path, services=("inspection", "archive"))


def tell(w: RoundWorld, event: Event) -> None:
    """An event of inspection, as a later round would cause it."""
    with begin(w.world.runtimes["inspection"]) as work:
        work.emit(event, "team/next-team", 0)
    w.world.pump()


def authorise(w: RoundWorld, *units: str) -> None:
    on = date(2026, 3, 2)
    tell(w, TeamAuthorised(leader_id="p-zu4", units=units, announced_on=on, **NEXT))


def answers(w: RoundWorld, team: str = "next-team") -> list[dict[str, Any]]:
    """What archive told a team, seen as an event."""
    with w.world.runtimes["archive"].db.read() as session:
        query = select(tables.Outbox.body).where(tables.Outbox.type == "archive.prior_materials_provided.v1")
        envelopes = [json.loads(body) for body in session.scalars(query.order_by(tables.Outbox.id))]
    found = [one for one in envelopes if one["data"]["team_id"] == team]
    for one in found:
        saw("event", one["dwclauses"].split(","), one["type"])
    return [one["data"] for one in found]


@proves("XC-4.3b", check=1)
def test_three_papers_of_the_last_accepted_file_are_released(w: ArchiveSteps) -> None:
    kept = w.accepted(w.file_being_made_up())
    authorise(w, "edu")
    tell(w, PriorMaterialsRequested(unit_id="edu", **NEXT))
    [answer] = answers(w)
    number = w.item(kept)["no"]
    names = ("inspection_report", "feedback_opinion", "rectification_report")
    assert answer["items"] == [f"{number}:{name}" for name in names]
    assert answer["first_inspection"] is False
    assert [one["act"] for one in w.item(kept)["timeline"]][-1] == "release_prior_materials"


@proves("XC-4.3b", check=2)
def test_a_team_that_does_not_inspect_the_unit_gets_nothing(w: ArchiveSteps) -> None:
    """The right one is answered beside it."""
    w.accepted(w.file_being_made_up())
    authorise(w, "hou")
    tell(w, PriorMaterialsRequested(unit_id="edu", **NEXT))
    assert answers(w) == []
    with w.world.runtimes["archive"].db.read() as session:
        refused = select(AuditEntry).where(AuditEntry.act == "release_prior_materials")
        entries = [(e.outcome, e.code, e.subject_id) for e in session.scalars(refused)]
    assert ("refused", "ACCESS_DENIED", "next-team") in entries
    tell(w, PriorMaterialsRequested(unit_id="hou", **NEXT))
    assert [one["unit_id"] for one in answers(w)] == ["hou"]


@proves("XC-4.3b", check=3)
def test_of_a_unit_without_an_earlier_file_the_team_is_told_so(tmp_path: Path) -> None:
    """A file of the same round is none; the answer stands in the files of the team."""
    w = RoundWorld(tmp_path, services=("inspection", "archive"))
    unit = w.unit_at("briefed")
    w.world.pump()
    [answer] = answers(w, w.team_at(unit).rpartition("/")[2])
    assert (answer["items"], answer["first_inspection"], answer["unit_id"]) == ([], True, "edu")
    [paper] = [p for p in w.item(unit)["papers"] if p["kind"] == "PriorMaterialsNote"]
    form = w.item(f"{unit}/papers/{paper['id']}", w.leader)["form"]
    assert form == {"archive_items": [], "first_inspection": True}
    assert w.leader_2.get(unit).status == 404
