"""The share of explanations to be verified, and a draw that anybody can repeat."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clues.domain.spot_check import last_checkpoint, ranked, required, sample

IDS = st.sets(st.text("0123456789abcdef", min_size=4, max_size=8), max_size=30)


@pytest.mark.parametrize(
    ("received", "percent", "expected"),
    [
        (0, 5, 0),
        (1, 5, 1),
        (19, 5, 1),
        (20, 5, 1),
        (21, 5, 2),
        (40, 5, 2),
        (41, 5, 3),
        (10, 100, 10),
        (10, 0, 0),
    ],
)
def test_the_share_is_rounded_up(received: int, percent: int, expected: int) -> None:
    assert required(received, percent) == expected


@given(population=IDS, seed=st.text(max_size=8), size=st.integers(0, 40))
def test_the_same_seed_draws_the_same_sample_whatever_the_order(
    population: set[str], seed: str, size: int
) -> None:
    drawn = sample(seed, population, size)
    assert drawn == sample(seed, sorted(population, reverse=True), size)
    assert len(set(drawn)) == len(drawn) == min(size, len(population))
    assert set(drawn) <= population


@given(population=IDS, more=IDS, seed=st.text(max_size=8))
def test_what_comes_in_later_does_not_change_the_order_of_what_was_there(
    population: set[str], more: set[str], seed: str
) -> None:
    later = [one for one in ranked(seed, population | more) if one in population]
    assert later == ranked(seed, population)


def test_another_seed_draws_another_sample() -> None:
    population = {f"{number:04x}" for number in range(200)}
    assert sample("a", population, 10) != sample("b", population, 10)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 30), None),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 6, 29), date(2026, 3, 31)),
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2027, 1, 1), date(2026, 12, 1)),
    ],
)
def test_the_latest_checkpoint_that_has_come(today: date, expected: date | None) -> None:
    assert last_checkpoint(2026, today) == expected
