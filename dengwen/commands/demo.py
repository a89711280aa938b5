"""`dengwen demo [round]`: plays a story against a running installation and prints each step, clause and clock."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dengwen.cli import folder_option
from dengwen.client import Installation
from dengwen.commands.audit import verify
from dengwen.commands.reconcile import command as reconcile
from dengwen.example import example_authority
from dengwen.installation import Folder
from dengwen.journey import Journey
from dengwen.round_stage import Stage
from dengwen.round_story import play
from dengwen.telling import Line, Telling


@click.command("demo")
@click.argument("story", type=click.Choice(["petition", "round"]), default="petition")
@folder_option()
@click.option("--url", default="", help="运行中的安装的地址 · the address of a running installation")
@click.option(
    "--sign-in", type=click.Path(path_type=Path), default=None, help="示例账号文件 · the accounts' file"
)
@click.pass_context
def command(context: click.Context, story: str, folder: Path, url: str, sign_in: Path | None) -> None:
    """在模拟日期上演示一件信访件(petition)或一轮巡察(round)。Play a petition's journey or a whole round."""
    place = Folder(folder.resolve())
    here = not url
    if here:
        try:
            url = json.loads(place.address.read_text(encoding="utf-8"))["url"]
        except OSError:
            raise click.ClickException(
                "没有运行中的安装:先执行 make up · nothing is running: make up first"
            ) from None
    accounts = json.loads((sign_in or place.sign_in).read_text(encoding="utf-8"))
    installation = Installation(url, accounts)
    installation.wait_ready()
    if story == "petition":
        _petition(installation, url)
    else:
        _round(context, installation, folder if here else None)


def _petition(installation: Installation, url: str) -> None:
    offices = _offices()
    journey = Journey(installation, lambda line: click.echo(_told(line, offices)))
    journey.play()
    click.echo("\n完成 · done. 结果留在系统中 · left to look at:")
    _left(journey, url, tuple(journey.items))
    click.echo("校验审计日志 · verify the trails: .venv/bin/dengwen audit verify")


def _round(context: click.Context, installation: Installation, folder: Path | None) -> None:
    """Ends with 1 if a figure, the reconciling or a trail is wrong; these two where the databases are at hand."""
    offices = _offices()
    stage = Stage(installation, lambda line: click.echo(_told(line, offices)))
    figures = play(stage)
    click.echo("\n本轮账目 · the round in figures")
    for figure in figures:
        mark = click.style("✓", fg="green") if figure.right else click.style("✗", fg="red")
        short = "" if figure.right else f" (应为 expected: {figure.expected})"
        click.echo(f"  {mark} {figure.found:>4}  {figure.zh} · {figure.en}{short}")
    click.echo(f"    {len(stage.people):>4}  参与人员 · persons took part\n    {stage.acts:>4}  办理 · acts")
    right = all(figure.right for figure in figures)
    if folder is not None:
        installation.wait_quiet()
        right &= _ends_well(context, reconcile, folder=folder, wait=30.0)
        right &= _ends_well(context, verify, folder=folder, known=(), record=False)
    click.echo("\n结果留在系统中 · left to look at:")
    _left(stage, installation.url, ("round", "edu", "tra", "hou", "round report"))
    raise SystemExit(0 if right else 1)


def _ends_well(context: click.Context, other: click.Command, **options: object) -> bool:
    try:
        context.invoke(other, **options)
    except SystemExit as ended:
        return not ended.code
    return True


def _left(told: Telling, url: str, names: tuple[str, ...]) -> None:
    for name in names:
        click.echo(f"  {name:<24} {url.rstrip('/')}/desk/items{told.items[name]}")


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
