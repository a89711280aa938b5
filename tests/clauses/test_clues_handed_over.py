"""A clue that inspection hands over becomes a clue of the office's ledger, once (LZ-20.12)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contracts.events.inspection import ClueHandedOver
from services.chassis.work import begin
from tests.clause_proof import proves
from tests.world import Client, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("inspection", "clues"))


def hand_over(world: World, subject: str) -> dict[str, Any]:
    office = world.as_("xc1")
    forms = [
        {"kind": kind, "id": office.upload("inspection")}
        for kind in ("transfer_approval_form", "handover_sheet")
    ]
    sheet = {
        "round_id": "2026-1",
        "clue_no": subject,
        "unit_id": "edu",
        "office_id": "pz1",
        "subject_ids": [subject],
        "handed_on": "2026-03-02",
        "summary": "巡察发现的问题",
    }
    answer = office.act("/inspection/handovers/hand_over_clue", sheet, attachments=forms)
    assert answer.status == 201, answer.body
    world.pump()
    assert world.parked() == []
    handed: dict[str, Any] = answer.body
    return handed


def ledger(reader: Client) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = reader.get("/clues/clues").body["items"]
    return items


@proves("LZ-20.12", check=1)
def test_a_handover_becomes_one_clue_of_source_inspection_and_a_repeat_adds_none(world: World) -> None:
    handed = hand_over(world, "p-edu-sec")
    (clue,) = ledger(world.as_("head1"))
    assert (clue["source"], clue["state"], clue["unit_id"]) == ("inspection", "registered", "edu")
    assert (clue["office_id"], clue["subject_level"]) == ("pz1", "section_staff")
    repeat = ClueHandedOver.model_validate(
        {
            "handover_id": handed["id"],
            "round_id": "2026-1",
            "unit_id": "edu",
            "office_id": "pz1",
            "subject_ids": ("p-edu-sec",),
            "handed_on": "2026-03-02",
        }
    )
    with begin(world.runtimes["inspection"]) as work:
        work.emit(repeat, f"clue_handover/{handed['id']}", 9)
    world.pump()
    assert world.parked() == []
    assert [item["id"] for item in ledger(world.as_("head1"))] == [clue["id"]]


@proves("LZ-20.12", check=2)
def test_the_office_does_not_dispose_of_a_handed_over_clue_on_a_district_managed_official(
    world: World,
) -> None:
    hand_over(world, "p-edu-vice")
    head = world.as_("head1")
    (clue,) = ledger(head)
    proposal = {"disposition_code": "inquiry", "basis": "监督执纪工作规则", "opinion": "拟函询"}
    minutes = [{"kind": "collective_study_minutes", "id": head.upload("clues")}]
    refused = head.act(f"/clues/clues/{clue['id']}/propose_disposition", proposal, attachments=minutes)
    assert refused.code == "OUT_OF_SCOPE"
    assert "LZ-12.18" in refused.body["clauses"]


def test_only_the_receiving_office_and_its_readers_know_of_it(world: World) -> None:
    hand_over(world, "p-edu-sec")
    seen = {who: len(ledger(world.as_(who))) for who in ("head1", "deputy1", "head2", "clerk2", "xc1", "sys")}
    assert seen == {"head1": 1, "deputy1": 1, "head2": 0, "clerk2": 0, "xc1": 0, "sys": 0}
