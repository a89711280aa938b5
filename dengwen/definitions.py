"""The services of an installation, by name."""

from __future__ import annotations

from importlib import import_module

from services.chassis.runtime import ServiceDefinition
from services.chassis.settings import SERVICES


def definition(service: str) -> ServiceDefinition:
    """The declaration of a service: `INTAKE` of `services.intake.definition`, and so on."""
    found: ServiceDefinition = getattr(import_module(f"services.{service}.definition"), service.upper())
    return found


def definitions() -> list[ServiceDefinition]:
    return [definition(service) for service in SERVICES]
