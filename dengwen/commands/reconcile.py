"""`dengwen reconcile`: proves on an installation that what was sent has arrived."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from time import sleep

import click

from dengwen.cli import folder_option
from dengwen.commands.audit import open_parts
from dengwen.reconciling import Forgotten, Stream, held, reconcile
from services.chassis.clock import monotonic


@click.command("reconcile")
@folder_option()
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0.0,
    help="不齐时再看,至多若干秒 · while something is on its way, look again for at most so many seconds",
)
def command(folder: Path, wait: float) -> None:
    """核对收发:每个事件在每个接收方恰有一行。Check that each event is at each of its consumers exactly once."""
    until = monotonic() + wait
    streams, waiting = _looked_at(folder)
    while not _is_whole(streams, waiting) and monotonic() < until:
        sleep(1.0)
        streams, waiting = _looked_at(folder)
    for s in streams:
        mark = "✓" if s.whole else "✗"
        click.echo(
            f"{mark} {s.producer:>13} → {s.consumer:<13} 发出 sent {s.produced:>6}  已办 applied {s.applied:>6}"
            + "".join(f"  {name} {count}" for name, count in _open(s).items() if count)
        )
    _tell_forgotten([lost for s in streams for lost in s.forgotten])
    for service, restore_id in waiting.items():
        click.echo(
            f"✗ {service} 已恢复,待开启新纪元 · was put back and waits for its new epoch: {restore_id}"
        )
    whole = _is_whole(streams, waiting)
    click.echo(
        "齐全:每个事件恰好到达一次 · complete: every event is at its consumer exactly once"
        if whole
        else "不齐:运行中稍后再核对 · not complete: if it is running, look again in a moment"
    )
    raise SystemExit(0 if whole else 1)


def _looked_at(folder: Path) -> tuple[list[Stream], dict[str, str]]:
    with ExitStack() as stack:
        parts, _ = open_parts(folder, stack)
        return reconcile(parts), held(parts)


def _is_whole(streams: list[Stream], waiting: dict[str, str]) -> bool:
    return all(s.whole for s in streams) and not waiting


def _tell_forgotten(lost: list[Forgotten]) -> None:
    """References only: what it said is in the consumer's own records, for those who may know of them."""
    if not lost:
        return
    click.echo(
        f"已发出而被遗忘 · sent and forgotten, before a restore: {len(lost)}\n"
        "接收方已办,发送方不再知道;只有发送方知道的办理已经丢失,请核对后补办 · the consumer has it, the producer"
        " does not know of it any more;\nacts that only the producer knew are lost: compare, and do them again"
    )
    for one in lost:
        click.echo(
            f"  {one.producer} → {one.consumer}  {one.event_id}  {one.type}  {one.subject}  {one.status}"
        )


def _open(stream: Stream) -> dict[str, object]:
    return {
        "待发 unsent": stream.unsent,
        "待办 waiting": stream.waiting,
        "搁置 parked": stream.parked,
        "不符 foreign": stream.foreign,
        "遗忘 forgotten": len(stream.forgotten),
        "重发 again": stream.again,
        "失效 lapsed": stream.lapsed,
        "缺 missing": ", ".join(map(str, stream.missing)),
    }
