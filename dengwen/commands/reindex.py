"""`dengwen reindex`: petitions from before there was a search are entered in its index."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dengwen.cli import folder_option
from dengwen.definitions import definition
from dengwen.installation import Folder
from services.chassis import keys
from services.chassis.db import Database
from services.chassis.migrate import MigrationRefused, require_current
from services.chassis.settings import SettingsError, from_environment
from services.intake.reindexing import BATCH, reindex_next, start_again


@click.command("reindex")
@folder_option()
@click.option(
    "--batch",
    type=click.IntRange(1, 10_000),
    default=BATCH,
    show_default=True,
    help="每批件数 · petitions a batch",
)
@click.option("--again", is_flag=True, help="从头再来 · from the beginning, whatever was done before")
def command(folder: Path, batch: int, *, again: bool) -> None:
    """补建信访件检索,可随时中断、接着做。Enter old petitions into the search; stopped, it goes on where it was.

    The installation may be running. Deployed: run it in intake's container, where DENGWEN_DATABASE_URL and
    DENGWEN_KEY_DIR are set. Nothing of a petition is shown; sealed ones are in no index.
    """
    db, key_dir = _database(folder)
    try:
        ring = keys.load(key_dir, "intake")
        require_current(db, definition("intake"))
        looked_at, entered = _all(db, ring, batch, again=again)
    except (keys.KeyFileError, MigrationRefused) as error:
        raise click.ClickException(str(error)) from None
    finally:
        db.dispose()
    click.echo(f"已检查 {looked_at} 件,补建 {entered} 件 · looked at {looked_at}, entered {entered}")


def _all(db: Database, ring: keys.KeyRing, batch: int, *, again: bool) -> tuple[int, int]:
    if again:
        with db.write() as session:
            start_again(session)
    looked_at = entered = 0
    while True:
        with db.write() as session:
            done = reindex_next(session, ring, batch)
        if not done.looked_at:
            return looked_at, entered
        looked_at, entered = looked_at + done.looked_at, entered + done.entered


def _database(folder: Path) -> tuple[Database, Path]:
    """Of a deployed service if the environment names one, else of the folder's installation."""
    if "DENGWEN_DATABASE_URL" in os.environ or "DENGWEN_DATABASE_URL_FILE" in os.environ:
        try:
            settings = from_environment(os.environ, service="intake")
        except SettingsError as error:
            raise click.ClickException(str(error)) from None
        return Database(settings.database_url.format(service="intake")), settings.key_dir
    place = Folder(folder.resolve())
    file = place.root / "intake.db"
    if not file.exists():
        raise click.ClickException(f"此处没有安装 · no installation in {folder}")
    return Database(f"sqlite:///{file}"), place.keys
