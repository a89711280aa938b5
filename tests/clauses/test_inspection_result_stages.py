"""A round comes from the withdrawal of its teams to the hearing of its results (inspection-machines.yaml)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clauses.result_steps import ResultWorld

STATES = {
    "withdrawn": ("withdrawn", "withdrawn", "withdrawn"),
    "submitted": ("reports_submitted", "reports_submitted", "reports_submitted"),
    "reviewed": ("reports_reviewed", "reports_reviewed", "reports_reviewed"),
    "heard": ("leading_group_heard", "leading_group_heard", "leading_group_heard"),
    "drafted": ("leading_group_heard", "leading_group_heard", "leading_group_heard"),
    "finalised": ("results_finalised", "leading_group_heard", "leading_group_heard"),
    "secretary": ("results_finalised", "leading_group_heard", "leading_group_heard"),
    "reported": ("results_reported", "leading_group_heard", "results_reported"),
}
"""States of the round, of the team, of its unit."""


@pytest.fixture
def w(tmp_path: Path) -> ResultWorld:
    return ResultWorld(tmp_path)


def states(w: ResultWorld, unit: str) -> tuple[str, ...]:
    return tuple(w.item(one)["state"] for one in (w.round_of(unit), w.team_at(unit), unit))


@pytest.mark.parametrize("step", STATES)
def test_round_team_and_unit_go_on_together(w: ResultWorld, step: str) -> None:
    assert states(w, w.result_at(step)) == STATES[step]


def test_a_round_waits_for_its_last_team(w: ResultWorld) -> None:
    first, second = w.both_at("in_fieldwork")
    w.withdrawn(first)
    assert states(w, first) == ("fieldwork", "withdrawn", "withdrawn")
    assert w.leave_second(second).status == 200
    w.all_submitted(first)
    assert states(w, first) == ("withdrawn", "reports_submitted", "reports_submitted")
    w.second_submitted(second)
    w.all_passed(second)
    assert states(w, second) == ("reports_submitted", "reports_reviewed", "reports_reviewed")
