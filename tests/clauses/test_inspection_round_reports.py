"""A round's two reports, the month in which both bodies hear it, the standing committee (XC-32.1, 32.2, 32.4)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from services.notifications.storage import Notice
from tests.clause_proof import proves
from tests.clauses.result_steps import (
    CLUES,
    ROUND_CLUES,
    ROUND_REPORTS,
    ResultWorld,
    key,
)
from tests.clauses.round_steps import TEAM_1, done, refused

AGENDA = {"planned_on": "2026-03-20", "attendee_ids": ["p-leader"]}
COMMITTEE, SECRETARY = AGENDA | {"body": "standing_committee"}, AGENDA | {"body": "secretary_meeting"}


@pytest.fixture
def w(tmp_path: Path) -> ResultWorld:
    return ResultWorld(tmp_path)


def both(w: ResultWorld, unit: str) -> tuple[str, str]:
    """The comprehensive report and the clue report of the round."""
    item = w.round_of(unit)
    return w.of_round(ROUND_REPORTS, item), w.of_round(ROUND_CLUES, item)


def months(w: ResultWorld, item: str) -> dict[str, tuple[str, str, int]]:
    """For each body: due day, status, by how many days late."""
    duties = [d for d in w.item(item)["duties"] if d["clause"] == "XC-32.2a" and d["status"] != "voided"]
    return {d["recipient"]: (d["due_on"], d["status"], d["late_by"]) for d in duties}


@proves("XC-32.1a", check=1)
def test_the_comprehensive_report_waits_for_the_last_team(w: ResultWorld) -> None:
    first, second = w.both_at("reviewed")
    item = w.round_of(first)
    done(w.hear(first))
    refused(w.draft_comprehensive(item), "PRECONDITION_NOT_MET", "XC-32.1a", field="round_id")
    done(w.hear(second, reporter_id="p-zu4"))
    done(w.do(item, "close_hearings"))
    done(w.draft_comprehensive(item))
    assert w.draft_comprehensive(item).code == "DUPLICATE"


@proves("XC-32.1b", check=1)
def test_the_rounds_clue_report_has_every_clue_of_the_teams(w: ResultWorld) -> None:
    item = w.round_of(w.result_at("heard"))
    refused(w.draft_round_clues(item, clues=[]), "CONTENT_RULE", "XC-32.1b", field="clues")
    strange = [{"clue_id": "nobody", "summary": "摘要"}]
    assert w.draft_round_clues(item, clues=strange).code == "UNKNOWN_REFERENCE"
    assert w.draft_round_clues(item, w.office).code == "WRONG_ROLE"
    assert "XC-32.1b" in done(w.draft_round_clues(item)).body["clauses"]


@proves("XC-32.1c", check=1)
def test_the_head_alone_finalises_both_reports(w: ResultWorld) -> None:
    unit = w.result_at("drafted")
    for report in both(w, unit):
        refused(w.finalise(report, w.deputy_head), "WRONG_APPROVER", "XC-32.1c")
        assert done(w.decide(report, w.head)).body["state"] == "finalised"
    assert w.item(w.round_of(unit))["state"] == "results_finalised"


@proves("XC-32.1c", check=2)
def test_what_the_head_has_not_finalised_stands_on_no_agenda(w: ResultWorld) -> None:
    comprehensive, clues = both(w, w.result_at("drafted"))
    for report, paper in ((comprehensive, COMMITTEE), (clues, SECRETARY)):
        answer = w.do(report, "put_on_agenda", paper, by=w.director)
        refused(answer, "APPROVAL_REQUIRED", "XC-32.1c")
    refused(w.committee_hears(comprehensive), "APPROVAL_REQUIRED", "XC-32.4a")
    refused(w.secretary_hears(clues), "APPROVAL_REQUIRED", "XC-32.3a")


@proves("XC-32.1d", check=1)
def test_each_report_goes_to_its_own_body(w: ResultWorld) -> None:
    comprehensive, clues = both(w, w.result_at("finalised"))
    wrong = w.do(clues, "put_on_agenda", COMMITTEE, by=w.director)
    refused(wrong, "WRONG_ADDRESSEE", "XC-32.1d", field="body")
    wrong = w.do(comprehensive, "put_on_agenda", SECRETARY)
    refused(wrong, "WRONG_ADDRESSEE", "XC-32.1d", field="body")
    done(w.do(clues, "put_on_agenda", SECRETARY, by=w.director))
    done(w.do(comprehensive, "put_on_agenda", COMMITTEE))


@proves("XC-32.1d", check=2)
def test_who_sits_in_the_standing_committee_alone_knows_of_no_clue_report(w: ResultWorld) -> None:
    comprehensive, clues = both(w, w.result_at("finalised"))
    reader = w.world.as_("leader")
    assert reader.get(comprehensive).status == 404
    answer = done(w.do(comprehensive, "put_on_agenda", COMMITTEE))
    assert "XC-32.1d" in answer.body["clauses"]
    assert reader.get(comprehensive).status == 200
    assert reader.get(clues).status == 404
    seen = {(person, item) for _, person, item in w.audited("SEALED_ITEM")}
    assert ("p-leader", key(clues)) in seen
    done(w.do(clues, "put_on_agenda", SECRETARY, by=w.director))
    assert reader.get(clues).status == 200  # named for the secretary's meeting too


def test_the_rounds_clue_report_is_not_the_offices(w: ResultWorld) -> None:
    _, clues = both(w, w.result_at("finalised"))
    assert [one.get(clues).status for one in (w.director, w.head, w.deputy_head)] == [200] * 3
    assert [one.get(clues).status for one in (w.office, w.member_of_group, w.leader)] == [404] * 3
    [clue] = w.director.get(CLUES).body["items"]
    assert clue["state"] == "in_round_report"


@proves("XC-32.2a", check=1)
@pytest.mark.parametrize("held", ["2026-04-14", "2026-04-15"])
def test_a_round_left_on_15_march_is_heard_by_15_april(w: ResultWorld, held: str) -> None:
    unit = w.in_fieldwork()
    w.day(date(2026, 3, 15))
    done(w.leave(unit, "2026-03-15"))
    item = w.round_of(unit)
    assert months(w, item) == dict.fromkeys(
        ("secretary_meeting", "standing_committee"), ("2026-04-15", "open", 0)
    )
    heard_by_both(w, unit, held, recorded=held)
    assert {one[1:] for one in months(w, item).values()} == {("met", 0)}


def heard_by_both(w: ResultWorld, unit: str, held: str, *, recorded: str) -> None:
    for name in ("submitted", "reviewed"):
        getattr(w, name)(unit)
    w.day(date.fromisoformat(recorded))
    done(w.hear(unit, held_on=held))
    done(w.do(w.round_of(unit), "close_hearings"))
    w.drafted(unit)
    w.finalised(unit)
    comprehensive, clues = both(w, unit)
    done(w.secretary_hears(clues, held_on=held))
    done(w.committee_hears(comprehensive, held_on=held))


@proves("XC-32.2a", check=2)
def test_a_hearing_on_16_april_is_late_and_was_called_overdue(tmp_path: Path) -> None:
    w = ResultWorld(tmp_path, services=("inspection", "notifications"))
    unit = w.in_fieldwork()
    w.day(date(2026, 3, 15))
    done(w.leave(unit, "2026-03-15"))
    w.day(date(2026, 4, 15))
    w.world.pump()
    assert overdue(w) == set()
    w.day(date(2026, 4, 16))
    w.world.pump()
    assert overdue(w) == {"p-xcd"}
    heard_by_both(w, unit, "2026-04-16", recorded="2026-04-16")
    assert {one[1:] for one in months(w, w.round_of(unit)).values()} == {("met", 1)}


def overdue(w: ResultWorld) -> set[str]:
    of = (Notice.template == "deadline_overdue", Notice.clause == "XC-32.2a")
    with w.world.runtimes["notifications"].db.read() as session:
        return set(session.scalars(select(Notice.addressee_id).where(*of)))


@proves("XC-32.2a", check=3)
@pytest.mark.parametrize(
    ("left", "due_on"), [("2027-01-31", "2027-02-28"), ("2026-08-31", "2026-09-30"), ("2026-09-01", "2026-10-01")]
)  # fmt: skip
def test_a_month_ends_on_the_same_day_or_on_the_months_last(w: ResultWorld, left: str, due_on: str) -> None:
    """1 October is a holiday: the due day stays (reading A03)."""
    unit = w.in_fieldwork()
    w.day(date.fromisoformat(left))
    done(w.leave(unit, left))
    assert {due for due, _, _ in months(w, w.round_of(unit)).values()} == {due_on}


@proves("XC-32.2a", check=1)
def test_the_month_is_counted_from_the_earliest_team(w: ResultWorld) -> None:
    first, second = w.both_at("in_fieldwork")
    item = w.round_of(first)
    w.day(date(2026, 3, 10))
    done(w.leave(first, "2026-03-10"))
    assert months(w, item)["standing_committee"][0] == "2026-04-10"
    done(w.leave_second(second, "2026-03-09"))  # recorded later, and it was earlier
    assert {due for due, _, _ in months(w, item).values()} == {"2026-04-09"}
    assert len(months(w, item)) == 2


@proves("XC-32.2b", check=1)
@pytest.mark.parametrize(("day", "asked", "told"), [(22, False, 0), (23, False, 1), (23, True, 0)])
def test_nobody_asked_for_the_agendas_ten_days_before(
    tmp_path: Path, day: int, *, asked: bool, told: int
) -> None:
    """Left on 2 March: due on 2 April, ten days before that on 23 March."""
    w = ResultWorld(tmp_path, services=("inspection", "notifications"))
    unit = w.result_at("withdrawn")
    item = w.round_of(unit)
    if asked:
        done(w.do(item, "request_agenda"))
    w.day(date(2026, 3, day))
    w.world.pump()
    w.world.pump()  # once
    of = (Notice.template == "agenda_to_request", Notice.subject_ref == key(item))
    with w.world.runtimes["notifications"].db.read() as session:
        assert list(session.scalars(select(Notice.addressee_id).where(*of))) == ["p-xcd"] * told
    assert "XC-32.2b" in done(w.do(item, "request_agenda")).body["clauses"]


@proves("XC-32.2b", check=2)
def test_the_request_names_both_bodies_and_the_latest_day(w: ResultWorld) -> None:
    unit = w.result_at("heard")
    item = w.round_of(unit)
    [clock] = [d for d in w.item(item)["duties"] if d["clause"] == "XC-32.2b"]
    assert (clock["status"], clock["due_on"]) == ("open", "2026-03-04")
    assert "XC-32.2b" in done(w.do(item, "request_agenda")).body["clauses"]
    [event] = w.events("results_agenda_requested")
    assert event == {
        "round_id": key(item),
        "bodies": ["secretary_meeting", "standing_committee"],
        "latest_date": "2026-04-02",
    }


def test_no_place_is_asked_for_once_both_have_heard(w: ResultWorld) -> None:
    item = w.round_of(w.result_at("reported"))
    refused(w.do(item, "request_agenda"), "WRONG_STATE", "XC-32.2b")


@proves("XC-32.4a", check=1)
def test_the_standing_committee_asks_for_rectification(w: ResultWorld) -> None:
    comprehensive, _ = both(w, w.result_at("finalised"))
    answer = w.committee_hears(comprehensive, rectification_requirements="")
    refused(answer, "MISSING_FIELD", "XC-32.4a", field="rectification_requirements")
    assert w.events("standing_committee_heard") == []


@proves("XC-32.4a", check=2)
def test_the_hearing_starts_the_clock_of_the_drafts(w: ResultWorld) -> None:
    """Though the secretary's meeting is still to come (reading A14)."""
    unit = w.result_at("finalised")
    comprehensive, _ = both(w, unit)
    done(w.committee_hears(comprehensive))
    [event] = w.events("standing_committee_heard")
    assert (event["round_id"], event["held_on"]) == (key(w.round_of(unit)), "2026-03-02")
    [duty] = [d for d in w.item(unit)["duties"] if d["clause"] == "XC-33.1c"]
    assert (duty["status"], duty["counted_from"], duty["due_on"]) == ("open", "2026-03-02", "2026-03-09")
    assert duty["owed_person"] == "p-zu1"
    assert w.item(w.round_of(unit))["state"] == "results_finalised"
    w.secretary(unit)
    assert w.item(w.round_of(unit))["state"] == "results_reported"


def test_a_round_without_clues_has_its_clue_report_all_the_same(w: ResultWorld) -> None:
    unit = w._entered(w._round_of([TEAM_1]))
    done(w.leave(unit))
    w.all_submitted_with_nothing(unit)
    w.all_passed(unit)
    w.heard(unit)
    w.drafted(unit)
    w.finalised(unit)
    w.secretary(unit)
    w.reported(unit)
    assert w.item(w.round_of(unit))["state"] == "results_reported"
