"""`dengwen demo`: plays the journey against a running installation and prints each step, clause and clock."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dengwen.cli import folder_option
from dengwen.client import Installation
from dengwen.example import example_authority
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
    installation.wait_ready()
    offices = _offices()
    journey = Journey(installation, lambda line: click.echo(_told(line, offices)))
    journey.play()
    click.echo("\n完成 · done. 结果留在系统中 · left to look at:")
    for name, path in journey.items.items():
        click.echo(f"  {name:<24} {url.rstrip('/')}/desk/items{path}")
    click.echo("校验审计日志 · verify the trails: .venv/bin/dengwen audit verify")


def _offices() -> dict[str, str]:
    """Account → where its person works."""
    authority = example_authority()
    names = {office.id: office.zh for office in authority.offices}
    return {post.account: names[post.office or post.unit] for post in authority.posts}


def _told(line: Line, offices: dict[str, str]) -> str:
    """Two lines of any width, and nothing cut off: what happened; then the clauses and their clocks."""
    mark = click.style(f"✗ {line.refused}", fg="red") if line.refused else click.style("✓", fg="green")
    office = offices.get(line.who, "系统 · the system")
    notes = " ".join(line.clauses)
    if line.clocks:
        notes += click.style(f"  时限 clocks: {'; '.join(line.clocks)}", fg="cyan")
    told = f"{line.day}  {office} {line.who}  {mark} {line.zh} · {line.en}"
    return f"{told}\n            {notes}" if notes else told
