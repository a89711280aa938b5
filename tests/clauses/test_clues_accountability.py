"""Accountability of a unit's cadres and organisations: approved, inquired, decided, announced, executed, closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.chassis.tables import Inbox
from tests.clause_proof import proves
from tests.clauses.accountability_steps import DECISION, FILES, FOUND, PROPOSAL, AccountabilityWorld
from tests.clauses.clues_steps import done, refused
from tests.world import Answer


@pytest.fixture
def here(tmp_path: Path) -> AccountabilityWorld:
    return AccountabilityWorld(tmp_path)


@proves("LZ-18.1", check=1)
@pytest.mark.parametrize(
    "subjects",
    [
        {"person_ids": ["p-edu-vice"]},
        {"person_ids": ["p-edu-sec", "p-edu-head"]},
        {"organisation_ids": ["edu"]},
    ],
)
def test_whom_the_district_manages_is_out_of_the_heads_scope(
    here: AccountabilityWorld, subjects: dict[str, object]
) -> None:
    item = here.arisen(**subjects)
    refused(here.do(item, "request_accountability"), "OUT_OF_SCOPE", "LZ-18.1")
    refused(here.do(item, "open_inquiry"), "APPROVAL_REQUIRED", "LZ-18.1")
    done(here.do(item, "request_commissions_approval"))
    refused(here.say(item, here.head), "WRONG_APPROVER", "LZ-18.1")
    refused(here.say(item, here.leader), "APPROVAL_ORDER", "LZ-18.1")
    done(here.say(item, here.liaison))
    assert done(here.say(item, here.leader)).body["state"] == "approved"


def test_what_is_the_units_matter_does_not_go_to_the_commission(here: AccountabilityWorld) -> None:
    item = here.arisen(organisation_ids=["edu-branch-2"])
    refused(here.do(item, "request_commissions_approval"), "WRONG_ROUTE", "LZ-18.1")
    done(here.do(item, "request_accountability"))


@proves("LZ-18.1", check=2)
def test_no_inquiry_is_opened_without_the_heads_approval(here: AccountabilityWorld) -> None:
    item = here.arisen()
    refused(here.do(item, "open_inquiry"), "APPROVAL_REQUIRED", "LZ-18.1")
    done(here.do(item, "request_accountability"))
    refused(here.do(item, "open_inquiry"), "APPROVAL_REQUIRED", "LZ-18.1")
    refused(here.say(item, here.deputy), "WRONG_APPROVER", "LZ-18.1")
    done(here.say(item, here.head))
    assert done(here.do(item, "open_inquiry")).body["state"] == "inquiry"
    [event] = here.events("clues.accountability_started")
    assert event.data == {
        "accountability_id": item, "subject_ref": "p-edu-sec", "opened_on": "2026-03-02"
    }  # fmt: skip


def test_an_approval_is_for_those_whom_it_was_about(here: AccountabilityWorld) -> None:
    item = here.arisen()
    done(here.do(item, "request_accountability"))
    old = here.seen(item)["proposals"][0]
    done(here.do(item, "name_subjects", {"person_ids": ["p-edu-vice"]}))
    body = {"digest": old["digest"], "reason": ""}
    answer = here.head.send("POST", f"{FILES}/{item}/proposals/{old['id']}/approve", body=body)
    refused(answer, "WRONG_STATE", "LZ-18.1")
    refused(here.do(item, "request_accountability"), "OUT_OF_SCOPE", "LZ-18.1")
    here.let_start(item)
    later: dict[str, object] = {"person_ids": ["p-edu-clerk"]}
    refused(here.do(item, "name_subjects", later), "WRONG_STATE", "LZ-18.1")


def test_a_head_who_requested_and_approved_does_not_open_it_as_well(here: AccountabilityWorld) -> None:
    item = here.arisen()
    done(here.do(item, "request_accountability", by=here.head))
    done(here.say(item, here.head))
    refused(here.do(item, "open_inquiry", by=here.head), "SELF_APPROVAL", "LZ-22.15")
    refused(here.do(item, "propose_to_unit", PROPOSAL, by=here.head), "SELF_APPROVAL", "LZ-22.15")
    done(here.do(item, "open_inquiry"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit_id": "hou"}, "OUT_OF_SCOPE"),
        ({"unit_id": "nowhere"}, "UNKNOWN_REFERENCE"),
        ({"person_ids": ["p-nobody"]}, "UNKNOWN_REFERENCE"),
        ({"person_ids": ["p-clerk1"]}, "CONFLICT_OF_INTEREST"),
        ({"person_ids": []}, "MISSING_FIELD"),
        ({"found_on": "2026-03-03"}, "DATE_ORDER"),
    ],
)
def test_a_ground_is_registered_on_somebody_of_an_own_unit(
    here: AccountabilityWorld, changes: dict[str, object], code: str
) -> None:
    refused(here.clerk.act(f"{FILES}/register_accountability", FOUND | changes), code, "LZ-18.1")


@proves("LZ-18.2", check=1)
@pytest.mark.parametrize(("day", "warned"), [((3, 31), 0), ((4, 1), 0), ((4, 2), 1)])
def test_a_proposal_left_unanswered_is_warned_of(tmp_path: Path, day: tuple[int, int], warned: int) -> None:
    """Proposed on 2 March, to be answered within 30 days, which is our parameter: until the end of 1 April."""
    here = AccountabilityWorld(tmp_path, services=("intake", "clues", "notifications"))
    item = here.may_start()
    answer = done(here.do(item, "propose_to_unit", PROPOSAL))
    assert [(d["clause"], d["due_at"][:10]) for d in answer.body["duties"]] == [("LZ-18.2", "2026-04-01")]
    here.world.pump()
    here.world.on(2026, *day)
    here.world.pump()
    assert here.world.parked() == []
    overdue = here.events("notifications.deadline_overdue", "notifications")
    assert [e.data["subject_ref"] for e in overdue if e.data["clause"] == "LZ-18.2"] == [item] * warned
    met = done(here.do(item, "record_unit_answer", {"answer_code": "accepted"})).body["duties"]
    assert [(d["status"], d["late"]) for d in met] == [("met", False)]  # the limit is ours: no breach


@proves("LZ-18.2", check=2)
def test_of_own_inquiry_and_proposal_there_is_one_on_a_matter(here: AccountabilityWorld) -> None:
    item = here.inquiry(matter_ref="problem-1")
    refused(here.do(item, "propose_to_unit", PROPOSAL), "DUPLICATE", "LZ-18.2")
    other = here.may_start(matter_ref="problem-1", person_ids=["p-edu-clerk"])
    refused(here.do(other, "propose_to_unit", PROPOSAL), "DUPLICATE", "LZ-18.2")
    free = here.may_start(matter_ref="problem-2")
    done(here.do(free, "propose_to_unit", PROPOSAL))
    refused(here.do(free, "open_inquiry"), "DUPLICATE", "LZ-18.1")


def test_where_the_unit_declines_the_office_may_inquire_itself(here: AccountabilityWorld) -> None:
    item = here.may_start()
    refused(here.do(item, "record_unit_answer", {"answer_code": "accepted"}), "WRONG_STATE", "LZ-18.2")
    done(here.do(item, "propose_to_unit", PROPOSAL))
    refused(
        here.do(item, "record_unit_answer", {"answer_code": "declined", "answered_on": "2026-03-01"}),
        "DATE_ORDER",
        "LZ-18.2",
    )
    refused(here.decision(item), "NOT_AGREED", "LZ-18.3")
    answer = done(here.do(item, "record_unit_answer", {"answer_code": "declined"}))
    assert (answer.body["state"], here.seen(item)["unit_answer"]) == ("approved", "declined")
    done(here.do(item, "open_inquiry"))


@proves("LZ-18.3", check=1)
def test_a_decision_names_the_kind_of_responsibility_of_everybody(here: AccountabilityWorld) -> None:
    item = here.inquiry(person_ids=["p-edu-sec", "p-edu-clerk"], organisation_ids=["edu-branch-2"])
    for named in ([], ["p-edu-sec"], ["p-edu-sec", "p-edu-clerk"]):
        refused(here.decision(item, leadership_ids=named), "MISSING_FIELD", "LZ-18.3")
    refused(here.decision(item, main_ids=["p-hou-sec"]), "UNKNOWN_REFERENCE", "LZ-18.3")
    refused(here.decision(item, decision_no=""), "MISSING_FIELD", "LZ-18.3")
    refused(here.decision(item, decided_on="2026-03-01"), "DATE_ORDER", "LZ-18.3")
    refused(here.do(item, "decide_accountability", DECISION), "MISSING_DOCUMENT", "LZ-18.3")
    assert here.seen(item)["state"] == "inquiry"
    everybody = {"leadership_ids": ["p-edu-sec", "p-edu-clerk"], "main_ids": ["edu-branch-2"]}
    assert done(here.decision(item, **everybody)).body["state"] == "decided"


@proves("LZ-18.3", check=2)
def test_one_subject_may_be_held_to_two_kinds(here: AccountabilityWorld) -> None:
    item = here.inquiry()
    done(here.decision(item, main_ids=["p-edu-sec"], leadership_ids=["p-edu-sec"]))
    events = here.events("clues.accountability_decided")
    assert [(e.data["subject_ref"], e.data["responsibility_kind"]) for e in events] == [
        ("p-edu-sec", "main_responsibility"),
        ("p-edu-sec", "leadership_responsibility"),
    ]
    assert all("LZ-18.6" in e.dwclauses for e in events)


@proves("LZ-18.4", check=1)
def test_announced_to_the_cadre_alone_it_is_not_announced(here: AccountabilityWorld) -> None:
    item = here.decided()
    answer = done(here.announce(item, "cadre"))
    assert [(d["recipient"], d["status"]) for d in answer.body["duties"]] == [("cadre", "met")]
    shown = here.seen(item)
    assert (shown["state"], shown["open_addressees"]) == ("decided", "cadre_party_organisation")
    assert [d["recipient"] for d in shown["duties"] if d["status"] == "open"] == ["cadre_party_organisation"]
    refused(here.execution(item), "PRECONDITION_NOT_MET", "LZ-18.5")
    refused(here.announce(item, "cadre"), "DUPLICATE", "LZ-18.4")
    refused(here.announce(item, "subject_organisation"), "UNKNOWN_REFERENCE", "LZ-18.4")
    done(here.announce(item, "cadre_party_organisation"))
    assert (here.seen(item)["state"], here.seen(item)["open_addressees"]) == ("announced", "")
    events = here.events("clues.accountability_announced")
    assert [e.data["addressee_role"] for e in events] == ["cadre", "cadre_party_organisation"]


@proves("LZ-18.4", check=2)
def test_nothing_is_announced_before_it_is_decided(here: AccountabilityWorld) -> None:
    item = here.inquiry()
    refused(here.announce(item, "cadre"), "DATE_ORDER", "LZ-18.4")
    here.world.on(2026, 3, 4)
    done(here.decision(item))
    for wrong in ("2026-03-03", "2026-03-05"):
        refused(here.announce(item, "cadre", announced_on=wrong), "DATE_ORDER", "LZ-18.4")
    done(here.announce(item, "cadre", announced_on="2026-03-04"))


@pytest.mark.parametrize(
    ("decided", "due"),
    [((2026, 3, 2), "2026-03-05"), ((2026, 2, 27), "2026-03-03"), ((2026, 12, 30), "2027-01-04")],
)
def test_an_announcement_is_due_in_three_working_days(
    here: AccountabilityWorld, decided: tuple[int, int, int], due: str
) -> None:
    """Over the make-up Saturday 28 February, and over the year's end, where the next calendar is not out yet."""
    here.world.on(*decided)
    day = "-".join(f"{n:02}" for n in decided)
    item = here.inquiry(found_on=day)
    clocks = done(here.decision(item)).body["duties"]
    assert {(c["clause"], c["due_at"][:10], c["provisional"]) for c in clocks} == {
        ("LZ-18.4", due, decided[1] == 12)
    }
    here.world.on(2027, 6, 1)
    [met] = done(here.announce(item, "cadre")).body["duties"]
    assert (met["status"], met["late"]) == ("met", False)  # the limit is ours: passing it is no breach


