"""The command line: `dengwen up | demo | import | audit | archive | serve | relay | init | …`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])

COMMANDS = {
    "up": ("dengwen.commands.up", "启动嵌入式安装 · start the embedded installation"),
    "demo": (
        "dengwen.commands.demo",
        "演示一件信访件的全过程 · play the journey against a running installation",
    ),
    "import": ("dengwen.commands.import_ledger", "导入台账 · import an .xlsx or .csv ledger"),
    "audit": ("dengwen.commands.audit", "校验或导出审计日志 · verify or export the audit trails"),
    "archive": ("dengwen.commands.archive", "校验归档包 · verify an archived package"),
    "init": ("dengwen.commands.init", "建库并写入安装信息 · create the databases of a deployed installation"),
    "serve": ("dengwen.commands.serve", "运行一个服务 · run one service"),
    "relay": ("dengwen.commands.relay", "运行一个服务的转发器 · run one service's relay"),
    "backup": ("dengwen.commands.backup", "备份 · back up the installation, while it works"),
    "restore": ("dengwen.commands.restore", "恢复 · put the installation, or one service, back to a backup"),
    "reindex": (
        "dengwen.commands.reindex",
        "为旧信访件补建检索 · enter petitions of old into the search",
    ),
    "health": ("dengwen.commands.health", "容器健康检查 · the container's health check"),
    "reconcile": ("dengwen.commands.reconcile", "核对收发 · prove that everything sent has arrived"),
}


class _Commands(click.Group):
    """Loads a command's module only when it is run: a warm start stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module: Any = importlib.import_module(COMMANDS[name][0])
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令 · Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=_Commands)
def main() -> None:
    """登闻 Dengwen:派驻监督办案流程系统 · an event-driven case system for a supervision commission."""


def folder_option() -> Callable[[Wrapped], Wrapped]:
    option: Callable[[Wrapped], Wrapped] = click.option(
        "--folder",
        type=click.Path(path_type=Path),
        default=Path("var"),
        show_default=True,
        help="安装所在目录 · the installation's folder",
    )
    return option
