"""The feedback is drafted, reviewed and passed (XC-33.1, XC-33.3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.feedback_steps import PLAN, TEXTS, FeedbackWorld
from tests.clauses.result_steps import INTERVIEWS, ISSUES, RESULT_STEPS, ROUND_REPORTS, key
from tests.clauses.round_steps import done, refused


@pytest.fixture
def w(tmp_path: Path) -> FeedbackWorld:
    return FeedbackWorld(tmp_path)


@pytest.fixture
def unit(w: FeedbackWorld) -> str:
    return w.feedback_at("results")


@proves("XC-33.1a", check=1)
def test_nothing_is_drafted_before_the_results_are_heard(w: FeedbackWorld) -> None:
    unit = w.result_at("finalised")
    refused(w.draft_feedback(unit), "PRECONDITION_NOT_MET", "XC-33.1a")


@proves("XC-33.1a", check=2)
@pytest.mark.parametrize("left_out", TEXTS[:2])
def test_one_opinion_without_the_other_is_not_handed_in(w: FeedbackWorld, unit: str, left_out: str) -> None:
    texts = tuple(text for text in TEXTS if text != left_out)
    refused(w.draft_feedback(unit, texts=texts), "MISSING_DOCUMENT", "XC-33.1a")
    field = {"feedback_principal": "to_principal", "feedback_leadership": "to_leadership"}[left_out]
    without: dict[str, Any] = {field: []}
    refused(w.draft_feedback(unit, **without), "MISSING_DOCUMENT", "XC-33.1a", field=field)


@proves("XC-33.1b", check=1)
def test_a_problem_without_a_signed_paper_is_not_listed(w: FeedbackWorld) -> None:
    unit = w.in_fieldwork()
    [signed] = w.issues_of(unit)
    bare = {"engagement_id": key(unit), "title": "次要问题", "important": False}
    done(w.do(ISSUES, "record_issue", bare, by=w.member))
    w.withdrawn(unit)
    report = w.inspection_report(unit, findings=[{"issue_id": signed}])
    done(w.deliberate(report))
    for one in (report, w.interview_report(unit), w.clue_report(unit)):
        done(w.sign(one))
        done(w.submit(one))
    for name in RESULT_STEPS[2:]:
        getattr(w, name)(unit)
    assert len(w.problems(unit)) == 2
    refused(w.draft_feedback(unit), "MISSING_DOCUMENT", "XC-33.1b", field="problems.issue_id")


@proves("XC-33.1b", check=2)
def test_an_empty_list_is_none(w: FeedbackWorld, unit: str) -> None:
    refused(w.draft_feedback(unit, problems=[]), "MISSING_FIELD", "XC-33.1b", field="problems")


def test_each_problem_stands_once_in_the_list_and_is_of_the_unit(w: FeedbackWorld, unit: str) -> None:
    once = w.problems(unit)
    assert w.draft_feedback(unit, problems=once * 2).code == "DUPLICATE"
    left_out = [{"issue_id": once[0]["issue_id"], "left_out_because": "已整改"}]
    assert w.draft_feedback(unit, not_fed_back=left_out).code == "DUPLICATE"
    strange = [once[0] | {"issue_id": "another"}]
    assert w.draft_feedback(unit, problems=strange).code == "UNKNOWN_REFERENCE"


@proves("XC-33.1c", check=1)
@proves("XC-33.1c", check=2)
@pytest.mark.parametrize(("day", "late"), [(6, False), (9, False), (10, True), (14, True)])
def test_drafts_arrive_within_five_working_days(w: FeedbackWorld, unit: str, day: int, *, late: bool) -> None:
    """Heard on Monday, 2 March: due on Monday, 9 March; a Saturday does not count."""
    w.world.on(2026, 3, day)
    answer = done(w.draft_feedback(unit))
    [duty] = [one for one in w.item(unit)["duties"] if one["clause"] == "XC-33.1c"]
    assert (duty["due_on"], duty["status"], duty["late"]) == ("2026-03-09", "met", late)
    assert ("XC-33.1c" in answer.body["clauses"], answer.body["state"]) == (True, "feedback_drafted")
    [event] = w.events("feedback_drafts_submitted")
    assert (event["unit_id"], event["submitted_on"]) == ("edu", f"2026-03-{day:02d}")


@proves("XC-33.1c", check=3)
def test_without_the_list_nothing_is_handed_in(w: FeedbackWorld, unit: str) -> None:
    refused(w.draft_feedback(unit, texts=TEXTS[:2]), "MISSING_DOCUMENT", "XC-33.1c")
    assert w.item(unit)["state"] == "results_reported"


@proves("XC-33.1d", check=1)
def test_the_principal_reads_nothing_of_himself(w: FeedbackWorld) -> None:
    unit = w.in_fieldwork()
    [talk] = w.leader.get(INTERVIEWS).body["items"]
    on_the_principal = key(w.clue(f"{INTERVIEWS}/{talk['id']}", "p-edu-head"))
    for name in RESULT_STEPS:
        getattr(w, name)(unit)
    tagged = [{"text": "概述", "found_clue_ids": [on_the_principal]}]
    answer = w.draft_feedback(unit, to_principal=tagged)
    refused(answer, "CONTENT_RULE", "XC-33.1d", field="to_principal.found_clue_ids")
    named = [{"text": "概述", "person_ids": ["p-edu-head"]}]
    answer = w.draft_feedback(unit, to_principal=named)
    refused(answer, "CONTENT_RULE", "XC-33.1d", field="to_principal.person_ids")


@proves("XC-33.1d", check=2)
def test_other_members_are_outlined_to_the_principal(w: FeedbackWorld, unit: str) -> None:
    [clue] = w.clues_of(unit)
    outline = [{"text": "概述", "found_clue_ids": [clue], "person_ids": ["p-edu-vice"]}]
    answer = done(w.draft_feedback(unit, to_principal=outline))
    assert "XC-33.1d" in answer.body["clauses"]


def test_a_clue_that_one_may_not_know_of_is_none(w: FeedbackWorld, unit: str) -> None:
    outline = [{"text": "概述", "found_clue_ids": ["nowhere"]}]
    assert w.draft_feedback(unit, to_principal=outline).code == "UNKNOWN_REFERENCE"


@proves("XC-33.1e", check=1)
def test_the_leadership_reads_of_no_clue(w: FeedbackWorld, unit: str) -> None:
    [clue] = w.clues_of(unit)
    linked = [{"text": "概述", "found_clue_ids": [clue]}]
    refused(w.draft_feedback(unit, to_leadership=linked), "CONTENT_RULE", "XC-33.1e")
    number = w.item(f"/inspection/found-clues/{clue}", w.leader)["no"]
    written = [{"text": f"见{number}"}]
    answer = w.draft_feedback(unit, to_leadership=written)
    refused(answer, "CONTENT_RULE", "XC-33.1e", field="to_leadership.text")


@proves("XC-33.1e", check=2)
def test_the_leadership_reads_no_name(w: FeedbackWorld, unit: str) -> None:
    named = [{"text": "违规问题", "person_ids": ["p-edu-vice"]}]
    answer = w.draft_feedback(unit, to_leadership=named)
    refused(answer, "CONTENT_RULE", "XC-33.1e", field="to_leadership.person_ids")


@proves("XC-33.1e", check=3)
def test_what_names_nobody_is_accepted(w: FeedbackWorld, unit: str) -> None:
    answer = done(w.draft_feedback(unit, to_leadership=[{"text": "个别班子成员存在违规问题"}]))
    assert "XC-33.1e" in answer.body["clauses"]


@proves("XC-33.1f", check=1)
def test_the_leading_group_passes_what_the_office_has_reviewed(w: FeedbackWorld, unit: str) -> None:
    w.drafts(unit)
    refused(w.do(unit, "pass_feedback_drafts", by=w.head), "APPROVAL_ORDER", "XC-33.1f")
    refused(w.do(unit, "review_feedback_drafts", by=w.leader), "WRONG_ROLE", "XC-33.1f")
    done(w.do(unit, "review_feedback_drafts"))
    refused(w.do(unit, "pass_feedback_drafts"), "WRONG_ROLE", "XC-33.1f")
    assert done(w.do(unit, "pass_feedback_drafts", by=w.head)).body["state"] == "feedback_passed"


@proves("XC-33.1f", check=2)
@pytest.mark.parametrize("step", ["results", "drafts"])
def test_without_passed_drafts_no_meeting_is_arranged(w: FeedbackWorld, step: str) -> None:
    unit = w.feedback_at(step)
    done(w.do(unit, "arrange_feedback_guest", {"guest_id": "p-xz3"}))
    refused(w.do(unit, "agree_feedback_plan", PLAN, by=w.leader), "APPROVAL_REQUIRED", "XC-33.1f")


@proves("XC-33.1f", check=3)
def test_what_is_changed_after_it_was_passed_is_passed_again(w: FeedbackWorld) -> None:
    unit = w.feedback_at("agreed")
    done(w.draft_feedback(unit, to_leadership=[{"text": "修改后的内容"}]))
    refused(w.do(unit, "agree_feedback_plan", PLAN, by=w.leader), "APPROVAL_REQUIRED", "XC-33.1f")
    assert w.tell_principal(unit).code == "APPROVAL_REQUIRED"
    refused(w.do(unit, "pass_feedback_drafts", by=w.head), "APPROVAL_ORDER", "XC-33.1f")
    w.passed(unit)
    w.served(unit)
    done(w.tell_principal(unit))


def test_what_somebody_has_signed_for_is_changed_no_more(w: FeedbackWorld) -> None:
    unit = w.feedback_at("agreed")
    receipt = f"/inspection/feedback-receipts/{done(w.receipt(unit)).body['id']}"
    done(w.sign_receipt(receipt, w.principal))
    refused(w.draft_feedback(unit), "WRONG_STATE", "XC-34.2d")


def test_drafts_are_the_teams_and_nobody_elses(w: FeedbackWorld, unit: str) -> None:
    refused(w.draft_feedback(unit, by=w.office), "WRONG_ROLE", "XC-33.1a")
    assert w.draft_feedback(unit, by=w.principal).code == "UNKNOWN_REFERENCE"


@pytest.mark.parametrize(
    ("heard", "day", "due", "late"),
    [
        ((2026, 4, 30), (2026, 5, 11), "2026-05-11", False),
        ((2026, 4, 30), (2026, 5, 12), "2026-05-11", True),
        ((2026, 12, 28), (2027, 1, 4), "2027-01-04", False),
    ],
)
def test_a_make_up_saturday_counts_and_a_year_without_calendar_is_counted_by_weeks(
    w: FeedbackWorld, heard: tuple[int, int, int], day: tuple[int, int, int], due: str, *, late: bool
) -> None:
    """Saturday, 9 May 2026 is worked; of 2027 nothing is published: its days are provisional."""
    unit = w.result_at("secretary")
    w.world.on(*heard)
    report = w.of_round(ROUND_REPORTS, w.round_of(unit))
    done(w.committee_hears(report, held_on=date(*heard).isoformat()))
    w.world.on(*day)
    done(w.draft_feedback(unit))
    [duty] = [one for one in w.item(unit)["duties"] if one["clause"] == "XC-33.1c"]
    assert (duty["due_on"], duty["provisional"], duty["late"]) == (due, day[0] == 2027, late)
