"""The foundation journey and the sealed route, by clicking, each person in a browser of their own."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dengwen.journey import Journey, Line
from services.chassis.settings import SERVICES
from tests.browser.by_hand import ByHand
from tests.journeys.running import Running, embedded, processes
from tests.servers import Postgres


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.slow) for name in ("embedded", "processes")])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    if request.param == "embedded":
        with embedded(tmp_path / "var") as started:
            yield started
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    prefix = f"by_hand_{uuid.uuid4().hex[:8]}"
    for service in SERVICES:
        server.create_database(f"{prefix}_{service}")
    pattern = server.url.rpartition("/")[0] + f"/{prefix}_{{service}}"
    with processes(tmp_path / "var", pattern, request.getfixturevalue("broker_accounts")()) as started:
        yield started


def test_a_petition_goes_from_a_letter_to_the_archive_by_clicking(running: Running, browser: Browser) -> None:
    at = ByHand(running.at.url, running.at.accounts, patience=30, browser=browser)
    lines: list[Line] = []
    journey = Journey(at, lines.append, wait_seconds=180)
    journey.play()
    refused = [line.refused for line in lines if line.refused]
    assert refused.count("UNKNOWN_REFERENCE") == 5
    assert {"WRONG_ROUTE", "WRONG_ROLE", "MISSING_DOCUMENT", "WRONG_APPROVER", "SELF_APPROVAL"} <= set(
        refused
    )
    assert set(at.clicked) == {"sys", "clerk1", "clerk2", "xf1", "xf2", "xfhead", "head1", "deputy1", "da1"}
    assert sum(at.clicked.values()) > 100
    states = [running.at.person("clerk1").get(journey.items[name])["state"] for name in ("petition", "clue")]
    assert states == ["closed", "closed"]
    running.at.wait_quiet(60)
