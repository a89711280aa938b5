"""The leadership's special democratic life meeting on what was fed back (XC-41)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clause_proof import proves
from tests.clauses.rectification_steps import ALL_IN, MATERIALS, REPLY, SPEECHES, RectificationSteps
from tests.clauses.round_steps import done, refused

SITS_IN: dict[str, Any] = {"person_id": "p-xc1", "body": "inspection_office"}


@pytest.fixture
def w(tmp_path: Path) -> RectificationSteps:
    return RectificationSteps(tmp_path)


def hand_in(w: RectificationSteps, item: str, **changes: object) -> str:
    done(w.do(item, "hand_in_life_meeting_materials", MATERIALS | changes, by=w.clerk))
    return item


def held(w: RectificationSteps, item: str) -> str:
    done(w.do(item, "hold_life_meeting", {"held_on": "2026-03-02"}, by=w.clerk))
    return item


@proves("XC-41.1a", check=1)
def test_without_the_meeting_the_two_reports_are_not_accepted(w: RectificationSteps) -> None:
    item = w.with_both_forms(w.both_reports(w.rectifying()), "report")
    refused(w.do(item, "accept_rectification_reports", REPLY), "PRECONDITION_NOT_MET", "XC-41.1a")
    held(w, item)
    refused(w.do(item, "accept_rectification_reports", REPLY), "PRECONDITION_NOT_MET", "XC-41.1c")
    done(w.report_meeting(item))
    done(w.do(item, "accept_rectification_reports", REPLY))


@proves("XC-41.1a", check=2)
def test_a_meeting_before_its_materials_were_reviewed_is_a_gap(w: RectificationSteps) -> None:
    item = hand_in(w, w.fed_back())
    answer = done(w.do(item, "hold_life_meeting", {"held_on": "2026-03-02"}, by=w.clerk))
    assert ("XC-41.1a" in answer.body["clauses"], w.gaps(item, "XC-41.1a")) == (True, {""})
    sheet = w.office.get(f"{round_of(w, item)}/compliance").body
    assert ("XC-41.1a", item.rpartition("/")[2]) in {(gap["clause"], gap["item"]) for gap in sheet["gaps"]}


def test_a_meeting_after_the_review_is_none(w: RectificationSteps) -> None:
    item = hand_in(w, w.fed_back())
    done(w.do(item, "review_life_meeting_materials", ALL_IN))
    tomorrow = w.do(item, "hold_life_meeting", {"held_on": "2026-03-03"}, by=w.clerk)
    refused(tomorrow, "DATE_ORDER", field="held_on")
    early = w.do(item, "hold_life_meeting", {"held_on": "2026-03-01"}, by=w.clerk)
    refused(early, "DATE_ORDER", "XC-41.1a", field="held_on")
    assert w.gaps(held(w, item), "XC-41.1a") == set()
    refused(w.do(item, "hold_life_meeting", {"held_on": "2026-03-02"}, by=w.clerk), "DUPLICATE")


@proves("XC-41.1b", check=1)
def test_each_member_of_the_leadership_speaks(w: RectificationSteps) -> None:
    item = w.fed_back()
    refused(w.do(item, "review_life_meeting_materials", ALL_IN), "MISSING_DOCUMENT", "XC-41.1b")
    hand_in(w, item, speeches=SPEECHES[:1])
    answer = w.do(item, "review_life_meeting_materials", ALL_IN)
    refused(answer, "MISSING_DOCUMENT", "XC-41.1b")
    assert "1" in answer.body["detail"]
    hand_in(w, item)
    refused(w.do(item, "review_life_meeting_materials", ALL_IN, by=w.clerk), "WRONG_ROLE", "XC-41.1b")
    done(w.do(item, "review_life_meeting_materials", ALL_IN))


@proves("XC-41.1b", check=2)
@pytest.mark.parametrize("point", list(ALL_IN))
def test_each_of_the_three_points_is_confirmed(w: RectificationSteps, point: str) -> None:
    item = hand_in(w, w.fed_back())
    passed = w.do(item, "review_life_meeting_materials", ALL_IN | {point: False})
    refused(passed, "MISSING_FIELD", "XC-41.1b", field=point)


def round_of(w: RectificationSteps, item: str) -> str:
    return f"/inspection/rounds/{w.item(item)['round_id']}"


def still_open(w: RectificationSteps, item: str) -> set[tuple[str, str]]:
    sheet = w.office.get(f"{round_of(w, item)}/compliance").body
    return {(line["clause"], line["item"]) for line in sheet["open"]}


@proves("XC-41.1c", check=1)
def test_a_meeting_that_is_not_reported_is_on_the_compliance_sheet(w: RectificationSteps) -> None:
    item = w.fed_back()
    line = ("XC-41.1c", item.rpartition("/")[2])
    assert line not in still_open(w, item)
    held(w, item)
    assert line in still_open(w, item)
    done(w.report_meeting(item))
    assert line not in still_open(w, item)


@proves("XC-41.1c", check=2)
def test_the_report_is_handed_on(w: RectificationSteps) -> None:
    item = w.fed_back()
    refused(w.report_meeting(item), "PRECONDITION_NOT_MET", "XC-41.1a")
    held(w, item)
    w.world.on(2026, 3, 4)
    answer = done(w.report_meeting(item))
    [event] = w.events("democratic_life_meeting_reported")
    assert event == {"unit_id": "edu", "held_on": "2026-03-02", "filed_on": "2026-03-04"}
    assert "XC-41.1c" in answer.body["clauses"]


@proves("XC-41.2a", check=1)
@pytest.mark.parametrize("body", ["inspection_office", "inspection_team"])
def test_who_inspects_takes_no_position(w: RectificationSteps, body: str) -> None:
    item = held(w, w.fed_back())
    spoke = [SITS_IN | {"body": body, "appraisal": "对班子的评价"}]
    refused(w.report_meeting(item, observers=spoke), "CONTENT_RULE", "XC-41.2a", field="observers.appraisal")
    others = SITS_IN | {"person_id": "p-leader", "body": "discipline_commission", "appraisal": "点评"}
    done(w.report_meeting(item, observers=[SITS_IN | {"body": body}, others]))


@proves("XC-41.2a", check=2)
def test_nobody_of_the_office_sits_in_and_that_is_no_gap(w: RectificationSteps) -> None:
    item = held(w, hand_in(w, w.fed_back()))
    answer = done(w.report_meeting(item, observers=[]))
    assert ("XC-41.2a" in answer.body["clauses"], w.gaps(item, "XC-41.2a")) == (True, set())


@proves("XC-41.2b", check=1)
def test_commission_and_organisation_department_are_invited(w: RectificationSteps) -> None:
    item = held(w, w.fed_back())
    for invited in (["discipline_commission"], ["organization_dept"], []):
        refused(w.report_meeting(item, invited=invited), "MISSING_FIELD", "XC-41.2b", field="invited")


@proves("XC-41.2b", check=2)
def test_who_was_invited_may_be_absent(w: RectificationSteps) -> None:
    item = held(w, w.fed_back())
    came = [SITS_IN | {"person_id": "p-leader", "body": "discipline_commission"}]
    answer = done(w.report_meeting(item, observers=came))
    assert "XC-41.2b" in answer.body["clauses"]
