"""Whoever may not know of an item gets, on every route, the bytes that they would get if it had never been."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dengwen.importing.transport import PATH as IMPORT
from services.desk.passwords import WORKER
from tests.attacks.asking import NOT_ALIKE, asked_of, at_the_desk, over_the_api
from tests.attacks.twins import Acts, cases_and_measures, clues_of, days_pass, done, everything, twins
from tests.attacks.twins_of_clues import (
    EDU,
    HOU,
    in_review_and_decided,
    more_people,
    numbers_of_volumes,
    of_place,
    of_the_office,
    on_colleagues_and_heads,
    opinion_on,
    published,
)
from tests.clauses.intake_petitions import BASE, bring, letter, register
from tests.clauses.measure_steps import asked
from tests.clauses.test_intake_sealed import deliver, register_sealed
from tests.world import World

READERS = (
    "head1", "deputy1", "clerk1", "head2", "xf1", "jd1", "ags1", "xc1", "leader", "da1", "sys", "sec", "aud",
    "edu-head", "edu-clerk",
)  # fmt: skip
"""One of each post, from the office that has the hidden items and from another."""
RECUSED = ("head1", "clerk2", "head2", "clerk3", "xc1", "da1", "sys", "sec", "aud", "edu-head", "hou-head")
"""The colleague who is reported on, both heads of those reported on, and all whose work it is not."""
STRANGERS = ("head2", "clerk3", "xf1", "zu5", "sys", "sec", "aud", "hou-head")
"""All whose work nothing of the other office is. Case review, archivist, inspection and unit are told of some."""
OF_AN_OFFICE = (
    "cases", "measures", "prechecks", "accountability", "enforcement-cases", "unit-org-checks", "unit-org-opinions",
    "shared-entries", "opinion-searches", "published-figures",
)  # fmt: skip
"""Kinds of which one more is there where the work of an office is."""


@pytest.fixture(scope="module", autouse=True)
def worker_ends() -> Iterator[None]:
    yield
    WORKER.close()


def every_kind(world: World) -> list[Any]:
    """Items of every kind, and besides of an office and its unit what `everything` leaves out."""
    everything(world)
    more_people(world)
    of_place(world, EDU, "before")
    return []


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
    return on_colleagues_and_heads(world)


def of_an_office(world: World) -> list[Any]:
    """All that an office works on, of each kind, on its way and at its end."""
    cases_and_measures(world)
    of_place(world, EDU, "of-the-office")
    of_the_office(world)
    return in_review_and_decided(world)


def days_of_another_office(world: World) -> list[Any]:
    """Nothing that takes a number of the office: a gap in its numbers tells a recused head (docs/secrecy.md)."""
    told: list[Any] = []
    for day in (3, 4, 6, 10, 20):
        days_pass(world, day)
        paper = letter(received_on=f"2026-03-{day:02}", unit_id="hou", subject_ids=["p-hou-sec"])
        told.append(register(world, paper | {"summary": f"第{day}日的信"}, "clerk3"))
    world.pump()
    return told


def work_of_another_office(world: World) -> list[Any]:
    """With one of each kind that the first office has hidden: numbers, codes, figures are as if it had not."""
    return [of_place(world, HOU, "of-the-other"), days_of_another_office(world)]


def work_of_those_recused(world: World) -> list[Any]:
    """The head searches for somebody who is reported on together with a colleague, signs, and publishes figures."""
    return [
        opinion_on(world, EDU, EDU.official),
        published(world, EDU),
        days_of_another_office(world),
    ]


def differing(
    both: tuple[World, World], reading: Callable[..., Iterator[tuple[str, Any]]], readers: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Reader and path of each answer that is not the same in both installations."""
    asked = [one for one in asked_of(*both) if not one.path.endswith(NOT_ALIKE)]
    assert len(asked) > 100
    found = []
    for account in readers:
        told = [list(reading(world, account, asked)) for world in both]
        found += [(account, path) for (path, a), (_, b) in zip(*told, strict=True) if a != b]
    return found


def test_what_is_sealed_or_unclassed_changes_no_answer_to_those_who_may_not_know_of_it(
    tmp_path: Path,
) -> None:
    both = twins(tmp_path, every_kind, sealed_and_unclassed, days_of_work)
    assert differing(both, over_the_api, ("head1", "clerk1", "sys")) == []
    assert differing(both, at_the_desk, ("head1",)) == []
    assert_told(both, "xfhead", "/notifications/inbox")
    close(both)


@pytest.mark.slow
def test_the_work_of_an_office_changes_no_answer_to_those_who_have_no_part_in_it(tmp_path: Path) -> None:
    both = twins(tmp_path, every_kind, of_an_office, work_of_another_office)
    assert differing(both, over_the_api, ("clerk3", "hou-head")) == []
    assert_told(both, "head1", *(f"/clues/{kind}" for kind in OF_AN_OFFICE))
    assert_told(both, "head1", "/archive/integrity-opinions", "/archive/integrity-files", "/archive/volumes")
    assert_told(both, "ags1", "/clues/transferred-clues")
    without, beside = (numbers_of_volumes(world, HOU) for world in both)
    assert without == beside
    close(both)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("hidden", "afterwards", "readers", "told"),
    [
        (sealed_and_unclassed, days_of_work, READERS, ("xfhead", "/notifications/inbox")),
        (on_a_colleague, work_of_those_recused, RECUSED, ("clerk1", "/clues/shared-entries")),
        (of_an_office, work_of_another_office, STRANGERS, ("head1", "/clues/cases")),
        (cases_and_measures, days_of_another_office, ("sls1", "edu-clerk"), ("head1", "/clues/cases")),
    ],
)
def test_no_post_gets_another_answer_anywhere(
    tmp_path: Path, hidden: Acts, afterwards: Acts, readers: tuple[str, ...], told: tuple[str, str]
) -> None:
    both = twins(tmp_path, every_kind, hidden, afterwards)
    assert differing(both, over_the_api, readers) == []
    assert differing(both, at_the_desk, readers) == []
    assert_told(both, *told)
    close(both)


def assert_told(both: tuple[World, World], knowing: str, *paths: str) -> None:
    """Whoever may know of the hidden items is told of them: the comparison would see a leak there."""
    alike = [path for path in paths if len({whole_of(world, knowing, path) for world in both}) == 1]
    assert alike == []


def whole_of(world: World, account: str, path: str) -> str:
    answer = world.as_(account).get(path, status="all", limit="200")
    assert answer.status == 200, answer.body
    return str(answer.body)


def close(both: tuple[World, World]) -> None:
    for world in both:
        world.close()
