"""From an act's form (JSON schema) to fields on a page, and from what was typed back to a paper.

Nothing is judged here: the service that performs the act does that, and its refusal is shown at the field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from services.desk.pages.references import holds_offices, holds_persons
from services.desk.pages.words import hint_en, title_en

LONG = 300
ROWS_AT_MOST = 50
_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")


Typed = MultiDict[str, str]
"""What was typed, by name."""


Condition = tuple[str, tuple[str, ...]] | None
"""A field's name, and values of it."""


@dataclass(frozen=True)
class Field:
    """One input. `name` is its path in the paper (`persons.0.post`); `kind` says how it is drawn.

    `needed_if_used`: required only where something of its group or row is filled in. `only_if`, `needed_if`: another
    field's name and the values of it with which this one is asked for at all, and with which it is required.

    Kinds: text, long, password, date, instant, number, yesno, choice, choices, lines, person, persons, office,
    group, rows.
    """

    name: str
    title: str
    hint: str
    kind: str
    required: bool
    title_en: str = ""
    hint_en: str = ""
    clause: str = ""
    default: str = ""
    longest: int | None = None
    enumeration: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    children: tuple[Field, ...] = field(default=())
    needed_if_used: bool = False
    only_if: Condition = None
    needed_if: Condition = None

    def at(self, row: int) -> tuple[Field, ...]:
        """The children of one row of a `rows` field."""
        return tuple(child.under(f"{self.name}.{row}", self.name) for child in self.children)

    def under(self, prefix: str, instead_of: str) -> Field:
        renamed = prefix + self.name[len(instead_of) :]
        return replace(self, name=renamed, children=tuple(c.under(prefix, instead_of) for c in self.children))


