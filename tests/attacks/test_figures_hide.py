"""Figures tell nothing of what their reader may not know of: two installations answer alike, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from services.clues.figures import BOOK
from services.clues.trends import TRENDS
from services.desk.passwords import WORKER
from tests.attacks.asking import whole
from tests.attacks.twins import drawing, twins
from tests.clauses.figure_rows import FIGURES, YEAR, Rows
from tests.unit.desk.visitor import Visitor
from tests.world import World

DAY, BEFORE = date(2026, 2, 2), date(2025, 2, 2)
QUERY = YEAR | {"offices": "pz1,pz2", "reform_on": "2026-01-01"}
ASKED = {"from": "2025-01-01", "to": "2026-12-31", "offices": "pz1,pz2"}
GROUPS = {
    "ags1": (("head1", "jd1", "leader"), ("p-clerk2", "p-jd1", "p-leader")),
    "jd1": (("ags1",), ("p-ags1",)),
}
"""By who counts them all the same: from whom matters are hidden, on themselves or on their line."""


@pytest.fixture(autouse=True)
def worker_ends() -> Iterator[None]:
    yield
    WORKER.close()


def matters(rows: Rows, *persons: str) -> None:
    """One of everything that a figure counts, in the year and the year before."""
    for on in (DAY, BEFORE):
        clue = rows.clue(*persons, form_code="first_form", ended_on=on)
        rows.disposed(on, clue=clue)
        rows.talk(on, persons[0], clue=clue)
        rows.letter(on, persons[0], clue=clue)
        rows.first_form(on, persons[0], clue=rows.clue(*persons))
        for number, form in enumerate(("second_form", "third_form", "fourth_form")):
            case = rows.case(*persons, filed_on=on, filing_no=f"{on.year}-{number}")
            rows.sanction(on, persons[0], form, case=case, both=True)
        rows.transferred(on, persons[0], case=rows.case(*persons))
        rows.accountable(on, *persons, organisations=("po-1",))


def past(world: World) -> list[Any]:
    matters(Rows(world), "p-row-1")
    return []


def answers(world: World, account: str) -> Iterator[tuple[str, Any]]:
    client = world.as_(account)
    for clause in BOOK.figures:
        for path in (f"{FIGURES}/{clause}", f"{FIGURES}/{clause}/items"):
            yield path, whole(client.get(path, **QUERY))
    for code in TRENDS.trends:
        for path in (f"/clues/trends/{code}", f"/clues/trends/{code}/items"):
            yield path, whole(client.get(path, **ASKED))
    yield "/clues/central-entries", whole(client.get("/clues/central-entries"))
    with drawing(account):
        visitor = Visitor(world)
        assert visitor.sign_in(account).status == 303
    for address in ("/desk/charts", "/desk/charts/clues/four-forms", "/desk/period-report"):
        query = "&".join(f"{name}={word}" for name, word in ASKED.items())
        with drawing(f"{account} {address}"):
            page = visitor.get(f"{address}?{query}").answer
        yield address, (page.status_code, page.data)
    for address in ("", "/clues/GL-1.32", "/clues/GL-4.5"):
        query = "&".join(f"{name}={word}" for name, word in QUERY.items())
        with drawing(f"{account} {address}"):
            page = visitor.get(f"/desk/figures{address}?{query}").answer
        yield address, (page.status_code, page.data)


@pytest.mark.parametrize("knowing", sorted(GROUPS))
def test_what_a_reader_may_not_know_of_is_in_no_figure_of_theirs(tmp_path: Path, knowing: str) -> None:
    readers, persons = GROUPS[knowing]

    def hidden(world: World) -> list[Any]:
        matters(Rows(world, count(1000)), *persons)
        return []

    both = twins(tmp_path, past, hidden, lambda _: [])
    for account in readers:
        told = [dict(answers(world, account)) for world in both]
        assert told[0] == told[1], account
    seen = [dict(answers(world, knowing)) for world in both]
    assert {path for path in seen[0] if seen[0][path] != seen[1][path]} >= {
        *(f"{FIGURES}/{clause}/items" for clause in BOOK.figures),
        *(f"/clues/trends/{code}/items" for code in TRENDS.trends),
    }
    for world in both:
        world.close()
