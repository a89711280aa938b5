"""`dengwen reconcile`: proves on an installation that what was sent has arrived."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from dengwen.cli import folder_option
from dengwen.commands.audit import open_parts
from dengwen.reconciling import reconcile


@click.command("reconcile")
@folder_option()
def command(folder: Path) -> None:
    """核对收发:每个事件在每个接收方恰有一行。Check that each event is at each of its consumers exactly once."""
    with ExitStack() as stack:
        parts, _ = open_parts(folder, stack)
        streams = reconcile(parts)
    for s in streams:
        mark = "✓" if s.whole else "✗"
        click.echo(
            f"{mark} {s.producer:>13} → {s.consumer:<13} 发出 {s.produced:>6}  已办 {s.applied:>6}  "
            f"待发 {s.unsent}  待办 {s.waiting}  搁置 {s.parked}  缺 {list(s.missing)}"
        )
    raise SystemExit(0 if all(s.whole for s in streams) else 1)
