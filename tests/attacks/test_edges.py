"""What the edge says to everybody: no count of sealed items, no word of a client's own, and no failure."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.clauses.intake_petitions import BASE, give_key
from tests.clauses.test_intake_sealed import deliver, register_sealed
from tests.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake", "notifications"))


def routes_counted(world: World) -> set[str]:
    text = world.as_("sys").get("/intake/metrics").body.decode()
    lines = [line for line in text.splitlines() if line.startswith("dengwen_http_requests_total")]
    return {line.rpartition(" ")[0] for line in lines}


def test_neither_metrics_nor_logs_tell_that_a_petition_was_sealed_and_delivered(world: World) -> None:
    give_key(world)
    with capture_logs() as logs:
        petition = register_sealed(world)
        assert deliver(world, petition).status == 200
        assert world.as_("xfhead").get(f"{BASE}/{petition}/sealed").status == 200
    written = f"{logs} {routes_counted(world)}"
    for word in ("escalate", "sealed", "register_petition", petition):
        assert word not in written
    assert "/petitions/<id>/<act>" in written


def test_a_method_of_ones_own_makes_no_series_of_its_own(world: World) -> None:
    for word in ("CANARY", "金丝雀"):
        assert world.as_("clerk1").send(word, BASE).status == 405
    counted = f"{routes_counted(world)}"
    assert "CANARY" not in counted
    assert "金丝雀" not in counted


@pytest.mark.parametrize("path", ["/notifications/inbox", "/notifications/duties", BASE])
@pytest.mark.parametrize(
    "cursor",
    [
        "0001-01-01T00:00:00+23:59|x",
        "9999-12-31T23:59:59-23:59|x",
        "2026-01-01T00:00:00+00:00|\x00",
        "2026-01-01T00:00:00|x",
        "2026-01-01|\x00",
        "|",
    ],
)
def test_a_made_up_cursor_is_refused(world: World, path: str, cursor: str) -> None:
    given = base64.urlsafe_b64encode(cursor.encode()).decode()
    assert world.as_("clerk1").get(path, cursor=given).code == "INVALID_FIELD"
