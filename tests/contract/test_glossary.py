"""The glossary uses the vocabulary's terms: a code means the same in prose, in data and in code."""

import re
from pathlib import Path

import pytest

from contracts.clause import catalogue

GLOSSARY = Path(__file__).parents[2] / "GLOSSARY.md"
ROWS = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", GLOSSARY.read_text("utf-8"), re.MULTILINE)
CODES = [(chinese, code.strip("`")) for chinese, code, _ in ROWS if code.startswith("`")]


def test_every_term_stands_once_with_an_identifier_and_a_meaning() -> None:
    terms = [chinese for chinese, _, _ in ROWS if chinese != "Chinese"]
    assert len(terms) >= 120
    assert len(set(terms)) == len(terms)
    assert len({identifier for _, identifier, _ in ROWS}) == len({*terms}) + 1


@pytest.mark.parametrize(("chinese", "code"), CODES, ids=[code for _, code in CODES])
def test_a_code_has_the_vocabulary_s_chinese_term(chinese: str, code: str) -> None:
    contents = catalogue().contents
    entry = contents.roles.get(code) or contents.papers.get(code)
    assert entry is not None, f"{code} is in neither contracts/vocabulary/roles.yaml nor papers.yaml"
    assert entry.zh == chinese
