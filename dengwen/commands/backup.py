"""`dengwen backup`: all databases at one moment, while the installation works."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dengwen.backups.making import Occupied, copy_sqlite, make_backup, secrets_of
from dengwen.backups.putting_back import PLAN
from dengwen.cli import folder_option
from dengwen.commands.audit import database_pattern
from dengwen.installation import Folder, installed_at


@click.command("backup")
@folder_option()
@click.option(
    "--to", required=True, type=click.Path(path_type=Path), help="备份目录,须不存在 · must not exist yet"
)
@click.option(
    "--with-keys", is_flag=True, help="连同密钥与示例口令 · with the keys: guard it like the letters"
)
def command(folder: Path, to: Path, with_keys: bool) -> None:
    """备份,运行中亦可。Back the installation up while it works: a directory with a manifest, whole or not there.

    For a deployed installation set DENGWEN_DATABASE_URL(_FILE) (a pattern with `{service}`) and DENGWEN_KEY_DIR.
    """
    pattern = database_pattern()
    try:
        if pattern is None:
            place = Folder(folder.resolve())
            if not installed_at(place.root) or (place.root / PLAN).exists():
                raise click.ClickException(f"此处没有完整的安装 · no complete installation in {folder}")
            manifest = make_backup(
                to.resolve(),
                "sqlite",
                lambda work: copy_sqlite(place, work),
                secrets_of(place) if with_keys else {},
            )
        else:
            from dengwen.backups.deployed import copy_postgres

            found = sorted(Path(os.environ["DENGWEN_KEY_DIR"]).glob("*")) if with_keys else []
            manifest = make_backup(
                to.resolve(),
                "postgresql",
                lambda work: copy_postgres(pattern, work),
                {f"keys/{path.name}": path for path in found},
            )
    except Occupied as occupied:
        raise click.ClickException(f"已存在 · is there already: {occupied}") from None
    size = sum(file.size for file in manifest.files)
    click.echo(f"已备份 · backed up: {len(manifest.files)} 个文件 files, {size / 1e6:.1f} MB → {to}")
    for service, part in manifest.parts.items():
        click.echo(f"  {service:<14} 审计 audit {part.audit_size}  纪元 epoch {part.epoch}")
    if not with_keys:
        click.echo(
            "不含密钥,请另行保管 · without the keys: keep them elsewhere, no case can be read without them"
        )
