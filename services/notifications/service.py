"""Entrypoints of notifications: HTTP, events, control messages, background work; each calls one thing."""

from __future__ import annotations

from services.chassis.entrypoints.service import ServiceEntrypoints


class NotificationsService(ServiceEntrypoints):
    name = "notifications"


SERVICE = NotificationsService
