"""Proposals of teams and leaders on rosters that nobody thought of: the rules hold, nobody is left without a reason."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from contracts.refusals import RefusalCode
from services.inspection.domain.arranging import arrange
from services.inspection.domain.codes import CadreSystem, Speciality
from services.inspection.domain.grouping import (
    Candidate,
    Group,
    Grouping,
    TeamReason,
    TeamWish,
    propose_grouping,
)
from services.inspection.domain.leading import Leader, LeaderReason, propose_leaders
from services.inspection.domain.team_rules import (
    Member,
    Relations,
    Why,
    may_not_deputise,
    may_not_join,
    may_not_lead,
)

UNITS = tuple(f"unit-{n}" for n in range(6))
PERSONS = tuple(f"p-{n}" for n in range(9))
TEAMS = tuple(f"team-{n}" for n in range(3))
relations_there_are = st.dictionaries(
    st.tuples(st.sampled_from(PERSONS), st.sampled_from(UNITS)),
    st.sampled_from((Why.WORKS_THERE, Why.LINE_OR_FAMILY, Why.DECLARED)),
    max_size=30,
)


@st.composite
def rosters(draw: st.DrawFn) -> tuple[list[Candidate], list[Group]]:
    teams = TEAMS[: draw(st.integers(1, 3))]
    leads = {p: team for team, p in zip(teams, draw(st.permutations(PERSONS)), strict=False)}
    groups = [
        Group(team, UNITS[2 * n : 2 * n + draw(st.integers(1, 2))], (leader,))
        for n, (leader, team) in enumerate(leads.items())
    ]
    some = draw(st.lists(st.sampled_from(PERSONS), unique=True))
    candidates = [
        Candidate(
            Member(
                person,
                fit=draw(st.booleans()) or draw(st.booleans()),
                team_id=draw(st.sampled_from(("", "", *teams))),
                leads_id=leads.get(person, ""),
            ),
            system=draw(st.sampled_from(CadreSystem)).value,
            speciality=draw(st.sampled_from(("", *(one.value for one in Speciality)))),
            experienced=draw(st.booleans()),
            birth_year=draw(st.none() | st.integers(1960, 2000)),
            was_at=frozenset(draw(st.sets(st.sampled_from(UNITS), max_size=2))),
        )
        for person in some
    ]
    return candidates, groups


def sizes(found: Grouping) -> list[int]:
    return [team.size for team in found.teams]


@given(rosters(), relations_there_are)
def test_no_rule_is_ever_broken_and_everybody_is_placed_or_told_why_not(
    roster: tuple[list[Candidate], list[Group]], relations: Relations
) -> None:
    candidates, groups = roster
    found = propose_grouping(candidates, groups, relations)
    members, teams = {one.person_id: one.member for one in candidates}, {one.id: one for one in groups}
    waiting = {person for person, one in members.items() if not one.team_id}
    joining = [one for one in found.placed if TeamReason.IN_IT not in one.reasons]
    for one in joining:
        team = teams[one.team_id]
        assert may_not_join(relations, members[one.person_id], team.id, team.unit_ids) is None
        assert one.reasons
    for barred in found.barred:
        team = teams[barred.team_id]
        assert may_not_join(relations, members[barred.person_id], team.id, team.unit_ids) == barred.bar
    placed = [one.person_id for one in joining]
    assert sorted([*placed, *found.nowhere]) == sorted(waiting)
    for person in found.nowhere:
        assert {one.team_id for one in found.barred if one.person_id == person} == set(teams)
    assert sum(team.joining for team in found.teams) == len(joining)


@given(rosters(), relations_there_are, st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_given_does_not_matter(
    roster: tuple[list[Candidate], list[Group]], relations: Relations, random: Random
) -> None:
    candidates, groups = roster
    shuffled: tuple[list[Candidate], list[Group]] = ([*candidates], [*groups])
    for those in shuffled:
        random.shuffle(those)
    turned = dict(reversed(list(relations.items())))
    assert propose_grouping(*shuffled, turned) == propose_grouping(candidates, groups, relations)


@given(
    st.dictionaries(st.sampled_from(PERSONS), st.sets(st.sampled_from(TEAMS), min_size=1)),
    st.fixed_dictionaries({team: st.integers(0, 4) for team in TEAMS}),
)
def test_no_other_arrangement_is_more_even(open_to: dict[str, set[str]], present: dict[str, int]) -> None:
    """Against all there are: the sum of the squares of how many are in each place is the smallest."""
    found = arrange(open_to, present, lambda _place, _those: ())
    assert found.keys() == open_to.keys()
    assert all(place in open_to[one] for one, place in found.items())
    assert unevenness(found.values(), present) == min(all_of(list(open_to.values()), present))


def unevenness(places: Iterable[str], present: dict[str, int]) -> int:
    loads = dict(present)
    for place in places:
        loads[place] += 1
    return sum(load**2 for load in loads.values())


def all_of(open_to: list[set[str]], present: dict[str, int]) -> set[int]:
    reached = {tuple(present[team] for team in TEAMS)}
    for places in open_to:
        reached = {
            tuple(load + (team == place) for load, team in zip(loads, TEAMS, strict=True))
            for loads in reached
            for place in places
        }
    return {sum(load**2 for load in loads) for loads in reached}


def test_specialities_and_experience_are_spread_over_the_teams() -> None:
    groups = [Group("a", ("u1",), ("p-l1",)), Group("b", ("u2",), ("p-l2",))]
    roster = [
        Candidate(Member(f"p-{n}"), speciality=speciality, experienced=n < 2)
        for n, speciality in enumerate(("audit", "audit", "law", "law"))
    ]
    found = propose_grouping(roster, groups, {})
    assert [(t.size, t.specialities, t.lacks, t.wishes) for t in found.teams] == [
        (3, ("audit", "law"), (), ()),
        (3, ("audit", "law"), (), ()),
    ]
    assert all(TeamReason.NEW_SPECIALITY in one.reasons for one in found.placed)


def test_what_the_rules_leave_no_way_to_is_said() -> None:
    groups = [Group("a", ("u1",), ("p-l1",)), Group("b", ("u2",), ("p-l2",))]
    roster = [
        Candidate(Member("p-0"), speciality="audit", experienced=True),
        Candidate(Member("p-1"), speciality="law", experienced=True),
        Candidate(Member("p-2"), speciality="finance"),
        Candidate(Member("p-3", fit=False)),
        Candidate(Member("p-4", team_id="a")),
        Candidate(Member("p-5")),
    ]
    kept_from_b = {(f"p-{n}", "u2"): Why.WORKS_THERE for n in range(3)}
    both = {("p-5", "u1"): Why.DECLARED, ("p-5", "u2"): Why.LINE_OR_FAMILY, ("p-4", "u1"): Why.DECLARED}
    found = propose_grouping(roster, groups, kept_from_b | both)
    assert found.nowhere == ("p-3", "p-5")
    assert [(one.person_id, one.team_id) for one in found.must_leave] == [("p-4", "a")]
    first, second = found.teams
    assert first.wishes == (TeamWish.MEMBER_MUST_AVOID,)
    assert second.wishes == (TeamWish.NOBODY_EXPERIENCED, TeamWish.SMALLER)
    assert second.lacks == ("audit", "finance", "law")
    assert {one.bar.code for one in found.barred} == {
        RefusalCode.CONFLICT_OF_INTEREST,
        RefusalCode.PRECONDITION_NOT_MET,
    }


pools = st.lists(
    st.builds(Leader, st.sampled_from(PERSONS), st.integers(0, 2), st.integers(0, 2), st.booleans()),
    unique_by=lambda one: one.person_id,
)
led = st.dictionaries(st.sampled_from(UNITS), st.sampled_from(PERSONS))
units = st.lists(st.sampled_from(UNITS), unique=True)


@given(pools, units, relations_there_are, led)
def test_who_is_proposed_may_lead_and_each_unit_has_a_leader_or_nobody_may(
    pool: list[Leader], unit_ids: list[str], relations: Relations, led_last: dict[str, str]
) -> None:
    found = propose_leaders(pool, unit_ids, relations, led_last)
    for line in found.lines:
        assert may_not_lead(relations, led_last, line.leader_id, line.unit_ids) is None
        assert not line.deputy_id or may_not_deputise(relations, line.deputy_id, line.unit_ids) is None
    named = [p for line in found.lines for p in (line.leader_id, line.deputy_id) if p]
    assert len(named) == len(set(named))
    assert sorted([*(u for line in found.lines for u in line.unit_ids), *found.without]) == sorted(unit_ids)
    for unit in found.without:
        assert {one.person_id for one in found.barred if one.unit_id == unit} == {p.person_id for p in pool}
    for one in found.barred:
        assert may_not_lead(relations, led_last, one.person_id, (one.unit_id,)) == one.bar
        assert one.unit_id not in found.may_lead[one.person_id]


@given(pools, units, relations_there_are, led, st.randoms(use_true_random=False))
def test_nor_does_the_order_of_the_pool(
    pool: list[Leader],
    unit_ids: list[str],
    relations: Relations,
    led_last: dict[str, str],
    random: Random,
) -> None:
    shuffled, turned = [*pool], [*unit_ids]
    random.shuffle(shuffled)
    random.shuffle(turned)
    assert propose_leaders(shuffled, turned, relations, led_last) == propose_leaders(
        pool, unit_ids, relations, led_last
    )


def test_who_led_before_comes_first_and_who_led_in_the_last_round_where_there_is_nobody_else() -> None:
    pool = [Leader("p-0", led=3, just_led=True), Leader("p-1", led=1), Leader("p-2", deputised=1)]
    [one] = propose_leaders(pool, ("u",), {}, {}).lines
    assert (one.leader_id, one.leader_reasons) == ("p-1", (LeaderReason.HAS_LED,))
    assert (one.deputy_id, one.deputy_reasons) == ("p-0", (LeaderReason.HAS_LED,))
    [alone] = propose_leaders(pool[:1], ("u",), {}, {}).lines
    assert alone.leader_reasons == (
        LeaderReason.ONLY_ONE,
        LeaderReason.HAS_LED,
        LeaderReason.LED_THE_ROUND_BEFORE,
    )
