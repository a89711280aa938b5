"""A service starts on a database of its own release only, and says so before anything else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import column, table, update

from dengwen.definitions import definition
from dengwen.installation import SIMULATED_START, Folder, create, mark_installed
from services.chassis import keys
from services.chassis.db import Database
from services.chassis.migrate import MigrationRefused, require_current
from services.chassis.settings import SERVICES

ROOT = Path(__file__).parents[3]


def at_revision(folder: Path, service: str, lineage: str, revision: str) -> Folder:
    """An installation's folder in which one database is at another revision."""
    place = Folder(folder)
    keys.generate(place.keys)
    create(place.settings(service, "127.0.0.1", 0), "first", "simulated", SIMULATED_START)
    db = Database(f"sqlite:///{place.root / service}.db")
    with db.write() as session:
        session.execute(
            update(table(f"{lineage}_version", column("version_num"))).values(version_num=revision)
        )
    db.dispose()
    return place


def start(place: Folder, *arguments: str, service: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dengwen", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            "DENGWEN_DATABASE_URL": f"sqlite:///{place.root / service}.db",
            "DENGWEN_BROKER_URI": "amqp://nobody@127.0.0.1:1//",
            "DENGWEN_KEY_DIR": str(place.keys),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("command", ["serve", "relay"])
@pytest.mark.parametrize(
    ("lineage", "revision", "told"),
    [("chassis", "0001", "is behind this release"), ("clues", "9999", "of a newer release")],
)
def test_a_service_and_its_relay_end_at_once_on_another_schema(
    tmp_path: Path, command: str, lineage: str, revision: str, told: str
) -> None:
    place = at_revision(tmp_path / "var", "clues", lineage, revision)
    ended = start(place, command, "clues", service="clues")
    assert (ended.returncode, told in ended.stderr) == (3, True), ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_embedded_installation_ends_at_once_on_the_database_of_a_newer_release(tmp_path: Path) -> None:
    for service in SERVICES:
        at_revision(tmp_path / "var", service, "chassis", "9999")
    mark_installed(tmp_path / "var")
    place = Folder(tmp_path / "var")
    ended = start(place, "up", "--folder", str(place.root), "--port", "0", service="clues")
    assert (ended.returncode, "of a newer release" in ended.stderr) == (3, True), ended.stderr


def test_an_empty_database_is_behind(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'clues.db'}")
    with pytest.raises(MigrationRefused, match="dengwen init"):
        require_current(db, definition("clues"))
    db.dispose()


def test_a_server_that_does_not_answer_is_no_other_schema() -> None:
    db = Database("postgresql+psycopg2://nobody@127.0.0.1:1/clues?connect_timeout=1")
    require_current(db, definition("clues"))
    db.dispose()
