"""Internal review begins: who may review, who leads, and the 30 days that begin with acceptance."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from services.notifications.storage import Notice
from tests.clause_proof import proves
from tests.clauses.clues_steps import done, refused
from tests.clauses.review_steps import ReviewWorld


class WithReminders(ReviewWorld):
    """With notifications as well."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, services=("intake", "clues", "notifications"))


@pytest.fixture
def here(tmp_path: Path, case_to_be_reviewed: Path) -> ReviewWorld:
    return ReviewWorld.copied(case_to_be_reviewed, tmp_path)


@proves("LZ-17.1", check=2)
def test_a_case_that_was_sent_is_not_ended_without_review(here: ReviewWorld) -> None:
    item = here.sent_case()
    done(here.assign(item))
    refused(here.complete(item), "WRONG_STATE", "LZ-17.10")
    refused(here.examine(item), "WRONG_STATE", "LZ-17.10")
    assert "LZ-17.1" in done(here.accept(item)).body["clauses"]


@proves("LZ-17.2", check=1)
@pytest.mark.parametrize("field", ["lead_reviewer_ids", "reviewer_ids"])
@pytest.mark.parametrize("person", ["p-deputy1", "p-clerk1", "p-clerk2"], ids=["lead", "member", "safety"])
def test_nobody_who_investigated_reviews(here: ReviewWorld, field: str, person: str) -> None:
    item = here.sent_case()
    answer = here.assign(item, **{field: [person]})
    refused(answer, "CONFLICT_OF_INTEREST", "LZ-17.2")
    assert answer.body["field"] == field
    assert here.case(item)["lead_reviewer_id"] == ""
    done(here.assign(item))


def test_who_verified_the_clue_and_left_since_does_not_review(here: ReviewWorld) -> None:
    other = here.filed()  # verified by p-deputy1 and p-clerk1
    done(here.group(other, lead_id="p-clerk3", member_ids=["p-clerk2"], safety_officer_id="p-head1"))
    done(here.plan_case(other))
    done(here.do(other, "request_plan_approval"))
    done(here.rule(other, here.head))
    done(here.send_for_review(other))
    refused(here.assign(other, reviewer_ids=["p-clerk1"]), "CONFLICT_OF_INTEREST", "LZ-17.2")


def test_an_investigator_names_no_reviewers(here: ReviewWorld) -> None:
    item = here.sent_case()
    paper = {"lead_reviewer_ids": ["p-rev1"], "reviewer_ids": ["p-rev2"]}
    refused(here.do(item, "assign_reviewers", dict(paper), by=here.deputy), "CONFLICT_OF_INTEREST", "LZ-17.2")
    assert here.do(item, "assign_reviewers", dict(paper)).code == "WRONG_ROLE"


@pytest.mark.parametrize(
    ("person", "code"), [("p-nobody", "UNKNOWN_REFERENCE"), ("p-hou-sec", "OUT_OF_SCOPE")]
)
def test_reviewers_are_staff_of_the_authority(here: ReviewWorld, person: str, code: str) -> None:
    refused(here.assign(here.sent_case(), reviewer_ids=[person]), code, "LZ-17.5")


