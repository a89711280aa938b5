"""Whoever may not know of an item gets, on every route, the bytes that they would get if it had never been."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dengwen.importing.transport import PATH as IMPORT
from services.desk.passwords import WORKER
from tests.attacks.asking import asked_of, at_the_desk, over_the_api
from tests.attacks.twins import Acts, cases_and_measures, clues_of, days_pass, done, everything, twins
from tests.clauses.intake_petitions import BASE, bring, letter, register
from tests.clauses.measure_steps import asked
from tests.clauses.test_intake_sealed import deliver, register_sealed
from tests.world import World

READERS = (
    "head1", "deputy1", "clerk1", "head2", "xf1", "jd1", "ags1", "xc1", "leader", "da1", "sys", "sec", "aud",
    "edu-head", "edu-clerk",
)  # fmt: skip
"""One of each post, from the office that has the hidden items and from another."""
RECUSED = ("head1", "clerk2", "head2", "clerk3", "xc1", "da1", "sys", "sec", "aud", "edu-clerk", "hou-head")
"""The colleague who is reported on and their head, and all whose work it is not."""
STRANGERS = ("head2", "clerk3", "xf1", "xc1", "da1", "sls1", "sys", "sec", "aud", "edu-clerk", "hou-head")
"""All whose work the cases of the other office are not; the unit's Party head is asked for an opinion."""


@pytest.fixture(scope="module", autouse=True)
def worker_ends() -> Iterator[None]:
    yield
    WORKER.close()


def the_letter_again(world: World) -> Any:
    """The very letter that a colleague has registered and sealed, by its other recipient in the office."""
    paper = letter(subject_ids=["p-edu-vice"], summary="与密件相同的一封信")
    return world.as_("clerk1").act(f"{BASE}/register_petition", paper, attachments=[]).body


def row_of_a_ledger(world: World, account: str, number: str = "7") -> Any:
    row = {
        "row": 2,
        "ledger_no": number,
        "year": 2026,
        "received_on": "2026-01-05",
        "summary": "台账中的一行",
    }
    body = {"rows": [row], "ledger": {"digest": "a" * 64, "year": 2026}}
    answer = world.as_(account).send("POST", IMPORT, body=body)
    assert answer.status == 200, answer.body
    return answer.body["rows"][0]


def sealed_and_unclassed(world: World) -> list[Any]:
    """By two clerks: delivered, not yet delivered, on the office's own head, unclassed, imported."""
    delivered = register_sealed(world, "clerk2", summary="与密件相同的一封信")
    assert deliver(world, delivered, "clerk2").status == 200
    register_sealed(world, "clerk2", subject_ids=["p-head1"])
    register_sealed(world, "clerk3", unit_id="hou", subject_ids=["p-hou-head"])
    register(world, letter(summary="未分类的信", class_code=None), "clerk2")
    row_of_a_ledger(world, "clerk2", "8")
    imported = row_of_a_ledger(world, "clerk2")["id"]
    done(world.as_("clerk2"), f"{BASE}/{imported}/classify_petition",
         {"class_code": "unit_team", "subject_ids": ["p-edu-vice"]})  # fmt: skip
    world.as_("clerk2").upload("intake")
    world.pump()
    return []


def days_of_work(world: World) -> list[Any]:
    """What the others do afterwards, until every clock of the hidden items has run out."""
    told = [the_letter_again(world), row_of_a_ledger(world, "clerk1")]
    days_pass(world, 3)
    told.append(register(world, letter(received_on="2026-03-03", summary="第二天的一封信")))
    told.append(bring(world, "forwarded", paper=letter(received_on="2026-03-03", summary="第三封信")))
    days_pass(world, 4, 5, 6, 9)
    told.append(register(world, letter(received_on="2026-03-09", summary="一周后的一封信"), "clerk1"))
    world.pump()
    return told


def on_a_colleague(world: World) -> list[Any]:
    """A petition that became a clue, and a clue of the office's own: the colleague and their head are recused."""
    steps = clues_of(world)
    steps.clue(summary="反映派驻机构工作人员的信", subject_ids=["p-clerk2"])
    found = steps.found("p-clerk2")
    assert found.status == 201
    query = asked("query", target_id="p-clerk2")
    assert steps.clerk.act(f"/clues/clues/{found.body['id']}/request_measure", query).status == 200
    world.pump()
    return []


def days_of_another_office(world: World) -> list[Any]:
    """Nothing that takes a number of the office: a gap in its numbers tells a recused head (docs/secrecy.md)."""
    told: list[Any] = []
    for day in (3, 4, 6, 10, 20):
        days_pass(world, day)
        paper = letter(received_on=f"2026-03-{day:02}", unit_id="hou", subject_ids=["p-hou-sec"])
        told.append(register(world, paper | {"summary": f"第{day}日的信"}, "clerk3"))
    world.pump()
    return told


def differing(
    both: tuple[World, World], reading: Callable[..., Iterator[tuple[str, Any]]], readers: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Reader and path of each answer that is not the same in both installations."""
    asked = asked_of(*both)
    assert len(asked) > 100
    found = []
    for account in readers:
        told = [list(reading(world, account, asked)) for world in both]
        found += [(account, path) for (path, a), (_, b) in zip(*told, strict=True) if a != b]
    return found


def test_what_is_sealed_or_unclassed_changes_no_answer_to_those_who_may_not_know_of_it(
    tmp_path: Path,
) -> None:
    both = twins(tmp_path, everything, sealed_and_unclassed, days_of_work)
    assert differing(both, over_the_api, ("head1", "clerk1", "sys")) == []
    assert differing(both, at_the_desk, ("head1",)) == []
    assert "/notifications/inbox" in {path for _, path in differing(both, over_the_api, ("xfhead",))}
    close(both)


@pytest.mark.slow
def test_what_a_reader_is_recused_from_changes_no_answer_to_them(tmp_path: Path) -> None:
    both = twins(tmp_path, everything, on_a_colleague, days_of_another_office)
    assert differing(both, over_the_api, ("head1", "clerk2", "edu-head")) == []
    assert "/clues/clues" in {path for _, path in differing(both, over_the_api, ("clerk1",))}
    close(both)


def test_cases_and_measures_change_no_answer_to_those_who_do_not_work_on_them(tmp_path: Path) -> None:
    both = twins(tmp_path, everything, cases_and_measures, days_of_another_office)
    assert differing(both, over_the_api, ("clerk3", "sls1", "edu-clerk")) == []
    told = {path for _, path in differing(both, over_the_api, ("head1",))}
    assert {f"/clues/{kind}" for kind in ("cases", "measures", "prechecks", "accountability")} <= told
    close(both)


@pytest.mark.slow
@pytest.mark.parametrize("hidden", [sealed_and_unclassed, on_a_colleague, cases_and_measures])
def test_no_post_gets_another_answer_anywhere(tmp_path: Path, hidden: Acts) -> None:
    of_the_office = hidden is sealed_and_unclassed
    both = twins(tmp_path, everything, hidden, days_of_work if of_the_office else days_of_another_office)
    readers: tuple[str, ...] = READERS if of_the_office else RECUSED
    if hidden is cases_and_measures:
        readers = STRANGERS
    assert differing(both, over_the_api, readers) == []
    assert differing(both, at_the_desk, readers) == []
    close(both)


def close(both: tuple[World, World]) -> None:
    for world in both:
        world.close()
