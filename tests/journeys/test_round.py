"""A whole inspection round from plan to archive: as the demo on an embedded installation, and on real servers."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

import pytest

from dengwen.round_stage import Stage
from dengwen.round_story import CHAPTERS, play
from dengwen.telling import Line
from services.chassis.settings import SERVICES
from tests.journeys.running import embedded, processes
from tests.journeys.test_journey import verified
from tests.servers import Postgres

PEOPLE, UNITS = 25, 3


def test_the_demo_plays_a_whole_round_and_its_account_adds_up(tmp_path: Path) -> None:
    with embedded(tmp_path / "var") as running:
        told = running.command("demo", "round", "--folder", str(running.folder), seconds=900)
        units = re.findall(r"/desk/items(/inspection/engagements/\w+)", told.stdout)
        office = running.at.person("xc1")
        clocks = [one for unit in units for one in office.get(unit)["duties"] if one["clause"] == "XC-47.0a"]
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
    assert told.stdout.count("✗") == told.stdout.count("✗ UNKNOWN_REFERENCE") == UNITS, "authority has ended"
    for figure in (
        "40  信访件",
        "60  个别谈话",
        "30  工作底稿",
        "12  反馈问题",
        " 6  线索台账",
        " 3  验收的巡察档案",
    ):
        assert figure in told.stdout, told.stdout[-3000:]
    took_part = re.search(r"(\d+)  参与人员", told.stdout)
    assert took_part is not None
    assert int(took_part[1]) >= PEOPLE
    clauses = set(re.findall(r"XC-(\d+)\.", told.stdout))
    assert len(clauses) >= 40, "of 47 steps"
    assert "XC-47.0a open 2026-06-10" in told.stdout, "the archive's clock says until when it runs"
    assert [(one["status"], one["late"]) for one in clocks] == [("met", False)] * UNITS


@pytest.mark.slow
def test_a_whole_round_goes_over_the_bus(
    tmp_path: Path, postgres_server: Postgres, request: pytest.FixtureRequest
) -> None:
    prefix = f"round_{uuid.uuid4().hex[:8]}"
    for service in SERVICES:
        postgres_server.create_database(f"{prefix}_{service}")
    pattern = postgres_server.url.rpartition("/")[0] + f"/{prefix}_{{service}}"
    lines: list[Line] = []
    with processes(tmp_path / "var", pattern, request.getfixturevalue("broker_accounts")()) as running:
        stage = Stage(running.at, lines.append, wait_seconds=180)
        assert [one for one in play(stage) if not one.right] == []
        verified(running)
    assert len(stage.people) >= PEOPLE
    assert len(lines) >= 2 * len(CHAPTERS)
    assert all((line.clauses or line.refused) and line.zh and line.en for line in lines)
    assert [line for line in lines if any("late" in clock for clock in line.clocks)] == []
