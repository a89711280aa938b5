"""Full searches, loopholes of typical cases, special matters and their supervision, core powers (LL-3.14 to 3.18)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.clause_proof import proves
from tests.clauses.responsibility_steps import CONCLUSION as CONCLUDED
from tests.clauses.responsibility_steps import REPORT as SPECIAL_REPORT
from tests.clauses.risk_search_steps import (
    MATTERS,
    POWERS,
    SEARCHES,
    SPECIALS,
    YEARS,
    SearchWorld,
    done,
    id_of,
    outcome,
    refused,
)
from tests.clauses.risk_steps import POINTS


@pytest.fixture
def w(tmp_path: Path) -> SearchWorld:
    return SearchWorld(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchWorld]:
    """For tests that look at nothing but their own items; time stands still."""
    made = SearchWorld(tmp_path_factory.mktemp("searches"))
    yield made
    made.world.close()


# LL-3.17


@proves("LL-3.17", check=1)
@pytest.mark.parametrize(("month", "day", "gaps"), [(3, 20, 0), (3, 23, 0), (3, 24, 1)])
def test_a_strong_complaint_without_a_search_is_pointed_out(
    w: SearchWorld, month: int, day: int, gaps: int
) -> None:
    """Marked on 2 March: the fifteenth working day after it is Monday 23 March."""
    search = w.called()
    w.world.on(2026, month, day, 23 if day != 24 else 0, 59)
    w.world.tick()
    w.world.tick()
    assert w.gaps(search, "LL-3.17") == gaps
    assert w.told("risk_search_awaited") == [("dispatched_office_head", "pz1")] * gaps
    answer = done(w.do(search, "begin_risk_search", {"plan": "逐项排查"}))
    assert "LL-3.17" in answer.body["clauses"]
    [clock] = w.duties(search, "LL-3.17")
    assert (clock["due_on"], clock["status"], clock["late"]) == ("2026-03-23", "met", False)
    assert w.gaps(search, "LL-3.17") == 0


@proves("LL-3.17", check=2)
@pytest.mark.parametrize("code", ["risk_kept", "risk_listed", "risk_dropped"])
def test_each_risk_that_was_found_is_kept_listed_or_dropped_with_its_reason(
    w: SearchWorld, code: str
) -> None:
    search = w.search()
    point = w.found(search)
    refused(
        w.conclude(search, outcome(point, code, "")), "MISSING_REASON", "LL-3.17", field="outcomes.reason"
    )
    assert (w.item(search)["state"], w.item(point)["state"]) == ("searching", "registered")
    assert "LL-3.17" in done(w.conclude(search, outcome(point, code))).body["clauses"]
    assert w.item(search)["state"] == "concluded"
    assert w.item(point)["state"] == ("dropped" if code == "risk_dropped" else "registered")
    listed = [(one["source_kinds"], one["source_ids"]) for one in w.listed(MATTERS)]
    assert listed == [(",risk_search,", f",{id_of(point)},")] * (code == "risk_listed")
    assert {c["status"] for c in w.duties(point, "GL-1.25")} == {
        "voided" if code == "risk_dropped" else "open"
    }


@proves("LL-3.17", check=2)
def test_no_risk_that_was_found_is_left_undecided(w: SearchWorld) -> None:
    search, other = w.search(), w.search()
    point, elsewhere = w.found(search), w.found(other)
    refused(w.conclude(search), "MISSING_FIELD", "LL-3.17", field="outcomes")
    refused(w.conclude(search, outcome(point), outcome(point)), "DUPLICATE", field="outcomes.point_id")
    both = (outcome(point), outcome(elsewhere))
    refused(w.conclude(search, *both), "UNKNOWN_REFERENCE", "LL-3.17", field="outcomes.point_id")
    refused(w.conclude(search, outcome(point), areas=["key_post"]), "MISSING_FIELD", "LL-3.17", field="areas")
    assert "LL-3.17" in done(w.conclude(search, outcome(point))).body["clauses"]


def test_a_search_that_found_nothing_says_how(shared: SearchWorld) -> None:
    search = shared.search(search_ground="major_hidden_risk")
    refused(shared.conclude(search), "MISSING_FIELD", "LL-3.17", field="none_found")
    refused(shared.conclude(search, none_found="无", concluded_on="2026-03-03"), "DATE_ORDER")
    refused(shared.conclude(search, none_found="无", concluded_on="2026-03-01"), "DATE_ORDER")
    done(shared.conclude(search, none_found="逐项排查未发现"))
    refused(shared.register(search_id=id_of(search)), "UNKNOWN_REFERENCE", "LL-3.17", field="search_id")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"unit_id": "hou"}, "OUT_OF_SCOPE", "unit_id"),
        ({"search_ground": "typical_case"}, "OUT_OF_RANGE", "search_ground"),
        ({"search_ground": "rumour"}, "OUT_OF_RANGE", "search_ground"),
    ],
)
def test_a_search_is_of_a_unit_of_the_office_and_on_a_ground(
    shared: SearchWorld, changes: dict[str, Any], code: str, field: str
) -> None:
    refused(shared.call(**changes), code, field=field)
    refused(shared.call(by=shared.unit), "WRONG_ROLE")


def test_the_unit_reads_the_risk_and_learns_of_no_search(w: SearchWorld) -> None:
    search, plain = w.search(), w.point()
    found = w.found(search)
    assert w.unit.get(search).status == 404
    assert w.listed(SEARCHES, w.leader)[0]["id"] == id_of(search)
    for point in (found, plain):
        [paper] = w.item(point, w.unit)["papers"]
        form = w.item(f"{point}/papers/{paper['id']}", w.unit)["form"]
        assert "search_id" not in form
        assert id_of(search) not in str(w.item(point, w.unit))
    mine = w.register(by=w.unit, unit_id="", search_id=id_of(search))
    unknown = w.register(by=w.unit, unit_id="", search_id="x" * 32)
    assert (mine.status, mine.body) == (unknown.status, unknown.body)
    done(w.conclude(search, outcome(found, "risk_dropped")))
    assert "clerk1" not in str(w.item(found, w.unit)["timeline"][-1])


# GL-1.23


@proves("GL-1.23", check=1)
def test_a_typical_case_that_is_closed_asks_for_its_loopholes_or_for_none(w: SearchWorld) -> None:
    case = w.case(closed=False)
    refused(w.conclude(case, none_found="无"), "WRONG_STATE")
    late = {"case_closed_on": "2026-03-03"}
    refused(w.do(case, "note_typical_case_closed", late), "DATE_ORDER", field="case_closed_on")
    answer = done(w.do(case, "note_typical_case_closed", {"case_closed_on": "2026-03-02"}))
    assert "GL-1.23" in answer.body["clauses"]
    assert w.gaps(case, "GL-1.23") == 1
    assert w.told("loopholes_asked_for") == [("dispatched_office_head", "pz1")]
    refused(w.conclude(case), "MISSING_FIELD", "GL-1.23", field="none_found")
    assert "GL-1.23" in done(w.conclude(case, none_found="制度健全", areas=[])).body["clauses"]
    assert (w.gaps(case, "GL-1.23"), w.item(case)["state"]) == (0, "concluded")


@proves("GL-1.23", check=1)
def test_a_loophole_of_a_typical_case_stands_in_the_risk_register(w: SearchWorld) -> None:
    case = w.case()
    loophole = w.found(case)
    answer = done(w.conclude(case, outcome(loophole, "risk_listed"), areas=[]))
    assert "GL-1.23" in answer.body["clauses"]
    assert (w.figure("GL-1.12"), len(w.listed(MATTERS)), w.gaps(case, "GL-1.23")) == (1, 1, 0)


@proves("GL-1.23", check=2)
def test_an_open_entry_of_the_register_has_no_details_of_a_case(shared: SearchWorld) -> None:
    case, before = shared.case(), len(shared.listed(POINTS))
    details: dict[str, Any] = {"search_id": id_of(case), "case_details": "某科长收受财物"}
    refused(shared.register(**details), "ACCESS_DENIED", "GL-1.23", field="case_details")
    assert len(shared.listed(POINTS)) == before
    assert "GL-1.23" in done(shared.register(**details, restricted=True)).body["clauses"]
    assert shared.item(case)["state"] == "searching"


# LL-3.15, LL-3.18


@proves("LL-3.15", check=1)
def test_a_matter_without_a_source_is_not_listed(shared: SearchWorld) -> None:
    before = len(shared.listed(MATTERS))
    refused(shared.list_matter(), "MISSING_FIELD", "LL-3.15", field="sources")
    refused(shared.list_matter(("hearsay", "x")), "OUT_OF_RANGE", "LL-3.15")
    assert len(shared.listed(MATTERS)) == before


@proves("LL-3.15", check=1)
@pytest.mark.parametrize("kind", ["analysis_report", "problem_list", "inspection_problem", "risk_search"])
def test_a_source_is_there_and_on_the_same_unit(shared: SearchWorld, kind: str) -> None:
    refused(
        shared.list_matter((kind, "x" * 32)), "UNKNOWN_REFERENCE", "LL-3.15", field="sources.drawn_from_id"
    )
    school = id_of(shared.point(unit_id="sch"))
    refused(shared.list_matter((kind, school)), "UNKNOWN_REFERENCE", "LL-3.15")
    minutes = done(shared.meet()).body["id"]  # no report was drawn from them
    refused(shared.list_matter(("analysis_report", minutes)), "UNKNOWN_REFERENCE", "LL-3.15")


@proves("LL-3.15", check=2)
def test_all_sources_of_a_matter_are_linked(shared: SearchWorld) -> None:
    report, first, second = shared.analysis(), id_of(shared.point()), id_of(shared.point())
    sources = [("analysis_report", report), ("risk_search", first), ("risk_search", second)]
    answer = done(shared.list_matter(*sources, sources[1]))
    assert "LL-3.15" in answer.body["clauses"]
    shown = shared.item(f"{MATTERS}/{answer.body['id']}")
    assert shown["source_kinds"] == ",analysis_report,risk_search,risk_search,"
    assert shown["source_ids"] == f",{report},{first},{second},"


@proves("LL-3.18", check=1)
@pytest.mark.parametrize(
    ("year", "month", "day", "gaps"), [(2026, 12, 31, 0), (2027, 1, 1, 1), (2027, 1, 2, 1)]
)
def test_a_matter_that_nobody_supervised_stands_open_when_the_year_closes(
    w: SearchWorld, year: int, month: int, day: int, gaps: int
) -> None:
    matter, supervised = w.matter(), w.matter()
    done(w.supervise(supervised))
    w.world.on(year, month, day, 0 if gaps else 23, 59)
    w.world.tick()
    w.world.tick()
    assert (w.item(matter)["state"], w.gaps(matter, "LL-3.18")) == ("listed", gaps)
    assert (w.item(supervised)["state"], w.gaps(supervised, "LL-3.18")) == ("supervised", 0)
    assert w.told("special_matter_open") == [("dispatched_office_head", "pz1")] * gaps
    assert "LL-3.14" in done(w.supervise(matter)).body["clauses"]
    assert "LL-3.18" in w.item(matter)["timeline"][-1]["clauses"]
    assert w.gaps(matter, "LL-3.18") == 0


@proves("LL-3.18", check=2)
def test_a_matter_is_closed_with_a_result_and_after_its_supervision(shared: SearchWorld) -> None:
    matter = shared.matter()
    closing = {"closed_on": "2026-03-02", "result": "已完善制度"}
    refused(shared.do(matter, "close_special_matter", closing), "PRECONDITION_NOT_MET", "LL-3.18")
    done(shared.supervise(matter))
    without = {"closed_on": "2026-03-02"}
    refused(shared.do(matter, "close_special_matter", without), "MISSING_FIELD", "LL-3.18", field="result")
    for day in ("2026-03-01", "2026-03-03"):
        refused(shared.do(matter, "close_special_matter", closing | {"closed_on": day}), "DATE_ORDER")
    assert shared.item(matter)["state"] == "supervised"
    assert "LL-3.18" in done(shared.do(matter, "close_special_matter", closing)).body["clauses"]
    assert shared.item(matter)["closed_on"] == "2026-03-02"


# LL-3.14


@proves("LL-3.14", check=1)
@pytest.mark.parametrize(("day", "counts"), [("2026-12-31", True), ("2027-01-01", False)])
def test_special_supervision_of_a_matter_meets_the_years_special_check(
    w: SearchWorld, day: str, *, counts: bool
) -> None:
    year = done(w.do(YEARS, "open_special_supervision_year", {"year": 2026}, by=w.head)).body["id"]
    answer = done(w.supervise(w.matter()))
    assert "LL-3.14" in answer.body["clauses"]
    check = f"{SPECIALS}/{answer.body['id']}"
    [opened] = w.events("special_supervision_opened")
    assert (opened["type"], opened["unit_id"], opened["check_id"]) == ("special_matters", "edu", id_of(check))
    w.world.on(2027, 1, 4)
    w.world.tick()
    done(w.do(check, "conclude_special_supervision", CONCLUDED | {"concluded_on": day}))
    done(w.do(check, "report_special_supervision", SPECIAL_REPORT, by=w.head))
    shown = w.item(f"{YEARS}/{year}", w.head)
    assert (shown["state"], shown["reported_count"]) == (("met", 1) if counts else ("open", 0))


@proves("LL-3.14", check=2)
@pytest.mark.parametrize("which", ["none", "unknown", "closed", "another office's", "one of two"])
def test_special_supervision_is_of_matters_that_stand_on_the_list(shared: SearchWorld, which: str) -> None:
    matter, closed = shared.matter(), shared.matter()
    done(shared.supervise(closed))
    done(shared.do(closed, "close_special_matter", {"closed_on": "2026-03-02", "result": "已完善"}))
    unknown = f"{MATTERS}/{'x' * 32}"
    named = {"none": (), "unknown": (unknown,), "closed": (closed,), "one of two": (matter, unknown)}
    by = shared.stranger if which == "another office's" else None
    answer = shared.supervise(*named.get(which, (matter,)), by=by)
    refused(answer, "UNKNOWN_REFERENCE", "LL-3.14", field="matter_ids")
    assert shared.item(matter)["state"] == "listed"


# GL-1.21


@proves("GL-1.21", check=1)
def test_a_reviewed_power_without_a_risk_point_has_a_gap(shared: SearchWorld) -> None:
    power, linked = shared.power(), shared.power(point_ids=[id_of(shared.point())])
    assert "GL-1.21" in done(shared.review(power)).body["clauses"]
    done(shared.review(linked))
    assert (shared.gaps(power, "GL-1.21"), shared.gaps(linked, "GL-1.21")) == (1, 0)
    link = {"point_ids": [id_of(shared.point())]}
    assert "GL-1.21" in done(shared.do(power, "link_power_risks", link, by=shared.liaison)).body["clauses"]
    assert shared.gaps(power, "GL-1.21") == 0


@proves("GL-1.21", check=1)
def test_a_risk_point_that_stands_no_more_leaves_the_power_without_one(w: SearchWorld) -> None:
    search = w.search()
    point = w.found(search)
    power = w.power(point_ids=[id_of(point)])
    done(w.conclude(search, outcome(point, "risk_dropped")))
    assert "GL-1.21" in done(w.review(power)).body["clauses"]
    assert w.gaps(power, "GL-1.21") == 1


@proves("GL-1.21", check=2)
def test_a_power_without_the_post_that_holds_it_is_not_mapped(shared: SearchWorld) -> None:
    before = len(shared.listed(POWERS))
    refused(shared.map_power(without="holder_post"), "MISSING_FIELD", "GL-1.21", field="holder_post")
    refused(shared.map_power(holder_post=" "), "MISSING_FIELD", "GL-1.21", field="holder_post")
    assert len(shared.listed(POWERS)) == before


def test_powers_are_mapped_by_either_office_with_points_of_the_unit(shared: SearchWorld) -> None:
    done(shared.map_power(by=shared.liaison))
    refused(shared.map_power(by=shared.stranger), "OUT_OF_SCOPE", field="unit_id")
    school = id_of(shared.point(unit_id="sch"))
    refused(shared.map_power(point_ids=[school]), "UNKNOWN_REFERENCE", field="point_ids")


STEPS = {
    "begin_risk_search": ("called_for", "searching"),
    "note_typical_case_closed": ("case_marked", "searching"),
    "conclude_risk_search": ("searching", "concluded"),
}
PAPERS: dict[str, dict[str, object]] = {
    "begin_risk_search": {"plan": "逐项排查"},
    "note_typical_case_closed": {"case_closed_on": "2026-03-02"},
}


@proves("LL-3.17", check=2)
@settings(
    max_examples=settings().max_examples // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    of_case=st.booleans(),
    steps=st.lists(
        st.tuples(
            st.sampled_from(["clerk1", "head1", "clerk3", "jd1", "edu-clerk"]),
            st.sampled_from([*sorted(STEPS), "find"]),
        ),
        max_size=8,
    ),
)
def test_no_walk_ends_a_search_with_a_risk_undecided(
    shared: SearchWorld, steps: list[tuple[str, str]], *, of_case: bool
) -> None:
    item = shared.case(closed=False) if of_case else shared.called()
    state, found = "case_marked" if of_case else "called_for", 0
    for account, act in steps:
        client = shared.world.as_(account)
        if act == "find":
            answer = shared.register(by=client, search_id=id_of(item))
            assert (answer.status == 201) == (account in ("clerk1", "head1") and state == "searching")
            found += answer.status == 201
            continue
        when, after = STEPS[act]
        paper = PAPERS.get(
            act, {"concluded_on": "2026-03-02", "areas": [], "outcomes": [], "none_found": "无"}
        )
        answer = shared.do(item, act, paper, by=client)
        allowed = account in ("clerk1", "head1") and state == when
        allowed = allowed and (act != "conclude_risk_search" or (of_case and not found))
        assert (answer.status == 200) == allowed, (account, act, state, found, answer)
        state = after if allowed else state
        assert shared.item(item)["state"] == state
    event(state)
