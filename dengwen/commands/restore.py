"""`dengwen restore`: the whole installation, or one service while the others stay, put back to a backup."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dengwen.backups.manifest import BackupUnreadable, Manifest, read
from dengwen.backups.putting_back import (
    Decided,
    Outcome,
    RestoreRefused,
    carry_out,
    restore_folder,
    restore_service,
)
from dengwen.cli import folder_option
from dengwen.commands.audit import database_pattern
from dengwen.installation import Folder, take_lock
from services.chassis.migrate import MigrationRefused
from services.chassis.settings import SERVICES, from_environment


@click.command("restore")
@click.option(
    "--from", "source", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@folder_option()
@click.option("--service", type=click.Choice(SERVICES), help="只恢复一个服务 · this service alone")
@click.option("--replace", is_flag=True, help="替换已有数据库 · replace the databases that are there")
@click.option(
    "--proposed-by",
    default="",
    help="同时开启新纪元:系统管理员账号 · open the epoch too: system administrator",
)
@click.option("--approved-by", default="", help="安全保密管理员账号 · security administrator's account")
def command(
    source: Path, folder: Path, service: str | None, replace: bool, proposed_by: str, approved_by: str
) -> None:
    """恢复;先停止安装。Put the installation, or one service, back to a backup; stop it first.

    The manifest is checked before anything is touched. One service put back hands nothing on until two administrators
    open a new epoch for it: on the desk, or here with --proposed-by and --approved-by.
    """
    if bool(proposed_by) != bool(approved_by) or (proposed_by and service is None):
        raise click.UsageError("--service, --proposed-by 与 --approved-by 须同时给出 · belong together")
    decided = Decided(proposed_by, approved_by) if proposed_by else None
    try:
        manifest = read(source)
        if database_pattern() is not None:
            outcome = _deployed(source, manifest, service, replace, decided)
        else:
            outcome = _embedded(folder, source, manifest, service, replace, decided)
    except BackupUnreadable as error:
        raise click.ClickException(f"备份不可用 · the backup is not usable: {error}") from None
    except (RestoreRefused, MigrationRefused) as refused:
        raise click.ClickException(str(refused)) from None
    _tell(outcome, manifest)


def _embedded(
    folder: Path,
    source: Path,
    manifest: Manifest,
    service: str | None,
    replace: bool,
    decided: Decided | None,
) -> Outcome:
    if manifest.engine != "sqlite":
        raise RestoreRefused("此备份来自 PostgreSQL 部署 · the backup is of a deployed installation")
    place = Folder(folder.resolve())
    place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = take_lock(place.root)
    if lock is None:
        raise RestoreRefused("登闻正在运行,请先停止 · Dengwen is running: stop it first")
    with lock:
        carry_out(place)
        if service is None:
            return restore_folder(place, source, manifest, replace=replace)
        return restore_service(place, source, manifest, service, replace=replace, decided=decided)


def _deployed(
    source: Path, manifest: Manifest, service: str | None, replace: bool, decided: Decided | None
) -> Outcome:
    from dengwen.backups.deployed import restore_postgres
    from services.chassis.bus import topology

    if manifest.engine != "postgresql":
        raise RestoreRefused("此备份来自嵌入式安装 · the backup is of an embedded installation")
    settings = from_environment(os.environ, service=service or "desk", database_url=database_pattern())
    services = [service] if service else list(SERVICES)
    outcome = restore_postgres(settings, source, manifest, services, replace=replace, decided=decided)
    if service is None:
        topology.empty(settings.broker_uri, SERVICES)
    return outcome


def _tell(outcome: Outcome, manifest: Manifest) -> None:
    click.echo(f"已恢复至 · put back to {manifest.made_at}: {', '.join(outcome.services)}")
    if outcome.kept is not None:
        click.echo(f"原有数据保存在 · what was there before is kept in {outcome.kept}")
    if outcome.epoch:
        click.echo(f"已开启第 {outcome.epoch} 纪元 · epoch {outcome.epoch} is open")
    elif outcome.restore_id:
        click.echo(
            f"恢复编号 · restore id: {outcome.restore_id}\n"
            "在开启新纪元之前,该服务不发出任何交接:由系统管理员在工作台提出,安全保密管理员审批\n"
            "Until its new epoch is opened the service hands nothing on: the system administrator proposes it on the"
            " desk (epoch_openings), the security administrator approves."
        )
    click.echo("随后请核对 · then: dengwen audit verify; dengwen reconcile")
