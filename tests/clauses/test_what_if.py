"""A clock with another value, over the items that a reader may know of: what moves, by how much, and nothing kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from services.chassis.tables import Duty
from tests.clauses.clues_steps import CluesWorld
from tests.clauses.intake_petitions import audit, bring, give_key, letter, register, row_counts
from tests.clauses.test_intake_sealed import register_sealed
from tests.world import Answer, World

ASKED = {
    "clause": "LZ-12.1",
    "name": "forward_within",
    "amount": "5",
    "unit": "working_day",
    "from": "2026-03-01",
}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, services=("intake",))


def ask(world: World, account: str = "clerk1", service: str = "intake", **changes: str) -> Answer:
    return world.as_(account).get(f"/{service}/what-if", **(ASKED | changes))


def lines(answer: Answer) -> list[tuple[str, str, int]]:
    assert answer.status == 200, answer.body
    return sorted((line["due_on"], line["new_due_on"], line["days"]) for line in answer.body["items"])


def on_days(world: World, *days: int) -> list[str]:
    found = []
    for day in days:
        world.on(2026, 3, day)
        paper = letter(received_on=f"2026-03-{day:02}", summary=f"第{day}日的信")
        found.append(str(register(world, paper)["id"]))
    return found


def test_three_days_made_five_move_each_clock_by_the_days_between(world: World) -> None:
    on_days(world, 2, 4, 5)
    assert lines(ask(world)) == [
        ("2026-03-05", "2026-03-09", 4),
        ("2026-03-09", "2026-03-11", 2),
        ("2026-03-10", "2026-03-12", 2),
    ]
    assert lines(ask(world, amount="1"))[0] == ("2026-03-05", "2026-03-03", -2)
    same = ask(world, amount="3").body
    assert (same["items"], same["unmoved"], same["left_out"]) == ([], 3, 0)


def test_a_make_up_saturday_and_a_holiday_count_as_the_clocks_themselves_count(world: World) -> None:
    world.on(2026, 9, 30)
    register(world, letter(received_on="2026-09-30"))
    found = ask(world, **{"from": "2026-09-30", "amount": "1"})
    assert lines(found) == [("2026-10-10", "2026-10-08", -2)]


def test_only_clocks_opened_in_the_time_asked_for_are_counted(world: World) -> None:
    on_days(world, 2, 4, 5)
    assert len(lines(ask(world, **{"from": "2026-03-04"}))) == 2
    assert len(lines(ask(world, **{"from": "2026-03-04", "to": "2026-03-04"}))) == 1
    assert ask(world, **{"from": "2026-03-06", "to": "2026-03-05"}).code == "DATE_ORDER"


def test_it_says_which_would_be_late_and_which_no_longer(world: World) -> None:
    late, in_time = on_days(world, 2, 5)
    world.on(2026, 3, 6)
    for petition in (late, in_time):
        assert world.as_("clerk1").act(f"/intake/petitions/{petition}/forward_petition").status == 200
    longer = {line["id"]: (line["late"], line["would_be_late"]) for line in ask(world).body["items"]}
    assert longer == {late: (True, False), in_time: (False, False)}
    shorter = {line["id"]: line for line in ask(world, amount="0").body["items"]}
    assert (shorter[in_time]["late"], shorter[in_time]["would_be_late"]) == (False, True)
    assert {line["status"] for line in shorter.values()} == {"met"}


def test_nothing_is_stored_whatever_is_asked(world: World) -> None:
    on_days(world, 2)
    bring(world, "judged", paper=letter(summary="另一封"))
    before, trail = row_counts(world), audit(world)
    for amount in ("1", "5", "300"):
        assert ask(world, amount=amount).status == 200
    assert row_counts(world) == before
    assert audit(world) == trail


def test_a_reader_gets_the_clocks_of_items_alone_that_they_may_know_of(world: World) -> None:
    give_key(world)
    on_days(world, 2)
    register_sealed(world, subject_ids=["p-edu-vice"])
    assert len(lines(ask(world, "head1"))) == 1
    for stranger in ("clerk3", "head2", "sys", "sec", "aud", "jd1", "leader", "edu-head"):
        body = ask(world, stranger).body
        assert (body["items"], body["unmoved"], body["left_out"], body["next"]) == ([], 0, 0, None), stranger
    sealed = {"clause": "LZ-12.3", "name": "deliver_within", "amount": "2", "unit": "working_day"}
    assert [len(lines(ask(world, who, **sealed))) for who in ("clerk1", "xfhead", "head1", "xf1")] == [
        1,
        1,
        0,
        0,
    ]


def test_pages_follow_one_another_and_count_each_clock_once(world: World) -> None:
    on_days(world, 2, 4, 5)
    seen, cursor = [], ""
    for _ in range(5):
        more = {"cursor": cursor} if cursor else {}
        body = ask(world, limit="1", **more).body
        seen += [line["id"] for line in body["items"]]
        cursor = body["next"] or ""
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 3


def test_what_is_not_counted_from_a_day_by_the_calendar_is_left_out_and_said(world: World) -> None:
    [petition] = on_days(world, 2)
    with world.runtimes["intake"].db.write() as session:
        moved = update(Duty).where(Duty.subject_id == petition, Duty.clause == "LZ-12.1")
        session.execute(moved.values(due_at=datetime(2026, 3, 5, 7, tzinfo=UTC)))
    body = ask(world).body
    assert (body["items"], body["unmoved"], body["left_out"]) == ([], 0, 1)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"clause": ""}, "MISSING_FIELD", "clause"),
        ({"clause": "LZ-99.9"}, "OUT_OF_RANGE", "clause"),
        ({"name": "nothing"}, "OUT_OF_RANGE", "name"),
        ({"unit": "fortnight"}, "OUT_OF_RANGE", "unit"),
        ({"unit": "percent"}, "OUT_OF_RANGE", "unit"),
        ({"clause": "GL-3.7", "name": "rule_version"}, "OUT_OF_RANGE", "unit"),
        ({"amount": "-1"}, "OUT_OF_RANGE", "amount"),
        ({"amount": "3661"}, "OUT_OF_RANGE", "amount"),
        ({"amount": "9" * 60}, "OUT_OF_RANGE", "amount"),
        ({"amount": "五"}, "OUT_OF_RANGE", "amount"),
        ({"amount": "0", "unit": "month"}, "", ""),
        ({"amount": "0", "unit": "quarter"}, "OUT_OF_RANGE", "amount"),
        ({"from": ""}, "INVALID_FIELD", "from"),
        ({"from": "2026-02-30"}, "INVALID_FIELD", "from"),
        ({"from": "0001-01-01"}, "OUT_OF_RANGE", "from"),
        ({"to": "9999-12-31"}, "OUT_OF_RANGE", "to"),
    ],
)
def test_what_cannot_be_tried_is_refused_at_its_field(
    world: World, changes: dict[str, str], code: str, field: str
) -> None:
    refused = ask(world, **changes)
    assert refused.code == code
    if code:
        assert refused.body["field"] == field


def test_another_service_counts_its_own(tmp_path: Path) -> None:
    steps = CluesWorld(tmp_path)
    steps.disposed(steps.clue(summary="一封等待备案的信"), "talk")
    clocks = [d for d in duties(steps.world) if d.counted != "[]" and d.status != "voided"]
    assert clocks
    one = clocks[0]
    tried = {"clause": one.clause, "name": one.value_name, "amount": "60", "unit": "working_day"}
    found = ask(steps.world, "head1", "clues", **tried).body
    assert [line["id"] for line in found["items"]].count(one.subject_id) >= 1
    assert all(line["days"] > 0 for line in found["items"])


def duties(world: World) -> list[Any]:
    with world.runtimes["clues"].db.read() as session:
        return list(session.query(Duty).order_by(Duty.id))
