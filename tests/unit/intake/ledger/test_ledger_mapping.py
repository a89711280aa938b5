"""Which column is which field: proposed, never guessed, corrected and stored."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.ledger.fields import TITLES, Field
from services.intake.domain.ledger.mapping import column_letter, correct, from_json, propose, refit
from services.intake.domain.ledger.refused import LedgerError
from services.intake.domain.ledger.vocabulary import NAMES, WEAK_NAMES

TITLE_ROW = tuple(TITLES.values())


def test_the_product_own_titles_are_all_found() -> None:
    mapping = propose(TITLE_ROW)
    assert mapping.columns == {each: at for at, each in enumerate(Field)}
    assert mapping.unmatched == ()
    assert mapping.ambiguous == {}


@given(st.permutations(list(enumerate(TITLE_ROW))))
def test_the_order_of_columns_does_not_matter(shuffled: list[tuple[int, str]]) -> None:
    mapping = propose([title for _, title in shuffled])
    assert {each: shuffled[column][1] for each, column in mapping.columns.items()} == TITLES


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("收 件　日\n期", Field.RECEIVED_ON),
        ("收件日期（年月日）", Field.RECEIVED_ON),
        ("＊收信时间", Field.RECEIVED_ON),
        ("收件日期*", Field.RECEIVED_ON),
        ("編號", Field.LEDGER_NO),
        ("舉報人", Field.REPORTER),
        ("職務/職級", Field.SUBJECT_POST),
        ("被反映人单位", Field.SUBJECT_UNIT),
        ("被反映人工作单位（全称）", Field.SUBJECT_UNIT),
        ("反映的主要问题及线索", Field.SUMMARY),
        ("处置方式【必填】", Field.DISPOSITION),
        ("是否办结？", Field.STATUS),
        ("办结时间", Field.CLOSED_ON),
        ("备　　注", Field.REMARK),
        ("No.", Field.LEDGER_NO),
    ],
)
def test_a_header_is_known_however_it_is_set(header: str, expected: Field) -> None:
    assert propose([header]).columns == {expected: 0}


def test_no_name_stands_for_two_fields() -> None:
    for names in (NAMES, WEAK_NAMES):
        every = [name for each in names.values() for name in each]
        assert len(every) == len(set(every))


def test_a_serial_number_is_the_ledger_number_only_where_there_is_no_better() -> None:
    both = propose(["序号", "编号", "收件日期", "主要内容"])
    assert both.columns[Field.LEDGER_NO] == 1
    assert both.unmatched == (0,)
    alone = propose(["序号", "收件日期", "主要内容"])
    assert alone.columns[Field.LEDGER_NO] == 0
    assert alone.certainty[Field.LEDGER_NO] < 1


def test_two_columns_of_one_field_are_reported_and_not_guessed() -> None:
    mapping = propose(["收件日期", "来信时间", "主要内容"])
    assert Field.RECEIVED_ON not in mapping.columns
    assert mapping.ambiguous == {Field.RECEIVED_ON: (0, 1)}
    assert mapping.missing == (Field.RECEIVED_ON,)
    assert mapping.confidence == 0


def test_a_column_that_could_be_two_fields_is_not_guessed() -> None:
    mapping = propose(["被反映人姓名及工作单位", "收件日期"])
    assert set(mapping.ambiguous) == {Field.SUBJECT_NAME, Field.SUBJECT_UNIT}
    assert mapping.unmatched == (0,)


def test_unknown_columns_are_listed() -> None:
    mapping = propose(["页码", "收件日期", "主要内容", None, "联系电话"])
    assert mapping.unmatched == (0, 4)
    assert mapping.confidence == 1


def test_a_correction_moves_a_field_and_settles_an_ambiguity() -> None:
    mapping = correct(propose(["收件日期", "来信时间", "主要内容"]), {"received_on": "来信时间"})
    assert mapping.columns[Field.RECEIVED_ON] == 1
    assert mapping.ambiguous == {}
    assert mapping.unmatched == (0,)


def test_a_correction_can_take_a_column_from_another_field_and_leave_a_field_out() -> None:
    proposed = propose(["序号", "收件日期", "主要内容", "说明"])
    mapping = correct(proposed, {"ledger_no": None, "disposition": "说明"})
    assert Field.LEDGER_NO not in mapping.columns
    assert Field.REMARK not in mapping.columns
    assert mapping.columns[Field.DISPOSITION] == 3


def test_two_fields_can_be_exchanged_at_once() -> None:
    proposed = propose(["收件日期", "办结日期", "主要内容"])
    mapping = correct(proposed, {"received_on": "办结日期", "closed_on": "收件日期"})
    assert (mapping.columns[Field.RECEIVED_ON], mapping.columns[Field.CLOSED_ON]) == (1, 0)


def test_a_header_that_stands_twice_is_named_by_its_letter() -> None:
    proposed = propose(["日期", "日期", "主要内容"])
    with pytest.raises(LedgerError) as refused:
        correct(proposed, {"received_on": "日期"})
    assert refused.value.code == "DUPLICATE"
    assert correct(proposed, {"received_on": "b"}).columns[Field.RECEIVED_ON] == 1


@pytest.mark.parametrize(
    ("corrections", "code"),
    [
        ({"received_on": "没有的列"}, "UNKNOWN_REFERENCE"),
        ({"received_at": "收件日期"}, "UNKNOWN_REFERENCE"),
        ({"received_on": "主要内容", "summary": "主要内容"}, "DUPLICATE"),
    ],
)
def test_a_wrong_correction_is_refused(corrections: dict[str, str | None], code: str) -> None:
    with pytest.raises(LedgerError) as refused:
        correct(propose(["收件日期", "主要内容"]), corrections)
    assert refused.value.code == code


HEADERS = st.lists(
    st.sampled_from([*TITLE_ROW, "", "日期", "序号", "页码", "来信时间"]) | st.text(max_size=12), max_size=16
)


@given(HEADERS)
def test_a_mapping_comes_back_from_its_json(header: list[str]) -> None:
    mapping = propose(header)
    assert from_json(json.loads(json.dumps(mapping.as_json()))) == mapping


@given(HEADERS)
def test_no_column_is_two_fields_and_every_column_is_accounted_for(header: list[str]) -> None:
    mapping = propose(header)
    used = list(mapping.columns.values())
    assert len(used) == len(set(used))
    assert set(used).isdisjoint(mapping.unmatched)
    assert {*used, *mapping.unmatched} == {at for at, text in enumerate(mapping.header) if text}


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"header": ["a"], "columns": {"nonsense": 0}},
        {"header": ["a"], "columns": {"summary": 5}},
        {"header": ["a"], "columns": {"summary": 0, "remark": 0}},
        {"header": ["a"], "columns": []},
    ],
)
def test_a_damaged_stored_mapping_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(LedgerError) as refused:
        from_json(stored)
    assert refused.value.code == "BROKEN_FILE"


def test_a_stored_mapping_fits_another_file_by_the_names_of_its_columns() -> None:
    stored = correct(propose(["收件日期", "主要内容", "页码"]), {"remark": "页码"})
    fitted = refit(stored, ["页 码", "主要内容", "收件日期", "编号"])
    assert fitted.columns == {
        Field.LEDGER_NO: 3,
        Field.RECEIVED_ON: 2,
        Field.SUMMARY: 1,
        Field.REMARK: 0,
    }


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [column_letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
