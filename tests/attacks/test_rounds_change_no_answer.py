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
from tests.clauses.round_steps import AVOIDANCES, ENGAGEMENTS, TEAMS, done
from tests.world import World

STRANGERS = ("head2", "clerk3", "xf1", "sls1", "da1", "hou-head", "sec", "aud")
"""One of each post that has no part in a round.

The office that covers the unit attends its meetings (LL-1.16). The system administrator is told how many notices wait
for a vacant post and which offices have work: numbers of ordinary items, as of any other service.
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


def for_two_alone(world: World) -> list[Any]:
    items = RoundItems(world)
    items.for_two_alone(f"{ENGAGEMENTS}/{items.leader.get(ENGAGEMENTS).body['items'][0]['id']}")
    world.pump()
    return []


def one_more_application(world: World) -> list[Any]:
    """zu4, who leads team 2, declares for a unit that no team has taken up yet."""
    items = RoundItems(world)
    of = items.leader.get(ENGAGEMENTS).body["items"][0]["round_id"]
    done(items.declare(f"/inspection/rounds/{of}", by=items.leader_2, unit_id="hou"))
    world.pump()
    return []


def days_in_the_team(world: World) -> list[Any]:
    """What the others do afterwards; their numbers and answers are the same."""
    days_pass(world, 3)
    team = world.as_("zu3").get(TEAMS).body["items"][0]["id"]
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


def test_a_restricted_session_and_the_talk_before_entry_change_no_answer_to_the_others(
    tmp_path: Path,
) -> None:
    both = twins(tmp_path, with_a_round, for_two_alone, days_in_the_team)
    assert differing(both, over_the_api, ("zu3", "zu4", "xc1", "xcd", "xz1", "edu-head", "sys")) == []
    told = {path for _, path in differing(both, over_the_api, ("zu2",))}
    assert {"/inspection/sessions", "/inspection/key-talks"} <= told
    close(both)


def test_an_application_to_avoid_changes_no_answer_to_the_teams_and_the_leading_group(tmp_path: Path) -> None:
    both = twins(tmp_path, with_a_round, one_more_application, days_in_the_team)
    assert differing(both, over_the_api, ("zu1", "zu2", "zu3", "zu5", "xz1", "xz2", "aud")) == []
    assert AVOIDANCES in {path for _, path in differing(both, over_the_api, ("xc1",))}
    close(both)
