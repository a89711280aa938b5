"""The secretary's special meeting, what the secretary names, and what follows from it (XC-32.3, XC-32.5)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from services.notifications.storage import Notice
from tests.clause_proof import proves
from tests.clauses.result_steps import CLUES, KEY_ISSUES, NAMED, ROUND_CLUES, ResultWorld, key
from tests.clauses.round_steps import done, refused
from tests.world import Answer

SCANS = ("secretary_speech", "round_clue_report")
FILED: dict[str, Any] = {"sent_on": "2026-03-02", "receipt_no": "回执1"}
ENTRY: dict[str, Any] = {"owner_id": "p-xc1", "measures": "办理措施"}
TASK: dict[str, Any] = {"task": "完善制度", "department": "xfj", "due_on": "2026-06-30"}


@pytest.fixture
def w(tmp_path: Path) -> ResultWorld:
    return ResultWorld(tmp_path)


def report_at(w: ResultWorld, step: str) -> str:
    return w.of_round(ROUND_CLUES, w.round_of(w.result_at(step)))


def heard(w: ResultWorld) -> str:
    report = report_at(w, "finalised")
    done(w.secretary_hears(report))
    return report


def file(w: ResultWorld, report: str, *, documents: tuple[str, ...] = SCANS, **changes: object) -> Answer:
    return w.do(report, "file_speech", FILED | changes, by=w.director, documents=documents)


def named(w: ResultWorld) -> list[str]:
    return [f"{KEY_ISSUES}/{one['id']}" for one in w.director.get(KEY_ISSUES).body["items"]]


@proves("XC-32.3a", check=1)
def test_the_meeting_decides_on_the_use_of_results(w: ResultWorld) -> None:
    answer = w.secretary_hears(report_at(w, "finalised"), decision_on_use="")
    refused(answer, "MISSING_FIELD", "XC-32.3a", field="decision_on_use")


@proves("XC-32.3a", check=2)
def test_the_event_of_the_meeting_has_nothing_of_the_clues(w: ResultWorld) -> None:
    report = report_at(w, "finalised")
    assert "XC-32.3a" in done(w.secretary_hears(report)).body["clauses"]
    [event] = w.events("secretary_meeting_heard")
    assert set(event) == {"round_id", "held_on", "decision_ref"}
    assert event["held_on"] == "2026-03-02"
    [clue] = w.director.get(CLUES).body["items"]
    assert clue["state"] == "decided"


def test_the_meeting_may_keep_a_clue_on_record(w: ResultWorld) -> None:
    report = report_at(w, "finalised")
    [clue] = w.director.get(CLUES).body["items"]
    assert w.secretary_hears(report, kept_on_record=["nobody"]).code == "UNKNOWN_REFERENCE"
    done(w.secretary_hears(report, kept_on_record=[clue["id"]]))
    assert w.item(f"{CLUES}/{clue['id']}", w.director)["state"] == "kept_on_record"


@proves("XC-32.3b", check=1)
@pytest.mark.parametrize("said", [None, ""])
def test_the_secretary_says_something_on_every_key_clue(w: ResultWorld, said: str | None) -> None:
    report = heard(w)
    [clue] = w.director.get(CLUES).body["items"]
    opinions = [] if said is None else [{"clue_id": clue["id"], "opinion": said}]
    answer = w.speak(report, disposal_opinions=opinions)
    refused(answer, "MISSING_FIELD", "XC-32.3b", field="disposal_opinions.opinion")
    assert clue["no"] in answer.body["detail"]


@proves("XC-32.3b", check=2)
def test_what_the_secretary_named_comes_into_the_ledger(w: ResultWorld) -> None:
    report = heard(w)
    person = {"kind": "person", "person_id": "p-edu-clerk", "matter": "点名的人"}
    lacking = w.speak(report, named=[NAMED, {"kind": "person", "matter": "点名的人"}])
    refused(lacking, "MISSING_FIELD", "XC-32.3b", field="named.person_id")
    assert "XC-32.3b" in done(w.speak(report, named=[NAMED, person])).body["clauses"]
    states = sorted((w.item(one)["named_code"], w.item(one)["state"]) for one in named(w))
    assert states == [("matter", "named"), ("person", "named")]
    assert {one.get(named(w)[0]).status for one in (w.head, w.deputy_head)} == {200}
    assert {one.get(named(w)[0]).status for one in (w.member_of_group, w.leader)} == {404}


@proves("XC-32.3c", check=1)
@proves("XC-32.3c", check=2)
@pytest.mark.parametrize(("day", "late"), [(20, 0), (23, 0), (24, 1), (30, 5)])
def test_the_remarks_are_filed_within_15_working_days(w: ResultWorld, day: int, late: int) -> None:
    """Heard on Monday 2 March: due on Monday 23 March."""
    report = report_at(w, "secretary")
    w.day(date(2026, 3, day))
    sent = f"2026-03-{day}"
    answer = done(file(w, report, sent_on=sent))
    assert (answer.body["state"], "XC-32.3c" in answer.body["clauses"]) == ("filed", True)
    [duty] = [d for d in w.item(report, w.director)["duties"] if d["clause"] == "XC-32.3c"]
    assert (duty["due_on"], duty["status"], duty["late_by"]) == ("2026-03-23", "met", late)
    [event] = w.events("secretary_speech_filed")
    assert (event["filed_on"], set(event)) == (sent, {"round_id", "filed_on", "receipt"})


@proves("XC-32.3c", check=1)
@pytest.mark.parametrize(
    ("held", "due_on", "provisional"), [("2026-04-27", "2026-05-20", False), ("2026-12-16", "2027-01-06", True)]
)  # fmt: skip
def test_the_fifteen_days_are_working_days(
    w: ResultWorld, held: str, due_on: str, *, provisional: bool
) -> None:
    """Labour Day with the worked Saturday 9 May; a year without a calendar."""
    report = report_at(w, "finalised")
    w.day(date.fromisoformat(held))
    done(w.secretary_hears(report, held_on=held))
    [duty] = [d for d in w.item(report, w.director)["duties"] if d["clause"] == "XC-32.3c"]
    assert (duty["due_on"], duty["provisional"]) == (due_on, provisional)
    assert duty["owed_person"] == "p-xcd"


@proves("XC-32.3c", check=3)
@pytest.mark.parametrize("there", SCANS)
def test_both_documents_are_filed(w: ResultWorld, there: str) -> None:
    report = report_at(w, "secretary")
    [missing] = set(SCANS) - {there}
    answer = file(w, report, documents=(there,))
    refused(answer, "MISSING_DOCUMENT", "XC-32.3c", field=f"attachments.{missing}")


@proves("XC-32.5a", check=1)
def test_a_task_has_its_department(w: ResultWorld) -> None:
    item = w.round_of(w.result_at("reported"))
    tasks = [TASK, TASK | {"department": ""}]
    answer = w.do(item, "assign_key_tasks", {"tasks": tasks})
    refused(answer, "MISSING_FIELD", "XC-32.5a", field="tasks.department")
    assert w.events("task_list_assigned") == []


@proves("XC-32.5a", check=2)
def test_each_department_is_told_of_its_own_tasks(w: ResultWorld) -> None:
    item = w.round_of(w.result_at("reported"))
    tasks = [TASK, TASK | {"department": "edu"}, TASK | {"due_on": "2026-05-31"}]
    answer = done(w.do(item, "assign_key_tasks", {"tasks": tasks}))
    assert "XC-32.5a" in answer.body["clauses"]
    number = w.item(item)["no"]
    assert [(e["department"], e["tasks"], e["due_on"]) for e in w.events("task_list_assigned")] == [
        ("edu", [f"{number}-T002"], "2026-06-30"),
        ("xfj", [f"{number}-T001", f"{number}-T003"], "2026-05-31"),
    ]


def test_tasks_follow_from_both_meetings(w: ResultWorld) -> None:
    item = w.round_of(w.result_at("secretary"))
    refused(w.do(item, "assign_key_tasks", {"tasks": [TASK]}), "PRECONDITION_NOT_MET", "XC-32.5a")


@proves("XC-32.5b", check=2)
@pytest.mark.parametrize(("day", "told"), [(2, set()), (3, {"p-xc1"})])
def test_the_owner_is_reminded_of_a_matter_without_progress(tmp_path: Path, day: int, told: set[str]) -> None:
    """Entered on 2 March: progress is due on 2 April."""
    w = ResultWorld(tmp_path, services=("inspection", "notifications"))
    w.result_at("secretary")
    [issue] = named(w)
    assert "XC-32.5b" in done(w.do(issue, "enter_ledger", ENTRY)).body["clauses"]
    w.world.pump()
    w.day(date(2026, 4, day))
    w.world.pump()
    of = (Notice.template == "deadline_overdue", Notice.subject_ref == key(issue))
    with w.world.runtimes["notifications"].db.read() as session:
        assert set(session.scalars(select(Notice.addressee_id).where(*of))) == told


def test_the_compliance_sheet_tells_of_named_matters_without_an_entry(w: ResultWorld) -> None:
    item = w.round_of(w.result_at("secretary"))
    assert "XC-32.5b" in {line["clause"] for line in w.item(f"{item}/compliance")["open"]}
    [issue] = named(w)
    done(w.do(issue, "enter_ledger", ENTRY))
    assert "XC-32.5b" not in {line["clause"] for line in w.item(f"{item}/compliance")["open"]}


def test_progress_begins_the_next_interval_and_closing_ends_it(w: ResultWorld) -> None:
    w.result_at("secretary")
    [issue] = named(w)
    done(w.do(issue, "enter_ledger", ENTRY))
    refused(w.do(issue, "record_progress", {"progress": "进展"}, by=w.director), "WRONG_ROLE", "XC-32.5b")
    w.day(date(2026, 3, 20))
    done(w.do(issue, "record_progress", {"progress": "进展"}))
    duties = [(d["due_on"], d["status"]) for d in w.item(issue)["duties"]]
    assert duties == [("2026-04-02", "met"), ("2026-04-20", "open")]
    done(w.do(issue, "close_issue", {"result": "办结"}))
    assert [d["status"] for d in w.item(issue)["duties"]] == ["met", "voided"]


@pytest.mark.parametrize(
    ("owner", "code"), [("nobody", "UNKNOWN_REFERENCE"), ("p-head1", "OUT_OF_SCOPE"), ("p-xc1", "")]
)
def test_the_ledger_is_kept_by_somebody_of_the_office(w: ResultWorld, owner: str, code: str) -> None:
    w.result_at("secretary")
    [issue] = named(w)
    assert w.do(issue, "enter_ledger", ENTRY | {"owner_id": owner}).code == code


def test_whom_the_secretary_named_knows_of_no_entry(w: ResultWorld) -> None:
    """Here somebody of the office itself."""
    report = heard(w)
    done(w.speak(report, named=[{"kind": "person", "person_id": "p-xc1", "matter": "点名"}]))
    assert (named(w) != [], w.office.get(KEY_ISSUES).body["items"]) == (True, [])
    [issue] = named(w)
    answer = w.do(issue, "enter_ledger", ENTRY, by=w.director)
    refused(answer, "CONFLICT_OF_INTEREST", "XC-32.5b", field="owner_id")
