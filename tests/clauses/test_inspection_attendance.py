"""The office attends a unit's meetings or records why not; what it finds there (LZ-6.3, LZ-6.7, LL-1.14 to LL-1.20)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.round_steps import NOTICE as ROUND_NOTICE
from tests.clauses.round_steps import RoundWorld
from tests.clauses.supervision_steps import (
    ABSENCE,
    ATTENDANCE,
    MEETINGS,
    NOTICE,
    SupervisionWorld,
    done,
    refused,
)

KINDS = {
    "party_committee": "LL-1.15",
    "executive_team": "LL-1.15",
    "integrity_or_importants": "LL-1.15",
    "inspection_mobilisation": "LL-1.16",
    "inspection_feedback": "LL-1.16",
    "democratic_life": "LL-1.17",
    "integrity_work": "LL-1.18",
    "responsibility_assessment": "LL-1.19",
    "other_governance": "LL-1.20",
}


@pytest.fixture
def w(tmp_path: Path) -> SupervisionWorld:
    return SupervisionWorld(tmp_path)


@proves("LZ-6.3", check=1)
@proves("LL-1.15", check=1)
@pytest.mark.parametrize("kind", ["party_committee", "executive_team", "integrity_or_importants"])
def test_each_important_item_of_an_attended_meeting_counts_once(w: SupervisionWorld, kind: str) -> None:
    done(w.file_list())
    meeting = w.announced(kind=kind)
    unattended = w.announced(kind=kind)
    w.world.on(2026, 3, 4, 12)
    answer = done(w.attend(meeting))
    assert {"LZ-6.3", "LL-1.15"} <= set(answer.body["clauses"])
    assert (w.item(meeting)["supervised_items"], w.item(unattended)["supervised_items"]) == (4, 0)
    [event] = w.events("meeting_attended")
    assert (event["capacity"], event["item_count"], event["attended_on"]) == ("observer", 4, "2026-03-04")
    refused(w.attend(meeting), "WRONG_STATE")
    assert len(w.events("meeting_attended")) == 1
    assert w.figure("GL-1.9") == 4
    again = w.announced(kind=kind, opens_at="2026-03-04T11:00:00+08:00")
    done(w.attend(again))
    assert w.figure("GL-1.9") == 8  # the same items at a second meeting: times


def test_an_item_that_is_not_important_is_on_the_agenda_and_counts_nothing(w: SupervisionWorld) -> None:
    done(w.file_list())
    items = [*NOTICE["items"], {"no": 5, "kind": "ordinary", "subject": "值班安排"}]
    meeting = w.attended(items=items)
    assert (w.item(meeting)["item_count"], w.item(meeting)["supervised_items"]) == (5, 4)


@proves("LZ-6.3", check=2)
@proves("LL-1.17", check=2)
@pytest.mark.parametrize("attendee", ["p-clerk3", "p-head2", "p-jd1", "p-edu-clerk", "p-nobody"])
def test_who_attends_is_of_the_office_that_supervises_the_unit(w: SupervisionWorld, attendee: str) -> None:
    meeting = w.announced(kind="democratic_life")
    w.world.on(2026, 3, 4, 12)
    refused(w.attend(meeting, attendee_id=attendee), "WRONG_ROLE", "LZ-6.3", "LL-1.17", field="attendee_id")
    assert w.item(meeting)["state"] == "announced"
    done(w.attend(meeting, attendee_id="p-deputy1"))


def test_attendance_is_recorded_once_the_meeting_has_begun(w: SupervisionWorld) -> None:
    meeting = w.announced()
    w.world.on(2026, 3, 4, 9)
    refused(w.attend(meeting), "DATE_ORDER")
    w.world.on(2026, 3, 4, 10)
    done(w.attend(meeting))


@proves("LL-1.14", check=1)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_attendance_or_absence_with_its_reason_closes_what_was_expected(
    w: SupervisionWorld, kind: str
) -> None:
    first, second = (w.announced(kind=kind, description="全面从严治党专题会") for _ in range(2))
    w.world.on(2026, 3, 4, 12)
    answer = done(w.attend(first))
    assert {"LL-1.14", KINDS[kind]} <= set(answer.body["clauses"])
    done(w.do(second, "record_absence", ABSENCE))
    assert [w.item(one)["state"] for one in (first, second)] == ["attended", "absent"]
    w.world.on(2026, 3, 9)
    w.world.tick()
    assert w.told("meeting_unrecorded") == []


@proves("LL-1.14", check=2)
@pytest.mark.parametrize("capacity", ["chair", "guest", "Observer"])
def test_the_office_is_there_as_participant_or_as_observer(w: SupervisionWorld, capacity: str) -> None:
    meeting = w.announced()
    w.world.on(2026, 3, 4, 12)
    refused(w.attend(meeting, capacity=capacity), "OUT_OF_RANGE", "LL-1.14", field="capacity")
    done(w.attend(meeting, capacity="participant"))


@proves("LL-1.15", check=2)
@pytest.mark.parametrize(
    ("kind", "owed"), [("executive_team", 1), ("party_committee", 1), ("integrity_work", 0)]
)
def test_an_absence_starts_the_duty_of_minutes(w: SupervisionWorld, kind: str, owed: int) -> None:
    meeting = w.absent(kind=kind)
    assert "LL-1.15" in w.item(meeting)["timeline"][-1]["clauses"] or owed == 0
    assert [one["status"] for one in w.duties(meeting, "LZ-6.8")] == ["open"] * owed
    done(w.attend(w_meeting := w.announced(kind=kind, opens_at="2026-03-04T11:00:00+08:00")))
    assert w.duties(w_meeting, "LZ-6.8") == []


@proves("LL-1.15", check=3)
@proves("LL-1.19", check=2)
@pytest.mark.parametrize("left_out", ["kind", "opens_at"])
def test_a_meeting_has_its_kind_and_its_date(w: SupervisionWorld, left_out: str) -> None:
    paper = {key: value for key, value in NOTICE.items() if key != left_out}
    answer = w.do(MEETINGS, "announce_meeting", paper, by=w.unit)
    refused(answer, "MISSING_FIELD", "LL-1.15", "LL-1.19", field=left_out)


@proves("LL-1.15", check=3)
def test_a_meeting_without_its_day_has_no_attendance(tmp_path: Path) -> None:
    w, rounds = _with_round(tmp_path)
    feedback = _expected(w, "inspection_feedback")
    refused(w.do(feedback, "record_attendance", ATTENDANCE), "MISSING_FIELD", "LL-1.15")
    assert rounds.world is w.world


def _with_round(folder: Path) -> tuple[SupervisionWorld, RoundWorld]:
    """A round whose notice to the education bureau was issued."""
    rounds = RoundWorld(folder)
    rounds.notified(rounds.at("mobilised"))
    w = object.__new__(SupervisionWorld)
    w.world = rounds.world
    w.clerk, w.unit = rounds.world.as_("clerk1"), rounds.world.as_("edu-clerk")
    return w, rounds


def _expected(w: SupervisionWorld, kind: str) -> str:
    [found] = [one for one in w.listed(MEETINGS) if one["kind_code"] == kind]
    return f"{MEETINGS}/{found['id']}"


@proves("LL-1.16", check=1)
def test_the_notice_of_a_round_brings_two_expected_meetings(tmp_path: Path) -> None:
    w, rounds = _with_round(tmp_path)
    expected = w.listed(MEETINGS)
    assert {(one["kind_code"], one["state"], one["unit_id"]) for one in expected} == {
        ("inspection_mobilisation", "expected", "edu"),
        ("inspection_feedback", "expected", "edu"),
    }
    of_round = rounds.office.get("/inspection/rounds").body["items"][0]["id"]
    assert {one["round_id"] for one in expected} == {of_round}
    team = rounds.team(f"/inspection/rounds/{of_round}", 2)
    hou = done(rounds.take_up(team, "hou")).body["id"]
    answer = done(rounds.do(f"/inspection/engagements/{hou}", "issue_notice", ROUND_NOTICE))
    assert "LL-1.16" in answer.body["clauses"]
    assert len(w.listed(MEETINGS)) == 2  # the other unit's are its own office's
    assert len(w.listed(MEETINGS, w.world.as_("clerk3"))) == 2


@proves("LL-1.16", check=2)
@pytest.mark.parametrize(("at", "code"), [("09:59", "DATE_ORDER"), ("10:00", ""), ("10:01", "")])
def test_the_feedback_meeting_is_not_before_the_mobilisation(tmp_path: Path, at: str, code: str) -> None:
    w, _ = _with_round(tmp_path)
    mobilisation, feedback = (_expected(w, f"inspection_{one}") for one in ("mobilisation", "feedback"))
    day = {"opens_at": "2026-03-16T10:00:00+08:00"}
    done(w.do(mobilisation, "schedule_meeting", day, by=w.unit))
    answer = w.do(feedback, "schedule_meeting", {"opens_at": f"2026-03-16T{at}:00+08:00"}, by=w.unit)
    if code:
        refused(answer, code, "LL-1.16", field="opens_at")
        assert w.item(feedback)["state"] == "expected"
    else:
        assert "LL-1.16" in done(answer).body["clauses"]


def test_what_a_round_expects_is_not_announced_beside_it(tmp_path: Path) -> None:
    w, _ = _with_round(tmp_path)
    refused(w.announce(kind="inspection_feedback"), "DUPLICATE", "LL-1.16", field="kind")


@proves("LL-1.16", check=2)
def test_the_order_holds_for_meetings_of_a_round_that_is_not_known_here(w: SupervisionWorld) -> None:
    w.announced(kind="inspection_mobilisation")
    before = w.announce(kind="inspection_feedback", opens_at="2026-03-03T10:00:00+08:00")
    refused(before, "DATE_ORDER", "LL-1.16", field="opens_at")
    w.announced(kind="inspection_feedback", opens_at="2026-03-20T10:00:00+08:00")


@proves("LL-1.17", check=1)
def test_the_years_overview_shows_that_no_democratic_life_meeting_is_on_record(w: SupervisionWorld) -> None:
    def missing(year: str = "2026") -> dict[str, list[str]]:
        answer = w.clerk.get("/inspection/meeting-overview", year=year)
        assert "LL-1.17" in answer.body["clauses"]
        return {line["unit_id"]: line["missing"] for line in answer.body["items"]}

    every = ["democratic_life", "integrity_work", "responsibility_assessment"]
    assert missing() == {"edu": every, "sch": every}
    meeting = w.announced(kind="democratic_life")
    assert missing()["edu"] == every
    w.world.on(2026, 3, 4, 12)
    done(w.attend(meeting))
    assert missing()["edu"] == every[1:]
    assert (missing()["sch"], missing("2025")["edu"], missing("2027")["edu"]) == (every, every, every)
    of_unit = w.unit.get("/inspection/meeting-overview").body["items"]
    assert [line["unit_id"] for line in of_unit] == ["edu"]
    assert w.liaison.get("/inspection/meeting-overview").body["items"] == []
    assert w.clerk.get("/inspection/meeting-overview", year="now").code == "OUT_OF_RANGE"


@proves("LL-1.18", check=1)
def test_an_integrity_work_meeting_is_linked_to_the_yearly_self_check(w: SupervisionWorld) -> None:
    meeting, other = w.announced(kind="integrity_work"), w.announced(kind="democratic_life")
    link = {"self_check_no": "ZC-2026-1"}
    w.world.on(2026, 3, 4, 12)
    for one in (meeting, other):
        done(w.attend(one))
    assert "LL-1.18" in done(w.do(meeting, "link_self_check", link)).body["clauses"]
    assert w.item(meeting)["self_check_no"] == "ZC-2026-1"
    refused(w.do(meeting, "link_self_check", {"self_check_no": ""}), "MISSING_FIELD", "LL-1.18")
    refused(w.do(other, "link_self_check", link), "WRONG_STATE", "LL-1.18")


@proves("LL-1.18", check=2)
def test_a_meeting_is_of_a_unit(w: SupervisionWorld) -> None:
    refused(w.announce(by=w.clerk, kind="integrity_work"), "MISSING_FIELD", "LL-1.18", field="unit_id")
    refused(w.announce(by=w.clerk, kind="integrity_work", unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    done(w.announce(by=w.clerk, kind="integrity_work", unit_id="edu"))


@proves("LL-1.19", check=1)
def test_problems_found_at_the_assessment_are_entered_and_told_on(w: SupervisionWorld) -> None:
    meeting = w.attended(kind="responsibility_assessment")
    entry = {"grade": "outstanding", "facts": "责任清单未分解"}
    answer = done(w.do(meeting, "enter_problem", entry))
    assert "LL-1.19" in answer.body["clauses"]
    problem = w.only("/inspection/problems")
    assert (problem["state"], problem["clause"], problem["source_id"]) == (
        "open",
        "LL-1.19",
        meeting.rpartition("/")[2],
    )
    [event] = w.events("problem_found")
    assert (event["problem_id"], event["unit_id"], event["clause"], event["grade"]) == (
        problem["id"],
        "edu",
        "LL-1.19",
        "outstanding",
    )
    without_grade = w.do(meeting, "enter_problem", {"facts": "责任清单未分解"})
    refused(without_grade, "MISSING_FIELD", "LL-1.19", field="grade")
    refused(w.do(meeting, "enter_problem", entry | {"item_no": 9}), "UNKNOWN_REFERENCE", field="item_no")


@proves("LL-1.20", check=1)
@pytest.mark.parametrize("paper", [{}, {"description": " "}])
def test_another_meeting_says_what_it_is(w: SupervisionWorld, paper: dict[str, Any]) -> None:
    answer = w.announce(kind="other_governance", **paper)
    refused(answer, "MISSING_FIELD", "LL-1.20", field="description")


@proves("LL-1.20", check=2)
def test_another_meeting_with_its_description_is_announced(w: SupervisionWorld) -> None:
    answer = done(w.announce(kind="other_governance", description="警示教育大会"))
    assert (answer.body["state"], "LL-1.20" in answer.body["clauses"]) == ("announced", True)


@proves("LZ-6.7", check=1)
@pytest.mark.parametrize(("day", "hour", "warned"), [(4, 23, False), (5, 0, True), (6, 9, True)])
def test_when_the_day_ends_with_nothing_on_record_the_head_is_warned_once(
    w: SupervisionWorld, day: int, hour: int, *, warned: bool
) -> None:
    meeting = w.announced()
    w.world.on(2026, 3, day, hour)
    w.world.tick()
    w.world.tick()
    assert w.told("meeting_unrecorded") == [("dispatched_office_head", "pz1")] * warned
    assert w.gaps(meeting, "LZ-6.7") == warned
    answer = done(w.do(meeting, "record_absence", ABSENCE))
    assert ("LZ-6.7" in answer.body["clauses"], w.gaps(meeting, "LZ-6.7")) == (True, 0)


@proves("LZ-6.7", check=1)
def test_a_meeting_with_its_attendance_on_record_warns_nobody(w: SupervisionWorld) -> None:
    meeting = w.announced()
    w.world.on(2026, 3, 4, 12)
    assert "LZ-6.7" not in done(w.attend(meeting)).body.get("gaps", [])
    w.world.on(2026, 3, 5)
    w.world.tick()
    assert w.told("meeting_unrecorded") == []
    absent = w.announced(opens_at="2026-03-05T08:00:00+08:00")
    assert "LZ-6.7" in done(w.do(absent, "record_absence", ABSENCE)).body["clauses"]


@proves("LZ-6.7", check=2)
@pytest.mark.parametrize("paper", [{}, {"absence_reason": " "}])
def test_an_absence_has_its_reason(w: SupervisionWorld, paper: dict[str, Any]) -> None:
    meeting = w.announced()
    w.world.on(2026, 3, 4, 12)
    refused(w.do(meeting, "record_absence", paper), "MISSING_REASON", "LZ-6.7", field="absence_reason")
    assert w.item(meeting)["state"] == "announced"
    done(w.do(meeting, "record_absence", ABSENCE))
    [event] = w.events("meeting_absence_recorded")
    assert (event["meeting_id"], event["meeting_on"]) == (meeting.rpartition("/")[2], "2026-03-04")
