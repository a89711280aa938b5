"""The team's own petition ledger: receivers, entries, important ones, what is only received (XC-13.1)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.petition_steps import (
    PETITIONS,
    about,
    clue_of,
    direct,
    fill,
    id_of,
    petition,
    register,
)
from tests.clauses.round_steps import AVOIDANCES, MATERIALS, SITE, RoundWorld, done, refused

INSTRUCTION = {"instruction": "pursue", "text": "请认真了解"}
IMPORTANT = {"summary": "反映主要负责人的问题", "proposed_handling": "拟深入了解"}
RECEPTION: dict[str, Any] = {
    "received_at": "2026-03-02T08:30:00+08:00",
    "place": "接待室",
    "receiver_ids": ["p-zu2", "p-zu3"],
}
SLIPS = "/inspection/referral-slips"
REASONS = {"reason_out_of_scope": "民事纠纷", "reason_not_unit_jurisdiction": "由外省机关管辖"}
PASSED = {"department": "petition_bureau", "sent_on": "2026-03-02"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    return w.unit_at("entered")


@proves("XC-13.1a", check=1)
def test_only_who_is_designated_receives_petitions(w: RoundWorld, unit: str) -> None:
    refused(register(w, unit, by=w.deputy), "WRONG_ROLE", "XC-13.1a")
    refused(register(w, unit, by=w.leader_2), "UNKNOWN_REFERENCE", field="engagement_id")
    done(register(w, unit))
    done(w.do(unit, "designate_receivers", {"designee_ids": ["p-zu2"]}, by=w.leader))
    done(register(w, unit, by=w.deputy))
    refused(register(w, unit), "WRONG_ROLE", "XC-13.1a")


@proves("XC-13.1a", check=2)
def test_no_team_enters_without_somebody_to_receive_petitions(w: RoundWorld) -> None:
    unit = w.unit_at("planned")
    for kind in MATERIALS:
        done(w.check(unit, kind_code=kind))
    done(w.do(unit, "set_up_site", SITE, by=w.member))
    done(w.do(unit, "prepare_entry", by=w.leader))
    w.met(unit)
    done(w.do(unit, "finalise_speech", {"text": "讲话稿"}, by=w.leader))
    refused(w.enter(unit), "PRECONDITION_NOT_MET", "XC-13.1a")
    strange = w.do(unit, "designate_receivers", {"designee_ids": ["p-zu5"]}, by=w.leader)
    refused(strange, "OUT_OF_SCOPE", "XC-13.1a", field="designee_ids")
    refused(w.do(unit, "designate_receivers", {"designee_ids": ["p-zu3"]}, by=w.deputy), "WRONG_ROLE")
    done(w.do(unit, "designate_receivers", {"designee_ids": ["p-zu3"]}, by=w.leader))
    assert "XC-13.1a" in done(w.enter(unit)).body["clauses"]


@proves("XC-13.1b", check=1)
def test_nothing_is_made_of_a_petition_that_is_in_no_ledger(w: RoundWorld, unit: str) -> None:
    clue = clue_of(w, unit, "", no="XF-999")
    refused(clue, "PRECONDITION_NOT_MET", "XC-13.1b", field="petition_no")
    refused(fill(w, unit, "", source_no="JS-999"), "PRECONDITION_NOT_MET", "XC-13.1b", field="source_no")
    slip = fill(w, unit, petition(w, unit))
    refused(slip, "PRECONDITION_NOT_MET", "XC-13.1b", field="source_no")
    referral = {"engagement_id": id_of(unit), "petition_serial": "XF-999"} | REASONS
    answer = w.do(SLIPS, "fill_referral_slip", referral, by=w.member)
    refused(answer, "PRECONDITION_NOT_MET", "XC-13.1b", field="petition_serial")
    serial = w.item(petition(w, unit), w.member)["no"]
    ordinary = w.do(SLIPS, "fill_referral_slip", referral | {"petition_serial": serial}, by=w.member)
    refused(ordinary, "OUT_OF_SCOPE", "XC-39.0a", field="petition_serial")


@proves("XC-13.1b", check=2)
def test_two_letters_in_one_envelope_are_two_entries(w: RoundWorld, unit: str) -> None:
    refused(register(w, unit, letters=2), "OUT_OF_RANGE", "XC-13.1b", field="letters")
    first, second = (w.item(petition(w, unit), w.member)["no"] for _ in range(2))
    team = w.item(w.team_at(unit), w.member)["no"]
    assert (first, second) == (f"{team}-XF001", f"{team}-XF002")


@proves("XC-13.1b", check=3)
def test_an_entry_is_corrected_and_never_deleted(w: RoundWorld, unit: str) -> None:
    item = petition(w, unit)
    refused(w.member.send("DELETE", item), "WRONG_STATE", "XC-13.1b")
    assert w.leader_2.send("DELETE", item).code == "UNKNOWN_REFERENCE"
    correction = {"reason": "登记有误", "nature": "in_scope", "summary": "更正后的内容"}
    bare = {key: value for key, value in correction.items() if key != "reason"}
    refused(w.do(item, "correct_entry", bare, by=w.member), "MISSING_REASON", "XC-13.1b", field="reason")
    done(w.do(item, "correct_entry", correction, by=w.member))
    papers = [p["id"] for p in w.item(item, w.member)["papers"]]
    kept = [w.item(f"{item}/papers/{one}", w.member)["form"]["summary"] for one in papers]
    assert kept == ["反映采购不规范", "更正后的内容"]


@pytest.mark.parametrize(
    ("changes", "field"), [({"summary": ""}, "summary"), ({"received_on": "2026-03-03"}, "received_on")]
)
def test_an_entry_says_what_came_and_when(w: RoundWorld, unit: str, changes: Any, field: str) -> None:
    code = "MISSING_FIELD" if field == "summary" else "DATE_ORDER"
    refused(register(w, unit, **changes), code, field=field)


@pytest.mark.parametrize("subject", [("unit_leadership", ""), ("other", "p-edu-vice")])
@proves("XC-13.1c", check=1)
def test_on_a_leader_of_the_unit_nothing_is_done_before_the_leaders_word(
    w: RoundWorld, unit: str, subject: tuple[str, str]
) -> None:
    item = petition(w, unit, **about(*subject))
    assert w.item(item, w.member)["route_code"] == "important"
    for state in ("registered", "important_submitted"):
        assert w.item(item, w.leader)["state"] == state
        refused(clue_of(w, unit, item), "APPROVAL_REQUIRED", "XC-13.1c")
        closing = w.do(item, "file_petition", {"reason": "无需了解"}, by=w.leader)
        refused(closing, "APPROVAL_REQUIRED", "XC-13.1c")
        if state == "registered":
            done(w.do(item, "submit_important_petition", IMPORTANT, by=w.member))
    done(w.do(item, "instruct_petition", INSTRUCTION, by=w.leader))
    closing = w.do(item, "file_petition", {"reason": "无需了解"}, by=w.leader)
    refused(closing, "NOT_AGREED", "XC-13.1c")
    done(clue_of(w, unit, item))
    assert w.item(item, w.leader)["state"] == "turned_into_clue"


@proves("XC-13.1c", check=2)
def test_a_principal_one_level_down_makes_it_important_by_itself(w: RoundWorld, unit: str) -> None:
    answer = done(register(w, unit, **about("next_level_principal"), important=False))
    assert "XC-13.1c" in answer.body["clauses"]
    assert w.item(f"{PETITIONS}/{answer.body['id']}", w.member)["route_code"] == "important"
    assert w.item(petition(w, unit, important=True), w.member)["route_code"] == "important"
    assert w.item(petition(w, unit, **about("other")), w.member)["route_code"] == "ordinary"


@proves("XC-13.1c", check=3)
def test_the_instruction_is_the_leaders_own(w: RoundWorld, unit: str) -> None:
    item = petition(w, unit, important=True)
    done(w.do(item, "submit_important_petition", IMPORTANT, by=w.member))
    refused(w.do(item, "instruct_petition", INSTRUCTION, by=w.deputy), "WRONG_APPROVER", "XC-13.1c")
    refused(w.do(item, "instruct_petition", INSTRUCTION, by=w.member), "WRONG_ROLE")
    done(w.do(item, "instruct_petition", INSTRUCTION | {"instruction": "file"}, by=w.leader))
    refused(clue_of(w, unit, item), "NOT_AGREED", "XC-13.1c")
    done(w.do(item, "file_petition", {"reason": "按批示存档"}, by=w.leader))
    [event] = w.events("important_petition_submitted")
    assert set(event) == {"petition_serial", "slip_id", "submitted_on"}
    assert event["petition_serial"] == w.item(item, w.leader)["no"]


def test_a_petition_about_somebody_of_the_team_is_the_directors(w: RoundWorld, unit: str) -> None:
    """No route is written for it; read as important, to the office's director (readings.yaml, A07)."""
    item = petition(w, unit, **about("other", "p-zu1"))
    assert w.leader.get(item).status == 404
    done(w.do(item, "submit_important_petition", IMPORTANT, by=w.member))
    refused(w.do(item, "instruct_petition", INSTRUCTION, by=w.deputy), "WRONG_APPROVER", "XC-13.1c")
    director = w.world.as_("xcd")
    assert w.office.get(item).status == 404
    done(w.do(item, "instruct_petition", INSTRUCTION, by=director))


