"""Time limits: cases a lawyer can read, properties, the calendar's end and its alarm."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contracts.clause import catalogue
from contracts.working_days import (
    LONGEST,
    SHANGHAI,
    Calendar,
    Notice,
    Unit,
    calendar_alarm,
    due,
    due_before,
    parse_notice,
    published_calendar,
)

CASES = Path(__file__).parent / "cases"
DAYS = st.dates(date(2022, 1, 1), date(2029, 12, 31))
AMOUNTS = st.integers(0, 60)


@dataclass(frozen=True)
class Case:
    """One row of a case file."""

    case: str
    counted_from: date
    due_on: date
    clause: str = ""
    value: str = ""
    amount: int = 0
    unit: Unit = "day"
    counted: tuple[date, ...] | None = None
    provisional: bool = False


def cases() -> list[Any]:
    rows = [row for path in sorted(CASES.glob("*.yaml")) for row in yaml.safe_load(path.read_text("utf-8"))]
    return [pytest.param(Case(**row), id=row["case"]) for row in rows]


@pytest.mark.parametrize("case", cases())
def test_a_limit_ends_as_the_case_says(case: Case) -> None:
    amount, unit = case.amount, case.unit
    if case.clause:
        value = catalogue().value(case.clause, case.value, case.counted_from)
        assert value.unit in get_args(Unit)
        amount, unit = value.amount, value.unit  # type: ignore[assignment]
    found = due(case.counted_from, amount, unit, published_calendar())
    assert found.due_on == case.due_on
    assert found.provisional is case.provisional
    if case.counted is not None:
        assert list(found.counted) == list(case.counted)


def test_a_limit_ends_with_the_last_second_of_the_day_in_shanghai() -> None:
    found = due(date(2026, 3, 2), 3, "working_day", published_calendar())
    assert found.due_at == datetime(2026, 3, 5, 23, 59, 59, tzinfo=SHANGHAI)
    assert found.due_at.utcoffset() == timedelta(hours=8)
    assert found.due_at < datetime(2026, 3, 6, 0, 0, tzinfo=SHANGHAI)


@given(start=DAYS, amount=AMOUNTS)
def test_counted_days_are_all_working_days_after_the_event_and_as_many_as_asked(
    start: date, amount: int
) -> None:
    calendar = published_calendar()
    found = due(start, amount, "working_day", calendar)
    assert len(found.counted) == amount
    assert all(calendar.is_working_day(day) and day > start for day in found.counted)
    assert list(found.counted) == sorted(set(found.counted))
    assert found.due_on == (found.counted[-1] if amount else start)


@given(start=DAYS, amount=AMOUNTS)
def test_no_working_day_between_event_and_due_date_is_left_out(start: date, amount: int) -> None:
    calendar = published_calendar()
    found = due(start, amount, "working_day", calendar)
    between = [start + timedelta(days=step) for step in range(1, (found.due_on - start).days + 1)]
    assert tuple(day for day in between if calendar.is_working_day(day)) == found.counted


@given(start=DAYS, amount=st.integers(1, 30), unit=st.sampled_from(get_args(Unit)))
def test_a_longer_limit_never_ends_earlier(start: date, amount: int, unit: Unit) -> None:
    calendar = published_calendar()
    assert due(start, amount, unit, calendar).due_on <= due(start, amount + 1, unit, calendar).due_on


@given(start=DAYS, amount=st.integers(1, 30), unit=st.sampled_from(get_args(Unit)))
def test_a_later_event_never_makes_a_limit_end_earlier(start: date, amount: int, unit: Unit) -> None:
    calendar = published_calendar()
    assert (
        due(start, amount, unit, calendar).due_on
        <= due(start + timedelta(days=1), amount, unit, calendar).due_on
    )


@given(start=DAYS, amount=st.integers(0, 30))
def test_only_working_days_of_unpublished_years_are_provisional(start: date, amount: int) -> None:
    found = due(start, amount, "working_day", published_calendar())
    years = {(start + timedelta(days=step)).year for step in range(1, (found.due_on - start).days + 1)}
    assert found.provisional == any(year not in (2024, 2025, 2026) for year in years)


@pytest.mark.parametrize("unit", ["half_month", "calendar_month", "quarter", "half_year", "year"])
def test_a_period_limit_of_no_period_is_refused(unit: Unit) -> None:
    with pytest.raises(ValueError, match="at least one period"):
        due(date(2026, 1, 1), 0, unit, published_calendar())


@pytest.mark.parametrize("amount", [-1, LONGEST + 1])
def test_an_impossible_amount_is_refused_before_it_is_counted(amount: int) -> None:
    with pytest.raises(ValueError, match="between 0 and"):
        due(date(2026, 1, 1), amount, "working_day", published_calendar())


@pytest.mark.parametrize("start", [date(1899, 12, 31), date(2201, 1, 1), date(9999, 12, 31)])
def test_a_year_that_can_only_be_a_mistake_is_refused(start: date) -> None:
    with pytest.raises(ValueError, match="can't be counted from the year"):
        due(start, 3, "working_day", published_calendar())


def test_an_unknown_unit_is_refused_with_the_list_of_units() -> None:
    with pytest.raises(ValueError, match="use one of immediate"):
        due(date(2026, 1, 1), 1, "fortnight", published_calendar())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 2, 4), True),
        (date(2024, 2, 10), False),
        (date(2024, 10, 12), True),
        (date(2025, 1, 26), True),
        (date(2025, 1, 27), True),
        (date(2025, 2, 4), False),
        (date(2025, 10, 8), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 14), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 28), True),
        (date(2026, 5, 9), True),
        (date(2026, 9, 20), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
    ],
)
def test_published_days_off_and_make_up_days(day: date, *, works: bool) -> None:
    assert published_calendar().is_working_day(day) is works


@pytest.mark.parametrize(("year", "working_days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_the_working_days_of_a_published_year(year: int, working_days: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=step) for step in range(366)]
    counted = [day for day in days if day.year == year and published_calendar().is_working_day(day)]
    assert len(counted) == working_days


def test_an_imported_notice_makes_a_provisional_date_final_and_changes_the_version() -> None:
    before = due(date(2026, 12, 30), 3, "working_day", published_calendar())
    calendar = published_calendar().with_notice(notice_of(2027))
    after = due(date(2026, 12, 30), 3, "working_day", calendar)
    assert (before.provisional, after.provisional) == (True, False)
    assert (before.due_on, after.due_on) == (date(2027, 1, 4), date(2027, 1, 5))
    assert before.calendar_version != after.calendar_version


def test_a_corrected_notice_replaces_the_year_and_changes_the_version() -> None:
    first = Calendar((notice_of(2027),))
    corrected = first.with_notice(notice_of(2027).model_copy(update={"make_up_days": ()}))
    assert len(corrected.notices) == 1
    assert corrected.version != first.version


def test_two_notices_for_one_year_are_refused() -> None:
    with pytest.raises(ValueError, match="two notices for one year"):
        Calendar((notice_of(2027), notice_of(2027)))


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2025, 11, 1), None),
        (date(2027, 1, 1), 2027),
        (date(2023, 6, 1), 2023),
    ],
)
def test_the_missing_next_year_is_an_alarm_from_the_first_of_november(
    today: date, missing: int | None
) -> None:
    alarm = calendar_alarm(today, published_calendar())
    assert (alarm.missing_year if alarm else None) == missing
    if alarm is not None:
        assert str(missing) in alarm.zh
        assert "Import the notice" in alarm.en


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"citation": ""}, "citation"),
        ({"make_up_days": ["2027-02-05"]}, "no weekend day"),
        ({"make_up_days": ["2027-01-02"]}, "is a day off"),
        ({"make_up_days": ["2028-01-08"]}, "outside the year"),
        ({"holidays": [{"zh": "元旦", "first": "2027-01-03", "last": "2027-01-01"}]}, "before the first"),
        ({"holidays": []}, "holidays"),
        ({"holiday": "one too many"}, "holiday"),
    ],
)
def test_an_incoherent_notice_is_refused_with_its_reason(change: dict[str, object], reason: str) -> None:
    document = {**yaml.safe_load(NOTICE_2027), **change}
    with pytest.raises(ValueError, match=reason):
        parse_notice(yaml.safe_dump(document))


def test_a_notice_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(ValueError, match="no YAML"):
        parse_notice("{year: 2027")


NOTICE_2027 = """
year: 2027
citation: an invented notice for the tests of 2027
published_on: 2026-11-05
holidays:
- {zh: 元旦, first: 2027-01-01, last: 2027-01-03}
make_up_days: [2027-01-09]
"""


def notice_of(year: int) -> Notice:
    return parse_notice(NOTICE_2027.replace("2027", str(year)))


@pytest.mark.parametrize(
    ("event", "amount", "counted", "provisional"),
    [
        (datetime(2026, 3, 4, 10, tzinfo=SHANGHAI), 1, ["2026-03-03"], False),
        (datetime(2026, 3, 4, 10, tzinfo=SHANGHAI), 3, ["2026-02-28", "2026-03-02", "2026-03-03"], False),
        (datetime(2026, 3, 9, 0, tzinfo=SHANGHAI), 1, ["2026-03-06"], False),
        (datetime(2026, 2, 24, 9, tzinfo=SHANGHAI), 1, ["2026-02-14"], False),
        (datetime(2026, 3, 3, 17, tzinfo=UTC), 1, ["2026-03-03"], False),
        (datetime(2027, 1, 1, 9, tzinfo=SHANGHAI), 1, ["2026-12-31"], False),
        (datetime(2027, 1, 4, 9, tzinfo=SHANGHAI), 2, ["2026-12-31", "2027-01-01"], True),
        (datetime(2026, 3, 4, 10, tzinfo=SHANGHAI), 0, [], False),
    ],
)
def test_days_before_an_event_are_working_days_and_the_event_itself_is_the_limit(
    event: datetime, amount: int, counted: list[str], *, provisional: bool
) -> None:
    due = due_before(event, amount, published_calendar())
    assert ([day.isoformat() for day in due.counted], due.provisional) == (counted, provisional)
    assert due.due_at == event
    assert due.due_on == event.astimezone(SHANGHAI).date()


@pytest.mark.parametrize("amount", [-1, LONGEST + 1])
def test_a_limit_before_an_event_is_plausible(amount: int) -> None:
    with pytest.raises(ValueError, match="a limit is between"):
        due_before(datetime(2026, 3, 4, tzinfo=SHANGHAI), amount, published_calendar())
    with pytest.raises(ValueError, match="year 1800"):
        due_before(datetime(1800, 3, 4, tzinfo=SHANGHAI), 1, published_calendar())
