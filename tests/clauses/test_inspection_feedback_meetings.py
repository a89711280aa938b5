"""The feedback is planned and given in two meetings, against a receipt (XC-34.1 to XC-34.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.feedback_steps import (
    GENERAL,
    GUEST,
    HOLDERS,
    PLAN,
    RECEIPTS,
    TO_PRINCIPAL,
    FeedbackWorld,
)
from tests.clauses.round_steps import done, refused

SPEECH = {"text": "讲话稿"}


@pytest.fixture
def w(tmp_path: Path) -> FeedbackWorld:
    return FeedbackWorld(tmp_path)


@proves("XC-33.3a", check=1)
@pytest.mark.parametrize("provided", [False, True])
def test_a_meeting_without_a_speech_is_a_gap(w: FeedbackWorld, *, provided: bool) -> None:
    unit = w.feedback_at("passed")
    if provided:
        done(w.do(unit, "file_feedback_speech", SPEECH))
    w.agreed(unit)
    w.served(unit)
    w.told(unit)
    answer = done(w.tell_leadership(unit))
    assert w.gaps(unit, "XC-33.3a") == (set() if provided else {""})
    assert ("XC-33.3a" in str(answer.body.get("gaps"))) is not provided


@proves("XC-34.1a", check=1)
def test_a_plan_says_who_takes_part(w: FeedbackWorld) -> None:
    unit = w.feedback_at("passed")
    done(w.do(unit, "arrange_feedback_guest", GUEST))
    answer = w.do(unit, "agree_feedback_plan", PLAN | {"participant_ids": []}, by=w.leader)
    refused(answer, "MISSING_FIELD", "XC-34.1a", field="participant_ids")
    done(w.do(unit, "agree_feedback_plan", PLAN, by=w.leader))


@pytest.mark.parametrize(("day", "light"), [(4, "amber"), (5, "amber"), (6, "red")])
def test_the_plan_is_agreed_promptly(w: FeedbackWorld, day: int, light: str) -> None:
    """Passed on Monday, 2 March: three working days, which are ours and not the text's."""
    unit = w.feedback_at("passed")
    w.world.on(2026, 3, day)
    [duty] = [one for one in w.item(unit)["duties"] if one["clause"] == "XC-34.1a"]
    assert (duty["due_on"], duty["light"]) == ("2026-03-05", light)
    w.agreed(unit)
    [duty] = [one for one in w.item(unit)["duties"] if one["clause"] == "XC-34.1a"]
    assert duty["status"] == "met"


@proves("XC-34.1b", check=1)
def test_somebody_from_above_is_arranged_first(w: FeedbackWorld) -> None:
    unit = w.feedback_at("passed")
    refused(w.do(unit, "agree_feedback_plan", PLAN, by=w.leader), "MISSING_FIELD", "XC-34.1b")
    nobody = w.do(unit, "arrange_feedback_guest", {"guest_id": "p-zu2"})
    refused(nobody, "WRONG_ROLE", "XC-34.1b", field="guest_id")
    done(w.do(unit, "arrange_feedback_guest", {"guest_id": "p-xcd"}))
    done(w.do(unit, "agree_feedback_plan", PLAN, by=w.leader))


@proves("XC-34.2a", check=1)
@pytest.mark.parametrize("other", ["p-edu-vice", "p-edu-clerk", "p-zu4"])
def test_nobody_else_is_there_when_the_principal_is_told(w: FeedbackWorld, other: str) -> None:
    unit = w.feedback_at("served")
    answer = w.tell_principal(unit, attendee_ids=[*TO_PRINCIPAL["attendee_ids"], other])
    refused(answer, "ACCESS_DENIED", "XC-34.2a", field="attendee_ids")
    assert w.item(unit)["state"] == "feedback_passed"


@proves("XC-34.2a", check=2)
@pytest.mark.parametrize("absent", ["p-xz3", "p-zu1", "p-edu-head"])
def test_the_principal_is_told_by_those_whom_the_text_names(w: FeedbackWorld, absent: str) -> None:
    unit = w.feedback_at("served")
    there = [one for one in TO_PRINCIPAL["attendee_ids"] if one != absent]
    answer = w.tell_principal(unit, attendee_ids=there)
    refused(answer, "ATTENDANCE_INCOMPLETE", "XC-34.2a", field="attendee_ids")


