"""Petitions that are nobody's here: slips, sent after the fieldwork, passed on in one batch (XC-39)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.archive_steps import ArchiveSteps
from tests.clauses.petition_steps import direct, petition
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.clauses.test_inspection_withdrawal import closed, leave
from tests.world import Answer, Client

SLIPS, REFERRALS = "/inspection/referral-slips", "/inspection/petition-referrals"
FIRST, SECOND = 1, 2
"""Numbers of entries of the team's ledger, in the order in which they were made."""
SLIP: dict[str, Any] = {
    "reason_out_of_scope": "反映的是民事纠纷",
    "reason_not_unit_jurisdiction": "由外省机关管辖",
}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    """With two petitions in the ledger that are nobody's here."""
    made = w.unit_at("entered")
    for _ in (FIRST, SECOND):
        petition(w, made, nature="outside_both")
    return made


def serial(w: RoundWorld, unit: str, number: int) -> str:
    return f"{w.item(w.team_at(unit), w.member)['no']}-XF{number:03d}"


def fill(
    w: RoundWorld, unit: str, number: int = FIRST, *, by: Client | None = None, **changes: object
) -> Answer:
    of = {"engagement_id": unit.rpartition("/")[2], "petition_serial": serial(w, unit, number)}
    paper = SLIP | of | changes
    return w.do(SLIPS, "fill_referral_slip", paper, by=by or w.member)


def filled(w: RoundWorld, unit: str, number: int = FIRST, **changes: Any) -> str:
    return f"{SLIPS}/{done(fill(w, unit, number, **changes)).body['id']}"


def send(w: RoundWorld, slip: str, **by: Client) -> Answer:
    return w.do(slip, "send_referral_slip", documents=("petition_material",), by=by.get("by", w.member))


def refer(w: RoundWorld, unit: str, *numbers: int, by: Client | None = None, blind: str = "") -> Answer:
    serials = [serial(w, unit, one) for one in numbers]
    paper = {
        "round_id": w.item(unit)["round_id"],
        "petition_serials": [*serials, blind] if blind else serials,
        "referral_form_ids": ["ZB-1"],
        "referred_on": "2026-03-02",
    }
    return w.do(REFERRALS, "refer_petitions", paper, by=by, documents=("petition_referral_form",))


@proves("XC-39.0a", check=1)
@pytest.mark.parametrize("field", ["reason_not_unit_jurisdiction", "reason_out_of_scope"])
def test_a_slip_says_why_the_petition_is_nobodys_here(w: RoundWorld, unit: str, field: str) -> None:
    without: dict[str, Any] = {field: ""}
    refused(fill(w, unit, **without), "MISSING_FIELD", "XC-39.0a", field=field)
    answer = done(fill(w, unit))
    assert ("XC-39.0a" in answer.body["clauses"], answer.body["state"]) == (True, "filled")


@proves("XC-39.0a", check=2)
@pytest.mark.parametrize("field", ["within_unit_jurisdiction", "within_inspection_scope"])
def test_what_is_the_units_or_the_inspections_gets_no_slip(w: RoundWorld, unit: str, field: str) -> None:
    within: dict[str, Any] = {field: True}
    refused(fill(w, unit, **within), "OUT_OF_SCOPE", "XC-39.0a", field=field)


def test_each_petition_has_one_slip_of_its_own_team(w: RoundWorld, unit: str) -> None:
    filled(w, unit)
    assert fill(w, unit, by=w.leader).code == "DUPLICATE"
    assert fill(w, unit, by=w.leader_2, petition_serial="XF002").code == "UNKNOWN_REFERENCE"
    assert fill(w, unit, by=w.office, petition_serial="XF002").code == "WRONG_ROLE"


@proves("XC-39.0b", check=1)
def test_while_the_team_is_on_site_no_slip_is_sent(w: RoundWorld, unit: str) -> None:
    slip = filled(w, unit)
    refused(send(w, slip), "PRECONDITION_NOT_MET", "XC-39.0b")
    assert w.item(slip, w.member)["state"] == "filled"


@proves("XC-39.0b", check=2)
def test_from_the_day_of_the_withdrawal_on_slips_are_sent(w: RoundWorld, unit: str) -> None:
    slip = filled(w, unit)
    done(leave(w, closed(w, unit)))
    refused(w.do(slip, "send_referral_slip", by=w.member), "MISSING_DOCUMENT", "XC-39.0b")
    answer = done(send(w, slip))
    assert ("XC-39.0b" in answer.body["clauses"], answer.body["state"]) == (True, "sent")


def test_the_office_knows_of_a_slip_from_its_sending_on(w: RoundWorld, unit: str) -> None:
    slip = filled(w, unit)
    assert w.office.get(slip).code == "UNKNOWN_REFERENCE"
    for stranger in (w.deputy, w.leader_2, w.head, w.world.as_("edu-head")):
        assert stranger.get(slip).code == "UNKNOWN_REFERENCE"
    done(leave(w, closed(w, unit)))
    done(send(w, slip, by=w.leader))
    assert w.item(slip, w.office)["petition_serial"] == serial(w, unit, FIRST)


@proves("XC-39.0b", check=3)
def test_over_an_unsent_slip_no_archive_is_handed_over(tmp_path: Path) -> None:
    w = ArchiveSteps(tmp_path)
    file = w.file_being_made_up()
    unit = f"/inspection/engagements/{w.item(file, w.member)['engagement_id']}"
    petition(w, unit, nature="outside_both")
    slip = filled(w, unit)
    done(w.close(file))
    refused(w.hand_over(file), "ITEMS_OUTSTANDING", "XC-39.0b")
    done(send(w, slip))
    assert "XC-39.0b" in done(w.hand_over(file)).body["clauses"]


@proves("XC-39.0c", check=1)
def test_a_team_does_not_pass_the_office_by(w: RoundWorld, unit: str) -> None:
    refused(refer(w, unit, FIRST, by=w.leader), "WRONG_ROUTE", "XC-39.0c")
    assert w.events("petitions_referred") == []


@proves("XC-39.0c", check=2)
def test_the_slips_go_on_with_their_batch(w: RoundWorld, unit: str) -> None:
    """That intake registers each of them once, by hand, is proven with its receipt (XC-39.0d)."""
    first, second = filled(w, unit), filled(w, unit, SECOND)
    done(leave(w, closed(w, unit)))
    done(send(w, first))
    answer = done(refer(w, unit, FIRST))
    assert "XC-39.0c" in answer.body["clauses"]
    assert [e["petition_serials"] for e in w.events("petitions_referred")] == [[serial(w, unit, FIRST)]]
    assert [w.item(one, w.member)["state"] for one in (first, second)] == ["referred", "filled"]


@proves("XC-39.0c", check=3)
def test_what_is_delivered_directly_is_in_no_batch(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    petition(w, unit)
    blind = w.item(direct(w, unit), w.leader)["no"]
    refused(refer(w, unit, FIRST, blind=blind), "SEALED_ITEM", "XC-39.0c", field="petition_serials")
    assert w.events("petitions_referred") == []
    done(refer(w, unit, FIRST))
