"""Which measure there is at which stage, and whose approval it takes (LZ-16.1 to LZ-16.4, 16.6 to 16.8, 16.10)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, TALK, done, refused
from tests.clauses.measure_steps import FOR_THE_DESK, MEASURES, MeasureWorld
from tests.world import Answer

DAILY = ("talk", "query", "obtain")
IN_VERIFICATION = (*DAILY, "questioning", "on_site_inspection", "appraisal", "exit_restriction")
AFTER_FILING = ("freeze", "seal", "detain")
NEVER = ("liuzhi", "technical")


@pytest.fixture
def here(tmp_path: Path) -> MeasureWorld:
    return MeasureWorld(tmp_path)


@proves("LZ-16.1", check=1)
@proves("LZ-16.1", check=2)
def test_in_daily_supervision_there_are_talks_queries_and_obtaining_evidence_alone(
    here: MeasureWorld,
) -> None:
    clue = here.clue_on()
    for code in (*IN_VERIFICATION[3:], *AFTER_FILING):
        answer = here.ask_for(clue, code)
        refused(answer, "WRONG_STATE", "LZ-16.1")
        assert answer.body["field"] == "measure_code"
    assert here.head.get(MEASURES).body["items"] == []
    for code in DAILY:
        answer = done(here.ask_for(clue, code))
        assert "LZ-16.1" in answer.body["clauses"]
        shown = here.measure(here.latest())
        told = (shown["measure_code"], shown["stage_code"], shown["state"])
        assert told == (code, "daily_supervision", "requested")


@proves("LZ-16.2", check=1)
def test_in_a_verification_there_are_seven_measures_and_no_freezing(here: MeasureWorld) -> None:
    verification = here.verified()
    for code in AFTER_FILING:
        refused(here.ask_in(verification, code), "WRONG_STATE", "LZ-16.2")
    for code in IN_VERIFICATION:
        done(here.ask_in(verification, code))
        assert here.measure(here.latest())["stage_code"] == "verification"
    clue = str(here.at(verification)["clue_id"])
    done(here.ask_for(clue, "questioning"))  # beside the clue, under the same verification
    assert here.measure(here.latest())["clue_id"] == clue


@proves("LZ-16.2", check=2)
@proves("LZ-14.3", check=2)
def test_under_a_verification_that_is_not_approved_there_is_no_measure(here: MeasureWorld) -> None:
    verification = here.opened()
    clue = str(here.at(verification)["clue_id"])
    for _ in ("opened", "planned"):
        for code in IN_VERIFICATION:
            refused(here.ask_in(verification, code), "APPROVAL_REQUIRED", "LZ-14.3")
        refused(here.ask_for(clue, "questioning"), "WRONG_STATE", "LZ-16.2")
        refused(here.ask_for(clue, "query"), "APPROVAL_REQUIRED", "LZ-14.3")  # nor around it, beside the clue
        done(here.plan(verification))
    assert here.head.get(MEASURES).body["items"] == []
    done(here.ask_in(here.approved(verification), "questioning"))
    done(here.plan(verification))  # a new plan voids the approval
    refused(here.ask_in(verification, "talk"), "APPROVAL_REQUIRED", "LZ-14.3")


@proves("LZ-16.3", check=1)
@proves("LZ-16.3", check=2)
def test_after_filing_there_are_freezing_sealing_and_detaining_beside_the_earlier_measures(
    here: MeasureWorld,
) -> None:
    case = here.investigating()
    for code in (*AFTER_FILING, *IN_VERIFICATION):
        assert "LZ-16.3" in done(here.ask_in_case(case, code)).body["clauses"]
        shown = here.measure(here.latest())
        assert (shown["stage_code"], shown["state"]) == ("after_filing", "requested")
    for code in NEVER:
        refused(here.ask_in_case(case, code), "OUT_OF_RANGE", "LZ-16.3")
    done(here.ask_for(str(here.case(case)["clue_id"]), "seal"))  # beside the clue, under the same case
    sealing = here.latest()
    refused(here.on_measure(sealing, "request_measure_approval"), "WRONG_APPROVER", "LZ-16.10")
    here.passed_up(sealing)
    assert done(here.decided_above(sealing)).body["state"] == "approved"


def test_before_the_case_is_filed_and_once_it_is_at_review_there_is_no_measure(here: MeasureWorld) -> None:
    case = here.opened_case()
    clue = str(here.case(case)["clue_id"])
    for code in ("seal", "query"):
        refused(here.ask_in_case(case, code), "WRONG_STATE", "LZ-16.3")
    refused(here.ask_for(clue, "seal"), "WRONG_STATE", "LZ-16.3")
    refused(here.ask_for(clue, "query"), "WRONG_STATE", "LZ-16.1")
    here.ask(case)
    done(here.unit_says(case))
    done(here.liaison_says(case))
    here.investigating(here.filed(case))
    done(here.ask_in_case(case, "seal"))
    done(here.send_for_review(case))
    refused(here.ask_in_case(case, "seal"), "WRONG_STATE", "LZ-16.3")
    refused(here.ask_for(clue, "query"), "WRONG_STATE", "LZ-16.1")


@proves("LZ-16.3", check=3)
def test_without_a_filed_case_nothing_is_sealed_and_nobody_is_detained_at_any_stage(
    here: MeasureWorld,
) -> None:
    verification = here.verified()
    clue, daily = str(here.at(verification)["clue_id"]), here.clue_on()
    for code in AFTER_FILING:
        for answer in (here.ask_for(daily, code), here.ask_for(clue, code), here.ask_in(verification, code)):
            refused(answer, "WRONG_STATE", "LZ-16.3")
    for code in NEVER:
        for answer in (here.ask_for(daily, code), here.ask_for(clue, code), here.ask_in(verification, code)):
            refused(answer, "OUT_OF_RANGE", "LZ-16.3")


def test_a_clue_that_is_not_the_offices_own_or_has_ended_has_no_measures(here: MeasureWorld) -> None:
    refused(here.ask_for(here.clue_on("p-edu-vice"), "query"), "OUT_OF_SCOPE", "LZ-12.18")
    ended = here.closed(here.clue_on())
    refused(here.ask_for(ended, "query"), "WRONG_STATE", "LZ-16.1")


@proves("LZ-16.4", check=1)
def test_nothing_is_carried_out_before_it_is_approved(here: MeasureWorld) -> None:
    item = here.requested()
    refused(here.issue_document(item), "APPROVAL_REQUIRED", "LZ-16.4")
    refused(here.execute(item), "APPROVAL_REQUIRED", "LZ-16.4")
    done(here.on_measure(item, "request_measure_approval"))
    refused(here.execute(item), "APPROVAL_REQUIRED", "LZ-16.4")
    done(here.decide_measure(item, here.head, approve=False, reason="理由不足"))
    refused(here.execute(item), "APPROVAL_REQUIRED", "LZ-16.4")
    assert here.events("clues.measure_executed") == []


@proves("LZ-16.4", check=2)
@pytest.mark.parametrize(
    ("day", "code"),
    [("2026-03-03", "DATE_ORDER"), ("2026-03-04", ""), ("2026-03-05", ""), ("2026-03-06", "DATE_ORDER")],
)
def test_nothing_was_carried_out_on_a_day_before_its_approval(
    here: MeasureWorld, day: str, code: str
) -> None:
    item = here.requested()
    here.world.on(2026, 3, 4)
    here.head_approved(item)
    refused(here.issue_document(item, issued_on="2026-03-03"), "DATE_ORDER", "LZ-16.4")
    done(here.issue_document(item))
    here.world.on(2026, 3, 5)
    answer = here.execute(item, executed_on=day)
    if code:
        refused(answer, code, "LZ-16.4")
        assert answer.body["field"] == "executed_on"
    else:
        assert "LZ-16.4" in done(answer).body["clauses"]
        assert here.measure(item)["executed_on"] == day


@proves("LZ-16.6", check=1)
@pytest.mark.parametrize(
    "code", ["talk", "questioning", "query", "obtain", "on_site_inspection", "appraisal"]
)
def test_the_head_approves_the_ordinary_measures(here: MeasureWorld, code: str) -> None:
    item = here.requested_in(code)
    answer = here.on_measure(item, "submit_request", documents=FOR_THE_DESK)
    refused(answer, "WRONG_ROUTE", "LZ-16.6")  # nothing goes past the head
    assert "LZ-16.6" in done(here.on_measure(item, "request_measure_approval")).body["clauses"]
    assert done(here.decide_measure(item, here.head)).body["state"] == "approved"
    [event] = here.events("clues.measure_approved")
    assert (event.data["kind"], event.data["approver_role"]) == (code, "dispatched_office_head")
    assert here.measure(item)["approved_on"] == "2026-03-02"


@proves("LZ-16.6", check=2)
def test_a_deputy_approves_no_measure(here: MeasureWorld) -> None:
    item = here.requested()
    done(here.on_measure(item, "request_measure_approval"))
    for other in (here.deputy, here.leader, here.liaison):
        refused(here.decide_measure(item, other), "WRONG_APPROVER", "LZ-16.6")
    assert here.measure(item)["state"] == "requested"


@proves("LZ-16.7", check=1)
def test_call_records_are_obtained_with_the_city_commissions_approval_alone(here: MeasureWorld) -> None:
    item = here.requested("obtain", communication_data=True)
    refused(here.on_measure(item, "request_measure_approval"), "WRONG_APPROVER", "LZ-16.7")
    here.passed_up(item)
    refused(here.decided_above(item), "WRONG_APPROVER", "LZ-16.7")
    refused(here.execute(item), "WRONG_APPROVER", "LZ-16.8")
    [event] = here.events("clues.measure_escalated")
    assert (event.data["level"], event.data["kind"]) == ("city", "obtain")
    answer = here.on_measure(
        item,
        "enter_citys_answer",
        {"approved": True, "reply_no": "1", "answered_on": "2026-03-02"},
        by=here.liaison,
    )
    refused(answer, "MISSING_DOCUMENT", "LZ-16.7")
    refused(here.citys_answer(item, by=here.clerk), "WRONG_ROLE", "LZ-16.7")
    assert done(here.citys_answer(item)).body["state"] == "approved"
    [event] = here.events("clues.measure_approved")
    assert event.data["approver_role"] == "city_commission"


@proves("LZ-16.7", check=2)
def test_whether_communication_data_are_obtained_is_said_yes_or_no(here: MeasureWorld) -> None:
    clue = here.clue_on()
    answer = here.ask_for(clue, "obtain", communication_data=None)
    refused(answer, "MISSING_FIELD", "LZ-16.7")
    assert answer.body["field"] == "communication_data"
    refused(here.ask_for(clue, "query", property_data=None), "MISSING_FIELD", "LZ-16.8")
    done(here.ask_for(clue, "talk"))


def test_an_installation_may_put_the_district_in_the_citys_place(here: MeasureWorld) -> None:
    item = here.requested("obtain", communication_data=True)
    here.value_is("LZ-16.7", "city_approves", 0)
    here.passed_up(item)
    refused(here.citys_answer(item), "WRONG_APPROVER", "LZ-16.7")
    assert done(here.decided_above(item)).body["state"] == "approved"


@proves("LZ-16.8", check=1)
def test_a_talk_with_a_deputy_leader_is_the_heads_to_approve(here: MeasureWorld) -> None:
    here.person_is("p-edu-vice")  # managed by the unit, not its principal leader
    item = here.requested("talk", clue=here.clue_on("p-edu-vice"), target_id="p-edu-vice")
    assert "LZ-16.6" in done(here.on_measure(item, "request_measure_approval")).body["clauses"]
    assert done(here.decide_measure(item, here.head)).body["state"] == "approved"
    assert here.measure(item)["approver_role"] == "dispatched_office_head"
    refused(on_the_principal(here, "talk"), "WRONG_APPROVER", "LZ-16.8")


@proves("LZ-16.8", check=2)
@pytest.mark.parametrize(
    ("code", "flags", "head_suffices"),
    [
        ("on_site_inspection", {}, True),
        ("appraisal", {}, True),
        ("query", {"property_data": False}, True),
        ("obtain", {"communication_data": False}, True),
        ("query", {"property_data": True}, False),
        ("talk", {}, False),
        ("questioning", {}, False),
    ],
)
def test_on_a_principal_leader_three_measures_go_to_the_city_and_the_others_do_not(
    here: MeasureWorld, code: str, flags: dict[str, object], *, head_suffices: bool
) -> None:
    answer = on_the_principal(here, code, 1, **flags)
    if head_suffices:
        assert done(answer).body["proposal"]["status"] == "pending"
        done(here.decide_measure(here.latest(), here.head))
        assert here.measure(here.latest())["state"] == "approved"
        refused(on_the_principal(here, "talk", number=2), "WRONG_APPROVER", "LZ-16.8")
    else:
        refused(answer, "WRONG_APPROVER", "LZ-16.8")
        here.passed_up(here.latest())
        refused(here.decided_above(here.latest()), "WRONG_APPROVER", "LZ-16.8")
        done(here.citys_answer(here.latest()))


def on_the_principal(here: MeasureWorld, code: str, number: int = 1, **flags: object) -> Answer:
    """The head's approval asked for, on a principal leader managed by the unit, in a verification."""
    here.person_is("p-edu-head", number=number + 10, party_head=True)
    verification = here.opened("p-edu-head")
    done(here.plan(verification))
    here.approved(verification)
    item = here.requested_in(code, verification, target_id="p-edu-head", **flags)
    return here.on_measure(item, "request_measure_approval")


