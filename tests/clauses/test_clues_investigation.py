"""Investigating a case: its group, its plan, and the one way out of it, to review."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.clues.acts.investigation import investigated
from services.clues.storage_case import Case
from tests.clause_proof import proves
from tests.clauses.case_steps import CaseWorld
from tests.clauses.clues_steps import done, refused
from tests.clauses.measure_steps import asked
from tests.clauses.review_steps import ReviewWorld


@pytest.fixture
def here(tmp_path: Path, clue_to_be_filed: Path) -> CaseWorld:
    return CaseWorld.copied(clue_to_be_filed, tmp_path)


@proves("LZ-15.5", check=1)
def test_without_a_group_the_plan_is_not_approved(here: CaseWorld) -> None:
    item = here.filed()
    done(here.plan_case(item))
    answer = here.do(item, "request_plan_approval")
    refused(answer, "MISSING_FIELD", "LZ-15.5")
    assert answer.body["field"] == "lead_id"
    done(here.group(item))
    done(here.do(item, "request_plan_approval"))
    assert done(here.rule(item, here.head)).body["state"] == "investigating"


@pytest.mark.parametrize("field", ["lead_id", "member_ids", "safety_officer_id"])
@pytest.mark.parametrize(
    ("person", "code"),
    [("p-nobody", "UNKNOWN_REFERENCE"), ("p-hou-sec", "OUT_OF_SCOPE"), ("p-clerk2", "CONFLICT_OF_INTEREST")],
)
def test_who_investigates_is_staff_of_the_authority_and_related_to_nobody_reported(
    here: CaseWorld, field: str, person: str, code: str
) -> None:
    item = here.filed()
    here.person_is("p-clerk2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    others: dict[str, object] = {"safety_officer_id": "p-head1"}
    answer = here.group(item, **(others | {field: [person] if field == "member_ids" else person}))
    refused(answer, code, "LZ-15.7" if field == "safety_officer_id" else "LZ-15.5")
    assert answer.body["field"] == field


def test_a_group_is_of_two_at_least_and_has_a_safety_officer(here: CaseWorld) -> None:
    item = here.filed()
    refused(here.group(item, member_ids=["p-deputy1"]), "OUT_OF_RANGE", "LZ-15.5")
    unsafe = {"lead_id": "p-deputy1", "member_ids": ["p-clerk1"]}
    refused(here.do(item, "set_up_group", dict(unsafe)), "MISSING_FIELD", "LZ-15.7")
    here.value_is("LZ-15.5", "group_at_least", 3)
    refused(here.group(item), "OUT_OF_RANGE", "LZ-15.5")


def test_a_member_sees_the_case_and_who_left_the_group_does_not_review_it(here: CaseWorld) -> None:
    item = here.filed()
    member = here.world.as_("clerk3")
    assert member.get(f"/clues/cases/{item}").status == 404
    done(here.group(item, member_ids=["p-clerk3"]))
    assert here.case(item, member)["lead_id"] == "p-deputy1"
    done(here.group(item, member_ids=["p-clerk2"]))
    assert member.get(f"/clues/cases/{item}").status == 404
    with here.world.runtimes["clues"].db.read() as session:
        barred = investigated(session.get_one(Case, item))
    assert barred == {"p-deputy1", "p-clerk1", "p-clerk2", "p-clerk3"}  # clerk1 verified the clue


def test_a_head_who_proposed_and_approved_the_filing_does_not_set_up_the_group(here: CaseWorld) -> None:
    item = here.opinions_in()
    paper = {"facts": "事实", "basis": "依据"}
    done(here.do(item, "request_filing", dict(paper), by=here.head, documents=("collective_study_minutes",)))
    done(here.rule(item, here.head))
    group = {"lead_id": "p-deputy1", "member_ids": ["p-clerk1"], "safety_officer_id": "p-clerk2"}
    refused(here.do(item, "set_up_group", dict(group), by=here.head), "SELF_APPROVAL", "LZ-22.15")
    done(here.group(item))


@proves("LZ-15.6", check=1)
def test_before_the_plan_is_approved_nobody_is_talked_to(here: CaseWorld) -> None:
    item = here.filed()
    refused(here.schedule(item), "APPROVAL_REQUIRED", "LZ-15.6")
    done(here.group(item))
    refused(here.do(item, "request_plan_approval"), "MISSING_DOCUMENT", "LZ-15.6")
    done(here.plan_case(item))
    done(here.do(item, "request_plan_approval"))
    refused(here.schedule(item), "APPROVAL_REQUIRED", "LZ-15.6")
    refused(here.rule(item, here.deputy), "WRONG_APPROVER", "LZ-15.6")
    done(here.rule(item, here.head))
    assert here.case(item)["plan_approved_on"] == "2026-03-02"
    done(here.schedule(item))


@proves("LZ-15.6", check=1)
@pytest.mark.parametrize("code", ["talk", "questioning", "seal"])
def test_before_the_plan_is_approved_no_measure_is_asked_for(here: CaseWorld, code: str) -> None:
    item = here.filed()
    done(here.group(item))
    done(here.plan_case(item))
    refused(here.do(item, "request_measure_in_case", asked(code)), "APPROVAL_REQUIRED", "LZ-15.6")
    beside = f"/clues/clues/{here.case(item)['clue_id']}/request_measure"
    refused(here.clerk.act(beside, asked(code)), "APPROVAL_REQUIRED", "LZ-15.6")
    assert here.clerk.get("/clues/measures").body["items"] == []
    done(here.do(item, "request_plan_approval"))
    done(here.rule(item, here.head))
    done(here.do(item, "request_measure_in_case", asked(code)))


@proves("LZ-15.6", check=2)
@pytest.mark.parametrize("changed", ["plan", "group"])
def test_a_plan_or_group_that_is_changed_is_approved_anew(here: CaseWorld, changed: str) -> None:
    item = here.investigating()
    if changed == "plan":
        assert done(here.plan_case(item, steps="另行调取证据")).body["clauses"][0] == "LZ-15.6"
    else:
        done(here.group(item, member_ids=["p-clerk1", "p-clerk2"]))
    case = here.case(item)
    assert (case["state"], case["plan_approved_on"]) == ("filed", None)
    refused(here.schedule(item), "APPROVAL_REQUIRED", "LZ-15.6")
    refused(here.send_for_review(item), "APPROVAL_REQUIRED", "LZ-17.1")
    done(here.do(item, "request_plan_approval"))
    done(here.rule(item, here.head))
    assert here.case(item)["state"] == "investigating"


def test_a_plan_that_waits_for_approval_lapses_when_it_is_changed(here: CaseWorld) -> None:
    item = here.filed()
    done(here.group(item))
    done(here.plan_case(item))
    done(here.do(item, "request_plan_approval"))
    done(here.plan_case(item, steps="另行调取证据"))
    assert [p["status"] for p in here.case(item)["proposals"]][-1] == "lapsed"
    assert here.case(item)["plan_version"] == 2


def test_who_becomes_related_keeps_the_plan_from_being_approved(here: CaseWorld) -> None:
    item = here.filed()
    done(here.group(item))
    done(here.plan_case(item))
    done(here.do(item, "request_plan_approval"))
    here.person_is("p-clerk2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    refused(here.rule(item, here.head), "CONFLICT_OF_INTEREST", "LZ-15.5")


@pytest.mark.parametrize("proposal", ["party_sanction", "dismissal"])
def test_every_investigation_ends_in_review_whatever_it_proposes(here: CaseWorld, proposal: str) -> None:
    item = here.opinions_in()
    refused(here.send_for_review(item), "WRONG_STATE", "LZ-17.1")
    here.investigating(here.filed(item))
    answer = done(here.send_for_review(item, proposal_code=proposal))
    assert (answer.body["state"], answer.body["clauses"]) == ("sent_for_review", ["LZ-17.1"])
    [event] = here.events("clues.case_sent_for_review")
    assert (event.data["case_id"], event.data["path"]) == (item, "investigation")
    for act in ("set_up_group", "send_for_review", "save_investigation_plan"):
        assert here.do(item, act).code == "WRONG_STATE"


def test_a_head_who_proposed_and_approved_the_plan_does_not_send_the_case_for_review(
    here: CaseWorld,
) -> None:
    item = here.filed()
    done(here.group(item))
    done(here.plan_case(item))
    done(here.do(item, "request_plan_approval", by=here.head))
    done(here.rule(item, here.head))
    report = {"facts": "事实", "opinion": "意见", "proposal_code": "dismissal"}
    refused(here.do(item, "send_for_review", dict(report), by=here.head), "SELF_APPROVAL", "LZ-22.15")
    done(here.send_for_review(item))


@proves("LZ-15.5", check=2)
@pytest.mark.parametrize("person", ["p-deputy1", "p-clerk1", "p-clerk3"])
def test_a_member_also_one_who_left_is_not_the_lead_reviewer(
    tmp_path: Path, case_to_be_reviewed: Path, person: str
) -> None:
    here = ReviewWorld.copied(case_to_be_reviewed, tmp_path)
    item = here.filed()
    done(here.group(item, member_ids=["p-clerk1", "p-clerk3"]))
    here.investigating(item)  # with a group that the last one has left
    done(here.send_for_review(item))
    answer = here.assign(item, lead_reviewer_ids=[person])
    refused(answer, "CONFLICT_OF_INTEREST", "LZ-15.5")
    assert answer.body["field"] == "lead_reviewer_ids"
    done(here.assign(item))
