"""Growth: lists, the worklist and acts at ten thousand petitions and at a million (or ten): the same cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, text

from tests.bench.figures import Figure, Report
from tests.bench.hammer import REGISTER, letter
from tests.bench.recorded import Recorded, recording
from tests.bench.rows import filled
from tests.bench.sites import Servers
from tests.world import Answer, World

SMALL = 10_000
MOST = 1.5
"""What is asked of the ratio, from the first size to the last."""
SECONDS_A_MILLION = {"SQLite": 60, "PostgreSQL": 60}
MOST_ROWS = {"SQLite": 1_000_000, "PostgreSQL": 10_000_000}
"""SQLite keeps the key of each row up to date while it is filled: with random ids, ten million take too long."""
LIMIT = "20"
WHO = {"clerk1": "clerk, handles 1 in 15", "head1": "head, of 1 in 10", "xf1": "petition office, sees all"}


@dataclass(frozen=True)
class Page:
    """One page as one person asks for it."""

    name: str
    account: str
    path: str
    query: tuple[tuple[str, str], ...] = (("limit", LIMIT),)
    sought: str = ""
    """What a search is for; its pages are as long as searching makes them."""


PAGES = tuple(
    Page(f"{words}: {who}", account, path, query)
    for words, path, query in (
        ("worklist", "/intake/worklist", (("limit", LIMIT),)),
        ("list", "/intake/petitions", (("limit", LIMIT),)),
        ("list, of one state", "/intake/petitions", (("limit", LIMIT), ("state", "closed"))),
    )
    for account, who in WHO.items()
) + tuple(
    Page(f"search, {words}: {WHO[account]}", account, "/intake/petitions/search", (), sought)
    for words, sought in (
        ("1 in 10 of the office", "补偿"),
        ("two words", "土地 补偿"),
        ("1 in 2 of the office", "土地"),
    )
    for account in ("head1", "xf1")
)
SEARCHED = 50
"""Lines of a search's page."""


def measure(report: Report, servers: Servers, sizes: Sequence[int], times: int, *, postgres: bool) -> None:
    """Milliseconds a page and an act (the best of `times`) at each size against ten thousand, without a socket."""
    for engine in ("SQLite", "PostgreSQL") if postgres else ("SQLite",):
        small = filled(servers, SMALL, postgres=engine == "PostgreSQL")
        for large in (size for size in sizes if size <= MOST_ROWS[engine]):
            report.section(f"pages of {LIMIT}, and acts, at {large:,} petitions against {SMALL:,}, {engine}")
            report.say(f"  (making them takes about {SECONDS_A_MILLION[engine] * large / 1_000_000:.0f} s)")
            big = filled(servers, large, postgres=engine == "PostgreSQL")
            _grown(report, [small, big], large, times, engine)
            big.close()
        small.close()


def _grown(report: Report, worlds: list[World], large: int, times: int, engine: str) -> None:
    for page in PAGES:
        small, big = _best(worlds, page, times, ("", ""))
        _add(report, page.name, (big, small), large, engine)
    _deep(report, worlds, times, large, engine)
    acts = [_acts(world) for world in worlds]
    rounds = [[one() for one in acts] for _ in range(times)]
    for number, name in enumerate(ACTS):
        small, big = (min(took[world][number] for took in rounds) for world in (0, 1))
        _add(report, f"act: {name}", (big, small), large, engine)
    for page in PAGES:
        recorded = _recorded(worlds[1], page)
        steps = plan(worlds[1].runtimes["intake"].db.engine, recorded)
        report.table(f"plan of {page.name} at {large:,}, {engine}", steps)


def _add(report: Report, name: str, found: tuple[float, float], large: int, engine: str) -> None:
    report.add(Figure(f"{name}; {engine}, {large:,}", *found, "ms", f"at {SMALL:,}", most=MOST))


ACTS = ("register a petition", "forward it")


def _acts(world: World) -> Callable[[], tuple[float, float]]:
    """Registers and forwards a petition beside all the others; gives the milliseconds of each act."""
    client = world.as_("clerk1")

    def once() -> tuple[float, float]:
        started = time.perf_counter()
        made = client.send("POST", REGISTER, body=letter())
        registered = time.perf_counter()
        path = f"/intake/petitions/{made.body['id']}/forward_petition"
        answer = client.send("POST", path, body={"paper": {}}, version=made.body["version"])
        ended = time.perf_counter()
        assert (made.status, answer.status) == (201, 200), answer.body
        return (registered - started) * 1000, (ended - registered) * 1000

    return once


def _best(worlds: list[World], page: Page, times: int, cursors: tuple[str, str]) -> tuple[float, float]:
    """The best of `times` at each size, taken in turns: what a busy neighbour adds is not the page's."""
    rounds = [[_once(w, page, c) for w, c in zip(worlds, cursors, strict=True)] for _ in range(times)]
    small, big = (min(column) for column in zip(*rounds, strict=True))
    return small, big


def _once(world: World, page: Page, cursor: str = "") -> float:
    started = time.perf_counter()
    answer = _ask(world, page, cursor)
    took = (time.perf_counter() - started) * 1000
    assert answer.status == 200, answer.body
    lines = SEARCHED if page.sought else int(LIMIT)
    assert len(answer.body["items"]) == lines, f"{page.name}: the page is not full"
    return took


def _ask(world: World, page: Page, cursor: str = "") -> Answer:
    client = world.as_(page.account)
    if page.sought:
        return client.send("POST", page.path, body={"q": page.sought})
    return client.get(page.path, **(dict(page.query) | ({"cursor": cursor} if cursor else {})))


def _deep(report: Report, worlds: list[World], times: int, large: int, engine: str) -> None:
    """The eleventh page: a cursor is no offset."""
    page = Page("list, 11th page: petition office, sees all", "xf1", "/intake/petitions")
    cursors = []
    for world in worlds:
        cursor = ""
        for _ in range(10):
            query = dict(page.query) | ({"cursor": cursor} if cursor else {})
            cursor = world.as_("xf1").get(page.path, **query).body["next"]
        cursors.append(cursor)
    small, big = _best(worlds, page, times, (cursors[0], cursors[1]))
    _add(report, page.name, (big, small), large, engine)


def _recorded(world: World, page: Page) -> Recorded:
    with recording(world.runtimes["intake"].db.engine) as recorded:
        _ask(world, page)
    return recorded


def plan(engine: Engine, recorded: Recorded) -> list[str]:
    """How the database walks through the petitions: the indexes used with how often, and full scans, if any."""
    steps: list[str] = []
    explain: dict[str, Callable[[str], str]] = {
        "sqlite": lambda sql: f"EXPLAIN QUERY PLAN {sql}",
        "postgresql": lambda sql: f"EXPLAIN {sql}",
    }
    with engine.connect() as line:
        for statement in recorded.statements:
            asked = explain[engine.dialect.name](statement.sql)
            steps += [str(row[-1]).strip(" ->") for row in line.exec_driver_sql(asked, statement.parameters)]
        line.execute(text("SELECT 1"))
    seen: dict[str, int] = {}
    for step in steps:
        words = step.split("  (cost")[0]
        if " petition" in words and ("SCAN" in words.upper() or "SEARCH" in words):
            seen[words] = seen.get(words, 0) + 1
    lines = [f"{count:>3} x {words[:100]}" for words, count in sorted(seen.items())]
    return [f"{len(recorded.statements)} statements", *lines]
