"""`dengwen reindex` enters petitions from before there was a search; stopped, it goes on where it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, select

from dengwen.commands import reindex
from services.intake.reindexing import Batch, reindex_next
from services.intake.storage import IndexProgress, Petition, SearchTerm
from tests.clauses.intake_petitions import BASE, give_key, letter, register
from tests.world import World

ORDINARY = 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "installation"


@pytest.fixture
def world(folder: Path) -> World:
    """An installation with petitions of old: ordinary ones, one without a class, a sealed one; no terms of any."""
    folder.mkdir()
    made = World(folder, services=("intake",))
    give_key(made)
    for number in range(ORDINARY):
        register(made, letter(summary=f"反映食堂采购问题之{number}"))
    register(made, letter(summary="尚未分类的食堂问题", class_code=None))
    register(made, letter(summary="反映领导的食堂问题", subject_ids=["p-edu-head"], class_code=None))
    forget(made)
    return made


def forget(world: World) -> None:
    with world.runtimes["intake"].db.write() as session:
        session.execute(delete(SearchTerm))


def terms(world: World) -> set[tuple[int, int, str]]:
    with world.runtimes["intake"].db.read() as session:
        rows = session.execute(select(SearchTerm.mark, SearchTerm.day, SearchTerm.petition_id))
        return {(mark, day, petition) for mark, day, petition in rows}


def found(world: World) -> int:
    answer = world.as_("clerk1").send("POST", f"{BASE}/search", body={"q": "食堂采购"})
    assert answer.status == 200, answer.body
    return len(answer.body["items"])


def run(folder: Path, *options: str, of_this_release: bool = True) -> Result:
    """A world's tables were made from the models: no revision stands in its databases, so it is not looked for."""
    with pytest.MonkeyPatch.context() as patched:
        if of_this_release:
            patched.setattr("dengwen.commands.reindex.require_current", lambda *_: None)
        return CliRunner().invoke(reindex.command, ["--folder", str(folder), *options])


def test_a_database_that_is_not_of_this_release_is_left_alone(world: World, folder: Path) -> None:
    done = run(folder, of_this_release=False)
    assert (done.exit_code, terms(world)) == (1, set())
    assert "dengwen init" in done.output


def test_petitions_of_old_are_found_and_what_is_sealed_or_not_classed_is_in_no_index(
    world: World, folder: Path
) -> None:
    assert found(world) == 0
    done = run(folder, "--batch", "2")
    assert (done.exit_code, f"looked at {ORDINARY}, entered {ORDINARY}" in done.output) == (0, True)
    assert found(world) == ORDINARY
    with world.runtimes["intake"].db.read() as session:
        rows = session.execute(select(Petition.id, Petition.secrecy))
        secrecy = {petition: classed for petition, classed in rows}  # noqa: C416  rows are no pairs to dict()
    assert {secrecy[petition] for _, _, petition in terms(world)} == {"restricted"}


def test_what_is_entered_is_what_registering_enters(world: World, folder: Path) -> None:
    new = str(register(world, letter(summary="反映食堂采购问题之九"))["id"])
    by_registering = terms(world)
    assert {petition for _, _, petition in by_registering} == {new}
    forget(world)
    assert run(folder).exit_code == 0
    assert {term for term in terms(world) if term[2] == new} == by_registering


def interrupted(*_: object) -> Batch:
    raise KeyboardInterrupt


def test_it_goes_on_where_it_was_stopped_and_changes_nothing_twice(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = iter((reindex_next, interrupted))

    def one_batch(*given: Any) -> Batch:
        return next(batches)(*given)

    monkeypatch.setattr("dengwen.commands.reindex.reindex_next", one_batch)
    assert run(folder, "--batch", "2").exit_code != 0
    entered = {petition for _, _, petition in terms(world)}
    assert len(entered) == 2
    monkeypatch.undo()
    assert f"looked at {ORDINARY - 2}, entered {ORDINARY - 2}" in run(folder, "--batch", "2").output
    everything = terms(world)
    assert "looked at 0, entered 0" in run(folder).output
    assert f"looked at {ORDINARY}, entered 0" in run(folder, "--again").output
    assert terms(world) == everything


def test_terms_that_are_missing_are_added_to_those_that_are_there(world: World, folder: Path) -> None:
    run(folder)
    everything = terms(world)
    with world.runtimes["intake"].db.write() as session:
        some = session.scalars(select(SearchTerm.mark).limit(3)).all()
        session.execute(delete(SearchTerm).where(SearchTerm.mark.in_(some)))
    assert run(folder, "--again").exit_code == 0
    assert terms(world) == everything


def test_without_an_installation_it_says_so(tmp_path: Path) -> None:
    done = run(tmp_path / "nothing")
    assert done.exit_code == 1
    assert "no installation" in done.output
    assert not (tmp_path / "nothing").exists()


def test_how_far_it_came_is_kept_with_what_it_entered(world: World, folder: Path) -> None:
    run(folder)
    with world.runtimes["intake"].db.read() as session:
        [progress] = session.scalars(select(IndexProgress))
        last = max(session.scalars(select(Petition.id).where(Petition.secrecy == "restricted")))
    assert progress.after_id == last
