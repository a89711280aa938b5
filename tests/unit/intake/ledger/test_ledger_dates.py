"""Dates as offices write them: one day is read, anything else is refused with its reason."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.ledger.cells import Cell
from services.intake.domain.ledger.dates import day
from services.intake.domain.ledger.values import Unreadable

SECOND_OF_MARCH = date(2026, 3, 2)
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
WRITTEN_DAYS = st.dates(date(1980, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "cell",
    [
        "2026-3-2",
        "2026-03-02",
        "2026/03/02",
        "2026.3.2",
        "2026 . 3 . 2",
        "20260302",
        20260302,
        "2026年3月2日",
        "2026年3月2号",
        "2026年 3月 2日",
        "3月2日",
        "三月二日",
        "二〇二六年三月二日",
        "二○二六年三月二日",
        "二零二六年三月二日",
        "２０２６－３－２",
        "２０２６年３月２日",
        "　2026-3-2\n",
        "2026年3月2日星期一",
        "2026-3-2（周一）",
        "2026-03-02 14:30:00",
        "2026-03-02T14:30:00.250",
        "2026年3月2日 上午9时30分",
        "2026-3-2 周一 下午3:20",
        "2026/3/2 3:20 PM",
        46083,
        46083.6,
        "46083",
        SECOND_OF_MARCH,
        datetime(2026, 3, 2, 23, 59, 59),  # noqa: DTZ001 - a cell has no time zone
    ],
)
def test_the_second_of_march_is_read_in_every_spelling(cell: Cell) -> None:
    assert day(cell, year=2026) == SECOND_OF_MARCH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二六年十月十日", date(2026, 10, 10)),
        ("二〇二六年十一月二十日", date(2026, 11, 20)),
        ("二〇二六年十二月三十一日", date(2026, 12, 31)),
        ("二〇二六年一月廿一日", date(2026, 1, 21)),
        ("2026年3月1日 星期日", date(2026, 3, 1)),
        ("2024-2-29", date(2024, 2, 29)),
    ],
)
def test_chinese_tens_and_weekdays_do_not_mislead(text: str, expected: date) -> None:
    assert day(text, year=None) == expected


@pytest.mark.parametrize("cell", [None, "", "　", "\n", "/", "-", "——", "无", "暂无"])
def test_a_blank_or_a_dash_is_no_date(cell: Cell) -> None:
    assert day(cell, year=2026) is None


@pytest.mark.parametrize(
    "cell", ["2026-2-30", "2026年2月29日", "2026/13/1", 20260230, "2026-0-1", "二〇二六年四月三十一日"]
)
def test_a_day_that_does_not_exist_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable) as refused:
        day(cell, year=2026)
    assert refused.value.reason_zh.startswith("日期不存在")
    assert refused.value.code == "OUT_OF_RANGE"


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "待查",
            "26.3.2",
            "3/2/2026",
            "2026-3-2至2026-3-8",
            "2026.3.2、3.5",
            "3.2",
            "2026-3-222",
            "#VALUE!",
        ),
        *("2026-03-02T23:00:00Z", 3.2, 2026, -1, 1e300, float("inf"), True, time(9, 30), timedelta(days=1)),
    ],
)
def test_what_is_not_plainly_one_day_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable, match="OUT_OF_RANGE"):
        day(cell, year=2026)


def test_a_day_without_a_year_needs_the_ledgers_year() -> None:
    with pytest.raises(Unreadable) as refused:
        day("3月2日", year=None)
    assert "年份" in refused.value.reason_zh


def test_a_month_alone_is_refused_as_a_month() -> None:
    with pytest.raises(Unreadable) as refused:
        day("2026年3月", year=2026)
    assert "没有日" in refused.value.reason_zh


@given(
    WRITTEN_DAYS,
    st.sampled_from(
        ["{y}-{m}-{d}", "{y}/{m:02}/{d:02}", "{y}.{m}.{d}", "{y}{m:02}{d:02}", "{y}年{m}月{d}日"]
    ),
)
def test_every_day_survives_being_written(written: date, form: str) -> None:
    text = form.format(y=written.year, m=written.month, d=written.day)
    assert day(text, year=None) == written
    assert day(text.translate(FULL_WIDTH), year=None) == written


@given(WRITTEN_DAYS)
def test_every_day_count_of_a_spreadsheet_is_its_day(written: date) -> None:
    assert day((written - date(1899, 12, 30)).days, year=None) == written


@given(st.text(max_size=30) | st.integers() | st.floats() | st.datetimes() | st.times() | st.booleans())
def test_any_cell_is_a_day_or_nothing_or_refused(cell: Cell) -> None:
    with suppress(Unreadable):
        assert type(day(cell, year=2026)) in {date, type(None)}
