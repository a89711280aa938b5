"""`kill -9` of any one process at any moment, and of the broker with its data, loses nothing and doubles nothing.

The sample that `make test` runs; `make faults` runs every process at every step.
"""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from dengwen.journey import Journey
from services.chassis.settings import SERVICES
from tests.faults.killing import PATIENCE, after_line, play_under_kills
from tests.journeys.running import Running, embedded, processes
from tests.servers import Postgres, RabbitMQ


def nothing_lost_nothing_doubled(running: Running, journey: Journey) -> None:
    """The oracles: sent = applied, one clue and one volume each, the story's ends, every trail intact."""
    running.at.wait_ready(120)
    running.at.wait_quiet(120)
    reconciled = running.command("reconcile", "--folder", str(running.folder), "--wait", "60")
    assert reconciled.returncode == 0, reconciled.stdout
    clerk = running.at.person("clerk1")
    assert len(clerk.get("/clues/clues")["items"]) == 1
    volumes = [v["source_ref"] for v in running.at.person("da1").get("/archive/volumes")["items"]]
    assert len(volumes) == len(set(volumes)) == 3
    assert clerk.get(journey.items["petition"])["state"] == "closed"
    numbers = [p["no"] for p in running.at.person("head1").get("/intake/petitions")["items"]]
    assert len(numbers) == len(set(numbers)) == 3
    trails = running.command("audit", "verify", "--folder", str(running.folder))
    assert trails.returncode == 0, trails.stdout + trails.stderr


def test_the_embedded_installation_survives_kills_during_the_journey(tmp_path: Path) -> None:
    with embedded(tmp_path / "var") as running:
        journey = play_under_kills(running, ["up"], seed=20260302, every=6)
        nothing_lost_nothing_doubled(running, journey)


def databases(server: Postgres) -> str:
    prefix = f"faults_{uuid.uuid4().hex[:8]}"
    for service in SERVICES:
        server.create_database(f"{prefix}_{service}")
    return server.url.rpartition("/")[0] + f"/{prefix}_{{service}}"


@pytest.mark.slow
def test_every_service_and_every_relay_is_killed_once_during_the_journey(
    tmp_path: Path, postgres_server: Postgres, private_broker: RabbitMQ
) -> None:
    with processes(tmp_path / "var", databases(postgres_server), private_broker.uri) as running:
        journey = play_under_kills(running, sorted(running.processes), seed=7, every=3)
        nothing_lost_nothing_doubled(running, journey)


@pytest.mark.slow
@pytest.mark.parametrize("victim", [f"{kind} {name}" for name in SERVICES for kind in ("serve", "relay")])
def test_each_process_is_killed_at_every_step_of_the_journey(
    tmp_path: Path, postgres_server: Postgres, private_broker: RabbitMQ, victim: str
) -> None:
    with processes(tmp_path / "var", databases(postgres_server), private_broker.uri) as running:
        journey = play_under_kills(running, [victim], seed=len(victim))
        nothing_lost_nothing_doubled(running, journey)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_embedded_installation_is_killed_at_every_step_of_the_journey(tmp_path: Path, seed: int) -> None:
    with embedded(tmp_path / "var") as running:
        journey = play_under_kills(running, ["up"], seed=seed)
        nothing_lost_nothing_doubled(running, journey)


def test_a_broker_that_comes_back_without_its_data_delivers_every_hand_off(
    tmp_path: Path, postgres_server: Postgres, private_broker: RabbitMQ
) -> None:
    def lose_everything() -> None:
        private_broker.kill9()
        private_broker.wipe()
        private_broker.start()

    with processes(tmp_path / "var", databases(postgres_server), private_broker.uri) as running:
        running.at.patience = PATIENCE
        journey = Journey(running.at, after_line(8, lose_everything), wait_seconds=180)
        journey.play()
        nothing_lost_nothing_doubled(running, journey)
