"""`dengwen archive verify FILE`: check a sealed package with the archive's key, offline."""

from __future__ import annotations

from pathlib import Path

import click

from dengwen.cli import folder_option
from dengwen.installation import Folder
from services.chassis import keys
from services.chassis.packages import PackageDamaged, open_package


@click.group("archive")
def command() -> None:
    """归档包。Archived packages."""


@command.command("verify")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@folder_option()
def verify(file: Path, folder: Path) -> None:
    """校验归档包:签名、目录和每个文件。Check a package: signature, manifest, every file."""
    place = Folder(folder.resolve())
    try:
        opened = open_package(
            file.read_bytes(), keys.load(place.keys, "archive").box, keys.load_trust(place.keys)
        )
    except (PackageDamaged, keys.CannotOpen) as error:
        raise click.ClickException(
            f"归档包损坏 · the package is damaged: {type(error).__name__} {error}"
        ) from None
    manifest = opened.manifest
    click.echo(f"{manifest['kind']} {manifest['no']} ({manifest['service']}, {manifest['closed_at']})")
    click.echo(
        f"文书 papers {opened.papers} · 附件 attachments {opened.attachments} · 日志 entries {opened.entries}"
    )
    click.echo("完好 · intact")
