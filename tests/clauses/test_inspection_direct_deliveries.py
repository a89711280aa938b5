"""Direct delivery: whose matter it is, the leader's slip, sealed through the office (XC-13.2).

Ruling 9 comes before the words of XC-13.2a: to deputy, liaison and members a direct item is not there at all; the
audit trail alone says that it was sealed. Its blind line is the leader's and its receiver's.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from services.chassis.tables import CaseKey, Paper, Party
from tests.clause_proof import proves
from tests.clauses.petition_steps import (
    DELIVERIES,
    HANDOVER,
    PETITIONS,
    RECEIPT,
    about,
    clue_of,
    direct,
    fill,
    id_of,
    petition,
    register,
    register_direct,
    slip,
    with_office,
)
from tests.clauses.round_steps import RoundWorld, done, refused
from tests.clauses.test_inspection_interviews import INTERVIEWS, PLAN, RECORD

REGISTERED = {"registered_on": "2026-03-02"}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


@pytest.fixture
def unit(w: RoundWorld) -> str:
    return w.unit_at("entered")


@proves("XC-13.2a", check=1)
def test_nobody_beside_the_leader_and_who_received_it_knows_of_a_direct_item(
    w: RoundWorld, unit: str
) -> None:
    answer = done(register_direct(w, unit))
    assert "XC-13.2a" in answer.body["clauses"]
    item = f"{PETITIONS}/{answer.body['id']}"
    accounts = ("zu1", "zu2", "zu3", "zu4", "xc1", "xcd", "xz1", "edu-head", "leader", "sys")
    assert {one for one in accounts if w.world.as_(one).get(item).status == 200} == {"zu1", "zu3"}
    assert w.deputy.get(PETITIONS).body["items"] == []
    assert ("read", "p-zu2", id_of(item)) in w.audited("SEALED_ITEM")
    refused(clue_of(w, unit, item), "SEALED_ITEM", "XC-13.2a", field="petition_no")
    hidden = clue_of(w, unit, item, by=w.deputy)
    refused(hidden, "PRECONDITION_NOT_MET", "XC-13.1b", field="petition_no")


@proves("XC-13.2a", check=2)
def test_the_ledger_has_a_blind_line_of_it(w: RoundWorld, unit: str) -> None:
    refused(register_direct(w, unit, summary="反映的内容"), "UNKNOWN_FIELD")
    before = petition(w, unit)
    assert "XC-13.2a" in done(register_direct(w, unit)).body["clauses"]
    [line] = [one for one in w.leader.get(PETITIONS).body["items"] if one["route_code"] == "direct"]
    said = {k: line[k] for k in ("received_on", "came_by", "unit_id", "instruction_code", "passed_on")}
    assert said == {
        "received_on": "2026-03-02", "came_by": "", "unit_id": "", "instruction_code": "", "passed_on": None,
    }  # fmt: skip
    assert line["no"].startswith("JS-")
    numbers = [int(w.item(one, w.member)["no"][-3:]) for one in (before, petition(w, unit))]
    assert numbers == [1, 2]


@proves("XC-13.2b", check=1)
@pytest.mark.parametrize("who", ["deputy", "member"])
def test_the_leader_fills_in_the_slip(w: RoundWorld, unit: str, who: str) -> None:
    item = direct(w, unit)
    refused(fill(w, unit, item, by=getattr(w, who)), "WRONG_ROLE", "XC-13.2b")


@proves("XC-13.2b", check=2)
def test_a_slip_names_the_scope(w: RoundWorld, unit: str) -> None:
    answer = fill(w, unit, direct(w, unit), leave_out="scope_category")
    refused(answer, "MISSING_FIELD", "XC-13.2b", field="scope_category")


@proves("XC-13.2c", check=1)
def test_an_unregistered_slip_is_not_sent(w: RoundWorld, unit: str) -> None:
    item = slip(w, unit)
    refused(w.do(item, "hand_over_sealed", HANDOVER, by=w.leader), "PRECONDITION_NOT_MET", "XC-13.2c")


@proves("XC-13.2c", check=2)
def test_it_is_registered_by_whom_the_leader_designated(w: RoundWorld, unit: str) -> None:
    strange = fill(w, unit, direct(w, unit), designated_id="p-zu5")
    refused(strange, "OUT_OF_SCOPE", "XC-13.2c", field="designated_id")
    item = slip(w, unit)
    refused(w.do(item, "register_direct_slip", REGISTERED, by=w.leader), "WRONG_ROLE", "XC-13.2c")
    assert w.do(item, "register_direct_slip", REGISTERED, by=w.member).code == "UNKNOWN_REFERENCE"
    done(w.do(item, "designate_registrar", {"designated_id": "p-zu3"}, by=w.leader))
    assert w.deputy.get(item).status == 404
    done(w.do(item, "register_direct_slip", REGISTERED, by=w.member))


@proves("XC-13.2d", check=1)
def test_what_is_handed_to_the_office_is_under_a_numbered_seal(w: RoundWorld, unit: str) -> None:
    item = slip(w, unit)
    done(w.do(item, "register_direct_slip", REGISTERED, by=w.deputy))
    bare = {k: v for k, v in HANDOVER.items() if k != "seal_no"}
    refused(w.do(item, "hand_over_sealed", bare, by=w.leader), "MISSING_FIELD", "XC-13.2d", field="seal_no")
    elsewhere = HANDOVER | {"carrier_id": "p-head1"}
    refused(w.do(item, "hand_over_sealed", elsewhere, by=w.leader), "WRONG_ROUTE", field="carrier_id")
    done(w.do(item, "hand_over_sealed", HANDOVER, by=w.leader))


@proves("XC-13.2d", check=2)
def test_the_office_carries_it_and_learns_nothing(w: RoundWorld, unit: str) -> None:
    item = with_office(w, slip(w, unit))
    paper = w.item(item, w.leader)["papers"][0]["id"]
    for client in (w.office, w.world.as_("xcd")):
        assert client.get(item).status == client.get(f"{item}/papers/{paper}").status == 404
        assert client.get(DELIVERIES).body["items"] == []
    assert ("read", "p-xc1", id_of(item)) in w.audited("SEALED_ITEM")
    assert "XC-13.2d" in done(w.do(item, "sign_for_direct_item", RECEIPT, by=w.head)).body["clauses"]


@proves("XC-13.2d", check=3)
def test_with_the_receipt_nothing_stays_but_a_stub(w: RoundWorld, unit: str) -> None:
    source = direct(w, unit, **about("four_bodies_member", "p-leader"))
    item = with_office(w, slip(w, unit, source, subject_ids=["p-da1"]))
    refused(w.do(item, "sign_for_direct_item", RECEIPT, by=w.leader), "WRONG_ROLE", "XC-13.2d")
    broken = w.do(item, "sign_for_direct_item", RECEIPT | {"seal_intact": False}, by=w.head)
    refused(broken, "SEALED_ITEM", "XC-13.2d", field="seal_intact")
    assert w.events("petition_direct_delivered") == []
    done(w.do(item, "sign_for_direct_item", RECEIPT, by=w.head))
    [event] = w.events("petition_direct_delivered")
    assert event == {
        "slip_id": id_of(item), "seal_no": "MF-001", "addressee_role": "leading_group_head",
        "delivered_on": "2026-03-02",
    }  # fmt: skip
    assert w.item(source, w.leader)["state"] == "delivered_sealed"
    for one in (item, source):
        assert rows_of(w, id_of(one)) == (0, 0, 0)
        assert w.item(one, w.leader)["papers"] == []


def rows_of(w: RoundWorld, item: str) -> tuple[int, int, int]:
    """Papers, persons and keys of an item."""
    with w.world.runtimes["inspection"].db.read() as session:
        counted = [
            session.scalar(select(func.count()).where(column == item))
            for column in (Paper.subject_id, Party.subject_id, CaseKey.subject_id)
        ]
    return counted[0] or 0, counted[1] or 0, counted[2] or 0


@pytest.mark.parametrize("addressee", ["p-xz3", "p-leader", "p-xcd"])
def test_the_addressee_is_a_leader_of_the_leading_group(w: RoundWorld, unit: str, addressee: str) -> None:
    answer = fill(w, unit, direct(w, unit), addressee_id=addressee)
    refused(answer, "WRONG_ADDRESSEE", "XC-13.2d", field="addressee_id")


def test_who_is_complained_of_is_no_addressee_and_never_knows(w: RoundWorld, unit: str) -> None:
    source = direct(w, unit, **about("four_bodies_member", "p-xz1"))
    refused(fill(w, unit, source), "WRONG_ADDRESSEE", "XC-13.2d", field="addressee_id")
    named = fill(w, unit, direct(w, unit), subject_ids=["p-xz1"])
    refused(named, "WRONG_ADDRESSEE", "XC-13.2d", field="addressee_id")
    item = slip(w, unit, source, addressee_id="p-xz2")
    assert w.head.get(item).status == 404
    assert w.deputy_head.get(item).status == 200


SERVING = about("four_bodies_member")


@proves("XC-13.2e", check=1)
def test_on_the_four_bodies_no_other_route_is_open(w: RoundWorld, unit: str) -> None:
    refused(register(w, unit, **SERVING), "OUT_OF_SCOPE", "XC-13.2e", field="subjects")
    assert done(register_direct(w, unit, **SERVING)).body["state"] == "direct_with_leader"


@proves("XC-13.2e", check=2)
def test_on_who_is_inspected_in_this_round_it_is_an_important_one(w: RoundWorld, unit: str) -> None:
    target = about("four_bodies_member", target_of_round=True)
    refused(register_direct(w, unit, **target), "OUT_OF_SCOPE", "XC-13.2e", field="subjects")
    answer = done(register(w, unit, **target))
    assert "XC-13.2e" in answer.body["clauses"]
    assert w.item(f"{PETITIONS}/{answer.body['id']}", w.member)["route_code"] == "important"
    by_the_directory = about("four_bodies_member", "p-edu-head")
    refused(register_direct(w, unit, **by_the_directory), "OUT_OF_SCOPE", "XC-13.2e", field="subjects")


@proves("XC-13.2e", check=3)
@pytest.mark.parametrize("post", ["kin_or_close_staff", "former_senior_post", "court_or_procuratorate_head"])
def test_who_has_left_and_who_is_close_to_them_is_direct_too(w: RoundWorld, unit: str, post: str) -> None:
    refused(register(w, unit, **about(post)), "OUT_OF_SCOPE", "XC-13.2e", field="subjects")
    answer = done(register_direct(w, unit, **about(post)))
    assert ("XC-13.2e" in answer.body["clauses"], answer.body["state"]) == (True, "direct_with_leader")


@proves("XC-13.2f", check=1)
def test_an_open_case_changes_nothing_of_the_route(w: RoundWorld, unit: str) -> None:
    former = about("former_leader_under_case")
    refused(register(w, unit, **former), "OUT_OF_SCOPE", "XC-13.2f", field="subjects")
    done(register_direct(w, unit, **former))


@proves("XC-13.2g", check=1)
@pytest.mark.parametrize("subject", [("commission_or_department_cadre", ""), ("other", "p-deputy1")])
def test_on_a_leading_cadre_of_the_commission_it_is_direct(
    w: RoundWorld, unit: str, subject: tuple[str, str]
) -> None:
    """Ticked by who enters it, or by what the directory says of them."""
    refused(register(w, unit, **about(*subject)), "OUT_OF_SCOPE", "XC-13.2g", field="subjects")
    done(register_direct(w, unit, **about(*subject)))


@proves("XC-13.2g", check=2)
@pytest.mark.parametrize(
    "changes",
    [
        {"scope_category": "commission_or_department_staff"},
        {"scope_category": "commission_or_department_cadre", "subject_ids": ["p-clerk1"]},
    ],
)
def test_on_other_staff_of_the_commission_it_is_not(w: RoundWorld, unit: str, changes: Any) -> None:
    answer = fill(w, unit, "", material_type="other_material", **changes)
    refused(answer, "OUT_OF_SCOPE", "XC-13.2g", field="scope_category")
    staff = about("commission_or_department_cadre", "p-clerk1")
    refused(register_direct(w, unit, **staff), "OUT_OF_SCOPE", "XC-13.2g", field="subjects")


@proves("XC-13.2g", check=3)
def test_on_a_retired_deputy_head_of_the_former_bureau_it_is_direct(w: RoundWorld, unit: str) -> None:
    retired = about("former_commission_leader")
    refused(register(w, unit, **retired), "OUT_OF_SCOPE", "XC-13.2g", field="subjects")
    assert "XC-13.2g" in done(register_direct(w, unit, **retired)).body["clauses"]


def interview(w: RoundWorld, unit: str) -> str:
    """A record on a person of direct scope."""
    done(w.do(unit, "plan_interviews", PLAN, by=w.leader))
    record = RECORD | {"engagement_id": id_of(unit), "about_direct_scope": True}
    return f"{INTERVIEWS}/{done(w.do(INTERVIEWS, 'record_interview', record, by=w.deputy)).body['id']}"


@proves("XC-13.2h", check=1)
def test_a_record_on_such_a_person_is_not_passed_round(w: RoundWorld, unit: str) -> None:
    item = interview(w, unit)
    done(w.do(item, "submit_record", {"problems": "汇总"}, by=w.deputy))
    answer = w.do(item, "circulate_record", {"reader_ids": ["p-zu2"]}, by=w.leader)
    refused(answer, "SEALED_ITEM", "XC-13.2h")


@proves("XC-13.2h", check=2)
def test_a_record_on_such_a_person_is_delivered_directly(w: RoundWorld, unit: str) -> None:
    item = interview(w, unit)
    given: dict[str, Any] = {"material_type": "interview_record", "source_no": id_of(item)}
    answer = done(fill(w, unit, "", **given))
    assert "XC-13.2h" in answer.body["clauses"]
    ordinary = RECORD | {"engagement_id": id_of(unit)}
    other = done(w.do(INTERVIEWS, "record_interview", ordinary, by=w.deputy)).body["id"]
    refused(
        fill(w, unit, "", **(given | {"source_no": other})),
        "PRECONDITION_NOT_MET",
        "XC-13.2h",
        field="source_no",
    )
    delivered = with_office(w, f"{DELIVERIES}/{answer.body['id']}")
    done(w.do(delivered, "sign_for_direct_item", RECEIPT, by=w.head))
    assert w.item(item, w.leader)["papers"] == []


def test_what_turns_out_to_be_direct_is_hidden_from_then_on(w: RoundWorld, unit: str) -> None:
    item = petition(w, unit)
    correction = {"reason": "经核对", "nature": "in_scope", "summary": "内容"} | SERVING
    done(w.do(item, "correct_entry", correction, by=w.member))
    assert [c.get(item).status for c in (w.leader, w.member, w.deputy)] == [200, 200, 404]
    assert w.item(item, w.leader)["state"] == "direct_with_leader"


def test_no_event_of_a_direct_item_says_what_it_is_about(w: RoundWorld, unit: str) -> None:
    with_office(w, slip(w, unit, direct(w, unit, **about("four_bodies_member", "p-leader"))))
    assert "p-leader" not in json.dumps(w.events("notice_due"), ensure_ascii=False)
    assert {e["sealed"] for e in w.events("notice_due") if e["template"].startswith("direct_")} == {True}
