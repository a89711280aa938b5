"""The end of a verification: collective study, report, one or two approvals, and how the clue goes on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from services.chassis import keys
from services.chassis.clock import ZONE
from services.chassis.packages import Package, open_package
from tests.clause_proof import proves
from tests.clauses.clues_steps import CLUES, done, refused
from tests.clauses.verification_steps import PLACE, REPORT, STUDY, VerificationWorld


@pytest.fixture
def here(tmp_path: Path) -> VerificationWorld:
    return VerificationWorld(tmp_path)


@proves("LZ-14.6", check=1)
def test_no_report_is_put_up_without_the_minutes_of_a_collective_study(here: VerificationWorld) -> None:
    item = here.brought("start_verification")
    refused(here.report_on(item), "MISSING_DOCUMENT", "LZ-14.6")
    answer = here.act(item, "record_study", dict(STUDY))
    refused(answer, "MISSING_DOCUMENT", "LZ-14.6")
    assert answer.body["field"] == "attachments.collective_study_minutes"
    done(here.study(item))
    done(here.report_on(item))


@proves("LZ-14.6", check=2)
def test_one_participant_alone_is_no_collective_study(here: VerificationWorld) -> None:
    item = here.brought("start_verification")
    for alone in (["p-head1"], ["p-head1", "p-head1"]):
        answer = here.study(item, participant_ids=alone)
        refused(answer, "OUT_OF_RANGE", "LZ-14.6")
        assert answer.body["field"] == "participant_ids"
    assert here.at(item)["state"] == "in_progress"
    here.value_is("LZ-14.6", "participants_at_least", 3)
    refused(here.study(item, participant_ids=["p-head1", "p-clerk1"]), "OUT_OF_RANGE", "LZ-14.6")
    done(here.study(item))


def test_who_is_related_takes_no_part_in_the_study(here: VerificationWorld) -> None:
    item = here.brought("start_verification")
    here.person_is("p-clerk2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    answer = here.study(item, participant_ids=["p-head1", "p-clerk2"])
    refused(answer, "CONFLICT_OF_INTEREST", "LZ-14.6")
    refused(here.study(item, participant_ids=["p-head1", "p-x"]), "UNKNOWN_REFERENCE", "LZ-14.6")


@pytest.mark.parametrize(
    ("day", "code"), [("03-02", "DATE_ORDER"), ("03-03", ""), ("03-04", ""), ("03-05", "DATE_ORDER")]
)
def test_the_study_is_held_after_the_start_and_not_after_today(
    here: VerificationWorld, day: str, code: str
) -> None:
    item = here.brought("approval")
    here.world.on(2026, 3, 3)
    done(here.act(item, "start_verification"))
    here.world.on(2026, 3, 4)
    assert here.study(item, held_on=f"2026-{day}").code == code


@proves("LZ-14.7", check=1)
def test_a_report_without_its_proposal_is_not_approved(here: VerificationWorld) -> None:
    item = here.brought("record_study")
    paper = {name: value for name, value in REPORT.items() if name != "proposal_code"}
    answer = here.act(item, "submit_report", paper, documents=("pv_report",))
    refused(answer, "MISSING_FIELD", "LZ-14.7")
    assert answer.body["field"] == "proposal_code"
    for proposal, field in (("close", "outcome_code"), ("handle", "handling_code")):
        answer = here.report_on(item, proposal, **{field: None})
        refused(answer, "MISSING_FIELD", "LZ-14.8")
        assert answer.body["field"] == field
    refused(here.act(item, "submit_report", dict(REPORT)), "MISSING_DOCUMENT", "LZ-14.7")
    assert here.at(item)["proposals"][-1]["act"] == "request_heads_approval"


@proves("LZ-14.7", check=2)
def test_a_deputy_does_not_approve_the_report(here: VerificationWorld) -> None:
    item = here.brought("record_study")
    done(here.report_on(item))
    refused(here.decide(item, here.deputy), "WRONG_APPROVER", "LZ-14.7")
    assert here.at(item)["state"] == "studied"
    refused(here.act(item, "conclude_verification"), "APPROVAL_REQUIRED", "LZ-14.7")
    assert done(here.decide(item, here.head)).body["state"] == "report_approved"


@pytest.mark.parametrize(
    ("proposal", "state", "outcome"),
    [
        ("file_case", "filing_proposed", ""),
        ("close", "close_proposed", "unfounded"),
        ("handle", "handling_proposed", "reminder"),
        ("refer", "referral_proposed", ""),
    ],
)
def test_the_clue_goes_on_as_the_approved_report_proposes(
    here: VerificationWorld, proposal: str, state: str, outcome: str
) -> None:
    item = here.brought("conclude_verification", proposal=proposal)
    clue = here.clue_of(item)
    assert (here.at(item)["state"], clue["state"], clue["outcome_code"]) == ("concluded", state, outcome)
    [event] = here.events("clues.preliminary_verification_concluded")
    assert event.data["proposal_code"] == proposal
    changed = here.events("clues.clue_status_changed")[-1]
    assert (changed.data["from_state"], changed.data["to_state"]) == ("verification", state)
    assert "LZ-12.25" in changed.dwclauses
    open_clocks = [d["clause"] for d in clue["duties"] if d["status"] == "open"]
    assert ("LZ-14.8" in open_clocks) is (proposal in ("close", "handle"))


@proves("LZ-14.8", check=1)
@pytest.mark.parametrize(
    ("proposal", "act", "end", "told"),
    [("close", "close_clue", "closed", "closing"), ("handle", "handle_clue", "handled", "handling")],
)
def test_what_a_verification_proposed_takes_effect_only_once_it_is_reported(
    here: VerificationWorld, proposal: str, act: str, end: str, told: str
) -> None:
    item = here.brought("commission", proposal=proposal)
    clue = f"{CLUES}/{here.at(item)['clue_id']}"
    refused(here.clerk.act(f"{clue}/report_disposition"), "APPROVAL_REQUIRED", "LZ-14.8")
    refused(here.clerk.act(f"{clue}/{act}"), "APPROVAL_REQUIRED", "LZ-14.8")
    done(here.act(item, "conclude_verification"))
    refused(here.clerk.act(f"{clue}/{act}"), "MISSING_DOCUMENT", "LZ-14.8")
    done(here.report(str(here.at(item)["clue_id"])))
    assert here.events("clues.disposition_reported")[-1].data["proposal_code"] == told
    assert done(here.clerk.act(f"{clue}/{act}")).body["state"] == end
    changed = here.events("clues.clue_status_changed")[-1].data
    assert (changed["to_state"], changed["package_digest"] != "") == (end, True)


def test_a_petition_whose_clue_was_handled_has_its_reply(here: VerificationWorld) -> None:
    petition = here.petition()
    here.world.pump()
    [clue] = [line["id"] for line in here.listed(here.clerk) if line["petition_id"] == petition]
    here.disposed(clue, "verification")
    done(here.clerk.act(f"{CLUES}/{clue}/begin_verification"))
    item = here.of_clue(clue)
    done(here.plan(item))
    here.approved(item)
    done(here.act(item, "start_verification"))
    done(here.study(item))
    done(here.report_on(item, "handle"))
    done(here.decide(item, here.head))
    done(here.act(item, "conclude_verification"))
    done(here.report(clue))
    done(here.clerk.act(f"{CLUES}/{clue}/handle_clue"))
    here.world.pump()
    assert here.clerk.get(f"/intake/petitions/{petition}").body["state"] == "replied"
    assert here.world.parked() == []


def test_the_volume_of_a_clue_holds_its_verification(here: VerificationWorld) -> None:
    item = here.brought("conclude_verification", proposal="handle")
    clue = str(here.at(item)["clue_id"])
    done(here.report(clue))
    done(here.clerk.act(f"{CLUES}/{clue}/handle_clue"))
    runtime = here.world.runtimes["clues"]
    with runtime.db.read() as session:
        package = session.scalars(select(Package).where(Package.subject_id == clue)).one()
    private = keys.load(runtime.settings.key_dir, "archive").box
    opened = open_package(package.body, private, runtime.ring.trust)
    kinds = {one["kind"] for one in opened.manifest["catalogue"]["documents"]}
    assert {"DispositionProposal", "VerificationPlan", "CollectiveStudy", "VerificationReport"} <= kinds
    officers = {one["person"]: one["acts"] for one in opened.manifest["catalogue"]["officers"]}
    assert "approve:submit_report" in officers["p-head1"]
    assert opened.papers == len(opened.manifest["catalogue"]["documents"])


def test_a_head_who_put_up_and_approved_the_report_does_not_conclude_as_well(here: VerificationWorld) -> None:
    item = here.brought("record_study")
    done(here.act(item, "submit_report", dict(REPORT), by=here.head, documents=("pv_report",)))
    assert done(here.decide(item, here.head)).body["self_initiated"] is True
    refused(here.act(item, "conclude_verification", by=here.head), "SELF_APPROVAL", "LZ-22.15")
    done(here.act(item, "conclude_verification"))


@proves("LZ-14.9", check=1)
def test_in_the_supervisory_offices_name_the_heads_approval_does_not_conclude(
    here: VerificationWorld,
) -> None:
    item = here.brought("submit_report", "supervision")
    refused(here.act(item, "conclude_verification"), "APPROVAL_REQUIRED", "LZ-14.9")
    for step, by in (("submit_to_commission", here.clerk), ("receive_report", here.liaison)):
        done(here.act(item, step, by=by))
        refused(here.act(item, "conclude_verification"), "APPROVAL_REQUIRED", "LZ-14.9")
    done(here.act(item, "pass_report_on", by=here.liaison))
    for approver in (here.head, here.deputy):
        refused(here.decide(item, approver), "WRONG_APPROVER", "LZ-14.9")
    done(here.decide(item, here.leader))
    done(here.act(item, "conclude_verification"))


@proves("LZ-14.9", check=2)
@pytest.mark.parametrize("recipient", ["case_supervision_office", "petition_office", "inspection_office"])
def test_a_report_is_not_sent_past_the_liaison_office(here: VerificationWorld, recipient: str) -> None:
    item = here.brought("submit_report", "supervision")
    answer = here.act(item, "submit_to_commission", {"recipient_role": recipient})
    refused(answer, "WRONG_ROUTE", "LZ-14.9")
    assert (answer.body["field"], here.at(item)["state"]) == ("recipient_role", "report_approved")
    done(here.act(item, "submit_to_commission"))
    [event] = here.events("clues.preliminary_verification_reported")
    assert event.data == {"verification_id": item, "reported_on": "2026-03-02"}
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "verification_reported"]
    assert [(n["to_role"], n["office_id"]) for n in told] == [("liaison_discipline_office", "jd1")]


def test_a_report_in_the_discipline_groups_name_does_not_go_to_the_commission(
    here: VerificationWorld,
) -> None:
    item = here.brought("submit_report")
    refused(here.act(item, "submit_to_commission"), "WRONG_ROUTE", "LZ-14.9")


@proves("LZ-14.10", check=1)
def test_both_receipt_times_of_the_report_are_kept(here: VerificationWorld) -> None:
    item = here.brought("submit_report", "supervision")
    done(here.act(item, "submit_to_commission"))
    refused(here.act(item, "pass_report_on", by=here.liaison), "PRECONDITION_NOT_MET", "LZ-14.10")
    here.world.on(2026, 3, 3, 10, 30)
    done(here.act(item, "receive_report", by=here.liaison))
    here.world.on(2026, 3, 4, 15, 45)
    done(here.act(item, "pass_report_on", by=here.liaison))
    assert moment(here.at(item)["proposals"][-1]["proposed_at"]) == "03-04 15:45"
    here.world.on(2026, 3, 6)
    done(here.decide(item, here.leader))
    shown = here.at(item)
    times = [moment(shown[name]) for name in ("reported_at", "liaison_received_at", "commission_received_at")]
    assert times == ["03-02 09:00", "03-03 10:30", "03-04 15:45"]


def moment(text: object) -> str:
    return datetime.fromisoformat(str(text)).astimezone(ZONE).strftime("%m-%d %H:%M")


@proves("LZ-14.10", check=2)
def test_the_liaison_office_passes_the_report_on_as_it_is(here: VerificationWorld) -> None:
    item = here.brought("submit_report", "supervision")
    done(here.act(item, "submit_to_commission"))
    done(here.act(item, "receive_report", by=here.liaison))
    altered = [{"kind": "pv_report", "id": here.liaison.upload("clues", b"%PDF-1.4 another %%EOF")}]
    answer = here.liaison.act(f"{PLACE}/{item}/pass_report_on", attachments=altered)
    refused(answer, "IMMUTABLE", "LZ-14.10")
    refused(here.act(item, "submit_report", dict(REPORT), by=here.liaison), "WRONG_ROLE", "LZ-14.7")
    done(here.act(item, "pass_report_on", by=here.liaison, documents=("pv_report",)))  # the same file
    papers = [p for p in here.at(item)["papers"] if p["kind"] == "VerificationReport"]
    assert len(papers) == 1


def test_what_the_commission_returns_is_studied_and_approved_again(here: VerificationWorld) -> None:
    item = here.brought("submit_report", "supervision")
    done(here.act(item, "submit_to_commission"))
    done(here.act(item, "receive_report", by=here.liaison))
    answer: dict[str, object] = {"reason": "请补充核实"}
    refused(here.act(item, "pass_answer_back", answer, by=here.liaison), "PRECONDITION_NOT_MET", "LZ-14.10")
    done(here.act(item, "pass_report_on", by=here.liaison))
    refused(here.act(item, "pass_answer_back", answer, by=here.liaison), "PRECONDITION_NOT_MET", "LZ-14.10")
    done(here.decide(item, here.leader, approve=False, reason="请补充核实"))
    refused(here.act(item, "pass_answer_back", by=here.liaison), "MISSING_REASON", "LZ-14.10")
    assert done(here.act(item, "pass_answer_back", answer, by=here.liaison)).body["state"] == "studied"
    refused(here.act(item, "conclude_verification"), "APPROVAL_REQUIRED", "LZ-14.7")
    done(here.report_on(item, "close"))
    done(here.decide(item, here.head))
    done(here.act(item, "submit_to_commission"))
    done(here.act(item, "receive_report", by=here.liaison))
    refused(here.act(item, "pass_answer_back", answer, by=here.liaison), "PRECONDITION_NOT_MET", "LZ-14.10")
    done(here.act(item, "pass_report_on", by=here.liaison))
    done(here.decide(item, here.leader))
    done(here.act(item, "conclude_verification"))
    assert here.clue_of(item)["state"] == "close_proposed"
