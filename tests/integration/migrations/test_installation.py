"""How an installation is made and upgraded: `create` of a first start, `upgrade` of every other one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Column, String, select

from dengwen.definitions import definition
from dengwen.installation import SIMULATED_START, Folder, create, upgrade
from services.chassis import keys, migrate
from services.chassis.db import Database
from services.chassis.migrate import MigrationRefused, lineages
from services.chassis.migrations.revision import add_revision
from services.chassis.settings import Settings
from services.chassis.tables import Installation
from tests.integration.migrations.conftest import CopyOf


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = Folder(tmp_path / "var")
    keys.generate(folder.keys)
    return folder.settings("inspection", "127.0.0.1", 0)


def test_an_installation_is_made_by_the_revisions_and_once(settings: Settings) -> None:
    for name in ("first", "second"):
        create(settings, name, "simulated", SIMULATED_START)
    db = Database(settings.database_url)
    with db.read() as session:
        assert session.scalars(select(Installation.id)).all() == ["first"]
        for lineage in lineages(definition("inspection")):
            assert session.scalars(lineage.version).all() == lineage.revisions()[-1:]
    db.dispose()


def test_a_start_on_an_older_database_upgrades_it(
    settings: Settings, copy_of: CopyOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    create(settings, "first", "simulated", SIMULATED_START)
    newer = copy_of("chassis"), copy_of("inspection")
    newer[1].metadata.tables["clue_handover"].append_column(Column("leader_id", String(64)))
    add_revision(newer[1], "Who leads")
    monkeypatch.setattr(migrate, "lineages", lambda _service: newer)

    upgrade(settings)

    db = Database(settings.database_url)
    with db.read() as session:
        assert session.scalars(newer[1].version).all() == newer[1].revisions()[-1:]
        assert session.scalars(select(Installation.id)).all() == ["first"]
    db.dispose()


def test_a_start_on_a_database_that_was_lost_is_refused(settings: Settings) -> None:
    with pytest.raises(MigrationRefused, match="inspection is empty: restore a backup"):
        upgrade(settings)
