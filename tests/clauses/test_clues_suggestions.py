"""Problems found in a unit: graded, told, and the suggestion that goes out on them in the right name."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.events.notifications import SuggestionProposed
from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.suggestion_steps import DRAFT, PLACE, PROBLEM, SuggestionWorld

NOTICE: dict[str, object] = {"facts": "问题事实", "opinion": "立即整改"}


@pytest.fixture
def here(tmp_path: Path) -> SuggestionWorld:
    return SuggestionWorld(tmp_path)


@proves("LZ-18.11", check=1)
def test_nothing_goes_out_on_a_problem_without_a_grade(here: SuggestionWorld) -> None:
    item = here.problem()
    for name, paper in (("notify_problem", NOTICE), ("draft_suggestion", DRAFT), ("pass_up", DRAFT)):
        answer = here.on(item, name, paper)
        refused(answer, "MISSING_FIELD", "LZ-18.11")
        assert answer.body["field"] == "grade"
    assert here.at(item)["state"] == "registered"
    done(here.on(item, "grade_problem", {"grade": "general"}))
    done(here.on(item, "notify_problem", NOTICE))


@proves("LZ-18.11", check=2)
def test_another_grade_keeps_the_old_one_and_says_why(here: SuggestionWorld) -> None:
    item = here.problem("general")
    refused(here.on(item, "grade_problem", {"grade": "widespread"}), "MISSING_REASON", "LZ-18.11")
    done(here.on(item, "grade_problem", {"grade": "widespread", "reason": "多个单位均有"}))
    shown = here.at(item)
    assert (shown["grade"], shown["previous_grade"]) == ("widespread", "general")
    [paper] = [p for p in shown["papers"] if p["kind"] == "ProblemGrading"]
    read = here.clerk.get(f"{PLACE}/{item}/papers/{paper['id']}").body
    assert read["form"]["reason"] == "多个单位均有"
    assert len(here.audited(item, "accepted")) == 2


@proves("LZ-18.7", check=1)
def test_a_general_problem_gets_no_formal_suggestion_unless_it_is_regraded(here: SuggestionWorld) -> None:
    item = here.problem("general")
    for name in ("draft_suggestion", "pass_up"):
        refused(here.on(item, name, DRAFT), "OUT_OF_RANGE", "LZ-18.7")
    done(here.on(item, "notify_problem", NOTICE))
    refused(here.draft(item), "OUT_OF_RANGE", "LZ-18.8")
    done(here.on(item, "grade_problem", {"grade": "outstanding", "reason": "通报后仍未纠正"}))
    done(here.draft(item))
    assert done(here.decide(item, here.head)).body["state"] == "approved"


@proves("LZ-18.7", check=2)
def test_a_notice_says_what_is_to_be_done(here: SuggestionWorld) -> None:
    item = here.problem("specific")
    for wrong in ({"facts": "问题事实"}, NOTICE | {"opinion": " "}):
        answer = here.on(item, "notify_problem", dict(wrong))
        refused(answer, "MISSING_FIELD", "LZ-18.7")
        assert answer.body["field"] == "opinion"
    done(here.on(item, "notify_problem", NOTICE))
    [event] = here.events("clues.problem_notified")
    assert event.data == {
        "problem_id": item, "unit_id": "edu", "grade": "specific", "notified_on": "2026-03-02"
    }  # fmt: skip
    told = [e.data for e in here.events("clues.notice_due") if e.data["template"] == "problem_notified"]
    assert [n["to_person"] for n in told] == ["p-edu-head"]


def test_a_problem_that_asks_for_a_suggestion_is_not_merely_notified(here: SuggestionWorld) -> None:
    for grade in ("outstanding", "widespread", "major"):
        refused(here.on(here.problem(grade), "notify_problem", NOTICE), "OUT_OF_RANGE", "LZ-18.7")


@pytest.mark.parametrize(
    ("graded", "due"), [((2026, 3, 2), (3, 9)), ((2026, 2, 11), (2, 25)), ((2026, 12, 29), (1, 5))]
)
def test_the_clock_of_the_notice_runs_from_the_grading_by_working_days(
    here: SuggestionWorld, graded: tuple[int, int, int], due: tuple[int, int]
) -> None:
    """Ours and not the text's: passing it is warned of and no breach. Over a make-up Saturday, and the year's end."""
    here.world.on(*graded)
    item = here.problem(found_on=date(*graded).isoformat())
    answer = done(here.on(item, "grade_problem", {"grade": "general"}))
    [clock] = answer.body["duties"]
    assert (clock["clause"], clock["due_at"][5:10]) == ("LZ-18.7", f"{due[0]:02}-{due[1]:02}")
    assert clock["provisional"] is (graded[1] == 12)
    here.world.on(graded[0] + 1, 6, 1)
    [met] = done(here.on(item, "notify_problem", NOTICE)).body["duties"]
    assert (met["status"], met["late"]) == ("met", False)


def test_a_higher_grade_voids_the_clock_of_the_notice(here: SuggestionWorld) -> None:
    item = here.problem("general")
    assert [c["clause"] for c in here.at(item)["duties"] if c["status"] == "open"] == ["LZ-18.7"]
    done(here.on(item, "grade_problem", {"grade": "major", "reason": "问题重大"}))
    assert [c for c in here.at(item)["duties"] if c["status"] == "open"] == []


@proves("LZ-18.8", check=1)
def test_no_suggestion_is_issued_without_the_heads_approval(here: SuggestionWorld) -> None:
    item = here.problem("outstanding")
    refused(here.send_out(item), "APPROVAL_REQUIRED", "LZ-18.8")
    done(here.draft(item))
    refused(here.send_out(item), "APPROVAL_REQUIRED", "LZ-18.8")
    refused(here.decide(item, here.deputy), "WRONG_APPROVER", "LZ-18.8")
    done(here.decide(item, here.head))
    assert done(here.send_out(item)).body["state"] == "issued"
    assert [n["to_person"] for n in notices(here, "suggestion_issued")] == ["p-edu-head"]


def test_a_head_who_drafted_and_approved_it_does_not_issue_it_as_well(here: SuggestionWorld) -> None:
    item = here.problem("outstanding")
    minutes = ("collective_study_minutes",)
    done(here.on(item, "draft_suggestion", DRAFT, by=here.head, documents=minutes))
    done(here.decide(item, here.head))
    refused(here.send_out(item, by=here.head), "SELF_APPROVAL", "LZ-22.15")
    done(here.send_out(item))


@proves("LZ-18.8", check=2)
def test_a_unit_that_another_office_supervises_gets_none_of_its_suggestions(here: SuggestionWorld) -> None:
    item = here.problem("outstanding")
    answer = here.draft(item, recipient_id="hou")
    refused(answer, "OUT_OF_SCOPE", "LZ-18.8")
    assert answer.body["field"] == "recipient_id"
    refused(here.draft(item, recipient_id="nowhere"), "UNKNOWN_REFERENCE", "LZ-18.8")
    refused(
        here.clerk.act(f"{PLACE}/register_problem", PROBLEM | {"unit_id": "hou"}), "OUT_OF_SCOPE", "LZ-18.11"
    )
    done(here.draft(item, recipient_id="edu"))


def test_a_new_grade_voids_what_was_approved_for_the_old_one(here: SuggestionWorld) -> None:
    item = here.approved("outstanding")
    done(here.on(item, "grade_problem", {"grade": "major", "reason": "问题重大"}))
    refused(here.send_out(item), "APPROVAL_REQUIRED", "LZ-18.8")
    waiting = here.problem("outstanding")
    done(here.draft(waiting))
    old = here.at(waiting)["proposals"][0]
    done(here.on(waiting, "grade_problem", {"grade": "widespread", "reason": "普遍存在"}))
    body = {"digest": old["digest"], "reason": ""}
    answer = here.head.send("POST", f"{PLACE}/{waiting}/proposals/{old['id']}/approve", body=body)
    refused(answer, "WRONG_STATE", "LZ-18.8")


@proves("LZ-18.9", check=1)
def test_a_suggestion_is_not_issued_without_its_copy(here: SuggestionWorld) -> None:
    item = here.approved()
    answer = here.on(item, "issue_suggestion", {"issuer": "dispatched_office"})
    refused(answer, "MISSING_FIELD", "LZ-18.9")
    assert answer.body["field"] == "copied_to"
    refused(here.send_out(item, copied_to="xfs"), "WRONG_ADDRESSEE", "LZ-18.9")
    assert here.at(item)["state"] == "approved"


@proves("LZ-18.9", check=2)
def test_issue_and_copy_are_one_step_of_one_date(here: SuggestionWorld) -> None:
    item = here.approved()
    here.world.on(2026, 3, 4)
    done(here.send_out(item))
    shown = here.at(item)
    assert shown["issued_on"] == shown["copied_on"] == "2026-03-04"
    [event] = here.events("clues.suggestion_issued")
    assert event.data == {
        "suggestion_no": "JY-pz1-2026-00001", "kind": "discipline_suggestion", "issuer": "dispatched_office",
        "unit_id": "edu", "issued_on": "2026-03-04", "copied_on": "2026-03-04",
    }  # fmt: skip
    assert [n["office_id"] for n in notices(here, "suggestion_copied")] == ["jd1"]


@proves("LZ-18.10", check=1)
def test_on_a_major_problem_the_office_issues_nothing_in_its_own_name(here: SuggestionWorld) -> None:
    item = here.problem("major")
    refused(here.draft(item), "WRONG_APPROVER", "LZ-18.8")
    done(here.on(item, "pass_up", DRAFT))
    done(here.decide(item, here.head))
    refused(here.send_out(item), "WRONG_APPROVER", "LZ-18.10")
    done(here.on(item, "put_to_commission", by=here.liaison))
    refused(here.decide(item, here.head), "WRONG_APPROVER", "LZ-18.10")
    done(here.decide(item, here.leader))
    refused(here.send_out(item), "WRONG_APPROVER", "LZ-18.10")
    assert here.at(item)["state"] == "commission_approved"


@proves("LZ-18.10", check=2)
def test_with_the_commissions_approval_it_goes_out_in_the_commissions_name(here: SuggestionWorld) -> None:
    item = here.of_the_commission()
    [event] = here.events("clues.suggestion_escalated")
    assert event.data == {"problem_id": item, "passed_on": "2026-03-02"}
    done(here.send_out(item, issuer="district_commission"))
    [event] = here.events("clues.suggestion_issued")
    assert (event.data["issuer"], event.data["suggestion_no"]) == ("district_commission", "JW-pz1-2026-00001")


def test_what_the_head_approved_does_not_go_out_in_the_commissions_name(here: SuggestionWorld) -> None:
    refused(here.send_out(here.approved(), issuer="district_commission"), "WRONG_APPROVER", "LZ-18.10")


def test_the_heads_step_before_the_commissions_is_a_parameter(here: SuggestionWorld) -> None:
    item = here.problem("major")
    refused(here.on(item, "pass_up_directly", DRAFT), "APPROVAL_REQUIRED", "LZ-18.10")
    here.value_is("LZ-18.10", "heads_step", 0)
    refused(here.on(item, "pass_up", DRAFT), "WRONG_ROUTE", "LZ-18.10")
    assert done(here.on(item, "pass_up_directly", DRAFT)).body["state"] == "passed_up"


def test_the_commissions_answer_comes_back_through_the_liaison_office(here: SuggestionWorld) -> None:
    item = here.passed_up()
    answer: dict[str, object] = {"reason": "事实不清"}
    refused(
        here.on(item, "pass_suggestion_back", answer, by=here.liaison), "PRECONDITION_NOT_MET", "LZ-18.10"
    )
    done(here.on(item, "put_to_commission", by=here.liaison))
    done(here.decide(item, here.leader, approve=False, reason="事实不清"))
    done(here.on(item, "pass_suggestion_back", answer, by=here.liaison))
    assert here.at(item)["state"] == "registered"
    done(here.on(item, "pass_up", DRAFT))
    done(here.decide(item, here.head))
    refused(
        here.on(item, "pass_suggestion_back", answer, by=here.liaison), "PRECONDITION_NOT_MET", "LZ-18.10"
    )


def test_a_suggestion_is_answered_verified_and_closed(here: SuggestionWorld) -> None:
    item = here.issued()
    refused(here.on(item, "close_problem"), "NOT_VERIFIED", "LZ-18.8")
    refused(here.verify(item), "PRECONDITION_NOT_MET", "LZ-18.8")
    refused(here.answer(item, answered_on="2026-03-01"), "DATE_ORDER", "LZ-18.8")
    refused(here.on(item, "record_answer", {"summary": "已整改"}), "MISSING_DOCUMENT", "LZ-18.8")
    done(here.answer(item))
    refused(here.on(item, "close_problem"), "NOT_VERIFIED", "LZ-18.8")
    again = done(here.verify(item, rectified=False))
    assert (again.body["state"], [d["clause"] for d in again.body["duties"]]) == ("issued", ["LZ-18.8"])
    done(here.answer(item))
    assert done(here.verify(item)).body["duties"] == []
    assert done(here.on(item, "close_problem")).body["state"] == "closed"


@pytest.mark.parametrize(("day", "told"), [((3, 31), []), ((4, 1), []), ((4, 2), ["jd1", "pz1"])])
def test_a_suggestion_left_unanswered_is_told_to_the_head_and_the_liaison_office(
    tmp_path: Path, day: tuple[int, int], told: list[str]
) -> None:
    """Issued on 2 March, to be answered within 30 days: until the end of 1 April."""
    here = SuggestionWorld(tmp_path, services=("intake", "clues", "notifications"))
    item = here.issued()
    here.world.pump()
    here.world.on(2026, *day)
    here.world.pump()
    assert here.world.parked() == []
    found = notices(here, "suggestion_unanswered")
    assert sorted(n["office_id"] for n in found) == told
    assert here.at(item)["escalations"] == (1 if told else 0)


@pytest.mark.parametrize("kind", ["supervision_suggestion", "something_else"])
def test_a_suggestion_that_notifications_wants_is_one_problem_to_be_graded(
    here: SuggestionWorld, kind: str
) -> None:
    event = SuggestionProposed(proposal_id="hs-1", item_id="hs-item-1", kind=kind, unit_id="edu")
    for number in (1, 2):
        here.hear(event, number)
    here.hear(event.model_copy(update={"proposal_id": "hs-2", "unit_id": "nowhere"}), 3)
    [line] = here.clerk.get(PLACE).body["items"]
    assert (line["source"], line["grade"], line["state"]) == ("consultation", "", "registered")
    assert here.world.parked() == []
    refused(here.draft(line["id"]), "MISSING_FIELD", "LZ-18.11")
    done(here.on(line["id"], "grade_problem", {"grade": "outstanding"}))
    done(here.draft(line["id"]))
    assert [n["office_id"] for n in notices(here, "suggestion_wanted")] == ["pz1"]


def test_who_has_nothing_to_do_with_the_unit_does_not_see_its_problems(here: SuggestionWorld) -> None:
    item = here.problem("major")
    for account in ("clerk2", "jd1", "leader"):
        assert here.at(item, here.world.as_(account))["id"] == item
    for account in ("clerk3", "edu-head", "ags1", "xf1"):
        assert here.world.as_(account).get(f"{PLACE}/{item}").status == 404
        assert here.world.as_(account).get(PLACE).body["items"] == []


def notices(here: SuggestionWorld, template: str) -> list[dict[str, Any]]:
    return [dict(e.data) for e in here.events("clues.notice_due") if e.data["template"] == template]


@proves("LZ-22.5", check=3)
def test_a_minor_question_of_supervision_is_decided_without_a_study_for_a_reason_and_listed(
    here: SuggestionWorld,
) -> None:
    """Only where the installation has said that minor questions are exempt."""
    studied, minor = here.problem("outstanding"), here.problem("outstanding")
    reasoned = DRAFT | {"minor_reason": "个别事项，整改简单"}
    for paper in (DRAFT, reasoned):
        answer = here.on(minor, "draft_suggestion", paper)
        refused(answer, "MISSING_DOCUMENT", "LZ-22.5")
        assert answer.body["field"] == "attachments.collective_study_minutes"
    here.value_is("LZ-22.5", "minor_exempt", 1)
    refused(here.on(minor, "draft_suggestion", DRAFT), "MISSING_DOCUMENT", "LZ-22.5")
    done(here.on(minor, "draft_suggestion", reasoned))
    done(here.draft(studied))
    for item in (minor, studied):
        done(here.decide(item, here.head))
    listed = here.head.get("/clues/unstudied-questions").body
    assert ([one["suggestion"] for one in listed["items"]], listed["count"]) == ([minor], 1)
    assert here.world.as_("head2").get("/clues/unstudied-questions").body["items"] == []
