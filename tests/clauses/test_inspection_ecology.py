"""The yearly joint study of a unit's political ecology, portraits, analysis meetings (LZ-20.4, GL-1.15, 1.22, 1.31)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services.notifications.storage import Notice
from tests.clause_proof import proves
from tests.clauses.ecology_steps import (
    MEETINGS,
    PORTRAITS,
    REPORT,
    STUDIES,
    EcologyWorld,
    done,
    id_of,
    refused,
)
from tests.clauses.unit_check_steps import CHECK, CHECKS

COPIES = iter(range(10_000))


@pytest.fixture
def w(tmp_path: Path) -> EcologyWorld:
    return EcologyWorld(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EcologyWorld]:
    """For tests that take a unit of their own or leave nothing behind; time stands still."""
    made = EcologyWorld(tmp_path_factory.mktemp("ecology"))
    yield made
    made.world.close()


def told(w: EcologyWorld, template: str) -> list[str]:
    """Who got a notice of this template under LZ-20.4, in order."""
    found = (Notice.template == template, Notice.clause == "LZ-20.4")
    with w.world.runtimes["notifications"].db.read() as session:
        return sorted(row.addressee_id for row in session.scalars(select(Notice).where(*found)))


@proves("LZ-20.4", check=1)
@pytest.mark.parametrize(
    ("month", "day", "warned"), [(9, 30, 0), (10, 1, 1), (11, 1, 1), (12, 1, 1), (12, 31, 1)]
)
def test_both_offices_are_warned_from_1_october_while_there_is_no_study(
    tmp_path: Path, month: int, day: int, warned: int
) -> None:
    w = EcologyWorld(tmp_path, services=("inspection", "notifications"))
    assert "LZ-20.4" in done(w.begin()).body["clauses"]
    w.world.pump()
    w.world.on(2026, month, day, 23 if day > 1 else 9, 59)
    w.world.pump()
    assert told(w, "deadline_warned") == ["p-head1", "p-jd1"] * warned
    assert told(w, "deadline_overdue") == []


@proves("LZ-20.4", check=1)
def test_a_year_that_ended_without_a_study_is_overdue_unit_by_unit(tmp_path: Path) -> None:
    w = EcologyWorld(tmp_path, services=("inspection", "notifications"))
    late, studied = w.study(), w.study(by=w.world.as_("head2"), unit="hou")
    done(w.draft(studied, by=w.world.as_("head2"), participant_ids=["p-clerk3", "p-jd1"]))
    assert "LZ-20.4" in done(w.confirm(studied)).body["clauses"]
    w.world.pump()
    w.world.on(2027, 1, 1, 0)
    w.world.pump()
    assert told(w, "deadline_overdue") == ["p-head1", "p-jd1"]
    clocks = w.duties(late, "LZ-20.4")
    assert {(one["due_at"], one["status"]) for one in clocks} == {("2026-12-31T23:59:59+08:00", "open")}
    assert {one["status"] for one in w.duties(studied, "LZ-20.4", w.liaison)} == {"met"}
    assert sorted((one["unit_id"], one["year"]) for one in w.listed(STUDIES, w.liaison)) == [
        ("edu", 2026), ("edu", 2027), ("hou", 2026), ("hou", 2027),
    ]  # fmt: skip
    assert "LZ-20.4" in done(w.draft(late, studied_on="2026-12-31")).body["clauses"]


@proves("LZ-20.4", check=1)
@pytest.mark.parametrize(
    ("day", "late"), [("2026-12-30", False), ("2026-12-31", False), ("2027-01-01", True)]
)
def test_a_study_meets_the_year_by_its_own_day(w: EcologyWorld, day: str, *, late: bool) -> None:
    study = w.study()
    w.world.on(2027, 1, 4)
    assert "LZ-20.4" in w.judged(study, studied_on=day).body["clauses"]
    assert {(c["status"], c["late"]) for c in w.duties(study, "LZ-20.4")} == {("met", late)}
    assert w.events("political_ecology_judged") == [{"unit_id": "edu", "year": "2026", "judged_on": day}]


@proves("LZ-20.4", check=2)
@pytest.mark.parametrize("who", [["p-clerk1", "p-head1"], ["p-jd1"]])
def test_a_study_by_people_of_one_office_alone_is_refused(w: EcologyWorld, who: list[str]) -> None:
    study = w.study()
    refused(w.draft(study, participant_ids=who), "WRONG_ROLE", "LZ-20.4", field="participant_ids")
    assert w.item(study)["state"] == "awaited"


@proves("LZ-20.4", check=2)
@pytest.mark.parametrize(("writes", "confirms"), [("clerk1", "jd1"), ("jd1", "clerk1")])
def test_what_one_office_wrote_down_is_confirmed_by_the_other_alone(
    w: EcologyWorld, writes: str, confirms: str
) -> None:
    study, writer, other = w.study(), w.world.as_(writes), w.world.as_(confirms)
    done(w.draft(study, by=writer))
    to = ("liaison_discipline_office", "jd1") if writes == "clerk1" else ("dispatched_office_head", "pz1")
    assert w.told("ecology_to_confirm") == [to]
    for own in (writer, w.head) if writes == "clerk1" else (writer,):
        refused(w.confirm(study, by=own), "WRONG_ROLE", "LZ-20.4")
    assert w.events("political_ecology_judged") == []
    assert "LZ-20.4" in done(w.confirm(study, by=other)).body["clauses"]
    assert w.item(study)["state"] == "judged"


def test_a_study_is_of_those_who_hold_a_post_there_and_of_no_day_to_come(shared: EcologyWorld) -> None:
    shared.cover("zhj")
    study = shared.study(unit="zhj")
    strangers = ["p-clerk1", "p-jd1", "p-clerk3"]
    refused(shared.draft(study, participant_ids=strangers), "UNKNOWN_REFERENCE", field="participant_ids")
    refused(shared.draft(study, studied_on="2026-03-03"), "DATE_ORDER", field="studied_on")
    refused(shared.draft(study, studied_on="2025-12-31"), "DATE_ORDER", field="studied_on")


def test_the_other_office_returns_a_study_and_it_is_written_anew(w: EcologyWorld) -> None:
    study = w.study()
    done(w.draft(study))
    refused(w.do(study, "return_ecology_study", {"reason": "依据不足"}), "WRONG_ROLE")
    refused(w.do(study, "return_ecology_study", {}, by=w.liaison), "MISSING_REASON", field="reason")
    done(w.do(study, "return_ecology_study", {"reason": "依据不足"}, by=w.liaison))
    shown = w.item(study)
    assert (shown["state"], shown["drafter_office_id"], shown["ecology_grade"]) == ("awaited", "", "")
    w.judged(study)


def test_studies_are_begun_once_by_either_office_of_the_unit(w: EcologyWorld) -> None:
    refused(w.begin(by=w.clerk), "WRONG_ROLE")
    refused(w.begin(unit="hou"), "OUT_OF_SCOPE", field="unit_id")
    w.study(by=w.liaison)
    refused(w.begin(), "DUPLICATE", field="unit_id")


@proves("GL-1.15", check=1)
def test_a_concluded_evaluation_meets_the_years_study(w: EcologyWorld) -> None:
    study = w.study()
    done(w.draft(study, grade="ecology_good"))
    assert {one["status"] for one in w.duties(study, "LZ-20.4")} == {"open"}
    assert {"GL-1.15", "LZ-20.4"} <= set(done(w.confirm(study)).body["clauses"])
    shown = w.item(study)
    assert (shown["state"], shown["ecology_grade"], shown["study_count"]) == ("judged", "ecology_good", 1)
    assert {one["status"] for one in w.duties(study, "LZ-20.4")} == {"met"}


@proves("GL-1.15", check=2)
def test_without_basis_documents_nothing_is_concluded(w: EcologyWorld) -> None:
    study = w.study()
    done(w.draft(study, basis=False))
    refused(w.confirm(study), "MISSING_DOCUMENT", "GL-1.15", field="attachments.ecology_basis")
    assert (w.item(study)["state"], w.events("political_ecology_judged")) == ("drafted", [])
    assert "GL-1.15" in done(w.confirm(study, basis=True)).body["clauses"]


@pytest.mark.parametrize("given", [{"grade": "excellent"}, {"sources": ["rumours"]}])
def test_an_evaluation_uses_the_grades_and_sources_that_there_are(
    shared: EcologyWorld, given: dict[str, Any]
) -> None:
    unit = f"c{next(COPIES)}"
    shared.cover(unit)
    refused(shared.draft(shared.study(unit=unit), **given), "OUT_OF_RANGE", "GL-1.15")


@proves("GL-1.31", check=1)
def test_a_portrait_shows_its_sources_and_its_period(w: EcologyWorld) -> None:
    w.point()
    done(w.set_measure(w.point(restricted=True)))
    done(w.do(CHECKS, "record_unit_check", CHECK))
    portrait = w.portrait(sources=["risk_data", "check_data"], clue_facts="有来信反映")
    shown = w.item(portrait, w.liaison)
    assert (shown["portrayed_from"], shown["portrayed_to"]) == ("2026-01-01", "2026-03-02")
    assert shown["source_codes"] == ",risk_data,check_data,"
    assert (shown["check_count"], shown["risk_point_count"], shown["control_measure_count"]) == (1, 2, 1)
    assert "GL-1.31" in done(w.portray(portrayed_to="2026-03-01")).body["clauses"]
    assert w.item(f"{PORTRAITS}/{w.listed(PORTRAITS)[0]['id']}")["state"] == "drawn"
    assert w.unit.get(portrait).status == 404
    assert {e["unit_id"] for e in w.events("political_ecology_judged")} == {"edu"}


@pytest.mark.parametrize("without", ["portrayed_from", "portrayed_to", "sources", "unit_id"])
@proves("GL-1.31", check=1)
def test_a_portrait_without_its_period_or_its_sources_is_not_drawn(
    shared: EcologyWorld, without: str
) -> None:
    refused(shared.portray(without=without), "MISSING_FIELD", "GL-1.31", field=without)


def test_a_portraits_period_is_in_order_and_over(shared: EcologyWorld) -> None:
    refused(shared.portray(portrayed_to="2025-12-31"), "DATE_ORDER", field="portrayed_to")
    refused(shared.portray(portrayed_to="2026-03-03"), "DATE_ORDER", field="portrayed_to")
    refused(shared.portray(unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")


@proves("GL-1.31", check=2)
def test_what_comes_from_clues_is_left_out_of_a_portrait_for_the_unit(w: EcologyWorld) -> None:
    w.point()
    done(w.set_measure(w.point(restricted=True)))
    done(w.do(CHECKS, "record_unit_check", CHECK))
    refused(w.portray(for_unit=True, clue_facts="有来信反映"), "ACCESS_DENIED", "GL-1.31", field="clue_facts")
    for stream in ("petition_data", "clue_data", "case_data", "check_data"):
        refused(w.portray(for_unit=True, sources=[stream]), "ACCESS_DENIED", "GL-1.31", field="sources")
    w.portrait()
    answer = done(w.portray(for_unit=True))
    assert "GL-1.31" in answer.body["clauses"]
    [shown] = w.listed(PORTRAITS, w.unit)
    assert shown["id"] == answer.body["id"]
    item = w.item(f"{PORTRAITS}/{shown['id']}", w.unit)
    assert (item["risk_point_count"], item["control_measure_count"]) == (1, 0)
    assert (item["check_count"], item["problem_count"]) == (None, None)


@proves("GL-1.22", check=1)
def test_the_report_is_drawn_from_the_minutes_of_a_meeting(w: EcologyWorld) -> None:
    answer = done(w.meet())
    assert "GL-1.22" in answer.body["clauses"]
    meeting = f"{MEETINGS}/{answer.body['id']}"
    assert w.events("integrity_analysed") == [
        {"unit_id": "edu", "period": "2026-Q1", "meeting_id": id_of(meeting)}
    ]
    nothing = REPORT | {"suggestions": []}
    refused(w.do(meeting, "draw_integrity_report", nothing), "MISSING_FIELD", "GL-1.22", field="suggestions")
    assert "GL-1.22" in done(w.do(meeting, "draw_integrity_report", REPORT, by=w.liaison)).body["clauses"]
    shown = w.item(meeting)
    assert (shown["state"], shown["reported_on"]) == ("reported", "2026-03-02")
    refused(w.do(meeting, "draw_integrity_report", REPORT), "WRONG_STATE", "GL-1.22")
    assert w.unit.get(meeting).status == 404


@proves("GL-1.22", check=2)
def test_a_meeting_without_participants_is_not_recorded(shared: EcologyWorld) -> None:
    refused(shared.meet(without="participant_ids"), "MISSING_FIELD", "GL-1.22", field="participant_ids")
    refused(shared.meet(participant_ids=[]), "MISSING_FIELD", "GL-1.22", field="participant_ids")
    refused(shared.meet(participant_ids=["p-nobody"]), "UNKNOWN_REFERENCE", field="participant_ids")


def test_a_meeting_is_on_a_unit_of_the_office_and_on_days_that_were(shared: EcologyWorld) -> None:
    refused(shared.meet(unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(shared.meet(held_on="2026-03-03"), "DATE_ORDER", field="held_on")
    refused(shared.meet(period="2026-Q2"), "DATE_ORDER", field="period")


STEPS = {
    "draft_ecology_study": "awaited",
    "confirm_ecology_study": "drafted",
    "return_ecology_study": "drafted",
}
WHO = ("clerk1", "head1", "jd1", "clerk3", "edu-clerk", "leader")


@proves("LZ-20.4", check=2)
@settings(
    max_examples=settings().max_examples // 2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(sorted(STEPS))), max_size=8))
def test_no_walk_has_one_office_alone_judge_a_unit(
    shared: EcologyWorld, steps: list[tuple[str, str]]
) -> None:
    unit = f"w{next(COPIES)}"
    shared.cover(unit)
    study, state, writer = shared.study(unit=unit), "awaited", ""
    for account, act in steps:
        client, office = shared.world.as_(account), {"jd1": "jd1"}.get(account, "pz1")
        if act == "draft_ecology_study":
            answer = shared.draft(study, by=client)
        elif act == "confirm_ecology_study":
            answer = shared.confirm(study, by=client)
        else:
            answer = shared.do(study, act, {"reason": "再研究"}, by=client)
        allowed = account in ("clerk1", "head1", "jd1") and STEPS[act] == state
        allowed = allowed and (act == "draft_ecology_study" or office != writer)
        assert (answer.status == 200) == allowed, (account, act, state, answer)
        if allowed:
            state = {"draft": "drafted", "confirm": "judged", "return": "awaited"}[act.partition("_")[0]]
            writer = office if state == "drafted" else writer
        assert shared.item(study)["state"] == state
    event(state)
