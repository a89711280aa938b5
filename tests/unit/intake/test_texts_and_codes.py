"""Near-equal texts, pairs of characters, receipt codes, gaps and months: the pure rules."""

from __future__ import annotations

import string
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.months import first_day, last_day, months_up_to
from services.intake.domain.near_text import BANDS, bands, likeness, runs
from services.intake.domain.receipt import as_typed, code_of, stage
from services.intake.domain.search_text import pairs, plain, words
from services.intake.domain.unlisted import not_transferred
from services.intake.domain.ways_in import WAYS, Channel, left_out, out_of_place
from services.intake.storage import Petition

TEXT = (
    "反映示例区教育局某科室负责人在教学楼维修工程中收受承包方礼金三万元并在验收时放宽标准请组织调查核实处理"
)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF), min_size=3, max_size=200)


def number(run: bytes) -> int:
    return int.from_bytes(sha256(run).digest()[:8], "big")


def shared(one: str, other: str) -> int:
    return len(set(bands(one, number)) & set(bands(other, number)))


@pytest.mark.parametrize(
    "other", [TEXT[:-4], TEXT[5:], TEXT.replace("三万", "叁万"), TEXT + "附照片三张"], ids=range(4)
)
def test_a_letter_with_a_few_changes_shares_a_band(other: str) -> None:
    assert likeness(TEXT, other) > 0.8
    assert shared(TEXT, other) >= 1


def test_another_letter_shares_none() -> None:
    other = "食堂承包合同没有公开招标价格明显高于市场请一并了解情况并答复家长"
    assert likeness(TEXT, other) == 0
    assert shared(TEXT, other) == 0


@given(HAN)
def test_equal_texts_share_every_band_and_all_are_different(text: str) -> None:
    found = bands(text, number)
    assert len(set(found)) == BANDS
    assert found == bands(text, number)


@given(HAN, HAN)
def test_likeness_is_symmetric_and_between_none_and_all(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1


def test_a_text_without_runs_has_no_bands() -> None:
    assert runs("两字") == set()
    assert bands("两字", number) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [("张三 工程", ["张三", "工程"]), ("　Ａｂ，c　", ["abc"]), ("。 ！", []), ("工程 工程", ["工程"])],
)
def test_words_are_what_stands_between_blanks_in_one_spelling(asked: str, found: list[str]) -> None:
    assert words(asked) == found


@given(HAN, st.data())
def test_every_word_of_a_text_has_its_pairs_in_the_texts(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    word = plain(text[start : data.draw(st.integers(start + 2, len(text)))])
    assert pairs(word) <= pairs(plain(text))


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_read_back_from_how_it_is_written(secret: bytes) -> None:
    code = code_of(secret)
    assert [len(part) for part in code.split("-")] == [4, 4, 4, 4]
    assert as_typed(code) == as_typed(code.lower().replace("-", " ")) == code.replace("-", "")
    assert set(code) <= set(string.ascii_uppercase + "234567-")


def test_a_petitioner_is_told_of_stages_and_of_no_route_but_the_way_to_another_department() -> None:
    stages = {state: stage(state) for state in Petition.STATES}
    assert set(stages.values()) == {"received", "in_process", "transferred", "closed"}
    assert [state for state in stages if stages[state] == "transferred"] == ["transferred_out"]
    assert stages["escalated"] == stages["forwarded"] == stages["judged"] == "in_process"


def test_a_day_that_is_listed_more_often_than_transferred_has_gaps() -> None:
    first, second = date(2026, 3, 5), date(2026, 3, 6)
    assert not_transferred([first, first, second], [first]) == [(first, 2), (second, 1)]
    assert not_transferred([first], [first, first, second]) == []
    assert not_transferred([], [first]) == []


def test_months_go_back_over_the_years_end() -> None:
    assert months_up_to("2026-02", 4) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert (first_day("2024-02"), last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert last_day("2026-12") == date(2026, 12, 31)


def test_every_way_in_says_what_it_asks_for() -> None:
    assert set(WAYS) == set(Channel)
    assert left_out(Channel.VISIT, {"channel"}) == "second_receiver"
    assert left_out(Channel.VISIT, {"second_receiver"}) is None
    assert out_of_place(Channel.LETTER, {"unit_id", "postmarked_on"}) is None
    assert out_of_place(Channel.LETTER, {"online_no"}) == "online_no"
