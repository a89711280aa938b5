"""The unit's rectification plan: three lists, three copies, ten working days, one reply (XC-40)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.rectification_steps import BOTH, REPLY, RectificationSteps, lines
from tests.clauses.round_steps import done, refused


@pytest.fixture
def w(tmp_path: Path) -> RectificationSteps:
    return RectificationSteps(tmp_path)


@proves("XC-40.0a", check=1)
@pytest.mark.parametrize(
    "field", ["task", "measure", "time_limit", "responsible_leader_id", "responsible_unit", "problem"]
)
def test_a_problem_that_a_list_says_nothing_of_is_named(w: RectificationSteps, field: str) -> None:
    item = w.fed_back()
    answer = w.submit_plan(item, problems=lines((2, field)))
    refused(answer, "MISSING_FIELD", "XC-40.0a", field=f"problems.{field}")
    assert "2" in answer.body["detail"]
    assert w.item(item)["state"] == "feedback_delivered"


def test_every_number_of_the_feedback_is_in_the_plan_and_no_other(w: RectificationSteps) -> None:
    item = w.fed_back()
    refused(
        w.submit_plan(item, problems=lines(count=1)), "MISSING_FIELD", "XC-40.0a", field="problems.problem"
    )
    refused(w.submit_plan(item, problems=[]), "MISSING_FIELD", "XC-40.0a", field="problems.problem")
    strange = w.submit_plan(item, problems=lines(count=3))
    refused(strange, "UNKNOWN_REFERENCE", "XC-40.0a", field="problems.issue_no")
    twice = w.submit_plan(item, problems=[*lines(), lines()[1]])
    refused(twice, "UNKNOWN_REFERENCE", "XC-40.0a", field="problems.issue_no")
    early = [lines()[0], lines()[1] | {"time_limit": "2026-03-01"}]
    refused(w.submit_plan(item, problems=early), "DATE_ORDER", "XC-40.0a", field="problems.time_limit")
    refused(w.submit_plan(item, scan=False), "MISSING_DOCUMENT", "XC-40.0a")
    refused(w.submit_plan(item, by=w.dc), "UNKNOWN_REFERENCE")


@proves("XC-40.0a", check=2)
def test_a_plan_that_covers_every_number_is_taken_in(w: RectificationSteps) -> None:
    item = w.fed_back()
    answer = done(w.submit_plan(item))
    assert (answer.body["state"], "XC-40.0a" in answer.body["clauses"]) == ("plan_received", True)
    assert w.issue_states(item) == ["planned", "planned"]
    [event] = w.events("rectification_plan_received")
    assert (event["unit_id"], event["round_id"]) == ("edu", w.item(item)["round_id"])
    assert event["plan_id"] == answer.body["paper"]


@pytest.mark.parametrize(("day", "late"), [(19, False), (20, False), (21, True)])
def test_each_problem_has_the_limit_that_the_plan_sets_for_it(
    w: RectificationSteps, day: int, *, late: bool
) -> None:
    item = w.rectifying()
    limits = w.clocks(item, "XC-40.0a")
    assert limits == dict.fromkeys(("problem-1", "problem-2"), ("2026-04-20", "open", False))
    w.world.on(2026, 4, day)
    solved = {"issue_no": 1, "result": "已完成"}
    done(w.do(item, "report_problem_solved", solved, by=w.clerk))
    refused(w.do(item, "report_problem_solved", solved, by=w.clerk), "DUPLICATE", field="issue_no")
    strange = w.do(item, "report_problem_solved", solved | {"issue_no": 3}, by=w.clerk)
    refused(strange, "UNKNOWN_REFERENCE", field="issue_no")
    assert w.clocks(item, "XC-40.0a")["problem-1"] == ("2026-04-20", "met", late)
    assert w.clocks(item, "XC-40.0a")["problem-2"][1] == "open"


@pytest.mark.parametrize(
    ("feedback", "handed_in", "due", "late_days"),
    [
        pytest.param((2026, 3, 2), (2026, 3, 13), "2026-03-16", 0, id="the day before"),
        pytest.param(
            (2026, 3, 2), (2026, 3, 16), "2026-03-16", 0, id="day", marks=proves("XC-40.0b", check=1)
        ),
        pytest.param(
            (2026, 3, 2), (2026, 3, 17), "2026-03-16", 1, id="after", marks=proves("XC-40.0b", check=2)
        ),
        pytest.param((2026, 3, 2), (2026, 3, 23), "2026-03-16", 5, id="a week later"),
        pytest.param((2026, 4, 29), (2026, 5, 15), "2026-05-15", 0, id="a make-up Saturday counts"),
        pytest.param((2026, 4, 29), (2026, 5, 16), "2026-05-15", 0, id="a Saturday after: no working day"),
    ],
)
def test_the_plan_is_there_within_ten_working_days_of_the_feedback(
    w: RectificationSteps,
    feedback: tuple[int, int, int],
    handed_in: tuple[int, int, int],
    due: str,
    late_days: int,
) -> None:
    item = w.fed_back_on(*feedback)
    assert w.clocks(item, "XC-40.0b") == {"": (due, "open", False)}
    w.world.on(*handed_in)
    answer = done(w.submit_plan(item, problems=[one | {"time_limit": "2026-12-01"} for one in lines()]))
    late = handed_in > tuple(int(part) for part in due.split("-"))
    assert [(d["clause"], d["late"]) for d in answer.body["duties"]] == [("XC-40.0b", late)]
    assert w.item(item)["late_days"] == late_days


def test_beyond_the_published_calendar_the_limit_is_provisional(w: RectificationSteps) -> None:
    item = w.fed_back_on(2026, 12, 28)
    [clock] = [d for d in w.item(item)["duties"] if d["clause"] == "XC-40.0b"]
    assert (clock["due_on"], clock["provisional"]) == ("2027-01-11", True)
    assert (clock["owed_role"], clock["owed_office"]) == ("local_party_head", "edu")


@proves("XC-40.0b", check=3)
def test_a_second_version_leaves_the_first_arrival_the_one_that_is_measured(w: RectificationSteps) -> None:
    item = w.with_both_forms(w.planned_by_unit())
    done(w.do(item, "return_rectification_plan", REPLY))
    w.world.on(2026, 3, 30)
    answer = done(w.submit_plan(item))
    assert "duties" not in answer.body or not answer.body["duties"]
    shown = w.item(item)
    assert (shown["plan_on"], shown["late_days"], shown["plan_version"]) == ("2026-03-02", 0, 2)
    assert w.clocks(item, "XC-40.0b") == {"": ("2026-03-16", "met", False)}


@proves("XC-40.0c", check=1)
def test_with_one_section_asked_the_review_is_not_closed(w: RectificationSteps) -> None:
    item = w.planned_by_unit()
    refused(w.do(item, "accept_rectification_plan", REPLY), "PRECONDITION_NOT_MET", "XC-40.0c")
    done(w.ask(item, sections=("dc_section",)))
    done(w.form(item, "dc_section"))
    for reply in ("accept_rectification_plan", "return_rectification_plan"):
        refused(w.do(item, reply, REPLY), "PRECONDITION_NOT_MET", "XC-40.0c")
    done(w.ask(item, sections=("od_section",)))
    done(w.form(item, "od_section"))
    done(w.do(item, "accept_rectification_plan", REPLY))


@proves("XC-40.0c", check=2)
def test_both_sections_that_are_asked_are_named(w: RectificationSteps) -> None:
    item = w.planned_by_unit()
    assert w.dc.get(item).status == 404, "before it is asked, a section knows nothing"
    done(w.ask(item))
    [event] = w.events("rectification_plan_review_requested")
    assert (event["sections"], event["plan_version"], event["asked_on"]) == (list(BOTH), 1, "2026-03-02")
    assert {w.dc.get(item).status, w.od.get(item).status} == {200}
    assert item.rpartition("/")[2] in {one["id"] for one in w.dc.get("/inspection/worklist").body["items"]}


@proves("XC-40.0d", check=1)
def test_a_form_says_something(w: RectificationSteps) -> None:
    item = w.planned_by_unit()
    refused(w.form(item, "dc_section"), "UNKNOWN_REFERENCE")
    done(w.ask(item))
    refused(w.form(item, "dc_section", opinion=""), "MISSING_FIELD", "XC-40.0d", field="opinion")
    refused(w.form(item, "dc_section", reviewed_on="2026-03-03"), "DATE_ORDER", field="reviewed_on")
    done(w.form(item, "dc_section"))
    refused(w.form(item, "dc_section"), "DUPLICATE", field="reviewing_section")
    assert w.item(item)["forms"] == ",dc_section,"


@proves("XC-40.0d", check=2)
def test_a_section_answers_the_office_and_not_the_unit(w: RectificationSteps) -> None:
    item = w.planned_by_unit()
    done(w.ask(item))
    strayed = w.form(item, "od_section", sent_to="inspected_party_org")
    refused(strayed, "WRONG_ROUTE", "XC-40.0d", field="sent_to")
    other = {"reviewing_section": "od_section", "opinion": "同意", "reviewed_on": "2026-03-02"}
    refused(w.do(item, "return_plan_review_form", other, by=w.dc), "WRONG_ROLE", field="reviewing_section")
    done(w.do(item, "return_plan_review_form", other))
    refused(w.do(item, "return_plan_review_form", other, by=w.clerk), "WRONG_ROLE")


@proves("XC-40.0e", check=1)
def test_the_reply_waits_for_both_forms(w: RectificationSteps) -> None:
    item = w.planned_by_unit()
    done(w.ask(item))
    done(w.form(item, "dc_section"))
    for reply in ("accept_rectification_plan", "return_rectification_plan"):
        refused(w.do(item, reply, REPLY), "PRECONDITION_NOT_MET", "XC-40.0e")
    done(w.form(item, "od_section"))
    done(w.do(item, "accept_rectification_plan", REPLY))
    [event] = w.events("rectification_plan_replied")
    assert (event["result"], event["plan_version"], w.item(item)["state"]) == ("accept", 1, "rectifying")
    assert w.issue_states(item) == ["rectifying", "rectifying"]


@proves("XC-40.0e", check=2)
def test_a_returned_plan_comes_again_and_is_reviewed_from_the_beginning(w: RectificationSteps) -> None:
    item = w.with_both_forms(w.planned_by_unit())
    refused(w.do(item, "return_rectification_plan", REPLY, by=w.clerk), "WRONG_ROLE", "XC-40.0e")
    done(w.do(item, "return_rectification_plan", REPLY))
    assert (w.item(item)["state"], w.issue_states(item)) == ("plan_returned", ["fed_back", "fed_back"])
    [event] = w.events("rectification_plan_replied")
    assert event["result"] == "revise"
    done(w.submit_plan(item))
    refused(w.do(item, "accept_rectification_plan", REPLY), "PRECONDITION_NOT_MET", "XC-40.0c")
    done(w.do(w.with_both_forms(item), "accept_rectification_plan", REPLY))


@proves("XC-40.0f", check=1)
def test_two_copies_are_one_too_few(w: RectificationSteps) -> None:
    item = w.fed_back()
    refused(w.submit_plan(item, copies=2), "COPY_COUNT", "XC-40.0f", field="copies")


@proves("XC-40.0f", check=2)
def test_three_copies_of_one_version_are_taken_in(w: RectificationSteps) -> None:
    item = w.fed_back()
    answer = done(w.submit_plan(item, copies=3))
    assert ("XC-40.0f" in answer.body["clauses"], w.item(item)["plan_version"]) == (True, 1)


def test_the_unit_is_told_and_reads_the_reply_and_no_other_unit_knows_of_it(tmp_path: Path) -> None:
    w = RectificationSteps(tmp_path, services=("inspection", "notifications"))
    item = w.rectifying()
    w.world.pump()
    assert (
        w.told_of("rectification_begun", item) == w.told_of("rectification_replied", item) == {"p-edu-head"}
    )
    paper = next(
        p["id"] for p in w.item(item, w.principal)["papers"] if p["act"] == "accept_rectification_plan"
    )
    assert w.item(f"{item}/papers/{paper}", w.principal)["form"] == REPLY
    for stranger in ("hou-head", "zu1", "zu4", "head1", "leader", "sys"):
        assert w.world.as_(stranger).get(item).status == 404


@proves("XC-35.1a", check=2)
def test_a_plan_reviewed_before_the_circular_is_issued_is_a_gap(w: RectificationSteps) -> None:
    """The gap closes with the circular; where there is one already, there is none."""
    item = w.planned_by_unit()
    unit = f"/inspection/engagements/{w.item(item)['engagement_id']}"
    paper = {
        "issued_on": "2026-03-02",
        "circular_no": "教党〔2026〕1号",
        "circulated": ["leadership_opinion", "feedback_speech", "statement_of_position"],
    }
    assert w.gaps(item, "XC-35.1a") == set()
    assert "XC-35.1a" in done(w.ask(item)).body["clauses"]
    assert w.gaps(item, "XC-35.1a") == {""}
    done(w.do(unit, "record_party_circular", paper, by=w.member))
    assert w.gaps(item, "XC-35.1a") == set()
    done(w.ask(item))
    assert w.gaps(item, "XC-35.1a") == set()
