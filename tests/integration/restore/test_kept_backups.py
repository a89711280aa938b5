"""Backups that the running installation makes when it is asked to: by the command, listed from their manifests."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dengwen.backups.keeping import EmbeddedBackups
from dengwen.backups.manifest import read
from dengwen.installation import SIMULATED_START, Folder, create, mark_installed
from services.chassis import keys
from services.chassis.settings import SERVICES

PATIENCE = 60.0


@pytest.fixture
def place(tmp_path: Path) -> Folder:
    found = Folder(tmp_path / "var")
    found.root.mkdir()
    keys.generate(found.keys)
    for name in SERVICES:
        create(found.settings(name, "127.0.0.1", 0), "embedded", "simulated", SIMULATED_START)
    mark_installed(found.root)
    return found


def settled(backups: EmbeddedBackups) -> list[tuple[str, str]]:
    """Names and states once nothing is being made."""
    until = time.monotonic() + PATIENCE
    while any(one.state == "making" for one in backups.kept()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return [(one.name, one.state) for one in backups.kept()]


@pytest.mark.slow
def test_a_backup_is_made_whole_without_keys_and_asked_for_twice_it_is_one(
    place: Folder, tmp_path: Path
) -> None:
    backups = EmbeddedBackups(place, tmp_path / "kept")
    assert backups.kept() == []
    backups.start("monday")
    backups.start("monday")
    assert backups.kept()[0].state == "making"
    assert settled(backups) == [("monday", "whole")]
    backups.start("monday")
    manifest = read(tmp_path / "kept" / "monday")
    assert not manifest.has_keys
    assert backups.kept()[0].size == sum(file.size for file in manifest.files)


def test_a_backup_that_failed_or_was_cut_off_is_shown_as_that(place: Folder, tmp_path: Path) -> None:
    backups = EmbeddedBackups(Folder(tmp_path / "nowhere"), tmp_path / "kept")
    backups.start("tuesday")
    (tmp_path / "kept" / "monday.unfinished").mkdir()
    assert settled(backups) == [("tuesday", "cut_off"), ("monday", "cut_off")]
