"""The register of integrity risks, its measures and its figures (LL-3.16, GL-1.12, GL-1.13, GL-1.25)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clause_proof import proves
from tests.clauses.risk_steps import MEASURES, POINT, POINTS, RiskWorld, done, id_of, refused

YEAR = {"from": "2026-01-01", "to": "2026-12-31", "offices": "pz1"}
AREAS = ("key_few", "key_department", "key_post", "key_field", "important_matter")


@pytest.fixture
def w(tmp_path: Path) -> RiskWorld:
    return RiskWorld(tmp_path)


@proves("LL-3.16", check=1)
@pytest.mark.parametrize("area", AREAS)
def test_a_point_of_each_of_the_five_areas_counts(w: RiskWorld, area: str) -> None:
    answer = done(w.register(area=area))
    assert "LL-3.16" in answer.body["clauses"]
    assert w.figure("GL-1.12") == 1
    assert w.units()["edu"]["areas"] == {area: 1}


@proves("LL-3.16", check=2)
def test_a_point_without_an_area_is_not_registered(w: RiskWorld) -> None:
    paper = {key: value for key, value in POINT.items() if key != "area"}
    refused(w.do(POINTS, "register_risk_point", paper), "MISSING_FIELD", "LL-3.16", field="area")
    refused(w.register(area="key_friends"), "OUT_OF_RANGE", "LL-3.16", field="area")
    assert w.listed(POINTS) == []


@proves("GL-1.25", check=1)
@pytest.mark.parametrize(("day", "gaps"), [(31, 0), (32, 0), (33, 1)])
def test_a_point_that_nothing_controls_after_thirty_days_is_a_gap(w: RiskWorld, day: int, gaps: int) -> None:
    """Registered on 2 March: the thirtieth day after it is 1 April."""
    point = w.point()
    month, of_month = (3, day) if day <= 31 else (4, day - 31)
    w.world.on(2026, month, of_month, 23, 59)
    w.world.tick()
    w.world.tick()
    assert w.gaps(point, "GL-1.25") == gaps
    line = w.units()["edu"]
    assert (line["stock"], line["uncontrolled"]) == (1, [id_of(point)] * gaps)
    assert w.told("risk_uncontrolled") == [("dispatched_office_head", "pz1")] * gaps


@proves("GL-1.25", check=1)
def test_a_measure_controls_the_point_and_fills_its_gap(w: RiskWorld) -> None:
    point = w.point()
    w.world.on(2026, 4, 2)
    w.world.tick()
    assert w.gaps(point, "GL-1.25") == 1
    answer = done(w.set_measure(point, by=w.unit))
    assert "GL-1.25" in answer.body["clauses"]
    shown = w.item(point)
    assert (shown["state"], shown["controlled_on"], w.gaps(point, "GL-1.25")) == (
        "controlled",
        "2026-04-02",
        0,
    )
    [clock] = w.duties(point, "GL-1.25")
    assert (clock["status"], clock["late"]) == ("met", False)  # the time is ours, not the text's
    assert w.units()["edu"]["uncontrolled"] == []


@proves("GL-1.25", check=2)
@pytest.mark.parametrize("level", ["high", "medium", "low", "extreme", "HIGH", "1"])
def test_a_point_is_of_high_medium_or_low_level(w: RiskWorld, level: str) -> None:
    answer = w.register(level=level)
    if level in ("high", "medium", "low"):
        assert w.item(f"{POINTS}/{done(answer).body['id']}")["level_code"] == level
    else:
        refused(answer, "OUT_OF_RANGE", "GL-1.25", field="level")
        assert w.listed(POINTS) == []


def test_a_unit_registers_its_own_points_and_no_other_units(w: RiskWorld) -> None:
    point = w.point(by=w.unit, unit_id="")
    assert w.item(point)["unit_id"] == "edu"
    refused(w.register(by=w.unit, unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.register(unit_id="hou"), "OUT_OF_SCOPE", field="unit_id")
    refused(w.register(by=w.unit, restricted=True), "ACCESS_DENIED", field="restricted")


@proves("GL-1.12", check=1)
def test_a_point_that_was_merged_into_another_is_not_counted(w: RiskWorld) -> None:
    points = [w.point(area=area) for area in AREAS]
    done(w.set_measure(points[0]))
    merger = {"into_id": id_of(points[1]), "reason": "同一环节"}
    answer = done(w.do(points[0], "merge_risk_point", merger))
    assert "GL-1.12" in answer.body["clauses"]
    assert w.figure("GL-1.12") == 4
    assert w.item(points[1])["state"] == "controlled"  # by what controlled the point that it took in
    assert w.units()["edu"]["stock"] == 4


@pytest.mark.parametrize("into", ["itself", "merged", "another unit's", "nowhere"])
def test_a_point_is_merged_into_one_that_stands_in_the_same_register(w: RiskWorld, into: str) -> None:
    point, merged, school = w.point(), w.point(), w.point(unit_id="sch")
    done(w.do(merged, "merge_risk_point", {"into_id": id_of(point), "reason": "重复"}))
    ids = {"itself": point, "merged": merged, "another unit's": school, "nowhere": "x/none"}
    answer = w.do(point, "merge_risk_point", {"into_id": id_of(ids[into]), "reason": "重复"})
    refused(answer, "UNKNOWN_REFERENCE", field="into_id")
    assert w.item(point)["state"] == "registered"


@proves("GL-1.12", check=2)
def test_a_point_of_last_year_that_is_still_open_is_not_new_this_year(w: RiskWorld) -> None:
    w.point()
    w.world.on(2027, 1, 4)
    assert w.figure("GL-1.12") == 1
    w.point()
    asked = YEAR | {"from": "2027-01-01", "to": "2027-12-31"}
    assert w.head.get("/inspection/figures/GL-1.12", **asked).body["value"] == 1
    assert w.units()["edu"]["stock"] == 2


@proves("GL-1.12", check=3)
@pytest.mark.parametrize("left_out", ["from", "to", "offices"])
def test_points_are_counted_of_a_period_and_of_offices(w: RiskWorld, left_out: str) -> None:
    asked = {key: value for key, value in YEAR.items() if key != left_out}
    refused(w.head.get("/inspection/figures/GL-1.12", **asked), "MISSING_FIELD", "GL-1.12")


@proves("GL-1.13", check=1)
def test_a_measure_that_controls_two_points_counts_once(w: RiskWorld) -> None:
    points = [w.point(), w.point()]
    answer = done(w.set_measure(*points))
    assert "GL-1.13" in answer.body["clauses"]
    assert w.figure("GL-1.13") == 1
    assert {w.item(point)["state"] for point in points} == {"controlled"}
    done(w.set_measure(points[0]))
    assert w.figure("GL-1.13") == 2


@proves("GL-1.13", check=2)
@pytest.mark.parametrize("which", ["none", "unknown", "closed", "another office's", "of two units"])
def test_a_measure_controls_points_that_are_there(w: RiskWorld, which: str) -> None:
    point, closed = w.point(), w.point()
    done(w.set_measure(closed))
    done(w.do(closed, "close_risk_point", {"result": "已消除"}))
    others = f"{POINTS}/{done(w.register(by=w.world.as_('head2'), unit_id='hou')).body['id']}"
    school = w.point(unit_id="sch")
    points = {
        "none": (),
        "unknown": ("x/none",),
        "closed": (closed,),
        "another office's": (others,),
        "of two units": (point, school),
    }
    refused(w.set_measure(*points[which]), "UNKNOWN_REFERENCE", "GL-1.13", field="point_ids")
    assert (w.figure("GL-1.13"), w.item(point)["state"]) == (1, "registered")


def test_a_measure_is_not_drawn_up_tomorrow(w: RiskWorld) -> None:
    refused(w.set_measure(w.point(), set_on="2026-03-03"), "DATE_ORDER", field="set_on")


def test_a_restricted_point_and_its_measure_are_not_the_units(w: RiskWorld) -> None:
    hidden, shown = w.point(restricted=True), w.point()
    measure = f"{MEASURES}/{done(w.set_measure(hidden, shown)).body['id']}"
    for item in (hidden, measure):
        assert w.unit.get(item).code == "UNKNOWN_REFERENCE"
        for client in (w.clerk, w.liaison, w.leader):
            assert client.get(item).status == 200
    assert [one["id"] for one in w.listed(POINTS, w.unit)] == [id_of(shown)]
    assert w.units(w.unit)["edu"]["stock"] == 1
    refused(w.set_measure(hidden, by=w.unit), "UNKNOWN_REFERENCE", field="point_ids")
    merger = {"into_id": id_of(hidden), "reason": "同一环节"}
    refused(w.do(shown, "merge_risk_point", merger), "ACCESS_DENIED", field="into_id")
