"""A refusal on a page of an item leads back to the item, if the reader may know of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[World]:
    """With archive, which has a view beside an item that refuses some who know of the item."""
    made = World(tmp_path, services=("archive", "intake", "desk"))
    yield made
    made.close()


def signed_in(world: World, account: str) -> Visitor:
    open_account(world, account)
    person = Visitor(world)
    assert person.sign_in(account).status == 303
    return person


def test_a_refusal_beside_an_item_leads_back_to_the_item(whole: World) -> None:
    asked = {"person_ids": ["p-edu-sec"], "purpose_code": "other", "basics": "基本情况"}
    request = whole.as_("edu-clerk").act("/archive/integrity-opinions/request_opinion", asked).body["id"]
    item = f"/desk/items/archive/integrity-opinions/{request}"
    clerk = signed_in(whole, "clerk1")
    assert f"{item}/beside/evidence" in clerk.get(item).links.values()
    page = clerk.get(f"{item}/beside/evidence")
    assert page.status == 403
    assert "ACCESS_DENIED" in page.text
    assert page.link("回到该事项") == item
    assert clerk.get(page.link("回到该事项")).status == 200


def test_a_refusal_of_what_is_not_there_leads_nowhere_but_home(whole: World) -> None:
    clerk = signed_in(whole, "clerk1")
    for page in ("", "/beside/evidence", "/papers/x"):
        shown = clerk.get(f"/desk/items/archive/integrity-opinions/nothing{page}")
        assert shown.status == 404
        assert [words for words in shown.links if "回到" in words] == ["回到今日"]
