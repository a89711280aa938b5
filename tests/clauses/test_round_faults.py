"""The round of the demo, with one thing wrong at a time: refused or flagged where the clause says (issue 6).

The story is played once, with little at each step; each fault goes on from where its chapter begins.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from dengwen.client import Refused
from dengwen.round_ending import archive, rectification_plans
from dengwen.round_results import petitions_taken_in
from dengwen.round_stage import OFFICE, SMALL, Stage
from dengwen.round_story import CHAPTERS
from tests.clauses.round_faults import FAULTS, Fault, FaultyStage
from tests.clauses.round_in_world import WorldInstallation
from tests.world import World

HERE = [one for one in CHAPTERS if one is not petitions_taken_in]
"""Of the service inspection alone."""


@dataclass(frozen=True)
class Kept:
    """A world before a chapter, and what its story remembers."""

    folder: Path
    items: dict[str, str]
    day: str
    first: date


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kept]:
    """By the name of a chapter, the world in which it begins."""
    root = tmp_path_factory.mktemp("round")
    world = World(root / "world", services=("inspection",))
    stage = Stage(WorldInstallation(world), lambda _: None, size=SMALL)
    kept: dict[str, Kept] = {}
    for chapter in HERE:
        name = chapter.__name__
        if name in {one.chapter for one in FAULTS}:
            world.close()
            shutil.copytree(root / "world", root / name)
            kept[name] = Kept(root / name, dict(stage.items), stage.day, getattr(stage, "first", date.min))
        if chapter is archive:
            break
        chapter(stage)
    world.close()
    return kept | {
        rectification_plans.__name__: kept["archive"]
    }  # side by side: it begins where the archive does


@pytest.fixture
def stage(story: dict[str, Kept], tmp_path: Path, fault: Fault) -> Iterator[FaultyStage]:
    """The story as it stands before the chapter of the fault."""
    kept = story[fault.chapter]
    shutil.copytree(kept.folder, tmp_path / "world")
    world = World(tmp_path / "world", services=("inspection",))
    found = FaultyStage(
        WorldInstallation(world), lambda _: None, items=dict(kept.items), day=kept.day, size=SMALL
    )
    if kept.day:
        found.first = kept.first
    found.fault = fault
    yield found
    world.close()


def played(stage: FaultyStage, fault: Fault) -> tuple[str, str, list[str]]:
    """The act that was refused, with code and clauses; empty where the story went on to the end of its chapters."""
    names = [one.__name__ for one in HERE]
    first, last = names.index(fault.chapter), names.index(fault.until or fault.chapter)
    try:
        if fault.first is not None:
            fault.first(stage)
        for chapter in HERE[first : last + 1]:
            chapter(stage)
        if fault.then is not None:
            fault.then(stage)
    except Refused as refusal:
        return stage.doing, refusal.code, refusal.clauses
    return "", "", []


def ident(fault: Fault) -> str:
    return f"{fault.chapter} {fault.act or fault.at or 'late'} {fault.clause}".strip()


@pytest.mark.parametrize("fault", FAULTS, ids=map(ident, FAULTS))
def test_a_fault_is_refused_or_flagged_where_the_clause_says(stage: FaultyStage, fault: Fault) -> None:
    at, code, clauses = played(stage, fault)
    assert (at, code) == (fault.at, fault.code), clauses
    sheet = stage.person(OFFICE).get(f"{stage.round()}/compliance")
    gaps = {one["clause"] for one in sheet["gaps"]}
    late = {one["clause"] for one in sheet["duties"] if one["late"]}
    assert (fault.clause in gaps, fault.clause in late) == (fault.gap, fault.late)
    assert fault.gap or fault.late or not fault.clause or fault.clause in clauses


def test_without_a_fault_nothing_is_flagged(story: dict[str, Kept], tmp_path: Path) -> None:
    kept = story["archive"]
    shutil.copytree(kept.folder, tmp_path / "world")
    world = World(tmp_path / "world", services=("inspection",))
    stage = Stage(WorldInstallation(world), lambda _: None, items=dict(kept.items), day=kept.day, size=SMALL)
    sheet = stage.person(OFFICE).get(f"{stage.round()}/compliance")
    assert (sheet["gaps"], sheet["open"], [one for one in sheet["duties"] if one["late"]]) == ([], [], [])
    world.close()


def test_there_are_the_twenty_faults_that_were_asked_for() -> None:
    assert len({(one.chapter, one.clause, one.act) for one in FAULTS}) == len(FAULTS) >= 20
