"""The two rectification reports: two months, three copies each, reviewed together, one reply (XC-42)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.rectification_steps import (
    BOTH,
    NOTICE,
    PRINCIPAL,
    PROGRESS,
    REPLY,
    RectificationSteps,
    lines,
)
from tests.clauses.round_steps import done, refused


@pytest.fixture
def w(tmp_path: Path) -> RectificationSteps:
    return RectificationSteps(tmp_path)


def rectifying_since(w: RectificationSteps, *day: int) -> str:
    year, month, date = day
    item = w.fed_back_on(year, month, date)
    later = [one | {"time_limit": f"{year + 1}-01-31"} for one in lines()]
    done(w.submit_plan(item, problems=later))
    done(w.do(w.with_both_forms(item), "accept_rectification_plan", REPLY))
    return item


@pytest.mark.parametrize(
    ("handed_in", "late", "late_days"),
    [
        pytest.param((2026, 5, 9), False, 0, id="the day before"),
        pytest.param((2026, 5, 10), False, 0, id="the day", marks=proves("XC-42.1a", check=1)),
        pytest.param((2026, 5, 11), True, 1, id="the day after", marks=proves("XC-42.1a", check=2)),
    ],
)
def test_both_reports_are_there_within_two_months_of_the_feedback(
    tmp_path: Path, handed_in: tuple[int, int, int], late_days: int, *, late: bool
) -> None:
    w = RectificationSteps(tmp_path, services=("inspection", "notifications"))
    item = rectifying_since(w, 2026, 3, 10)
    w.world.on(2026, 5, 9)
    done(w.submit_report(item, PROGRESS))
    w.world.on(*handed_in)
    w.world.pump()
    overdue = {PRINCIPAL} if late else set()
    assert overdue_reports(w, item) == overdue
    answer = done(w.submit_report(item, PRINCIPAL))
    assert [(d["due_at"][:10], d["late"]) for d in answer.body["duties"]] == [("2026-05-10", late)]
    clocks = w.clocks(item, "XC-42.1a")
    assert clocks == {PROGRESS: ("2026-05-10", "met", False), PRINCIPAL: ("2026-05-10", "met", late)}
    sent = [
        (one["report_kind"], one["late_days"], one["copies"])
        for one in w.events("rectification_reports_received")
    ]
    assert sent == [(PROGRESS, 0, 3), (PRINCIPAL, late_days, 3)]


def overdue_reports(w: RectificationSteps, item: str) -> set[str]:
    """The reports for which the unit's principal was told that they are overdue."""
    told = w.told_of("deadline_overdue", item)
    red = {
        d["recipient"]
        for d in w.item(item, w.principal)["duties"]
        if (d["clause"], d["light"], d["status"]) == ("XC-42.1a", "red", "open")
    }
    assert told == ({"p-edu-head"} if red else set())
    return red


@proves("XC-42.1a", check=3)
@pytest.mark.parametrize(
    ("feedback", "due"),
    [
        ((2026, 12, 31), "2027-02-28"),
        ((2027, 12, 31), "2028-02-29"),
        ((2026, 3, 31), "2026-05-31"),
        ((2026, 3, 15), "2026-05-15"),
    ],
)
def test_two_months_end_on_the_same_day_or_the_months_last(
    w: RectificationSteps, feedback: tuple[int, int, int], due: str
) -> None:
    item = w.fed_back_on(*feedback)
    assert w.clocks(item, "XC-42.1a") == dict.fromkeys((PROGRESS, PRINCIPAL), (due, "open", False))


@proves("XC-42.1b", check=1)
def test_of_one_report_there_are_two_copies_and_the_other_is_taken_in(w: RectificationSteps) -> None:
    item = w.rectifying()
    done(w.submit_report(item, PROGRESS))
    refused(w.submit_report(item, PRINCIPAL, copies=2), "COPY_COUNT", "XC-42.1b", field="copies")
    assert (w.item(item)["report_kinds"], w.item(item)["state"]) == (f",{PROGRESS},", "rectifying")


