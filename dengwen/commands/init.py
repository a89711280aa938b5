"""`dengwen init`: creates or upgrades a deployed installation – tables, installation row, example authority."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dengwen.example import administrators_only, example_authority
from dengwen.installation import SIMULATED_START, build_runtime, create, load_authority
from services.chassis.bus import topology
from services.chassis.migrate import MigrationRefused
from services.chassis.settings import SERVICES, from_environment


@click.command("init")
@click.option(
    "--time", "time_mode", type=click.Choice(["simulated", "real"]), default="real", show_default=True
)
@click.option(
    "--installation", default="deployed", show_default=True, help="安装名称 · the installation's name"
)
@click.option(
    "--example",
    is_flag=True,
    help="载入示例机构,否则只建三名管理员 · load the example authority; else three administrators",
)
@click.option(
    "--sign-in",
    type=click.Path(path_type=Path),
    default=Path("sign-in.json"),
    show_default=True,
    help="账号口令文件:没有则生成 · the accounts' passwords; made if missing",
)
def command(time_mode: str, installation: str, example: bool, sign_in: Path) -> None:
    """建库或升级;可重复执行。Create or upgrade the databases; may be run again.

    DENGWEN_DATABASE_URL(_FILE) is a pattern with `{service}`: the databases exist, the roles may create tables.
    """
    runtimes = {}
    for service in SERVICES:
        settings = from_environment(os.environ, service=service)
        settings = settings.for_service(service, database_url=settings.database_url.format(service=service))
        try:
            create(settings, installation, time_mode, SIMULATED_START if time_mode == "simulated" else None)
        except MigrationRefused as refused:
            raise click.ClickException(f"{service}: {refused}") from None
        runtimes[service] = build_runtime(settings)
    topology.declare(settings.broker_uri, SERVICES)
    authority = example_authority() if example else administrators_only()
    load_authority(runtimes, authority, sign_in, first_passwords=not example)
    click.echo(f"已建立 · created: {installation} ({time_mode})")
