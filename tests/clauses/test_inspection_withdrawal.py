"""A team withdraws, and then holds nothing (XC-16.3b, XC-28)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.chassis.audit.tables import AuditEntry
from tests.clause_proof import proves
from tests.clauses.round_steps import ASSETS, RoundWorld, done, refused
from tests.clauses.test_inspection_materials import CATALOGUE, MATERIALS, RECEIPT, RETURN
from tests.world import Answer, Client

CHECK: dict[str, Any] = {
    "checker_id": "p-zu2",
    "checked_on": "2026-03-02",
    "papers_checked": True,
    "destruction_checked": True,
    "devices_checked": True,
}
LEFT = {"withdrawn_on": "2026-03-02"}
DESTROYED = {"item_no": "CG-1", "destroyed_by_id": "p-zu3", "destroyed_on": "2026-03-02"}
ZERO = {"computer_returned": True, "notebook_returned": True, "holds_nothing": True}
COMPUTER: dict[str, Any] = {
    "asset_no": "JSJ-1",
    "type_code": "computer",
    "level_code": "secret",
    "holder_id": "p-zu3",
}
BACK: dict[str, Any] = {"returned_on": "2026-03-02", "wiped_on": "2026-03-02"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    return w.unit_at("entered")


def material(w: RoundWorld, unit: str, *, documents: Sequence[str] = (), **changes: object) -> str:
    done(w.do(unit, "issue_catalogue", CATALOGUE, by=w.member))
    paper = RECEIPT | {"engagement_id": unit.rpartition("/")[2]} | changes
    answer = done(w.do(MATERIALS, "receive_material", paper, by=w.member, documents=documents))
    return f"{MATERIALS}/{answer.body['id']}"


def computer(w: RoundWorld, unit: str) -> str:
    paper = COMPUTER | {"team_id": w.team_at(unit).rpartition("/")[2]}
    return f"{ASSETS}/{done(w.do(ASSETS, 'issue_asset', paper, by=w.leader)).body['id']}"


def closed(w: RoundWorld, unit: str, **changes: object) -> str:
    done(w.do(unit, "close_fieldwork", by=w.leader))
    done(w.do(unit, "check_security", CHECK | changes, by=w.deputy))
    return unit


def leave(w: RoundWorld, unit: str, **changes: object) -> Answer:
    return w.do(unit, "withdraw", LEFT | changes, by=w.leader)


def zero(w: RoundWorld, unit: str, by: Client, **changes: object) -> Answer:
    return w.do(w.team_at(unit), "sign_zero_holding", ZERO | changes, by=by)


@proves("XC-16.2b", check=2)
@proves("XC-16.3b", check=1)
@proves("XC-28.2a", check=2)
def test_nobody_withdraws_over_an_item_of_the_unit(w: RoundWorld, unit: str) -> None:
    material(w, unit)
    answer = leave(w, closed(w, unit))
    refused(answer, "ITEMS_OUTSTANDING", "XC-16.3b", "XC-16.2b", "XC-28.2a")
    assert "ML-1" in answer.body["detail"]


@proves("XC-16.3b", check=2)
def test_what_came_back_on_the_day_itself_is_in_time(w: RoundWorld, unit: str) -> None:
    item = material(w, unit)
    closed(w, unit)
    done(w.do(item, "return_material", RETURN, by=w.member))
    answer = done(leave(w, unit))
    assert (answer.body["state"], "XC-16.3b" in answer.body["clauses"]) == ("withdrawn", True)


@proves("XC-28.1a", check=1)
@pytest.mark.parametrize("talked", [False, True])
def test_the_talk_before_withdrawal_may_be_left_out(w: RoundWorld, unit: str, *, talked: bool) -> None:
    if talked:
        talk = {"held_on": "2026-03-02", "principal_id": "p-edu-head", "content": "沟通"}
        done(w.do(unit, "talk_before_withdrawal", talk, by=w.leader))
        strange = w.do(unit, "talk_before_withdrawal", talk | {"principal_id": "p-edu-vice"}, by=w.leader)
        refused(strange, "WRONG_ADDRESSEE", "XC-28.1a")
    answer = done(leave(w, closed(w, unit)))
    assert ("XC-28.1a" in answer.body["clauses"], w.gaps(unit, "XC-28.1a")) == (True, set())


@proves("XC-28.2a", check=1)
def test_classified_material_is_given_back_by_its_custodian(w: RoundWorld, unit: str) -> None:
    item = material(w, unit, classified=True, reader_ids=["p-zu3"])
    refused(w.do(item, "return_material", RETURN, by=w.leader), "WRONG_ROLE", "XC-28.2a")
    done(w.do(item, "return_material", RETURN, by=w.member))


@proves("XC-28.2b", check=1)
def test_a_device_is_wiped_before_it_goes_back(w: RoundWorld, unit: str) -> None:
    item = computer(w, unit)
    answer = w.do(item, "return_asset", {"returned_on": "2026-03-02"}, by=w.leader)
    refused(answer, "PRECONDITION_NOT_MET", "XC-28.2b", field="wiped_on")


@proves("XC-28.2b", check=2)
def test_a_device_that_was_wiped_afterwards_was_not(w: RoundWorld, unit: str) -> None:
    item = computer(w, unit)
    answer = w.do(item, "return_asset", BACK | {"wiped_on": "2026-03-03"}, by=w.leader)
    refused(answer, "WRONG_STATE", "XC-28.2b", field="wiped_on")
    done(w.do(item, "return_asset", BACK, by=w.leader))


@proves("XC-28.3a", check=1)
@pytest.mark.parametrize("item", [{"item_no": "ML-1"}, {"to_archive": True}])
def test_what_goes_back_or_into_the_archive_is_not_destroyed(
    w: RoundWorld, unit: str, item: dict[str, object]
) -> None:
    material(w, unit)
    answer = w.do(unit, "destroy_leftovers", {"items": [DESTROYED | item]}, by=w.member)
    refused(answer, "CONTENT_RULE", "XC-28.3a", field="items")


@proves("XC-28.3a", check=2)
def test_the_list_says_what_was_destroyed_by_whom_and_when(w: RoundWorld, unit: str) -> None:
    answer = done(w.do(unit, "destroy_leftovers", {"items": [DESTROYED]}, by=w.member))
    assert "XC-28.3a" in answer.body["clauses"]
    form = w.item(f"{unit}/papers/{answer.body['paper']}", w.member)["form"]
    assert form["items"] == [DESTROYED | {"to_archive": False}]


@proves("XC-28.3b", check=1)
def test_nobody_withdraws_unchecked(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "close_fieldwork", by=w.leader))
    refused(leave(w, unit), "PRECONDITION_NOT_MET", "XC-28.3b")
    some = w.do(unit, "check_security", CHECK | {"devices_checked": False}, by=w.deputy)
    refused(some, "MISSING_FIELD", "XC-28.3b", field="devices_checked")


@proves("XC-28.3b", check=2)
def test_who_checks_an_own_destruction_is_a_gap(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "destroy_leftovers", {"items": [DESTROYED]}, by=w.member))
    closed(w, unit, checker_id="p-zu3")
    assert w.gaps(unit, "XC-28.3b") == {"p-zu3"}
    assert "XC-28.3b" in w.item(f"{w.round_of(unit)}/compliance")["clauses"]


@proves("XC-28.3b", check=3)
def test_the_withdrawal_fixes_its_day(w: RoundWorld, unit: str) -> None:
    closed(w, unit)
    assert leave(w, unit, withdrawn_on="2026-03-03").code == "DATE_ORDER"
    answer = done(leave(w, unit))
    assert "XC-28.3b" in answer.body["clauses"]
    assert [(e["unit_id"], e["withdrawn_on"]) for e in w.events("team_withdrawn")] == [("edu", "2026-03-02")]
    assert w.item(unit)["withdrawn_on"] == "2026-03-02"


@proves("XC-28.3c", check=1)
@proves("XC-28.3d", check=1)
@proves("XC-3.3d", check=2)
def test_who_holds_a_carrier_signs_no_zero_holding(w: RoundWorld, unit: str) -> None:
    item = computer(w, unit)
    refused(zero(w, unit, w.member), "WRONG_STATE", "XC-28.3d")
    done(leave(w, closed(w, unit)))
    refused(zero(w, unit, w.member), "ITEMS_OUTSTANDING", "XC-28.3c", "XC-28.3d", "XC-3.3d")
    done(w.do(item, "return_asset", BACK, by=w.leader))
    false = zero(w, unit, w.member, holds_nothing=False)
    refused(false, "ITEMS_OUTSTANDING", "XC-28.3d", field="holds_nothing")
    done(zero(w, unit, w.member))


@proves("XC-28.3d", check=3)
def test_with_the_last_statement_the_team_holds_nothing(w: RoundWorld, unit: str) -> None:
    done(leave(w, closed(w, unit)))
    for one in (w.member, w.deputy):
        done(zero(w, unit, one))
    assert w.events("zero_holding_completed") == []
    assert "XC-28.3d" in done(zero(w, unit, w.leader)).body["clauses"]
    [event] = w.events("zero_holding_completed")
    assert (event["signed_count"], event["completed_on"]) == (3, "2026-03-02")
    assert zero(w, unit, w.leader).code == "DUPLICATE"


@proves("XC-28.3e", check=1)
def test_who_signed_reads_nothing_of_the_team_any_more(w: RoundWorld, unit: str) -> None:
    done(leave(w, closed(w, unit)))
    paper = f"{unit}/papers/{w.item(unit, w.member)['papers'][0]['id']}"
    assert w.member.get(paper).status == 200
    done(zero(w, unit, w.member))
    refused(w.member.get(paper), "ACCESS_DENIED", "XC-28.3e")
    assert ("read_paper", "p-zu3", unit.rpartition("/")[2]) in w.audited("ACCESS_DENIED")
    assert w.deputy.get(paper).status == 200


COPY = {"holder_id": "p-zu3", "copy_no": "F-1", "reason": "核对"}


@proves("XC-28.3e", check=2)
def test_a_file_of_classified_material_is_taken_with_a_copy_number_alone(w: RoundWorld, unit: str) -> None:
    item = material(w, unit, classified=True, reader_ids=["p-zu3"], documents=["material_receipt"])
    file = f"{item}/attachments/{w.item(item, w.member)['attachments'][0]['id']}"
    for reader in (w.member, w.leader):
        refused(reader.get(file), "ACCESS_DENIED", "XC-28.3e")
    assert ("read_attachment", "p-zu3", item.rpartition("/")[2]) in w.audited("ACCESS_DENIED")
    refused(
        w.do(item, "enter_copy", COPY | {"holder_id": "p-zu2"}, by=w.member),
        "OUT_OF_SCOPE",
        field="holder_id",
    )
    done(w.do(item, "enter_copy", COPY, by=w.member))
    refused(w.do(item, "enter_copy", COPY, by=w.member), "DUPLICATE", "XC-28.3e", field="copy_no")
    assert w.member.get(file).status == 200
    refused(w.leader.get(file), "ACCESS_DENIED", "XC-28.3e")
    with w.world.runtimes["inspection"].db.read() as session:
        taken = select(AuditEntry).where(AuditEntry.act == "read_attachment", AuditEntry.outcome == "read")
        [entry] = session.scalars(taken)
    assert ("F-1" in entry.body, entry.actor_person) == (True, "p-zu3")
    done(w.do(item, "return_material", RETURN, by=w.member))
    refused(w.member.get(file), "ACCESS_DENIED", "XC-28.3e")


def test_other_material_is_read_without_a_copy_number(w: RoundWorld, unit: str) -> None:
    item = material(w, unit, documents=["material_receipt"])
    assert w.member.get(f"{item}/attachments/{w.item(item, w.member)['attachments'][0]['id']}").status == 200
    refused(w.do(item, "enter_copy", COPY, by=w.member), "WRONG_STATE", "XC-28.3e")
