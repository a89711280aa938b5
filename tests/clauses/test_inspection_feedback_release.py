"""The press release of the feedback: approved above, completed by the unit, through three gates (XC-33.2, XC-35.2)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.feedback_steps import FeedbackWorld
from tests.clauses.result_steps import key
from tests.clauses.round_steps import done, refused
from tests.world import Answer

RELEASES = "/inspection/releases"
FIVE = ("no_secret", "no_harm_to_reviews", "no_disclosure_breach", "no_hype", "no_mass_petition")
CLEARANCE: dict[str, Any] = dict.fromkeys(FIVE, True)


@pytest.fixture
def w(tmp_path: Path) -> FeedbackWorld:
    return FeedbackWorld(tmp_path)


def draft(w: FeedbackWorld, unit: str, **changes: object) -> Answer:
    paper = {"engagement_id": key(unit), "based_on": "leadership_opinion", "text": "新闻稿"} | changes
    return w.do(RELEASES, "draft_feedback_release", paper, by=w.member)


def drafted(w: FeedbackWorld) -> str:
    return f"{RELEASES}/{done(draft(w, w.feedback_at('drafts'))).body['id']}"


def approved(w: FeedbackWorld) -> str:
    item = drafted(w)
    done(w.do(item, "submit_feedback_release", by=w.member))
    done(w.decide(item, w.office))
    done(w.decide(item, w.deputy_head))
    return item


def give(w: FeedbackWorld, item: str) -> Answer:
    return w.do(item, "give_feedback_release", {"given_on": "2026-03-02"}, by=w.member)


def completed(w: FeedbackWorld) -> str:
    item = approved(w)
    done(give(w, item))
    done(w.do(item, "add_unit_statement", {"unit_statement": "表态内容"}, by=w.principal))
    return item


def clear(w: FeedbackWorld, item: str, **changes: object) -> Answer:
    return w.do(item, "clear_feedback_release", CLEARANCE | changes, by=w.member)


def publish(w: FeedbackWorld, item: str) -> Answer:
    return w.do(item, "publish_release", {"published_on": "2026-03-02", "media": "区电视台"}, by=w.member)


@proves("XC-33.2a", check=1)
def test_no_release_rests_on_the_principals_opinion(w: FeedbackWorld) -> None:
    answer = draft(w, w.feedback_at("drafts"), based_on="principal_opinion")
    refused(answer, "CONTENT_RULE", "XC-33.2a", field="based_on")


@proves("XC-33.2a", check=2)
def test_a_release_rests_on_the_leadership_opinion(w: FeedbackWorld) -> None:
    answer = done(draft(w, w.feedback_at("drafts")))
    assert ("XC-33.2a" in answer.body["clauses"], answer.body["state"]) == (True, "template_drafted")


def test_before_the_opinions_are_drafted_there_is_no_release(w: FeedbackWorld) -> None:
    refused(draft(w, w.feedback_at("results")), "PRECONDITION_NOT_MET", "XC-33.2a", field="engagement_id")


@proves("XC-33.2b", check=1)
def test_what_is_not_approved_is_not_given_to_the_unit(w: FeedbackWorld) -> None:
    item = drafted(w)
    refused(give(w, item), "APPROVAL_REQUIRED", "XC-33.2b")
    assert w.principal.get(item).code == "UNKNOWN_REFERENCE"
    done(w.do(item, "submit_feedback_release", by=w.member))
    done(w.decide(item, w.office))
    refused(give(w, item), "APPROVAL_REQUIRED", "XC-33.2b")
    done(w.decide(item, w.head))
    done(give(w, item))
    assert w.item(item, w.principal)["state"] == "with_unit"


@proves("XC-33.2b", check=2)
def test_an_ordinary_member_of_the_leading_group_approves_no_release(w: FeedbackWorld) -> None:
    item = drafted(w)
    done(w.do(item, "submit_feedback_release", by=w.member))
    done(w.decide(item, w.office))
    refused(w.decide(item, w.member_of_group), "WRONG_APPROVER", "XC-33.2b")


@proves("XC-35.2a", check=1)
def test_the_office_clears_after_the_teams_leader(w: FeedbackWorld) -> None:
    item = completed(w)
    done(clear(w, item))
    done(w.decide(item, w.principal))
    refused(w.decide(item, w.office), "APPROVAL_ORDER", "XC-35.2a")


@proves("XC-35.2a", check=2)
def test_two_gates_are_not_three(w: FeedbackWorld) -> None:
    item = completed(w)
    done(clear(w, item))
    done(w.decide(item, w.principal))
    done(w.decide(item, w.leader))
    refused(publish(w, item), "APPROVAL_REQUIRED", "XC-35.2a")
    assert w.events("feedback_release_approved") == []


@proves("XC-35.2a", check=3)
def test_after_three_gates_it_may_be_published(w: FeedbackWorld) -> None:
    item = completed(w)
    done(clear(w, item))
    for gate in (w.principal, w.leader):
        done(w.decide(item, gate))
    answer = done(w.decide(item, w.office))
    [event] = w.events("feedback_release_approved")
    assert (event["unit_id"], event["text_ref"], event["approvals"]) == (
        "edu", key(item), ["p-edu-head", "p-zu1", "p-xc1"],
    )  # fmt: skip
    assert "XC-35.2a" in answer.body["clauses"]
    assert done(publish(w, item)).body["state"] == "published"


def test_a_release_of_the_feedback_does_not_go_the_way_of_one_of_the_entry(w: FeedbackWorld) -> None:
    item = drafted(w)
    assert w.do(item, "clear_release", by=w.member).code == "WRONG_STATE"
    assert clear(w, item).code == "WRONG_STATE"


@proves("XC-35.2b", check=1)
@pytest.mark.parametrize("point", FIVE)
def test_each_of_the_five_points_is_confirmed(w: FeedbackWorld, point: str) -> None:
    item = completed(w)
    refused(clear(w, item, **{point: False}), "MISSING_FIELD", "XC-35.2b", field=point)


@proves("XC-35.2b", check=2)
def test_while_the_unit_is_under_investigation_somebody_decides_to_publish(w: FeedbackWorld) -> None:
    item = completed(w)
    answer = clear(w, item, under_investigation=True)
    refused(answer, "CONTENT_RULE", "XC-35.2b", field="release_decision_no")
    done(clear(w, item, under_investigation=True, release_decision_no="区委〔2026〕3号"))
