"""The drawn procedure of an item: where it was, where it stands, what comes next."""

from __future__ import annotations

import re
from typing import Any

from services.desk.pages.procedure import LAST, procedure
from tests.clauses.intake_petitions import letter, register
from tests.unit.desk.visitor import Visitor, open_account
from tests.world import World

STATES = [{"code": code, "zh": zh, "en": zh} for code, zh in (("a", "甲"), ("b", "乙"), ("c", "丙"))]


def act(name: str, when: list[str], becomes: str, *, creates: bool = False) -> dict[str, Any]:
    return {"name": name, "path": "things", "when": when, "becomes": becomes, "creates": creates}


DECLARED = {
    "kinds": [{"path": "things", "states": STATES}],
    "acts": [
        act("open", [], "a", creates=True), act("go", ["a"], "b"), act("leap", ["a"], "c"), act("walk", ["a"], "b"),
        act("note", ["a"], "a"), act("mark", ["a"], ""), act("end", ["b"], "c") | {"path": "others"},
    ],
}  # fmt: skip


def item(state: str, *states: str) -> dict[str, Any]:
    timeline = [{"to_state": one, "at": f"2026-03-0{n + 1}T09:00:00+08:00"} for n, one in enumerate(states)]
    return {"state": state, "state_zh": state, "state_en": state, "timeline": timeline}


def test_what_leads_on_stands_once_for_each_state_with_all_its_acts() -> None:
    found = procedure(item("a", "a"), DECLARED, "things")
    assert (found.passed, found.now.at[:10]) == ((), "2026-03-01")
    assert [(one.zh, [act["name"] for act in one.acts]) for one in found.onward] == [
        ("乙", ["go", "walk"]),
        ("丙", ["leap"]),
    ]


def test_a_way_back_is_drawn_and_the_end_leads_nowhere() -> None:
    found = procedure(item("c", "a", "a", "b", "a", "c"), DECLARED, "things")
    assert [stage.zh for stage in found.passed] == ["甲", "乙", "甲"]
    assert found.onward == ()


def test_a_state_that_no_act_told_of_is_the_last_all_the_same() -> None:
    found = procedure(item("b", "a"), DECLARED, "things")
    assert [stage.zh for stage in found.passed] == ["甲"]
    assert (found.now.zh, found.now.at) == ("b", "")


def test_of_a_long_history_the_last_states_are_shown() -> None:
    states = ["a", "b"] * 6
    found = procedure(item("b", *states), DECLARED, "things")
    assert (len(found.passed), found.more) == (LAST, len(states) - 1 - LAST)


def test_the_page_of_a_petition_says_where_it_stands_and_what_comes_next(world: World) -> None:
    open_account(world, "clerk1")
    petition = register(world, letter())
    clerk = Visitor(world)
    clerk.sign_in("clerk1")
    page = clerk.get(f"/desk/items/intake/petitions/{petition['id']}").html
    drawn = re.search(r'<nav class="procedure".*?</nav>', page, re.DOTALL)
    assert drawn is not None
    assert "已登记" in drawn[0].partition('aria-current="step"')[2].partition("</li>")[0]
    onward = drawn[0].partition('class="onward"')[2]
    assert "已转信访室" in onward
    assert "转送信访室" in onward
    assert "href" not in drawn[0], "what may be done now stands below"
