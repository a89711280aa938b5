"""Writes the stored copy of each service's OpenAPI document: `python -m dengwen.openapi` after a change."""

from __future__ import annotations

import json
from pathlib import Path

from dengwen.definitions import definitions
from services.chassis.openapi import document, of_the_api
from services.chassis.resources import declared_routes
from services.chassis.runtime import ServiceDefinition

STORED = Path(__file__).parents[1] / "contracts" / "openapi"


def stored_form(service: ServiceDefinition) -> bytes:
    """The file's content for a service."""
    found = document(service.name, service.zh, service.en, of_the_api(declared_routes(service)))
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def main() -> None:
    STORED.mkdir(exist_ok=True)
    for service in definitions():
        (STORED / f"{service.name}.json").write_bytes(stored_form(service))


if __name__ == "__main__":
    main()
