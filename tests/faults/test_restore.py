"""The commands on a running installation: back up while people work, put a service back, go on to the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from dengwen.journey import Journey
from tests.faults.test_kill_sample import nothing_lost_nothing_doubled
from tests.journeys.running import Running, embedded, wait_for

PATIENCE = 180


@pytest.mark.slow
@pytest.mark.parametrize("service", ["clues", "intake", "notifications"])
def test_a_service_is_put_back_by_the_command_and_the_journey_ends(tmp_path: Path, service: str) -> None:
    backup = tmp_path / "backup"
    with embedded(tmp_path / "var") as running:
        running.at.patience = PATIENCE
        journey = Journey(running.at, lambda _: None, wait_seconds=PATIENCE)
        journey.registered_and_forwarded()
        journey.judged_and_referred()
        command(running, "backup", "--folder", str(running.folder), "--to", str(backup))
        journey.disposition_decided()
        journey.filed_for_record()
        running.at.wait_quiet(PATIENCE)
        restart_with(running, backup, service)
        told = command(running, "audit", "verify", "--folder", str(running.folder))
        assert f"{service}: the trail was rolled back from" in told
        if service == "clues":
            journey.disposition_decided()
            journey.filed_for_record()
        for chapter in (
            journey.inquiry, journey.closing, journey.petition_closed, journey.sealed_route,
            journey.out_of_scope, journey.clock_runs_out,
        ):  # fmt: skip
            chapter()
        running.at.wait(lambda: at_rest(running), PATIENCE)
        nothing_lost_nothing_doubled(running, journey)


def at_rest(running: Running) -> bool:
    """Whether the last heads have gone round too: two looks, since a head is signed some seconds after its act."""
    reconcile = ("reconcile", "--folder", str(running.folder))
    return all(running.command(*reconcile).returncode == 0 for _ in range(2))


def restart_with(running: Running, backup: Path, service: str) -> None:
    """Stop, put the service back and open its epoch by the command, start, wait until all has moved."""
    up, folder = running.processes["up"], running.folder
    up.stop()
    put_back = (
        "restore", "--from", str(backup), "--folder", str(folder), "--service", service, "--replace",
        "--proposed-by", "sys", "--approved-by", "sec",
    )  # fmt: skip
    assert "epoch 2 is open" in command(running, *put_back)
    up.start()
    wait_for((folder / "running.json").exists, up, PATIENCE)
    running.at.wait_ready(PATIENCE)
    running.at.wait_quiet(PATIENCE)


def command(running: Running, *arguments: str) -> str:
    done = running.command(*arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
