"""The pages of an inspection round show names, numbers and words: no id, no code, no name of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import pytest

from services.desk.pages.beside import CODED
from services.desk.pages.words import named
from services.desk.passwords import WORKER
from services.inspection.domain.codes import SPECIALITY_ZH, Speciality
from services.inspection.domain.grouping import TeamReason, TeamWish
from services.inspection.domain.leading import LeaderReason
from services.inspection.domain.team_rules import Why
from tests.attacks.inspection_rounds import KNOWN, RoundItems
from tests.unit.desk.visitor import Page, Visitor
from tests.world import World

ID = re.compile(r"\b[0-9a-f]{32}\b")
PERSON = re.compile(r"\bp-[a-z]+\d?\b")
CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoundItems]:
    from tests.attacks.twins import load_names

    world = World(tmp_path_factory.mktemp("round"))
    load_names(world)
    made = RoundItems(world).fill()
    world.pump()
    yield made
    world.close()
    WORKER.close()


def signed(items: RoundItems, account: str) -> Visitor:
    visitor = Visitor(items.world)
    assert visitor.sign_in(account).status == 303
    return visitor


def raw(page: Page) -> set[str]:
    """What a page shows as it is stored."""
    text = page.text
    return {found for pattern in (ID, PERSON, CODE) for found in pattern.findall(text)}


def reader_of(place: str) -> str:
    known = KNOWN[place]
    return next(account for account in ("xc1", "zu1", "zu5", "xcd", "xz1") if account in known)


@pytest.mark.parametrize("place", KNOWN)
def test_an_items_page_shows_nothing_as_it_is_stored(items: RoundItems, place: str) -> None:
    path = place.rpartition("/")[2]
    visitor = signed(items, reader_of(place))
    page = visitor.get(f"/desk/items/inspection/{path}/{items.chosen[place]}")
    assert page.status == 200
    assert raw(page) == set()


@pytest.mark.parametrize("place", ["/inspection/rounds", "/inspection/engagements", "/inspection/teams"])
def test_a_paper_of_it_shows_names(items: RoundItems, place: str) -> None:
    account = "zu1" if place.endswith("engagements") else "xc1"
    visitor, item = signed(items, account), items.chosen[place]
    for paper in items.world.as_(account).get(f"{place}/{item}").body["papers"]:
        page = visitor.get(f"/desk/items{place}/{item}/papers/{paper['id']}")
        assert page.status == 200
        assert set(PERSON.findall(page.text)) == set(), paper["kind"]


@pytest.mark.parametrize("view", ["compliance", "composition", "team-proposal"])
def test_what_stands_beside_a_round_can_be_read(items: RoundItems, view: str) -> None:
    of = items.chosen["/inspection/rounds"]
    page = signed(items, "xc1").get(f"/desk/items/inspection/rounds/{of}/beside/{view}")
    assert page.status == 200
    assert raw(page) == set()


def test_who_is_proposed_and_barred_stands_there_in_words_with_the_clause(items: RoundItems) -> None:
    item = items.targets(items.opened(year=2031, ordinal=9))
    office = signed(items, "xc1")
    page = office.get(f"/desk/items{item}/beside/team-proposal")
    assert raw(page) == set()
    for words in (
        "组长、副组长建议",
        "不得任组长",
        "上次巡察该单位时任组长",
        "任副组长次数",
        "THREE_NOT_FIXED",
    ):
        assert words in page.text
    assert 'href="/desk/clauses/XC-1.1d"' in page.html
    assert "leaders and deputies proposed" in page.text
    assert f"{item}/beside/team-proposal" in office.get(f"/desk/items{item}").html
    assert "team-proposal" not in signed(items, "xz1").get(f"/desk/items{item}").html


@pytest.mark.parametrize(
    "code", [*Why, *TeamReason, *LeaderReason, *TeamWish, *Speciality], ids=lambda one: f"{one!r}"
)
def test_each_code_of_a_proposal_has_its_words(code: StrEnum) -> None:
    of = "TeamReason" if isinstance(code, LeaderReason) else type(code).__name__
    assert of in CODED.values()
    assert all(named(code.value, of))
    if isinstance(code, Speciality):
        assert named(code.value, of)[0] == SPECIALITY_ZH[code]


def test_the_compliance_sheet_leads_to_each_item_and_names_who_was_absent(items: RoundItems) -> None:
    of = items.chosen["/inspection/rounds"]
    page = signed(items, "xc1").get(f"/desk/items/inspection/rounds/{of}/beside/compliance")
    engagement = items.chosen["/inspection/engagements"]
    assert f"/desk/items/inspection/engagements/{engagement}" in page.html
    for heading in ("合规缺口", "尚未登记", "倒计时", "尚未起算的时限"):
        assert heading in page.text
    assert "None" not in page.text


def test_a_cadre_finds_their_team_under_its_number_and_not_the_round_that_is_not_theirs_to_see(
    items: RoundItems,
) -> None:
    page = signed(items, "zu3").get(
        f"/desk/items/inspection/engagements/{items.chosen['/inspection/engagements']}"
    )
    assert "XC-2026-01-01" in page.links
    assert f"/rounds/{items.chosen['/inspection/rounds']}" not in page.html


@pytest.mark.parametrize(
    ("account", "there"),
    [
        ("zu3", {"engagement", "unit_material"}),
        ("zu4", {"team"}),
        ("xz1", {"spot_check_request", "rectification_summary"}),
        ("xz2", {"spot_check_request", "rectification_summary"}),
        ("xz3", {"rectification_summary"}),
        ("sys", set()),
        ("edu-head", {"release"}),
    ],
)
def test_what_waits_for_a_cadre_and_the_leading_group_is_theirs_to_do(
    items: RoundItems, account: str, there: set[str]
) -> None:
    found = items.world.as_(account).get("/inspection/worklist", limit="200").body["items"]
    assert there <= {line["kind"] for line in found}
    for line in found:
        shown = items.world.as_(account).get(f"/inspection/{line['path']}/{line['id']}").body
        offered = {act["name"] for act in shown["acts"]}
        assert {act["name"] for act in line["acts"]} <= offered
        assert line["acts"] or [one for one in line["to_decide"] if one["mine_to_decide"]]
    if not there:
        assert found == []