@proves("XC-13.1d", check=1)
def test_of_a_personal_claim_the_team_makes_nothing(w: RoundWorld, unit: str) -> None:
    item = petition(w, unit, nature="personal_or_litigation")
    refused(clue_of(w, unit, item), "OUT_OF_SCOPE", "XC-13.1d", field="petition_no")
    slip = w.do(item, "submit_important_petition", IMPORTANT, by=w.member)
    refused(slip, "OUT_OF_SCOPE", "XC-13.1d")


@proves("XC-13.1d", check=2)
def test_a_personal_claim_is_received(w: RoundWorld, unit: str) -> None:
    answer = done(register(w, unit, nature="personal_or_litigation"))
    assert (answer.body["state"], "XC-13.1d" in answer.body["clauses"]) == ("received_only", True)


@proves("XC-13.1e", check=1)
def test_what_is_passed_on_names_its_department(w: RoundWorld, unit: str) -> None:
    item = petition(w, unit, nature="personal_or_litigation")
    receipt = ("department_receipt",)
    bare = w.do(item, "pass_to_department", {"sent_on": "2026-03-02"}, by=w.member, documents=receipt)
    refused(bare, "MISSING_FIELD", "XC-13.1e", field="department")
    refused(w.do(item, "pass_to_department", PASSED, by=w.member), "MISSING_DOCUMENT", "XC-13.1e")
    late = PASSED | {"sent_on": "2026-03-03"}
    refused(w.do(item, "pass_to_department", late, by=w.member, documents=receipt), "DATE_ORDER")
    done(w.do(item, "pass_to_department", PASSED, by=w.member, documents=receipt))
    [event] = w.events("petition_handed_to_department")
    serial = w.item(item, w.member)["no"]
    assert event == {"petition_serial": serial, "department": "petition_bureau", "sent_on": "2026-03-02"}
    ordinary = petition(w, unit)
    wrong = w.do(ordinary, "pass_to_department", PASSED, by=w.member, documents=receipt)
    refused(wrong, "OUT_OF_SCOPE", "XC-13.1e")


