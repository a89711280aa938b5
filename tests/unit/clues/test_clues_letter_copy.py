"""Who gets the copy of an inquiry letter."""

from __future__ import annotations

import pytest

from services.clues.domain.letter_copy import CopyRecipient, copy_recipient


@pytest.mark.parametrize(
    ("concerned", "expected"),
    [
        (set(), CopyRecipient("head", "local_party_head", substituted=False)),
        ({"above", "leader"}, CopyRecipient("head", "local_party_head", substituted=False)),
        ({"head"}, CopyRecipient("above", "local_party_head", substituted=True)),
        ({"head", "above"}, CopyRecipient("top", "local_party_head", substituted=True)),
        ({"head", "above", "top"}, CopyRecipient("leader", "commission_leader", substituted=True)),
        ({"head", "above", "top", "leader"}, None),
    ],
)
def test_the_copy_goes_to_the_first_in_line_who_is_not_concerned(
    concerned: set[str], expected: CopyRecipient | None
) -> None:
    assert copy_recipient("head", ["above", "top"], ["leader"], concerned) == expected


def test_without_anybody_above_there_is_no_substitute() -> None:
    assert copy_recipient("head", [], [], {"head"}) is None
