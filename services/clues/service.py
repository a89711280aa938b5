"""Entrypoints of clues: HTTP, events, control messages, background work; each calls one thing."""

from __future__ import annotations

from services.chassis.entrypoints.service import ServiceEntrypoints


class CluesService(ServiceEntrypoints):
    name = "clues"


SERVICE = CluesService