def test_what_is_the_units_own_matter_goes_to_the_unit(w: RoundWorld, unit: str) -> None:
    item = petition(w, unit, nature="within_unit_jurisdiction")
    receipt, sent = ("unit_receipt",), {"sent_on": "2026-03-02"}
    done(w.do(item, "hand_petition_to_unit", sent, by=w.member, documents=receipt))
    assert w.item(item, w.member)["state"] == "handed_to_unit"
    other = w.do(petition(w, unit), "hand_petition_to_unit", sent, by=w.member, documents=receipt)
    refused(other, "WRONG_ROUTE")


@proves("XC-13.1f", check=1)
def test_nobody_receives_a_visitor_alone(w: RoundWorld, unit: str) -> None:
    item = petition(w, unit, channel="visit")
    for there in (["p-zu3"], ["p-zu3", "p-zu3"], ["p-zu3", "p-zu5"]):
        answer = w.do(item, "record_reception", RECEPTION | {"receiver_ids": there}, by=w.member)
        refused(answer, "TWO_PERSON_RULE", "XC-13.1f", field="receiver_ids")
    alone = {k: v for k, v in RECEPTION.items() if k != "receiver_ids"} | {"receiver_id": "p-zu3"}
    refused(w.do(item, "receive_alone", alone, by=w.member), "MISSING_REASON", "XC-13.1f", field="reason")
    done(w.do(item, "receive_alone", alone | {"reason": "突发来访"}, by=w.member))
    refused(w.decide(item, w.deputy), "WRONG_APPROVER", "XC-13.1f")
    done(w.decide(item, w.leader))
    assert w.item(item, w.member)["received_by_two"] is False


