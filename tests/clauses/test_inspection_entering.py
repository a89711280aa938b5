"""A team enters a unit (XC-7, XC-8, XC-9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.inspection.storage_round import Team
from tests.clause_proof import proves
from tests.clauses.petition_steps import PETITIONS
from tests.clauses.round_steps import (
    AT_THE_UNIT,
    ENGAGEMENTS,
    MATERIALS,
    NOTICE,
    PRINCIPAL,
    RECEIVERS,
    SITE,
    RoundWorld,
    done,
    refused,
)

BRANCH = {"secretary_id": "p-zu1", "founded_on": "2026-03-02"}
CHECKLIST = {
    "delivered_on": "2026-03-02",
    "lines": [{"item": "汇报材料", "area": "material", "done": True}, {"item": "会议室", "area": "meeting"}],
}
ANNOUNCEMENT = {
    "scope": "监督范围",
    "content": "监督内容",
    "schedule": "时间",
    "contact": "电话",
    "office_address": "地点",
    "email": "xc@example.invalid",
}


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def speech(w: RoundWorld, unit: str) -> str:
    done(w.do(unit, "finalise_speech", {"text": "讲话稿"}, by=w.leader))
    return unit


@proves("XC-7.1a", check=1)
def test_an_entry_without_the_checklist_is_a_gap(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    assert w.gaps(unit, "XC-7.1a") == {""}
    assert "XC-7.1a" in w.item(f"{w.round_of(unit)}/compliance")["clauses"]


@proves("XC-7.1a", check=2)
def test_open_items_of_the_checklist_are_listed_at_entry(w: RoundWorld) -> None:
    unit = w.unit_at("met")
    assert "XC-7.1a" in done(w.do(unit, "deliver_checklist", CHECKLIST, by=w.member)).body["clauses"]
    w.entered(unit)
    assert w.gaps(unit, "XC-7.1a") == set()
    listed = w.item(f"{w.round_of(unit)}/compliance")["open"]
    assert [line["item"] for line in listed if line["clause"] == "XC-7.1a"] == [unit.rpartition("/")[2]]
    assert w.item(unit)["open_items"] == 1


@proves("XC-7.2a", check=1)
@pytest.mark.parametrize("left_out", MATERIALS)
def test_all_three_kinds_of_material_are_checked_before_entry(w: RoundWorld, left_out: str) -> None:
    unit = w.unit_at("planned")
    for kind in set(MATERIALS) - {left_out}:
        done(w.check(unit, kind_code=kind))
    refused(w.do(unit, "prepare_entry", by=w.leader), "MISSING_DOCUMENT", "XC-7.2a")


@proves("XC-7.2a", check=2)
def test_unchecked_material_is_not_heard(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    again = {"passed": False, "returned_reason": "须修改", "version_no": 2}
    done(w.check(unit, kind_code="party_work", **again))
    hearing = {"held_on": "2026-03-02", "speaker_id": "p-edu-head", "attendee_ids": ["p-edu-vice"]}
    refused(w.do(unit, "hear_report", hearing, by=w.leader), "PRECONDITION_NOT_MET", "XC-7.2a")
    done(w.check(unit, kind_code="party_work", version_no=3))
    done(w.do(unit, "hear_report", hearing, by=w.leader))


@proves("XC-7.2b", check=1)
def test_sixty_per_cent_is_enough(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    assert "XC-7.2b" in done(w.check(unit, problem_permille=600)).body["clauses"]


@proves("XC-7.2b", check=2)
def test_a_thousandth_less_is_not(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    refused(w.check(unit, problem_permille=599), "CONTENT_RULE", "XC-7.2b", field="problem_permille")


@proves("XC-7.2b", check=3)
def test_problems_without_measures_do_not_pass(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    refused(w.check(unit, measures=""), "MISSING_FIELD", "XC-7.2b", field="measures")


@proves("XC-7.2c", check=1)
def test_what_is_returned_is_returned_with_a_reason(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    refused(w.check(unit, passed=False), "MISSING_FIELD", "XC-7.2c", field="returned_reason")


@proves("XC-7.2c", check=2)
def test_both_versions_stay_on_file(w: RoundWorld) -> None:
    unit = w.unit_at("notified")
    done(w.check(unit, passed=False, returned_reason="问题不足", problem_permille=300))
    answer = done(w.check(unit, version_no=2))
    assert "XC-7.2c" in answer.body["clauses"]
    papers = [p["id"] for p in w.item(unit)["papers"] if p["kind"] == "MaterialCheck"]
    versions = [w.item(f"{unit}/papers/{one}", w.member)["form"]["version_no"] for one in papers]
    assert sorted(versions) == [1, 2]


@proves("XC-7.3a", check=1)
@pytest.mark.parametrize("lacks", ["box_locations", "telephone", "email"])
def test_boxes_and_channels_come_before_the_announcement(w: RoundWorld, lacks: str) -> None:
    unit = w.unit_at("entered")
    done(w.do(unit, "set_up_site", {k: v for k, v in SITE.items() if k != lacks}, by=w.member))
    refused(w.do(unit, "announce", ANNOUNCEMENT, by=w.member), "MISSING_FIELD", "XC-7.3a")
    done(w.do(unit, "set_up_site", SITE, by=w.member))
    done(w.do(unit, "announce", ANNOUNCEMENT, by=w.member))


@proves("XC-7.3a", check=2)
def test_each_paper_out_of_a_box_is_an_entry_of_the_ledger(w: RoundWorld) -> None:
    """What was in it the ledger's keepers know; the unit's file says that a box was emptied, and no more."""
    unit = w.unit_at("entered")
    letters: list[dict[str, object]] = [
        {"summary": "反映采购不规范", "nature": "in_scope"},
        {"summary": "反映班子成员", "nature": "in_scope", "person_id": "p-edu-vice", "post": "other"},
        {"summary": "邻里纠纷", "nature": "outside_both", "signed": True},
    ]
    emptied = {"received_on": "2026-03-02", "box_papers": letters}
    refused(w.do(unit, "empty_box", emptied, by=w.deputy), "WRONG_ROLE", "XC-7.3a")
    papers = len(w.item(unit)["papers"])
    assert "XC-7.3a" in done(w.do(unit, "empty_box", emptied, by=w.member)).body["clauses"]
    entries = w.leader.get(PETITIONS).body["items"]
    assert [one["came_by"] for one in entries] == ["box"] * 3
    assert sorted(one["route_code"] for one in entries) == ["important", "ordinary", "referral"]
    assert (len(w.item(unit)["papers"]), w.office.get(PETITIONS).body["items"]) == (papers, [])
    direct = {"summary": "反映县领导", "nature": "in_scope", "post": "four_bodies_member"}
    both = emptied | {"box_papers": [letters[0], direct]}
    refused(w.do(unit, "empty_box", both, by=w.member), "OUT_OF_SCOPE", "XC-13.2e")
    done(w.do(unit, "empty_box", {"received_on": "2026-03-02"}, by=w.member))
    assert len(w.leader.get(PETITIONS).body["items"]) == 3


def test_without_a_box_none_is_emptied(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    done(w.do(unit, "set_up_site", SITE | {"box_locations": []}, by=w.member))
    answer = w.do(unit, "empty_box", {"received_on": "2026-03-02"}, by=w.member)
    refused(answer, "PRECONDITION_NOT_MET", "XC-7.3a")


@proves("XC-3.2a", check=2)
@pytest.mark.parametrize("founded", [False, True])
def test_a_team_without_its_branch_enters_with_a_gap(w: RoundWorld, *, founded: bool) -> None:
    unit = w.unit_at("met")
    if founded:
        done(w.do(w.team_at(unit), "found_branch", BRANCH, by=w.leader))
    else:
        wrong = w.do(w.team_at(unit), "found_branch", BRANCH | {"secretary_id": "p-zu2"}, by=w.leader)
        refused(wrong, "WRONG_ROLE", "XC-3.2a")
    w.entered(unit)
    assert w.gaps(unit, "XC-3.2a") == (set() if founded else {""})


@proves("XC-7.3b", check=1)
def test_logistics_that_are_not_recorded_are_open_and_hold_nothing_up(w: RoundWorld) -> None:
    unit = w.unit_at("planned")
    for kind in MATERIALS:
        done(w.check(unit, kind_code=kind))
    done(w.do(unit, "set_up_site", SITE | {"logistics": ""}, by=w.member))
    done(w.do(unit, "designate_receivers", RECEIVERS, by=w.leader))
    done(w.do(unit, "prepare_entry", by=w.leader))
    w.entered(w.met(unit))
    listed = w.item(f"{w.round_of(unit)}/compliance")
    assert "XC-7.3b" in {line["clause"] for line in listed["open"]}


@proves("XC-7.4a", check=1)
def test_the_entry_is_reported_once_every_team_has_entered(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    report = {"reported_on": "2026-03-02", "summary": "进驻情况"}
    refused(w.do(w.round_of(unit), "report_entry", report), "PRECONDITION_NOT_MET", "XC-7.4a")
    assert w.events("entry_summary_reported") == []


@proves("XC-7.4a", check=2)
def test_with_all_teams_in_the_leading_group_hears_of_it(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    item = w.round_of(unit)
    second = w.team(item, 2).rpartition("/")[2]
    with w.world.runtimes["inspection"].db.write() as session:
        session.get_one(Team, second).unit_ids = ""
    report = {"reported_on": "2026-03-02", "summary": "进驻情况"}
    assert "XC-7.4a" in done(w.do(item, "report_entry", report)).body["clauses"]
    assert len(w.events("entry_summary_reported")[0]["teams"]) == 2
    assert w.do(item, "report_entry", report).code == "DUPLICATE"


@proves("XC-8.0a", check=1)
def test_the_principal_is_met_before_the_meeting(w: RoundWorld) -> None:
    unit = speech(w, w.unit_at("prepared"))
    refused(w.enter(unit), "PRECONDITION_NOT_MET", "XC-8.0a")
    strange = w.do(unit, "meet_principal", PRINCIPAL | {"principal_id": "p-edu-vice"}, by=w.leader)
    refused(strange, "WRONG_ADDRESSEE", "XC-8.0a", field="principal_id")


@proves("XC-8.0a", check=2)
def test_after_the_meeting_there_is_no_preliminary_one(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    refused(w.do(unit, "meet_principal", PRINCIPAL, by=w.leader), "WRONG_STATE", "XC-8.0a")


@proves("XC-9.1a", check=1)
def test_somebody_of_the_leading_group_or_the_offices_lead_is_there(w: RoundWorld) -> None:
    unit = speech(w, w.unit_at("met"))
    answer = w.enter(unit, attendee_ids=[p for p in AT_THE_UNIT if p != "p-xz3"])
    refused(answer, "ATTENDANCE_INCOMPLETE", "XC-9.1a", field="attendee_ids")
    assert w.events("team_entered") == []


@proves("XC-9.1a", check=2)
def test_the_offices_lead_alone_is_enough_and_the_team_has_entered(w: RoundWorld) -> None:
    unit = speech(w, w.unit_at("met"))
    there = ["p-xcd", *AT_THE_UNIT[1:]]
    answer = done(w.enter(unit, attendee_ids=there, office_speaker_id="p-xcd"))
    assert (answer.body["state"], "XC-9.1a" in answer.body["clauses"]) == ("fieldwork", True)
    [event] = w.events("team_entered")
    assert (event["unit_id"], event["held_on"]) == ("edu", "2026-03-02")
    assert w.item(w.round_of(unit))["state"] == "fieldwork"
    assert w.item(w.team_at(unit))["state"] == "on_site"


@proves("XC-9.1a", check=3)
@pytest.mark.parametrize("missing", ["p-edu-vice", "p-head1", "p-zu3"])
def test_who_was_not_there_is_a_gap(w: RoundWorld, missing: str) -> None:
    unit = speech(w, w.unit_at("met"))
    answer = done(w.enter(unit, attendee_ids=[p for p in AT_THE_UNIT if p != missing]))
    assert [g["about"] for g in answer.body["gaps"] if g["clause"] == "XC-9.1a"] == [missing]


@proves("XC-9.1b", check=1)
@pytest.mark.parametrize("kind", ["enterprise", "institution"])
def test_of_an_enterprise_the_department_in_charge_is_there(w: RoundWorld, kind: str) -> None:
    unit = _entering_a(w, kind)
    refused(w.enter(unit), "ATTENDANCE_INCOMPLETE", "XC-9.1b", field="authority_id")
    refused(w.enter(unit, authority_id="p-hou-head"), "ATTENDANCE_INCOMPLETE", "XC-9.1b")
    done(w.enter(unit, authority_id="p-hou-head", attendee_ids=[*AT_THE_UNIT, "p-hou-head"]))


@proves("XC-9.1b", check=2)
def test_of_a_township_nobody_has_to_be(w: RoundWorld) -> None:
    assert "XC-9.1b" in done(w.enter(_entering_a(w, "township"))).body["clauses"]


def _entering_a(w: RoundWorld, kind: str) -> str:
    unit = w.unit_at("notified")
    asked = ["discipline_commission", "organization_dept", "audit_bureau", "petition_bureau",
             "propaganda_dept", "competent_department"]  # fmt: skip
    w.requested(unit, unit_type=kind, addressees=asked)
    return speech(w, w.met(w.prepared(w.planned(w.briefed(unit)))))


@proves("XC-9.1c", check=1)
@pytest.mark.parametrize("left_on", ["2023-03-02", "2023-03-03"])
def test_who_left_three_years_ago_to_the_day_may_sit_in(w: RoundWorld, left_on: str) -> None:
    unit = speech(w, w.unit_at("met"))
    seat = {"person_id": "p-edu-clerk", "capacity": "recent_retiree", "left_on": left_on}
    assert "XC-9.1c" in done(w.enter(unit, observers=[seat])).body["clauses"]


@proves("XC-9.1c", check=2)
def test_who_left_a_day_earlier_sits_in_as_somebody_else(w: RoundWorld) -> None:
    unit = speech(w, w.unit_at("met"))
    seat = {"person_id": "p-edu-clerk", "capacity": "recent_retiree", "left_on": "2023-03-01"}
    refused(w.enter(unit, observers=[seat]), "OUT_OF_SCOPE", "XC-9.1c", field="observers.left_on")
    done(w.enter(unit, observers=[seat | {"capacity": "other"}]))


@proves("XC-9.2a", check=1)
@pytest.mark.parametrize("chair", ["p-zu1", "p-edu-vice"])
def test_the_principal_presides(w: RoundWorld, chair: str) -> None:
    unit = speech(w, w.unit_at("met"))
    refused(w.enter(unit, chair_id=chair), "WRONG_ROLE", "XC-9.2a", field="chair_id")


@proves("XC-9.2a", check=2)
def test_the_principal_states_a_position(w: RoundWorld) -> None:
    unit = speech(w, w.unit_at("met"))
    refused(w.enter(unit, statement=""), "MISSING_FIELD", "XC-9.2a", field="statement")


def test_the_second_unit_of_a_round_changes_nothing_of_its_state(w: RoundWorld) -> None:
    unit = w.unit_at("entered")
    item = w.round_of(unit)
    before = w.item(item)["version"]
    done(w.do(w.team(item, 2), "constitute_meeting",
              {"liaison_id": "p-zu5", "participant_ids": ["p-zu4", "p-zu5"], "recorder_id": "p-zu5"},
              by=w.leader_2))  # fmt: skip
    other = f"{ENGAGEMENTS}/{done(w.take_up(w.team(item, 2), 'hou')).body['id']}"
    done(w.do(other, "issue_notice", NOTICE))
    assert w.item(item)["version"] == before
