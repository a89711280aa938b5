"""Entrypoints of intake: HTTP, events, control messages, background work; each calls one thing."""

from __future__ import annotations

from services.chassis.entrypoints.service import ServiceEntrypoints


class IntakeService(ServiceEntrypoints):
    name = "intake"


SERVICE = IntakeService
