"""`dengwen reconcile`: proves on an installation that what was sent has arrived."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from dengwen.cli import folder_option
from dengwen.commands.audit import open_parts
from dengwen.reconciling import Stream, reconcile


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
            f"{mark} {s.producer:>13} → {s.consumer:<13} 发出 sent {s.produced:>6}  已办 applied {s.applied:>6}"
            + "".join(f"  {name} {count}" for name, count in _open(s).items() if count)
        )
    whole = all(s.whole for s in streams)
    click.echo(
        "齐全:每个事件恰好到达一次 · complete: every event is at its consumer exactly once"
        if whole
        else "不齐:运行中稍后再核对 · not complete: if it is running, look again in a moment"
    )
    raise SystemExit(0 if whole else 1)


def _open(stream: Stream) -> dict[str, object]:
    return {
        "待发 unsent": stream.unsent,
        "待办 waiting": stream.waiting,
        "搁置 parked": stream.parked,
        "不符 foreign": stream.foreign,
        "缺 missing": ", ".join(map(str, stream.missing)),
    }
