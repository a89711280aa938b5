"""Sign-in tokens: who they name, for how long, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey

from contracts.refusals import Refusal
from services.chassis.access import Claims
from services.chassis.auth import TOKEN_LIFE, issue_token, read_token

KEY = SigningKey.generate()
TRUST = {"k1": KEY.verify_key}
CLAIMS = Claims("clerk1", "p-clerk1", "s-1", "p-clerk1.dispatched_office_staff")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GOOD = issue_token(KEY, "k1", CLAIMS, NOW)


def code_of(token: str, now: datetime = NOW) -> str:
    try:
        read_token(token, TRUST, now)
    except Refusal as refusal:
        return refusal.code.value
    return ""


def test_a_token_says_who_signed_in() -> None:
    assert read_token(GOOD, TRUST, NOW) == CLAIMS


@pytest.mark.parametrize(
    ("after", "code"), [(TOKEN_LIFE, ""), (TOKEN_LIFE + timedelta(seconds=1), "TOKEN_EXPIRED")]
)
def test_it_holds_for_minutes(after: timedelta, code: str) -> None:
    assert code_of(GOOD, NOW + after) == code


def test_another_key_signs_nobody_in() -> None:
    assert code_of(issue_token(SigningKey.generate(), "k1", CLAIMS, NOW)) == "UNAUTHENTICATED"
    assert code_of(issue_token(KEY, "k2", CLAIMS, NOW)) == "UNAUTHENTICATED"


@given(st.integers(0, len(GOOD) - 1), st.characters(codec="ascii"))
def test_a_token_that_was_changed_anywhere_is_none_or_the_same(place: int, sign: str) -> None:
    changed = GOOD[:place] + sign + GOOD[place + 1 :]
    # The last sign of unpadded base64 carries spare bits: only there may another sign mean the same.
    if changed != GOOD and place not in (GOOD.index(".") - 1, len(GOOD) - 1):
        assert code_of(changed) == "UNAUTHENTICATED"


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda raw: raw.decode("latin-1")))
def test_no_text_at_all_makes_a_fault(text: str) -> None:
    assert code_of(text) in ("UNAUTHENTICATED", "TOKEN_EXPIRED")
