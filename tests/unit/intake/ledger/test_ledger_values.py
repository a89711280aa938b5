"""Texts, names, channels, states and numbers of single cells."""

import unicodedata
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.ledger import values
from services.intake.domain.ledger.cells import Cell
from services.intake.domain.ledger.values import Channel, Unreadable

CELLS = st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.dates() | st.datetimes()


def test_a_long_text_keeps_its_line_breaks_and_loses_its_gaps() -> None:
    assert (
        values.long_text("　　反映其\t违规，　请核查。\r\n\r\n \u200b第二段\x07。 ")
        == "反映其 违规， 请核查。\n第二段。"
    )


def test_punctuation_of_a_long_text_stays_as_it_was_written() -> None:
    assert values.long_text("一、（甲）：二；“三”！") == "一、（甲）：二；“三”！"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    assert values.optional_text('=HYPERLINK("x")') == '=HYPERLINK("x")'


@pytest.mark.parametrize("cell", [None, "", " 　\t", "/", "无", "——", "N/A"])
def test_a_dash_or_wu_says_nothing(cell: Cell) -> None:
    assert values.short_text(cell) is None


@given(st.text())
def test_cleaning_a_text_twice_is_cleaning_it_once(text: str) -> None:
    once = values.long_text(text)
    assert values.long_text(once) == once


@given(st.text())
def test_a_cleaned_text_has_no_control_characters_and_no_loose_ends(text: str) -> None:
    cleaned = values.long_text(text) or ""
    assert not [each for each in cleaned if unicodedata.category(each) in {"Cc", "Cs"} and each != "\n"]
    assert all(line and line == line.strip() for line in cleaned.split("\n") if cleaned)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (12, "12"),
        (12.0, "12"),
        ("　２０２６－００１ ", "2026-001"),
        ("示例〔2026〕3号", "示例〔2026〕3号"),
        ("LZ 2026 / 7", "LZ2026/7"),
        (None, None),
        ("/", None),
    ],
)
def test_a_ledger_number_is_its_text(cell: Cell, expected: str | None) -> None:
    assert values.ledger_number(cell) == expected


@pytest.mark.parametrize("cell", ["2.026E+11", "2e+10", 1234567890123456, 1e15, float("nan")])
def test_a_number_whose_digits_are_lost_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable) as refused:
        values.ledger_number(cell)
    assert "文本" in refused.value.reason_zh


def test_leading_zeros_case_and_width_do_not_make_another_number() -> None:
    assert values.number_key("0012") == values.number_key("１２") == "12"
    assert values.number_key("lz-1") == values.number_key("LZ-1")
    assert values.number_key("0-1") != values.number_key("1")
    assert values.number_key("000") == "0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来信", Channel.LETTER),
        ("信件", Channel.LETTER),
        (" 来　访 ", Channel.VISIT),
        ("１２３８８电话", Channel.CALL),
        ("网络举报", Channel.ONLINE),
        ("上级转办", Channel.UNIT_TRANSFER),
        ("转办件", Channel.UNIT_TRANSFER),
        ("来信（匿名）", Channel.LETTER),
        ("", None),
    ],
)
def test_channels_are_read_by_their_usual_words(text: str, expected: Channel | None) -> None:
    assert values.channel(text) == expected


def test_an_unknown_channel_is_refused_with_the_words_to_use() -> None:
    with pytest.raises(Unreadable) as refused:
        values.channel("飞鸽")
    assert "来信" in refused.value.reason_zh
    assert "飞鸽" not in refused.value.reason_zh


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *(("已办结", True), ("是", True), ("√", True), (True, True), (1, True)),
        *(("未办结", False), ("在 办", False), ("×", False), (0, False), (None, None), ("", None)),
    ],
)
def test_a_status_is_closed_open_or_blank(cell: Cell, expected: bool | None) -> None:  # noqa: FBT001
    assert values.closed(cell) is expected


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(Unreadable, match="OUT_OF_RANGE"):
        values.closed("大概")


@pytest.mark.parametrize(
    ("text", "expected", "others"),
    [
        ("张某甲", ("张某甲",), False),
        ("张某甲、李某乙", ("张某甲", "李某乙"), False),
        ("张某甲，李某乙;王某丙/赵某丁", ("张某甲", "李某乙", "王某丙", "赵某丁"), False),
        ("张某甲\n李某乙", ("张某甲", "李某乙"), False),
        ("张某甲 李某乙", ("张某甲", "李某乙"), False),
        ("张　甲", ("张甲",), False),
        ("张某甲等", ("张某甲",), True),
        ("张某甲、李某乙等３人", ("张某甲", "李某乙"), True),
        ("张某甲等三名群众", ("张某甲",), True),
        ("张某甲（副局长、党组成员）、李某乙", ("张某甲(副局长、党组成员)", "李某乙"), False),
        ("张某甲、张某甲", ("张某甲",), False),
        ("Test Person", ("Test Person",), False),
    ],
)
def test_names_are_split_and_others_noted(text: str, expected: tuple[str, ...], others: bool) -> None:  # noqa: FBT001
    found = values.names(text)
    assert found.names == expected
    assert found.and_others is others
    assert not found.anonymous


@pytest.mark.parametrize("cell", [None, "", "　", "匿名", "匿 名", "无", "/", "未署名", "匿名、匿名"])
def test_no_name_is_anonymous(cell: Cell) -> None:
    found = values.names(cell)
    assert found.anonymous
    assert found.names == ()


@given(CELLS)
def test_names_are_never_blank_and_never_twice(cell: Cell) -> None:
    found = values.names(cell)
    assert all(name.strip() for name in found.names)
    assert len(set(found.names)) == len(found.names)
    assert found.anonymous == (not found.names)


@given(CELLS, st.sampled_from([values.channel, values.closed, values.ledger_number, values.short_text]))
def test_any_cell_gives_a_value_or_a_reason(cell: Cell, reader: Callable[[Cell], object]) -> None:
    with suppress(Unreadable):
        assert isinstance(reader(cell), str | bool | None)


@given(st.text())
def test_number_keys_are_stable(text: str) -> None:
    assert values.number_key(values.number_key(text)) == values.number_key(text)
