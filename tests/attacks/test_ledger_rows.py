"""A sealed petition that came from a ledger is in no check that another clerk's import can ask (ruling 9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.verifying import verified
from tests.clauses.intake_petitions import give_key
from tests.ledger_imports import row, send_rows
from tests.world import START, World

SEALED = {"class_code": "unit_team", "subject_ids": ["p-edu-vice"]}


@pytest.mark.parametrize("delivered", [False, True])
@pytest.mark.parametrize("changes", [{}, {"summary": "反映另外一件事情"}])
def test_another_clerk_is_told_of_a_sealed_row_what_is_told_of_a_new_one(
    tmp_path: Path, *, delivered: bool, changes: dict[str, object]
) -> None:
    world = World(tmp_path, services=("intake",), start=START.replace(month=6))
    give_key(world)
    clerk = world.as_("clerk1")
    petition = send_rows(world, [row(1)]).body["rows"][0]["id"]
    assert clerk.act(f"/intake/petitions/{petition}/classify_petition", SEALED).status == 200
    if delivered:
        cover = [{"kind": "petition_cover_letter", "id": clerk.upload("intake")}]
        done = clerk.act(f"/intake/petitions/{petition}/escalate_petition", attachments=cover)
        assert done.body["state"] == "escalated"
    told = send_rows(world, [row(1, **changes), row(2, **changes)], "clerk2").body["rows"]
    known, new = ({key: value for key, value in line.items() if key not in ("row", "id")} for line in told)
    assert known == new == {"status": "imported"}
    again = send_rows(world, [row(1)]).body["rows"][0]
    assert (again["status"], again["id"]) == ("repeated", petition)
    assert verified(world).ok
