"""Entrypoints of desk: HTTP, events, control messages, background work; each calls one thing."""

from __future__ import annotations

from services.chassis.entrypoints.service import ServiceEntrypoints


class DeskService(ServiceEntrypoints):
    name = "desk"


SERVICE = DeskService