def test_a_relative_of_the_person_reported_does_not_review(here: ReviewWorld) -> None:
    item = here.sent_case()
    here.person_is("p-rev2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    refused(here.assign(item), "CONFLICT_OF_INTEREST", "LZ-17.2")


def test_who_becomes_a_relative_after_being_named_keeps_the_case_from_being_accepted(
    here: ReviewWorld,
) -> None:
    item = here.sent_case()
    done(here.assign(item))
    here.person_is("p-rev2", office_id="pz1", unit_id="", relatives=("p-edu-sec",))
    refused(here.accept(item), "CONFLICT_OF_INTEREST", "LZ-17.2")


@proves("LZ-17.2", check=2)
def test_reviewers_of_another_office_help_once_the_collaboration_is_approved(here: ReviewWorld) -> None:
    item = here.sent_case()
    refused(here.assign(item, reviewer_ids=["p-clerk3"]), "APPROVAL_REQUIRED", "LZ-17.2")
    for office, code in (
        ("xfs", "UNKNOWN_REFERENCE"),
        ("nobody", "UNKNOWN_REFERENCE"),
        ("pz1", "OUT_OF_SCOPE"),
    ):
        paper = {"office_id": office, "reason": "本机构人员不足"}
        refused(here.do(item, "request_collaboration", paper, by=here.head), code, "LZ-17.2")
    refused(
        here.do(item, "request_collaboration", {"office_id": "pz2"}, by=here.head),
        "MISSING_REASON",
        "LZ-17.2",
    )
    paper = {"office_id": "pz2", "reason": "本机构人员不足"}
    done(here.do(item, "request_collaboration", paper, by=here.head))
    for approver in (here.liaison, here.leader):
        refused(here.assign(item, reviewer_ids=["p-clerk3"]), "APPROVAL_REQUIRED", "LZ-17.2")
        done(here.rule(item, approver))
    answer = here.assign(item, reviewer_ids=["p-clerk3"])
    assert "LZ-17.2" in done(answer).body["clauses"]
    assert here.case(item, here.world.as_("clerk3"))["state"] == "sent_for_review"


@proves("LZ-17.3", check=1)
def test_without_a_lead_reviewer_no_review_starts(here: ReviewWorld) -> None:
    item = here.sent_case()
    answer = here.assign(item, lead_reviewer_ids=[])
    refused(answer, "MISSING_FIELD", "LZ-17.3")
    assert answer.body["field"] == "lead_reviewer_ids"
    unnamed = here.do(item, "assign_reviewers", {"reviewer_ids": ["p-rev1", "p-rev2"]}, by=here.head)
    refused(unnamed, "MISSING_FIELD", "LZ-17.3")
    assert here.do(item, "accept_for_review", by=here.head).code == "WRONG_ROLE"
    assert here.case(item)["state"] == "sent_for_review"


@proves("LZ-17.3", check=2)
def test_a_case_has_one_lead_reviewer(here: ReviewWorld) -> None:
    item = here.sent_case()
    refused(here.assign(item, lead_reviewer_ids=["p-rev1", "p-rev2"]), "DUPLICATE", "LZ-17.3")
    done(here.assign(item, lead_reviewer_ids=["p-rev1"]))
    assert here.case(item)["lead_reviewer_id"] == "p-rev1"


@proves("LZ-17.5", check=1)
def test_one_person_is_no_review_group(here: ReviewWorld) -> None:
    item = here.sent_case()
    for others in ([], ["p-rev1"]):
        refused(here.assign(item, reviewer_ids=others), "OUT_OF_RANGE", "LZ-17.5")
    here.value_is("LZ-17.5", "group_at_least", 3)
    refused(here.assign(item), "OUT_OF_RANGE", "LZ-17.5")


@proves("LZ-17.5", check=2)
def test_two_are_a_review_group_and_the_lead_among_them_accepts(here: ReviewWorld) -> None:
    item = here.sent_case()
    assert here.second.get(f"/clues/cases/{item}").status == 404
    done(here.assign(item))
    assert here.do(item, "accept_for_review", by=here.second).code == "WRONG_ROLE"
    assert done(here.accept(item)).body["state"] == "accepted"
    [event] = here.events("clues.review_started")
    assert [event.data[name] for name in ("case_id", "round", "accepted_on", "lead_reviewer_id")] == [
        item, 1, "2026-03-02", "p-rev1",
    ]  # fmt: skip
    refused(here.assign(item), "WRONG_STATE", "LZ-17.3")


@proves("LZ-17.11", check=1)
@pytest.mark.parametrize(
    ("day", "late"),
    [((2026, 3, 31, 9), False), ((2026, 4, 1, 23, 59), False), ((2026, 4, 2, 0), True)],
    ids=["the day before", "the day", "the day after"],
)
def test_review_is_completed_within_thirty_days_of_acceptance(
    here: ReviewWorld, day: tuple[int, int, int, int], *, late: bool
) -> None:
    item = here.sent_case()
    done(here.assign(item))
    [duty] = done(here.accept(item)).body["duties"]
    assert (duty["clause"], duty["due_at"]) == ("LZ-17.11", "2026-04-01T23:59:59+08:00")
    here.deliberated(item)
    here.world.on(*day)
    done(here.sign(item))
    answer = done(here.complete(item))
    found = [(d["clause"], d["status"], d["late"]) for d in answer.body["duties"]]
    assert found == [("LZ-17.11", "met", late)]


@pytest.mark.parametrize(
    ("accepted", "due"),
    [((2026, 4, 1), "2026-05-01"), ((2026, 9, 20), "2026-10-20"), ((2026, 12, 15), "2027-01-14")],
    ids=["ends on a holiday", "with make-up days", "beyond the calendar"],
)
def test_the_thirty_days_are_calendar_days(
    here: ReviewWorld, accepted: tuple[int, int, int], due: str
) -> None:
    item = here.sent_case()
    here.world.on(*accepted)
    done(here.assign(item))
    [duty] = done(here.accept(item)).body["duties"]
    assert (duty["due_at"][:10], duty["provisional"]) == (due, False)


@proves("LZ-17.11", check=2)
def test_a_case_that_went_back_has_a_new_clock_and_the_old_one_is_kept(here: ReviewWorld) -> None:
    item = here.accepted()
    here.world.on(2026, 3, 10)
    done(here.examine(item, evidence_code="more_evidence", reason="证据不足"))
    here.world.on(2026, 5, 6)
    done(here.send_for_review(item))
    done(here.accept(item))
    clocks = [d for d in here.case(item)["duties"] if d["clause"] == "LZ-17.11"]
    assert sorted((d["status"], d["due_at"][:10], d["late"]) for d in clocks) == [
        ("open", "2026-06-05", False),
        ("voided", "2026-04-01", False),
    ]
    assert [e.data["round"] for e in here.events("clues.review_started")] == [1, 2]


@proves("LZ-17.11", check=3)
def test_ten_five_and_one_days_before_the_end_the_lead_reviewer_and_the_head_are_warned(
    tmp_path: Path, case_to_be_reviewed: Path
) -> None:
    here = WithReminders.copied(case_to_be_reviewed, tmp_path)
    item = here.accepted()
    here.world.pump()
    for (month, day, hour), warned in {
        (3, 21, 23): 0, (3, 22, 0): 1, (3, 26, 23): 1, (3, 27, 0): 2, (3, 30, 23): 2, (3, 31, 0): 3
    }.items():  # fmt: skip
        here.world.on(2026, month, day, hour)
        here.world.pump()
        events = here.events("notifications.deadline_warned", "notifications")
        events = [e for e in events if e.data["clause"] == "LZ-17.11"]
        assert len(events) == warned, (month, day, hour)
        assert {e.data["subject_ref"] for e in events} <= {item}
    with here.world.runtimes["notifications"].db.read() as session:
        told = session.scalars(select(Notice.addressee_id).where(Notice.template == "deadline_warned")).all()
    assert {"p-rev1", "p-head1"} <= set(told)
