"""How the story of a round is played: who is in it, how much happens, and one told line for many acts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from dengwen.client import Late, Refused
from dengwen.telling import SCAN, START, Line, Telling
from services.chassis.clock import ZONE

ROUNDS, TEAMS, UNITS = "/inspection/rounds", "/inspection/teams", "/inspection/engagements"
SESSIONS, CADRES, ASSETS = "/inspection/sessions", "/inspection/cadres", "/inspection/assets"
TALKS, ISSUES, CLUES = "/inspection/interviews", "/inspection/issues", "/inspection/found-clues"
PETITIONS = "/inspection/team-petitions"

Paper = dict[str, Any]


@dataclass(frozen=True)
class Unit:
    """An inspected unit, with accounts of its people; `office_head`: of the dispatched office that covers it."""

    id: str
    zh: str
    head: str
    leaders: tuple[str, ...]
    complained_of: tuple[str, str]
    others: tuple[str, ...]
    office_head: str

    @property
    def people(self) -> tuple[str, ...]:
        """Whom the team talks to, leaders first."""
        return (*self.leaders, *self.complained_of, *self.others)


@dataclass(frozen=True)
class Team:
    """A team, by accounts; the first member is its liaison, receives petitions and files the archive."""

    no: int
    leader: str
    deputy: str
    members: tuple[str, ...]
    units: tuple[Unit, ...]

    @property
    def liaison(self) -> str:
        return self.members[0]

    @property
    def staff(self) -> tuple[str, ...]:
        return (self.leader, self.deputy, *self.members)


EDU = Unit(
    "edu", "教育局", "edu-head", ("edu-head", "edu-vice"), ("edu-sec", "edu-clerk"),
    ("head1", "deputy1", "clerk1", "clerk2"), "head1",
)  # fmt: skip
HOU = Unit(
    "hou", "住建局", "hou-head", ("hou-head",), ("hou-sec", "hou-clerk"), ("head2", "clerk3"), "head2"
)  # fmt: skip
TRA = Unit(
    "tra", "交通运输局", "tra-head", ("tra-head", "tra-vice"), ("tra-sec", "tra-clerk"),
    ("head2", "clerk3"), "head2",
)  # fmt: skip
THE_TEAMS = (
    Team(1, "zu1", "zu2", ("zu3", "zu6"), (EDU, TRA)),
    Team(2, "zu4", "zu7", ("zu5", "zu8"), (HOU,)),
)
IN_ORDER = [(team, unit) for team in THE_TEAMS for unit in team.units]
"""Education, transport, housing: the order of the figures of a `Size`."""
OFFICE, DIRECTOR, HEAD, DEPUTY_HEAD, GROUP_MEMBER = "xc1", "xcd", "xz1", "xz2", "xz3"


@dataclass(frozen=True)
class Size:
    """How much happens at the three units together, in their order (education, transport, housing)."""

    petitions: tuple[int, int, int] = (14, 13, 13)
    interviews: tuple[int, int, int] = (20, 20, 20)
    working_papers: tuple[int, int, int] = (10, 10, 10)
    findings: tuple[int, int, int] = (4, 4, 4)


WHOLE = Size()
SMALL = Size((6, 6, 6), (2, 2, 2), (1, 1, 1), (1, 1, 1))
"""For what has to be played often: every kind of step, few of each."""


def p(account: str) -> str:
    return f"p-{account}"


def ids(accounts: Sequence[str]) -> list[str]:
    return [p(one) for one in accounts]


def key(item: str) -> str:
    return item.rpartition("/")[2]


def _named(value: Any) -> Iterator[str]:
    """Ids of persons in a paper, however deep."""
    if isinstance(value, str):
        if value.startswith("p-"):
            yield value
        return
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for one in inner:
        yield from _named(one)


@dataclass
class _Told:
    """What the acts of one told line answered."""

    clauses: dict[str, None] = field(default_factory=dict)
    clocks: Counter[str] = field(default_factory=Counter)


@dataclass
class Stage(Telling):
    """Plays acts; `people`: ids of everybody who did something or is named in a paper."""

    size: Size = WHOLE
    people: set[str] = field(default_factory=set)
    acts: int = 0
    counted: dict[str, int] = field(default_factory=dict)
    _versions: dict[str, int] = field(default_factory=dict)
    _told: _Told = field(default_factory=_Told)

    @contextmanager
    def step(self, who: str, zh: str, en: str) -> Iterator[None]:
        """All that is done meanwhile is told in one line, with its clauses and clocks."""
        self._told = _Told()
        yield
        clocks = tuple(
            text + (f" ×{count}" if count > 1 else "") for text, count in self._told.clocks.items()
        )
        self.say(Line(self.day, who, zh, en, tuple(self._told.clauses), clocks))

    def do(
        self,
        who: str,
        item: str,
        act: str,
        paper: Mapping[str, Any] | None = None,
        *documents: str,
    ) -> dict[str, Any]:
        """An act on an item by its address, or at a register where it opens one; `documents`: kinds of scans."""
        person, service = self.person(who), item.split("/")[1]
        self.people |= set(_named(paper))
        scans = [{"kind": kind, "id": person.upload(service, SCAN)} for kind in documents]
        for _ in range(4):
            try:
                answer = person.act(
                    f"{item}/{act}", paper, attachments=scans, version=self._versions.get(item)
                )
            except Refused as refusal:
                if refusal.code != "STALE_VERSION":
                    raise
                self._versions.pop(item, None)  # changed meanwhile by what another service sent: look again
            else:
                return self._heard(who, item, answer)
        raise Late(f"{item} changes all the time")

    def new(self, who: str, register: str, act: str, paper: Mapping[str, Any], *documents: str) -> str:
        """An act that opens an item; its address."""
        return f"{register}/{self.do(who, register, act, paper, *documents)['id']}"

    def decide(self, who: str, item: str) -> dict[str, Any]:
        return self._heard(who, item, self.person(who).decide(item))

    def _heard(self, who: str, item: str, answer: dict[str, Any]) -> dict[str, Any]:
        self.people.add(p(who))
        self.acts += 1
        self._versions[item if key(item) == answer["id"] else f"{item}/{answer['id']}"] = answer["version"]
        self._told.clauses |= dict.fromkeys(answer["clauses"])
        for clock in answer["duties"]:
            late = " 逾期 late" if clock["late"] else ""
            self._told.clocks[f"{clock['clause']} {clock['status']} {clock['due_at'][:10]}{late}"] += 1
        return answer

    def all(self, who: str, register: str, **of: object) -> list[dict[str, Any]]:
        """The lines of a register that somebody may know of, with these values."""
        found: list[dict[str, Any]] = []
        more: dict[str, str] = {}
        while True:
            page = self.person(who).get(register, limit="200", **more)
            found += [
                one for one in page["items"] if all(one.get(name) == value for name, value in of.items())
            ]
            if not page.get("next"):
                return found
            more = {"cursor": page["next"]}

    def round(self) -> str:
        return self.items["round"]

    def team(self, team: Team) -> str:
        return self.items[f"team {team.no}"]

    def unit(self, unit: Unit) -> str:
        return self.items[unit.id]

    def go_to(self, days: int) -> None:
        """To `days` calendar days after the first Monday of the story."""
        if not hasattr(self, "first"):
            begin = max(self._now().date(), START)
            self.first = begin + timedelta(days=-begin.weekday() % 7)
        super().go_to(days)

    def on(self, days: int) -> str:
        """The day that is `days` after the day of the story."""
        return (date.fromisoformat(self.day) + timedelta(days=days)).isoformat()

    def at_nine(self, days: int = 0) -> str:
        return datetime.combine(date.fromisoformat(self.on(days)), time(9), ZONE).isoformat()
