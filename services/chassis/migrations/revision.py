"""Writing the next revision of a lineage from the models, against a scratch database at its last one."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import Rewriter
from alembic.operations import ops
from sqlalchemy import Column, DefaultClause, TypeDecorator, text
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from services.chassis.db import Database
from services.chassis.migrate import Lineage
from services.chassis.migrations.upgrade import configuration, upgrade


class NothingChanged(Exception):
    """The models are what the last revision leads to."""


class NoDefault(Exception):
    """A new column that must not be empty has no default for the rows that are there: write its revision by hand."""


def add_revision(lineage: Lineage, description: str) -> Path:
    """Write the next revision and return its file; raises NothingChanged, NoDefault."""
    lineage.versions.mkdir(parents=True, exist_ok=True)
    number = f"{int((lineage.revisions() or ['0'])[-1]) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/scratch.db")
        with db.write() as session:
            connection = session.connection()
            if lineage.revisions():
                upgrade(connection, lineage)
            config = configuration(connection, lineage)
            config.attributes |= {"render_item": _plain_type, "process_revision_directives": _or_nothing}
            config.stdout = sys.stderr
            command.revision(config, description, autogenerate=True, rev_id=number)
        db.dispose()
    (path,) = lineage.versions.glob(f"{number}_*.py")
    _tidy(path)
    return path


def _tidy(path: Path) -> None:
    """The file as `make lint` wants it; a first revision is one long function."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")
    for step in (["check", "--fix", "--exit-zero"], ["format"], ["check", "--select=PLR0915", "--add-noqa"]):
        subprocess.run([sys.executable, "-m", "ruff", *step, "--quiet", str(path)], check=True)


def _plain_type(kind: str, item: Any, _context: Any) -> Any:
    """Write a type of ours as the database's type: revisions must not change with the program."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


_filled = Rewriter()


@_filled.rewrites(ops.ModifyTableOps)
def _fill_new_columns(
    _context: Any, _revision: Any, change: ops.ModifyTableOps
) -> list[ops.MigrateOperation]:
    """Give rows that are there the model's default in a new column, then take it out of the schema again.

    In two steps: one copy of the table on SQLite fills the column, the next one drops its default.
    """
    if all(isinstance(step, ops.CreateIndexOp) for step in change.ops):
        return list(change.ops)  # an index needs no copy
    emptied: list[ops.MigrateOperation] = []
    for step in change.ops:
        if not isinstance(step, ops.AddColumnOp) or step.column.nullable or step.column.server_default:
            continue
        column = step.column
        if not isinstance(column.default, ScalarElementColumnDefault):
            raise NoDefault(f"{change.table_name}.{column.name}")
        default = _as_default(column.default.arg)
        step.column = Column(column.name, column.type, nullable=False, server_default=default)
        emptied.append(
            ops.AlterColumnOp(
                change.table_name, column.name,
                existing_type=column.type, existing_nullable=False, modify_server_default=None,
            )
        )  # fmt: skip
    return [change, ops.ModifyTableOps(change.table_name, emptied)] if emptied else [change]


def _as_default(value: object) -> DefaultClause:
    """A model's default as both engines write it; booleans by name, everything else quoted."""
    return DefaultClause(text(str(value).lower()) if isinstance(value, bool) else str(value))


def _or_nothing(context: Any, revision: Any, directives: list[ops.MigrationScript]) -> None:
    if directives[0].upgrade_ops is None or directives[0].upgrade_ops.is_empty():
        raise NothingChanged
    _filled(context, revision, directives)
