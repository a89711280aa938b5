"""Who may dispose of a clue follows from how the persons reported are managed."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clues.domain.management import (
    LEVELS,
    UNKNOWN,
    Official,
    Route,
    highest_level,
    is_unit_managed_principal,
    route_of,
)

officials = st.builds(
    Official,
    level=st.sampled_from([*LEVELS, "guest"]),
    managing_authority=st.sampled_from(["unit", "district", "city", ""]),
    leadership_member=st.booleans(),
    party_head=st.booleans(),
)


def official(
    level: str = "staff", managed_by: str = "unit", *, leader: bool = False, party_head: bool = False
) -> Official:
    return Official(level, managed_by, leader, party_head)


@pytest.mark.parametrize(
    ("person", "route"),
    [
        (official(), Route.DISPOSE),
        (official("section_chief"), Route.DISPOSE),
        (official("section_chief", party_head=True), Route.DISPOSE),
        (official("section_chief", "district"), Route.SUBMIT),
        (official("staff", "district"), Route.SUBMIT),
        (official("division", "city"), Route.SUBMIT),
        (official("deputy_section", leader=True), Route.SUBMIT),
        (official("staff", ""), Route.SUBMIT),
    ],
)
def test_the_office_disposes_of_clues_on_officials_whom_the_unit_manages(
    person: Official, route: Route
) -> None:
    assert route_of([person]) is route


@given(st.lists(officials), officials)
def test_another_person_reported_never_brings_a_clue_back_into_the_offices_hands(
    others: list[Official], person: Official
) -> None:
    if route_of(others) is Route.SUBMIT:
        assert route_of([*others, person]) is Route.SUBMIT
    assert (route_of(others) is Route.DISPOSE) == all(route_of([one]) is Route.DISPOSE for one in others)


def test_the_level_of_a_clue_is_that_of_its_highest_person_in_whatever_order() -> None:
    people = [official("staff"), official("section_chief"), official("guest")]
    assert {highest_level(order) for order in permutations(people)} == {"section_chief"}


def test_the_level_is_unknown_where_the_roster_knows_nobody() -> None:
    assert highest_level([]) == UNKNOWN
    assert route_of([]) is Route.DISPOSE


@pytest.mark.parametrize(
    ("person", "is_one"),
    [
        (official(party_head=True), True),
        (official("section_chief", "district", party_head=True), False),
        (official("section_chief", leader=True), False),
    ],
)
def test_a_principal_leader_of_the_unit_heads_its_party_organisation_and_is_managed_by_it(
    person: Official, *, is_one: bool
) -> None:
    assert is_unit_managed_principal(person) is is_one
