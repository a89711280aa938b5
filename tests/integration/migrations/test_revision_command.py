"""`python -m services.chassis.migrate revision`: the next revision, written from the models."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import Column, Date, String, Table

from services.chassis import migrate
from services.chassis.migrate import named
from services.chassis.migrations.revision import NoDefault, NothingChanged, add_revision
from tests.integration.migrations.conftest import CopyOf


def test_a_revision_says_what_changed_and_follows_the_last_one(copy_of: CopyOf) -> None:
    lineage = copy_of("inspection")
    known = lineage.revisions()
    lineage.metadata.tables["clue_handover"].append_column(Column("answered_on", Date))
    Table("round", lineage.metadata, Column("id", String(64), primary_key=True))
    path = add_revision(lineage, "Rounds, and when a clue was answered")
    assert path.parent == lineage.versions
    number = f"{len(known) + 1:04}"
    assert path.name == f"{number}_rounds_and_when_a_clue_was_answered.py"
    written = path.read_text(encoding="utf-8")
    assert written.startswith('"""Rounds, and when a clue was answered."""\n')
    assert f'down_revision = "{known[-1]}"' in written
    assert '"answered_on"' in written
    assert '"round"' in written
    assert "duty" not in written, "the chassis's tables are in its own lineage"
    assert lineage.revisions() == [*known, number]


def test_a_column_of_ours_is_written_as_the_database_has_it(copy_of: CopyOf) -> None:
    lineage = copy_of("chassis")
    assert "UtcDateTime" not in next(lineage.versions.glob("0001_*")).read_text(encoding="utf-8")


def test_without_a_change_no_revision_is_written(copy_of: CopyOf) -> None:
    lineage = copy_of("inspection")
    with pytest.raises(NothingChanged):
        add_revision(lineage, "Nothing")
    assert lineage.revisions() == named("inspection").revisions()


def test_a_new_column_that_rows_cannot_fill_is_left_to_a_person(copy_of: CopyOf) -> None:
    lineage = copy_of("inspection")
    lineage.metadata.tables["clue_handover"].append_column(Column("leader_id", String(64), nullable=False))
    with pytest.raises(NoDefault, match=r"clue_handover\.leader_id"):
        add_revision(lineage, "Who leads")
    assert lineage.revisions() == named("inspection").revisions()


def test_the_command_says_so_when_the_models_have_not_changed() -> None:
    answer = CliRunner().invoke(migrate.main, ["revision", "inspection", "Nothing"])
    assert answer.exit_code == 1
    assert "the models of inspection are what the last revision leads to" in answer.output
