"""What follows from the declaration alone is made once, and sent only to who does not have it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.chassis import described
from services.chassis.peers import PeerAnswer, PeerUnavailable
from services.chassis.runtime import ServiceDefinition
from services.desk.pages import visit
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

    assert "登记信访件" in clerk.get("/desk/new").text
    monkeypatch.setattr(described, "acts_of", renamed)
    assert "登记信访件" in clerk.get("/desk/new").text, "a page that only lists may be some seconds behind"
    assert "改名" in clerk.get(form).text
    assert "改名" in clerk.get("/desk/new").text
    world.close()
    WORKER.close()


def test_a_page_that_only_lists_asks_again_after_a_while_and_names_the_services_that_are_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path)
    open_account(world, "clerk1")
    clerk = Visitor(world)
    clerk.sign_in("clerk1")
    asked: list[str] = []
    answer = world.runtimes["desk"].peers

    class Counting:
        def call(self, service: str, method: str, path: str, **given: Any) -> PeerAnswer:
            asked.append(path)
            if service == "clues" and path == "/clues/acts":
                raise PeerUnavailable(service)
            assert answer is not None
            return answer.call(service, method, path, **given)

    monkeypatch.setattr(world.runtimes["desk"], "peers", Counting())
    for _ in range(2):
        assert "登记信访件" in clerk.get("/desk/new").text
    assert asked.count("/intake/acts") == 1
    assert asked.count("/clues/acts") == 2, "what is away is asked for each time"
    monkeypatch.setattr(visit, "DECLARED_FOR", 0.0)
    clerk.get("/desk/new")
    assert asked.count("/intake/acts") == 2
    world.close()
    WORKER.close()