@proves("LZ-18.5", check=1)
def test_what_was_not_executed_is_not_closed(here: AccountabilityWorld) -> None:
    item = here.decided()
    refused(here.do(item, "close_accountability"), "NOT_VERIFIED", "LZ-18.5")
    for role in ("cadre", "cadre_party_organisation"):
        done(here.announce(item, role))
    refused(here.do(item, "close_accountability"), "NOT_VERIFIED", "LZ-18.5")
    refused(here.execution(item, executed_on="2026-03-01"), "DATE_ORDER", "LZ-18.5")
    refused(here.do(item, "verify_execution", {"findings": "已执行"}), "MISSING_DOCUMENT", "LZ-18.5")
    assert here.events("clues.accountability_executed") == []


@proves("LZ-18.5", check=2)
def test_once_it_is_executed_it_is_closed_and_archive_is_told(tmp_path: Path) -> None:
    here = AccountabilityWorld(tmp_path, services=("clues", "archive"))
    item = here.executed()
    here.world.on(2026, 3, 9)
    assert done(here.do(item, "close_accountability")).body["state"] == "closed"
    here.world.pump()
    assert here.world.parked() == []
    [event] = here.events("clues.accountability_executed")
    assert event.data == {"accountability_id": item, "verified_on": "2026-03-09"}
    assert (
        taken(here, "clues.accountability_decided.v1") == taken(here, "clues.accountability_executed.v1") == 1
    )


