"""After the feedback: the circular of the unit, copies to leaders and bodies, receipts (XC-35.1, XC-36)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.feedback_steps import FeedbackWorld
from tests.clauses.round_steps import done, refused
from tests.world import Answer

THREE = ["discipline_commission", "dispatched_discipline_group", "organization_dept"]
ALL = ["county_leaders", *THREE]


@pytest.fixture
def w(tmp_path: Path) -> FeedbackWorld:
    return FeedbackWorld(tmp_path, services=("inspection", "notifications"))


@pytest.fixture
def unit(w: FeedbackWorld) -> str:
    return w.feedback_at("delivered")


def copy(w: FeedbackWorld, unit: str, recipients: list[str], **changes: object) -> Answer:
    paper = {"sent_on": "2026-03-02", "copied": "leadership_opinion", "recipients": recipients} | changes
    return w.do(unit, "copy_feedback", paper)


def close(w: FeedbackWorld, unit: str) -> Answer:
    return w.do(unit, "close_feedback_copying")


@proves("XC-35.1a", check=1)
def test_the_circular_carries_nothing_of_the_principals_opinion(w: FeedbackWorld, unit: str) -> None:
    paper = {"issued_on": "2026-03-02", "circular_no": "教党〔2026〕1号"}
    everything = ["leadership_opinion", "feedback_speech", "statement_of_position"]
    answer = w.do(
        unit, "record_party_circular", paper | {"circulated": [*everything, "principal_opinion"]}, by=w.member
    )
    refused(answer, "CONTENT_RULE", "XC-35.1a", field="circulated")
    done(w.do(unit, "record_party_circular", paper | {"circulated": everything}, by=w.member))


@proves("XC-36.1a", check=1)
def test_the_principals_opinion_is_copied_to_nobody(w: FeedbackWorld, unit: str) -> None:
    answer = copy(w, unit, ALL, copied="principal_opinion")
    refused(answer, "CONTENT_RULE", "XC-36.1a", field="copied")
    assert w.events("feedback_copied") == []


@proves("XC-36.1a", check=2)
@pytest.mark.parametrize(("day", "reminded"), [(6, 0), (9, 0), (10, 1)])
def test_a_receipt_that_does_not_come_is_reminded_of(
    w: FeedbackWorld, unit: str, day: int, reminded: int
) -> None:
    """Sent on Monday, 2 March, to two: five working days, until 9 March. One receipt has come."""
    done(copy(w, unit, ["county_leaders", "discipline_commission"]))
    receipt = {"recipient": "discipline_commission", "received_on": "2026-03-02"}
    answer = done(w.do(unit, "record_copy_receipt", receipt))
    assert "XC-36.1a" in answer.body["clauses"]
    w.world.on(2026, 3, day)
    w.world.pump()
    assert w.world.parked() == []
    notices = w.office.get("/notifications/inbox").body["items"]
    about = [(n["template"], n["clause"]) for n in notices]
    assert about.count(("deadline_overdue", "XC-36.1a")) == reminded


def test_a_receipt_is_of_somebody_who_got_a_copy(w: FeedbackWorld, unit: str) -> None:
    receipt = {"recipient": "organization_dept", "received_on": "2026-03-02"}
    refused(w.do(unit, "record_copy_receipt", receipt), "OUT_OF_SCOPE", "XC-36.1a", field="recipient")


@proves("XC-36.2a", check=1)
@pytest.mark.parametrize("left_out", THREE)
def test_the_stationed_group_and_both_others_get_a_copy(w: FeedbackWorld, unit: str, left_out: str) -> None:
    done(copy(w, unit, [one for one in ALL if one != left_out]))
    refused(close(w, unit), "WRONG_ADDRESSEE", "XC-36.2a")
    done(copy(w, unit, [left_out]))
    done(close(w, unit))


@proves("XC-36.2a", check=2)
def test_the_event_lists_the_three(w: FeedbackWorld, unit: str) -> None:
    answer = done(copy(w, unit, THREE))
    [event] = w.events("feedback_copied")
    assert (event["recipients"], event["unit_id"], event["sent_on"]) == (THREE, "edu", "2026-03-02")
    assert "XC-36.2a" in answer.body["clauses"]
    met = {d["clause"]: d["status"] for d in w.item(unit)["duties"] if d["recipient"] == "sending"}
    assert met == {"XC-36.1a": "open", "XC-36.2a": "met"}


def test_the_leaders_get_theirs_too(w: FeedbackWorld, unit: str) -> None:
    done(copy(w, unit, THREE))
    refused(close(w, unit), "WRONG_ADDRESSEE", "XC-36.1a")


@pytest.fixture
def enterprise(w: FeedbackWorld) -> str:
    w.unit_type = "enterprise"
    return w.feedback_at("delivered")


@proves("XC-36.2b", check=1)
def test_of_an_enterprise_one_more_gets_a_copy(w: FeedbackWorld, enterprise: str) -> None:
    done(copy(w, enterprise, ALL))
    refused(close(w, enterprise), "WRONG_ADDRESSEE", "XC-36.2b")


@proves("XC-36.2b", check=2)
@pytest.mark.parametrize("one", ["competent_department", "superior_party_org"])
def test_the_department_or_the_level_above_will_do(w: FeedbackWorld, enterprise: str, one: str) -> None:
    done(copy(w, enterprise, [*ALL, one]))
    assert "XC-36.2b" in done(close(w, enterprise)).body["clauses"]


def test_before_the_feedback_nothing_is_copied(w: FeedbackWorld) -> None:
    unit = w.feedback_at("told")
    assert copy(w, unit, ALL).code == "PRECONDITION_NOT_MET"
    done(w.tell_leadership(unit))
    refused(copy(w, unit, ALL, sent_on="2026-03-01"), "DATE_ORDER", field="sent_on")
