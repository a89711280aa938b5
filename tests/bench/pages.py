"""Lists and the worklist at ten thousand petitions and at a million: the same page, the same cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, text

from tests.bench.figures import Figure, Report
from tests.bench.recorded import Recorded, recording
from tests.bench.rows import filled
from tests.bench.sites import Servers
from tests.world import World

SMALL = 10_000
LIMIT = "20"
WHO = {"clerk1": "clerk, handles 1 in 15", "head1": "head, of 1 in 10", "xf1": "petition office, sees all"}


@dataclass(frozen=True)
class Page:
    """One page as one person asks for it."""

    name: str
    account: str
    path: str
    query: tuple[tuple[str, str], ...] = (("limit", LIMIT),)


PAGES = tuple(
    Page(f"{words}: {who}", account, path, query)
    for words, path, query in (
        ("worklist", "/intake/worklist", (("limit", LIMIT),)),
        ("list", "/intake/petitions", (("limit", LIMIT),)),
        ("list, of one state", "/intake/petitions", (("limit", LIMIT), ("state", "closed"))),
    )
    for account, who in WHO.items()
)


def measure(report: Report, servers: Servers, large: int, times: int, *, postgres: bool) -> None:
    """Milliseconds a page (the best of `times`) at `large` against ten thousand, without a socket."""
    for on_postgres in (False, True) if postgres else (False,):
        engine = "PostgreSQL" if on_postgres else "SQLite"
        report.section(f"pages of {LIMIT} at {large:,} petitions against {SMALL:,}, {engine}")
        started = time.perf_counter()
        worlds = [filled(servers, rows, postgres=on_postgres) for rows in (SMALL, large)]
        report.say(f"  (databases ready after {time.perf_counter() - started:.0f} s)")
        for page in PAGES:
            small, big = _best(worlds, page, times, ("", ""))
            report.add(Figure(page.name, big, small, "ms", f"at {SMALL:,}"))
        _deep(report, worlds, times)
        for page in PAGES:
            recorded = _recorded(worlds[1], page)
            report.table(f"plan of {page.name}", plan(worlds[1].runtimes["intake"].db.engine, recorded))
        for world in worlds:
            world.close()


def _best(worlds: list[World], page: Page, times: int, cursors: tuple[str, str]) -> tuple[float, float]:
    """The best of `times` at each size, taken in turns: what a busy neighbour adds is not the page's."""
    rounds = [[_once(w, page, c) for w, c in zip(worlds, cursors, strict=True)] for _ in range(times)]
    small, big = (min(column) for column in zip(*rounds, strict=True))
    return small, big


def _once(world: World, page: Page, cursor: str = "") -> float:
    client = world.as_(page.account)
    query = dict(page.query) | ({"cursor": cursor} if cursor else {})
    started = time.perf_counter()
    answer = client.get(page.path, **query)
    took = (time.perf_counter() - started) * 1000
    assert answer.status == 200, answer.body
    assert len(answer.body["items"]) == int(LIMIT), f"{page.name}: the page is not full"
    return took


def _deep(report: Report, worlds: list[World], times: int) -> None:
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
    report.add(Figure(page.name, big, small, "ms", f"at {SMALL:,}"))


def _recorded(world: World, page: Page) -> Recorded:
    with recording(world.runtimes["intake"].db.engine) as recorded:
        world.as_(page.account).get(page.path, **dict(page.query))
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
