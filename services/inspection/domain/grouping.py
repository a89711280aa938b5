"""Which cadre might join which team of a round: the rules hold, the rest is weighed (XC-1.5a)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from services.inspection.domain.arranging import Cost, arrange
from services.inspection.domain.codes import Speciality
from services.inspection.domain.team_rules import Bar, Member, Relations, may_not_join, must_avoid


class TeamReason(StrEnum):
    """Why somebody is proposed for a team."""

    IN_IT = "in_it"
    ONLY_TEAM = "only_team"
    NEW_SPECIALITY = "new_speciality"
    EXPERIENCED = "experienced"
    EVEN_SIZE = "even_size"
    WAS_THERE = "was_there"


class TeamWish(StrEnum):
    """What a team would want besides and does not have."""

    NOBODY_EXPERIENCED = "nobody_experienced"
    SMALLER = "smaller"
    MEMBER_MUST_AVOID = "member_must_avoid"


@dataclass(frozen=True)
class Candidate:
    """A cadre of the roster, with what the grouping goes by (XC-1.5a).

    `speciality` and `system`: codes, empty if not on the roster; `was_at`: units at which they were in the team when
    these were inspected last (no rule bars them there: only the leader may not come back).
    """

    member: Member
    system: str = ""
    speciality: str = ""
    experienced: bool = False
    birth_year: int | None = None
    was_at: frozenset[str] = frozenset()

    @property
    def person_id(self) -> str:
        return self.member.person_id


@dataclass(frozen=True)
class Group:
    """A team of the round with its units; `leader_ids`: leader and deputies."""

    id: str
    unit_ids: tuple[str, ...]
    leader_ids: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Placed:
    """Somebody is in a team (`IN_IT`), or proposed for it."""

    team_id: str
    person_id: str
    reasons: tuple[TeamReason, ...]


@dataclass(frozen=True, order=True)
class Barred:
    """Somebody may not be in a team, and why."""

    person_id: str
    team_id: str
    bar: Bar


@dataclass(frozen=True)
class Shape:
    """A team as it would be. `size`: with its leaders; `lacks`: specialities on the roster that it has nobody of."""

    team_id: str
    size: int
    joining: int
    specialities: tuple[str, ...]
    lacks: tuple[str, ...]
    wishes: tuple[TeamWish, ...]


@dataclass(frozen=True)
class Grouping:
    """`barred`: of those who are in no team yet. `nowhere`: of these, who may join none at all.

    `must_leave`: who is in a team that they have to avoid by now.
    """

    placed: tuple[Placed, ...]
    barred: tuple[Barred, ...]
    nowhere: tuple[str, ...]
    must_leave: tuple[Barred, ...]
    teams: tuple[Shape, ...]


def propose_grouping(
    candidates: Iterable[Candidate], groups: Iterable[Group], relations: Relations
) -> Grouping:
    """Who is in no team yet is proposed for one that no rule bars; the same for the same roster, in whatever order.

    Weighed in this order: teams of one size, somebody experienced in each, different specialities, systems, ages, and
    nobody where they were the last time.
    """
    teams = {group.id: group for group in sorted(groups, key=lambda one: one.id)}
    roster = {one.person_id: one for one in sorted(candidates, key=lambda one: one.person_id)}
    there: dict[str, list[Candidate]] = {team: [] for team in teams}
    for one in roster.values():
        if one.member.team_id in teams:
            there[one.member.team_id].append(one)
    waiting = [one for one in roster.values() if not one.member.team_id]
    bars = {
        (one.person_id, team.id): may_not_join(relations, one.member, team.id, team.unit_ids)
        for one in waiting
        for team in teams.values()
    }
    open_to = {one.person_id: [t for t in teams if bars[one.person_id, t] is None] for one in waiting}
    size = {
        team: len({*teams[team].leader_ids, *(one.person_id for one in there[team])} - open_to.keys())
        for team in teams
    }

    def cost(team: str, ids: Sequence[str]) -> Cost:
        return _cost(teams[team], [*there[team], *(roster[one] for one in ids)], middle)

    middle = _middle_year(roster.values())
    joining = arrange(open_to, size, cost)
    whole = {team: [*there[team], *(roster[p] for p, t in joining.items() if t == team)] for team in teams}
    placed = [Placed(team, one.person_id, (TeamReason.IN_IT,)) for team in teams for one in there[team]]
    placed += [
        Placed(team, person, _reasons(roster[person], teams[team], whole[team], open_to[person]))
        for person, team in joining.items()
    ]
    must_leave = [
        Barred(one.person_id, team, bar)
        for team in teams
        for one in there[team]
        if (bar := must_avoid(relations, one.person_id, teams[team].unit_ids, "XC-2.3c")) is not None
    ]
    shape = partial(_shape, whole=whole, teams=teams, left={one.team_id for one in must_leave})
    return Grouping(
        placed=tuple(sorted(placed)),
        barred=tuple(sorted(Barred(person, team, bar) for (person, team), bar in bars.items() if bar)),
        nowhere=tuple(one.person_id for one in waiting if one.person_id not in joining),
        must_leave=tuple(must_leave),
        teams=tuple(shape(team, sum(one == team for one in joining.values())) for team in teams),
    )


def _middle_year(roster: Iterable[Candidate]) -> int:
    """Half of those whose year of birth is known are younger."""
    years = sorted(one.birth_year for one in roster if one.birth_year)
    return years[len(years) // 2] if years else 0


def _cost(team: Group, those: Sequence[Candidate], middle: int) -> Cost:
    """Squares of how many are alike: their sum over the teams is smallest where the alike are spread out."""
    specialities = Counter(one.speciality for one in those if one.speciality)
    systems = Counter(one.system for one in those if one.system)
    ages = Counter(one.birth_year >= middle for one in those if one.birth_year)
    return (
        int(not any(one.experienced for one in those)),
        sum(count**2 for count in specialities.values()),
        sum(count**2 for count in systems.values()),
        sum(count**2 for count in ages.values()),
        sum(not one.was_at.isdisjoint(team.unit_ids) for one in those),
    )


def _reasons(
    one: Candidate, team: Group, whole: Sequence[Candidate], open_to: Sequence[str]
) -> tuple[TeamReason, ...]:
    others = [other for other in whole if other is not one]
    found = [
        (TeamReason.ONLY_TEAM, len(open_to) == 1),
        (
            TeamReason.NEW_SPECIALITY,
            bool(one.speciality) and all(other.speciality != one.speciality for other in others),
        ),
        (TeamReason.EXPERIENCED, one.experienced and not any(other.experienced for other in others)),
    ]
    reasons = [reason for reason, holds in found if holds] or [TeamReason.EVEN_SIZE]
    return (*reasons, *([TeamReason.WAS_THERE] if one.was_at & set(team.unit_ids) else []))


def _shape(
    team: str,
    joining: int,
    *,
    whole: dict[str, list[Candidate]],
    teams: dict[str, Group],
    left: set[str],
) -> Shape:
    sizes = {one: len({*teams[one].leader_ids, *(each.person_id for each in whole[one])}) for one in teams}
    known = [one.value for one in Speciality if one is not Speciality.OTHER]
    here = {one.speciality for one in whole[team] if one.speciality}
    anywhere = {one.speciality for those in whole.values() for one in those}
    found = [
        (TeamWish.NOBODY_EXPERIENCED, not any(one.experienced for one in whole[team])),
        (TeamWish.SMALLER, sizes[team] + 1 < max(sizes.values())),
        (TeamWish.MEMBER_MUST_AVOID, team in left),
    ]
    return Shape(
        team_id=team,
        size=sizes[team],
        joining=joining,
        specialities=tuple(sorted(here)),
        lacks=tuple(one for one in known if one in anywhere - here),
        wishes=tuple(wish for wish, holds in found if holds),
    )
