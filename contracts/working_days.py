"""Counting time limits: working days by the State Council's notices, days, months and calendar periods.

Pure: no clock, no environment. Counting rules (rulings 2 and 3 of the requirements): the day of the event
is day zero; make-up working days (调休) are working days; due at 23:59:59 Asia/Shanghai; months keep the
day number, clamped to the month's end; a holiday moves neither a month's nor a calendar day's due date;
beyond the published calendar weekends alone count and the result is provisional (暂定).
"""

import calendar as gregorian
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Unit = Literal[
    "immediate", "working_day", "day", "month", "half_month", "calendar_month", "quarter", "half_year", "year"
]
UNITS: tuple[Unit, ...] = get_args(Unit)

# China has one time zone and no daylight saving since 1991: a fixed offset needs no tz database, which a
# slim image or a bare machine may lack.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
LONGEST = 3660  # ten years of days: what is longer is a mistake, and counting it would take its time
END_OF_DAY = time(23, 59, 59)
_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_PLAUSIBLE_YEARS = range(1900, 2201)
_NOTICES = Path(__file__).parent / "calendar"


class Holiday(BaseModel):
    """One holiday of a notice: first and last day off, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    zh: str = Field(min_length=1)
    first: date
    last: date


class Notice(BaseModel):
    """One yearly notice of the State Council's General Office: days off and make-up working days."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    year: int = Field(ge=2000, le=2200)
    citation: str = Field(min_length=10)
    published_on: date
    holidays: tuple[Holiday, ...] = Field(min_length=1)
    make_up_days: tuple[date, ...]

    @model_validator(mode="after")
    def _is_coherent(self) -> "Notice":
        for holiday in self.holidays:
            if holiday.first > holiday.last:
                raise ValueError(f"{holiday.zh}: the last day off comes before the first")
        stray = [day for day in (*self.days_off, *self.make_up_days) if day.year != self.year]
        if stray:
            raise ValueError(f"{stray[0]} lies outside the year {self.year} of the notice")
        for day in self.make_up_days:
            if day in self.days_off or day.weekday() < _SATURDAY:
                raise ValueError(f"{day} can't be a make-up day: it is a day off or no weekend day")
        return self

    @cached_property
    def days_off(self) -> frozenset[date]:
        """Every day off of the notice, weekends inside a holiday included."""
        return frozenset(
            holiday.first + timedelta(days=step)
            for holiday in self.holidays
            for step in range((holiday.last - holiday.first).days + 1)
        )


@dataclass(frozen=True)
class Calendar:
    """The notices in force, by year."""

    notices: tuple[Notice, ...]

    def __post_init__(self) -> None:
        years = [notice.year for notice in self.notices]
        if len(set(years)) != len(years):
            raise ValueError(f"two notices for one year among {sorted(years)}; keep the one in force")

    @cached_property
    def _by_year(self) -> dict[int, Notice]:
        return {notice.year: notice for notice in self.notices}

    @cached_property
    def version(self) -> str:
        """Changes with every notice and every date in one; kept with each due date computed from it."""
        text = "\n".join(notice.model_dump_json() for notice in sorted(self.notices, key=lambda n: n.year))
        return f"{max(self._by_year, default=0)}.{sha256(text.encode()).hexdigest()[:12]}"

    def covers(self, year: int) -> bool:
        """Whether the notice of this year is known."""
        return year in self._by_year

    def is_working_day(self, day: date) -> bool:
        """Whether offices work that day; in a year without a notice, any day but Saturday and Sunday."""
        notice = self._by_year.get(day.year)
        if notice is None:
            return day.weekday() < _SATURDAY
        return day in notice.make_up_days or (day.weekday() < _SATURDAY and day not in notice.days_off)

    def with_notice(self, notice: Notice) -> "Calendar":
        """The same calendar with this notice added, or put in the place of its year's notice."""
        others = tuple(known for known in self.notices if known.year != notice.year)
        return Calendar((*others, notice))


@dataclass(frozen=True)
class Due:
    """A due date and what it rests on.

    ``counted`` are the days counted one by one (working days or days, in order); it is empty for units
    that are not counted in days. ``provisional`` says that a year without a notice was counted.
    """

    due_on: date
    due_at: datetime
    counted: tuple[date, ...]
    calendar_version: str
    provisional: bool


@dataclass(frozen=True)
class CalendarAlarm:
    """The notice of ``missing_year`` should be known by now; import it."""

    missing_year: int
    zh: str
    en: str


