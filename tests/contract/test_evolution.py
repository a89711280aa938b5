"""Events evolve both ways: every stored example is still read, and no stored shape is broken unnoticed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from contracts import generate, schemas
from contracts.events import Event, event_class, event_classes
from contracts.events.intake import PetitionReceived
from contracts.schemas import SCHEMAS, broken_promises, example_of, schema_of

STORED = sorted(path for path in SCHEMAS.glob("*.json") if not path.name.endswith(".example.json"))


def event_of(path: Path) -> type[Event]:
    event_type, _, version = path.name.removesuffix(".json").rpartition(".v")
    return event_class(event_type, int(version))


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_each_stored_version_is_read_by_this_release_and_keeps_its_promise(path: Path) -> None:
    stored, example = (
        json.loads(path.read_bytes()),
        json.loads(path.with_suffix(".example.json").read_bytes()),
    )
    event = event_of(path)
    # This release reads what the stored one wrote ...
    assert event.model_validate_json(json.dumps(example)).model_dump(mode="json") == example
    # ... the stored one reads what this release writes ...
    jsonschema.validate(example_of(event), stored)
    jsonschema.validate(example, schema_of(event))
    # ... and neither finds a field it does not know.
    assert broken_promises(stored, schema_of(event)) == []


def test_every_contracted_version_has_its_stored_shape_and_example() -> None:
    names = {event.wire_type() for event in event_classes()}
    assert {path.stem for path in STORED} == names
    assert {path.name.removesuffix(".example.json") for path in SCHEMAS.glob("*.example.json")} == names


def with_required(shape: dict[str, Any]) -> None:
    shape["properties"]["added"] = {"type": "integer"}
    shape["required"].append("added")


def with_optional(shape: dict[str, Any]) -> None:
    shape["properties"]["added"] = {"type": "integer", "default": 0}


def without(shape: dict[str, Any]) -> None:
    del shape["properties"]["office_id"]
    shape["required"].remove("office_id")


def with_other_type(shape: dict[str, Any]) -> None:
    shape["properties"]["office_id"] = {"type": "integer"}


def with_optional_made_of_required(shape: dict[str, Any]) -> None:
    shape["required"].remove("office_id")


CHANGES: tuple[Callable[[dict[str, Any]], None], ...] = (
    with_required,
    with_optional,
    without,
    with_other_type,
    with_optional_made_of_required,
)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("path", STORED[::20], ids=lambda path: path.stem)
def test_a_changed_shape_without_a_new_version_is_found(
    path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    stored = json.loads(path.read_bytes())
    stored["properties"].setdefault("office_id", {"type": "string"})
    stored["required"] = sorted({*stored.get("required", ()), "office_id"})
    changed = json.loads(json.dumps(stored))
    assert broken_promises(stored, changed) == []
    change(changed)
    assert broken_promises(stored, changed) != []


@pytest.fixture
def stored_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of schemas for the generator."""
    monkeypatch.setattr(generate, "SCHEMAS", tmp_path)
    assert tmp_path != schemas.SCHEMAS
    return tmp_path


def test_the_generator_refuses_to_rewrite_a_broken_promise_and_says_what_to_do(
    stored_elsewhere: Path,
) -> None:
    path = stored_elsewhere / "intake.petition_received.v1.json"
    older = schema_of(PetitionReceived)
    older["properties"]["channel"] = {"type": "string"}
    path.write_text(json.dumps(older), "utf-8")
    found = generate.store_schema(PetitionReceived, replace=False)
    assert found == ["intake.petition_received.v1: field channel was removed; give it a new VERSION"]
    assert json.loads(path.read_bytes()) == older
    assert not path.with_suffix(".example.json").exists()


def test_the_generator_rewrites_a_shape_when_told_to(stored_elsewhere: Path) -> None:
    path = stored_elsewhere / "intake.petition_received.v1.json"
    path.write_text("{}", "utf-8")
    assert generate.store_schema(PetitionReceived, replace=True) == []
    assert json.loads(path.read_bytes()) == schema_of(PetitionReceived)
    assert json.loads(path.with_suffix(".example.json").read_bytes()) == example_of(PetitionReceived)


def test_the_generator_keeps_the_example_of_an_older_release(stored_elsewhere: Path) -> None:
    example = stored_elsewhere / "intake.petition_received.v1.example.json"
    example.write_text('{"kept": 1}', "utf-8")
    assert generate.store_schema(PetitionReceived, replace=False) == []
    assert example.read_text("utf-8") == '{"kept": 1}'
