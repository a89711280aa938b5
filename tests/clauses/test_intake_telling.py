"""Who gave a name is told that the petition was taken up and how it ended (LZ-12.6, LZ-12.16)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clauses.intake_petitions import (
    BASE,
    STEPS,
    duty,
    give_key,
    judged_as,
    letter,
    register,
    show,
    step,
)
from tests.world import Answer, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def named(world: World, **changes: object) -> str:
    return str(register(world, letter(petitioners=[{"name": "某甲"}], **changes))["id"])


def tell(world: World, petition: str, act: str, day: str, account: str = "clerk1") -> Answer:
    return world.as_(account).act(f"{BASE}/{petition}/{act}", {"told_on": day, "told_by": "call"})


@pytest.mark.parametrize(
    ("received", "told", "due_on", "late"),
    [
        ((2026, 3, 2), (2026, 3, 20), "2026-03-23", False),
        ((2026, 3, 2), (2026, 3, 23), "2026-03-23", False),
        ((2026, 3, 2), (2026, 3, 24), "2026-03-23", True),
        ((2026, 9, 17), (2026, 10, 14), "2026-10-14", False),
        ((2026, 9, 17), (2026, 10, 15), "2026-10-14", True),
    ],
    ids=["day before", "due day", "day after", "over a make-up Saturday", "a day after that"],
)
def test_a_named_petitioner_is_told_within_fifteen_working_days(
    world: World, received: tuple[int, int, int], told: tuple[int, int, int], due_on: str, *, late: bool
) -> None:
    world.on(*received)
    day = "{}-{:02}-{:02}".format(*received)
    petition = named(world, received_on=day)
    assert duty(show(world, petition), "LZ-12.6")["due_on"] == due_on
    world.on(*told)
    answer = tell(world, petition, "acknowledge_petitioner", "{}-{:02}-{:02}".format(*told))
    clock = duty(answer.body, "LZ-12.6")
    assert (clock["status"], clock["late"]) == ("met", late)
    assert tell(world, petition, "acknowledge_petitioner", day).code == "DUPLICATE"


def test_beyond_the_published_calendar_the_day_is_provisional(world: World) -> None:
    world.on(2026, 12, 21)
    clock = duty(show(world, named(world, received_on="2026-12-21")), "LZ-12.6")
    assert (clock["due_on"][:4], clock["provisional"]) == ("2027", True)


def test_the_outcome_is_told_after_it_was_entered_and_the_clock_outlasts_the_closing(world: World) -> None:
    petition = named(world)
    assert tell(world, petition, "tell_outcome", "2026-03-02").code == "WRONG_STATE"
    for name in STEPS:
        assert step(world, petition, name, **judged_as(name, in_scope=False)).status == 200
    item = show(world, petition)
    assert (item["state"], duty(item, "LZ-12.16")["due_on"]) == ("closed", "2026-03-23")
    world.on(2026, 3, 24)
    clock = duty(tell(world, petition, "tell_outcome", "2026-03-24").body, "LZ-12.16")
    assert (clock["status"], clock["late"]) == ("met", True)


@pytest.mark.parametrize(
    "changes",
    [{"petitioners": []}, {"naming": "pseudonymous", "petitioners": [{"name": "正义之声"}]}],
    ids=["anonymous", "pseudonymous"],
)
def test_without_a_name_there_is_nobody_to_tell_and_no_clock(
    world: World, changes: dict[str, object]
) -> None:
    petition = str(register(world, letter(**changes))["id"])
    assert [d["clause"] for d in show(world, petition)["duties"]] == ["LZ-12.1"]
    assert tell(world, petition, "acknowledge_petitioner", "2026-03-02").code == "PRECONDITION_NOT_MET"


def test_a_sealed_petition_tells_its_sender_nothing_from_here(world: World) -> None:
    give_key(world)
    petition = named(world, subject_ids=["p-edu-vice"])
    assert [d["clause"] for d in show(world, petition)["duties"]] == ["LZ-12.3"]
    refused = tell(world, petition, "acknowledge_petitioner", "2026-03-02")
    assert (refused.code, refused.body["clauses"]) == ("WRONG_ROUTE", ["LZ-12.3"])


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-03"], ids=["before it came", "tomorrow"])
def test_nobody_is_told_before_the_petition_came_or_tomorrow(world: World, day: str) -> None:
    refused = tell(world, named(world), "acknowledge_petitioner", day)
    assert (refused.code, refused.body["field"]) == ("DATE_ORDER", "told_on")
