"""Generated files are what the sources make of them, and the AsyncAPI document holds together."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml

from contracts.clause import catalogue
from contracts.envelope import Envelope
from contracts.events import SERVICES, event_classes
from contracts.generate import ASYNCAPI, COMPACT, generated
from contracts.schemas import example_of

FASTEST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@pytest.mark.parametrize("path", [COMPACT, ASYNCAPI], ids=lambda path: path.name)
def test_a_generated_file_has_not_drifted_from_its_sources(path: Any) -> None:
    assert path.read_bytes() == generated()[path], "run `python -m contracts.generate` and commit the result"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return dict(yaml.load(ASYNCAPI.read_text("utf-8"), Loader=FASTEST))  # noqa: S506 - both are safe


def test_each_event_has_its_channel_message_and_schema(document: dict[str, Any]) -> None:
    names = {event.wire_type() for event in event_classes()}
    assert document["asyncapi"] == "3.0.0"
    assert set(document["channels"]) == names
    assert set(document["components"]["messages"]) == names
    assert set(document["components"]["schemas"]) == {*names, "envelope"}


def test_every_reference_of_the_document_resolves(document: dict[str, Any]) -> None:
    references = list(references_in(document))
    assert len(references) > len(event_classes())
    for reference in references:
        part: Any = document
        for name in reference.removeprefix("#/").split("/"):
            part = part[name]
        assert part


def test_senders_and_receivers_are_the_contracted_ones(document: dict[str, Any]) -> None:
    operations = set(document["operations"])
    for event in event_classes():
        assert f"{event.owner()}.send.{event.wire_type()}" in operations
        receivers = {
            service for service in SERVICES if f"{service}.receive.{event.wire_type()}" in operations
        }
        assert receivers == set(event.CONSUMERS)


def test_an_envelope_with_an_example_fits_the_document(document: dict[str, Any]) -> None:
    for event in event_classes():
        envelope = Envelope.model_validate(
            {
                "id": "e1",
                "type": event.wire_type(),
                "source": f"/{event.owner()}",
                "time": "2026-03-02T01:00:00Z",
                "subject": "subject/s1",
                "data": example_of(event),
                "dwversion": 1,
                "dwtime": "simulated",
            }
        )
        payload = document["components"]["messages"][event.wire_type()]["payload"]
        jsonschema.validate(
            envelope.model_dump(mode="json", exclude_none=True),
            {**payload, "components": document["components"]},
        )


def test_every_hand_off_of_intake_and_clues_that_a_clause_names_is_contracted() -> None:
    known = {event.TYPE for event in event_classes()}
    named = {event for clause in catalogue().clauses.values() for event in clause.emits}
    assert {event for event in named if event.startswith(("intake.", "clues."))} <= known


def references_in(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from references_in(value)
    elif isinstance(part, list):
        for value in part:
            yield from references_in(value)
