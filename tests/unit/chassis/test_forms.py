"""The edge between bodies and forms: what JSON allows and Dengwen does not."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from contracts.refusals import Refusal, RefusalCode
from services.chassis.act import PaperForm
from services.chassis.http import DEEPEST, Context
from services.chassis.papers import canonical

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


class Dated(PaperForm):
    on: date = Field(title="日期")
    until: date | None = None


def parsed(raw: bytes) -> object:
    builder = EnvironBuilder(method="POST", data=raw, content_type="application/json")
    return Context(None, Request(builder.get_environ())).json()  # type: ignore[arg-type]


def refusal_of(raw: bytes) -> RefusalCode:
    with pytest.raises(Refusal) as refused:
        parsed(raw)
    return refused.value.code


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4))
def test_what_is_taken_can_be_digested(body: dict[str, object]) -> None:
    raw = json.dumps(body).encode()
    try:
        taken = parsed(raw)
    except Refusal:
        assert refusal_of(raw) is RefusalCode.MALFORMED
    else:
        assert canonical(taken)


def test_nesting_has_a_bottom() -> None:
    def nested(levels: int) -> bytes:
        return b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)

    assert parsed(nested(DEEPEST))
    assert refusal_of(nested(DEEPEST + 1)) is RefusalCode.MALFORMED
    assert refusal_of(nested(100_000)) is RefusalCode.MALFORMED


@pytest.mark.parametrize("raw", [b'{"a": "\\ud800"}', b'{"\\udc00": 1}', b'{"a": ["\\udbff\\ud800"]}'])
def test_half_a_character_is_none(raw: bytes) -> None:
    assert refusal_of(raw) is RefusalCode.MALFORMED


def test_a_whole_character_beyond_the_first_plane_is_one() -> None:
    assert parsed(b'{"a": "\\ud842\\udfb7"}') == {"a": "𠮷"}


@pytest.mark.parametrize(
    ("day", "good"),
    [
        ("1899-12-31", False),
        ("1900-01-01", True),
        ("2200-12-31", True),
        ("2201-01-01", False),
        ("0001-01-01", False),
    ],
)
def test_a_date_no_limit_could_be_counted_from_is_refused_with_its_field(day: str, good: bool) -> None:  # noqa: FBT001
    if good:
        assert Dated.model_validate({"on": day}).on.isoformat() == day
        return
    for field in ("on", "until"):
        with pytest.raises(ValidationError) as refused:
            Dated.model_validate({"on": "2026-03-02"} | {field: day})
        assert refused.value.errors()[0]["loc"] == (field,)
