"""`dengwen audit verify | export | check`: the audit trails, offline, from the command line."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.orm import Session

from dengwen.backups.putting_back import PLAN
from dengwen.cli import folder_option
from dengwen.definitions import definition
from dengwen.installation import Folder
from services.chassis import keys
from services.chassis.audit.export import BundleUnreadable, export_trail, known_heads, verify_bundle
from services.chassis.audit.findings import Counts, Report
from services.chassis.audit.heads import SignedHead
from services.chassis.audit.verify import verify_installation
from services.chassis.clock import real_now
from services.chassis.db import Database
from services.chassis.settings import SERVICES
from services.chassis.states import recompute_states
from services.chassis.trail_views import note_verification


@click.group("audit")
def command() -> None:
    """审计日志。The audit trails."""


@command.command("verify")
@folder_option()
@click.option(
    "--known",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="另存的审计包或签名文件 · heads kept elsewhere: exported trails, the audit page's files; as many as there are",
)
@click.option(
    "--record",
    is_flag=True,
    help="把核验结果记入工作台的审计日志 · note the outcome in the desk's trail, for the audit page",
)
def verify(folder: Path, known: tuple[Path, ...], *, record: bool) -> None:
    """校验六个服务的审计日志。Verify the trails of all six services against each other and against the rows.

    Reads the databases only, but for --record; the installation may be stopped or running. For a deployed
    installation set DENGWEN_DATABASE_URL (a pattern with `{service}`) and DENGWEN_KEY_DIR.
    """
    as_of = real_now()
    outside = _known(known)
    console = Console(stderr=True)
    with ExitStack() as stack:
        parts, key_dir = open_parts(folder, stack)
        trust = keys.load_trust(key_dir)
        recompute = {
            name: recompute_states({k.model.KIND: k for k in definition(name).kinds}) for name in parts
        }
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as bar:
            tasks = {name: bar.add_task(name, total=None) for name in parts}
            report = verify_installation(
                parts,
                trust,
                recompute,
                as_of=as_of,
                known=outside,
                progress=lambda service, done, total: bar.update(tasks[service], completed=done, total=total),
            )
    _print(report)
    if record:
        _record(folder, report)
    raise SystemExit(report.exit_code)


def _record(folder: Path, report: Report) -> None:
    db = Database(_database_url(folder, "desk"))
    with db.write() as session:
        note_verification(session, faults=report.faults)
    db.dispose()


def _known(files: tuple[Path, ...]) -> dict[str, list[SignedHead]]:
    found: dict[str, list[SignedHead]] = {}
    for file in files:
        try:
            service, heads = known_heads(file)
        except BundleUnreadable as error:
            raise click.ClickException(f"文件无法读取 · the file cannot be read: {error}") from None
        found.setdefault(service, []).extend(heads)
    return found


@command.command("export")
@click.argument("service", type=click.Choice(SERVICES))
@click.argument("file", type=click.Path(path_type=Path))
@folder_option()
def export(service: str, file: Path, folder: Path) -> None:
    """导出一个服务的审计包,供离线核验。Write a service's trail to a file that can be checked without the databases."""
    as_of = real_now()
    with ExitStack() as stack:
        parts, key_dir = open_parts(folder, stack)
        others = {name: session for name, session in parts.items() if name != service}
        count = export_trail(
            file, service, parts[service], others, keys.load_trust(key_dir)[service], as_of=as_of
        )
    click.echo(f"{service}: {count} 条 · entries → {file}")


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
def check(file: Path) -> None:
    """核验导出的审计包。Check an exported file."""
    try:
        report = verify_bundle(file)
    except BundleUnreadable as error:
        raise click.ClickException(f"文件无法读取 · the file cannot be read: {error}") from None
    _print(report)
    raise SystemExit(report.exit_code)


def open_parts(folder: Path, stack: ExitStack) -> tuple[dict[str, Session], Path]:
    """Read sessions on the six databases, and where the public keys are."""
    pattern = database_pattern()
    place = Folder(folder.resolve())
    if pattern is None and (place.root / PLAN).exists():
        raise click.ClickException(
            "恢复尚未完成,请先启动 · a restore was cut off: `dengwen up` or `restore` ends it"
        )
    key_dir = Path(os.environ["DENGWEN_KEY_DIR"]) if "DENGWEN_KEY_DIR" in os.environ else place.keys
    if pattern is None and not (place.root / "intake.db").exists():
        raise click.ClickException(f"此处没有安装 · no installation in {folder}")
    parts = {}
    for service in SERVICES:
        db = Database(_database_url(folder, service))
        stack.callback(db.dispose)
        parts[service] = stack.enter_context(db.read())
    return parts, key_dir


def _database_url(folder: Path, service: str) -> str:
    pattern = database_pattern()
    place = Folder(folder.resolve())
    return pattern.format(service=service) if pattern else f"sqlite:///{place.root / service}.db"


def database_pattern() -> str | None:
    """The deployed databases' URL with `{service}`, from the environment; None: an embedded installation is meant."""
    if file := os.environ.get("DENGWEN_DATABASE_URL_FILE"):
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get("DENGWEN_DATABASE_URL")


def _print(report: Report) -> None:
    for service, counts in report.counts.items():
        click.echo(f"{service:<14} {_counted(counts)}")
    for settled in report.settled:
        click.echo(f"{settled.zh}\n{settled.en}")
    if report.first is None:
        click.echo("完好:没有发现改动 · intact: nothing was changed")
        return
    click.echo(f"\n第一处问题 · the first fault: {report.first.zh}\n{report.first.en}")
    for service in report.counts:
        for finding in report.of(service)[:5]:
            click.echo(f"  {service}: {finding.en}")


def _counted(counts: Counts) -> str:
    """What was looked at, and what no other service vouches for yet."""
    open_ends = {
        "未编号 not sequenced": counts.not_yet_sequenced,
        "未签名 not signed": counts.not_yet_signed,
        "未见证 not witnessed": counts.not_yet_witnessed,
        "已销密 shredded": counts.shredded,
        "未复算 not recomputed": counts.not_recomputed,
        "提示 notices": counts.notices,
    }
    told = f"记录 entries {counts.entries}  树头 heads {counts.heads}  事项 items {counts.subjects}"
    return told + "".join(f"  {name} {count}" for name, count in open_ends.items() if count)