@proves("XC-34.2b", check=1)
def test_a_member_of_the_leading_group_who_is_there_chairs(w: FeedbackWorld) -> None:
    unit = w.feedback_at("served")
    refused(w.tell_principal(unit, chair_id="p-zu1"), "WRONG_ROLE", "XC-34.2b", field="chair_id")


@proves("XC-34.2b", check=2)
@proves("XC-34.2b", check=3)
def test_with_the_office_lead_alone_the_teams_leader_chairs(w: FeedbackWorld) -> None:
    unit = w.feedback_at("served")
    there = ["p-xcd", "p-zu1", "p-zu2", "p-edu-head"]
    answer = w.tell_principal(unit, attendee_ids=there, chair_id="p-xcd")
    refused(answer, "WRONG_ROLE", "XC-34.2b", field="chair_id")
    answer = done(w.tell_principal(unit, attendee_ids=there, chair_id="p-zu1"))
    assert ("XC-34.2b" in answer.body["clauses"], answer.body["state"]) == (True, "served")


@proves("XC-34.2c", check=1)
@pytest.mark.parametrize("drawn_up", [False, True])
def test_the_principal_is_told_against_a_signature(w: FeedbackWorld, *, drawn_up: bool) -> None:
    unit = w.feedback_at("agreed")
    if drawn_up:
        done(w.receipt(unit))
    refused(w.tell_principal(unit), "MISSING_SIGNATURE", "XC-34.2c")


@proves("XC-34.2c", check=2)
def test_the_principal_states_a_position(w: FeedbackWorld) -> None:
    unit = w.feedback_at("served")
    refused(w.tell_principal(unit, statement=""), "MISSING_FIELD", "XC-34.2c", field="statement")


@pytest.fixture
def receipt(w: FeedbackWorld) -> str:
    return f"{RECEIPTS}/{done(w.receipt(w.feedback_at('agreed'))).body['id']}"


@proves("XC-34.2d", check=1)
def test_one_signature_is_not_both(w: FeedbackWorld, receipt: str) -> None:
    refused(w.serve(receipt), "MISSING_SIGNATURE", "XC-34.2d")
    done(w.sign_receipt(receipt, w.leader))
    refused(w.serve(receipt), "MISSING_SIGNATURE", "XC-34.2d")
    assert w.sign_receipt(receipt, w.leader).code == "DUPLICATE"
    refused(w.sign_receipt(receipt, w.deputy), "WRONG_ROLE", "XC-34.2d")


@proves("XC-34.2d", check=2)
@pytest.mark.parametrize("holders", [HOLDERS[:2], [*HOLDERS[:2], HOLDERS[0]], [*HOLDERS, HOLDERS[0]]])
def test_three_originals_one_for_each(w: FeedbackWorld, receipt: str, holders: list[str]) -> None:
    done(w.sign_receipt(receipt, w.principal))
    done(w.sign_receipt(receipt, w.leader))
    refused(w.serve(receipt, holders), "COPY_COUNT", "XC-34.2d", field="holders")
    assert w.events("feedback_served") == []


@proves("XC-34.2d", check=3)
def test_with_both_signatures_the_feedback_is_served(w: FeedbackWorld, receipt: str) -> None:
    done(w.sign_receipt(receipt, w.principal))
    done(w.sign_receipt(receipt, w.leader))
    answer = done(w.serve(receipt))
    [event] = w.events("feedback_served")
    assert (event["unit_id"], event["receipt_id"], event["signed_on"]) == (
        "edu", receipt.rpartition("/")[2], "2026-03-02",
    )  # fmt: skip
    assert "XC-34.2d" in answer.body["clauses"]


def test_the_receipt_is_for_the_principal_once_the_drafts_are_passed(w: FeedbackWorld) -> None:
    unit = w.feedback_at("drafts")
    refused(w.receipt(unit), "APPROVAL_REQUIRED", "XC-33.1f")
    w.passed(unit)
    refused(w.receipt(unit, principal_id="p-edu-vice"), "WRONG_ADDRESSEE", "XC-34.2d", field="principal_id")
    item = f"{RECEIPTS}/{done(w.receipt(unit)).body['id']}"
    assert w.receipt(unit).code == "DUPLICATE"
    for reader in (w.principal, w.member, w.office, w.head):
        assert w.item(item, reader)["principal_id"] == "p-edu-head"
    for stranger in (w.world.as_("edu-clerk"), w.leader_2, w.world.as_("head1")):
        assert stranger.get(item).code == "UNKNOWN_REFERENCE"


