"""A round, and what in it is for some of its people alone, changes no answer to anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.desk.passwords import WORKER
from tests.attacks.asking import over_the_api
from tests.attacks.inspection_rounds import RoundItems
from tests.attacks.test_hidden_items_change_no_answer import close, differing
from tests.attacks.twins import days_pass, twins
from tests.clauses.intake_petitions import bring, letter
from tests.clauses.round_steps import AVOIDANCES, ENGAGEMENTS, ROUNDS, TEAMS, done
from tests.world import World

STRANGERS = ("xf1", "sls1", "ags1", "sec", "aud")
"""One of each post that has no part in a round.

Both units are inspected: the offices that cover them attend their meetings (LL-1.16) and support the inspection. The
party conduct office is asked for help, the archive gets the round's file. The system administrator is told how many
notices wait for a vacant post and which offices have work: numbers of ordinary items, as of any other service.
"""


@pytest.fixture(scope="module", autouse=True)
def worker_ends() -> Iterator[None]:
    yield
    WORKER.close()


def a_petition(world: World) -> list[Any]:
    bring(world, "judged", paper=letter(summary="一封反映考勤的信"))
    world.pump()
    return []


def a_round(world: World) -> list[Any]:
    """Before it, nothing of inspection is there but this."""
    RoundItems(world).fill()
    world.pump()
    return []


def with_a_round(world: World) -> list[Any]:
    a_petition(world)
    return a_round(world)


def first_unit(items: RoundItems) -> tuple[str, str]:
    """Ids of the first round and of team 1's unit in it; later rounds have gone further."""
    rounds = items.office.get(ROUNDS, limit="200").body["items"]
    of = next(one["id"] for one in rounds if one["ordinal"] == 1)
    units = items.leader.get(ENGAGEMENTS, limit="200").body["items"]
    return of, next(one["id"] for one in units if one["round_id"] == of)


def for_two_alone(world: World) -> list[Any]:
    items = RoundItems(world)
    items.for_two_alone(f"{ENGAGEMENTS}/{first_unit(items)[1]}")
    world.pump()
    return []


def one_more_application(world: World) -> list[Any]:
    """zu4, who leads team 2, declares for a unit that no team has taken up yet."""
    items = RoundItems(world)
    of, _ = first_unit(items)
    done(items.declare(f"/inspection/rounds/{of}", by=items.leader_2, unit_id="hou"))
    world.pump()
    return []


def days_in_the_team(world: World) -> list[Any]:
    """What the others do afterwards; their numbers and answers are the same."""
    days_pass(world, 3)
    of, _ = first_unit(RoundItems(world))
    teams = world.as_("zu3").get(TEAMS, limit="200").body["items"]
    team = next(one["id"] for one in teams if one["round_id"] == of)
    activity = {"held_on": "2026-03-03", "content": "主题党日"}
    told = world.as_("zu3").act(f"{TEAMS}/{team}/record_branch_activity", activity)
    days_pass(world, 4, 6, 10)
    return [told.status, told.body]


def days_elsewhere(world: World) -> list[Any]:
    told = bring(world, "forwarded", paper=letter(summary="第二封信"))
    days_pass(world, 3, 6)
    return [told]


def test_a_round_changes_no_answer_to_those_who_have_no_part_in_it(tmp_path: Path) -> None:
    both = twins(tmp_path, a_petition, a_round, days_elsewhere)
    assert differing(both, over_the_api, STRANGERS) == []
    told = {path for _, path in differing(both, over_the_api, ("zu3",))}
    assert {ENGAGEMENTS, TEAMS} <= told
    assert AVOIDANCES not in told
    close(both)


@pytest.mark.slow
def test_a_restricted_session_and_the_talk_before_entry_change_no_answer_to_the_others(
    tmp_path: Path,
) -> None:
    both = twins(tmp_path, with_a_round, for_two_alone, days_in_the_team)
    assert differing(both, over_the_api, ("zu3", "zu4", "xc1", "xcd", "xz1", "edu-head", "sys")) == []
    told = {path for _, path in differing(both, over_the_api, ("zu2",))}
    assert {"/inspection/sessions", "/inspection/key-talks"} <= told
    close(both)


@pytest.mark.slow
def test_an_application_to_avoid_changes_no_answer_to_the_teams_and_the_leading_group(tmp_path: Path) -> None:
    both = twins(tmp_path, with_a_round, one_more_application, days_in_the_team)
    assert differing(both, over_the_api, ("zu1", "zu2", "zu3", "zu5", "xz1", "xz2", "aud")) == []
    assert AVOIDANCES in {path for _, path in differing(both, over_the_api, ("xc1",))}
    close(both)
