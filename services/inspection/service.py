"""Entrypoints of inspection: HTTP, events, control messages, background work; each calls one thing."""

from __future__ import annotations

from services.chassis.entrypoints.service import ServiceEntrypoints


class InspectionService(ServiceEntrypoints):
    name = "inspection"


SERVICE = InspectionService
