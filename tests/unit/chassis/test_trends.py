"""Counts over time: calendar periods, and which small counts are told."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.rates import Span
from services.chassis.trends import FEWEST, MOST_PERIODS, Step, periods, told


def test_months_are_calendar_months_and_the_ends_are_cut_to_the_span() -> None:
    found = periods(Span(date(2025, 12, 15), date(2026, 3, 2)), Step.MONTH)
    assert [(one.first.isoformat(), one.last.isoformat()) for one in found] == [
        ("2025-12-15", "2025-12-31"),
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-28"),
        ("2026-03-01", "2026-03-02"),
    ]


def test_quarters_begin_in_january_april_july_and_october() -> None:
    found = periods(Span(date(2026, 2, 10), date(2026, 10, 1)), Step.QUARTER)
    assert [one.first.isoformat() for one in found] == [
        "2026-02-10",
        "2026-04-01",
        "2026-07-01",
        "2026-10-01",
    ]
    assert [one.last.isoformat() for one in found] == ["2026-03-31", "2026-06-30", "2026-09-30", "2026-10-01"]


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(Step)
)  # fmt: skip
def test_periods_follow_one_another_without_a_gap(one: date, other: date, step: Step) -> None:
    span = Span(min(one, other), max(one, other))
    found = periods(span, step)
    assert found[0].first == span.first
    assert all(after.first.toordinal() == before.last.toordinal() + 1 for before, after in pairwise(found))
    assert found[-1].last == span.last or len(found) == MOST_PERIODS + 1


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        ([0, 0], (0, 0), 0),
        ([5, 6], (5, 6), 11),
        (
            [4, 6, 9],
            (None, None, 9),
            19,
        ),  # the next larger one goes as well: the sum would tell the small one
        ([4, 6], (None, None), 10),
        ([4, 0], (None, 0), None),
        ([1, 1, 7], (None, None, None), 9),  # two, whose sum is two, are one each
        ([1, 1], (None, None), None),
        ([2, 3, 8], (None, None, 8), 13),
    ],
)
def test_small_counts_are_not_told(
    counts: list[int], shown: tuple[int | None, ...], total: int | None
) -> None:
    found = told([counts])
    assert (found.counts, found.totals) == ((shown,), (total,))


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_no_small_count_can_be_worked_out_from_what_is_told(row: list[int]) -> None:
    """Each row that is shown in the same way is thinkable: a hidden small count has at least two values."""
    found = told([row])
    shown, total = found.counts[0], found.totals[0]
    hidden = [number for number, count in enumerate(shown) if count is None]
    thinkable = []
    for values in product(range(1, 10), repeat=len(hidden)):
        other = list(row)
        for number, value in zip(hidden, values, strict=True):
            other[number] = value
        if total is None or sum(other) == total:
            thinkable.append(tuple(other))
    for number in hidden:
        if row[number] < FEWEST:
            assert len({other[number] for other in thinkable}) > 1
