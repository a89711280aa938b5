"""Interviews with and without approval, and assessments of the key few (LZ-8.2, GL-1.17, GL-1.26, HS-4.8)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.attacks.twins import load_names
from tests.clause_proof import proves
from tests.clauses.round_steps import done, refused
from tests.clauses.talk_steps import ASSESSMENTS, BESIDE, INTERVIEWS, TalkWorld
from tests.world import Answer, Client

PLAN: dict[str, Any] = {
    "ground": "supervision",
    "unit_id": "edu",
    "person_id": "p-edu-vice",
    "matter": "履行主体责任不力",
}
RECORD = {"held_on": "2026-03-02", "content": "约谈情况"}
REQUEST = {"proposal": "约谈方案"}
SECRETARY: dict[str, Any] = {"ground": "commission_decision", "person_id": "p-edu-head"}
MIDLEVEL: dict[str, Any] = {"person_id": "p-edu-sec"}
ASSESSMENT: dict[str, Any] = {
    "unit_id": "edu",
    "person_id": "p-edu-vice",
    "assessed_on": "2026-03-02",
    "attitude": "态度",
    "ability": "能力",
    "conduct": "作风",
    "discipline": "纪律",
}


@pytest.fixture
def w(tmp_path: Path) -> TalkWorld:
    return TalkWorld(tmp_path)


def plan(w: TalkWorld, by: Client | None = None, **changes: Any) -> Answer:
    return w.do(INTERVIEWS, "plan_formal_interview", PLAN | changes, by=by)


def planned(w: TalkWorld, by: Client | None = None, **changes: Any) -> str:
    return f"{INTERVIEWS}/{done(plan(w, by, **changes)).body['id']}"


def request(w: TalkWorld, item: str, by: Client | None = None) -> Answer:
    return w.do(item, "request_interview_approval", REQUEST, by=by)


def decide(w: TalkWorld, item: str, by: Client, **how: Any) -> Answer:
    return by.decide("inspection", "formal-interviews", item.rpartition("/")[2], **how)


def approved(w: TalkWorld, by: Client | None = None, **changes: Any) -> str:
    item = planned(w, by, **changes)
    done(request(w, item, by))
    done(decide(w, item, w.leader))
    return item


def record(w: TalkWorld, item: str, by: Client | None = None, **changes: Any) -> Answer:
    return w.do(item, "record_formal_interview", RECORD | changes, by=by)


@proves("LZ-8.2", check=1)
@pytest.mark.parametrize("asked", ["never", "waiting", "returned"])
def test_without_the_commissions_approval_no_cadre_of_the_district_is_interviewed(
    w: TalkWorld, asked: str
) -> None:
    item = planned(w)
    if asked != "never":
        done(request(w, item))
    if asked == "returned":
        done(decide(w, item, w.leader, approve=False, reason="暂缓"))
    refused(record(w, item), "APPROVAL_REQUIRED", "LZ-8.2")
    assert w.item(item)["state"] == "planned"
    assert w.events("interview_held") == []


@proves("LZ-8.2", check=2)
@pytest.mark.parametrize("account", ["head1", "deputy1", "jd1"])
def test_nobody_but_the_commission_approves(w: TalkWorld, account: str) -> None:
    item = planned(w)
    done(request(w, item))
    refused(decide(w, item, w.world.as_(account)), "WRONG_APPROVER", "LZ-8.2")
    refused(record(w, item), "APPROVAL_REQUIRED", "LZ-8.2")
    assert w.events("interview_approved") == []


def test_after_the_approval_the_interview_is_held_once(w: TalkWorld) -> None:
    item = approved(w)
    assert [e["approved_on"] for e in w.events("interview_approved")] == ["2026-03-02"]
    refused(record(w, item, held_on="2026-03-01"), "DATE_ORDER", "LZ-8.2", field="held_on")
    refused(record(w, item, held_on="2026-03-03"), "DATE_ORDER", field="held_on")
    assert done(record(w, item)).body["state"] == "held"
    assert (w.item(item)["needs_approval"], w.item(item)["held_on"]) == (True, "2026-03-02")
    refused(record(w, item), "IMMUTABLE")
    assert [e["person_id"] for e in w.events("interview_held")] == ["p-edu-vice"]


@proves("LZ-8.2", check=3)
def test_whom_the_unit_manages_is_interviewed_without_approval_and_it_is_marked(w: TalkWorld) -> None:
    item = planned(w, **MIDLEVEL)
    answer = done(record(w, item))
    assert "LZ-8.2" in answer.body["clauses"]
    shown = w.item(item)
    assert (shown["state"], shown["needs_approval"], shown["approval_ref"]) == ("held", False, "")


@pytest.mark.parametrize("account", ["deputy1", "clerk1"])
def test_cadres_of_the_district_are_the_heads(w: TalkWorld, account: str) -> None:
    refused(plan(w, w.world.as_(account)), "WRONG_ROLE", "LZ-8.2")
    assert done(plan(w, w.world.as_(account), **MIDLEVEL)).body["state"] == "planned"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"person_id": "p-hou-sec"}, "OUT_OF_SCOPE", "person_id"),
        ({"person_id": "p-nobody"}, "UNKNOWN_REFERENCE", "person_id"),
        ({"unit_id": "hou", "person_id": "p-hou-sec"}, "OUT_OF_SCOPE", "unit_id"),
        (SECRETARY, "WRONG_ROLE", "ground"),
    ],
)
def test_the_office_interviews_people_of_its_units(
    w: TalkWorld, changes: dict[str, Any], code: str, field: str
) -> None:
    refused(plan(w, **changes), code, field=field)


@proves("GL-1.17", check=1)
def test_the_party_secretary_is_not_interviewed_without_a_decision_of_the_commission(w: TalkWorld) -> None:
    item = planned(w, w.liaison, **SECRETARY)
    refused(record(w, item, w.liaison), "APPROVAL_REQUIRED", "GL-1.17")
    done(request(w, item, w.liaison))
    refused(record(w, item, w.liaison), "APPROVAL_REQUIRED", "GL-1.17")
    assert w.item(item, w.liaison)["state"] == "planned"


@proves("GL-1.17", check=2)
def test_the_interview_is_linked_to_the_commissions_decision(w: TalkWorld) -> None:
    item = approved(w, w.liaison, **SECRETARY)
    answer = done(record(w, item, w.liaison))
    assert "GL-1.17" in answer.body["clauses"]
    shown = w.item(item, w.liaison)
    decided = {paper["id"]: paper["kind"] for paper in shown["papers"]}
    assert decided[shown["approval_ref"]] == "InterviewRequest"
    assert (shown["ground_code"], shown["approved_on"]) == ("commission_decision", "2026-03-02")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person_id": "p-edu-vice"}, "OUT_OF_SCOPE"),
        ({"ground": "supervision"}, "WRONG_ROLE"),
        ({"unit_id": "p-none"}, "OUT_OF_SCOPE"),
    ],
)
def test_the_liaison_office_organises_that_of_the_party_secretary_only(
    w: TalkWorld, changes: dict[str, Any], code: str
) -> None:
    refused(plan(w, w.liaison, **SECRETARY | changes), code)


@proves("GL-1.26", check=1)
def test_irregular_judicial_conduct_of_a_cadre_of_the_district_needs_approval_too(w: TalkWorld) -> None:
    item = planned(w, ground="judicial_conduct")
    refused(record(w, item), "APPROVAL_REQUIRED", "LZ-8.2", "GL-1.26")
    done(request(w, item))
    done(decide(w, item, w.leader))
    assert done(record(w, item)).body["state"] == "held"


@proves("GL-1.26", check=2)
def test_a_midlevel_cadre_of_irregular_judicial_conduct_is_interviewed(w: TalkWorld) -> None:
    item = planned(w, w.clerk, ground="judicial_conduct", **MIDLEVEL)
    answer = done(record(w, item, w.clerk))
    assert (answer.body["state"], "GL-1.26" in answer.body["clauses"]) == ("held", True)
    assert [e["person_id"] for e in w.events("interview_held")] == ["p-edu-sec"]


@pytest.mark.parametrize("account", ["edu-head", "edu-clerk", "clerk3", "head2", "sys", "zu1", "xc1"])
def test_nobody_of_the_unit_and_no_stranger_knows_of_an_interview(w: TalkWorld, account: str) -> None:
    client = w.world.as_(account)
    for item in (approved(w), planned(w, w.liaison, **SECRETARY), assessed(w)):
        assert client.get(item).status == 404
    assert client.get(INTERVIEWS).body["items"] == client.get(ASSESSMENTS).body["items"] == []


def assess(w: TalkWorld, by: Client | None = None, **changes: Any) -> Answer:
    return w.do(ASSESSMENTS, "assess_key_few", ASSESSMENT | changes, by=by)


def assessed(w: TalkWorld) -> str:
    return f"{ASSESSMENTS}/{done(assess(w)).body['id']}"


@proves("HS-4.8", check=1)
@pytest.mark.parametrize("dimension", ["attitude", "ability", "conduct", "discipline"])
@pytest.mark.parametrize("how", ["empty", "left out"])
def test_an_assessment_speaks_to_all_four_dimensions(w: TalkWorld, dimension: str, how: str) -> None:
    paper = {k: v for k, v in ASSESSMENT.items() if k != dimension} | (
        {dimension: " "} if how == "empty" else {}
    )
    refused(w.do(ASSESSMENTS, "assess_key_few", paper), "MISSING_FIELD", "HS-4.8", field=dimension)
    assert w.head.get(ASSESSMENTS).body["items"] == []


@proves("HS-4.8", check=2)
def test_an_assessment_and_an_interview_are_entered_in_the_integrity_file(tmp_path: Path) -> None:
    w = TalkWorld(tmp_path, *BESIDE)
    load_names(w.world)
    answer = done(assess(w, w.clerk))
    assert "HS-4.8" in answer.body["clauses"]
    done(record(w, approved(w)))
    w.world.pump()
    [file] = w.head.get("/archive/integrity-files").body["items"]
    assert (file["person_id"], file["entries"]) == ("p-edu-vice", 2)
    assert w.world.parked() == []


def test_the_key_few_are_the_leadership_of_the_offices_units(w: TalkWorld) -> None:
    refused(assess(w, person_id="p-edu-sec"), "OUT_OF_SCOPE", field="person_id")
    refused(assess(w, unit_id="hou", person_id="p-hou-head"), "OUT_OF_SCOPE", field="unit_id")
    refused(assess(w, person_id="p-nobody"), "UNKNOWN_REFERENCE", field="person_id")
    refused(assess(w, assessed_on="2026-03-03"), "DATE_ORDER", field="assessed_on")
    refused(assess(w, w.deputy), "WRONG_ROLE")
    item = assessed(w)
    assert [c.get(item).status for c in (w.head, w.clerk, w.leader, w.deputy)] == [200, 200, 200, 404]
