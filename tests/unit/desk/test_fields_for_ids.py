"""No form asks for an id to be typed: persons are searched, offices and items of registers are chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from werkzeug.datastructures import MultiDict

from dengwen.definitions import definition
from services.chassis.settings import SERVICES
from services.desk.pages.fields import Field, fields_of, read
from services.desk.pages.references import holds_offices, holds_persons, registers_for

TYPED = {
    "account_id",  # it is thought up
    "main_ids", "supervisory_ids", "leadership_ids", "direct_ids",  # persons or organisations
}  # fmt: skip


def every(fields: Iterable[Field]) -> Iterator[Field]:
    for one in fields:
        yield one
        yield from every(one.children)


@pytest.mark.parametrize("service", SERVICES)
def test_each_field_for_an_id_lets_people_choose(service: str) -> None:
    registers = {kind.path for kind in definition(service).kinds}
    for act in definition(service).acts if service != "notifications" else ():
        for one in () if act.by_system else every(fields_of(act.paper.model_json_schema())):
            leaf, chosen = one.name.rpartition(".")[2], registers_for(service, one.name, one.title)
            assert set(chosen) <= registers, (act.name, one.name)
            if one.kind in ("text", "lines") and re.search(r"_ids?$", leaf) and "编号" not in one.title:
                assert chosen or holds_offices(leaf) or leaf in TYPED, (act.name, one.name)


@pytest.mark.parametrize(
    "name", ["leader_id", "recorder_id", "attendee_ids", "accompanying_ids", "person_id"]
)
def test_persons_are_known_by_their_fields_name(name: str) -> None:
    assert holds_persons(name)


@pytest.mark.parametrize("name", ["unit_id", "engagement_id", "round_id", "leadership_ids", "personal_no"])
def test_nothing_else_is_taken_for_a_person(name: str) -> None:
    assert not holds_persons(name)


def test_what_is_ticked_is_read_as_what_was_typed_one_a_line() -> None:
    schema = {
        "title": "X",
        "properties": {"issue_ids": {"type": "array", "items": {"type": "string"}, "title": "问题"}},
    }
    ticked = MultiDict([("issue_ids", "a"), ("issue_ids", "b")])
    typed = MultiDict([("issue_ids", "a\r\n\r\nb")])
    assert read(fields_of(schema), ticked) == read(fields_of(schema), typed) == {"issue_ids": ["a", "b"]}
