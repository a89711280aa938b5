"""What follows from the declaration alone is made once, and sent only to who does not have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.chassis import described
from services.chassis.runtime import ServiceDefinition
from services.desk.passwords import WORKER
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World


@pytest.mark.parametrize("path", ["/inspection/acts", "/inspection/openapi.json"])
def test_who_has_it_gets_nothing_and_everybody_else_all_of_it(tmp_path: Path, path: str) -> None:
    reader = World(tmp_path, services=("inspection",)).as_("clerk1")
    first = reader.get(path)
    assert first.status == 200
    etag = first.headers["ETag"]
    again = reader.send("GET", path, headers={"If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")
    other = reader.send("GET", path, headers={"If-None-Match": '"older"'})
    assert (other.status, other.body) == (200, first.body)


def test_the_desk_shows_the_forms_of_the_release_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path)
    open_account(world, "clerk1")
    clerk = Visitor(world)
    clerk.sign_in("clerk1")
    form = "/desk/new/intake/petitions/register_petition"
    assert "登记信访件" in clerk.get(form).text
    made = described.acts_of
    old, new = "登记信访件".encode(), "改名".encode()

    def renamed(service: ServiceDefinition) -> described.Description:
        return described.Description(made(service).body.replace(old, new), "of-the-next-release")

    monkeypatch.setattr(described, "acts_of", renamed)
    assert "改名" in clerk.get(form).text
    world.close()
    WORKER.close()
