"""`dengwen up`: the embedded installation – six services, a broker and a front door in one process."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

import click

from dengwen.backups.keeping import EmbeddedBackups
from dengwen.backups.putting_back import carry_out
from dengwen.cli import folder_option
from dengwen.commands.schema import WrongSchema
from dengwen.example import example_authority
from dengwen.installation import (
    SIMULATED_START,
    Folder,
    build_runtime,
    create,
    installed_at,
    load_authority,
    mark_installed,
    take_lock,
    upgrade,
)
from services.chassis import keys, logs
from services.chassis.bus import topology
from services.chassis.bus.publisher import ConfirmingPublisher
from services.chassis.clock import monotonic
from services.chassis.entrypoints.hosting import host, run_forever
from services.chassis.entrypoints.web import FrontDoor, PortTaken
from services.chassis.migrate import MigrationRefused
from services.chassis.outbox import Relay
from services.chassis.runtime import Runtime
from services.chassis.settings import SERVICES, SettingsError
from services.chassis.warming import warm_in_background


@click.command("up")
@folder_option()
@click.option("--host", "address", default="127.0.0.1", show_default=True)
@click.option("--port", default=8710, show_default=True)
@click.option(
    "--time",
    "time_mode",
    type=click.Choice(["simulated", "real"]),
    default="simulated",
    show_default=True,
    help="一经创建不可更改 · said once, when the installation is created",
)
def command(folder: Path, address: str, port: int, time_mode: str) -> None:
    """启动嵌入式安装;再次启动从上次停下处继续。Start the embedded installation; it goes on where it was."""
    started = monotonic()
    place = Folder(folder.resolve())
    place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = take_lock(place.root)
    if lock is None:
        click.echo(_already_running(place))
        return
    if (kept := carry_out(place)) is not None:
        click.echo(f"已完成中断的恢复 · a restore that was cut off is finished; the old state: {kept}")
    try:
        door = FrontDoor(address, port, place.settings("desk", address, port).max_body)
        door.bind()
    except SettingsError as wrong:
        raise click.ClickException(f"设置有误 · a wrong setting: {wrong}") from None
    except PortTaken as taken:
        raise click.ClickException(
            f"端口已被占用,请用 --port 另选 · the port is taken, choose another: {taken}"
        ) from None
    first = not installed_at(place.root)
    if first:
        click.echo("首次启动:建库、生成密钥…… · first start: creating databases and keys …")
    try:
        runtimes = _prepare(place, address, port, time_mode)
    except MigrationRefused as refused:
        raise WrongSchema(str(refused)) from None
    with (place.root / "dengwen.log").open("a", encoding="utf-8") as log_file:
        logs.configure(log_file)
        _run(place, runtimes, door, first=first, started=started)
    lock.close()


def _prepare(place: Folder, address: str, port: int, time_mode: str) -> dict[str, Runtime]:
    keys.generate(place.keys)
    settings = {name: place.settings(name, address, port) for name in SERVICES}
    installed = installed_at(place.root)
    for name in SERVICES:
        if installed:
            upgrade(settings[name])
        else:
            create(
                settings[name], "embedded", time_mode, SIMULATED_START if time_mode == "simulated" else None
            )
    topology.declare(settings["intake"].broker_uri, SERVICES)
    runtimes = {name: build_runtime(settings[name]) for name in SERVICES}
    runtimes["desk"].backups = EmbeddedBackups(place, place.backups)
    return runtimes


def _run(
    place: Folder, runtimes: dict[str, Runtime], door: FrontDoor, *, first: bool, started: float
) -> None:
    relays = [_relay(runtime) for runtime in runtimes.values()]
    containers = []
    for name, runtime in runtimes.items():
        runtime.front_door = door
        module = __import__(f"services.{name}.service", fromlist=["SERVICE"])
        containers.append(host(module.SERVICE, runtime))

    def ready() -> None:
        door.open()
        if first:
            load_authority(runtimes, example_authority(), place.sign_in)
            mark_installed(place.root)
        for relay in relays:
            threading.Thread(target=relay.run, daemon=True).start()
        warm_in_background(list(runtimes.values()))
        _announce(place, door, started, first=first)

    def stopped() -> None:
        for relay in relays:
            relay.stop()
        place.address.unlink(missing_ok=True)
        click.echo("已停止 · stopped")
        sys.stdout.flush()
        os._exit(0)

    run_forever(containers, started=ready, stopped=stopped)


def _relay(runtime: Runtime) -> Relay:
    relay = Relay(runtime, ConfirmingPublisher(runtime.settings.broker_uri))
    runtime.on_wake = relay.wakeup.set
    return relay


def _announce(place: Folder, door: FrontDoor, started: float, *, first: bool) -> None:
    url = f"http://{door.host}:{door.port}/"
    place.address.write_text(json.dumps({"url": url, "pid": os.getpid()}), encoding="utf-8")
    click.echo(f"\n登闻已就绪 · Dengwen is up: {url}   ({monotonic() - started:.1f} s)")
    if not place.sign_in.exists():  # put back from a backup without its secrets
        return
    accounts: dict[str, Any] = json.loads(place.sign_in.read_text(encoding="utf-8"))
    click.echo(f"示例账号(全部见 {place.sign_in.name})· example accounts (all in {place.sign_in}):")
    for account in (
        ("clerk1", "head1", "deputy1", "xf1", "xf2", "xfhead", "sys") if first else ("clerk1", "head1")
    ):
        click.echo(f"  {account:<10} {accounts[account]['password']}")
    click.echo(
        "演示:另开终端执行 make demo · to play the journey: make demo in another terminal. Ctrl-C 停止 · stops."
    )
    sys.stdout.flush()


def _already_running(place: Folder) -> str:
    try:
        url = json.loads(place.address.read_text(encoding="utf-8"))["url"]
    except (OSError, ValueError, KeyError):
        url = "(正在启动 · starting)"
    return f"登闻已在运行 · Dengwen is already running: {url}"
