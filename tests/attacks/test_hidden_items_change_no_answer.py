"""Whoever may not know of an item gets, on every route, the bytes that they would get if it had never been."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dengwen.importing.transport import PATH as IMPORT
from services.chassis.http import Route
from services.chassis.resources import declared_routes
from services.chassis.settings import SERVICES
from services.chassis.tables import Attachment, Paper
from services.desk.pages import PAGES
from services.desk.passwords import WORKER
from tests.attacks.twins import Acts, clues_of, days_pass, done, drawing, everything, twins
from tests.clauses.intake_petitions import BASE, bring, letter, register
from tests.clauses.test_intake_sealed import deliver, register_sealed
from tests.unit.desk.visitor import Visitor
from tests.world import Answer, World

READERS = (
    "head1", "deputy1", "clerk1", "head2", "xf1", "jd1", "ags1", "xc1", "leader", "da1", "sys", "sec", "aud",
    "edu-head", "edu-clerk",
)  # fmt: skip
"""One of each post, from the office that has the hidden items and from another."""
RECUSED = ("head1", "clerk2", "head2", "clerk3", "xc1", "da1", "sys", "sec", "aud", "edu-clerk", "hou-head")
"""The colleague who is reported on and their head, and all whose work it is not."""
ANSWERED_ALIKE = ("/acts", "/openapi.json", "/metrics", "/language/<code>")
"""Made from the declarations alone; and the count of requests of which docs/secrecy.md says what it betrays."""
LISTS = ("/notifications/duties", "/notifications/inbox", BASE, "/clues/clues", "/archive/volumes")
MOST_HIDDEN = 6
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


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
    assert steps.found("p-clerk2").status == 201
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


def ids_by_kind(world: World) -> dict[tuple[str, str], list[str]]:
    """Service and path → the items that there are, the youngest last; the hidden ones among them."""
    found = {}
    for name, runtime in world.runtimes.items():
        with runtime.db.read() as session:
            for kind in runtime.definition.kinds:
                query = select(kind.model.id).order_by(kind.model.changed_at, kind.model.id)
                found[name, kind.path] = list(session.scalars(query))
    return found


def of_item(world: World, service: str, table: Any, item: str) -> str:
    with world.runtimes[service].db.read() as session:
        found = session.scalars(select(table.id).where(table.subject_id == item).order_by(table.id)).first()
    return found or "x"


@dataclass(frozen=True)
class Asked:
    path: str
    page: bool
    """Whether the desk answers it to a browser's session, and not to a token."""


def asked_of(without: World, with_hidden: World) -> list[Asked]:
    """Every GET route with an item of each kind that both have, and with those that the second alone has."""
    before, after = ids_by_kind(without), ids_by_kind(with_hidden)
    known = {
        place: [*before[place][-1:], *sorted(set(ids) - set(before[place]))[:MOST_HIDDEN]]
        for place, ids in after.items()
    }
    found = [
        Asked(path, page=route in PAGES)
        for service in SERVICES
        for route in declared_routes(with_hidden.runtimes[service].definition)
        if route.method == "GET" and route.path not in ANSWERED_ALIKE
        for path in _filled(with_hidden, service, route, known)
    ]
    return list(dict.fromkeys(found))


def _filled(
    world: World, service: str, route: Route, known: dict[tuple[str, str], list[str]]
) -> Iterator[str]:
    """The route's path with the items of its kind; a page that shows items of any service, with petitions and clues."""
    kinds = [place for place in known if place[0] == service and route.path.startswith(f"/{place[1]}/")]
    places = [("intake", "petitions"), ("clues", "clues")] if "<service>" in route.path else kinds
    prefix = "" if route.absolute else f"/{service}"
    for name, kind in places:
        for item in known[name, kind]:
            values = {
                "service": name, "path": kind, "id": item, "paper": of_item(world, name, Paper, item),
                "attachment": of_item(world, name, Attachment, item), "act": "classify_petition",
            }  # fmt: skip
            yield prefix + with_places(route.path, values)
    if not places:
        yield prefix + with_places(route.path, {})


def with_places(path: str, values: Mapping[str, str]) -> str:
    return PLACE.sub(lambda place: values.get(place[1], "x"), path)


def whole(answer: Answer) -> tuple[int, Any, dict[str, str]]:
    return answer.status, answer.body, dict(answer.headers)


def over_the_api(world: World, account: str, asked: list[Asked]) -> Iterator[tuple[str, Any]]:
    client = world.as_(account)
    for path in (one.path for one in asked if not one.page):
        yield path, whole(client.get(path, subject=path.rpartition("/")[2], status="all"))
    for path in LISTS:
        yield f"{path}, page by page", pages(world, account, path)
    sought = client.send("POST", "/archive/persons/search", body={"q": "张癸"})
    yield "the search for who is reported on", whole(sought)


def pages(world: World, account: str, path: str) -> list[Any]:
    """All pages of one line each: cursors and ends betray nothing either."""
    found: list[Any] = []
    cursor = ""
    for _ in range(100):
        answer = world.as_(account).get(
            path, limit="1", status="all", **({"cursor": cursor} if cursor else {})
        )
        found.append(whole(answer))
        cursor = "" if answer.status != 200 else answer.body.get("cursor", answer.body.get("next")) or ""
        if not cursor:
            return found
    raise AssertionError("a list without an end")


def at_the_desk(world: World, account: str, asked: list[Asked]) -> Iterator[tuple[str, Any]]:
    with drawing(account):
        reader = Visitor(world)
        assert reader.sign_in(account).status == 303
    for path in (one.path for one in asked if one.page):
        with drawing(path):
            answer = reader.get(path).answer
        yield path, (answer.status_code, answer.data, dict(answer.headers))


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
    assert differing(both, over_the_api, ("head1", "clerk1", "xf1", "aud")) == []
    assert differing(both, at_the_desk, ("head1",)) == []
    assert "/notifications/inbox" in {path for _, path in differing(both, over_the_api, ("xfhead",))}
    close(both)


def test_what_a_reader_is_recused_from_changes_no_answer_to_them(tmp_path: Path) -> None:
    both = twins(tmp_path, everything, on_a_colleague, days_of_another_office)
    assert differing(both, over_the_api, ("head1", "clerk2", "edu-head")) == []
    assert "/clues/clues" in {path for _, path in differing(both, over_the_api, ("clerk1",))}
    close(both)


@pytest.mark.slow
@pytest.mark.parametrize("hidden", [sealed_and_unclassed, on_a_colleague])
def test_no_post_gets_another_answer_anywhere(tmp_path: Path, hidden: Acts) -> None:
    on_the_reader = hidden is on_a_colleague
    both = twins(tmp_path, everything, hidden, days_of_another_office if on_the_reader else days_of_work)
    readers = RECUSED if on_the_reader else READERS
    assert differing(both, over_the_api, readers) == []
    assert differing(both, at_the_desk, readers) == []
    close(both)


def close(both: tuple[World, World]) -> None:
    for world in both:
        world.close()
