"""A clue that an inspection team found is handed to the office that disposes of it (LZ-20.12)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis import tables
from services.chassis.audit.tables import AuditEntry
from tests.clause_proof import proves
from tests.world import Answer, Client, World

PATH = "/inspection/handovers/hand_over_clue"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("inspection",))


def sheet(**changes: object) -> dict[str, object]:
    return {"round_id": "2026-1", "clue_no": "7", "unit_id": "edu", "office_id": "pz1", "subject_ids": ["p-edu-sec"],
            "handed_on": "2026-03-02", "summary": "巡察发现某科级干部违规问题"} | changes  # fmt: skip


def forms(client: Client, *kinds: str) -> list[dict[str, str]]:
    wanted = kinds or ("transfer_approval_form", "handover_sheet")
    return [{"kind": kind, "id": client.upload("inspection")} for kind in wanted]


def hand_over(world: World, who: str = "xc1", **changes: object) -> Answer:
    client = world.as_(who)
    return client.act(PATH, sheet(**changes), attachments=forms(client))


def events(world: World) -> list[dict[str, Any]]:
    with world.runtimes["inspection"].db.read() as session:
        rows = session.scalars(
            select(tables.Outbox).where(tables.Outbox.type == "inspection.clue_handed_over.v1")
        )
        return [json.loads(row.body) for row in rows]


def test_a_clue_is_handed_over_with_references_only(world: World) -> None:
    answer = hand_over(world)
    assert (answer.status, answer.body["state"], answer.body["no"]) == (201, "handed_over", "XCYJ-2026-00001")
    assert answer.body["clauses"] == ["LZ-20.12"]
    (event,) = events(world)
    assert event["data"] == {
        "handover_id": answer.body["id"], "round_id": "2026-1", "unit_id": "edu", "office_id": "pz1",
        "subject_ids": ["p-edu-sec"], "handed_on": "2026-03-02",
    }  # fmt: skip
    assert "巡察发现" not in json.dumps(event, ensure_ascii=False)


def test_the_same_clue_of_a_round_is_handed_over_once(world: World) -> None:
    hand_over(world)
    assert hand_over(world).code == "DUPLICATE"
    assert hand_over(world, subject_ids=["p-edu-clerk"]).code == "DUPLICATE"
    assert hand_over(world, clue_no="8").status == 201
    assert hand_over(world, round_id="2026-2").status == 201
    assert len(events(world)) == 3


def test_a_repeated_request_is_answered_as_before_and_hands_over_once(world: World) -> None:
    client = world.as_("xc1")
    attached = forms(client)
    first = client.act(PATH, sheet(), attachments=attached, key="k1")
    again = client.act(PATH, sheet(), attachments=attached, key="k1")
    assert (first.status, again.status, again.body["id"]) == (201, 200, first.body["id"])
    assert len(events(world)) == 1


@proves("XC-37.2a", check=1)
def test_no_clue_is_transferred_without_its_approval_form(world: World) -> None:
    client = world.as_("xc1")
    refused = client.act(PATH, sheet(), attachments=forms(client, "handover_sheet"))
    assert (refused.code, refused.body["field"]) == ("MISSING_DOCUMENT", "attachments.transfer_approval_form")
    assert "XC-37.2a" in refused.body["clauses"]
    assert events(world) == []


def test_no_clue_is_transferred_without_the_handover_sheet(world: World) -> None:
    client = world.as_("xc1")
    refused = client.act(PATH, sheet(), attachments=forms(client, "transfer_approval_form"))
    assert (refused.code, refused.body["clauses"][0]) == ("MISSING_DOCUMENT", "XC-37.1b")


def test_only_the_inspection_office_hands_over(world: World) -> None:
    for who in ("clerk1", "head1", "leader", "sys"):
        assert hand_over(world, who).code == "WRONG_ROLE"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"office_id": "pz2"}, "WRONG_ADDRESSEE", "office_id"),
        ({"office_id": "nowhere"}, "WRONG_ADDRESSEE", "office_id"),
        ({"unit_id": "nowhere"}, "UNKNOWN_REFERENCE", "unit_id"),
        ({"subject_ids": ["p-nobody"]}, "UNKNOWN_REFERENCE", "subject_ids"),
        ({"subject_ids": ["p-clerk1"]}, "CONFLICT_OF_INTEREST", "subject_ids"),
        ({"subject_ids": ["p-xc1"]}, "CONFLICT_OF_INTEREST", "subject_ids"),
        ({"handed_on": "2026-03-03"}, "DATE_ORDER", "handed_on"),
        ({"round_id": "第一轮"}, "INVALID_FIELD", "round_id"),
    ],
)  # fmt: skip
def test_a_wrong_sheet_is_refused_and_changes_nothing(
    world: World, changes: dict[str, Any], code: str, field: str
) -> None:
    refused = hand_over(world, **changes)
    assert (refused.code, refused.body["field"]) == (code, field)
    assert events(world) == []
    assert world.as_("xc1").get("/inspection/handovers").body["items"] == []


def test_the_entry_is_the_inspection_offices_alone(world: World) -> None:
    item = hand_over(world).body["id"]
    assert world.as_("xc1").get(f"/inspection/handovers/{item}").body["receiver_id"] == "pz1"
    for who in ("clerk1", "head1", "leader", "da1"):
        assert world.as_(who).get(f"/inspection/handovers/{item}").code == "UNKNOWN_REFERENCE"


def test_every_refusal_is_in_the_audit_trail(world: World) -> None:
    hand_over(world, office_id="pz2")
    with world.runtimes["inspection"].db.read() as session:
        entries = select(AuditEntry.act, AuditEntry.code).where(AuditEntry.outcome == "refused")
        assert [tuple(row) for row in session.execute(entries)] == [("hand_over_clue", "WRONG_ADDRESSEE")]