@proves("LZ-16.8", check=3)
def test_what_the_head_approved_is_not_carried_out_once_the_target_is_a_principal_leader(
    here: MeasureWorld,
) -> None:
    item = here.head_approved(here.requested("query", property_data=True))
    done(here.issue_document(item))
    here.person_is("p-edu-sec", party_head=True)
    refused(here.execute(item), "WRONG_APPROVER", "LZ-16.8")
    signed = here.submitted(here.requested("query", property_data=True))
    for act in (here.execute(signed), here.issue_document(signed, "WS-2")):  # by the head alone
        refused(act, "WRONG_APPROVER", "LZ-16.4")
    refused(here.execute(signed), "WRONG_APPROVER", "LZ-16.8")
    assert here.events("clues.measure_executed") == []


def test_where_nobody_is_named_the_persons_reported_decide_about_the_approver(here: MeasureWorld) -> None:
    here.person_is("p-edu-head", party_head=True)
    item = here.requested("query", clue=here.clue_on("p-edu-head"), target_id="", property_data=True)
    refused(here.on_measure(item, "request_measure_approval"), "WRONG_APPROVER", "LZ-16.8")


def test_a_disposition_talk_with_a_principal_leader_waits_for_its_approval_as_a_measure(
    here: MeasureWorld,
) -> None:
    here.person_is("p-edu-head", party_head=True)
    clue = here.clue_on("p-edu-head")
    done(here.propose(clue, "talk", documents=TALK))
    refused(here.approve(clue), "WRONG_APPROVER", "LZ-16.8")
    item = here.passed_up(here.requested("talk", clue=clue, target_id="p-edu-head"))
    refused(here.approve(clue), "WRONG_APPROVER", "LZ-16.8")
    done(here.citys_answer(item))
    assert done(here.approve(clue)).body["state"] == "disposition_approved"
    other = here.clue_on("p-edu-head")  # an approval is for one clue
    done(here.propose(other, "talk", documents=TALK))
    refused(here.approve(other), "WRONG_APPROVER", "LZ-16.8")


