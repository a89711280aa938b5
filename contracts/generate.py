"""Writes what is generated from the contracts; run ``python -m contracts.generate`` after a change.

- ``clauses/catalogue.json`` from the YAML sources of the catalogue,
- ``schemas/<type>.v<n>.json`` and ``.example.json``, one pair per event version,
- ``asyncapi.yaml``.

A stored schema is a promise to messages that are already in outboxes and to consumers of the release
before: it is never rewritten by itself. Give a changed event a new VERSION; while no installation has
stored the event, ``--replace <type>`` rewrites it deliberately. ``clauses/checks.lock`` says which texts of
the checks the tests were written for: ``--reviewed <clause>`` (or ``all``) renews it after a review.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from contracts import check_lock, clause_sources
from contracts.asyncapi import document as asyncapi_document
from contracts.clause import Catalogue
from contracts.events import Event, event_classes
from contracts.schemas import SCHEMAS, broken_promises, example_of, schema_of

HERE = Path(__file__).parent
ASYNCAPI = HERE / "asyncapi.yaml"
COMPACT = clause_sources.CLAUSES / "catalogue.json"


def generated() -> dict[Path, bytes]:
    """Every generated file that follows from the sources alone, with what should be in it."""
    return {
        COMPACT: clause_sources.compact(clause_sources.read_sources()),
        ASYNCAPI: asyncapi_document(event_classes()).encode(),
    }


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def store_schema(event: type[Event], *, replace: bool) -> list[str]:
    """Store shape and example of an event version; returns what promise that would break, and writes nothing.

    A stored example is kept: it is what an older release wrote.
    """
    schema_path = SCHEMAS / f"{event.wire_type()}.json"
    example_path = SCHEMAS / f"{event.wire_type()}.example.json"
    if schema_path.exists() and not replace:
        broken = broken_promises(json.loads(schema_path.read_bytes()), schema_of(event))
        if broken:
            return [f"{event.wire_type()}: {what}; give it a new VERSION" for what in broken]
    schema_path.write_bytes(_json(schema_of(event)))
    if replace or not example_path.exists():
        example_path.write_bytes(_json(example_of(event)))
    return []


def _renew_lock(reviewed: Sequence[str], catalogue: Catalogue) -> None:
    if "all" in reviewed:
        reviewed = tuple(catalogue.clauses)
    check_lock.renew(reviewed, catalogue)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the generated files; returns 1 and changes no schema that would break its promise."""
    parser = argparse.ArgumentParser(prog="python -m contracts.generate", description=__doc__)
    parser.add_argument("--replace", action="append", default=[], metavar="TYPE", help="wire type, or all")
    parser.add_argument("--reviewed", action="append", default=[], metavar="CLAUSE", help="clause id, or all")
    options = parser.parse_args(arguments)
    for path, content in generated().items():
        path.write_bytes(content)
    _renew_lock(options.reviewed, clause_sources.read_sources())
    SCHEMAS.mkdir(exist_ok=True)
    broken = [
        line
        for event in event_classes()
        for line in store_schema(event, replace=bool({event.wire_type(), "all"} & set(options.replace)))
    ]
    sys.stderr.write("".join(f"{line}\n" for line in broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
