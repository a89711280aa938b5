"""Each figure is what somebody counts by hand, whatever there is: two counts of the same random matters agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.chassis.figures import UNIT_ZH, Counting, Figure
from services.chassis.rates import Span, growth_in_tenths, in_words, year_earlier
from services.chassis.tables import DirectoryOffice
from services.clues.figures import BOOK
from tests.clauses.figure_rows import Rows, asked, behind
from tests.world import World

READER = "ags1"
PEOPLE = ("p-a", "p-b", "p-c", f"p-{READER}")
DAYS = [
    date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 12, 31), date(2026, 1, 1),
    date(2026, 3, 2), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31), date(2027, 1, 1),
]  # fmt: skip
FORMS = ("second_form", "third_form", "fourth_form")
day, person = st.sampled_from(DAYS), st.sampled_from(PEOPLE)


@dataclass(frozen=True)
class Matter:
    """A clue, what was done on it, and its case if it has one."""

    persons: tuple[str, ...]
    office: int
    dispositions: list[date]
    handled: tuple[str, date] | None
    first: dict[str, date]
    asked: list[tuple[str, date]]
    filed: date | None
    sanctions: dict[str, tuple[str, date, bool]]
    transfers: dict[str, date]
    undone: dict[str, str]

    @property
    def hidden(self) -> bool:
        return f"p-{READER}" in self.persons

    def sanctioned(self, one: str) -> bool:
        return one in self.sanctions and one not in self.undone

    def transferred(self, one: str) -> bool:
        return one in self.transfers and self.undone.get(one) != "acquitted"


@dataclass(frozen=True)
class Decision:
    persons: tuple[str, ...]
    organisations: tuple[str, ...]
    office: int
    on: date


several = st.lists(person, min_size=1, max_size=3, unique=True).map(tuple)
matters = st.builds(
    Matter,
    persons=several,
    office=st.integers(0, 1),
    dispositions=st.lists(day, max_size=2),
    handled=st.none() | st.tuples(st.sampled_from(("first_form", "second_form")), day),
    first=st.dictionaries(person, day, max_size=2),
    asked=st.lists(st.tuples(person, day), max_size=2),
    filed=st.none() | day,
    sanctions=st.dictionaries(person, st.tuples(st.sampled_from(FORMS), day, st.booleans()), max_size=2),
    transfers=st.dictionaries(person, day, max_size=1),
    undone=st.dictionaries(person, st.sampled_from(("revoked", "acquitted")), max_size=1),
)
decisions = st.builds(
    Decision, persons=several, organisations=st.lists(st.sampled_from(("po-1", "po-2")), unique=True).map(tuple),
    office=st.integers(0, 1), on=day,
)  # fmt: skip


class Hit(NamedTuple):
    """One row that a figure counts."""

    who: str
    on: date
    weight: int = 1


SAME = {
    "GL-2.27": "GL-1.32", "GL-4.2": "GL-1.32", "GL-4.3": "GL-1.33", "GL-4.4": "GL-1.34", "GL-4.5": "GL-1.35",
    "GL-4.6": "GL-1.36", "GL-4.7": "GL-1.37",
}  # fmt: skip
"""Figures of the same population, in another unit or period."""


def by_hand(clause: str, all_matters: list[Matter], all_decisions: list[Decision]) -> list[Hit]:
    """Whom or what a figure counts: of all that the reader may know of."""
    known = [one for one in all_matters if not one.hidden]
    told = [one for one in all_decisions if f"p-{READER}" not in one.persons]
    count_of: dict[str, Callable[[], list[Hit]]] = {
        "GL-1.32": lambda: _first(known),
        "GL-1.33": lambda: _sanctions(known, "second_form") + _handled(known, "second_form"),
        "GL-1.34": lambda: _sanctions(known, "third_form"),
        "GL-1.35": lambda: _fourth(known),
        "GL-1.36": lambda: [Hit(f"clue {id(m)}", on) for m in known for on in m.dispositions],
        "GL-1.37": lambda: [Hit(f"case {id(m)}", m.filed) for m in known if m.filed],
        "GL-2.23": lambda: [Hit(*one) for m in known for one in m.asked],
        "GL-2.25": lambda: [Hit(one, d.on) for d in told for one in d.organisations],
        "GL-2.26": lambda: [Hit(one, d.on) for d in told for one in d.persons],
        "GL-2.28": lambda: [
            Hit(one, on, 1 + both)
            for m in known
            for one, (_, on, both) in m.sanctions.items()
            if m.sanctioned(one)
        ],
    }
    return count_of[SAME.get(clause, clause)]()


def _final(m: Matter, one: str) -> bool:
    return not m.sanctioned(one) and not m.transferred(one)


def _handled(known: list[Matter], form: str) -> list[Hit]:
    ended = [(m, m.handled[1]) for m in known if m.handled and m.handled[0] == form]
    return [Hit(one, on) for m, on in ended for one in m.persons if _final(m, one)]


def _first(known: list[Matter]) -> list[Hit]:
    no_graver = [m for m in known if not m.handled or m.handled[0] == "first_form"]
    recorded = [Hit(one, on) for m in no_graver for one, on in m.first.items() if _final(m, one)]
    ended = [(m, m.handled[1]) for m in no_graver if m.handled]
    return recorded + [
        Hit(one, on) for m, on in ended for one in m.persons if _final(m, one) and one not in m.first
    ]


def _sanctions(known: list[Matter], form: str) -> list[Hit]:
    return [
        Hit(one, on)
        for m in known
        for one, (of, on, _) in m.sanctions.items()
        if of == form and m.sanctioned(one) and not m.transferred(one)
    ]


def _fourth(known: list[Matter]) -> list[Hit]:
    found = []
    for m in known:
        gravest = {
            one: on for one, (of, on, _) in m.sanctions.items() if of == FORMS[-1] and m.sanctioned(one)
        }
        found += [Hit(one, on) for one, on in gravest.items()]
        found += [
            Hit(one, on) for one, on in m.transfers.items() if m.transferred(one) and one not in gravest
        ]
    return found


class Countable:
    """A world into which matters are put, each round under offices of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.rows, self.rounds = world, Rows(world), count()

    def offices(self) -> list[str]:
        number = next(self.rounds)
        found = [f"x{number}-{one}" for one in range(3)]
        with self.world.runtimes["clues"].db.write() as session:
            for office in found:
                session.add(
                    DirectoryOffice(
                        office_id=office, kind="dispatched_office", liaison_office_id="jd1", status="active",
                        version=1,
                    )
                )  # fmt: skip
        return found

    def put(self, m: Matter, office: str) -> None:
        ended: dict[str, Any] = {"form_code": m.handled[0], "ended_on": m.handled[1]} if m.handled else {}
        clue = self.rows.clue(*m.persons, office=office, **ended)
        of_clue = {"office": office, "clue": clue}
        for on in m.dispositions:
            self.rows.disposed(on, **of_clue)
        for one, on in m.first.items():
            self.rows.first_form(on, one, **of_clue)
        for number, (one, on) in enumerate(m.asked):
            (self.rows.talk if number else self.rows.letter)(on, one, **of_clue)
        filing = {"filed_on": m.filed, "filing_no": "1"} if m.filed else {}
        case = self.rows.case(*m.persons, office=office, clue=clue, **filing)
        for one, (form, on, both) in m.sanctions.items():
            self.rows.sanction(on, one, form, office=office, case=case, both=both)
        for one, on in m.transfers.items():
            self.rows.transferred(on, one, office=office, case=case)
        for one, ground in m.undone.items():
            self.rows.undone(case, one, ground)


