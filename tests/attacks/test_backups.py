"""Backups that somebody else made: a manifest names nothing outside of its folder, twice, or through a link."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from dengwen.backups.manifest import NAME, BackupUnreadable, File, Manifest, Part, read
from dengwen.cli import main
from services.chassis.settings import SERVICES

DAMAGED = "is missing or damaged"


def made(folder: Path, *names: str, content: bytes = b"taken along") -> Path:
    """A backup whose manifest lists these files, with digests that fit."""
    folder.mkdir()
    (folder / "clues.db").write_bytes(content)
    listed = tuple(File(name, len(content), sha256(content).hexdigest()) for name in names)
    part = Part(schema={}, epoch=1, audit_size=0, audit_root="", signed_size=0)
    Manifest("2026-03-02", "sqlite", "x", dict.fromkeys(SERVICES, part), listed).write(folder)
    return folder


def restored(backup: Path, folder: Path) -> Result:
    return CliRunner().invoke(main, ["restore", "--from", str(backup), "--folder", str(folder)])


@pytest.mark.parametrize("name", [
    "../secret", "keys/../../secret", "/etc/hostname", "./clues.db", "keys//a", "", ".", "a\x00b", "a\\..\\b",
    ".ssh/id", "keys/",
])  # fmt: skip
def test_a_manifest_that_leads_out_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_bytes(b"taken along")
    told = restored(made(tmp_path / "backup", name), tmp_path / "var")
    assert told.exit_code == 1
    assert DAMAGED in told.output
    assert not list((tmp_path / "var").rglob("secret"))


def test_a_file_that_is_listed_twice_is_refused(tmp_path: Path) -> None:
    assert DAMAGED in restored(made(tmp_path / "backup", "clues.db", "clues.db"), tmp_path / "var").output


@pytest.mark.parametrize("link", ["desk.db", "keys"])
def test_a_link_in_a_backup_is_not_followed(tmp_path: Path, link: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "desk.signing.key"
    target.write_bytes(b"taken along")
    name = link if link.endswith(".db") else f"{link}/{target.name}"
    backup = made(tmp_path / "backup", name)
    (backup / link).symlink_to(target if link.endswith(".db") else target.parent)
    told = restored(backup, tmp_path / "var")
    assert (told.exit_code, f"{name} 与清单不符" in told.output) == (1, True)
    assert not list((tmp_path / "var").rglob("*.db"))


@given(
    said=st.one_of(
        st.binary(max_size=200),
        st.recursive(
            st.none() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner) | st.dictionaries(st.sampled_from(["format", "files", "parts", "x"]), inner)
            ),
        ).map(lambda value: json.dumps(value).encode()),
    )
)
def test_no_bytes_in_place_of_a_manifest_make_a_fault(tmp_path_factory: Any, said: bytes) -> None:
    folder = tmp_path_factory.mktemp("backup")
    (folder / NAME).write_bytes(said)
    with pytest.raises(BackupUnreadable, match=DAMAGED):
        read(folder)