def fields_of(form: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields of a paper's JSON schema, in its order."""
    return _fields(form, form.get("$defs", {}), "")


def read(fields: Sequence[Field], typed: Typed) -> dict[str, Any]:
    """The paper as typed. What was left empty is left out, so that the service's defaults and refusals hold."""
    paper: dict[str, Any] = {}
    for one in fields:
        value = _value(one, typed)
        if value is not None:
            paper[one.name.rpartition(".")[2]] = value
    return paper


def rows_typed(one: Field, typed: Typed) -> int:
    """How many rows of a `rows` field the page was drawn with."""
    text = typed.get(f"{one.name}._rows", "1")
    return min(max(int(text) if text.isascii() and text.isdigit() else 1, 1), ROWS_AT_MOST)


def _fields(schema: Mapping[str, Any], defs: Mapping[str, Any], prefix: str) -> tuple[Field, ...]:
    required, form = set(schema.get("required", ())), str(schema.get("title", ""))
    return tuple(
        _field(f"{prefix}{name}", _resolved(entry, defs), defs, form, required=name in required)
        for name, entry in schema.get("properties", {}).items()
    )


def _resolved(entry: Mapping[str, Any], defs: Mapping[str, Any]) -> dict[str, Any]:
    """The schema behind a reference or an optional value, with what the field itself says laid over it."""
    merged = dict(entry)
    for key in ("anyOf", "oneOf", "allOf"):
        options = [o for o in merged.pop(key, ()) if o.get("type") != "null"]
        if options:
            merged = {**options[0], **merged}
    if "$ref" in merged:
        name = str(merged.pop("$ref")).rpartition("/")[2]
        merged = {**_resolved(defs.get(name, {}), defs), "enumeration": name, **merged}
    return merged


def _field(name: str, schema: dict[str, Any], defs: Mapping[str, Any], form: str, *, required: bool) -> Field:
    default = schema.get("default")
    kind, inside = _kind(name, schema, defs)
    labels = inside.get("labels", {})
    hint = str(schema.get("description") or "") if kind not in ("group", "choice") else ""
    return Field(
        name=name,
        title=str(schema.get("title") or name),
        title_en=title_en(form, name),
        hint=hint,
        hint_en=hint_en(hint),
        kind=kind,
        required=required,
        clause=str(schema.get("clause") or ""),
        default=_as_text(default),
        longest=inside.get("maxLength"),
        enumeration=str(inside.get("enumeration") or ""),
        choices=tuple((str(code), str(labels.get(code, ""))) for code in inside.get("enum", ())),
        children=_children(name, inside, defs, required=required) if kind in ("group", "rows") else (),
        only_if=_condition(schema.get("only_if")),
        needed_if=_condition(schema.get("needed_if")),
    )


def _condition(given: Mapping[str, Sequence[str]] | None) -> Condition:
    return next(((name, tuple(values)) for name, values in given.items()), None) if given else None


def asked_now(fields: Sequence[Field], typed: Typed) -> tuple[Field, ...]:
    """The fields that are asked for with what is typed, marked as required where they are with it."""
    return tuple(
        replace(one, required=one.required or (one.needed_if is not None and _holds(one.needed_if, typed)))
        for one in fields
        if one.only_if is None or _holds(one.only_if, typed)
    )


def _holds(condition: tuple[str, tuple[str, ...]], typed: Typed) -> bool:
    return typed.get(condition[0], "") in condition[1]


def _children(
    name: str, inside: Mapping[str, Any], defs: Mapping[str, Any], *, required: bool
) -> tuple[Field, ...]:
    """What stands in a group or a row; of one that may stay empty nothing is required as such."""
    found = _fields(inside, defs, f"{name}.")
    if required:
        return found
    return tuple(replace(child, required=False, needed_if_used=child.required) for child in found)


def _kind(name: str, schema: dict[str, Any], defs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """How a field is drawn, and the schema of what stands in it (of one entry, for lists)."""
    if schema.get("type") == "array":
        entry = _resolved(schema.get("items", {}), defs)
        kind = "choices" if "enum" in entry else "rows" if "properties" in entry else "lines"
        return ("persons" if kind == "lines" and _is_person(name, schema) else kind), entry
    kind = "choice" if "enum" in schema else "group" if "properties" in schema else ""
    kind = kind or str(schema.get("input", ""))
    kind = kind or {"boolean": "yesno", "integer": "number", "number": "number"}.get(
        str(schema.get("type")), ""
    )
    kind = kind or {"date": "date", "date-time": "instant"}.get(str(schema.get("format")), "")
    return (kind or _text_kind(name, schema)), schema


def _text_kind(name: str, schema: Mapping[str, Any]) -> str:
    if _is_person(name, schema):
        return "person"
    if holds_offices(name):
        return "office"
    return "long" if schema.get("maxLength", 0) > LONG else "text"


def _is_person(name: str, schema: Mapping[str, Any]) -> bool:
    leaf = name.rpartition(".")[2]
    return "名册编号" in f"{schema.get('title', '')}{schema.get('description', '')}" or holds_persons(leaf)


def _value(one: Field, typed: Typed) -> Any:
    if one.kind == "group":
        return read(one.children, typed) or None
    if one.kind == "rows":
        rows = [read(one.at(n), typed) for n in range(rows_typed(one, typed))]
        return [row for row in rows if row] or None
    if one.kind in ("choices", "persons"):
        return [*dict.fromkeys(v.strip() for v in typed.getlist(one.name) if v.strip())] or None
    found = [v.replace("\r\n", "\n").strip() for v in typed.getlist(one.name)]
    if one.kind == "lines":  # typed one a line, or ticked one by one
        found = ["\n".join(v for v in found if v)]
    text = next((v for v in reversed(found) if v), "")
    return _one_value(one.kind, text) if text else None


def _one_value(kind: str, text: str) -> Any:
    if kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if kind == "yesno":
        return text == "true"
    if kind == "number":
        return int(text) if re.fullmatch(r"-?\d{1,15}", text) else text
    if kind == "instant" and _MINUTE.fullmatch(text):
        return f"{text}+08:00"  # what is typed is Beijing time
    return text


def _as_text(default: object) -> str:
    if default is None or isinstance(default, (list, dict)):
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)
