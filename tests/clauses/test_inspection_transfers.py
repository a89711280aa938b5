"""The sending side: clues to their receivers by three routes, petitions to the petition office in batches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.transfer_steps import LEDGER, TransferWorld
from tests.world import Answer

REFERRALS = "/inspection/petition-referrals"


@pytest.fixture
def here(tmp_path: Path) -> TransferWorld:
    return TransferWorld(tmp_path)


@pytest.mark.parametrize("route", ["final", "rectify_now", "investigate_now"])
def test_a_clue_leaves_with_the_references_of_its_route_and_without_its_content(
    here: TransferWorld, route: str
) -> None:
    answer = done(here.send(route))
    assert (answer.body["no"], answer.body["state"]) == ("XCXS-2026-00001", "transferred")
    [event] = here.told("inspection.clue_transferred", "inspection")
    given = {"form_id", "consent_ref", "handover_sheet_id"}
    needed = {"form_id", "handover_sheet_id"} if route == "final" else {"consent_ref"}
    assert {name for name in given if event[name]} == needed
    assert (event["clue_no"], event["route"], event["subject_ids"]) == (
        "XCXS-2026-00001", route, ["p-edu-sec"],
    )  # fmt: skip
    assert "summary" not in event
    here.world.pump()
    assert here.sent("XCXS-2026-00001")["state"] == "registered"


@pytest.mark.parametrize(
    ("route", "changes", "code", "field"),
    [
        ("final", {"form_id": ""}, "MISSING_FIELD", "form_id"),
        ("final", {"handover_sheet_id": ""}, "MISSING_FIELD", "handover_sheet_id"),
        ("rectify_now", {"consent_ref": ""}, "MISSING_FIELD", "consent_ref"),
        ("investigate_now", {"consent_ref": ""}, "MISSING_FIELD", "consent_ref"),
        ("final", {"unit_id": "nowhere"}, "UNKNOWN_REFERENCE", "unit_id"),
        ("final", {"subject_ids": ["p-nobody"]}, "UNKNOWN_REFERENCE", "subject_ids"),
        ("final", {"subject_ids": ["p-xc1"]}, "CONFLICT_OF_INTEREST", "subject_ids"),
        ("final", {"transferred_on": "2026-03-03"}, "DATE_ORDER", "transferred_on"),
        ("final", {"receiver": "petition_office"}, "OUT_OF_RANGE", "receiver"),
    ],
)
def test_what_does_not_fit_its_route_is_not_transferred(
    here: TransferWorld, route: str, changes: dict[str, Any], code: str, field: str
) -> None:
    answer = here.send(route, **changes)
    assert (answer.code, answer.body["field"]) == (code, field)
    assert here.inspection.get(LEDGER).body["items"] == []
    assert here.told("inspection.clue_transferred", "inspection") == []


@pytest.mark.parametrize(
    ("route", "missing", "clause"),
    [
        ("final", "handover_sheet", "XC-37.3b"),
        ("final", "transfer_approval_form", "XC-37.3b"),
        ("rectify_now", "immediate_rectification_proposal", "XC-25.0d"),
        ("investigate_now", "investigation_proposal", "XC-26.0c"),
    ],
)
def test_without_the_scans_of_its_route_no_clue_is_transferred(
    here: TransferWorld, route: str, missing: str, clause: str
) -> None:
    scans = tuple(one for one in ("transfer_approval_form", "handover_sheet") if one != missing)
    answer = here.send(route, scans=scans if route == "final" else ())
    refused(answer, "MISSING_DOCUMENT", clause)
    assert answer.body["field"] == f"attachments.{missing}"


@proves("XC-26.0c", check=2)
def test_a_clue_of_a_round_is_transferred_once_by_whatever_route(here: TransferWorld) -> None:
    done(here.send("final"))
    refused(here.send("investigate_now"), "DUPLICATE", "XC-26.0c")
    refused(here.send("final"), "DUPLICATE", "XC-37.3b")
    done(here.send("investigate_now", found_no="8"))
    done(here.send("investigate_now", round_id="2026-2"))
    assert len(here.told("inspection.clue_transferred", "inspection")) == 3


def test_the_ledger_is_the_inspection_offices_own(here: TransferWorld) -> None:
    item = done(here.send()).body["id"]
    for account in ("clerk1", "head1", "ags1", "leader", "sys"):
        assert here.world.as_(account).get(f"{LEDGER}/{item}").code == "UNKNOWN_REFERENCE"
        assert here.send(by=here.world.as_(account)).code == "WRONG_ROLE"


def refer(here: TransferWorld, *serials: str, scan: bool = True, **changes: object) -> Answer:
    paper: dict[str, object] = {
        "round_id": "2026-1",
        "petition_serials": list(serials),
        "referral_form_ids": ["ZB-1"],
        "referred_on": "2026-03-02",
    }
    kinds = ("petition_referral_form",) if scan else ()
    attached = [{"kind": kind, "id": here.inspection.upload("inspection")} for kind in kinds]
    return here.inspection.act(f"{REFERRALS}/refer_petitions", paper | changes, attachments=attached)


def test_a_batch_goes_to_the_petition_office_and_its_receipt_comes_back(here: TransferWorld) -> None:
    batch = done(refer(here, "XJ-1", "XJ-2")).body
    here.world.pump()
    assert here.world.parked() == []
    office = here.world.as_("xf1")
    [there] = office.get("/intake/referrals").body["items"]
    assert (there["batch_ref"], there["expected"]) == (batch["no"], 2)
    entry = {
        "batch_id": there["id"],
        "received_on": "2026-03-02",
        "unit_id": "edu",
        "class_code": "out_of_scope",
    }
    receipt = f"/intake/referrals/{there['id']}/receipt_referral"
    for number, serial in enumerate(("XJ-1", "XJ-2")):
        answer = office.act(receipt, {"received_on": "2026-03-02"})
        refused(answer, "MISSING_DOCUMENT", "XC-39.0d")
        assert answer.body["field"] == f"serials.{serial}"
        paper = entry | {"serial": serial, "summary": f"移交件{number}"}
        done(office.act("/intake/petitions/register_referred", paper))
    done(office.act(receipt, {"received_on": "2026-03-02"}))
    here.world.pump()
    [line] = here.inspection.get(REFERRALS).body["items"]
    assert (line["no"], line["state"], line["receipted_on"]) == (batch["no"], "receipted", "2026-03-02")


def test_a_serial_is_referred_once_with_its_slips_and_not_before_its_day(here: TransferWorld) -> None:
    assert refer(here, "XJ-1", "XJ-1").code == "DUPLICATE"
    refused(refer(here, "XJ-1", scan=False), "MISSING_DOCUMENT", "XC-39.0c")
    assert refer(here, "XJ-1", referred_on="2026-03-03").code == "DATE_ORDER"
    assert refer(here).code == "INVALID_FIELD"
    done(refer(here, "XJ-1", "XJ-2"))
    answer = refer(here, "XJ-2", "XJ-3")
    assert (answer.code, answer.body["field"]) == ("DUPLICATE", "petition_serials")
    done(refer(here, "XJ-2", round_id="2026-2"))
    assert len(here.told("inspection.petitions_referred", "inspection")) == 2
