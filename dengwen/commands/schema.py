"""Starting only on a database that fits: a schema that is behind or ahead of the code ends the start."""

from __future__ import annotations

import click

from dengwen.definitions import definition
from services.chassis.db import Database
from services.chassis.migrate import MigrationRefused, require_current
from services.chassis.settings import Settings


class WrongSchema(click.ClickException):
    """The database is of another release; the message says which, and what to do."""

    exit_code = 3


def refuse_another_schema(settings: Settings) -> None:
    """Raises WrongSchema unless the service's database is at this release's schema."""
    db = Database(settings.database_url, pool_size=1)
    try:
        require_current(db, definition(settings.service))
    except MigrationRefused as refused:
        raise WrongSchema(str(refused)) from None
    finally:
        db.dispose()
