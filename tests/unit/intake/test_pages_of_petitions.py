"""The desk's pages beside a petition: search, related letters, who petitions, the receipt code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.desk.passwords import WORKER
from tests.clauses.intake_petitions import BASE, letter, register
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World

SUMMARY = "反映某中学违规收取课后服务费，校长知情不报，群众反映强烈"
BESIDE = "/desk/items/intake/petitions/{}/beside/{}"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, services=("intake", "archive", "notifications", "desk"))
    yield made
    made.close()
    WORKER.close()


@pytest.fixture
def clerk(world: World) -> Visitor:
    open_account(world, "clerk1")
    visitor = Visitor(world)
    visitor.sign_in("clerk1")
    return visitor


def test_a_clerk_searches_the_register_and_the_address_says_nothing_of_it(
    world: World, clerk: Visitor
) -> None:
    number = register(world, letter(summary=SUMMARY))["no"]
    assert "/desk/search/intake/petitions" in clerk.get("/desk/registers/intake/petitions").links.values()
    form = clerk.get("/desk/search/intake/petitions")
    found = clerk.send(form, "/desk/search/intake/petitions", button="search", q="课后服务费")
    assert number in found.text
    nothing = clerk.send(form, "/desk/search/intake/petitions", button="search", q="没有此事")
    assert number not in nothing.text
    assert "没有您可查看的事项" in nothing.text
    short = clerk.send(form, "/desk/search/intake/petitions", button="search", q="字")
    assert short.status == 422


def test_the_item_leads_to_what_stands_beside_it(world: World, clerk: Visitor) -> None:
    first = register(world, letter(summary=SUMMARY))
    paper = letter(summary=SUMMARY + "，另附收据", channel="online", online_no="WL-1",
                   petitioners=[{"name": "某甲"}])  # fmt: skip
    second = str(register(world, paper)["id"])
    item = clerk.get(f"/desk/items/intake/petitions/{second}")
    for name in ("related", "receipt_code", "petitioners"):
        assert BESIDE.format(second, name) in item.links.values()
    letters = clerk.get(f"/desk/items/intake/petitions/{first['id']}").links.values()
    assert BESIDE.format(first["id"], "related") in letters
    for name in ("receipt_code", "petitioners"):  # an anonymous letter has neither
        assert BESIDE.format(first["id"], name) not in letters
    related = clerk.get(BESIDE.format(second, "related"))
    assert first["no"] in related.text
    found = clerk.follow(clerk.get(next(to for to in related.links.values() if str(first["id"]) in to)))
    assert first["no"] in found.text
    assert "文字相近" in related.text
    code = world.as_("clerk1").get(f"{BASE}/{second}/receipt_code").body["code"]
    assert code in clerk.get(BESIDE.format(second, "receipt_code")).text
    refused = clerk.get(BESIDE.format(second, "petitioners"))
    assert (refused.status, "某甲" in refused.text) == (409, False)
    assert clerk.get(BESIDE.format(second, "papers")).status == 404


def test_a_released_identity_is_read_on_its_page(world: World, clerk: Visitor) -> None:
    petition = str(register(world, letter(petitioners=[{"name": "某甲", "contact": "139"}]))["id"])
    world.as_("clerk1").act(f"{BASE}/{petition}/request_identity", {"reason": "回访"})
    for who in ("head1", "xfhead"):
        assert world.as_(who).decide("intake", "petitions", petition).status == 200
    shown = clerk.get(BESIDE.format(petition, "petitioners"))
    assert (shown.status, "某甲" in shown.text) == (200, True)
