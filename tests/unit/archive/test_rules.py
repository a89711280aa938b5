"""The pure rules of archive: names, posts, retention, completeness."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.archive.domain.completeness import Shortage, shortage
from services.archive.domain.names import contains, pairs, spelled
from services.archive.domain.posts import ADMINISTRATORS, can_be_held_together, looks_like_citizen_number
from services.archive.domain.retention import Retention, default_retention, retained_until


@pytest.mark.parametrize(
    ("written", "name"),
    [("欧阳 测试", "欧阳测试"), ("　买买提·测试", "买买提测试"), ("ＡＢ", "ab"), ("甲•乙", "甲乙")],
)
def test_a_name_is_compared_in_one_spelling(written: str, name: str) -> None:
    assert spelled(written) == name


@given(st.text(max_size=12))
def test_spelling_a_name_twice_changes_nothing(name: str) -> None:
    assert spelled(spelled(name)) == spelled(name)


def test_a_name_is_cut_into_neighbouring_pairs() -> None:
    assert pairs("欧阳测试") == {"欧阳", "阳测", "测试"}
    assert pairs("甲乙") == {"甲乙"}
    assert pairs("甲") == frozenset()


@given(st.text(min_size=2, max_size=12), st.integers(0, 11), st.integers(2, 12))
def test_whatever_holds_a_fragment_has_all_its_pairs(name: str, start: int, length: int) -> None:
    fragment = spelled(name)[start : start + length]
    assert contains(name, fragment)
    assert pairs(fragment) <= pairs(name)


@pytest.mark.parametrize("administrator", sorted(ADMINISTRATORS))
def test_an_administrator_holds_no_other_post(administrator: str) -> None:
    assert can_be_held_together(administrator, [])
    assert not can_be_held_together(administrator, ["archivist"])
    assert not can_be_held_together("archivist", [administrator])
    assert not can_be_held_together(administrator, sorted(ADMINISTRATORS - {administrator}))
    assert can_be_held_together(administrator, [administrator])


def test_other_posts_go_together() -> None:
    assert can_be_held_together("archivist", ["dispatched_office_staff"])


@pytest.mark.parametrize(
    "text",
    ["11010119900101123X", "110101199001011234"],
)
def test_a_citizen_number_is_recognised(text: str) -> None:
    assert looks_like_citizen_number(text)


@pytest.mark.parametrize("text", ["p-clerk1", "1" * 17, "1" * 19, "0123456789abcdef01", ""])
def test_an_id_of_the_roster_is_none(text: str) -> None:
    assert not looks_like_citizen_number(text)


@pytest.mark.parametrize(
    ("retention", "closed_on", "until"),
    [
        (Retention.THIRTY_YEARS, date(2026, 12, 31), date(2056, 12, 31)),
        (Retention.THIRTY_YEARS, date(2027, 1, 1), date(2057, 12, 31)),
        (Retention.TEN_YEARS, date(2024, 2, 29), date(2034, 12, 31)),
        (Retention.PERMANENT, date(2026, 3, 2), None),
    ],
)
def test_years_count_from_the_january_after_the_closing(
    retention: Retention, closed_on: date, until: date | None
) -> None:
    assert retained_until(retention, closed_on) == until


def test_what_is_not_known_to_need_less_is_kept_for_good() -> None:
    assert default_retention("petition") is Retention.THIRTY_YEARS
    assert default_retention("clue") is Retention.PERMANENT
    assert default_retention("anything else") is Retention.PERMANENT


WHOLE = ("PetitionRegisterEntry", "ClosureReview")


def test_a_volume_with_its_documents_and_officers_is_complete() -> None:
    assert shortage("petition", WHOLE, ["somebody"]) is None
    assert shortage("petition", ["LedgerEntry", "ClosureReview"], ["somebody"]) is None
    assert shortage("clue", ["Anything"], ["somebody"]) is None


@pytest.mark.parametrize("missing", WHOLE)
def test_each_mandatory_document_is_missed(missing: str) -> None:
    documents = [kind for kind in WHOLE if kind != missing]
    assert shortage("petition", documents, ["somebody"]) == Shortage((missing,))


def test_officers_are_missed_and_so_is_a_volume_without_anything() -> None:
    assert shortage("petition", WHOLE, []) == Shortage((), officers=True)
    assert shortage("clue", [], ["somebody"]) == Shortage(("clue",))
