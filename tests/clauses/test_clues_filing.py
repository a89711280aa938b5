"""Filing a case: opinions before it, approval by capacity, and telling the unit afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.case_steps import CASES, FILING, CaseWorld
from tests.clauses.clues_steps import CLUES, done, refused
from tests.world import Answer

NOTICE = {"informed_id": "p-edu-head"}


@pytest.fixture
def here(tmp_path: Path, clue_to_be_filed: Path) -> CaseWorld:
    return CaseWorld.copied(clue_to_be_filed, tmp_path)


def inform(here: CaseWorld, item: str, **changes: object) -> Answer:
    return here.do(item, "inform_unit_of_filing", NOTICE | changes, documents=("filing_notice_to_unit",))


def test_a_case_is_opened_from_a_clue_that_is_proposed_for_filing(here: CaseWorld) -> None:
    clue = here.proposed()
    answer = done(here.clerk.act(f"{CLUES}/{clue}/begin_filing"))
    assert "LZ-12.25" in answer.body["clauses"]
    assert here.shown(clue)["state"] == "case_opened"
    assert here.events("clues.clue_status_changed")[-1].data["to_state"] == "case_opened"
    case = here.case(here.case_of(clue))
    assert (case["no"], case["state"], case["capacity"]) == ("AJ-pz1-2026-00001", "opened", "discipline")
    assert (case["filing_no"], case["handler_id"]) == ("", "p-clerk1")
    refused(here.clerk.act(f"{CLUES}/{clue}/begin_filing"), "WRONG_STATE", "LZ-15.4")


def test_the_capacity_is_the_verifications_unless_said_otherwise(here: CaseWorld) -> None:
    clue = here.proposed("supervision")
    done(here.clerk.act(f"{CLUES}/{clue}/begin_filing"))
    assert here.case(here.case_of(clue))["capacity"] == "supervision"
    other = here.proposed()
    done(here.clerk.act(f"{CLUES}/{other}/begin_filing", {"capacity": "supervision"}))
    assert here.case(here.case_of(other))["capacity"] == "supervision"


@proves("LZ-15.1", check=1)
def test_nothing_is_filed_without_the_units_opinion_or_an_exemption(here: CaseWorld) -> None:
    item = here.opened_case()
    refused(here.request_filing(item), "OPINION_OUTSTANDING", "LZ-15.1")
    assert done(here.do(item, "seek_unit_opinion")).body["state"] == "opinions_sought"
    done(here.do(item, "seek_liaison_opinion"))
    done(here.liaison_says(item))
    answer = here.request_filing(item)
    refused(answer, "OPINION_OUTSTANDING", "LZ-15.1")
    assert "LZ-15.3" not in answer.body["clauses"]
    refused(here.do(item, "record_unit_opinion", {"opinion_code": "agree"}), "MISSING_FIELD", "LZ-15.1")
    assert done(here.unit_says(item)).body["state"] == "opinions_in"
    here.filed(item)
    assert {e.data["asked_role"] for e in here.events("clues.filing_opinion_sought")} == {
        "local_party_head",
        "liaison_discipline_office",
    }


@proves("LZ-15.1", check=2)
def test_a_dissenting_opinion_is_kept_and_does_not_bar_the_filing(here: CaseWorld) -> None:
    item = here.ask(here.opened_case())
    done(here.unit_says(item, opinion_code="dissent", opinion="建议先作组织处理"))
    done(here.liaison_says(item))
    here.filed(item)
    case = here.case(item)
    assert (case["state"], case["unit_opinion_code"]) == ("filed", "dissent")
    [paper] = [p for p in case["papers"] if p["kind"] == "UnitFilingOpinion"]
    kept = here.clerk.get(f"{CASES}/{item}/papers/{paper['id']}").body["form"]
    assert kept["opinion"] == "建议先作组织处理"


def test_an_opinion_is_recorded_once_asked_for_with_its_document_and_once(here: CaseWorld) -> None:
    item = here.opened_case()
    done(here.do(item, "seek_liaison_opinion"))
    refused(here.unit_says(item), "PRECONDITION_NOT_MET", "LZ-15.1")
    done(here.do(item, "seek_unit_opinion"))
    refused(here.do(item, "seek_unit_opinion"), "DUPLICATE", "LZ-15.1")
    opinion = {"opinion_code": "agree", "opinion": "同意"}
    refused(here.do(item, "record_unit_opinion", opinion), "MISSING_DOCUMENT", "LZ-15.1")
    refused(here.unit_says(item, given_on="2026-03-01"), "DATE_ORDER", "LZ-15.1")
    refused(here.unit_says(item, given_on="2026-03-03"), "DATE_ORDER", "LZ-15.1")
    done(here.unit_says(item, given_on="2026-03-02"))
    refused(here.unit_says(item), "DUPLICATE", "LZ-15.1")


def test_the_units_head_is_told_that_an_opinion_is_asked_for_and_sees_no_case(here: CaseWorld) -> None:
    item = here.opened_case()
    done(here.do(item, "seek_unit_opinion"))
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "filing_opinion_sought"]
    assert [one["to_person"] for one in told] == ["p-edu-head"]
    unit_head = here.world.as_("edu-head")
    assert unit_head.get(f"{CASES}/{item}").status == 404
    assert unit_head.get(CASES).body["items"] == []


@pytest.mark.parametrize(
    "concern",
    [{"party_head": True}, {"relatives": ("p-edu-head",)}],
    ids=["heads the party organisation", "is related to who does"],
)
def test_the_units_head_is_not_asked_where_the_head_is_concerned(
    here: CaseWorld, concern: dict[str, Any]
) -> None:
    item = here.opened_case()
    here.person_is("p-edu-sec", **concern)
    refused(here.do(item, "seek_unit_opinion"), "ACCESS_DENIED", "LZ-15.1")
    assert here.case(item)["state"] == "opened"
    here.exempted(item)
    done(here.do(item, "seek_liaison_opinion"))
    done(here.liaison_says(item))
    here.filed(item)


@proves("LZ-15.2", check=1)
def test_with_the_commissions_approval_the_unit_is_told_after_the_filing(here: CaseWorld) -> None:
    item = here.exempted(here.opened_case())
    refused(here.do(item, "seek_unit_opinion"), "OUT_OF_SCOPE", "LZ-15.2")
    done(here.do(item, "seek_liaison_opinion"))
    done(here.liaison_says(item))
    refused(inform(here, item), "DUPLICATE", "LZ-15.2")
    here.filed(item)
    [task] = [d for d in here.case(item)["duties"] if d["clause"] == "LZ-15.2"]
    assert (task["status"], task["recipient"]) == ("open", "unit_party_head")
    here.world.on(2026, 4, 20)
    answer = done(inform(here, item))
    assert [(d["clause"], d["status"], d["late"]) for d in answer.body["duties"]] == [
        ("LZ-15.2", "met", False)
    ]
    [event] = here.events("clues.unit_informed_of_filing")
    assert event.data["informed_on"] == "2026-04-20"
    refused(inform(here, item), "DUPLICATE", "LZ-15.2")


@proves("LZ-15.2", check=2)
def test_the_offices_head_does_not_exempt_from_asking_the_unit(here: CaseWorld) -> None:
    item = here.opened_case()
    refused(here.do(item, "request_exemption"), "MISSING_REASON", "LZ-15.2")
    done(here.do(item, "request_exemption", {"reason": "防止泄密"}))
    refused(here.rule(item, here.head), "WRONG_APPROVER", "LZ-15.2")
    refused(here.request_filing(item), "OPINION_OUTSTANDING", "LZ-15.1")
    done(here.rule(item, here.leader))
    assert here.case(item)["exempted_on"] == "2026-03-02"


@pytest.mark.parametrize(
    ("filed_on", "due_on"),
    [((2026, 2, 26), "2026-03-02"), ((2026, 2, 27), "2026-03-03"), ((2026, 9, 30), "2026-10-10")],
    ids=["over a make-up Saturday", "from the day before it", "over the October holidays"],
)
def test_the_task_to_tell_the_unit_is_counted_in_working_days(
    here: CaseWorld, filed_on: tuple[int, int, int], due_on: str
) -> None:
    item = here.exempted(here.opened_case())
    done(here.do(item, "seek_liaison_opinion"))
    done(here.liaison_says(item))
    here.world.on(*filed_on)
    here.filed(item)
    [task] = [d for d in here.case(item)["duties"] if d["clause"] == "LZ-15.2"]
    assert str(task["due_at"]).startswith(due_on)


def test_who_is_told_of_the_filing_is_the_head_or_another_leader_who_is_not_concerned(
    here: CaseWorld,
) -> None:
    item = here.exempted(here.opened_case())
    done(here.do(item, "seek_liaison_opinion"))
    done(here.liaison_says(item))
    here.filed(item)
    for person, code in (
        ("p-edu-sec", "ACCESS_DENIED"),
        ("p-edu-vice", "WRONG_ADDRESSEE"),
        ("p-hou-head", "WRONG_ADDRESSEE"),
        ("p-nobody", "WRONG_ADDRESSEE"),
    ):
        refused(inform(here, item, informed_id=person), code, "LZ-15.2")
    refused(inform(here, item, informed_on="2026-03-01"), "DATE_ORDER", "LZ-15.2")
    here.person_is("p-edu-sec", relatives=("p-edu-head",))
    refused(inform(here, item), "ACCESS_DENIED", "LZ-15.2")
    done(inform(here, item, informed_id="p-edu-vice"))


@proves("LZ-15.3", check=1)
def test_nothing_is_filed_without_the_liaison_offices_opinion(here: CaseWorld) -> None:
    item = here.ask(here.opened_case())
    done(here.unit_says(item))
    refused(here.request_filing(item), "OPINION_OUTSTANDING", "LZ-15.3")
    paper = {"opinion_code": "agree", "opinion": "同意"}
    refused(here.do(item, "give_liaison_opinion", paper), "WRONG_ROLE", "LZ-15.3")
    assert done(here.liaison_says(item)).body["state"] == "opinions_in"
    refused(here.liaison_says(item), "DUPLICATE", "LZ-15.3")
    given = [e.data for e in here.events("clues.filing_opinion_given")]
    assert [(e["given_role"], e["opinion_code"]) for e in given] == [
        ("local_party_head", "agree"),
        ("liaison_discipline_office", "agree"),
    ]
    here.filed(item)


@proves("LZ-15.3", check=2)
def test_an_exemption_from_asking_the_unit_does_not_spare_the_liaison_office(here: CaseWorld) -> None:
    item = here.exempted(here.opened_case())
    assert here.case(item)["state"] == "opened"
    refused(here.request_filing(item), "OPINION_OUTSTANDING", "LZ-15.3")
    refused(here.liaison_says(item), "WRONG_STATE", "LZ-15.3")
    done(here.do(item, "seek_liaison_opinion"))
    refused(here.request_filing(item), "OPINION_OUTSTANDING", "LZ-15.3")
    assert done(here.liaison_says(item)).body["state"] == "opinions_in"


@proves("LZ-15.4", check=1)
def test_without_an_approval_nothing_counts_as_filed(here: CaseWorld) -> None:
    item = here.opinions_in()
    done(here.request_filing(item))
    group = {"lead_id": "p-deputy1", "member_ids": ["p-clerk1"], "safety_officer_id": "p-clerk2"}
    refused(here.do(item, "set_up_group", group), "APPROVAL_REQUIRED", "LZ-15.4")
    refused(here.rule(item, here.deputy), "WRONG_APPROVER", "LZ-15.4")
    case = here.case(item)
    assert (case["state"], case["filing_no"]) == ("opinions_in", "")
    assert done(here.rule(item, here.head)).body["state"] == "filed"
    [event] = here.events("clues.case_filed")
    assert (event.data["case_id"], event.data["capacity"]) == (item, "discipline")
    assert here.case(item)["filing_no"] == "LA-pz1-2026-00001"


def test_in_the_supervisory_offices_name_the_commission_files(here: CaseWorld) -> None:
    item = here.opinions_in("supervision")
    refused(here.request_filing(item), "WRONG_APPROVER", "LZ-15.4")
    done(here.request_filing(item, "request_commission_filing"))
    assert here.rule(item, here.head).code == "WRONG_APPROVER"
    assert here.rule(item, here.leader).code == "APPROVAL_ORDER"  # the liaison office's turn comes first
    done(here.rule(item, here.liaison))
    refused(here.rule(item, here.head), "WRONG_APPROVER", "LZ-15.4")
    assert done(here.rule(item, here.leader)).body["state"] == "filed"


def test_an_installation_may_leave_every_filing_to_the_commission(here: CaseWorld) -> None:
    item = here.opinions_in()
    refused(here.request_filing(item, "request_commission_filing"), "WRONG_APPROVER", "LZ-15.4")
    here.value_is("LZ-15.4", "head_files", 0)
    refused(here.request_filing(item), "WRONG_APPROVER", "LZ-15.4")
    done(here.request_filing(item, "request_commission_filing"))


@proves("LZ-15.4", check=2)
def test_a_clue_without_a_concluded_verification_is_not_filed(here: CaseWorld) -> None:
    for until in ("save_plan", "record_study"):
        clue = str(here.at(here.brought(until))["clue_id"])
        refused(here.clerk.act(f"{CLUES}/{clue}/begin_filing"), "WRONG_STATE", "LZ-15.4")
    item = here.judged_case()
    done(here.do(item, "seek_unit_opinion"))
    done(here.do(item, "seek_liaison_opinion"))
    done(here.unit_says(item))
    done(here.liaison_says(item))
    refused(here.request_filing(item), "WRONG_STATE", "LZ-15.4")


def test_a_filing_is_studied_collectively_before(here: CaseWorld) -> None:
    item = here.opinions_in()
    refused(here.do(item, "request_filing", dict(FILING)), "MISSING_DOCUMENT", "LZ-22.5")


def test_a_filing_is_not_laid_before_a_head_who_is_concerned(here: CaseWorld) -> None:
    item = here.opinions_in()
    here.person_is("p-head1", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    refused(here.request_filing(item), "CONFLICT_OF_INTEREST", "LZ-15.4")
