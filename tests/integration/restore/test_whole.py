"""A whole installation: backed up while it works, checked, put back, and never left half."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from dengwen.backups import making
from dengwen.backups.manifest import NAME, Part, describe
from dengwen.backups.putting_back import PLAN, carry_out
from dengwen.cli import main
from dengwen.installation import Folder, mark_installed, take_lock
from services.chassis.settings import SERVICES
from tests.integration.restore.worlds import Site, first_half


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation in the middle of its work; its tests only read it and take copies."""
    folder = tmp_path_factory.mktemp("working") / "var"
    folder.mkdir()
    site = Site("world://", {}, folder=folder)
    first_half(site)
    mark_installed(folder)
    yield site
    site.close()


@pytest.fixture(scope="module")
def backup(working: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("backup") / "first"
    done = run("backup", "--folder", working.folder, "--to", to, "--with-keys")
    assert done.exit_code == 0, done.output
    return to


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def restored(backup: Path, folder: Path, *more: str) -> Result:
    return run("restore", "--from", backup, "--folder", folder, *more)


def test_a_backup_of_a_working_installation_is_whole_in_a_fresh_folder(backup: Path, tmp_path: Path) -> None:
    done = restored(backup, tmp_path / "var")
    assert done.exit_code == 0, done.output
    verified = run("audit", "verify", "--folder", tmp_path / "var")
    assert verified.exit_code == 0, verified.output
    reconciled = run("reconcile", "--folder", tmp_path / "var")
    assert reconciled.exit_code == 0, reconciled.output


def test_a_backup_without_its_keys_asks_for_them(working: Site, backup: Path, tmp_path: Path) -> None:
    assert run("backup", "--folder", working.folder, "--to", tmp_path / "bare").exit_code == 0
    assert not (tmp_path / "bare" / "keys").exists()
    refused = restored(tmp_path / "bare", tmp_path / "var")
    assert refused.exit_code == 1
    assert "holds no keys" in refused.output
    shutil.copytree(backup / "keys", tmp_path / "var" / "keys")
    assert restored(tmp_path / "bare", tmp_path / "var").exit_code == 0


def test_nothing_is_replaced_unless_that_is_said(backup: Path, tmp_path: Path) -> None:
    assert restored(backup, tmp_path / "var").exit_code == 0
    before = content(tmp_path / "var")
    refused = restored(backup, tmp_path / "var")
    assert (refused.exit_code, content(tmp_path / "var")) == (1, before)
    assert "--replace" in refused.output
    assert restored(backup, tmp_path / "var", "--replace").exit_code == 0
    (kept,) = (tmp_path / "var" / "replaced").iterdir()
    assert {f"{service}.db" for service in SERVICES} <= {path.name for path in kept.iterdir()}


def test_a_backup_is_not_written_over(working: Site, backup: Path) -> None:
    before = content(backup)
    refused = run("backup", "--folder", working.folder, "--to", backup)
    assert (refused.exit_code, content(backup)) == (1, before)


@pytest.mark.parametrize("name", [NAME, "clues.db", "keys/desk.wrap.key"])
@pytest.mark.parametrize("harm", ["flip", "cut", "lose"])
def test_a_backup_that_is_not_what_its_manifest_says_is_refused(
    backup: Path, tmp_path: Path, name: str, harm: str
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(backup, damaged)
    file = damaged / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    if harm == "lose":
        file.unlink()
    else:
        file.write_bytes(bytes(data) if harm == "flip" else bytes(data[: len(data) // 2]))
    refused = restored(damaged, tmp_path / "var")
    assert refused.exit_code == 1
    assert name in refused.output
    assert not list((tmp_path / "var").glob("*.db"))


class Killed(BaseException):
    """The process ends here; nothing of ours handles it."""


def dies_at(step: int, patch: pytest.MonkeyPatch) -> Callable[[], int]:
    """From the `step`-th rename, copy or removal on, none happens any more. Gives how many there were."""
    seen = 0

    def mortal(do: Callable[..., Any]) -> Callable[..., Any]:
        def perhaps(*arguments: Any, **options: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen >= step:
                raise Killed
            return do(*arguments, **options)

        return perhaps

    for owner, name in ((Path, "rename"), (Path, "unlink"), (shutil, "copyfile")):
        patch.setattr(owner, name, mortal(getattr(owner, name)))
    return lambda: seen


@pytest.mark.parametrize("stride", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_a_restore_killed_anywhere_leaves_the_old_state_or_is_finished_by_the_next_start(
    backup: Path, tmp_path: Path, stride: int
) -> None:
    old = tmp_path / "old"
    assert restored(backup, old).exit_code == 0
    (old / "intake.db-wal").write_bytes(b"a log of the old database")
    was = databases(old)
    outcomes, step = set(), 1 - stride
    while True:
        step += stride
        folder = tmp_path / f"var{step}"
        shutil.copytree(old, folder)
        with pytest.MonkeyPatch.context() as patch:
            dies_at(step, patch)
            ended = run_mortal("restore", "--from", backup, "--folder", folder, "--replace")
        if ended:
            break
        if (folder / PLAN).exists():
            refused = run("audit", "verify", "--folder", folder)
            assert (refused.exit_code, "cut off" in refused.output) == (1, True)
            carry_out(Folder(folder))
            assert not (folder / "intake.db-wal").exists(), "it would be played into the new database"
            assert set(databases(folder)) == set(was)
            assert all(databases(folder)[name] != was[name] for name in was)
            outcomes.add("new")
        else:
            carry_out(Folder(folder))
            assert databases(folder) == was
            outcomes.add("old")
        shutil.rmtree(folder)
    assert outcomes == {"old", "new"}


def test_a_backup_killed_anywhere_is_not_there_and_the_next_one_is_whole(
    working: Site, tmp_path: Path
) -> None:
    step, to = 0, tmp_path / "backup"
    while True:
        step += 1
        with pytest.MonkeyPatch.context() as patch:
            dies_at(step, patch)
            ended = run_mortal("backup", "--folder", working.folder, "--to", to, "--with-keys")
        if ended:
            break
        assert not to.exists()
    assert step > len(SERVICES)
    assert restored(to, tmp_path / "var").exit_code == 0


def test_a_running_installation_is_not_restored_over(backup: Path, tmp_path: Path) -> None:
    assert restored(backup, tmp_path / "var").exit_code == 0
    lock = take_lock(tmp_path / "var")
    assert lock is not None
    with lock:
        refused = restored(backup, tmp_path / "var", "--replace")
    assert refused.exit_code == 1
    assert "running" in refused.output


def run_mortal(*arguments: object) -> bool:
    """Whether the command came to its end."""
    try:
        main.main([str(argument) for argument in arguments], standalone_mode=False)
    except Killed:
        return False
    return True


def databases(folder: Path) -> dict[str, bytes]:
    return {f"{name}.db": (folder / f"{name}.db").read_bytes() for name in SERVICES}


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_all_copies_are_of_one_moment_while_hand_offs_go_on(tmp_path: Path) -> None:
    """Between two copies everything moves; each backup is whole by itself all the same."""
    folder = tmp_path / "var"
    folder.mkdir()
    site = Site("world://", {}, folder=folder)
    mark_installed(folder)
    journey = first_half(site)
    moved: list[bool] = []

    def go_on_first(session: Session, service: str) -> Part:
        if not moved:
            moved.append(True)
            journey.disposition_decided()
            site.settle_down()
        return describe(session, service)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "describe", go_on_first)
        site.back_up(tmp_path / "backup")
    site.close()
    assert restored(tmp_path / "backup", tmp_path / "fresh").exit_code == 0
    for command in (("audit", "verify"), ("reconcile",)):
        done = run(*command, "--folder", tmp_path / "fresh")
        assert done.exit_code == 0, done.output