def taken(here: AccountabilityWorld, event_type: str) -> int:
    """How many events of a type archive has taken in."""
    with here.world.runtimes["archive"].db.read() as session:
        return session.query(Inbox).filter_by(type=event_type, status="applied").count()


@proves("GL-1.20", check=1)
def test_an_opinion_rests_on_a_problem_that_is_known(here: AccountabilityWorld) -> None:
    for problem in ("nothing", here.problem(unit_id="edu")[:-1] + "x"):
        refused(opinion(here, problem), "UNKNOWN_REFERENCE", "GL-1.20")
    assert here.clerk.get(FILES).body["items"] == []


@proves("GL-1.20", check=2)
def test_an_opinion_waits_for_the_heads_approval(here: AccountabilityWorld) -> None:
    item = str(done(opinion(here, here.problem("outstanding"))).body["id"])
    [event] = here.events("clues.accountability_proposed")
    assert event.data == {"accountability_id": item, "unit_id": "edu", "proposed_on": "2026-03-02"}
    [notice] = here.notices("accountability_to_approve")
    assert (notice["to_role"], notice["office_id"], notice["clause"]) == (
        "dispatched_office_head", "pz1", "LZ-18.1"
    )  # fmt: skip
    [line] = [x for x in here.head.get("/clues/worklist").body["items"] if x["id"] == item]
    assert "request_accountability" in [act["name"] for act in line["acts"]]
    refused(here.do(item, "open_inquiry", by=here.head), "APPROVAL_REQUIRED", "LZ-18.1")


