"""Every form of every service has its titles and choices in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from dengwen.definitions import definition
from services.chassis.settings import SERVICES
from services.desk.pages.fields import Field, fields_of
from services.desk.pages.words import _hints, named

HAN = re.compile(r"[\u4e00-\u9fff]")

SELECTED = {
    ("PetitionCoverLetter", "recipient_role"), ("DirectDeliveryLetter", "recipient_role"),
    ("JudgementOpinion", "level"), ("ResultEntry", "outcome_code"), ("ClosureReturn", "reason_code"),
    ("UnitClueTransfer", "recipient_role"), ("SubmissionForm", "recipient_role"),
    ("DispositionReportForm", "recipient_role"),
}  # fmt: skip
"""Codes that once were typed by hand."""


def every(fields: Iterable[Field]) -> Iterable[Field]:
    for one in fields:
        yield one
        yield from every(one.children)


@pytest.mark.parametrize("service", SERVICES)
def test_every_field_of_a_form_has_a_title_in_both_languages(service: str) -> None:
    for act in definition(service).acts:
        if not act.by_system:
            for one in every(fields_of(act.paper.model_json_schema())):
                assert one.title != one.name.rpartition(".")[2], (act.name, one.name)
                assert one.title_en, (act.name, one.name)


def test_every_hint_of_a_form_has_its_english_and_no_other_text_has() -> None:
    papers = {act.paper for service in SERVICES for act in definition(service).acts if not act.by_system}
    fields = [one for paper in papers for one in every(fields_of(paper.model_json_schema())) if one.hint]
    assert [one.hint for one in fields if not one.hint_en] == []
    assert _hints().keys() == {one.hint for one in fields}
    assert [text for text in _hints().values() if not text.strip() or HAN.search(text)] == []


@pytest.mark.parametrize("service", ["intake", "clues"])
def test_every_choice_of_petitions_and_clues_has_a_name_in_both_languages(service: str) -> None:
    seen = set()
    for act in definition(service).acts:
        for one in fields_of(act.paper.model_json_schema()) if not act.by_system else ():
            if one.kind == "choice":
                seen.add((act.paper.__name__, one.name))
            for code, given in one.choices:
                assert given or named(code, one.enumeration)[0], (act.name, one.name, code)
                assert named(code, one.enumeration)[1], (act.name, one.name, code)
    of_here = {
        form for form in SELECTED if form[0] in {act.paper.__name__ for act in definition(service).acts}
    }
    assert of_here
    assert of_here <= seen


@pytest.mark.parametrize("service", SERVICES)
def test_every_column_that_an_item_shows_has_a_name_in_both_languages(service: str) -> None:
    shown = {name for kind in definition(service).kinds for name in getattr(kind.model, "SHOWN", ())}
    assert [name for name in sorted(shown) if not all(named(name))] == []
