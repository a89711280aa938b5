"""From the YAML sources to a checked catalogue: what has no citation, or does not fit, is refused."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from contracts.clause import CONTENTS, VALUE_UNITS, Catalogue, Clause, Contents, DatedValue

# libyaml reads the five texts eight times as fast, where PyYAML was built with it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HERE = Path(__file__).parent
CLAUSES = HERE / "clauses"
VOCABULARY = HERE / "vocabulary"
TEXTS = ("duties", "inspection", "liaison", "consultation", "management")
"""The order of the published texts; every other file of the folder is one more text, after them."""
VALUES = "values"


class CatalogueError(ValueError):
    """A source of the catalogue is wrong; the message names the entry and what to correct."""


def read_sources(clauses: Path = CLAUSES, vocabulary: Path = VOCABULARY) -> Catalogue:
    """The catalogue made from the YAML files of these folders; raises CatalogueError."""
    others = sorted({path.stem for path in clauses.glob("*.yaml")} - {*TEXTS, VALUES})
    texts = [_document(clauses / f"{name}.yaml") for name in (*TEXTS, *others)]
    values = [*_document(clauses / f"{VALUES}.yaml")["values"]]
    values += [value for text in texts for value in text.get("values", ())]
    document = {
        "instruments": [text["instrument"] for text in texts],
        "clauses": [row for text in texts for row in _rows(text)],
        "values": [_checked_value(value) for value in values],
        "roles": _document(vocabulary / "roles.yaml")["roles"],
        "papers": _document(vocabulary / "papers.yaml")["papers"],
        "statistics": _document(vocabulary / "statistics.yaml")["statistics"],
    }
    try:
        contents = CONTENTS.validate_python(document)
    except ValidationError as error:
        raise CatalogueError(_first_error(error, document)) from error
    check(contents)
    return Catalogue(contents)


def compact(catalogue: Catalogue) -> bytes:
    """The stored form: one JSON document, defaults left out, one entry a line."""
    document = CONTENTS.dump_python(catalogue.contents, mode="json", by_alias=True, exclude_defaults=True)
    sections = [f"{json.dumps(name)}: {_lines(entries)}" for name, entries in document.items()]
    return ("{\n" + ",\n".join(sections) + "\n}\n").encode()


def _lines(entries: list[Any] | dict[str, Any]) -> str:
    if isinstance(entries, list):
        return "[\n" + ",\n".join(_json(entry) for entry in entries) + "\n]"
    return "{\n" + ",\n".join(f"{_json(name)}: {_json(entry)}" for name, entry in entries.items()) + "\n}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def check(contents: Contents) -> None:
    """Refuse what no single entry shows: doubles, unknown references, overlapping values."""
    _refuse_doubles([clause.id for clause in contents.clauses])
    known = {clause.id for clause in contents.clauses}
    for clause in contents.clauses:
        _check_references(clause, contents)
    _check_values(contents.values, known)
    named = {(value.clause, value.name) for value in contents.values}
    for clause in contents.clauses:
        for part in (clause.deadline, clause.quota):
            if part is not None and (clause.id, part.value) not in named:
                raise CatalogueError(
                    f"{clause.id}: no value {part.value}; add it to values.yaml, or to its text, with its citation"
                )
    for code, paper in contents.papers.items():
        _refuse_unknown(f"paper {code}", "clauses", paper.clauses, known)


def _document(path: Path) -> dict[str, Any]:
    try:
        document = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - both loaders are safe
    except (yaml.YAMLError, ValueError) as error:  # a ValueError: a date that there is not, or no UTF-8
        raise CatalogueError(f"{path.name}: the file is no YAML document") from error
    except FileNotFoundError as error:
        raise CatalogueError(f"{path.name}: the file is missing") from error
    if not isinstance(document, dict):
        raise CatalogueError(f"{path.name}: the file is no mapping")
    return document


def _rows(text: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    instrument = text["instrument"]
    prefix, title = instrument["prefix"], instrument.get("title")
    for row in text["clauses"]:
        if not title or not instrument.get("issuer") or not row.get("article"):
            raise CatalogueError(
                f"{row.get('id')}: no citation; give title and issuer of the text and the article"
            )
        if not str(row["id"]).startswith(f"{prefix}-"):
            raise CatalogueError(f"{row['id']}: stands in the file of {prefix}")
        yield {**row, "instrument": prefix, "citation": f"{title} {row['article']}"}


def _checked_value(value: Mapping[str, Any]) -> Mapping[str, Any]:
    called = f"{value.get('clause')} {value.get('name')}"
    if not value.get("citation"):
        raise CatalogueError(f"{called}: no citation; say where the number stands")
    if value.get("unit") not in VALUE_UNITS:
        raise CatalogueError(
            f"{called}: unknown unit {value.get('unit')!r}; use one of {', '.join(VALUE_UNITS)}"
        )
    return value


def _first_error(error: ValidationError, document: Mapping[str, Any]) -> str:
    first = error.errors()[0]
    section, position, *field = first["loc"] or ("", 0)
    entry = document[str(section)][position] if section in document else {}
    called = entry.get("id") or entry.get("clause") or position if isinstance(entry, Mapping) else position
    return f"{section} {called}: {'.'.join(map(str, field))}: {first['msg']}"


def _refuse_doubles(ids: Sequence[str]) -> None:
    double = [clause_id for clause_id, times in Counter(ids).items() if times > 1]
    if double:
        raise CatalogueError(f"{double[0]} stands in the catalogue twice")


def _refuse_unknown(where: str, field: str, used: Sequence[str], known: set[str]) -> None:
    unknown = [code for code in used if code not in known]
    if unknown:
        raise CatalogueError(f"{where}: {field}: {unknown[0]} is not in the vocabulary; add it or correct it")


def _check_references(clause: Clause, contents: Contents) -> None:
    roles, papers = set(contents.roles), set(contents.papers)
    for field, used in (
        ("actor", clause.actor),
        ("recipients", clause.recipients),
        ("need_to_know", clause.need_to_know),
        ("approvals", tuple(role for step in clause.approvals for role in step.role)),
        ("approvals via", tuple(step.via for step in clause.approvals if step.via)),
    ):
        _refuse_unknown(clause.id, field, used, roles)
    _refuse_unknown(clause.id, "papers", clause.papers, papers)


def _check_values(values: Sequence[DatedValue], known: set[str]) -> None:
    by_name: dict[tuple[str, str], list[DatedValue]] = {}
    for value in values:
        _refuse_unknown(f"value {value.name}", "clause", (value.clause,), known)
        by_name.setdefault((value.clause, value.name), []).append(value)
    for (clause_id, name), series in by_name.items():
        _refuse_overlap(f"{clause_id} {name}", sorted(series, key=lambda value: value.effective_from))


def _refuse_overlap(called: str, series: Sequence[DatedValue]) -> None:
    for value in series:
        if value.until is not None and value.until < value.effective_from:
            raise CatalogueError(f"{called}: ends before it begins")
    for earlier, later in pairwise(series):
        ends = earlier.until or later.effective_from - timedelta(days=1)
        if later.effective_from <= max(ends, earlier.effective_from):
            raise CatalogueError(
                f"{called}: two values are in force on {later.effective_from}; end the first before"
            )