def due(counted_from: date, amount: int, unit: Unit, calendar: Calendar) -> Due:
    """When a limit of ``amount`` ``unit`` ends that starts on ``counted_from`` (day zero).

    immediate: the same day. working_day, day: counted one by one. month: the same day number, clamped.
    half_month, calendar_month, quarter, half_year, year: the last day of the calendar period in which
    ``counted_from`` lies, or for ``amount`` n of the n-th such period. Raises ValueError for an
    amount below 0 or above LONGEST, a year before 1900 or after 2200, an unknown unit, or no period.
    """
    if unit not in UNITS:
        raise ValueError(f"unknown unit {unit!r}; use one of {', '.join(UNITS)}")
    if not 0 <= amount <= LONGEST:
        raise ValueError(f"a limit is between 0 and {LONGEST}, not {amount}")
    if counted_from.year not in _PLAUSIBLE_YEARS:
        raise ValueError(f"a limit can't be counted from the year {counted_from.year}")
    counted = _counted(counted_from, amount, unit, calendar)
    if unit in ("immediate", "working_day", "day"):
        due_on = counted[-1] if counted else counted_from
    elif unit == "month":
        due_on = _months_later(counted_from, amount)
    else:
        due_on = _period_end(counted_from, amount, unit)
    first_year = (counted_from + _ONE_DAY).year
    provisional = (
        bool(counted)
        and unit == "working_day"
        and any(not calendar.covers(year) for year in range(first_year, due_on.year + 1))
    )
    at = datetime.combine(due_on, END_OF_DAY, SHANGHAI)
    return Due(due_on, at, counted, calendar.version, provisional)


def due_before(event_at: datetime, amount: int, calendar: Calendar) -> Due:
    """What is to be done before something begins, ``amount`` working days ahead of it.

    ``due_at`` is the beginning itself, after which it is late; ``counted`` are the working days counted back from
    the day of the event, in order, so that ``counted[0]`` is the last day in good time. Raises ValueError as ``due``.
    """
    if not 0 <= amount <= LONGEST:
        raise ValueError(f"a limit is between 0 and {LONGEST}, not {amount}")
    at = event_at.astimezone(SHANGHAI)
    if at.year not in _PLAUSIBLE_YEARS:
        raise ValueError(f"a limit can't be counted from the year {at.year}")
    days: list[date] = []
    day = at.date()
    while len(days) < amount:
        day -= _ONE_DAY
        if calendar.is_working_day(day):
            days.append(day)
    provisional = bool(days) and not all(
        calendar.covers(year) for year in range(day.year, (at.date() - _ONE_DAY).year + 1)
    )
    return Due(at.date(), at, tuple(reversed(days)), calendar.version, provisional)


def calendar_alarm(today: date, calendar: Calendar) -> CalendarAlarm | None:
    """An alarm when this year's notice is missing, or from 1 November next year's; else None."""
    wanted = (today.year, today.year + 1) if today >= date(today.year, 11, 1) else (today.year,)
    for year in wanted:
        if not calendar.covers(year):
            return CalendarAlarm(
                year,
                f"缺少{year}年节假日安排通知,{year}年的到期日按周末推算,均为暂定;请导入通知。",
                f"The holiday notice for {year} is missing: due dates in {year} count weekends only and are "
                "provisional. Import the notice.",
            )
    return None


def parse_notice(text: str) -> Notice:
    """A notice from its YAML text; raises ValueError that names the wrong field."""
    try:
        return Notice.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        raise ValueError("the notice is no YAML document") from error


@cache
def published_calendar() -> Calendar:
    """The notices shipped with this release, one file a year in ``contracts/calendar``."""
    return Calendar(tuple(parse_notice(path.read_text("utf-8")) for path in sorted(_NOTICES.glob("*.yaml"))))


def _counted(counted_from: date, amount: int, unit: Unit, calendar: Calendar) -> tuple[date, ...]:
    if unit == "day":
        return tuple(counted_from + timedelta(days=step) for step in range(1, amount + 1))
    if unit != "working_day":
        return ()
    days: list[date] = []
    day = counted_from
    while len(days) < amount:
        day += _ONE_DAY
        if calendar.is_working_day(day):
            days.append(day)
    return tuple(days)


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, gregorian.monthrange(year, month + 1)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=gregorian.monthrange(day.year, day.month)[1])


def _period_end(start: date, amount: int, unit: Unit) -> date:
    if amount < 1:
        raise ValueError(f"a limit in {unit} covers at least one period")
    if unit == "half_month":
        month = _months_later(start.replace(day=1), (amount - 1 + (start.day > 15)) // 2)
        in_first_half = (amount - 1 + (start.day > 15)) % 2 == 0
        return month.replace(day=15) if in_first_half else _month_end(month)
    length = {"calendar_month": 1, "quarter": 3, "half_year": 6, "year": 12}[unit]
    first_month = (start.month - 1) // length * length + 1
    return _month_end(_months_later(date(start.year, first_month, 1), length * amount - 1))