def opinion(here: AccountabilityWorld, problem: str, **changes: object) -> Answer:
    paper = PROPOSAL | {"problem_ref": problem, "person_ids": ["p-edu-sec"]} | changes
    return here.liaison.act(f"{FILES}/give_accountability_opinion", paper)


@proves("GL-3.15", check=1)
def test_a_proposal_with_facts_kind_and_basis_is_accepted(here: AccountabilityWorld) -> None:
    done(opinion(here, here.problem("outstanding")))
    item = here.may_start()
    assert done(here.do(item, "propose_to_unit", PROPOSAL)).body["state"] == "proposed"
    events = here.events("clues.accountability_proposed")
    assert [e.data["unit_id"] for e in events] == ["edu", "edu"]
    assert [n["to_person"] for n in here.notices("accountability_proposed")] == ["p-edu-head"]


@proves("GL-3.15", check=2)
@pytest.mark.parametrize("field", ["facts", "responsibility_kind", "basis"])
def test_a_proposal_without_one_of_them_is_refused(here: AccountabilityWorld, field: str) -> None:
    item, problem = here.may_start(), here.problem("outstanding")
    short = {key: value for key, value in PROPOSAL.items() if key != field}
    answers = [
        here.do(item, "propose_to_unit", short),
        here.liaison.act(
            f"{FILES}/give_accountability_opinion",
            short | {"problem_ref": problem, "person_ids": ["p-edu-sec"]},
        ),
    ]
    for answer in answers:
        refused(answer, "MISSING_FIELD", "GL-3.15")
        assert answer.body["field"] == field


@proves("HS-5.6", check=1)
def test_nobody_answers_for_an_objective_cause(here: AccountabilityWorld) -> None:
    slow = FOUND | {"ground_code": "work_not_driven", "cause_proof": "台账"}
    refused(
        here.leader.act(f"{FILES}/register_accountability", slow | {"cause_code": "objective"}),
        "OUT_OF_RANGE",
        "HS-5.6",
    )
    refused(here.leader.act(f"{FILES}/register_accountability", slow), "MISSING_FIELD", "HS-5.6")


@proves("HS-5.6", check=2)
def test_for_a_subjective_cause_with_proof_it_is_opened(here: AccountabilityWorld) -> None:
    slow = {"ground_code": "work_not_driven", "cause_code": "subjective"}
    refused(here.leader.act(f"{FILES}/register_accountability", FOUND | slow), "MISSING_FIELD", "HS-5.6")
    paper = FOUND | slow | {"cause_proof": "会议纪要、督办单"}
    item = str(done(here.leader.act(f"{FILES}/register_accountability", paper)).body["id"])
    done(here.do(item, "request_accountability", by=here.deputy))
    done(here.say(item, here.head))
    answer = done(here.do(item, "open_inquiry", by=here.deputy))
    assert "HS-5.6" in answer.body["clauses"]
    assert len(here.events("clues.accountability_started")) == 1


def test_whom_it_is_about_and_their_line_do_not_see_it(here: AccountabilityWorld) -> None:
    item = here.arisen()
    for account in ("head1", "deputy1", "clerk1", "jd1", "ags1", "leader"):
        assert here.seen(item, here.world.as_(account))["id"] == item
    here.hidden_from(item, "clerk2", "clerk3", "edu-head", "xf1", "xc1", "sys", place=FILES)
    for account in ("edu-clerk",):  # of the line of whom it is about
        assert here.world.as_(account).get(f"{FILES}/{item}").status == 404
        assert here.audited(item, "refused")[-1].code == "CONFLICT_OF_INTEREST"
