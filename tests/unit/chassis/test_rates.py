"""Growth, shares and the same months a year earlier: rounded half up, exactly."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.rates import Span, growth_in_tenths, in_words, share_in_tenths, year_earlier

COUNTS = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("now", "before", "rate"),
    [
        (36, 10, "260.0"),
        (28, 25, "12.0"),
        (17, 14, "21.4"),
        (17, 16, "6.3"),  # 6.25
        (19, 16, "18.8"),  # 18.75
        (9, 10, "-10.0"),
        (15, 16, "-6.3"),
        (10, 10, "0.0"),
        (0, 7, "-100.0"),
        (5, 0, None),
        (0, 0, None),
    ],
)
def test_growth_is_told_to_one_decimal_or_is_not_applicable(now: int, before: int, rate: str | None) -> None:
    assert in_words(growth_in_tenths(now, before)) == rate


@given(COUNTS, st.integers(1, 10**9))
def test_growth_is_what_exact_decimals_give(now: int, before: int) -> None:
    with localcontext() as context:
        context.prec = 60
        exact = (Decimal(now - before) * 100 / Decimal(before)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert Decimal(in_words(growth_in_tenths(now, before)) or "x") == exact


@given(st.lists(COUNTS, min_size=1, max_size=4).filter(any))
def test_shares_of_a_total_come_to_a_hundred_within_their_rounding(parts: list[int]) -> None:
    tenths = [share_in_tenths(part, sum(parts)) or 0 for part in parts]
    assert abs(sum(tenths) - 1000) <= len(parts)


def test_of_no_total_there_is_no_share() -> None:
    assert share_in_tenths(0, 0) is None
    assert in_words(share_in_tenths(132, 170)) == "77.6"


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-01-01", "2026-12-31", ("2025-01-01", "2025-12-31")),
        ("2026-01-01", "2026-04-30", ("2025-01-01", "2025-04-30")),
        ("2028-02-01", "2028-02-29", ("2027-02-01", "2027-02-28")),
        ("2029-02-01", "2029-02-28", ("2028-02-01", "2028-02-29")),  # a whole month stays a whole month
        ("2026-02-10", "2026-02-27", ("2025-02-10", "2025-02-27")),
        ("2028-02-29", "2028-03-01", ("2027-02-28", "2027-03-01")),
    ],
)
def test_the_same_months_a_year_earlier(first: str, last: str, before: tuple[str, str]) -> None:
    span = Span(date.fromisoformat(first), date.fromisoformat(last))
    earlier = year_earlier(span)
    assert (earlier.first.isoformat(), earlier.last.isoformat()) == before


@given(st.dates(date(1901, 1, 1), date(2199, 12, 31)), st.integers(0, 800))
def test_a_period_and_the_one_a_year_earlier_have_the_same_months(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    earlier = year_earlier(Span(first, last))
    assert (earlier.first.year, earlier.last.year) == (first.year - 1, last.year - 1)
    assert (earlier.first.month, earlier.last.month) == (first.month, last.month)
    assert earlier.first <= earlier.last
