"""Running the revisions of a lineage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from services.chassis.migrate import Lineage


def upgrade(connection: Connection, lineage: Lineage, revision: str = "head") -> None:
    """Run what the database has not seen of a lineage, up to a revision, in the caller's transaction."""
    command.upgrade(configuration(connection, lineage), revision)


def configuration(connection: Connection, lineage: Lineage) -> Config:
    """Alembic's configuration without an ini file; `env.py` finds connection and lineage in its attributes."""
    config = Config(attributes={"connection": connection, "lineage": lineage})
    for name, value in (
        ("script_location", str(Path(__file__).parent)),
        ("version_locations", str(lineage.versions)),
        ("path_separator", "newline"),
        ("file_template", "%(rev)s_%(slug)s"),
    ):
        config.set_main_option(name, value.replace("%", "%%"))
    return config


def options(connection: Connection, lineage: Lineage, **more: Any) -> dict[str, Any]:
    """How Alembic is to look at a lineage's database."""
    return {
        "connection": connection,
        "target_metadata": lineage.metadata,
        "version_table": lineage.version_table,
        "render_as_batch": True,  # SQLite alters a table by building it anew
        "transactional_ddl": True,  # on SQLite too: we begin transactions ourselves
        **more,
    }