@proves("LZ-16.10", check=1)
def test_an_exit_restriction_is_carried_out_with_the_district_commissions_approval(
    here: MeasureWorld,
) -> None:
    item = here.passed_up(here.requested_in("exit_restriction"))
    [escalated] = here.events("clues.measure_escalated")
    assert (escalated.data["level"], escalated.data["passed_on"]) == ("district", "2026-03-02")
    assert here.notices("measure_to_decide") == [("commission_leader", "", "")]
    assert done(here.decided_above(item)).body["state"] == "approved"
    [event] = here.events("clues.measure_approved")
    assert event.data["approver_role"] == "commission_leader"
    done(here.issue_document(item, issuer_code="district_commission"))
    answer = done(here.execute(item))
    assert (answer.body["state"], "LZ-16.10" in answer.body["clauses"]) == ("executed", True)


@proves("LZ-16.10", check=2)
def test_the_heads_signature_alone_carries_no_exit_restriction(here: MeasureWorld) -> None:
    item = here.requested_in("exit_restriction")
    refused(here.on_measure(item, "request_measure_approval"), "WRONG_APPROVER", "LZ-16.10")
    here.submitted(item)
    refused(here.execute(item), "WRONG_APPROVER", "LZ-16.10")
    done(here.on_measure(item, "receive_request", by=here.liaison))
    refused(here.execute(item), "WRONG_APPROVER", "LZ-16.10")
    done(here.on_measure(item, "pass_request_up", by=here.liaison))
    refused(here.execute(item), "WRONG_APPROVER", "LZ-16.10")
    refused(here.decided_above(item, approved=False), "MISSING_REASON", "LZ-16.10")
    done(here.decided_above(item, approved=False, reason="证据不足"))
    refused(here.execute(item), "APPROVAL_REQUIRED", "LZ-16.10")
    assert here.events("clues.measure_approved") == []


def test_a_leader_close_to_the_person_learns_of_no_measure(here: MeasureWorld) -> None:
    item = here.requested()
    here.person_is("p-leader", office_id="qw", unit_id="", relatives=("p-edu-sec",))
    assert here.leader.get(f"{MEASURES}/{item}").status == 404
    assert here.measure(item)["state"] == "requested"


def test_whom_a_measure_is_aimed_at_learns_nothing_of_it_though_the_clue_is_about_another(
    here: MeasureWorld,
) -> None:
    clue = here.clue_on()
    item = here.requested("talk", clue=clue, target_id="p-ags1")
    for account, status in (("ags1", 404), ("clerk1", 200), ("head1", 200), ("jd1", 200), ("leader", 200)):
        assert here.world.as_(account).get(f"{MEASURES}/{item}").status == status
    refused(here.ask_for(clue, "talk", target_id="p-nobody"), "UNKNOWN_REFERENCE", "LZ-16.13")
    assert here.world.as_("ags1").get(f"{CLUES}/{clue}").status == 200
