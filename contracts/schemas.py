"""The stored shape of each event version, its example, and what may never change within a version.

Events forbid unknown fields, so an addition breaks the consumers of the release before as surely as a
removal breaks those of the next: within a version the shape stands still.
"""

import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from inspect import get_annotations
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin

from contracts import fields
from contracts.events.base import Event

SCHEMAS = Path(__file__).parent / "schemas"

_EXAMPLES: Mapping[Any, object] = {
    fields.Id: "01JZ6V3K8QW2N5R7T9X4B6C8D0",
    fields.IdOrEmpty: "01JZ6V3K8QW2N5R7T9X4B6C8D1",
    fields.Code: "dispatched_office",
    fields.CodeOrEmpty: "petition_office",
    fields.ClauseId: "LZ-12.1",
    fields.Period: "2026-03",
    fields.Digest: "9f" * 32,
    fields.DigestOrEmpty: "1c" * 32,
    fields.Signature: "5b" * 64,
    fields.Count: 3,
    fields.Version: 1,
    fields.YesNo: True,
    fields.Day: date(2026, 3, 2),
    fields.Instant: datetime(2026, 3, 5, 15, 59, 59, tzinfo=UTC),
}


def schema_of(event: type[Event]) -> dict[str, Any]:
    """The JSON schema of the event's data, without words: its shape alone."""
    shape = _without_words(event.model_json_schema(mode="serialization"))
    return {"$id": f"urn:dengwen:event:{event.wire_type()}", **shape}


def example_of(event: type[Event]) -> dict[str, Any]:
    """An example of the event's data, as it stands on the wire."""
    values = {name: _example(annotation) for name, annotation in annotations_of(event).items()}
    return event(**values).model_dump(mode="json")


def annotations_of(event: type[Event]) -> dict[str, Any]:
    """Every field of the event with the annotation it was declared with."""
    found: dict[str, Any] = {}
    for cls in reversed(event.__mro__):
        if issubclass(cls, Event) and cls is not Event:
            found.update(get_annotations(cls))
    return found


def element_of(annotation: Any) -> Any:
    """The scalar type of a field: itself, the element of a tuple, or what may be absent."""
    if get_origin(annotation) is tuple:
        return get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def broken_promises(stored: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What in ``now`` a consumer or a message of the stored version could not cope with; empty if nothing."""
    before, after = stored.get("properties", {}), now.get("properties", {})
    broken = [f"field {name} was removed" for name in before if name not in after]
    broken += [f"field {name} was added" for name in after if name not in before]
    broken += [f"field {name} changed" for name in before if name in after and before[name] != after[name]]
    if set(stored.get("required", ())) != set(now.get("required", ())):
        broken.append("another set of fields is required")
    return broken


def _without_words(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            key: {name: _without_words(part) for name, part in value.items()}
            if key == "properties"
            else _without_words(value)
            for key, value in schema.items()
            if key not in ("title", "description")
        }
    return [_without_words(part) for part in schema] if isinstance(schema, list) else schema


def _example(annotation: Any) -> object:
    if get_origin(annotation) is tuple:
        return (_example(get_args(annotation)[0]),)
    return _EXAMPLES[element_of(annotation)]


def is_closed(annotation: Any) -> bool:
    """Whether the annotation is of the closed set: a scalar of ``contracts.fields`` or a tuple of one."""
    scalar = element_of(annotation)
    return any(scalar is allowed or scalar == allowed for allowed in fields.SCALARS) and (
        get_origin(annotation) in (None, tuple, Annotated, types.UnionType, Union)
    )