@proves("XC-34.3a", check=1)
def test_the_leadership_told_first_is_a_gap(w: FeedbackWorld) -> None:
    unit = w.feedback_at("served")
    answer = done(w.tell_leadership(unit))
    assert answer.body["state"] == "general_meeting_held"
    assert w.gaps(unit, "XC-34.3a") == {""}
    assert w.events("feedback_delivered") == []
    assert done(w.tell_principal(unit)).body["state"] == "feedback_delivered"
    assert len(w.events("feedback_delivered")) == 1


@proves("XC-34.3a", check=2)
@pytest.mark.parametrize("principal_first", [True, False])
def test_the_feedback_is_delivered_on_the_later_day(w: FeedbackWorld, *, principal_first: bool) -> None:
    unit = w.feedback_at("served")
    w.world.on(2026, 3, 5)
    first, second = {"held_on": "2026-03-03"}, {"held_on": "2026-03-04"}
    done(w.tell_principal(unit, **(first if principal_first else second)))
    answer = done(w.tell_leadership(unit, **(second if principal_first else first)))
    [event] = w.events("feedback_delivered")
    of = w.item(unit)
    assert event == {
        "round_id": of["round_id"], "team_id": of["team_id"], "unit_id": "edu", "feedback_date": "2026-03-04",
        "issue_ids": w.issues_of(unit, w.member),
    }  # fmt: skip
    assert ("XC-34.3a" in answer.body["clauses"], of["fed_back_on"]) == (True, "2026-03-04")
    assert w.gaps(unit, "XC-34.3a") == set()
    issue = w.item(w.fed_back_issue(unit), w.member)
    assert (issue["state"], issue["list_no"]) == ("fed_back", 1)


def test_who_of_the_team_is_absent_is_a_gap(w: FeedbackWorld) -> None:
    unit = w.feedback_at("told")
    there = [one for one in GENERAL["attendee_ids"] if one != "p-zu3"]
    done(w.tell_leadership(unit, attendee_ids=there))
    assert w.gaps(unit, "XC-34.3a") == {"p-zu3"}


def test_team_and_round_follow_the_unit(w: FeedbackWorld) -> None:
    unit = w.feedback_at("delivered")
    assert {w.item(one)["state"] for one in (unit, w.team_at(unit), w.round_of(unit))} == {
        "feedback_delivered"
    }


def test_what_is_left_out_of_the_list_is_closed_with_the_delivery(w: FeedbackWorld) -> None:
    unit = w.in_fieldwork()
    other = w.finding(unit).rpartition("/")[2]
    for name in (
        "withdrawn",
        "submitted",
        "reviewed",
        "heard",
        "drafted",
        "finalised",
        "secretary",
        "reported",
    ):
        getattr(w, name)(unit)
    listed = [line for line in w.problems(unit) if line["issue_id"] != other]
    left_out = [{"issue_id": other, "left_out_because": "已整改到位"}]
    done(w.draft_feedback(unit, problems=listed, not_fed_back=left_out))
    for name in ("passed", "agreed", "served", "told", "delivered"):
        getattr(w, name)(unit)
    assert w.item(f"/inspection/issues/{other}", w.member)["state"] == "closed"
    [event] = w.events("feedback_delivered")
    assert event["issue_ids"] == [line["issue_id"] for line in listed]


@proves("XC-34.3b", check=1)
@pytest.mark.parametrize("chair", ["p-zu1", "p-xz3", "p-edu-vice"])
def test_the_principal_chairs_the_general_meeting(w: FeedbackWorld, chair: str) -> None:
    unit = w.feedback_at("told")
    refused(w.tell_leadership(unit, chair_id=chair), "WRONG_ROLE", "XC-34.3b", field="chair_id")


@proves("XC-34.3b", check=2)
def test_the_principals_opinion_is_not_read_out(w: FeedbackWorld) -> None:
    unit = w.feedback_at("told")
    answer = w.tell_leadership(unit, text_read="principal_opinion")
    refused(answer, "CONTENT_RULE", "XC-34.3b", field="text_read")


@pytest.mark.parametrize(
    ("changes", "code"), [({"statement": ""}, "MISSING_FIELD"), ({"speaker_id": "p-zu1"}, "WRONG_ROLE")]
)
def test_somebody_from_above_speaks_and_the_principal_answers(
    w: FeedbackWorld, changes: dict[str, Any], code: str
) -> None:
    refused(w.tell_leadership(w.feedback_at("told"), **changes), code, "XC-34.3b", field=next(iter(changes)))
