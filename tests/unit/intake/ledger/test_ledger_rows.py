"""Whole rows: what is good, what is refused and why, what is the same row again."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.ledger.cells import Cell, RawRow
from services.intake.domain.ledger.fields import TITLES, Field
from services.intake.domain.ledger.mapping import correct, propose
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.rows import (
    Accepted,
    LedgerRow,
    Outcome,
    Rejected,
    Repeated,
    RowLimits,
    RowProblem,
    Seen,
    interpret,
    sift,
)

HEADER = tuple(TITLES.values())
MAPPING = propose(HEADER)
GOOD: dict[str, Cell] = {
    "ledger_no": "2026-001",
    "received_on": "2026年3月2日",
    "channel": "来信",
    "reporter": "匿名",
    "subject_name": "张某甲",
    "subject_unit": "示例区　测试局",
    "subject_post": "科长",
    "summary": "　　反映测试事项。\r\n请核查。",
    "disposition": "谈话函询",
    "closed_on": "2026-5-6",
    "status": "已办结",
    "handler": "测试人员0001",
    "remark": "=1+1",
}


def raw(number: int = 4, /, **changes: Cell) -> RawRow:
    cells = {**GOOD, **changes}
    return RawRow(number, tuple(cells[each.value] for each in Field))


def read(**changes: Cell) -> LedgerRow:
    row = interpret(raw(**changes), MAPPING, 2026)
    assert isinstance(row, LedgerRow)
    return row


def refused(**changes: Cell) -> RowProblem:
    problem = interpret(raw(**changes), MAPPING, 2026)
    assert isinstance(problem, RowProblem)
    return problem


def sifted(*rows: RawRow, **options: Any) -> list[Outcome]:
    return list(sift(rows, MAPPING, **{"office_id": "office-1", "ledger_year": 2026, **options}))


def test_a_good_row_is_read_into_plain_json() -> None:
    assert json.loads(json.dumps(read().as_json())) == {
        "row": 4,
        "ledger_no": "2026-001",
        "year": 2026,
        "received_on": "2026-03-02",
        "channel": "letter",
        "reporters": [],
        "reporters_and_others": False,
        "anonymous": True,
        "subjects": ["张某甲"],
        "subjects_and_others": False,
        "subject_unit": "示例区 测试局",
        "subject_post": "科长",
        "summary": "反映测试事项。\n请核查。",
        "disposition": "谈话函询",
        "closed": True,
        "closed_on": "2026-05-06",
        "handler": "测试人员0001",
        "remark": "=1+1",
    }


def test_only_the_day_of_receipt_and_the_summary_are_required() -> None:
    blank: dict[str, Cell] = dict.fromkeys(GOOD)
    row = read(**{**blank, "received_on": 46083, "summary": "反映测试事项"})
    assert (row.received_on, row.channel, row.closed, row.ledger_no) == (date(2026, 3, 2), None, False, None)


@pytest.mark.parametrize("field", ["received_on", "summary"])
@pytest.mark.parametrize("blank", [None, "", "　", "/"])
def test_a_required_field_that_is_blank_is_refused(field: str, blank: str | None) -> None:
    problem = refused(**{field: blank})
    assert (problem.code, problem.field, problem.number) == ("MISSING_FIELD", field, 4)


def test_closing_on_the_day_of_receipt_is_in_order_and_the_day_before_is_not() -> None:
    assert read(closed_on="2026-3-2").closed_on == date(2026, 3, 2)
    assert refused(closed_on="2026-3-1").code == "DATE_ORDER"


@pytest.mark.parametrize(
    ("status", "closed_on", "expected"),
    [
        ("", "2026-5-6", True),
        ("已办结", "", True),
        ("", "", False),
        ("在办", "", False),
        ("", "未办结", False),
        ("否", "在办", False),
    ],
)
def test_closed_follows_the_status_or_else_the_closing_date(
    status: str,
    closed_on: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert read(status=status, closed_on=closed_on).closed is expected


@pytest.mark.parametrize(("status", "closed_on"), [("在办", "2026-5-6"), ("已办结", "未办结")])
def test_a_status_that_contradicts_the_closing_date_is_refused(status: str, closed_on: str) -> None:
    problem = refused(status=status, closed_on=closed_on)
    assert (problem.code, problem.field) == ("OUT_OF_RANGE", "status")


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    problem = refused(received_on="2026-2-30", channel="飞鸽", summary="")
    assert problem.code == "OUT_OF_RANGE"
    assert problem.field == "received_on"
    for title in ("收件日期:", "信访方式:", "反映问题:"):
        assert title in problem.reason_zh
    for name in ("received_on:", "channel:", "summary:"):
        assert name in problem.reason_en


@pytest.mark.parametrize("field", ["remark", "summary", "ledger_no"])
def test_a_failed_formula_is_no_text(field: str) -> None:
    problem = refused(**{field: "#REF!"})
    assert (problem.code, problem.field) == ("OUT_OF_RANGE", field)


def test_a_reason_repeats_nothing_of_the_row() -> None:
    problem = refused(received_on="金丝雀", channel="金丝雀", status="金丝雀", closed_on="金丝雀")
    assert "金丝雀" not in problem.reason_zh + problem.reason_en


def test_dates_outside_the_limits_are_refused_and_the_bounds_are_inside() -> None:
    limits = RowLimits(earliest=date(2026, 3, 2), latest=date(2026, 3, 3))
    open_row: dict[str, Cell] = {"closed_on": None, "status": None}
    verdicts = [
        isinstance(interpret(raw(received_on=text, **open_row), MAPPING, 2026, limits), LedgerRow)
        for text in ("2026-3-1", "2026-3-2", "2026-3-3", "2026-3-4")
    ]
    assert verdicts == [False, True, True, False]


def test_a_text_of_the_greatest_length_is_taken_and_one_longer_is_not() -> None:
    limits = RowLimits(summary_chars=5)
    assert isinstance(interpret(raw(summary="五个字的文"), MAPPING, 2026, limits), LedgerRow)
    problem = interpret(raw(summary="六个字的文本"), MAPPING, 2026, limits)
    assert isinstance(problem, RowProblem)
    assert (problem.code, problem.field) == ("OUT_OF_RANGE", "summary")


def test_a_text_row_with_more_cells_than_the_header_is_refused_and_a_workbook_row_is_not() -> None:
    cells = (*raw().cells, "", "多出的一格")
    assert isinstance(interpret(RawRow(4, cells, delimited=True), MAPPING, 2026), RowProblem)
    assert isinstance(interpret(RawRow(4, cells), MAPPING, 2026), LedgerRow)


def test_a_short_row_lacks_only_its_last_fields() -> None:
    row = interpret(RawRow(4, raw().cells[:8]), MAPPING, 2026)
    assert isinstance(row, LedgerRow)
    assert (row.closed, row.handler, row.remark) == (False, None, None)


def test_the_year_is_the_ledgers_or_else_that_of_receipt() -> None:
    late = raw(received_on="2025-12-31", closed_on=None, status=None)
    years = [interpret(late, MAPPING, year) for year in (2026, None)]
    assert [row.year for row in years if isinstance(row, LedgerRow)] == [2026, 2025]


def key(row: LedgerRow, office_id: str = "office-1") -> str:
    return row.natural_key(office_id, Seen())


def test_the_number_the_office_and_the_year_make_the_key() -> None:
    assert key(read(ledger_no="0012")) == key(read(ledger_no=12, summary="另一内容"))
    assert key(read(ledger_no="12")) != key(read(ledger_no="13"))
    assert key(read()) != key(read(), "office-2")
    other_year = interpret(raw(), MAPPING, 2025)
    assert isinstance(other_year, LedgerRow)
    assert key(other_year) != key(read())


def test_rows_without_a_number_are_told_apart_by_content_and_occurrence() -> None:
    first, again, other = sifted(
        raw(4, ledger_no=None), raw(5, ledger_no=""), raw(6, ledger_no=None, handler="乙")
    )
    assert isinstance(first, Accepted)
    assert isinstance(again, Accepted)
    assert isinstance(other, Accepted)
    assert len({first.key, again.key, other.key}) == 3


def test_the_same_content_in_other_spelling_has_the_same_digest() -> None:
    plain = read(received_on="2026-3-2", ledger_no="0012")
    assert (
        plain.content_digest()
        == read(received_on=46083, ledger_no=12, subject_unit=" 示例区 测试局").content_digest()
    )
    assert plain.content_digest() != read(received_on="2026-3-3", ledger_no="0012").content_digest()


def test_an_identical_repeat_is_skipped_and_a_conflicting_one_comes_back() -> None:
    first, repeat, conflict = sifted(raw(4), raw(5, received_on="2026.3.2"), raw(6, summary="另一内容"))
    assert isinstance(first, Accepted)
    assert isinstance(repeat, Repeated)
    assert isinstance(conflict, Rejected)
    assert (conflict.problem.code, conflict.problem.field) == ("DUPLICATE", "ledger_no")


def test_a_bad_row_does_not_take_its_number() -> None:
    bad, good = sifted(raw(4, received_on="待查"), raw(5))
    assert isinstance(bad, Rejected)
    assert isinstance(good, Accepted)


def test_a_header_repeated_on_every_printed_page_is_no_row() -> None:
    assert isinstance(sifted(RawRow(31, HEADER))[0], Repeated)


def test_a_mapping_without_a_required_column_stops_before_the_first_row() -> None:
    incomplete = correct(MAPPING, {"received_on": None})
    with pytest.raises(LedgerError) as error:
        next(sift([raw()], incomplete, office_id="office-1", ledger_year=2026))
    assert (error.value.code, error.value.field) == ("MISSING_FIELD", "received_on")


ROWS = st.lists(
    st.builds(
        lambda number, day, text: {"ledger_no": number, "received_on": day, "summary": text},
        st.sampled_from([None, "1", "01", "2", "3"]),
        st.sampled_from(["2026-3-2", "2026-3-3", "待查"]),
        st.sampled_from(["甲事", "乙事", ""]),
    ),
    max_size=14,
)


@given(ROWS, st.integers(1, 20))
def test_a_pass_begun_midway_gives_what_the_whole_pass_gave_from_there(
    rows: list[dict[str, Cell]], start: int
) -> None:
    file = [raw(number, **row) for number, row in enumerate(rows, start=2)]
    whole = sifted(*file)
    assert sifted(*file, from_row=start) == [each for each in whole if each.raw.number >= start]


@given(ROWS)
def test_every_row_has_one_outcome_and_every_key_is_its_own(rows: list[dict[str, Cell]]) -> None:
    outcomes = sifted(*(raw(number, **row) for number, row in enumerate(rows, start=2)))
    assert [each.raw.number for each in outcomes] == list(range(2, len(rows) + 2))
    keys = Counter(each.key for each in outcomes if isinstance(each, Accepted))
    assert set(keys.values()) <= {1}


CELLS = (
    st.none()
    | st.text(max_size=20)
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
    | st.booleans()
)


@given(st.lists(CELLS, max_size=16), st.booleans())
def test_any_row_is_a_petition_or_a_problem_with_both_reasons(cells: list[Cell], delimited: bool) -> None:  # noqa: FBT001
    row = interpret(RawRow(7, tuple(cells), delimited), MAPPING, 2026)
    if isinstance(row, RowProblem):
        assert row.reason_zh
        assert row.reason_en
    else:
        assert json.dumps(row.as_json())
