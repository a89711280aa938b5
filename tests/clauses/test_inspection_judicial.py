"""Changed and protested cases of courts, what is an office's act, and quarters without any (GL-1.24, GL-1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.joint_steps import QUARTERS, SCREENINGS, JointWorld, done, holder, refused

SIGNED: dict[str, Any] = {"sign": "sign_dereliction", "subject_id": "p-fy-judge"}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JointWorld]:
    """For tests that look at nothing but their own items; time stands still."""
    made = JointWorld(tmp_path_factory.mktemp("judicial"))
    made.court()
    yield made
    made.world.close()


@pytest.fixture
def w(tmp_path: Path) -> JointWorld:
    return JointWorld(tmp_path)


@proves("GL-1.24", check=1)
@pytest.mark.parametrize(
    ("unit", "kind", "sign"),
    [
        ("court_unit", "case_changed", "sign_dereliction"),
        ("procuratorate_unit", "case_protested", "sign_rent_seeking"),
    ],
)
def test_a_case_with_a_sign_becomes_a_clue(tmp_path: Path, unit: str, kind: str, sign: str) -> None:
    w = JointWorld(tmp_path, services=("inspection", "clues"))
    w.court(unit)
    answer = done(w.screen(screened_kind=kind, sign=sign, subject_id="p-fy-judge"))
    assert "GL-1.24" in answer.body["clauses"]
    assert w.item(f"{SCREENINGS}/{answer.body['id']}")["state"] == "clue_referred"
    w.world.pump()
    assert w.world.parked() == []
    [clue] = w.listed("/clues/clues", w.head)
    assert clue["source"] == "judicial_screening"
    assert (clue["state"], clue["unit_id"], clue["office_id"]) == ("registered", "fy", "pz1")
    assert w.events("clue_found") == [
        {
            "finding_id": answer.body["id"], "subject_ref": "p-fy-judge", "unit_id": "fy", "office_id": "pz1",
            "found_on": "2026-03-02",
        }
    ]  # fmt: skip


@proves("GL-1.24", check=1)
def test_a_case_without_a_sign_ends_with_its_screening(shared: JointWorld) -> None:
    before = len(shared.events("clue_found"))
    answer = done(shared.screen())
    assert "GL-1.24" in answer.body["clauses"]
    assert shared.item(f"{SCREENINGS}/{answer.body['id']}")["state"] == "screened"
    assert len(shared.events("clue_found")) == before
    refused(shared.screen(sign="sign_dereliction"), "MISSING_FIELD", "GL-1.24", field="subject_id")
    refused(shared.screen(**SIGNED | {"subject_id": "p-nobody"}), "UNKNOWN_REFERENCE", field="subject_id")
    refused(shared.screen(screened_on="2026-03-03"), "DATE_ORDER", field="screened_on")
    assert len(shared.events("clue_found")) == before


@proves("GL-1.24", check=2)
def test_a_unit_that_is_neither_court_nor_procuratorate_has_no_such_cases(shared: JointWorld) -> None:
    before = len(shared.listed(SCREENINGS))
    refused(shared.screen(unit_id="edu"), "OUT_OF_SCOPE", "GL-1.24", field="unit_id")
    refused(shared.screen(unit_id="hou"), "OUT_OF_SCOPE", "GL-1.24", field="unit_id")
    assert len(shared.listed(SCREENINGS)) == before


def test_whom_a_screening_is_about_and_their_line_do_not_know_of_it(shared: JointWorld) -> None:
    item = f"{SCREENINGS}/{done(shared.screen(**SIGNED)).body['id']}"
    own: dict[str, Any] = {"sign": "sign_dereliction", "subject_id": "p-head1"}  # the clerk's superior
    refused(shared.screen(**own), "CONFLICT_OF_INTEREST", field="subject_id")
    on_deputy: dict[str, Any] = {"sign": "sign_dereliction", "subject_id": "p-deputy1"}
    about = f"{SCREENINGS}/{done(shared.screen(**on_deputy)).body['id']}"
    for account in ("head1", "deputy1"):
        assert shared.world.as_(account).get(about).status == 404
    for account in ("head1", "deputy1", "clerk1", "jd1", "ags1"):
        assert shared.world.as_(account).get(item).status == 200
    for account in ("clerk2", "leader", "edu-head", "clerk3"):
        assert shared.world.as_(account).get(item).status == 404
    assert holder(shared.world, "fy-judge").get(item).status == 404


@proves("GL-1.1", check=1)
@pytest.mark.parametrize(
    "activity", ["unit_approval", "unit_procurement", "unit_personnel", "unit_enforcement", "unit_business"]
)
def test_what_is_the_units_own_work_is_no_act_of_the_office(shared: JointWorld, activity: str) -> None:
    unit = f"u{activity[5:]}"
    shared.cover(unit)
    quarter = shared.quarter(unit)
    refused(shared.act(quarter, activity), "OUT_OF_SCOPE", "GL-1.1", field="activity")
    assert shared.item(quarter)["act_count"] == 0
    assert "GL-1.1" in done(shared.act(quarter)).body["clauses"]
    assert shared.item(quarter)["act_count"] == 1


@proves("GL-1.1", check=2)
@pytest.mark.parametrize(("month", "day", "gaps"), [(3, 31, 0), (4, 1, 1), (4, 2, 1)])
def test_a_quarter_without_any_supervision_of_a_unit_is_an_absence(
    w: JointWorld, month: int, day: int, gaps: int
) -> None:
    idle, seen, checked = w.quarter(), w.quarter("sch"), ""
    w.cover("zhj")
    checked = w.quarter("zhj")
    done(w.act(seen))
    done(w.check_unit(unit_id="zhj"))
    w.world.on(2026, month, day, 0 if gaps else 23, 59)
    w.world.tick()
    w.world.tick()
    assert [(g["clause"], g["about"]) for g in w.item(idle)["gaps"]] == [("GL-1.1", "absence")] * gaps
    assert (w.gaps(seen, "GL-1.1"), w.gaps(checked, "GL-1.1")) == (0, 0)
    assert w.told("supervision_absent") == [("dispatched_office_head", "pz1")] * gaps
    running = [(one["unit_id"], one["quarter"]) for one in w.listed(QUARTERS) if one["state"] == "running"]
    assert sorted(running) == [(u, f"2026-Q{1 + gaps}") for u in ("edu", "sch", "zhj")]
    assert "GL-1.1" in done(w.act(idle)).body["clauses"]  # it was done, and nobody had recorded it
    assert w.gaps(idle, "GL-1.1") == 0


def test_an_act_is_of_the_quarter_that_it_is_recorded_in(shared: JointWorld) -> None:
    shared.cover("qtr")
    quarter = shared.quarter("qtr")
    refused(shared.act(quarter, taken_on="2025-12-31"), "DATE_ORDER", field="taken_on")
    refused(shared.act(quarter, taken_on="2026-03-03"), "DATE_ORDER", field="taken_on")
    refused(shared.do(QUARTERS, "begin_unit_quarters", {"unit_id": "qtr"}, by=shared.head), "DUPLICATE")
    refused(shared.do(QUARTERS, "begin_unit_quarters", {"unit_id": "hou"}, by=shared.head), "OUT_OF_SCOPE")
    assert shared.unit.get(quarter).status == 404
