"""Second-level units file their meetings, a sample is checked; business ledgers (LZ-6.9, LZ-6.10, LL-2.21)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.inspection.domain.sampling import drawn
from tests.clause_proof import proves
from tests.clauses.supervision_steps import (
    CHECKS,
    FILINGS,
    LEDGERS,
    PROBLEMS,
    QUARTERS,
    SupervisionWorld,
    done,
    refused,
)
from tests.world import Answer

HEAD = ("dispatched_office_head", "pz1")
BOTH_SIDES = [("subordinate_unit", "sch"), HEAD]


@pytest.fixture
def w(tmp_path: Path) -> SupervisionWorld:
    return SupervisionWorld(tmp_path)


def begun(w: SupervisionWorld) -> str:
    answer = done(w.do(QUARTERS, "begin_subunit_filings", {"unit_id": "sch"}, by=w.head))
    return f"{QUARTERS}/{answer.body['id']}"


@proves("LZ-6.9", check=1)
@pytest.mark.parametrize(
    ("month", "day", "warned"), [(3, 30, False), (3, 31, True), (4, 1, True), (4, 10, True)]
)
def test_both_sides_are_warned_on_the_quarters_last_day_if_nothing_is_filed(
    w: SupervisionWorld, month: int, day: int, *, warned: bool
) -> None:
    quarter = begun(w)
    [clock] = w.duties(quarter, "LZ-6.9")
    assert (clock["due_at"][:10], w.item(quarter)["quarter"]) == ("2026-03-31", "2026-Q1")
    w.world.on(2026, month, day)
    w.world.tick()
    w.world.tick()
    assert w.told("subunit_filing_awaited") == BOTH_SIDES * warned
    assert w.gaps(quarter, "LZ-6.9") == warned
    answer = done(w.file_meetings("2026-01-01", "2026-03-02"))
    assert "LZ-6.9" in answer.body["clauses"]
    [clock] = w.duties(quarter, "LZ-6.9")
    assert (clock["status"], clock["late"], w.gaps(quarter, "LZ-6.9")) == ("met", False, 0)
    assert w.item(quarter)["state"] == "filed"


@proves("LZ-6.9", check=1)
def test_a_quarter_that_is_filed_warns_nobody_and_the_next_one_follows_by_the_clock(
    w: SupervisionWorld,
) -> None:
    begun(w)
    assert "LZ-6.9" in done(w.file_meetings("2026-01-01", "2026-03-02")).body["clauses"]
    w.world.on(2026, 3, 31)
    w.world.tick()
    assert w.told("subunit_filing_awaited") == []
    w.world.on(2026, 10, 8)
    w.world.tick()
    w.world.tick()
    quarters = {one["quarter"]: one["state"] for one in w.listed(QUARTERS)}
    assert quarters == {
        "2026-Q1": "filed",
        "2026-Q2": "awaited",
        "2026-Q3": "awaited",
        "2026-Q4": "awaited",
    }
    assert w.told("subunit_filing_awaited") == BOTH_SIDES * 2


@proves("LZ-6.9", check=1)
def test_the_last_quarter_of_the_year_ends_with_the_year(w: SupervisionWorld) -> None:
    w.world.on(2026, 10, 1)
    quarter = begun(w)
    [clock] = w.duties(quarter, "LZ-6.9")
    assert (clock["due_at"], clock["provisional"]) == ("2026-12-31T23:59:59+08:00", False)
    w.world.on(2027, 1, 1)
    w.world.tick()
    assert {one["quarter"] for one in w.listed(QUARTERS)} == {"2026-Q4", "2027-Q1"}
    assert "LZ-6.9" in done(w.file_meetings("2026-10-01", "2026-12-31")).body["clauses"]


@proves("LZ-6.9", check=2)
@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        ("2026-01-31", "2026-02-28", True),
        ("2026-01-10", "2026-01-20", True),
        ("2026-01-01", "2026-03-01", True),
        ("2026-02-01", "2026-02-28", False),
        ("2025-12-01", "2025-12-31", False),
    ],
)
def test_a_period_is_filed_once(w: SupervisionWorld, first: str, last: str, *, overlaps: bool) -> None:
    done(w.file_meetings("2026-01-01", "2026-01-31"))
    answer = w.file_meetings(first, last)
    if overlaps:
        refused(answer, "DUPLICATE", "LZ-6.9", field="period_from")
    else:
        assert "LZ-6.9" in done(answer).body["clauses"]
    assert len(w.listed(FILINGS)) == (1 if overlaps else 2)


def test_a_filing_has_its_meetings_or_says_that_there_were_none(w: SupervisionWorld) -> None:
    meeting = {"held_on": "2026-02-03", "items": [{"kind": "funds", "subject": "设备采购"}]}
    period = ("2026-02-01", "2026-02-28")
    refused(w.file_meetings(*period, meetings=[meeting]), "OUT_OF_RANGE", field="nil")
    refused(w.file_meetings(*period, nil=False), "MISSING_FIELD", field="meetings")
    outside = meeting | {"held_on": "2026-01-31"}
    refused(w.file_meetings(*period, nil=False, meetings=[outside]), "DATE_ORDER", field="meetings.held_on")
    refused(w.file_meetings("2026-02-01", "2026-03-03"), "DATE_ORDER", field="period_to")
    done(w.file_meetings(*period, nil=False, meetings=[meeting]))
    [event] = w.events("subunit_filing_received")
    assert event == {"unit_id": "sch", "period": "2026-Q1", "filed_on": "2026-03-02", "nil": False}


def test_filings_begin_once_for_a_second_level_unit_of_the_office(w: SupervisionWorld) -> None:
    begun(w)
    again = w.do(QUARTERS, "begin_subunit_filings", {"unit_id": "sch"}, by=w.head)
    refused(again, "DUPLICATE", field="unit_id")
    for unit in ("edu", "hou", "nowhere"):
        answer = w.do(QUARTERS, "begin_subunit_filings", {"unit_id": unit}, by=w.head)
        refused(answer, "OUT_OF_SCOPE", field="unit_id")


def thirty(w: SupervisionWorld) -> list[str]:
    """Thirty filings of the first quarter, of two days each."""
    ids = []
    for number in range(30):
        first = date(2026, 1, 1) + timedelta(days=2 * number)
        answer = w.file_meetings(first.isoformat(), (first + timedelta(days=1)).isoformat())
        ids.append(str(done(answer).body["id"]))
    return ids


def ids_in(listed: str) -> list[str]:
    return [one for one in listed.split(",") if one]


@proves("LZ-6.10", check=1)
def test_a_draw_keeps_its_sample_seed_and_drawer_and_is_never_changed(w: SupervisionWorld) -> None:
    filings = thirty(w)
    check = f"{CHECKS}/{w.only(CHECKS)['id']}"
    refused(w.do(check, "draw_filings", {"size": 31}), "OUT_OF_RANGE", "LZ-6.10", field="size")
    done(w.do(check, "draw_filings", {"size": 3}))
    shown = w.item(check)
    sample, seed = ids_in(shown["sample_ids"]), shown["seed"]
    assert sorted(ids_in(shown["population_ids"])) == sorted(filings)
    assert (len(set(sample)), shown["drawn_by"], shown["drawn_on"]) == (3, "p-clerk1", "2026-03-02")
    assert sample == drawn(seed, filings, 3)
    refused(w.do(check, "draw_filings", {"size": 5}), "IMMUTABLE", "LZ-6.10")
    results = [{"filing_id": one, "facts": "属实"} for one in sample]
    results[0]["grade"] = "general"
    record: dict[str, Any] = {"checked_on": "2026-03-02", "lines": results}
    other = record | {"lines": results[:2]}
    refused(w.do(check, "record_filing_check", other), "UNKNOWN_REFERENCE", field="lines.filing_id")
    done(w.do(check, "record_filing_check", record))
    for act, paper in (("draw_filings", {"size": 1}), ("record_filing_check", record)):
        refused(w.do(check, act, paper), "IMMUTABLE", "LZ-6.10")
    after = w.item(check)
    assert (ids_in(after["sample_ids"]), after["seed"], after["problem_count"]) == (sample, seed, 1)
    problem = w.only(PROBLEMS)
    assert (problem["clause"], problem["unit_id"], problem["state"]) == ("LZ-6.10", "sch", "open")
    assert [event["clause"] for event in w.events("problem_found")] == ["LZ-6.10"]


@proves("LZ-6.10", check=2)
@pytest.mark.parametrize(
    ("month", "day", "warned"), [(3, 30, False), (3, 31, False), (4, 1, True), (4, 2, True)]
)
def test_a_quarter_with_filings_and_no_check_warns_the_head_when_it_is_over(
    w: SupervisionWorld, month: int, day: int, *, warned: bool
) -> None:
    filing = done(w.file_meetings("2026-01-01", "2026-02-28")).body["id"]
    check = f"{CHECKS}/{w.only(CHECKS)['id']}"
    w.world.on(2026, month, day)
    w.world.tick()
    w.world.tick()
    assert w.told("filings_unchecked") == [HEAD] * warned
    assert w.gaps(check, "LZ-6.10") == warned
    done(w.do(check, "draw_filings", {"size": 1}))
    line = {"filing_id": filing, "facts": "属实"}
    record = {"checked_on": f"2026-{month:02d}-{day:02d}", "lines": [line]}
    answer = done(w.do(check, "record_filing_check", record))
    assert ("LZ-6.10" in answer.body["clauses"], w.gaps(check, "LZ-6.10")) == (True, 0)


@proves("LZ-6.10", check=2)
def test_a_quarter_that_was_checked_or_had_no_filings_warns_nobody(w: SupervisionWorld) -> None:
    filing = done(w.file_meetings("2026-01-01", "2026-02-28")).body["id"]
    check = f"{CHECKS}/{w.only(CHECKS)['id']}"
    done(w.do(check, "draw_filings", {"size": 1}))
    line = {"filing_id": filing, "facts": "属实"}
    answer = w.do(check, "record_filing_check", {"checked_on": "2026-03-02", "lines": [line]})
    assert "LZ-6.10" in done(answer).body["clauses"]
    w.world.on(2026, 7, 1)
    w.world.tick()
    assert (w.told("filings_unchecked"), len(w.listed(CHECKS))) == ([], 1)


def provide(w: SupervisionWorld, *entries: dict[str, object], **changes: object) -> Answer:
    paper = {"kind": "large_funds", "period_from": "2026-01-01", "period_to": "2026-02-28"}
    lines = [{"entry_no": f"E-{n}", "subject": "支出"} | one for n, one in enumerate(entries, 1)]
    return w.do(LEDGERS, "provide_business_ledger", paper | {"entries": lines} | changes, by=w.unit)


@proves("LL-2.21", check=1)
@pytest.mark.parametrize(("amount", "proposed"), [(499_999, 0), (500_000, 1), (9_000_000, 1)])
def test_a_large_payment_that_no_meeting_discussed_is_a_proposed_problem(
    w: SupervisionWorld, amount: int, proposed: int
) -> None:
    done(w.file_list())
    answer = done(provide(w, {"amount": amount}, {"amount": 1}))
    assert "LL-2.21" in answer.body["clauses"]
    problems = w.listed(PROBLEMS)
    assert [(one["state"], one["clause"]) for one in problems] == [("proposed", "LL-2.21")] * proposed
    assert w.events("problem_found") == []
    if proposed:
        item = f"{PROBLEMS}/{problems[0]['id']}"
        assert w.unit.get(item).code == "UNKNOWN_REFERENCE"
        done(w.do(item, "confirm_problem", {"facts": "核实属实"}))
        assert [event["clause"] for event in w.events("problem_found")] == ["LL-2.21"]
        refused(w.do(item, "dismiss_problem", {"reason": "不成立"}), "WRONG_STATE")


@proves("LL-2.21", check=1)
def test_a_large_payment_that_a_meeting_discussed_is_none(w: SupervisionWorld) -> None:
    done(w.file_list())
    meeting = w.announced().rpartition("/")[2]
    discussed: dict[str, object] = {"amount": 900_000, "meeting_id": meeting, "item_no": 4}
    assert "LL-2.21" in done(provide(w, discussed)).body["clauses"]
    done(provide(w, {"amount": 900_000}, kind="administrative_penalty"))
    assert w.listed(PROBLEMS) == []
    refused(provide(w, discussed | {"item_no": 9}), "UNKNOWN_REFERENCE", field="entries.meeting_id")
    refused(provide(w, discussed | {"meeting_id": "x"}), "UNKNOWN_REFERENCE", field="entries.meeting_id")


def test_a_proposed_problem_is_dismissed_with_a_reason(w: SupervisionWorld) -> None:
    done(w.file_list())
    done(provide(w, {"amount": 900_000}))
    item = f"{PROBLEMS}/{w.only(PROBLEMS)['id']}"
    refused(w.do(item, "dismiss_problem", {"reason": " "}), "MISSING_REASON")
    done(w.do(item, "dismiss_problem", {"reason": "已由上级统一研究"}))
    assert (w.item(item)["state"], w.events("problem_found")) == ("dismissed", [])


@proves("LL-2.21", check=2)
@pytest.mark.parametrize("left_out", ["period_from", "period_to"])
def test_a_ledger_is_of_a_period(w: SupervisionWorld, left_out: str) -> None:
    paper = {"kind": "large_funds", "period_from": "2026-01-01", "period_to": "2026-02-28"}
    del paper[left_out]
    answer = w.do(LEDGERS, "provide_business_ledger", paper, by=w.unit)
    refused(answer, "MISSING_FIELD", "LL-2.21", field=left_out)
    refused(provide(w, period_to="2025-12-31"), "DATE_ORDER", "LL-2.21", field="period_to")
    assert w.listed(LEDGERS) == []
