"""The journey of one petition on the embedded installation and on separate processes with real servers."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from dengwen.journey import Journey, Line
from services.chassis.settings import SERVICES
from tests.journeys.running import Running, embedded, processes
from tests.servers import Postgres


@pytest.fixture(params=["embedded", "processes"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    if request.param == "embedded":
        with embedded(tmp_path / "var") as started:
            yield started
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    prefix = f"journey_{uuid.uuid4().hex[:8]}"
    for service in SERVICES:
        server.create_database(f"{prefix}_{service}")
    pattern = server.url.rpartition("/")[0] + f"/{prefix}_{{service}}"
    with processes(tmp_path / "var", pattern, request.getfixturevalue("broker_accounts")()) as started:
        yield started


def verified(running: Running) -> None:
    """Everything that was sent has arrived, and every trail verifies."""
    running.at.wait_quiet(60)
    reconciled = running.command("reconcile", "--folder", str(running.folder), "--wait", "60")
    assert reconciled.returncode == 0, reconciled.stdout
    trails = running.command("audit", "verify", "--folder", str(running.folder))
    assert trails.returncode == 0, trails.stdout + trails.stderr


def test_a_petition_goes_from_a_letter_to_the_archive(running: Running) -> None:
    lines: list[Line] = []
    journey = Journey(running.at, lines.append, wait_seconds=180)
    journey.play()
    refusals = [line.refused for line in lines if line.refused]
    assert refusals.count("UNKNOWN_REFERENCE") == 5
    assert {"WRONG_ROUTE", "WRONG_ROLE", "MISSING_DOCUMENT", "WRONG_APPROVER", "SELF_APPROVAL"} <= set(
        refusals
    )
    clerk = running.at.person("clerk1")
    assert clerk.get(journey.items["petition"])["state"] == "closed"
    assert clerk.get(journey.items["clue"])["state"] == "closed"
    assert running.at.person("xf1").get(journey.items["out of scope"])["state"] == "closed"
    late = running.at.person("clerk2").get(journey.items["late"])
    assert [d["late"] for d in late["duties"] if d["clause"] == "LZ-12.1"] == [True]
    verified(running)


CANARIES = ("收受礼金", "领导班子成员有关问题", "邻里纠纷", "书面说明", "孔癸三", "张癸二", "曹癸四")


def test_no_text_or_name_of_a_petition_stands_in_a_log(running: Running) -> None:
    journey = Journey(running.at, lambda _: None, wait_seconds=180)
    journey.registered_and_forwarded()
    journey.judged_and_referred()
    running.at.wait_quiet(60)
    written = running.logs()
    assert '"event": "request"' in written, "the logs are where we look"
    assert [word for word in CANARIES if word in written] == []
