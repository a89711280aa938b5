"""Who might lead the team for which unit: the rules hold, the rest is weighed (XC-1.1c to XC-1.1e)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.inspection.domain.arranging import Cost, arrange
from services.inspection.domain.team_rules import Bar, LedLast, Relations, may_not_deputise, may_not_lead


class LeaderReason(StrEnum):
    """Why somebody is proposed as leader or deputy; the last one is what speaks against it."""

    ONLY_ONE = "only_one"
    HAS_LED = "has_led"
    HAS_DEPUTISED = "has_deputised"
    OPEN_THERE = "open_there"
    LED_THE_ROUND_BEFORE = "led_the_round_before"


@dataclass(frozen=True)
class Leader:
    """Somebody who might lead. `led`, `deputised`: in how many earlier teams; `just_led`: in the round before."""

    person_id: str
    led: int = 0
    deputised: int = 0
    just_led: bool = False


@dataclass(frozen=True)
class LeaderLine:
    """A team as it might be nominated; without a deputy where nobody is left who may be one."""

    unit_ids: tuple[str, ...]
    leader_id: str
    leader_reasons: tuple[LeaderReason, ...]
    deputy_id: str = ""
    deputy_reasons: tuple[LeaderReason, ...] = ()


@dataclass(frozen=True, order=True)
class BarredLeader:
    """Somebody may not lead at a unit, and why."""

    unit_id: str
    person_id: str
    bar: Bar


@dataclass(frozen=True)
class Leading:
    """`may_lead`: by person, the units where no rule bars them. `without`: units where nobody of the pool may lead."""

    lines: tuple[LeaderLine, ...]
    may_lead: Mapping[str, tuple[str, ...]]
    barred: tuple[BarredLeader, ...]
    without: tuple[str, ...]


def propose_leaders(
    pool: Iterable[Leader], unit_ids: Iterable[str], relations: Relations, led_last: LedLast
) -> Leading:
    """A leader for each unit, nobody for two as long as there are enough; then a deputy for each team.

    Weighed in this order: who did not lead in the round before, who has led, who was deputy. The same for the same
    pool, in whatever order.
    """
    persons = {one.person_id: one for one in sorted(pool, key=lambda one: one.person_id)}
    units = sorted(set(unit_ids))
    bars = {(u, p): may_not_lead(relations, led_last, p, (u,)) for u in units for p in persons}
    open_to = {u: [p for p in persons if bars[u, p] is None] for u in units}

    def cost(person: str, given: Sequence[str]) -> Cost:
        return _cost(persons[person], len(given), leads=True)

    leads = arrange(open_to, dict.fromkeys(persons, 0), cost)
    teams = {p: tuple(u for u in units if leads.get(u) == p) for p in sorted(set(leads.values()))}
    deputies = _deputies({p: one for p, one in persons.items() if p not in teams}, teams, relations)
    lines = [
        LeaderLine(
            unit_ids=given,
            leader_id=leader,
            leader_reasons=_reasons(
                persons[leader], leads=True, alone=any(open_to[u] == [leader] for u in given)
            ),
            deputy_id=deputies.get(leader, ""),
            deputy_reasons=_reasons(persons[deputies[leader]], leads=False) if leader in deputies else (),
        )
        for leader, given in teams.items()
    ]
    return Leading(
        lines=tuple(sorted(lines, key=lambda line: line.unit_ids)),
        may_lead={p: tuple(u for u in units if bars[u, p] is None) for p in persons},
        barred=tuple(sorted(BarredLeader(u, p, bar) for (u, p), bar in bars.items() if bar is not None)),
        without=tuple(u for u in units if not open_to[u]),
    )


def _deputies(
    persons: Mapping[str, Leader], teams: Mapping[str, tuple[str, ...]], relations: Relations
) -> dict[str, str]:
    """By leader, one deputy each; nobody in two teams."""
    open_to = {
        leader: [p for p in persons if may_not_deputise(relations, p, units) is None]
        for leader, units in teams.items()
    }

    def cost(person: str, given: Sequence[str]) -> Cost:
        return _cost(persons[person], len(given), leads=False)

    found = arrange(open_to, dict.fromkeys(persons, 0), cost)
    first: dict[str, str] = {}
    for leader, person in sorted(found.items()):
        if person not in first.values():
            first[leader] = person
    return first


def _cost(one: Leader, teams: int, *, leads: bool) -> Cost:
    if not teams:
        return (0, 0)
    return int(leads and one.just_led), 0 if one.led else 1 if one.deputised else 2


def _reasons(one: Leader, *, leads: bool, alone: bool = False) -> tuple[LeaderReason, ...]:
    known = (
        LeaderReason.HAS_LED
        if one.led
        else LeaderReason.HAS_DEPUTISED
        if one.deputised
        else LeaderReason.OPEN_THERE
    )
    return (
        *((LeaderReason.ONLY_ONE,) if alone else ()),
        known,
        *((LeaderReason.LED_THE_ROUND_BEFORE,) if leads and one.just_led else ()),
    )