@proves("XC-13.1f", check=2)
def test_two_of_the_team_receive_a_visitor(w: RoundWorld, unit: str) -> None:
    item = petition(w, unit, channel="visit")
    assert "XC-13.1f" in done(w.do(item, "record_reception", RECEPTION, by=w.member)).body["clauses"]
    assert w.item(item, w.member)["received_by_two"] is True
    letter = w.do(petition(w, unit), "record_reception", RECEPTION, by=w.member)
    refused(letter, "WRONG_STATE", "XC-13.1f")


def test_the_ledger_is_there_for_its_handlers_and_nobody_else(w: RoundWorld, unit: str) -> None:
    done(w.do(unit, "designate_receivers", {"designee_ids": ["p-zu3"]}, by=w.leader))
    item = petition(w, unit)
    accounts = ("zu1", "zu2", "zu3", "zu4", "xc1", "xcd", "xz1", "edu-head", "head1", "sys")
    assert {one for one in accounts if w.world.as_(one).get(item).status == 200} == {"zu1", "zu2", "zu3"}
    events = json.dumps(w.events("important_petition_submitted"), ensure_ascii=False)
    assert "采购" not in events


def test_who_leaves_the_unit_receives_no_more(w: RoundWorld, unit: str) -> None:
    """Nor do they know of what they entered; of a direct item the leader alone does."""
    item, sealed = petition(w, unit), direct(w, unit)
    done(w.declare(w.round_of(unit), by=w.member))
    assert [w.member.get(one).status for one in (item, sealed)] == [404, 404]
    assert [w.leader.get(one).status for one in (item, sealed)] == [200, 200]
    refused(register(w, unit), "UNKNOWN_REFERENCE", field="engagement_id")
    application = f"{AVOIDANCES}/{w.office.get(AVOIDANCES).body['items'][0]['id']}"
    done(w.do(application, "decide_avoidance", {"result_code": "kept", "reason": "亲属已调离"}))
    refused(register(w, unit), "WRONG_ROLE", "XC-13.1a")


def test_a_new_receiver_goes_on_with_the_earlier_entries(w: RoundWorld, unit: str) -> None:
    """The member is the team's liaison and goes on knowing of the ledger; of a direct item, as who entered it."""
    item, sealed = petition(w, unit), direct(w, unit)
    done(w.do(unit, "designate_receivers", {"designee_ids": ["p-zu2"]}, by=w.leader))
    correction = {"reason": "更正", "nature": "in_scope", "summary": "内容"}
    refused(w.do(item, "correct_entry", correction, by=w.member), "WRONG_ROLE")
    done(w.do(item, "correct_entry", correction, by=w.deputy))
    assert [one.get(sealed).status for one in (w.member, w.deputy)] == [200, 404]