@pytest.fixture(scope="module")
def countable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Countable]:
    world = World(tmp_path_factory.mktemp("countable"), services=("clues",))
    yield Countable(world)
    world.close()


@settings(
    max_examples=settings().max_examples // 4, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@given(
    st.lists(matters, max_size=5),
    st.lists(decisions, max_size=3),
    st.sampled_from(((date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 1, 1), date(2026, 6, 30)))),
)
def test_a_figure_is_what_is_counted_by_hand(
    countable: Countable, there: list[Matter], decided: list[Decision], days: tuple[date, date]
) -> None:
    offices, reader = countable.offices(), countable.world.as_(READER)
    for m in there:
        countable.put(m, offices[m.office])
    for d in decided:
        countable.rows.accountable(d.on, *d.persons, organisations=d.organisations, office=offices[d.office])
    period = Span(*days)
    query = {"from": days[0].isoformat(), "to": days[1].isoformat(), "reform_on": "2026-01-01"}
    for clause, figure in BOOK.figures.items():
        for several in (offices[:1], offices):
            query["offices"] = ",".join(several)
            hits = by_hand(
                clause,
                [m for m in there if offices[m.office] in several],
                [d for d in decided if offices[d.office] in several],
            )
            now, before = _within(hits, period), _within(hits, year_earlier(period))
            told = asked(reader, clause, **query).body
            assert told["measures"] == _measured(figure, now), (clause, hits)
            rate = growth_in_tenths(len({one.who for one in now}), len({one.who for one in before}))
            assert told["value"] == (in_words(rate) if figure.growth else told["measures"][0]["value"])
            lines = behind(reader, clause, **query)
            assert len(lines) == len(now) + (len(before) if figure.growth else 0)
            if not figure.growth:
                assert sorted(one["counted"] for one in lines) == sorted(one.who for one in now)


def _within(hits: list[Hit], span: Span) -> list[Hit]:
    return [one for one in hits if span.first <= one.on <= span.last]


def _measured(figure: Figure, now: list[Hit]) -> list[dict[str, Any]]:
    found = {
        Counting.DISTINCT: len({one.who for one in now}),
        Counting.TIMES: len(now),
        Counting.WEIGHT: sum(one.weight for one in now),
    }
    return [
        {"unit": one.unit.value, "unit_zh": UNIT_ZH[one.unit], "value": found[one.counting]}
        for one in figure.measures
    ]
