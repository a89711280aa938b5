"""Minutes, decisions, how they are carried out, and the opinions of the office (LZ-6.4, LZ-6.5, LZ-6.8, LL-2.18)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.supervision_steps import (
    CHECK,
    MEETINGS,
    OPINIONS,
    PROBLEMS,
    SupervisionWorld,
    decided,
    done,
    refused,
)

NOBODYS = f"{MEETINGS}/0123456789abcdef0123456789abcdef"


@pytest.fixture
def w(tmp_path: Path) -> SupervisionWorld:
    return SupervisionWorld(tmp_path)


@proves("LZ-6.8", check=1)
@pytest.mark.parametrize(
    ("month", "day", "hour", "warned"),
    [(3, 6, 9, False), (3, 9, 9, False), (3, 9, 23, False), (3, 10, 0, True), (3, 11, 9, True)],
)
def test_minutes_that_do_not_come_within_three_working_days_are_asked_of_both_sides_once(
    w: SupervisionWorld, month: int, day: int, hour: int, *, warned: bool
) -> None:
    meeting = w.absent()
    [clock] = w.duties(meeting, "LZ-6.8")
    assert clock["counted"] == ["2026-03-05", "2026-03-06", "2026-03-09"]
    w.world.on(2026, month, day, hour)
    w.world.tick()
    w.world.tick()
    both = [("supervised_unit", "edu"), ("dispatched_office_head", "pz1")]
    assert w.told("minutes_outstanding") == both * warned
    assert w.gaps(meeting, "LZ-6.8") == warned
    answer = done(w.minutes(meeting))
    assert "LZ-6.8" in answer.body["clauses"]
    [clock] = w.duties(meeting, "LZ-6.8")
    assert (clock["status"], clock["late"], w.gaps(meeting, "LZ-6.8")) == ("met", False, 0)


@proves("LZ-6.8", check=1)
@pytest.mark.parametrize(
    ("held", "last_day", "provisional"),
    [
        ((2026, 2, 11), "2026-02-14", False),  # the make-up Saturday before the Spring Festival
        ((2026, 2, 13), "2026-02-25", False),  # the make-up Saturday, and then the festival
        ((2026, 12, 30), "2027-01-04", True),  # no calendar for 2027: weekends alone, provisional
    ],
)
def test_the_days_for_the_minutes_are_working_days(
    w: SupervisionWorld, held: tuple[int, int, int], last_day: str, *, provisional: bool
) -> None:
    year, month, day = held
    w.world.on(year, month, day)
    meeting = w.announced(opens_at=f"{year}-{month:02d}-{day:02d}T08:00:00+08:00")
    answer = done(w.do(meeting, "record_absence", {"absence_reason": "外出办案"}))
    assert "LZ-6.8" in answer.body["clauses"]
    [clock] = w.duties(meeting, "LZ-6.8")
    assert (clock["counted"][-1], clock["provisional"]) == (last_day, provisional)


@proves("LZ-6.8", check=1)
def test_unit_and_office_find_the_warning_in_their_inboxes(tmp_path: Path) -> None:
    w = SupervisionWorld(tmp_path, services=("inspection", "notifications"))
    w.absent()
    w.world.on(2026, 3, 10, 0, 1)
    w.world.pump()
    for account in ("edu-clerk", "head1"):
        notices = w.world.as_(account).get("/notifications/inbox").body["items"]
        assert [n["clause"] for n in notices if n["template"] == "minutes_outstanding"] == ["LZ-6.8"], account
    stranger = w.world.as_("hou-head").get("/notifications/inbox").body["items"]
    assert stranger == []


@proves("LZ-6.8", check=2)
@proves("LL-2.18", check=2)
def test_minutes_are_of_a_meeting_that_is_on_record(w: SupervisionWorld) -> None:
    paper = {"filed_on": "2026-03-02"}
    for client in (w.unit, w.clerk):
        documents = [{"kind": "meeting_minutes", "id": client.upload("inspection")}]
        answer = client.act(f"{NOBODYS}/file_minutes", paper, version=1, attachments=documents)
        refused(answer, "UNKNOWN_REFERENCE")
    of_another_unit = w.announced()
    answer = w.world.as_("hou-head").act(f"{of_another_unit}/file_minutes", paper, version=1)
    refused(answer, "UNKNOWN_REFERENCE")
    assert {"LZ-6.8", "LL-2.18"} <= set(done(w.minutes(w.absent())).body["clauses"])


@proves("LL-2.18", check=1)
@pytest.mark.parametrize("kind", ["party_committee", "executive_team", "integrity_or_importants"])
def test_minutes_of_a_meeting_without_the_office_meet_their_clock(w: SupervisionWorld, kind: str) -> None:
    meeting = w.absent(kind=kind)
    answer = done(w.minutes(meeting))
    assert "LL-2.18" in answer.body["clauses"]
    assert [one["status"] for one in w.duties(meeting, "LZ-6.8")] == ["met"]
    assert [event["filed_on"] for event in w.events("minutes_filed")] == ["2026-03-04"]
    assert w.item(meeting)["decided_nos"] == ",3,"
    refused(w.minutes(meeting), "DUPLICATE")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"filed_on": "2026-03-03"}, "DATE_ORDER", "filed_on"),
        ({"filed_on": "2026-03-05"}, "DATE_ORDER", "filed_on"),
        ({"decisions": decided(9)}, "UNKNOWN_REFERENCE", "decisions.item_no"),
    ],
)
def test_minutes_are_of_the_meeting_that_was_held(
    w: SupervisionWorld, changes: dict[str, Any], code: str, field: str
) -> None:
    meeting = w.absent()
    refused(w.minutes(meeting, **changes), code, field=field)
    no_scan = w.do(meeting, "file_minutes", {"filed_on": "2026-03-04"}, by=w.unit)
    refused(no_scan, "MISSING_DOCUMENT", "LZ-6.8")


@proves("LZ-6.5", check=1)
def test_a_deviation_from_what_was_decided_opens_a_problem_on_the_item(w: SupervisionWorld) -> None:
    meeting = w.attended()
    done(w.decide(meeting, 3, 4))
    done(w.check(meeting, item_no=4))
    assert (w.item(meeting)["state"], w.listed(PROBLEMS)) == ("decided", [])
    without_grade = w.check(meeting, deviates=True)
    refused(without_grade, "MISSING_FIELD", "LZ-6.5", field="grade")
    answer = done(w.check(meeting, deviates=True, grade="general"))
    assert "LZ-6.5" in answer.body["clauses"]
    problem = w.only(PROBLEMS)
    assert (problem["source_id"], problem["item_no"], problem["clause"], problem["state"]) == (
        meeting.rpartition("/")[2],
        3,
        "LZ-6.5",
        "open",
    )
    [event] = w.events("problem_found")
    assert (event["problem_id"], event["clause"], event["unit_id"]) == (problem["id"], "LZ-6.5", "edu")
    assert (w.item(meeting)["state"], w.item(meeting)["checked_nos"]) == ("followed_up", ",3,4,")


@proves("LZ-6.5", check=2)
def test_what_was_not_decided_is_not_followed_up(w: SupervisionWorld) -> None:
    meeting = w.attended()
    refused(w.check(meeting), "WRONG_STATE", "LZ-6.5")
    done(w.decide(meeting, 4))
    refused(w.check(meeting), "WRONG_STATE", "LZ-6.5", field="item_no")
    refused(w.check(meeting, item_no=9), "UNKNOWN_REFERENCE", "LZ-6.5", field="item_no")
    assert w.item(meeting)["checked_nos"] == ""
    early = w.check(meeting, item_no=4, checked_on="2026-03-03")
    refused(early, "DATE_ORDER", field="checked_on")
    done(w.check(meeting, item_no=4))


@proves("LZ-6.4", check=1)
def test_an_opinion_has_a_number_and_its_lines_and_is_told_once(w: SupervisionWorld) -> None:
    meeting = w.attended()
    answer = done(w.opine(meeting))
    assert "LZ-6.4" in answer.body["clauses"]
    opinion = w.item(f"{OPINIONS}/{answer.body['id']}")
    assert (opinion["no"], opinion["line_count"]) == ("YJ-pz1-2026-001", 2)
    assert w.events("supervision_opinion_issued") == [
        {"opinion_no": "YJ-pz1-2026-001", "unit_id": "edu", "line_count": 2, "issued_on": "2026-03-05"}
    ]
    assert w.told("supervision_opinion_issued") == [("supervised_unit", "edu")]
    second = done(w.opine(meeting)).body["id"]
    assert w.item(f"{OPINIONS}/{second}")["no"] == "YJ-pz1-2026-002"
    assert w.figure("GL-1.10") == 4
    done(w.do(f"{OPINIONS}/{second}", "withdraw_supervision_opinion", {"reason": "重复"}))
    assert w.figure("GL-1.10") == 2


@proves("LZ-6.4", check=2)
def test_an_opinion_is_on_an_item_of_an_agenda(w: SupervisionWorld) -> None:
    meeting = w.attended()
    refused(w.opine(meeting, item_no=9), "UNKNOWN_REFERENCE", "LZ-6.4", field="item_no")
    refused(w.opine(NOBODYS), "UNKNOWN_REFERENCE", field="meeting_id")
    refused(w.opine(meeting, by=w.stranger), "UNKNOWN_REFERENCE", field="meeting_id")
    assert w.listed(OPINIONS) == []
    refused(w.opine(meeting, lines=[{"no": 2, "text": "意见"}]), "OUT_OF_RANGE", field="lines.no")


def test_the_unit_answers_an_opinion_and_the_office_may_withdraw_one(w: SupervisionWorld) -> None:
    meeting = w.attended()
    first, second = (f"{OPINIONS}/{done(w.opine(meeting)).body['id']}" for _ in range(2))
    reply = {"replied_on": "2026-03-05", "reply": "已采纳"}
    refused(w.do(first, "answer_supervision_opinion", reply), "WRONG_ROLE")
    done(w.do(first, "answer_supervision_opinion", reply, by=w.unit))
    assert w.item(first)["state"] == "answered"
    assert w.told("supervision_opinion_answered") == [("dispatched_office_head", "pz1")]
    withdrawal = {"reason": "重复"}
    refused(w.do(first, "withdraw_supervision_opinion", withdrawal), "WRONG_STATE")
    done(w.do(second, "withdraw_supervision_opinion", withdrawal))
    refused(w.do(second, "answer_supervision_opinion", reply, by=w.unit), "WRONG_STATE")
    assert CHECK["item_no"] == 3
