"""`dengwen demo`: plays the journey against a running installation and prints each step, clause and clock."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from dengwen.cli import folder_option
from dengwen.client import Installation
from dengwen.installation import Folder
from dengwen.journey import Journey, Line


@click.command("demo")
@folder_option()
@click.option("--url", default="", help="运行中的安装的地址 · the address of a running installation")
@click.option(
    "--sign-in", type=click.Path(path_type=Path), default=None, help="示例账号文件 · the accounts' file"
)
def command(folder: Path, url: str, sign_in: Path | None) -> None:
    """在模拟日期上演示一件信访件的全过程。Play the journey of one petition on simulated dates."""
    place = Folder(folder.resolve())
    if not url:
        try:
            url = json.loads(place.address.read_text(encoding="utf-8"))["url"]
        except OSError:
            raise click.ClickException(
                "没有运行中的安装:先执行 make up · nothing is running: make up first"
            ) from None
    accounts = json.loads((sign_in or place.sign_in).read_text(encoding="utf-8"))
    installation = Installation(url, accounts)
    console = Console()
    installation.wait_ready()
    journey = Journey(installation, lambda line: console.print(_row(line)))
    journey.play()
    console.print("\n完成 · done. 结果留在系统中 · left to look at:")
    for name, path in journey.items.items():
        console.print(f"  {name:<24} {url.rstrip('/')}/desk/items{path}")
    console.print("校验审计日志 · verify the trails: .venv/bin/dengwen audit verify")


def _row(line: Line) -> Table:
    table = Table.grid(padding=(0, 1))
    for width in (10, 14, 66):
        table.add_column(width=width)
    table.add_column()
    mark = f"[red]✗ {line.refused}[/red]" if line.refused else "[green]✓[/green]"
    notes = " ".join((*line.clauses, *(f"[cyan]{clock}[/cyan]" for clock in line.clocks)))
    table.add_row(line.day, line.who, f"{mark} {line.zh} · {line.en}", notes)
    return table
