"""Every GET route of every service, with items in its places, asked for by one person over the API and at the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from services.chassis.http import Route
from services.chassis.resources import declared_routes
from services.chassis.settings import SERVICES
from services.chassis.tables import Attachment, Paper
from services.desk.pages import PAGES, visit
from tests.attacks.twins import drawing
from tests.clauses.intake_petitions import BASE
from tests.unit.desk.visitor import Visitor
from tests.world import Answer, World

ANSWERED_ALIKE = ("/acts", "/openapi.json", "/metrics", "/language/<code>")
"""Made from the declarations alone; and the count of requests of which docs/secrecy.md says what it betrays."""
NOT_ALIKE = (
    "/desk/sessions", "/my-sessions", "/security-overview", "/administration/security",
    "/operations/state", "/operations-overview", "/desk/operations",
    "/audit/trail", "/audit/evidence", "/administration/audit", "/administration/audit/evidence/x",
)  # fmt: skip
"""When and whence somebody signed in, and when a head was signed and seen, by the real clock; how long a trail is, of
which docs/secrecy.md says what it betrays to the audit administrator."""
LISTS = ("/notifications/duties", "/notifications/inbox", BASE, "/clues/clues", "/archive/volumes")
SEARCHED = (
    ("/archive/persons/search", "张癸"), ("/intake/petitions/search", "密件"), ("/intake/petitions/search", "未分类"),
    ("/intake/petitions/search", "工作人员"),
)  # fmt: skip
"""Words of the hidden letters, and the name of who is reported on."""
MOST_HIDDEN = 6
EXPIRES = re.compile(r"Expires=[^;]+; ")
"""Of a cookie: the real clock's day; its `Max-Age` says the same."""
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
Items = Mapping[tuple[str, str], list[str]]
"""Service and path → ids of items."""


def ids_by_kind(world: World) -> Items:
    """Service and path → the items that there are, the youngest last; the hidden ones among them."""
    found = {}
    for name, runtime in world.runtimes.items():
        with runtime.db.read() as session:
            for kind in runtime.definition.kinds:
                query = select(kind.model.id).order_by(kind.model.changed_at, kind.model.id)
                found[name, kind.path] = list(session.scalars(query))
    return found


def of_item(world: World, place: tuple[str, str], table: Any, item: str) -> str:
    """The first of an item's papers, attachments or proposals; "x" if it has none."""
    service, path = place
    kind = next((k.model.KIND for k in world.runtimes[service].definition.kinds if k.path == path), "")
    query = select(table.id).where(table.subject_kind == kind, table.subject_id == item)
    with world.runtimes[service].db.read() as session:
        return session.scalars(query.order_by(table.id)).first() or "x"


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


def _filled(world: World, service: str, route: Route, known: Items) -> Iterator[str]:
    """The route's path with the items of its kind; a page that shows items of any service, with petitions and clues."""
    kinds = [place for place in known if place[0] == service and route.path.startswith(f"/{place[1]}/")]
    places = [("intake", "petitions"), ("clues", "clues")] if "<service>" in route.path else kinds
    prefix = "" if route.absolute else f"/{service}"
    for name, kind in places:
        for item in known[name, kind]:
            values = {
                "service": name, "path": kind, "id": item, "paper": of_item(world, (name, kind), Paper, item),
                "attachment": of_item(world, (name, kind), Attachment, item), "act": "classify_petition",
            }  # fmt: skip
            yield prefix + with_places(route.path, values)
    if "<kind>" in route.path:
        yield from (
            prefix + with_places(route.path, {"kind": kind}) for name, kind in known if name == service
        )
    elif not places:
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
    for path, words in SEARCHED:
        yield f"{path} for {words}", whole(client.send("POST", path, body={"q": words}))


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
    """Each page as the browser gets it. No page leaves a slow service out: a busy machine would make a difference."""
    with drawing(account):
        reader = Visitor(world)
        assert reader.sign_in(account).status == 303
    for path in (one.path for one in asked if one.page):
        with drawing(f"{account} {path}"), patch.object(visit, "PATIENCE", 300.0):
            answer = reader.get(path).answer
        headers = {name: EXPIRES.sub("", value) for name, value in answer.headers.items()}
        yield path, (answer.status_code, answer.data, headers)