@proves("XC-42.1b", check=2)
def test_three_copies_of_each_are_taken_in(w: RectificationSteps) -> None:
    item = w.rectifying()
    for kind in (PRINCIPAL, PROGRESS):
        assert "XC-42.1b" in done(w.submit_report(item, kind, copies=3)).body["clauses"]
        if kind == PRINCIPAL:
            refused(w.submit_report(item, kind), "DUPLICATE", field="report_kind")
    assert (w.item(item)["state"], w.issue_states(item)) == ("reports_received", ["result_reported"] * 2)


def test_what_the_report_says_to_be_put_right_stops_the_clock_of_its_problem(w: RectificationSteps) -> None:
    item = w.rectifying()
    refused(w.submit_report(item, PROGRESS, rectified_nos=[3]), "UNKNOWN_REFERENCE", field="rectified_nos")
    done(w.submit_report(item, PROGRESS, rectified_nos=[2]))
    clocks = w.clocks(item, "XC-40.0a")
    assert (clocks["problem-1"][1], clocks["problem-2"][1]) == ("open", "met")
    assert w.item(item)["solved_nos"] == ",2,"


@proves("XC-42.2a", check=1)
def test_one_report_alone_is_not_reviewed(w: RectificationSteps) -> None:
    item = w.rectifying()
    refused(w.ask(item, "report"), "MISSING_DOCUMENT", "XC-42.2a")
    done(w.submit_report(item, PROGRESS))
    refused(w.ask(item, "report"), "MISSING_DOCUMENT", "XC-42.2a")


@proves("XC-42.2a", check=2)
def test_both_reports_are_reviewed_by_both_sections(w: RectificationSteps) -> None:
    item = w.both_reports(w.rectifying())
    done(w.ask(item, "report"))
    [event] = w.events("rectification_report_review_requested")
    assert event == {"unit_id": "edu", "sections": list(BOTH), "asked_on": "2026-03-02"}


@proves("XC-42.2b", check=1)
@pytest.mark.parametrize("left_out", ["opinion_on_progress", "opinion_on_principal"])
def test_a_form_has_an_opinion_on_each_report(w: RectificationSteps, left_out: str) -> None:
    item = w.both_reports(w.rectifying())
    done(w.ask(item, "report"))
    answer = w.form(item, "dc_section", "report", **{left_out: ""})
    refused(answer, "MISSING_FIELD", "XC-42.2b", field=left_out)
    strayed = w.form(item, "dc_section", "report", sent_to="inspected_party_org")
    refused(strayed, "WRONG_ROUTE", "XC-42.2b", field="sent_to")
    done(w.form(item, "dc_section", "report"))


@proves("XC-42.2c", check=1)
def test_the_reply_waits_for_both_forms(w: RectificationSteps) -> None:
    item = w.both_reports(w.hold_meeting(w.rectifying()))
    done(w.ask(item, "report"))
    done(w.form(item, "od_section", "report"))
    for reply in ("accept_rectification_reports", "return_rectification_reports"):
        refused(w.do(item, reply, REPLY), "PRECONDITION_NOT_MET", "XC-42.2c")
    done(w.form(item, "dc_section", "report"))
    done(w.do(item, "accept_rectification_reports", REPLY))
    [event] = w.events("rectification_reports_replied")
    assert event == {"unit_id": "edu", "result": "accept", "sent_on": "2026-03-02"}
    assert w.issue_states(item) == ["result_accepted", "result_accepted"]


@proves("XC-42.2c", check=2)
def test_after_a_reply_to_revise_nothing_is_disclosed_before_the_new_version(w: RectificationSteps) -> None:
    item = w.with_both_forms(w.both_reports(w.hold_meeting(w.rectifying())), "report")
    done(w.do(item, "return_rectification_reports", REPLY))
    assert (w.item(item)["state"], w.issue_states(item)) == ("rectification_returned", ["rectifying"] * 2)
    refused(w.do(item, "issue_disclosure_notice", NOTICE), "PRECONDITION_NOT_MET", "XC-42.2c")
    refused(w.ask(item, "report"), "MISSING_DOCUMENT", "XC-42.2a")
    w.with_both_forms(w.both_reports(item), "report")
    done(w.do(item, "accept_rectification_reports", REPLY))
    done(w.notify(item))
    assert w.clocks(item, "XC-42.1a")[PROGRESS] == ("2026-05-02", "met", False)
