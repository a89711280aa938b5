"""Overdue rows of an import give one digest, not a flood of reminders, and only to who may know of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger_imports import row, send_rows
from tests.world import World


@pytest.fixture
def told(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path, services=("intake", "notifications"))
    world.on(2027, 1, 5)
    yield world
    world.close()


def notices(world: World, account: str) -> list[str]:
    return [line["template"] for line in world.as_(account).get("/notifications/inbox").body["items"]]


def test_unclassed_overdue_rows_give_their_registrar_one_digest_a_day_and_nobody_else_any(
    told: World,
) -> None:
    send_rows(told, [row(n) for n in range(1, 61)])
    told.pump()
    assert notices(told, "clerk1") == ["overdue_digest"]
    told.on(2027, 1, 6)
    told.pump()
    assert notices(told, "clerk1") == ["overdue_digest"] * 2
    for other in ("head1", "clerk2", "xf1"):
        assert notices(told, other) == []
    assert told.parked() == []


def test_a_classed_row_that_is_still_overdue_goes_into_its_office_s_digest(told: World) -> None:
    petition = send_rows(told, [row(1)]).body["rows"][0]["id"]
    paper = {"class_code": "supervision_object", "subject_ids": ["p-edu-sec"]}
    told.as_("clerk1").act(f"/intake/petitions/{petition}/classify_petition", paper)
    told.pump()
    assert notices(told, "head1") == ["overdue_digest"]
    assert notices(told, "clerk1") == ["overdue_digest"]


def test_closed_rows_tell_nobody_anything(told: World) -> None:
    send_rows(told, [row(n, closed=True) for n in range(1, 61)])
    told.pump()
    assert notices(told, "clerk1") == notices(told, "head1") == []
