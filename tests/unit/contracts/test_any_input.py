"""Calendar notices and clause files in any shape: what was meant, or an error that says what is wrong; nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contracts.clause_sources import CatalogueError, read_sources
from contracts.working_days import Notice, parse_notice, published_calendar

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=20)
SHAPES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)
YAML_LIKE = st.text(st.sampled_from("{}[]:-,&*!|>'\"#\n\t ab1年%@`"), max_size=60)


def a_notice() -> dict[str, Any]:
    return published_calendar().notices[-1].model_dump(mode="json")


def read_or_refused(text: str) -> Notice | None:
    try:
        return parse_notice(text)
    except ValueError:
        return None


@given(text=YAML_LIKE | st.text(max_size=60) | st.binary(max_size=60).map(lambda b: b.decode("latin-1")))
def test_no_text_in_place_of_a_notice_makes_another_fault(text: str) -> None:
    assert read_or_refused(text) is None


@given(field=st.sampled_from(sorted(a_notice())), value=SHAPES)
def test_a_notice_with_anything_in_a_field_says_what_it_said_or_is_refused(field: str, value: Any) -> None:
    changed = a_notice() | {field: value}
    found = read_or_refused(yaml.safe_dump(changed, allow_unicode=True))
    assert found is None or read_or_refused(yaml.safe_dump(found.model_dump(mode="json"))) == found


def test_an_alias_of_itself_is_refused() -> None:
    assert read_or_refused("&a [*a]") is None
    assert read_or_refused("&a {year: *a}") is None


@given(text=YAML_LIKE | st.text(max_size=60))
def test_no_text_in_place_of_a_clause_file_makes_another_fault(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder: Path = tmp_path_factory.mktemp("clauses")
    (folder / "duties.yaml").write_text(text, encoding="utf-8", errors="replace")
    with pytest.raises(CatalogueError):
        read_sources(folder, folder)
