"""The class of a petition (LZ-12.2) and the sameness of letters (LZ-12.6), as pure rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.petition_class import (
    SEALED_CLASSES,
    ZH,
    PetitionClass,
    ReportedPerson,
    class_of,
    strictest,
)
from services.intake.domain.same_letter import SHORTEST, telling_text

CLASSES = st.lists(st.sampled_from(list(PetitionClass)), min_size=1)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (
            ReportedPerson("unit", leadership_member=False, heads_dispatched_office=False),
            "supervision_object",
        ),
        (
            ReportedPerson("district", leadership_member=False, heads_dispatched_office=False),
            "district_managed",
        ),
        (ReportedPerson("district", leadership_member=True, heads_dispatched_office=False), "unit_team"),
        (ReportedPerson("unit", leadership_member=True, heads_dispatched_office=False), "unit_team"),
        (ReportedPerson("district", leadership_member=False, heads_dispatched_office=True), "office_head"),
        (ReportedPerson("", leadership_member=False, heads_dispatched_office=False), "supervision_object"),
    ],
)
def test_a_person_calls_for_the_class_of_their_post(person: ReportedPerson, expected: str) -> None:
    assert class_of(person).value == expected


@given(CLASSES)
def test_a_sealed_class_wins_over_any_number_of_others(classes: list[PetitionClass]) -> None:
    winner = strictest(classes)
    assert winner in classes
    assert (winner in SEALED_CLASSES) is bool(SEALED_CLASSES & set(classes))
    assert strictest([*classes, winner]) is winner is strictest(reversed(classes))


def test_nobody_at_all_has_no_class() -> None:
    with pytest.raises(ValueError, match="empty"):
        strictest([])


def test_every_class_has_its_chinese_name() -> None:
    assert set(ZH) == set(PetitionClass)


@pytest.mark.parametrize(
    "copy",
    [
        "反映张某 2025年违规收受礼金３万元。",
        "反映张某２０２５年\n违规收受礼金3万元！",
        "　反映张某2025年，违规收受礼金3万元",
    ],
)
def test_width_blanks_and_punctuation_do_not_make_another_letter(copy: str) -> None:
    assert telling_text(copy) == telling_text("反映张某2025年违规收受礼金3万元")


def test_another_figure_does() -> None:
    assert telling_text("反映张某2025年违规收受礼金3万元") != telling_text("反映张某2025年违规收受礼金8万元")


@given(st.text(max_size=40))
def test_stock_phrases_tell_nothing(text: str) -> None:
    told = telling_text(text)
    assert told == "" or len(told) >= SHORTEST
    assert telling_text(told) in ("", told) or not told.isalnum()
