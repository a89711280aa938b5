"""The countdown of a round: one sheet of its dated duties, those that run and those that no act began yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clauses import test_inspection_interviews as interviews
from tests.clauses.round_steps import RoundWorld, done

Sheet = dict[str, list[dict[str, Any]]]


@pytest.fixture
def w(tmp_path: Path) -> RoundWorld:
    return RoundWorld(tmp_path)


def sheet(w: RoundWorld, item: str) -> Sheet:
    told: Sheet = w.item(f"{item}/compliance")
    return told


def clocks(told: Sheet, which: str) -> set[tuple[str, str]]:
    return {(line["path"], line["clause"]) for line in told[which]}


def test_what_is_still_to_begin_is_listed_with_its_value_in_force_and_the_act_it_counts_from(
    w: RoundWorld,
) -> None:
    told = sheet(w, w.at("mobilised"))
    found = [line for line in told["planned"] if (line["path"], line["clause"]) == ("rounds", "XC-32.2b")]
    assert [(line["amount"], line["unit"]) for line in found] == [(2, "working_day")]
    assert found[0]["zh"]
    assert ("teams", "XC-31.1a") in clocks(told, "planned")


def test_a_duty_that_has_begun_stands_among_the_dated_ones_and_is_planned_no_more(w: RoundWorld) -> None:
    unit = w.unit_at("met")
    of = w.round_of(unit)
    here = unit.rpartition("/")[2]

    def of_the_unit(which: str) -> set[str]:
        return {line["clause"] for line in sheet(w, of)[which] if line["item"] == here}

    assert "XC-11.1a" in of_the_unit("planned")
    assert "XC-11.1a" not in of_the_unit("duties")
    w.entered(unit)
    assert "XC-11.1a" in of_the_unit("duties")
    assert "XC-11.1a" not in of_the_unit("planned")


def test_a_clock_of_what_belongs_to_the_round_stands_in_its_sheet(w: RoundWorld) -> None:
    of = w.at("mobilised")
    before = clocks(sheet(w, of), "duties")
    done(w.declare(of))
    told = sheet(w, of)
    assert clocks(told, "duties") - before == {("avoidances", "XC-2.3c")}
    due = [line["due_at"] for line in told["duties"]]
    assert due == sorted(due)


def test_what_a_reader_may_not_know_of_has_no_line_and_others_find_no_sheet(w: RoundWorld) -> None:
    unit = interviews.planned(w)
    interviews.interview(w, unit)
    of = w.round_of(unit)
    assert "interviews" not in {path for path, _ in clocks(sheet(w, of), "duties")}, (
        "talks are the team's own"
    )
    for account in ("edu-head", "sys", "clerk2"):
        assert w.world.as_(account).get(f"{of}/compliance").code == "UNKNOWN_REFERENCE"
